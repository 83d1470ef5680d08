/**
 * Lambda's event source mapping, in the name of its function: polls the queue, passes batches to the function, deletes what succeeded. Failed messages
 * stay and become visible again when their visibility timeout ends, as in the cloud; but nobody at a desk waits minutes after a worker died.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { callAws } from '../aws-json.ts';
import type { MappingSpec } from '../template/wiring.ts';
import type { Invoke } from './pool.ts';
import type { Received } from './records.ts';
import { failedIds, splitByPayload, toRecord } from './records.ts';

export type PollerOptions = {
  readonly mapping: MappingSpec;
  readonly queueUrl: string;
  readonly endpoint: string;
  readonly region: string;
  readonly concurrency: number;
  readonly invoke: Invoke;
  /** Called with failures of the polling itself, not of the function. */
  readonly report: (problem: string) => void;
};

export type Poller = {
  /** Receives no more messages; resolves when the current batches are done. */
  stop(): Promise<void>;
};

const LONG_POLL_S = 20;
const RETRY_MS = 500;

export function startPoller(options: PollerOptions): Poller {
  const stopping = new AbortController();
  const loops = Array.from({ length: options.concurrency }, () => poll(options, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function poll(options: PollerOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const batch = await gather(options, signal);
      if (batch.length > 0) await handle(options, batch);
    } catch (error) {
      if (signal.aborted) return;
      options.report(`polling ${options.mapping.queueName}: ${(error as Error).message}`);
      await sleep(RETRY_MS, undefined, { signal }).catch(() => {});
    }
  }
}

/** The first messages there are; with a batching window, more until the batch is full or the window over. */
async function gather({ mapping, queueUrl, endpoint }: PollerOptions, signal: AbortSignal): Promise<Received[]> {
  const receive = async (wait: number, max: number) => {
    const input = {
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(max, 10),
      WaitTimeSeconds: wait,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    };
    const { Messages } = await callAws<{ Messages?: Received[] }>({
      endpoint,
      target: 'AmazonSQS.ReceiveMessage',
      input,
      caller: mapping.functionName,
      signal,
    });
    return Messages ?? [];
  };
  const batch = await receive(LONG_POLL_S, mapping.batchSize);
  const windowEnd = Date.now() + mapping.windowMs;
  while (batch.length > 0 && batch.length < mapping.batchSize && !signal.aborted) {
    const left = windowEnd - Date.now();
    if (left <= 0) break;
    // Whatever happens here, the received messages are handled; a failure of polling shows at the next turn.
    const more = await receive(Math.min(Math.ceil(left / 1000), LONG_POLL_S), mapping.batchSize - batch.length).catch(
      () => [],
    );
    batch.push(...more);
  }
  return batch;
}

async function handle(
  { mapping, queueUrl, endpoint, region, invoke }: PollerOptions,
  batch: readonly Received[],
): Promise<void> {
  const items = batch.map((message) => ({ message, record: toRecord(message, mapping.queueArn, region) }));
  for (const part of splitByPayload(items, ({ record }) => Buffer.byteLength(JSON.stringify(record)))) {
    const outcome = await invoke({ Records: part.map(({ record }) => record) });
    if (!outcome.ok && DEATHS.has(outcome.error.errorType)) await showSoon(endpoint, queueUrl, part);
    const failed = failedIds(
      outcome,
      part.map(({ message }) => message.MessageId),
      mapping.partial,
    );
    const done = part.filter(({ message }) => !failed.has(message.MessageId));
    for (let from = 0; from < done.length; from += 10) {
      const Entries = done
        .slice(from, from + 10)
        .map(({ message }, index) => ({ Id: `m${index}`, ReceiptHandle: message.ReceiptHandle }));
      const input = { QueueUrl: queueUrl, Entries };
      await callAws({ endpoint, target: 'AmazonSQS.DeleteMessageBatch', input, caller: mapping.functionName });
    }
  }
}

/** What the runtime says when the process of a function ended before it answered. */
const DEATHS: ReadonlySet<string> = new Set(['Sandbox.Timedout', 'Runtime.OutOfMemory', 'Runtime.ExitError']);
const SOON_S = 1;

/**
 * Those that were received for the first time. The others may have killed a worker before, and the worker has set when each comes again, so
 * that none takes another with it.
 */
async function showSoon(endpoint: string, QueueUrl: string, part: readonly { message: Received }[]): Promise<void> {
  const fresh = part.filter(({ message }) => message.Attributes?.['ApproximateReceiveCount'] === '1');
  for (let from = 0; from < fresh.length; from += 10) {
    const Entries = fresh.slice(from, from + 10).map(({ message: { ReceiptHandle } }, index) => {
      return { Id: `m${index}`, ReceiptHandle, VisibilityTimeout: SOON_S };
    });
    await callAws({ endpoint, target: 'AmazonSQS.ChangeMessageVisibilityBatch', input: { QueueUrl, Entries } });
  }
}
