/**
 * The scripts of child processes as plain JavaScript. A process that removes the types of its sources itself keeps 11 MB for that, and
 * spends more time at its start.
 */
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { hashOfSources } from '../tools/sources/hash.ts';
import { keptFolder } from '../tools/sources/kept.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUTPUT = join(ROOT, 'dist/local');
const SOURCES = ['local', 'package-lock.json'];
const SCRIPTS = ['local/functions/worker.ts', 'local/sqs/main.ts', 'local/dynamodb/main.ts'] as const;

let folder: string | undefined;

/** Bundles the scripts if their sources changed since they were last bundled. */
export function plainScript(script: (typeof SCRIPTS)[number]): URL {
  folder ??= keptFolder(OUTPUT, hashOfSources(ROOT, SOURCES), bundledScripts);
  return pathToFileURL(join(folder, nameOf(script)));
}

function bundledScripts(): Map<string, Uint8Array> {
  const { outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: SCRIPTS.map((script) => ({ in: script, out: basename(nameOf(script), '.mjs') })),
    outdir: OUTPUT,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node22',
    format: 'esm',
    write: false,
    logLevel: 'warning',
  });
  return new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
}

const nameOf = (script: string): string => `${basename(dirname(script))}-${basename(script, '.ts')}.mjs`;
