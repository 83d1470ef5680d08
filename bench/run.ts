/** `npm run bench [-- NAME …] [--full]`: runs the benchmarks, prints a table, stores the results and writes docs/explanation/benchmarks.md. */
import { rmSync } from 'node:fs';
import Table from 'cli-table3';
import { SCRATCH } from './support/bundle.ts';
import type { Bench } from './support/figures.ts';
import { goal, number, spread, verdict } from './support/format.ts';
import { remember, remembered } from './support/history.ts';
import { openProgress } from './support/progress.ts';
import { writeReport } from './support/report.ts';
import { keep, kept, type Result, tidy } from './support/results.ts';

/** In this order; each is loaded only when its turn comes. */
const SUITE: Readonly<Record<string, () => Promise<{ bench: Bench }>>> = {
  derivation: () => import('./suite/derivation.ts'),
  engines: () => import('./suite/engines.ts'),
  labelling: () => import('./suite/labelling.ts'),
  'own-words': () => import('./suite/own-words.ts'),
  'worst-texts': () => import('./suite/worst-texts.ts'),
  'whole-base': () => import('./suite/whole-base.ts'),
  growth: () => import('./suite/growth.ts'),
  requests: () => import('./suite/requests.ts'),
  'cold-start': () => import('./suite/cold-start.ts'),
  'beside-bare': () => import('./suite/beside-bare.ts'),
  'look-up': () => import('./suite/look-up.ts'),
  'local-machine': () => import('./suite/local-machine.ts'),
  cost: () => import('./suite/cost.ts'),
  segments: () => import('./suite/segments.ts'),
  scaling: () => import('./suite/scaling.ts'),
};

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const full = process.argv.includes('--full');
const unknown = asked.filter((name) => !Object.hasOwn(SUITE, name));
if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(', ')}: there are ${Object.keys(SUITE).join(', ')}\n`);
  process.exit(1);
}

const progress = openProgress();
const results: Result[] = [];
const names = Object.keys(SUITE).filter((name) => asked.length === 0 || asked.includes(name));
for (const [index, name] of names.entries()) {
  const begun = performance.now();
  const where = `[${index + 1}/${names.length}] ${name}`;
  progress.say(`${where} …`);
  const { bench } = await (SUITE[name] as () => Promise<{ bench: Bench }>)();
  const outcome = await bench.run((text) => progress.say(`${where}: ${text}`), { full });
  const seconds = (performance.now() - begun) / 1000;
  results.push(keep(name, bench.title, outcome, seconds, full));
  progress.done(`${where}: ${seconds.toFixed(0)} s`);
}
for (const { title, figures, notes } of results) {
  const table = new Table({
    head: ['', 'measured', 'lowest to highest', 'unit', 'goal', ''],
    style: { head: [], border: [] },
  });
  for (const figure of figures) {
    table.push([figure.name, number(figure.value), spread(figure), figure.unit, goal(figure), verdict(figure)]);
  }
  process.stdout.write(`\n${title}\n${table.toString()}\n${notes.map((note) => `  ${note}\n`).join('')}`);
}
remember(results);
writeReport(kept(), remembered());
tidy();
rmSync(SCRATCH, { recursive: true, force: true });
process.stdout.write('\nresults in bench/results, page in docs/explanation/benchmarks.md\n');
process.exit(0);
