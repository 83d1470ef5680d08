/**
 * Sends failures back to where they failed. Each is removed only after the other queue has it, so that it is always in one
 * of the two. A crash in between leaves it in both, and it is sent twice: harmless, because working on a message twice has the
 * effect of doing so once.
 */
import type { Failure, FailureQueues } from '../../adapters/failures/failure-queues.ts';

export type Work = {
  readonly selected: (failure: Failure) => boolean;
  /** After these were found, the search ends; none: it goes on to the end of the queue. */
  readonly ids: readonly string[];
  readonly hiddenSeconds: number;
  /** Resolves when the next one may be sent. */
  readonly pace?: () => Promise<void>;
  readonly stopped: () => boolean;
  readonly progress?: (sent: number) => void;
};

type Sent = Pick<Failure, 'id' | 'messageId'>;

export type Retried = {
  readonly sent: readonly Sent[];
  readonly failed: readonly { readonly id: string; readonly reason: string }[];
  /** Sent, but still in the failure queue too. */
  readonly notRemoved: readonly string[];
};

export async function retry(queues: Pick<FailureQueues, 'walk' | 'resend' | 'remove'>, work: Work): Promise<Retried> {
  const sent: Sent[] = [];
  const failed: { id: string; reason: string }[] = [];
  const notRemoved: string[] = [];
  const wanted = new Set(work.ids);
  for await (const batch of queues.walk(work.hiddenSeconds)) {
    const done: Failure[] = [];
    const sending: Promise<void>[] = [];
    for (const failure of batch.filter(work.selected)) {
      for (const id of wanted) if (hasId(failure, id)) wanted.delete(id);
      await work.pace?.();
      if (work.stopped()) break;
      const send = queues.resend(failure).then(
        () => {
          done.push(failure);
          work.progress?.(1);
        },
        (error: unknown) => {
          failed.push({ id: failure.messageId, reason: error instanceof Error ? error.message : String(error) });
        },
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

/** Whether people mean this failure by an id. */
export const hasId = ({ id, messageId }: Pick<Failure, 'id' | 'messageId'>, wanted: string): boolean =>
  wanted === messageId || wanted === id;
