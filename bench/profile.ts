/** `node bench/profile.ts STEP [ROWS]`: the functions in which a step of the derivation spends its time. */
import { Session } from 'node:inspector/promises';
import { stepsOf } from './suite/derivation.ts';

const [step = 'derive', rows = '1000'] = process.argv.slice(2);
const RUN_MS = 5000;
const SHOWN = 25;

const { contestants } = stepsOf(Number(rows));
const rounds = [0, 1, 2, 3, 4, 5, 6, 7].map((round) => contestants(round));
const steps = rounds.map((round) => {
  if (!Object.hasOwn(round, step)) throw new Error(`no step "${step}": ${Object.keys(round).join(', ')}`);
  return round[step as keyof typeof round];
});
let turn = 0;
const run = () => steps[turn++ % steps.length]?.();
for (const until = performance.now() + 1000; performance.now() < until; ) run();

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: 500 });
await session.post('Profiler.start');
const begun = performance.now();
let runs = 0;
for (const until = begun + RUN_MS; performance.now() < until; runs++) run();
const took = (performance.now() - begun) / runs;
const { profile } = await session.post('Profiler.stop');

const own = new Map<string, number>();
const nodes = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
const deltas = profile.timeDeltas ?? [];
let total = 0;
(profile.samples ?? []).forEach((id, index) => {
  const frame = nodes.get(id);
  const file = frame?.url.split('/').slice(-2).join('/');
  const name = `${frame?.functionName || 'anonymous'} ${file}:${(frame?.lineNumber ?? 0) + 1}`;
  const delta = deltas[index] ?? 0;
  total += delta;
  own.set(name, (own.get(name) ?? 0) + delta);
});
process.stdout.write(
  `${step}, ${rows} rows: ${took.toFixed(1)} ms for some 8,000 rows, ${runs} times; time of its own:\n`,
);
for (const [name, time] of [...own].sort((a, b) => b[1] - a[1]).slice(0, SHOWN)) {
  process.stdout.write(`${((100 * time) / total).toFixed(1).padStart(6)} %  ${name}\n`);
}
