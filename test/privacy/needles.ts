/** What must be in no log: texts of the sample owners' bank data, and markers of the tests. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SAMPLES = join(import.meta.dirname, '../../samples');
const PRIVATE = [
  'title',
  'party',
  'iban',
  'partyIban',
  'accountId',
  'transactionId',
  'ownerExternalId',
  'importId',
] as const;
type Field = (typeof PRIVATE)[number];
export type Needle = { readonly what: string; readonly text: string };

/** Shorter texts, such as `ATM`, are in every log by chance. */
const SHORTEST = 5;

/** Every private text of every sample, once. */
export function sampleNeedles(): Needle[] {
  const found = new Map<string, Needle>();
  const walk = (value: unknown, field: string): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, field);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) walk(item, name);
    } else if (PRIVATE.includes(field as Field) && typeof value === 'string' && value.trim().length >= SHORTEST) {
      found.set(value, { what: field, text: value });
    }
  };
  for (const file of readdirSync(SAMPLES).filter((name) => name.endsWith('.json'))) {
    walk(JSON.parse(readFileSync(join(SAMPLES, file), 'utf8')), '');
  }
  return [...found.values()];
}

/** The needles in a text, as they are or as a log or an address may write them. */
export function found(text: string, needles: readonly Needle[]): Needle[] {
  return needles.filter((needle) => spellings(needle.text).some((spelling) => text.includes(spelling)));
}

function spellings(text: string): string[] {
  const inJson = JSON.stringify(text).slice(1, -1);
  const inNestedJson = JSON.stringify(inJson).slice(1, -1);
  return [text, inJson, inNestedJson, encodeURIComponent(text), text.replaceAll(' ', '+')];
}
