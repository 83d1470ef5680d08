/**
 * Sends failures back to the import queue. Each is removed only after the import queue has it, so that it is always in one
 * of the two. A crash in between leaves it in both, and it is sent twice: harmless, because joining an import twice has the
 * effect of joining it once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import { hasId } from './options.ts';
import type { Failure, FailureQueues } from './queue.ts';

export type Work = {
  readonly selected: (failure: Failure) => boolean;
  /** After these were found, the search ends. */
  readonly ids: readonly string[];
  readonly perSecond: number;
  readonly stopped: () => boolean;
  readonly progress: (sent: number) => void;
};

type Sent = Pick<Failure, 'id' | 'messageId'>;

export type Retried = {
  readonly sent: readonly Sent[];
  readonly failed: readonly { readonly id: string; readonly reason: string }[];
  /** Sent, but still in the failure queue too. */
  readonly notRemoved: readonly string[];
};

/** Long enough to send a batch at this rate and remove it before others see it again. */
export function hiddenSecondsAt(perSecond: number): number {
  return Math.min(43_200, 60 + (2 * 10) / perSecond);
}

export async function retry(queues: FailureQueues, work: Work): Promise<Retried> {
  const pace = pacer(work.perSecond);
  const sent: Sent[] = [];
  const failed: { id: string; reason: string }[] = [];
  const notRemoved: string[] = [];
  const wanted = new Set(work.ids);
  for await (const batch of queues.walk(hiddenSecondsAt(work.perSecond))) {
    const done: Failure[] = [];
    const sending: Promise<void>[] = [];
    for (const failure of batch.filter(work.selected)) {
      for (const id of wanted) if (hasId(failure, id)) wanted.delete(id);
      await pace();
      if (work.stopped()) break;
      const send = queues.resend(failure).then(
        () => {
          done.push(failure);
          work.progress(1);
        },
        (error: unknown) => void failed.push({ id: failure.messageId, reason: messageOf(error) }),
      );
      sending.push(send);
    }
    await Promise.all(sending);
    sent.push(...done.map(({ id, messageId }) => ({ id, messageId })));
    notRemoved.push(...(await queues.remove(done)));
    if (work.stopped() || (work.ids.length > 0 && wanted.size === 0)) break;
  }
  return { sent, failed, notRemoved };
}

/** @returns a function that resolves at most this many times a second, evenly */
export function pacer(perSecond: number): () => Promise<void> {
  let next = performance.now();
  return async () => {
    const wait = next - performance.now();
    next = Math.max(next, performance.now()) + 1000 / perSecond;
    if (wait > 0) await sleep(wait);
  };
}

/** Ctrl-C: the first one stops after the current batch, the second ends the process as usual. */
export function stopOnSignal(note: (text: string) => void) {
  let stopped = false;
  const stop = () => {
    stopped = true;
    note('stopping after the current batch; press it again to end at once');
  };
  process.once('SIGINT', stop);
  return { stopped: () => stopped, dispose: () => process.removeListener('SIGINT', stop) };
}
