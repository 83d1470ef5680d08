/** Reads large files as they arrive, one after the other: each may take all the memory. One line of log for each. */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { logFailure } from '../../runtime/log-failure.ts';
import { logger } from '../../runtime/logging.ts';
import { count, countBy, publishMetrics } from '../../runtime/metrics.ts';
import { METRICS } from '../../runtime/names.ts';
import type { UploadOutcome } from '../../use-cases/imports/read-uploaded.ts';
import { keysIn } from './arrivals.ts';

export type StatementReaderParts = { readonly read: (key: string) => Promise<UploadOutcome> };

export function makeStatementReader({ read }: StatementReaderParts) {
  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const failed: string[] = [];
    for (const record of Records) if (!(await attempt(record, read))) failed.push(record.messageId);
    publishMetrics();
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** False: to be tried again. */
async function attempt(record: SQSRecord, read: StatementReaderParts['read']): Promise<boolean> {
  const begun = performance.now();
  const line = () => ({
    receives: Number(record.attributes.ApproximateReceiveCount),
    durationMs: Math.round(performance.now() - begun),
  });
  try {
    for (const key of keysIn(record.body)) {
      const outcome = await read(key);
      countBy(METRICS.uploadsRead, { outcome });
      if (outcome === 'queued') count(METRICS.uploadsQueued);
      logger.info('upload', { ...line(), outcome });
    }
    return true;
  } catch (error) {
    countBy(METRICS.uploadsRead, { outcome: 'retried' });
    logFailure('upload', { ...line(), outcome: 'retried' }, error);
    return false;
  }
}
