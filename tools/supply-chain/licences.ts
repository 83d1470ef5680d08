/** `npm run licences`: every package that is not for development alone must have an accepted licence. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '../..');

/** Permissive ones, by their SPDX ids. A person looks at a package with any other, and then adds it here or does not use it. */
export const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);

export type Licensed = { readonly name: string; readonly version: string; readonly licence: string | undefined };
type Locked = {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly link?: boolean;
};
type Lock = { readonly packages: Readonly<Record<string, Locked>> };

/**
 * The lockfile's packages but those for development; if it has no licence, the package itself is read. An optional one that is not
 * installed is for another system, and is checked there.
 */
export function packagesIn(lock: Lock, root = ROOT): Licensed[] {
  return Object.entries(lock.packages)
    .filter(([path, { dev, link }]) => path !== '' && !dev && !link)
    .filter(([path, { license, optional }]) => license || !optional || existsSync(join(root, path)))
    .map(([path, { version = '', license }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license ?? licenceIn(join(root, path, 'package.json')),
    }));
}

function licenceIn(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const { license } = JSON.parse(readFileSync(file, 'utf8'));
  return typeof license === 'string' ? license : undefined;
}

/** For an SPDX expression: one side of an OR suffices, of an AND both must be allowed; anything else is not allowed. */
export function isAllowed(licence: string | undefined): boolean {
  if (licence === undefined) return false;
  const plain = licence.trim().replace(/^\((.*)\)$/, '$1');
  if (/[()]|\bWITH\b/.test(plain)) return false;
  return plain.split(/ OR /i).some((side) => side.split(/ AND /i).every((id) => ALLOWED.has(id.trim())));
}

export function readLock(root = ROOT): Lock {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const packages = packagesIn(readLock());
  const refused = packages.filter(({ licence }) => !isAllowed(licence));
  for (const { name, version, licence } of refused) console.error(`${name}@${version}: ${licence ?? 'no licence'}`);
  const counts = Object.entries(Object.groupBy(packages, ({ licence }) => licence ?? 'none'));
  console.log(counts.map(([licence, those]) => `${licence}: ${those?.length}`).join('\n'));
  process.exitCode = refused.length > 0 ? 1 : 0;
}
