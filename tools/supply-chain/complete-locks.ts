/**
 * `node tools/supply-chain/complete-locks.ts`: adds what npm leaves out of a lock file that is made on one system. Optional packages of
 * other systems get their entries, and entries without a hash get the registry's. Packages that the registry does not serve are
 * printed: only their version locks them.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

type Entry = {
  version?: string;
  integrity?: string;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  license?: string;
  dev?: boolean;
  optional?: boolean;
  link?: boolean;
  inBundle?: boolean;
  optionalDependencies?: Record<string, string>;
};
type Lock = { packages: Record<string, Entry> };

const list = (value: string | string[] | undefined) => (typeof value === 'string' ? [value] : value);

/** The registry's data about a package, or nothing when it does not serve it. */
function served(name: string, version: string): Entry | undefined {
  const fields = ['dist.integrity', 'os', 'cpu', 'libc', 'license'];
  const { status, stdout } = spawnSync('npm', ['view', `${name}@${version}`, ...fields, '--json'], {
    encoding: 'utf8',
  });
  if (status !== 0 || stdout.trim() === '') return undefined;
  const { 'dist.integrity': integrity, os, cpu, libc, license } = JSON.parse(stdout);
  return clean({ integrity, os: list(os), cpu: list(cpu), libc: list(libc), license });
}

/** The system that a package is for, from its name: `NAME-darwin-arm64`, `NAME-linux-x64-musl`. */
function systemIn(name: string): Entry {
  const [, os, cpu, libc] =
    /(android|darwin|linux|win32|win|wasm32)-(\w+?)(?:-(gnu|musl|msvc|wasi))?$/.exec(name) ?? [];
  if (os === undefined || cpu === undefined) throw new Error(`${name} does not say for which system it is`);
  if (os === 'wasm32') return { cpu: ['wasm32'] };
  const libcs: Record<string, string[]> = { gnu: ['glibc'], musl: ['musl'] };
  return clean({ os: [os === 'win' ? 'win32' : os], cpu: [cpu], libc: libcs[libc ?? ''] });
}

const clean = (entry: { [Field in keyof Entry]: Entry[Field] | undefined }): Entry =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));

for (const file of ['package-lock.json', 'bench/package-lock.json']) {
  const lock = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Lock;
  const { packages } = lock;
  for (const { dev, optionalDependencies = {} } of Object.values(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (!/^\d/.test(version)) continue;
      packages[`node_modules/${name}`] ??= clean({ version, dev, optional: true });
    }
  }
  for (const [path, entry] of Object.entries(packages)) {
    const { version, integrity, link, inBundle } = entry;
    if (path === '' || version === undefined || integrity || link || inBundle) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const found = served(name, version);
    if (!found?.integrity) console.warn(`${file}: ${name}@${version} has no hash: the registry does not serve it`);
    Object.assign(entry, found ?? (entry.os || entry.cpu ? {} : systemIn(name)));
  }
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(join(ROOT, file), `${JSON.stringify(lock, null, 2)}\n`);
  // In npm's own form, so that the next installation changes nothing.
  spawnSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], {
    cwd: dirname(join(ROOT, file)),
    stdio: 'inherit',
  });
}
