/** Erasures that wait in their queue: each goes on until nothing is left of the owner, as often as it takes. One line of log each time. */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type Erased, readErased } from '../../adapters/owners/erased.ts';
import { logFailure } from '../../runtime/log-failure.ts';
import { logger } from '../../runtime/logging.ts';
import type { ErasureProgress } from '../../use-cases/owners/erase.ts';
import { timeLeft } from './recipe.ts';

export type FinishParts = {
  /** Undefined: the owner is not erased. */
  readonly finish: (owner: Erased, hasTime: () => boolean) => Promise<ErasureProgress | undefined>;
  /** Queues the rest: a message of its own, because it did not fail. */
  readonly goOn: (owner: Erased) => Promise<void>;
};

const TIME_TO_END_MS = 6000;

export function makeFinish({ finish, goOn }: FinishParts) {
  return async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const { messageId, body } of Records) {
      const owner = readErased(body);
      if (!owner) {
        logger.error('erasure', { outcome: 'not understood' });
        continue;
      }
      const { clientId } = owner;
      try {
        const progress = await finish(owner, timeLeft(context, TIME_TO_END_MS));
        if (progress && !progress.isFinished) await goOn(owner);
        logger.info('erasure', { clientId, outcome: outcomeOf(progress), pages: progress?.pages ?? 0 });
      } catch (error) {
        batchItemFailures.push({ itemIdentifier: messageId });
        logFailure('erasure', { clientId, outcome: 'retried' }, error);
      }
    }
    return { batchItemFailures };
  };
}

function outcomeOf(progress: ErasureProgress | undefined): string {
  if (!progress) return 'not started';
  return progress.isFinished ? 'finished' : 'goes on';
}
