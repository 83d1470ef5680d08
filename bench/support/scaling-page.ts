/** The generated parts of docs/explanation/scaling.md: arithmetic on the counted units, and the results of the simulation. */

import type { Counted } from '../../functions/domain/costs/cost-model.ts';
import type { SegmentUnits } from '../../functions/domain/costs/segment-cost.ts';
import { stageNamed } from '../../lib/stages.ts';
import type { Parts } from '../../tools/docs/generated.ts';
import type { Drained, Setup, Work } from './burst.ts';
import { number, table } from './format.ts';
import { runsParts } from './runs-parts.ts';
import { snapshotPlan } from './snapshot-plan.ts';

const MONTH_SECONDS = 30 * 86_400;
/** As docs/explanation/scaling.md says in words. */
const IMPORTS_A_MONTH = 4;
const LOOK_UPS_A_MONTH = 10;
/** The busiest hour against the mean. */
const PEAK = 10;
const BASES = [1e6, 1e8, 1e9];

type Simulated = Drained & { readonly setup: Setup };

type Limit = readonly [name: string, value: string, rate: number, turn: string];

export function scalingParts(units: Counted, segments: SegmentUnits, work: Work, drained: readonly Simulated[]): Parts {
  const { readUnits, writeUnits } = units.importInBatch;
  const { replay } = segments.slices;
  const limits = importLimits(units, work).toSorted((a, b) => a[2] - b[2]);
  return {
    bases: table(
      '| Owners | Imports a second, mean | busiest | Look-ups a second, mean | busiest | Kept in the table | Met first |',
      '|---:|---:|---:|---:|---:|---:|---|',
      BASES.map((owners) => baseRow(owners, units, limits)),
    ),
    'read-units': number(readUnits),
    'write-units': number(writeUnits),
    'batch-seconds': work.batchSeconds.toFixed(2),
    'import-limits': table(
      '| Limit | Value | Imports a second | What to turn |',
      '|---|---|---:|---|',
      limits.map(([name, value, rate, turn]) => `| ${name} | ${value} | ${number(rate)} | ${turn} |`),
    ),
    'look-up-limits': lookUpLimits(units),
    bursts: table(
      '| Setting | All processed after | Age when processed, p50 | p99 | Most waiting | Most a second | Held by |',
      '|---|---:|---:|---:|---:|---:|---|',
      drained.map(
        ({ setup, minutesToDrain, ageP50, ageP99, mostWaiting, mostImportsASecond, heldBy }) =>
          `| ${setup.name} | ${minutes(minutesToDrain)} | ${minutes(ageP50 / 60)} | ${minutes(ageP99 / 60)} | ${number(Math.round(mostWaiting))} | ${number(Math.round(mostImportsASecond))} | ${heldBy} |`,
      ),
    ),
    'imports-of-an-owner': number(Math.min(3_000 / readUnits, 1_000 / writeUnits)),
    ...runsParts(segments, stageNamed('prod')),
    ...snapshotPlan(segments, stageNamed('prod')),
    'replay-hours': number((1e8 * replay.readUnits) / replay.owners / 40_000 / 3600),
  };
}

/** Which limit is met at how many imports a second. */
function importLimits(units: Counted, work: Work): Limit[] {
  const { maxConcurrency } = stageNamed('prod').worker;
  const { readUnits, writeUnits } = units.importInBatch;
  const perWorker = work.batch / work.batchSeconds;
  const workers = (count: number) => count * perWorker;
  return [
    [
      'Workers of the stage `prod`',
      String(maxConcurrency),
      workers(maxConcurrency),
      '`worker.maxConcurrency` in `lib/stages.ts`',
    ],
    [
      'Reads of a table',
      '40,000 units a second',
      40_000 / readUnits,
      'raise the quota; warm throughput before a known burst',
    ],
    ['Writes of a table', '40,000 units a second', 40_000 / writeUnits, 'the same'],
    [
      'Workers of one event source',
      '1,250, 300 more a minute',
      workers(1_250),
      'a second queue with its own worker, owners split by hash',
    ],
    [
      'Lambda concurrency of the account',
      '1,000, shared with look-ups',
      workers(1_000),
      'raise the quota; it is granted in tens of thousands',
    ],
    [
      'Messages in flight',
      '120,000',
      workers(120_000 / work.batch),
      'never met before the others: in flight are workers × 10',
    ],
  ];
}

function lookUpLimits(units: Counted): string {
  const throttling = number(stageNamed('prod').api.throttlingRatePerSecond);
  return table('| Limit | Value | Look-ups a second | What to turn |', '|---|---|---:|---|', [
    `| Throttling of the stage \`prod\` | ${throttling} a second | ${throttling} | \`api.throttlingRatePerSecond\` in \`lib/stages.ts\` |`,
    '| API Gateway, account and region | 10,000 a second | 10,000 | raise the quota; a stage in a second account; an HTTP API where its features suffice |',
    '| Lambda concurrency | 1,000 | some 50,000 at 20 ms each | raise the quota; ramp: 1,000 more every 10 s for each function |',
    `| Reads of a table | 40,000 units | ${number(40_000 / units.lookUp.readUnits)} | raise the quota |`,
  ]);
}

function baseRow(owners: number, units: Counted, limits: readonly Limit[]): string {
  const imports = (owners * IMPORTS_A_MONTH) / MONTH_SECONDS;
  const lookUps = (owners * LOOK_UPS_A_MONTH) / MONTH_SECONDS;
  const met = limits.filter(([, , rate]) => rate < imports * PEAK).map(([name]) => name);
  const prod = stageNamed('prod').api.throttlingRatePerSecond;
  const api = lookUps * PEAK > 10_000 ? 'API Gateway' : lookUps * PEAK > prod ? 'throttling of the stage' : undefined;
  const first = [...met, ...(api ? [api] : [])];
  return `| ${number(owners)} | ${number(imports)} | ${number(imports * PEAK)} | ${number(lookUps)} | ${number(lookUps * PEAK)} | ${number((owners * units.bytesOfOwner) / 1e12)} TB | ${first.join('; ') || 'none'} |`;
}

function minutes(value: number): string {
  return value < 1
    ? `${Math.round(value * 60)} s`
    : value < 120
      ? `${Math.round(value)} min`
      : `${(value / 60).toFixed(1)} h`;
}
