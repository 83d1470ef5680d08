import { fc, test as property } from '@fast-check/jest';
import { playCase, someCases } from './enumerate.ts';
import { drawFrom } from './random.ts';
import { playSchedule, playWith } from './schedule.ts';
import { silence } from './world.ts';

const SCHEDULES = 1500;
/** Some ten seconds on an idle machine. */
const PATIENCE_MS = 240_000;

beforeAll(() => silence());

test(
  `${SCHEDULES} schedules of workers that die, calls that fail and messages that repeat end as one pass does`,
  async () => {
    const sums = {
      ...{ calls: 0, deaths: 0, conflicts: 0, erasures: 0, redriven: 0, reads: 0, changes: 0 },
      ...{ nights: 0, nightSights: 0 },
    };
    for (let seed = 1; seed <= SCHEDULES; seed++) {
      const outcome = await playSchedule(drawFrom(seed)).catch((error: unknown) => {
        throw new Error(`npm run torture -- replay --seed ${seed}`, { cause: error });
      });
      for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += outcome[name];
    }
    // Everything planned was tried.
    expect(Math.min(...Object.values(sums))).toBeGreaterThan(SCHEDULES / 30);
  },
  PATIENCE_MS,
);

property.prop([fc.scheduler(), fc.infiniteStream(fc.nat())], { numRuns: 150, endOnFailure: true })(
  'so do interleavings that fast-check draws',
  async (scheduler, numbers) => {
    const draw = (most: number) => (numbers.next().value as number) % most;
    const turns = { turn: (who: string) => scheduler.schedule(Promise.resolve(), who) };
    await playWith(draw, turns, (work) => scheduler.waitFor(work));
  },
  PATIENCE_MS,
);

test(
  'every order of two workers, and every place where both may die, one by one',
  async () => {
    let cases = 0;
    for (const one of someCases()) {
      cases++;
      await playCase(one).catch((error: unknown) => {
        throw new Error(JSON.stringify(one), { cause: error });
      });
    }
    expect(cases).toBeGreaterThan(900);
  },
  PATIENCE_MS,
);
