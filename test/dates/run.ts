/**
 * `npm run test:dates`: the suites that depend on time, on other days and in other places.
 *
 * Without an argument all cases, with a name that one, with `--turn` the one whose turn it is at this commit.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { CASES, type Case, caseOf, SUITES } from './cases.ts';

const ROOT = join(import.meta.dirname, '../..');
const CLOCK = new URL('./clock.mjs', import.meta.url);
type Outcome = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly name: string; readonly status: string }[];
};

function chosen(argument: string | undefined): readonly Case[] {
  if (argument === undefined) return CASES;
  if (argument === '--turn') return [caseOfCommit()];
  const named = CASES.filter(({ name }) => name === argument);
  if (named.length > 0) return named;
  throw new Error(`there is no case "${argument}"; there are ${CASES.map(({ name }) => name).join(', ')}`);
}

/** Sources without their history have no commit: they use the first case. */
function caseOfCommit(): Case {
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' });
  if (status === 0) return caseOf(stdout);
  console.error('no commit is known here, so the first case is run');
  return CASES[0]!;
}

/** Runs the suites at a case; their output is shown as it comes. */
function run({ from, timeZone }: Case): { outcome: Outcome | undefined; begins: string } {
  const shift = from(Date.now()) - Date.now();
  const begins = new Date(Date.now() + shift).toISOString().slice(0, 16);
  const directory = mkdtempSync(join(tmpdir(), 'dates-'));
  const file = join(directory, 'outcome.json');
  CLOCK.search = `?shift=${shift}`;
  const env = { ...process.env, NODE_OPTIONS: `--import=${CLOCK}`, ...(timeZone && { TZ: timeZone }) };
  const jest = ['--json', '--outputFile', file, ...SUITES];
  spawnSync('npm', ['test', '--silent', '--', ...jest], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
  let outcome: Outcome | undefined;
  try {
    outcome = JSON.parse(readFileSync(file, 'utf8'));
  } finally {
    rmSync(directory, { recursive: true });
  }
  return { outcome, begins };
}

const table = new Table({
  head: ['case', 'begins (UTC)', 'time zone', 'suites', 'tests', 'failed'],
  style: { head: [], border: [] },
});
const red: string[] = [];
for (const each of chosen(process.argv[2])) {
  console.error(`\n${each.name}`);
  const { outcome, begins } = run(each);
  // A file with a test that is skipped here is neither `passed` nor `failed`.
  const failed = outcome?.testResults.filter(({ status }) => status === 'failed').map(({ name }) => name) ?? [];
  if (!outcome || outcome.numFailedTests > 0 || failed.length > 0) red.push(each.name);
  table.push([
    each.name,
    begins,
    each.timeZone ?? process.env['TZ'] ?? 'of this machine',
    outcome ? outcome.testResults.length : 0,
    outcome ? outcome.numPassedTests + outcome.numFailedTests : 0,
    failed.map((name) => name.slice(ROOT.length + 1)).join('\n') || '-',
  ]);
}
console.log(table.toString());
console.log(red.length === 0 ? 'every case is green' : `red: ${red.join(', ')}`);
process.exitCode = red.length === 0 ? 0 : 1;
