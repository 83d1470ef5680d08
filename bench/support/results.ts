/** Results as they are stored: what was measured, and on what. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Outcome } from './figures.ts';
import { SEED } from './owners.ts';

export type Result = Outcome & {
  readonly name: string;
  readonly title: string;
  readonly seconds: number;
  readonly full: boolean;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly seed: number;
  /** The commit measured; `+` when the sources differ from it. */
  readonly commit: string;
  readonly at: string;
};

const FOLDER = fileURLToPath(new URL('../results/', import.meta.url));
/** The counted units, which the cost model reads. */
export const UNITS_FILE = fileURLToPath(new URL('../../functions/domain/costs/units.json', import.meta.url));
/** The same of snapshots, batches of look-ups and changes. */
export const SEGMENT_UNITS_FILE = fileURLToPath(
  new URL('../../functions/domain/costs/segment-units.json', import.meta.url),
);

export function keep(name: string, title: string, outcome: Outcome, seconds: number, full: boolean): Result {
  const [processor] = cpus();
  const result: Result = {
    name,
    title,
    seconds: Math.round(seconds),
    full,
    machine: `${cpus().length} × ${processor?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}`,
    versions: versions(),
    seed: SEED,
    commit: commit(),
    at: new Date().toISOString().slice(0, 16),
    ...outcome,
  };
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
  return result;
}

/** Formats the files like the rest of the repository, so that a run changes figures and nothing else. */
export function tidy(): void {
  const biome = fileURLToPath(new URL('../../node_modules/.bin/biome', import.meta.url));
  execFileSync(biome, ['format', '--write', FOLDER, UNITS_FILE, SEGMENT_UNITS_FILE], { stdio: 'ignore' });
}

/** All stored results, by name. */
export function kept(): Result[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(`${FOLDER}${file}`, 'utf8')) as Result);
}

function versions(): Record<string, string> {
  const path = new URL('../package.json', import.meta.url);
  const { dependencies } = JSON.parse(readFileSync(path, 'utf8')) as { dependencies: Record<string, string> };
  return { node: process.versions.node, v8: process.versions.v8, ...dependencies };
}

function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const changed = git('status', '--porcelain', '--', 'functions', 'lib', 'catalogue').trim() !== '';
    return `${git('rev-parse', '--short', 'HEAD').trim()}${changed ? '+' : ''}`;
  } catch {
    return 'unknown';
  }
}
