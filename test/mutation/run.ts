/**
 * Breaks one thing at a time in the sources of a room and reports which breaks its tests do not notice:
 * `npm run mutate -- ROOM [--most N] [--seed S] [--file NAME]`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { type Mutant, mutantsOf } from './mutants.ts';
import { ROOMS } from './rooms.ts';
import type { Outcome, Task } from './worker.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Mutants per process: each leaves its modules in memory. */
const MUTANTS_OF_PROCESS = 150;
/** A mutant that takes this much longer than the original counts as endless. */
const TIMES_LONGER = 10;
const LEAST_PATIENCE_MS = 10_000;

type Candidate = Mutant & { readonly file: string };

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { most: { type: 'string' }, seed: { type: 'string', default: '1' }, file: { type: 'string' } },
});
const room = ROOMS[positionals[0] ?? ''];
if (!room) throw new Error(`name a room: ${Object.keys(ROOMS).join(', ')}`);
const sources = matching(room.sources).filter((path) => values.file === undefined || basename(path) === values.file);
const tests = matching(room.tests).map((path) => pathToFileURL(path).href);
const all = sources.flatMap((file) => mutantsOf(readFileSync(file, 'utf8')).map((mutant) => ({ ...mutant, file })));
const chosen = sample(all, Number(values.most ?? all.length), Number(values.seed));

let worker = startWorker();
const started = performance.now();
const { failure } = await ask({ tests }, Number.POSITIVE_INFINITY);
if (failure !== undefined) throw new Error(`fails without a mutant: ${failure}`);
const patience = Math.max(LEAST_PATIENCE_MS, (performance.now() - started) * TIMES_LONGER);

const survivors: Candidate[] = [];
for (const [index, mutant] of chosen.entries()) {
  if (index % MUTANTS_OF_PROCESS === MUTANTS_OF_PROCESS - 1) {
    worker.kill();
    worker = startWorker();
  }
  if ((await ask({ file: mutant.file, source: sourceOf(mutant), tests }, patience)).failure === undefined) {
    survivors.push(mutant);
    show(mutant);
  }
  if (process.stderr.isTTY) process.stderr.write(`\r${index + 1} of ${chosen.length}, ${survivors.length} survived `);
}
worker.kill();
report();

/** Files of globs, in the order of the globs and, within one, of the names. */
function matching(globs: readonly string[]): string[] {
  return globs.flatMap((glob) => {
    const paths = globSync(glob, { cwd: ROOT }).map((path) => `${ROOT}${path}`);
    if (paths.length === 0) throw new Error(`no file is called ${glob}`);
    return paths;
  });
}

/** As many of a list, drawn by a seed, in the list's order. */
function sample<Value>(list: readonly Value[], most: number, seed: number): Value[] {
  let state = seed;
  const drawn = list.map((value, index) => {
    // A linear congruential generator, Numerical Recipes' constants.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return { value, index, draw: state };
  });
  return drawn
    .sort((a, b) => a.draw - b.draw)
    .slice(0, most)
    .sort((a, b) => a.index - b.index)
    .map(({ value }) => value);
}

function sourceOf({ file, from, to, text }: Candidate): string {
  const source = readFileSync(file, 'utf8');
  return source.slice(0, from) + text + source.slice(to);
}

function startWorker(): ChildProcess {
  return fork(new URL('./worker.ts', import.meta.url), {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
}

/** The worker's answer; one that dies, or does not answer in time, has failed, and another replaces it. */
function ask(task: Task, patienceMs: number): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const asked = worker;
  const timer = Number.isFinite(patienceMs) ? setTimeout(() => asked.kill('SIGKILL'), patienceMs) : undefined;
  const died = () => {
    clearTimeout(timer);
    worker = startWorker();
    resolve({ failure: 'no answer' });
  };
  asked.once('exit', died);
  asked.once('message', (outcome: Outcome) => {
    clearTimeout(timer);
    asked.off('exit', died);
    resolve(outcome);
  });
  asked.send(task);
  return promise;
}

function report(): void {
  const table = new Table({
    head: ['file', 'mutants', 'killed', 'survived', 'share'],
    style: { head: [], border: [], compact: true },
  });
  const rowOf = (name: string, mutants: number, survived: number) => [
    name,
    mutants,
    mutants - survived,
    survived,
    mutants === 0 ? '' : `${((100 * survived) / mutants).toFixed(1)} %`,
  ];
  for (const file of sources) {
    const isHere = (mutant: Candidate) => mutant.file === file;
    table.push(rowOf(basename(file), chosen.filter(isHere).length, survivors.filter(isHere).length));
  }
  table.push(rowOf('all', chosen.length, survivors.length));
  console.log(table.toString());
}

/** Where a mutant is, and what it changes in which line. */
function show({ file, line, from, to, text }: Candidate): void {
  const source = readFileSync(file, 'utf8');
  const [was, all] = [source.slice(from, to), source.split('\n')[line - 1]!];
  console.log(`${file.slice(ROOT.length)}:${line} ${inOneLine(was)} → ${inOneLine(text)}   in: ${inOneLine(all)}`);
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
