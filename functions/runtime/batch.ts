/**
 * The batch contract of a queue, in one place. A message is done, parked for good, or retried: by being named in the partial
 * batch response, so that it comes back after the visibility timeout and, after too many receives, ends in the dead-letter queue.
 *
 * A batch may be cut into stages. Before the next one starts, done messages leave the queue, and waiting ones come back soon if this worker
 * dies: so a message that kills it takes no other with it.
 */
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { NotBegunError, PermanentError } from './errors.ts';
import { logFailure } from './log-failure.ts';
import { logger } from './logging.ts';
import { publishMetrics } from './metrics.ts';

/** What may be logged of a message: counts, times and names of fields, no value that a publisher wrote. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** The outcome of a message. `reason` of a parked one is a stable code. */
export type Outcome =
  | { readonly kind: 'done'; readonly facts: Facts }
  | { readonly kind: 'parked'; readonly reason: string; readonly detail: string; readonly facts?: Facts }
  | { readonly kind: 'retried'; readonly error: unknown; readonly facts?: Facts };

/** Outcomes as log and metrics name them. */
export const OUTCOME_NAMES = { done: 'joined', parked: 'parked', retried: 'retried' } as const;

/** Outcomes by message id. A message without one is retried: an odd outcome must never lose an import. */
export type BatchRecipe = (records: readonly SQSRecord[], context: Context) => Promise<ReadonlyMap<string, Outcome>>;

/**
 * Messages of a batch that are worked on together. With less than `needsMs` left they go back to the queue, unless nothing has started yet.
 */
export type Stage = { readonly records: readonly SQSRecord[]; readonly needsMs: number };

/** The queue that batches come from. Nothing is lost when a call of it fails: the messages come back by themselves. */
export type BatchQueue = {
  readonly remove: (records: readonly SQSRecord[]) => Promise<void>;
  /** Lets messages be received again after this many seconds. */
  readonly show: (records: readonly SQSRecord[], seconds: number) => Promise<void>;
};

export type BatchParts = {
  readonly park: (record: SQSRecord, reason: string, detail: string) => Promise<void>;
  readonly count: (kind: Outcome['kind'], reason?: string, facts?: Facts) => void;
  /** How a batch is cut; all messages are one stage when absent. */
  readonly cut?: (records: readonly SQSRecord[]) => Promise<readonly Stage[]>;
  readonly queue?: BatchQueue;
};

/** By then a worker whose time is over is dead. */
const AFTER_THE_END_S = 10;
/** Long enough for others to be done with what waited beside a message, before that message comes again. */
const APART_S = 120;

export function batchFunction(recipe: BatchRecipe, { park, count, cut, queue }: BatchParts) {
  return async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    logger.addContext(context);
    const stages = (await cut?.(Records)) ?? [{ records: Records, needsMs: 0 }];
    const failed: SQSRecord[] = [];
    let done: SQSRecord[] = [];
    for (const [at, stage] of stages.entries()) {
      const isLate = at > 0 && context.getRemainingTimeInMillis() < stage.needsMs;
      if (queue && stages.length > 1 && !isLate) {
        await keepApart(queue, done, stages, at, context);
        done = [];
      }
      const outcomes = isLate ? NOTHING : await recipe(stage.records, context);
      for (const record of stage.records) {
        const outcome = await settled(record, isLate ? NOT_BEGUN : outcomes.get(record.messageId), park);
        (outcome.kind === 'retried' ? failed : done).push(record);
        count(outcome.kind, outcome.kind === 'parked' ? outcome.reason : undefined, outcome.facts);
        logOutcome(record, outcome);
        if (queue && isNotBegun(outcome)) await tried(() => queue.show([record], 0));
      }
    }
    publishMetrics();
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

const NOTHING: ReadonlyMap<string, Outcome> = new Map();
const NOT_BEGUN: Outcome = {
  kind: 'retried',
  error: new NotBegunError('the batch ran out of time before this message was started'),
};

function isNotBegun(outcome: Outcome): boolean {
  return outcome.kind === 'retried' && outcome.error instanceof NotBegunError;
}

/**
 * Done messages must not come back, whatever comes next; nor may waiting ones come back together with those that start now, if these kill
 * the worker.
 */
async function keepApart(
  queue: BatchQueue,
  done: readonly SQSRecord[],
  stages: readonly Stage[],
  at: number,
  context: Context,
): Promise<void> {
  const deadline = Math.ceil(context.getRemainingTimeInMillis() / 1000) + AFTER_THE_END_S;
  const records = (some: readonly Stage[]) => some.flatMap((stage) => stage.records);
  if (at === 0) await tried(() => queue.show(records(stages.slice(1)), deadline));
  else await tried(() => queue.show(records(stages.slice(at, at + 1)), deadline + APART_S));
  if (done.length > 0) await tried(() => queue.remove(done));
}

/** If the request fails, the queue does the same by itself, only later. */
async function tried(ask: () => Promise<void>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    logger.warn('the import queue did not take what was asked', { error: error as Error });
  }
}

/** The outcome of a message by its error: permanent errors are parked, all others are retried. */
export function outcomeOf(error: unknown, facts: Facts = {}): Outcome {
  if (error instanceof PermanentError) return { kind: 'parked', reason: error.code, detail: error.message, facts };
  return { kind: 'retried', error, facts };
}

/** A message that cannot be parked now must not be lost: it is retried. */
async function settled(record: SQSRecord, outcome: Outcome | undefined, park: BatchParts['park']): Promise<Outcome> {
  if (outcome === undefined)
    return { kind: 'retried', error: new Error('the batch ended without an outcome for this message') };
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
  else logFailure('import', line, outcome.error);
}
