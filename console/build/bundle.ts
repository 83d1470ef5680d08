/** The console as files to serve: the page, and its script and style under names of their content. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync, type Metafile } from 'esbuild';
import { hashOfSources } from '../../tools/sources/hash.ts';
import { keptFolder } from '../../tools/sources/kept.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OUTPUT = join(ROOT, 'dist/console');
const SOURCES = ['console', 'functions/domain/segments', 'functions/domain/values', 'package-lock.json'];

/** Where the page is served; its links say so too. */
export const BASE = '/console/';

/** Bundles the console if its sources changed since it was last bundled. @returns the folder with all its files */
export function bundleConsole(): string {
  return keptFolder(OUTPUT, hashOfSources(ROOT, SOURCES), () => consoleFiles().files);
}

/** The same sources give the same bytes. */
export function consoleFiles(): { files: Map<string, Uint8Array>; metafile: Metafile } {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: { console: 'console/page/main.tsx' },
    outdir: OUTPUT,
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022', 'chrome123', 'firefox121', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
  const named = (ending: string) => `${BASE}${[...files.keys()].find((name) => name.endsWith(ending))}`;
  const page = readFileSync(join(ROOT, 'console/page/index.html'), 'utf8')
    .replace('%SCRIPT%', named('.js'))
    .replace('%STYLE%', named('.css'))
    .replaceAll('%BASE%', BASE);
  files.set('index.html', Buffer.from(page));
  files.set('icon.svg', readFileSync(join(ROOT, 'console/page/icon.svg')));
  return { files, metafile };
}
