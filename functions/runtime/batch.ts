/**
 * The batch contract of a queue, in one place. A message is done, parked for good, or retried: by being named in the partial
 * batch response, so that it comes back after the visibility timeout and, after too many receives, ends in the dead-letter queue.
 */
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { PermanentError } from './errors.ts';
import { logger } from './logging.ts';
import { publishMetrics } from './metrics.ts';
import { isTransient } from './transient-errors.ts';

/** What the log may tell of a message: counts, times and names of fields, no value that a publisher wrote. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** What became of a message. `reason` of a parked one is a stable code. */
export type Outcome =
  | { readonly kind: 'done'; readonly facts: Facts }
  | { readonly kind: 'parked'; readonly reason: string; readonly detail: string; readonly facts?: Facts }
  | { readonly kind: 'retried'; readonly error: unknown; readonly facts?: Facts };

/** Outcomes as log and metrics name them. */
export const OUTCOME_NAMES = { done: 'joined', parked: 'parked', retried: 'retried' } as const;

/** Outcomes by message id. A message without one is retried: an odd outcome must never lose an import. */
export type BatchRecipe = (records: readonly SQSRecord[], context: Context) => Promise<ReadonlyMap<string, Outcome>>;

export type BatchParts = {
  readonly park: (record: SQSRecord, reason: string, detail: string) => Promise<void>;
  readonly count: (kind: Outcome['kind'], reason?: string, facts?: Facts) => void;
};

export function batchFunction(recipe: BatchRecipe, { park, count }: BatchParts) {
  return async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    logger.addContext(context);
    const outcomes = await recipe(Records, context);
    const failed: string[] = [];
    for (const record of Records) {
      const outcome = await settled(record, outcomes.get(record.messageId), park);
      if (outcome.kind === 'retried') failed.push(record.messageId);
      count(outcome.kind, outcome.kind === 'parked' ? outcome.reason : undefined, outcome.facts);
      logOutcome(record, outcome);
    }
    publishMetrics();
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** What becomes of a message by an error: what never passes is parked, all else is tried again. */
export function outcomeOf(error: unknown, facts: Facts = {}): Outcome {
  if (error instanceof PermanentError) return { kind: 'parked', reason: error.code, detail: error.message, facts };
  return { kind: 'retried', error, facts };
}

/** A message that cannot be parked just now must not be gone: it is retried. */
async function settled(record: SQSRecord, outcome: Outcome | undefined, park: BatchParts['park']): Promise<Outcome> {
  if (outcome === undefined)
    return { kind: 'retried', error: new Error('the batch ended without a word on this message') };
  if (outcome.kind !== 'parked') return outcome;
  try {
    await park(record, outcome.reason, outcome.detail);
    return outcome;
  } catch (error) {
    return { kind: 'retried', error, ...(outcome.facts && { facts: outcome.facts }) };
  }
}

/** One line for each message; it names neither owner nor contents. */
function logOutcome(record: SQSRecord, outcome: Outcome): void {
  const { messageId, attributes } = record;
  const line = {
    messageId,
    receives: Number(attributes.ApproximateReceiveCount),
    outcome: OUTCOME_NAMES[outcome.kind],
    ...outcome.facts,
  };
  if (outcome.kind === 'done') logger.info('import', line);
  else if (outcome.kind === 'parked') logger.warn('import', { ...line, reason: outcome.reason });
  else if (isTransient(outcome.error)) logger.warn('import', { ...line, error: outcome.error as Error });
  else logger.error('import', { ...line, error: outcome.error as Error });
}
