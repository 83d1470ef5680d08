/** The cost of one import as an owner's history before the days of a derivation grows. */
import { requestsOf } from '../support/counting-proxy.ts';
import { type Bench, type Chart, counted, type Figure, ratio } from '../support/figures.ts';
import { assertTaken, queueEvent, startHost } from '../support/functions.ts';
import { spreadOf } from '../support/measure.ts';
import { layOldHistory } from '../support/old-history.ts';
import { DAYS_READ, LAST_DAY, messageOf, NOW, SEED, transactionsOf } from '../support/owners.ts';
import { startWorld } from '../support/world.ts';

type Counts = ReturnType<Awaited<ReturnType<typeof startWorld>>['counts']>;
/** By the number of older rows: processor time of each round, and the last round's requests to the table. */
type Measured = { readonly cpu: ReadonlyMap<number, number[]>; readonly counts: ReadonlyMap<number, Counts> };

const FEWEST = 1_000;
const OLDER = [FEWEST, 10_000, 100_000, 1_000_000];
const RECENT = 1_000;
const WARM_UP = 30;
const ROUNDS = 120;

export const bench: Bench = {
  name: 'growth',
  title: 'Growth: one import of 50 rows into ever longer histories',
  async run(progress) {
    const world = await startWorld();
    const worker = await startHost('import-worker', world.environment());
    try {
      const recent = transactionsOf({ rows: RECENT, seed: SEED });
      const fifty = transactionsOf({ rows: 50, seed: SEED + 1, days: 15 });
      const nameOf = (older: number) => `owner-${older}`;
      let second = 0;
      const importOf = (older: number) =>
        JSON.stringify(
          messageOf(fifty, {
            ownerExternalId: nameOf(older),
            importId: `i${second++}`,
            from: LAST_DAY - 14,
            importedAt: new Date(NOW - 3_600_000 + second * 1000).toISOString(),
          }),
        );
      for (const older of OLDER) {
        const message = messageOf(recent, {
          ownerExternalId: nameOf(older),
          importId: 'recent',
          from: LAST_DAY - DAYS_READ + 1,
          importedAt: new Date(NOW - 7_200_000).toISOString(),
        });
        assertTaken(await worker.run(queueEvent([JSON.stringify(message)])));
        const { pages } = await layOldHistory(world, nameOf(older), older);
        progress(`${older} older rows: ${pages} pages laid down`);
      }
      for (let round = 0; round < WARM_UP; round++) {
        for (const older of OLDER) assertTaken(await worker.run(queueEvent([importOf(older)])));
      }
      const cpu = new Map<number, number[]>(OLDER.map((older) => [older, []]));
      const counts = new Map<number, Counts>();
      for (let round = 0; round < ROUNDS; round++) {
        for (const older of round % 2 === 0 ? OLDER : OLDER.toReversed()) {
          world.counts();
          const done = await worker.run(queueEvent([importOf(older)]));
          assertTaken(done);
          cpu.get(older)?.push(done.cpu);
          counts.set(older, world.counts());
        }
        progress(`round ${round + 1} of ${ROUNDS}`);
      }
      const base = counts.get(FEWEST);
      if (!base) throw new Error('nothing was counted');
      return {
        figures: OLDER.flatMap((older) => figuresOf(older, { cpu, counts }, base)),
        charts: [chartOf({ cpu, counts }, base)],
        notes: [
          `Every owner has ${RECENT} rows in the last ${DAYS_READ} days; the older ones lie in the ten years before. CPU is that of the whole worker process, SDK and collection included: ratio of medians of ten interleaved rounds, ${ROUNDS / 10} times.`,
        ],
      };
    } finally {
      worker.close();
      await world.close();
    }
  },
};

function figuresOf(older: number, { cpu, counts }: Measured, base: Counts): Figure[] {
  const count = counts.get(older) ?? base;
  const size = older.toLocaleString('en');
  const figures = [
    counted(`${size} older rows: requests`, 'requests', requestsOf(count), { atMost: requestsOf(base) }),
    counted(`${size} older rows: read units`, 'units', count.readUnits, { atMost: base.readUnits * 1.05 }),
    counted(`${size} older rows: write units`, 'units', count.writeUnits, { atMost: base.writeUnits * 1.05 }),
    counted(`${size} older rows: bytes to and from the table`, 'bytes', count.bytesSent + count.bytesReceived, {
      atMost: (base.bytesSent + base.bytesReceived) * 1.05,
    }),
  ];
  if (older === FEWEST) return figures;
  const theirs = inTens(cpu.get(FEWEST) ?? []);
  const spread = spreadOf(inTens(cpu.get(older) ?? []).map((value, index) => value / theirs[index]!));
  return [...figures, ratio(`${size} older rows: CPU`, '× 1,000 older rows', spread, { atMost: 1.05 })];
}

/** Garbage collection makes rounds jump: the median is taken over ten rounds at a time, and the ratio of those. */
function inTens(values: readonly number[]): number[] {
  return Array.from({ length: ROUNDS / 10 }, (_, ten) => spreadOf(values.slice(ten * 10, ten * 10 + 10)).median);
}

function chartOf({ cpu, counts }: Measured, base: Counts): Chart {
  const medianOf = (older: number) => spreadOf(cpu.get(older) ?? []).median;
  const unitsOf = ({ readUnits, writeUnits }: Counts) => readUnits + writeUnits;
  return {
    kind: 'lines',
    file: 'growth',
    title: 'Cost of one import of 50 rows',
    x: 'older rows',
    y: '× the cost with 1,000 older rows',
    logarithmicX: true,
    lines: [
      { label: 'CPU', points: OLDER.map((older) => [older, medianOf(older) / medianOf(FEWEST)] as const) },
      {
        label: 'read and write units',
        points: OLDER.map((older) => [older, unitsOf(counts.get(older) ?? base) / unitsOf(base)] as const),
      },
    ],
  };
}
