/**
 * Queues of messages that failed, for operators.
 *
 * SQS can neither list messages nor find one: they are received, and so hidden from others for a while. Messages that are
 * not removed are made visible again at the end.
 */
import { gunzipSync } from 'node:zlib';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { jsonIn } from '../../contracts/import/json-text.ts';
import { shownImportId } from '../../contracts/import/shown-ids.ts';
import { GZIP_BASE64, PARKED_ATTRIBUTES, UPLOAD_PREFIX } from '../../runtime/names.ts';
import { MOST_MESSAGE_BYTES } from '../imports/import-queue.ts';

/** A queue of failures, and the one that a retry sends them to. */
export type FailureQueue = {
  readonly name: string;
  readonly url: string;
  /** Called when something is sent there. */
  readonly homeUrl: () => string;
  /** Its messages are imports: each goes to the group of the client that it names, whatever group it came in. */
  readonly holdsImports: boolean;
};

export type Failure = {
  /** Of the message as it is in this queue. */
  readonly id: string;
  /** By which its publisher and the worker's log know it: SQS gave it when it was first sent. */
  readonly messageId: string;
  /** Name of the queue. */
  readonly queue: string;
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

/** Messages that can be received, and those that were and are hidden; SQS counts approximately. */
export type Depth = { readonly waiting: number; readonly inFlight: number };

const BATCH = 10;
/** Skipped messages come back when their time is over, so this many batches with nothing else are the end, too. */
const BATCHES_OF_KNOWN = 20;
/** What SQS accepts as a group (API reference, SendMessage). */
const GROUP = /^[\x21-\x7e]{1,128}$/;

const OBJECT = new RegExp(`"key":"${UPLOAD_PREFIX}([a-z0-9-]+)/`);

/** Receipts of the messages that are hidden from others, by id. */
type Held = Map<string, { readonly queue: FailureQueue; readonly receipt: string }>;

export type FailureQueuesParts = {
  readonly sqs: Pick<SQSClient, 'send'>;
  /** How long a receive waits: a long poll asks all servers of a queue, and if it is empty, nothing is visible. */
  readonly waitSeconds: number;
  /** What every answer of SQS goes through. */
  readonly answered?: <Answer>(answer: Promise<Answer>) => Promise<Answer>;
};
export type FailureQueues = ReturnType<typeof openFailureQueues>;

export function openFailureQueues(queues: readonly FailureQueue[], parts: FailureQueuesParts) {
  const { sqs, waitSeconds, answered = (answer) => answer } = parts;
  const held: Held = new Map();
  const homes = new Map(queues.map((queue) => [queue.name, queue]));

  /** Receives ten messages at most and hides them for this long. */
  async function receive({ url }: FailureQueue, hiddenSeconds: number): Promise<readonly Message[]> {
    const input = {
      QueueUrl: url,
      MaxNumberOfMessages: BATCH,
      VisibilityTimeout: Math.ceil(hiddenSeconds),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All' as const],
      MessageAttributeNames: ['All'],
    };
    return (await answered(sqs.send(new ReceiveMessageCommand(input)))).Messages ?? [];
  }

  /** How many messages there are, by the name of the queue. */
  async function depths(): Promise<ReadonlyMap<string, Depth>> {
    const read = async ({ name, url }: FailureQueue) => [name, await answered(depthOf(sqs, url))] as const;
    return new Map(await Promise.all(queues.map(read)));
  }

  /** To the queue where it failed, unchanged, in its group. Once this has returned, the message is safe there. */
  async function resend({ queue, body, clientId, groupId }: Failure): Promise<void> {
    const home = homes.get(queue);
    if (!home) throw new Error(`there is no queue of failures ${queue}`);
    const group = [home.holdsImports ? clientId : undefined, groupId].find(isGroup);
    const command = new SendMessageCommand({ QueueUrl: home.homeUrl(), MessageBody: body, MessageGroupId: group });
    await answered(sqs.send(command));
  }

  /** @returns the ids that could not be removed */
  async function remove(failures: readonly Failure[]): Promise<readonly string[]> {
    const left: string[] = [];
    const ids = failures.map(({ id }) => id);
    for (const { url, entries } of batchesOf(held, ids)) {
      const Entries = entries.map(({ receipt }, index) => ({ Id: String(index), ReceiptHandle: receipt }));
      const command = new DeleteMessageBatchCommand({ QueueUrl: url, Entries });
      const { Failed = [] } = await answered(sqs.send(command));
      const failed = new Set(Failed.map(({ Id }) => Number(Id)));
      for (const [index, { id }] of entries.entries()) {
        if (failed.has(index)) left.push(id);
        else held.delete(id);
      }
    }
    return left;
  }

  /** Makes visible again what was not removed. If that fails, the message becomes visible when its time is over. */
  async function close(): Promise<void> {
    for (const { url, entries } of batchesOf(held, [...held.keys()])) {
      const Entries = entries.map(({ receipt: ReceiptHandle }, index) => visible(String(index), ReceiptHandle));
      await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries })).catch(() => {});
    }
    held.clear();
  }

  /** All messages, each once, ten at a time at most; hidden for this long or until `close`. */
  async function* walk(hiddenSeconds: number): AsyncGenerator<readonly Failure[]> {
    for (const queue of queues) yield* freshOf(queue, held, () => receive(queue, hiddenSeconds));
  }

  return { walk, depths, resend, remove, close };
}

export async function depthOf(sqs: Pick<SQSClient, 'send'>, QueueUrl: string | undefined): Promise<Depth> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  const { Attributes = {} } = await sqs.send(command);
  return {
    waiting: Number(Attributes['ApproximateNumberOfMessages'] ?? 0),
    inFlight: Number(Attributes['ApproximateNumberOfMessagesNotVisible'] ?? 0),
  };
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
      if (!seen.has(id)) fresh.push(failureOf(queue.name, message));
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
  return [...Map.groupBy(known, ({ queue }) => queue.url)].flatMap(([url, own]) =>
    Array.from({ length: Math.ceil(own.length / BATCH) }, (_, at) => ({
      url,
      entries: own.slice(at * BATCH, (at + 1) * BATCH),
    })),
  );
}

function failureOf(queue: string, message: Message): Failure {
  const { Attributes = {}, MessageAttributes = {} } = message;
  const body = wholeBody(message);
  const value = jsonIn(body)?.value;
  const names = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const { clientId = clientOfObject(body), ownerExternalId, source } = names;
  const id = String(message.MessageId);
  return {
    id,
    messageId: MessageAttributes[PARKED_ATTRIBUTES.messageId]?.StringValue ?? id,
    queue,
    body,
    bytes: Buffer.byteLength(body),
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

/** S3 announces an upload by its key, which begins with the client. */
function clientOfObject(body: string): string | undefined {
  return OBJECT.exec(body)?.[1];
}

/** The worker compresses a body that would leave no room for its reason; the body itself is shown and retried. */
function wholeBody({ Body = '', MessageAttributes }: Message): string {
  if (MessageAttributes?.[PARKED_ATTRIBUTES.bodyEncoding]?.StringValue !== GZIP_BASE64) return Body;
  return gunzipSync(Buffer.from(Body, 'base64'), { maxOutputLength: MOST_MESSAGE_BYTES }).toString('utf8');
}
