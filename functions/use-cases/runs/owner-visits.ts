/** Visits the owners of a slice, several at a time and no more a second than is allowed, so that look-ups and imports keep their share. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient } from '../../runtime/transient-errors.ts';

const SIDE_BY_SIDE = 8;

export type Visits = {
  readonly ownersPerSecond: number;
  readonly onFailure: (error: unknown) => void;
};

/** Milliseconds, and a wait of so many. */
export type Timer = { readonly now: () => number; readonly sleep: (milliseconds: number) => Promise<unknown> };
const PROCESS_TIMER: Timer = { now: () => performance.now(), sleep };

/**
 * @returns how many could not be visited for a permanent reason; each was reported to `onFailure`
 * @throws on a transient error: the whole slice is then visited again
 */
export async function visitOwners<Owner>(
  owners: AsyncIterable<Owner>,
  { ownersPerSecond, onFailure }: Visits,
  visit: (owner: Owner) => Promise<void>,
  { now, sleep }: Timer = PROCESS_TIMER,
): Promise<number> {
  let failed = 0;
  let next = now();
  const iterator = owners[Symbol.asyncIterator]();
  const lane = async () => {
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
      const begin = next;
      next = Math.max(begin, now()) + 1000 / ownersPerSecond;
      const early = begin - now();
      if (early > 0) await sleep(early);
      try {
        await visit(step.value);
      } catch (error) {
        if (isTransient(error)) throw error;
        failed++;
        onFailure(error);
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
  return failed;
}
