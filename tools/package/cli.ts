/**
 * The command line as a package of its own, without the CDK and the local service. It needs only Node: its dependencies are bundled, and
 * the built-in catalogue is prepared.
 */
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { SOURCES } from '../../catalogue/build/compile.ts';
import { preparedCatalogue } from '../../catalogue/build/prepared.ts';
import manifest from '../../package.json' with { type: 'json' };
import { hashOfSources } from '../sources/hash.ts';

const ROOT = join(import.meta.dirname, '../..');
const NAME = '@owner-profiles/cli';
/** Two folders below the package, where the sources expect the repository to begin. */
const CODE = 'dist/cli';

/** @returns where the package is */
export function buildCli(home = join(ROOT, 'dist/packages/cli')): string {
  rmSync(home, { recursive: true, force: true });
  mkdirSync(join(home, 'bin'), { recursive: true });
  cpSync(join(import.meta.dirname, 'start.mjs'), join(home, 'bin/owner-profiles.mjs'));
  chmodSync(join(home, 'bin/owner-profiles.mjs'), 0o755);
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: ['cli/main.ts'],
    outdir: join(home, CODE),
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    minifySyntax: true,
    mainFields: ['module', 'main'],
    // Packages in CommonJS load Node's modules by `require`.
    banner: {
      js: "import { createRequire as ownRequire } from 'node:module'; const require = ownRequire(import.meta.url);",
    },
    legalComments: 'linked',
    logLevel: 'warning',
  });
  cpSync(join(ROOT, 'catalogue/profiles'), join(home, 'catalogue/profiles'), { recursive: true });
  copyPreparedCatalogue(home);
  cpSync(join(ROOT, 'LICENSE'), join(home, 'LICENSE'));
  cpSync(join(ROOT, 'docs/reference/cli.md'), join(home, 'README.md'));
  writeFileSync(join(home, 'package.json'), `${JSON.stringify(ownManifest(), null, 2)}\n`);
  return home;
}

/** Under the hash of the package's sources, where its code looks for it. */
function copyPreparedCatalogue(home: string): void {
  preparedCatalogue();
  const placeIn = (root: string) =>
    join(root, 'dist/catalogue-prepared', hashOfSources(root, [...SOURCES, 'functions/domain']));
  cpSync(placeIn(ROOT), placeIn(home));
}

function ownManifest() {
  const { version, description, license } = manifest;
  return {
    name: NAME,
    version,
    description: `The command line of Owner Profiles. ${description}`,
    license,
    type: 'module',
    engines: { node: '>=22' },
    bin: { 'owner-profiles': 'bin/owner-profiles.mjs' },
    files: ['bin', 'dist', 'catalogue'],
  };
}
