/** Code of the service as it is deployed: bundled and minified as CommonJS, unless a variant says otherwise. */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, buildSync, type Metafile } from 'esbuild';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A folder of this run, outside of the repository. */
export const SCRATCH = join(tmpdir(), `owner-profiles-bench-${process.pid}`);

export function scratch(name: string): string {
  const folder = join(SCRATCH, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Bundles one entry (below the repository) into a folder of its own; returns the file to run and what it is made of. */
export function bundle(entry: string, name: string, options: BuildOptions = {}): { file: string; metafile: Metafile } {
  const folder = scratch(name);
  const extension = options.format === 'esm' ? 'mjs' : 'cjs';
  const file = join(folder, `index.${extension}`);
  const { metafile } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
    ...options,
  });
  return { file, metafile: metafile as Metafile };
}
