/**
 * `npm run rehearse [-- --only STEP] [-- --keep]`: rehearses `cdk deploy` in an emulated account on this machine (docs/how-to/rehearsal.md).
 * Nothing of it reaches AWS, and nothing of it is part of `npm start` or `npm test`.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chosen, type Outcome, runSteps } from './step.ts';
import { STEPS } from './steps.ts';
import type { World } from './world.ts';

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, keep: { type: 'boolean' } } });
const steps = chosen(STEPS, values.only ?? []);
const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
const world: World = { root: join(import.meta.dirname, '../..'), folder, deployed: {} };
if (!values.keep) process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
mkdirSync(folder, { recursive: true });

const outcomes = await runSteps(
  steps,
  world,
  (outcome) => console.log(lineOf(outcome)),
  performance.now.bind(performance),
);
await world.cloud?.stop();
console.log(`\n${tableOf(outcomes)}`);
if (values.keep) console.log(`\nkept: ${folder}`);
process.exitCode = outcomes.some(({ verdict }) => verdict === 'failed') ? 1 : 0;

function lineOf({ name, verdict, seconds, says }: Outcome): string {
  return `${name}: ${verdict} after ${seconds.toFixed(1)} s: ${says}`;
}

/** Markdown, for docs/how-to/rehearsal.md. */
function tableOf(all: readonly Outcome[]): string {
  const rows = all.map(
    ({ name, verdict, seconds, says }) => `| ${name} | ${verdict} | ${Math.round(seconds)} | ${says.split('\n')[0]} |`,
  );
  return ['| Step | | s | Seen |', '|---|---|---:|---|', ...rows].join('\n');
}
