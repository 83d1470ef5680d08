/**
 * The batch contract of a queue, in one place. A message is done, parked for good, or retried: by being named in the partial
 * batch response, so that it comes back after the visibility timeout and, after too many receives, ends in the dead-letter queue.
 */
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { PermanentError } from './errors.ts';
import { logger } from './logging.ts';
import { publishMetrics } from './metrics.ts';
import { mayPass } from './transient-errors.ts';

/** What the log may tell of a message: counts, times and names of ours, nothing that a publisher wrote. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** What became of a message. `reason` of a parked one is a stable code. */
export type Fate =
  | { readonly fate: 'done'; readonly facts: Facts }
  | { readonly fate: 'parked'; readonly reason: string; readonly detail: string; readonly facts?: Facts }
  | { readonly fate: 'retried'; readonly error: unknown; readonly facts?: Facts };

/** Fates as log and metrics name them. */
export const OUTCOMES = { done: 'joined', parked: 'parked', retried: 'retried' } as const;

/** Fates by message id. A message without one is retried: an odd outcome must never lose an import. */
export type BatchRecipe = (records: readonly SQSRecord[], context: Context) => Promise<ReadonlyMap<string, Fate>>;

export type BatchParts = {
  readonly park: (record: SQSRecord, reason: string, detail: string) => Promise<void>;
  readonly count: (fate: Fate['fate'], reason?: string, facts?: Facts) => void;
};

export function batchFunction(recipe: BatchRecipe, { park, count }: BatchParts) {
  return async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    logger.addContext(context);
    const fates = await recipe(Records, context);
    const failed: string[] = [];
    for (const record of Records) {
      const fate = await settled(record, fates.get(record.messageId), park);
      if (fate.fate === 'retried') failed.push(record.messageId);
      count(fate.fate, fate.fate === 'parked' ? fate.reason : undefined, fate.facts);
      logFate(record, fate);
    }
    publishMetrics();
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** The fate of an error: what never passes is parked, all else is tried again. */
export function fateOf(error: unknown, facts: Facts = {}): Fate {
  if (error instanceof PermanentError) return { fate: 'parked', reason: error.code, detail: error.message, facts };
  return { fate: 'retried', error, facts };
}

/** A message that cannot be parked just now must not be gone: it is retried. */
async function settled(record: SQSRecord, fate: Fate | undefined, park: BatchParts['park']): Promise<Fate> {
  if (fate === undefined)
    return { fate: 'retried', error: new Error('the batch ended without a word on this message') };
  if (fate.fate !== 'parked') return fate;
  try {
    await park(record, fate.reason, fate.detail);
    return fate;
  } catch (error) {
    return { fate: 'retried', error, ...(fate.facts && { facts: fate.facts }) };
  }
}

/** One line for each message; it names neither owner nor contents. */
function logFate(record: SQSRecord, fate: Fate): void {
  const { messageId, attributes } = record;
  const line = {
    messageId,
    receives: Number(attributes.ApproximateReceiveCount),
    outcome: OUTCOMES[fate.fate],
    ...fate.facts,
  };
  if (fate.fate === 'done') logger.info('import', line);
  else if (fate.fate === 'parked') logger.warn('import', { ...line, reason: fate.reason });
  else if (mayPass(fate.error)) logger.warn('import', { ...line, error: fate.error as Error });
  else logger.error('import', { ...line, error: fate.error as Error });
}
