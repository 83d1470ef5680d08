/**
 * Secret values: generated once, as the template says, and kept in one file that only its owner can read. Losing it would orphan every
 * stored owner, because the keyed hashes could not be made again.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writePrivately } from '../files.ts';

export type Generate = {
  readonly PasswordLength?: number;
  readonly ExcludePunctuation?: boolean;
  readonly ExcludeCharacters?: string;
  readonly SecretStringTemplate?: string;
  readonly GenerateStringKey?: string;
};
export type Secret = {
  readonly name: string;
  readonly arn: string;
  /** Key that encrypts it. */
  readonly keyArn?: string;
  readonly value?: string;
  readonly generate?: Generate;
};
export type Kept = { readonly value: string; readonly version: string; readonly createdAt: number };

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

export function openSecrets(file: string, secrets: readonly Secret[]): ReadonlyMap<string, Kept> {
  const kept: Record<string, Kept> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const missing = secrets.filter(({ name }) => !kept[name]);
  for (const { name, value, generate } of missing)
    kept[name] = { value: value ?? generated(generate ?? {}), version: randomUUID(), createdAt: Date.now() / 1000 };
  if (missing.length > 0) writePrivately(file, JSON.stringify(kept, null, 2));
  return new Map(Object.entries(kept));
}

function generated(how: Generate): string {
  const excluded = new Set(how.ExcludeCharacters ?? '');
  const alphabet = [...(LETTERS + (how.ExcludePunctuation ? '' : PUNCTUATION))].filter(
    (letter) => !excluded.has(letter),
  );
  const password = Array.from({ length: how.PasswordLength ?? 32 }, () => alphabet[randomInt(alphabet.length)]).join(
    '',
  );
  if (how.GenerateStringKey === undefined) return password;
  return JSON.stringify({ ...JSON.parse(how.SecretStringTemplate ?? '{}'), [how.GenerateStringKey]: password });
}
