/** Looks after owners whose lists may have changed: what waits in their answers is published. One line of log for each message. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type ChangeNotice, readNotice } from '../../adapters/changes/change-queue.ts';
import type { Change } from '../../domain/profiles/change.ts';
import { logFailure } from '../../runtime/log-failure.ts';
import { logger } from '../../runtime/logging.ts';
import { countBy, publishMetrics } from '../../runtime/metrics.ts';
import { METRICS } from '../../runtime/names.ts';

export type ChangePublisherParts = { readonly publish: (notice: ChangeNotice) => Promise<readonly Change[]> };

const OWNERS_SIDE_BY_SIDE = 5;

export function makeChangePublisher({ publish }: ChangePublisherParts) {
  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const failed: string[] = [];
    // Several messages of an owner need one look.
    const owners = Map.groupBy(Records, ({ body }) => body).values();
    const lane = async () => {
      for (const [first, ...others] of owners) {
        if (!first) continue;
        if (!(await look(first.body, publish))) failed.push(...[first, ...others].map(({ messageId }) => messageId));
      }
    };
    await Promise.all(Array.from({ length: OWNERS_SIDE_BY_SIDE }, lane));
    publishMetrics();
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** False: to be tried again. */
async function look(body: string, publish: ChangePublisherParts['publish']): Promise<boolean> {
  const notice = readNotice(body);
  if (!notice) {
    logger.error('changes', { outcome: 'not understood' });
    return true;
  }
  const { clientId } = notice;
  try {
    const changes = await publish(notice);
    for (const { cause } of changes) countBy(METRICS.changesPublished, { cause });
    logger.info('changes', { clientId, published: changes.length });
    return true;
  } catch (error) {
    logFailure('changes', { clientId, outcome: 'retried' }, error);
    return false;
  }
}
