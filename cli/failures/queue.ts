/**
 * The parked and the dead-letter queue, for operators.
 *
 * SQS can neither list messages nor find one: they are received, and so hidden from others for a while. Messages that are
 * not removed are made visible again at the end.
 */
import { gunzipSync } from 'node:zlib';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { GZIP_BASE64, PARKED_ATTRIBUTES } from '../../functions/runtime/names.ts';
import { answered, QUEUES } from '../aws.ts';
import { usage } from '../errors.ts';
import { depthOf, openSqs } from '../sqs.ts';
import type { FailureQueue, FailuresConnection } from './connection.ts';
import { parse, shownImportId } from './mask.ts';

export type Failure = {
  /** Of the message as it is in this queue. */
  readonly id: string;
  /** By which its publisher and the worker's log know it: SQS gave it when it was first sent. */
  readonly messageId: string;
  readonly queue: FailureQueue;
  readonly body: string;
  readonly bytes: number;
  /** For parked messages: why, as a stable code and in words. */
  readonly reason: string | undefined;
  readonly detail: string | undefined;
  /** What the body says, if it does. */
  readonly clientId: unknown;
  readonly ownerExternalId: unknown;
  readonly source: unknown;
  /** The client's own id of the import, as far as it may be shown. */
  readonly importId: string | undefined;
  readonly groupId: string | undefined;
  readonly senderId: string | undefined;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** Including this look. */
  readonly receives: number;
};

const BATCH = 10;
/** A long poll asks all servers of the queue: if it is empty, nothing is visible. A local queue is one server. */
const WAIT_SECONDS = 1;
/** Skipped messages come back when their time is over, so this many batches with nothing else are the end, too. */
const BATCHES_OF_KNOWN = 20;
/** What SQS accepts as a group (API reference, SendMessage). */
const GROUP = /^[\x21-\x7e]{1,128}$/;

/** Receipts of the messages that this command hides, by id. */
type Held = Map<string, { readonly queue: FailureQueue; readonly receipt: string }>;

export type FailureQueues = ReturnType<typeof openFailureQueues>;

export function openFailureQueues({ urls, importQueueUrl, endpoint, region }: FailuresConnection) {
  const sqs = openSqs(region, endpoint);
  const queues = Object.keys(urls) as FailureQueue[];
  const held: Held = new Map();

  /** Receives ten messages at most and hides them for this long. */
  async function receive(queue: FailureQueue, hiddenSeconds: number): Promise<readonly Message[]> {
    const input = {
      QueueUrl: urls[queue],
      MaxNumberOfMessages: BATCH,
      VisibilityTimeout: Math.ceil(hiddenSeconds),
      WaitTimeSeconds: endpoint ? 0 : WAIT_SECONDS,
      MessageSystemAttributeNames: ['All' as const],
      MessageAttributeNames: ['All'],
    };
    return (await answered(QUEUES, sqs.send(new ReceiveMessageCommand(input)))).Messages ?? [];
  }

  /** How many messages there are, including hidden ones; SQS counts approximately. */
  async function depth(): Promise<number> {
    let sum = 0;
    for (const queue of queues) {
      const { waiting, inFlight } = await depthOf(sqs, urls[queue]);
      sum += waiting + inFlight;
    }
    return sum;
  }

  /** To the import queue, unchanged, in its client's group. Once this has returned, the message is safe there. */
  async function resend({ body, clientId, groupId }: Failure): Promise<void> {
    if (!importQueueUrl) throw usage('the import queue is not known', 'give --queue-url, or --outputs');
    const group = [clientId, groupId].find(isGroup);
    await answered(
      QUEUES,
      sqs.send(new SendMessageCommand({ QueueUrl: importQueueUrl, MessageBody: body, MessageGroupId: group })),
    );
  }

  /** @returns the ids that could not be removed */
  async function remove(failures: readonly Failure[]): Promise<readonly string[]> {
    const left: string[] = [];
    for (const { queue, entries } of batchesOf(
      held,
      failures.map(({ id }) => id),
    )) {
      const Entries = entries.map(({ id, receipt }, index) => ({ Id: String(index), ReceiptHandle: receipt, id }));
      const input = { QueueUrl: urls[queue], Entries: Entries.map(({ id: _, ...entry }) => entry) };
      const { Failed = [] } = await answered(QUEUES, sqs.send(new DeleteMessageBatchCommand(input)));
      const failed = new Set(Failed.map(({ Id }) => Id));
      for (const { Id, id } of Entries) {
        if (failed.has(Id)) left.push(id);
        else held.delete(id);
      }
    }
    return left;
  }

  /** Makes visible again what was not removed. If that fails, the message becomes visible when its time is over. */
  async function close(): Promise<void> {
    for (const { queue, entries } of batchesOf(held, [...held.keys()])) {
      const Entries = entries.map(({ receipt: ReceiptHandle }, index) => visible(String(index), ReceiptHandle));
      const input = { QueueUrl: urls[queue], Entries };
      await sqs.send(new ChangeMessageVisibilityBatchCommand(input)).catch(() => {});
    }
    held.clear();
    sqs.destroy();
  }

  /** All messages, each once, ten at a time at most; hidden for this long or until `close`. */
  async function* walk(hiddenSeconds: number): AsyncGenerator<readonly Failure[]> {
    for (const queue of queues) yield* freshOf(queue, held, () => receive(queue, hiddenSeconds));
  }

  return { walk, depth, resend, remove, close };
}

/** The messages of one queue, each once, until it is empty or returns only known ones. */
async function* freshOf(
  queue: FailureQueue,
  held: Held,
  receive: () => Promise<readonly Message[]>,
): AsyncGenerator<readonly Failure[]> {
  const seen = new Set<string>();
  for (let known = 0; known < BATCHES_OF_KNOWN; ) {
    const messages = await receive();
    if (messages.length === 0) return;
    const fresh: Failure[] = [];
    for (const message of messages) {
      const id = String(message.MessageId);
      held.set(id, { queue, receipt: String(message.ReceiptHandle) });
      if (!seen.has(id)) fresh.push(failureOf(queue, message));
      seen.add(id);
    }
    known = fresh.length === 0 ? known + 1 : 0;
    if (fresh.length > 0) yield fresh;
  }
}

const visible = (Id: string, ReceiptHandle: string) => ({ Id, ReceiptHandle, VisibilityTimeout: 0 });
const isGroup = (name: unknown): name is string => typeof name === 'string' && GROUP.test(name);

/** Those of these messages that are still hidden, by queue, in batches that SQS accepts. */
function batchesOf(held: Held, ids: readonly string[]) {
  const known = ids.flatMap((id) => {
    const hold = held.get(id);
    return hold ? [{ id, ...hold }] : [];
  });
  return [...Map.groupBy(known, ({ queue }) => queue)].flatMap(([queue, own]) =>
    Array.from({ length: Math.ceil(own.length / BATCH) }, (_, at) => ({
      queue,
      entries: own.slice(at * BATCH, (at + 1) * BATCH),
    })),
  );
}

function failureOf(queue: FailureQueue, message: Message): Failure {
  const { Attributes = {}, MessageAttributes = {} } = message;
  const Body = wholeBody(message);
  const value = parse(Body)?.value;
  const names = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const { clientId, ownerExternalId, source } = names;
  const id = String(message.MessageId);
  return {
    id,
    messageId: MessageAttributes[PARKED_ATTRIBUTES.messageId]?.StringValue ?? id,
    queue,
    body: Body,
    bytes: Buffer.byteLength(Body),
    reason: MessageAttributes[PARKED_ATTRIBUTES.reason]?.StringValue,
    detail: MessageAttributes[PARKED_ATTRIBUTES.detail]?.StringValue,
    clientId,
    ownerExternalId,
    source,
    importId: shownImportId(value),
    groupId: Attributes.MessageGroupId,
    senderId: Attributes.SenderId,
    sentAt: Number(Attributes.SentTimestamp ?? 0),
    receives: Number(Attributes.ApproximateReceiveCount ?? 0),
  };
}

/** The worker compresses a body that would leave no room for its reason; the body itself is shown and retried. */
function wholeBody({ Body = '', MessageAttributes }: Message): string {
  if (MessageAttributes?.[PARKED_ATTRIBUTES.bodyEncoding]?.StringValue !== GZIP_BASE64) return Body;
  return gunzipSync(Buffer.from(Body, 'base64')).toString('utf8');
}
