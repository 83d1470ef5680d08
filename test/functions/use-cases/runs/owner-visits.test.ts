/** Visits in virtual time: when each starts, how many run at once, and the effect of a failure. */
import type { OwnerKey } from '../../../../functions/adapters/owners/owner-key.ts';
import { PermanentError, TransientError } from '../../../../functions/runtime/errors.ts';
import { visitOwners } from '../../../../functions/use-cases/runs/owner-visits.ts';
import { VirtualTime } from '../../../simulation/virtual-time.ts';

const owner = (number: number): OwnerKey => ({ clientId: 'c', hash: String(number), externalId: `o${number}` });

/** When each visit started, in milliseconds, and the most that ran at a time. */
async function visited(
  many: number,
  ownersPerSecond: number,
  { visitMs = 0, listed = () => 0, fails = () => undefined as unknown } = {} as {
    visitMs?: number;
    /** How long the list takes for an owner. */
    listed?: (number: number) => number;
    fails?: (number: number) => unknown;
  },
) {
  const time = new VirtualTime(0);
  const begins: number[] = [];
  const failures: unknown[] = [];
  let underWay = 0;
  let most = 0;
  async function* owners() {
    for (let number = 0; number < many; number++) {
      await time.sleep(listed(number));
      yield owner(number);
    }
  }
  const work = visitOwners(
    owners(),
    { ownersPerSecond, onFailure: (error) => failures.push(error) },
    async ({ hash }) => {
      begins.push(time.now);
      most = Math.max(most, ++underWay);
      await time.sleep(visitMs);
      underWay--;
      const error = fails(Number(hash));
      if (error) throw error;
    },
    { now: () => time.now, sleep: (milliseconds) => time.sleep(milliseconds) },
  );
  const failed = await time.run(work);
  return { begins, most, failed, failures };
}

test('visits start as far apart as the rate says', async () => {
  const { begins, failed } = await visited(12, 10);
  expect(begins).toEqual(Array.from({ length: 12 }, (_, index) => index * 100));
  expect(failed).toBe(0);
});

test('eight at most run at once, and a delayed one does not hurry afterwards', async () => {
  const { begins, most } = await visited(20, 10, { visitMs: 1000 });
  expect(most).toBe(8);
  expect(begins).toEqual([
    ...[0, 100, 200, 300, 400, 500, 600, 700],
    ...[1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700],
    ...[2000, 2100, 2200, 2300],
  ]);
});

test('a list that stops for a while is not made up for by a burst', async () => {
  const { begins } = await visited(6, 10, { listed: (number) => (number === 3 ? 5000 : 0) });
  expect(begins).toEqual([0, 100, 200, 5000, 5100, 5200]);
});

test('an owner who cannot be visited is reported and counted, and the others are visited', async () => {
  const broken = new PermanentError('X', 'broken');
  const { begins, failed, failures } = await visited(10, 1000, {
    fails: (number) => (number % 4 === 1 ? broken : undefined),
  });
  expect([begins.length, failed, failures]).toEqual([10, 3, [broken, broken, broken]]);
});

test('what may pass ends the whole: the slice is visited again', async () => {
  const fails = (number: number) => (number === 2 ? new TransientError('throttled') : undefined);
  await expect(visited(10, 1000, { fails })).rejects.toThrow('throttled');
});
