/** The cost of snapshots, look-ups of many owners and changes: units counted in one run, times list prices. */
import { writeFileSync } from 'node:fs';
import { sum, TABLE_MS } from '../../functions/domain/costs/cost-model.ts';
import { PRICES_AS_OF, pricesOf, REGIONS } from '../../functions/domain/costs/prices.ts';
import {
  batchedAnswerCost,
  changeCost,
  type SegmentCost,
  type SegmentUnits,
  sliceSeconds,
  type VisitWork,
  visitedOwnerCost,
} from '../../functions/domain/costs/segment-cost.ts';
import { COUNTED_UNITS } from '../../functions/domain/costs/units.ts';
import { stageNamed } from '../../lib/stages.ts';
import { writeParts } from '../../tools/docs/generated.ts';
import { costParts } from '../support/cost-page.ts';
import { type Bench, counted, type Figure, type Goal } from '../support/figures.ts';
import { SEGMENT_UNITS_FILE } from '../support/results.ts';
import { scalingParts } from '../support/scaling-page.ts';
import { simulated } from './scaling.ts';
import { countSegments } from './segments-units.ts';

const SLICES_AT_ONCE = stageNamed('prod').replay.maxConcurrency;

export const bench: Bench = {
  name: 'segments',
  title: 'Many owners at once: cost at list prices',
  async run(progress) {
    const units = await countSegments(progress);
    writeFileSync(SEGMENT_UNITS_FILE, `${JSON.stringify(units, null, 2)}\n`);
    writeParts('docs/explanation/cost.md', costParts(COUNTED_UNITS, units));
    const { work, drained } = simulated();
    writeParts('docs/explanation/scaling.md', scalingParts(COUNTED_UNITS, units, work, drained));
    return {
      figures: figuresOf(units),
      charts: [],
      notes: [
        `Units are counted by proxies before the local table, queue, bus and bucket; processor time is this machine's, and ${TABLE_MS} ms are assumed for each wait.`,
        'Slices are as large as those of the stage prod. A slice that reads pages is billed for as long as its pace takes at least.',
      ],
    };
  },
};

function figuresOf(units: SegmentUnits): Figure[] {
  const {
    slices: { answers, features, replay },
    change,
  } = units;
  const prices = pricesOf(REGIONS[0]!);
  const usd = (name: string, cost: SegmentCost, goal?: Goal) =>
    counted(name, `USD, ${REGIONS[0]}, ${PRICES_AS_OF}`, 1e6 * sum(cost), goal);
  return [
    usd(`a million answers, ${units.batchLookUp.owners} a request`, batchedAnswerCost(units, prices), {
      atMost: 0.12,
    }),
    usd('a snapshot of a million owners: answers', visitedOwnerCost(units, 'answers', prices), { atMost: 0.1 }),
    usd('a snapshot of a million owners: with features', visitedOwnerCost(units, 'features', prices), { atMost: 0.9 }),
    usd('a preview of a million owners', visitedOwnerCost(units, 'preview', prices)),
    usd('a million owners derived again and written', visitedOwnerCost(units, 'replay', prices), { atMost: 1 }),
    minutesOfAMillion(units, 'answers', { atMost: 10 }),
    minutesOfAMillion(units, 'features', { atMost: 10 }),
    minutesOfAMillion(units, 'preview'),
    minutesOfAMillion(units, 'replay'),
    usd('a million changes, beyond their imports', changeCost(units, prices)),
    counted('a snapshot of answers: read units an owner', 'units', answers.readUnits / answers.owners),
    counted('a snapshot with features: read units an owner', 'units', features.readUnits / features.owners),
    counted('a replay: read units an owner', 'units', replay.readUnits / replay.owners),
    counted(
      'an import that changes a list: requests to the table beyond one that does not',
      'requests',
      change.importRequests - change.quietImportRequests,
      { atMost: 0 },
    ),
  ];
}

function minutesOfAMillion({ slices }: SegmentUnits, work: VisitWork, goal?: Goal): Figure {
  const slice = slices[work];
  const minutes = ((1e6 / slice.owners) * sliceSeconds(slice)) / SLICES_AT_ONCE / 60;
  return counted(`a million owners, ${work}: time at ${SLICES_AT_ONCE} slices at a time`, 'minutes', minutes, goal);
}
