/**
 * A process that runs test files against one mutant after the other. Sources of the project are loaded again for each, under a separate
 * URL, with one of them changed; packages, and the catalogue's files, are loaded once.
 */
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { firstFailure, installHarness } from './harness.ts';

/** `source` replaces the content of `file`; `tests` are URLs. */
export type Task = { readonly file?: string; readonly source?: string; readonly tests: readonly string[] };
export type Outcome = { readonly failure: string | undefined };

const ROOT = new URL('../../', import.meta.url).href;
const RELOADED = [`${ROOT}functions/`, `${ROOT}test/`];
const COMPILE = `${ROOT}catalogue/build/compile.ts`;
const DOCUMENT = new URL('./document.ts', import.meta.url).href;

let turn = 0;
let task: Task = { tests: [] };
const stripped = new Map<string, string>();

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@fast-check/jest') return next(new URL('./fast-check.ts', import.meta.url).href, context);
    const found = next(specifier, context);
    if (found.url === COMPILE && context.parentURL !== DOCUMENT) return { ...found, url: DOCUMENT };
    const isReloaded = RELOADED.some((folder) => found.url.startsWith(folder)) && found.url.endsWith('.ts');
    return isReloaded && !found.url.startsWith(new URL('./', import.meta.url).href)
      ? { ...found, url: `${found.url}?turn=${turn}` }
      : found;
  },
  load(url, context, next) {
    if (!url.includes('?turn=')) return next(url, context);
    const path = fileURLToPath(url);
    return {
      format: 'module',
      shortCircuit: true,
      source: path === task.file ? strip(task.source ?? '') : known(path),
    };
  },
});

function known(path: string): string {
  const source = stripped.get(path) ?? strip(readFileSync(path, 'utf8'));
  stripped.set(path, source);
  return source;
}

function strip(source: string): string {
  return stripTypeScriptTypes(source, { mode: 'strip' });
}

installHarness();
process.on('message', async (given: Task) => {
  task = given;
  turn++;
  const failure = await firstFailure(given.tests.map((test) => `${test}?turn=${turn}`));
  process.send?.({ failure } satisfies Outcome);
});
