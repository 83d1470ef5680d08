/** The typed client as a package of its own: plain JavaScript with its types. */
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');

/** @returns where the package is */
export function buildClient(home = join(ROOT, 'dist/packages/client')): string {
  rmSync(home, { recursive: true, force: true });
  execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', 'client', '--outDir', join(home, 'dist')], { cwd: ROOT });
  cpSync(join(ROOT, 'LICENSE'), join(home, 'LICENSE'));
  cpSync(join(ROOT, 'docs/how-to/clients.md'), join(home, 'README.md'));
  writeFileSync(join(home, 'package.json'), `${JSON.stringify(ownManifest(), null, 2)}\n`);
  return home;
}

function ownManifest() {
  const { version, license, dependencies } = manifest;
  return {
    name: '@owner-profiles/client',
    version,
    description: 'A typed client of the Owner Profiles API, with retries, pages and the verification of webhooks.',
    license,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=22' },
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    files: ['dist'],
    dependencies: {
      'openapi-fetch': dependencies['openapi-fetch'],
      standardwebhooks: dependencies['standardwebhooks'],
    },
  };
}
