/** Code bundled as the deployed functions are, unless a variant says otherwise. */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, buildSync, type Metafile } from 'esbuild';
import { AS_DEPLOYED } from '../../lib/bundle.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A folder of this run, outside of the repository. */
export const SCRATCH = join(tmpdir(), `owner-profiles-bench-${process.pid}`);

export function scratch(name: string): string {
  const folder = join(SCRATCH, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Bundles one entry (below the repository) into a folder of its own; returns the file to run and its parts. */
export function bundle(entry: string, name: string, options: BuildOptions = {}): { file: string; metafile: Metafile } {
  const folder = scratch(name);
  const extension = options.format === 'esm' ? 'mjs' : 'cjs';
  const file = join(folder, `index.${extension}`);
  const { metafile } = buildSync({
    ...AS_DEPLOYED,
    entryPoints: [entry],
    outfile: file,
    ...options,
    metafile: true,
  });
  return { file, metafile };
}
