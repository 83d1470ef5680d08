/** Generated parts of docs/explanation/scaling.md: snapshots of ten million owners, and which limit they meet first. */
import { sum } from '../../functions/domain/costs/cost-model.ts';
import { pricesOf, REGIONS } from '../../functions/domain/costs/prices.ts';
import {
  type SegmentUnits,
  sliceSeconds,
  type VisitWork,
  visitedOwnerCost,
} from '../../functions/domain/costs/segment-cost.ts';
import { MOST_SLICES, slicesFor } from '../../functions/use-cases/runs/runs.ts';
import type { StageSettings } from '../../lib/stages.ts';
import type { Parts } from '../../tools/docs/generated.ts';
import { number, table } from './format.ts';

const OWNERS = 1e7;
const READS_OF_A_TABLE = 40_000;
const FUNCTION_SECONDS = 300;
const CHILDREN = 10_000;

export function snapshotPlan(units: SegmentUnits, { replay: { maxConcurrency } }: StageSettings): Parts {
  const plans = [
    planOf('answers', units, 'answers', maxConcurrency),
    planOf('with features', units, 'features', maxConcurrency),
  ];
  return {
    'snapshot-plan': table(
      '| Ten million owners | Slices | Owners a slice | A slice takes | The snapshot takes | Read units | USD | Met first |',
      '|---|---:|---:|---:|---:|---:|---:|---|',
      plans.map(
        ({ name, slices, owners, seconds, minutes, readUnits, usd, limits }) =>
          `| ${name} | ${number(slices)} | ${number(owners)} | ${number(seconds)} s | ${number(minutes)} min | ${number(Math.round(readUnits))} | ${usd.toFixed(2)} | ${limits.toSorted((a, b) => b.used - a.used)[0]?.name} |`,
      ),
    ),
    'snapshot-limits': table(
      `| Limit | Value | ${plans.map(({ name }) => `Used, ${name}`).join(' | ')} | What to turn |`,
      '|---|---:|---:|---:|---|',
      (plans[0]?.limits ?? []).map(
        ({ name, value, turn }, index) =>
          `| ${name} | ${value} | ${plans.map(({ limits }) => percent(limits[index]?.used ?? 0)).join(' | ')} | ${turn} |`,
      ),
    ),
  };
}

function planOf(name: string, units: SegmentUnits, work: VisitWork, maxConcurrency: number) {
  const slice = units.slices[work];
  const slices = slicesFor(OWNERS, slice.owners);
  const owners = Math.ceil(OWNERS / slices);
  const seconds = (sliceSeconds(slice) * owners) / slice.owners;
  const total = (slices / maxConcurrency) * seconds;
  const readUnits = (OWNERS * slice.readUnits) / slice.owners;
  return {
    ...{ name, slices, owners, seconds, readUnits },
    minutes: total / 60,
    usd: OWNERS * sum(visitedOwnerCost(units, work, pricesOf(REGIONS[0]!))),
    limits: [
      {
        name: 'Reads of a table',
        value: '40,000 units a second',
        used: readUnits / total / READS_OF_A_TABLE,
        turn: '`replay.maxConcurrency`, or raise the quota',
      },
      {
        name: 'Slices that are planned',
        value: number(MOST_SLICES),
        used: slices / MOST_SLICES,
        turn: 'never met: slices grow by themselves',
      },
      {
        name: 'Time of the function',
        value: `${FUNCTION_SECONDS} s`,
        used: seconds / FUNCTION_SECONDS,
        turn: '`replay.ownersPerSecond`, smaller slices',
      },
      { name: 'Children of a map at a time', value: number(CHILDREN), used: maxConcurrency / CHILDREN, turn: '' },
    ],
  };
}

const percent = (share: number) => `${number(100 * share)} %`;
