/** What is not ours: few packages, fixed by the lockfile, under licences that may be used; and a document that says so truly. */
import { existsSync, readFileSync } from 'node:fs';
import { writeBundles } from '../../lib/bundle.ts';
import { verdictOf } from '../../tools/supply-chain/audit.ts';
import { families, readBundles } from '../../tools/supply-chain/bundles.ts';
import { isAllowed, packagesIn, readLock } from '../../tools/supply-chain/licences.ts';

const ROOT = new URL('../../', import.meta.url);
const document = readFileSync(new URL('docs/security.md', ROOT), 'utf8');

type Locked = {
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly optional?: boolean;
  readonly dev?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly resolved?: string;
};
const locked = Object.entries(readLock().packages as Readonly<Record<string, Locked>>).filter(([path]) => path !== '');

test('every package is fixed by its hash, and none comes by plain HTTP or from a branch', () => {
  const loose = locked.filter(([, { integrity, link, inBundle, resolved = '', ...rest }]) => {
    if (link || inBundle) return false;
    // Tools for other systems than that on which the lock was made: development only, and never installed here.
    if (integrity === undefined && rest.dev && rest.optional && (rest.os || rest.cpu)) return false;
    return !/^sha512-/.test(integrity ?? '') || /^(http:|git)/.test(resolved);
  });
  expect(loose.map(([path]) => path)).toEqual([]);
});

test('direct dependencies are named by one version each', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
  const ranges = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, range]) => !/^\d+\.\d+\.\d+$/.test(String(range)),
  );
  expect(ranges).toEqual([]);
});

test('licences are those that may be used', () => {
  const packages = packagesIn(readLock());
  expect(packages.length).toBeGreaterThan(20);
  expect(packages.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
});

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-or-later)', true],
  ['MIT AND ISC', true],
  ['MIT AND GPL-3.0-only', false],
  ['(MIT OR X) AND (Y OR ISC)', false],
  ['GPL-3.0-only WITH Classpath-exception-2.0', false],
  ['SEE LICENSE IN x', false],
  ['', false],
  [undefined, false],
])('the licence %s may be used: %s', (licence, allowed) => {
  expect(isAllowed(licence)).toBe(allowed);
});

test.each([
  ['{"metadata":{"vulnerabilities":{"high":0}},"vulnerabilities":{"a":{"severity":"moderate","range":"*"}}}', 'clean'],
  ['{"metadata":{"vulnerabilities":{"high":1}},"vulnerabilities":{"a":{"severity":"high","range":"<2"}}}', 'findings'],
  [
    '{"metadata":{"vulnerabilities":{"critical":1}},"vulnerabilities":{"a":{"severity":"critical","range":"<2"}}}',
    'findings',
  ],
  ['{"message":"405 Method Not Allowed","error":{"summary":""}}', 'unknown'],
  ['{"error":{"code":"ENOTFOUND","summary":"request failed"}}', 'unknown'],
  ['npm error', 'unknown'],
  ['', 'unknown'],
])('an audit that printed %s is %s', (printed, kind) => {
  expect(verdictOf(printed).kind).toBe(kind);
});

test('the bundles hold what the document says, and have not grown unseen', () => {
  writeBundles();
  const rows = [...document.matchAll(/^\| ([a-z-]+) \| (\d+) \| \d+ \| (.*) \|$/gm)];
  const told = new Map(
    rows.map(([, name, size, packages]) => [name, { size: Number(size), packages: packages?.split(', ') }]),
  );
  const bundles = readBundles();
  expect([...told.keys()].sort()).toEqual(bundles.map(({ name }) => name).sort());
  for (const { name, bytes, packages } of bundles) {
    expect([name, families(packages)]).toEqual([name, told.get(name)?.packages]);
    expect([name, bytes / 1000 < (told.get(name)?.size ?? 0) * 1.15]).toEqual([name, true]);
  }
});

test('every file that the document names is there', () => {
  const links = [...document.matchAll(/\]\(\.\.\/([^)#]+)/g)].map(([, path]) => path as string);
  expect(links.length).toBeGreaterThan(30);
  expect(links.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
});
