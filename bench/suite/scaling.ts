/** Beyond one machine: which limit is met first, and how a burst drains; and the tables of docs/explanation/scaling.md. */
import { TABLE_MS } from '../../functions/domain/costs/cost-model.ts';
import { SEGMENT_UNITS } from '../../functions/domain/costs/segment-cost.ts';
import { COUNTED_UNITS } from '../../functions/domain/costs/units.ts';
import { stageNamed } from '../../lib/stages.ts';
import { writeParts } from '../../tools/docs/generated.ts';
import { drain, type Setup, type Work } from '../support/burst.ts';
import { type Bench, counted, type Progress } from '../support/figures.ts';
import { scalingParts } from '../support/scaling-page.ts';

const TEN_MILLION = 1e7;
const NEW_TABLE = { warmWrites: 4_000, warmReads: 12_000 };
const QUOTA = { mostWrites: 40_000, mostReads: 40_000 };

/** The simulation: the burst, the settings, and how it drains under each. Deterministic for the same counted units. */
export function simulated(progress: Progress = () => {}) {
  const units = COUNTED_UNITS;
  const { cpuMs, waits, readUnits, writeUnits } = units.importInBatch;
  const batchSeconds = (units.batch * (cpuMs + waits * TABLE_MS)) / 1000;
  const work: Work = {
    imports: TEN_MILLION,
    heightAfter: 10,
    endAfter: 30,
    batch: units.batch,
    batchSeconds,
    writes: writeUnits,
    reads: readUnits,
  };
  const asDeployed = stageNamed('prod').worker.maxConcurrency;
  const setups: Setup[] = [
    {
      name: `as deployed: ${asDeployed} workers, a new table`,
      label: `${asDeployed} workers, new table`,
      maxConcurrency: asDeployed,
      ...NEW_TABLE,
      ...QUOTA,
    },
    {
      name: '400 workers, a new table',
      label: '400 workers, new table',
      maxConcurrency: 400,
      ...NEW_TABLE,
      ...QUOTA,
    },
    {
      name: '400 workers, table warmed to its quota',
      label: '400 workers, warm table',
      maxConcurrency: 400,
      warmWrites: 40_000,
      warmReads: 40_000,
      ...QUOTA,
    },
    {
      name: '1,000 workers, quotas and warmth at 200,000',
      label: '1,000 workers, 200,000 units',
      maxConcurrency: 1_000,
      warmWrites: 200_000,
      warmReads: 200_000,
      mostWrites: 200_000,
      mostReads: 200_000,
    },
  ];
  const drained = setups.map((setup) => {
    progress(setup.name);
    return { setup, ...drain(work, setup) };
  });
  return { work, drained };
}

export const bench: Bench = {
  name: 'scaling',
  title: 'Scaling: a burst of ten million imports, simulated',
  async run(progress) {
    const { work, drained } = simulated(progress);
    writeParts('docs/explanation/scaling.md', scalingParts(COUNTED_UNITS, SEGMENT_UNITS, work, drained));
    return {
      figures: drained.flatMap(
        ({ setup: { name }, minutesToDrain, ageP50, ageP99, mostWaiting, mostImportsASecond }) => [
          counted(`${name}: until all are processed`, 'minutes', minutesToDrain),
          counted(`${name}: age when processed, p50`, 'seconds', ageP50),
          counted(`${name}: age when processed, p99`, 'seconds', ageP99),
          counted(`${name}: most waiting`, 'imports', mostWaiting),
          counted(`${name}: most processed`, 'imports a second', mostImportsASecond),
        ],
      ),
      notes: [
        `Simulated, not measured: ten million imports within half an hour, most of them after ten minutes; a batch of ten takes ${work.batchSeconds.toFixed(2)} s, from the processor time and the requests that were counted. The limits are AWS's documented ones.`,
      ],
      charts: [
        {
          kind: 'lines',
          file: 'scaling',
          title: 'Ten million imports on a Monday morning (simulated)',
          x: 'minutes after the first',
          y: 'imports waiting',
          lines: drained.slice(0, 4).map(({ setup, waiting }) => ({ label: setup.label, points: waiting })),
        },
      ],
    };
  },
};
