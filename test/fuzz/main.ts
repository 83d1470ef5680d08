/**
 * `npm run fuzz -- --cases 50000 --seed 1`: calls every route and sends import messages, well-formed and not, and stops at the first
 * wrong answer. `--replay 1:4711` runs that case of that seed alone and shows it; `--http` uses real connections.
 */
import { parseArgs } from 'node:util';
import { fuzz } from './run.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '50000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    replay: { type: 'string' },
    http: { type: 'boolean', default: false },
    most: { type: 'string', default: '20' },
  },
});
const [seed, only] = (values.replay ?? values.seed).split(':').map(Number);
const summary = await fuzz({
  seed: seed ?? 0,
  cases: Number(values.cases),
  ...(values.replay !== undefined && { only: only ?? 0 }),
  http: values.http,
  mostFindings: Number(values.most),
});
process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
process.exitCode = summary.findings.length > 0 ? 1 : 0;
