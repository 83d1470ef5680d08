/** Sends imports: in batches to the queue, and those too large for it through the bucket. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { clientOptions } from './aws.ts';
import type { QueueConnection } from './connection.ts';
import { CliError, messageOf } from './errors.ts';
import type { Message } from './import-messages.ts';
import { openSqs } from './sqs.ts';

/** For a message and for a whole batch, in bytes of UTF-8 (SQS Developer Guide, "message quotas"). */
export const MOST_BYTES = 1_048_576;
const MOST_IN_BATCH = 10;
const MOST_RETRIES = 4;

export type Failure = { readonly message: Message; readonly reason: string };
export type Progress = (sent: number) => void;
/** Called with what was sent, as soon as it was. */
export type Sent = (messages: readonly Message[]) => void;

type Entry = { readonly message: Message; readonly body: string; readonly bytes: number };

/** Sends every message; the answer lists those that could not be sent after retries. */
export async function sendToQueue(
  connection: QueueConnection,
  messages: readonly Message[],
  progress: Progress,
  sent: Sent = () => {},
): Promise<Failure[]> {
  const sqs = openSqs(connection.region, connection.sqsEndpoint);
  const failures: Failure[] = [];
  try {
    for await (const batch of batchesOf(connection, messages, failures)) {
      const refused = await sendBatch(sqs, connection.queueUrl, batch);
      const failed = new Set(refused.map(({ message }) => message));
      sent(batch.map(({ message }) => message).filter((message) => !failed.has(message)));
      failures.push(...refused);
      progress(batch.length);
    }
  } finally {
    sqs.destroy();
  }
  return failures;
}

async function* batchesOf(
  connection: QueueConnection,
  messages: readonly Message[],
  failures: Failure[],
): AsyncGenerator<Entry[]> {
  let batch: Entry[] = [];
  let size = 0;
  for (const message of messages) {
    try {
      const entry = await entryOf(connection, message);
      if (batch.length === MOST_IN_BATCH || size + entry.bytes > MOST_BYTES) {
        yield batch;
        batch = [];
        size = 0;
      }
      batch.push(entry);
      size += entry.bytes;
    } catch (error) {
      failures.push({ message, reason: messageOf(error) });
    }
  }
  if (batch.length > 0) yield batch;
}

async function entryOf(connection: QueueConnection, message: Message): Promise<Entry> {
  const body = bodyOf(message);
  const bytes = Buffer.byteLength(body);
  if (bytes <= MOST_BYTES || !message.accounts) return { message, body, bytes };
  if (!connection.payloadBucket) {
    throw new CliError(
      `is ${bytes} bytes, more than a queue takes, and no payload bucket is known; send it by --via api`,
    );
  }
  const { accounts, ...envelope } = message;
  const place = await upload(connection, connection.payloadBucket, message.clientId, JSON.stringify(accounts));
  const pointer = bodyOf({ ...envelope, accountsAt: place });
  return { message, body: pointer, bytes: Buffer.byteLength(pointer) };
}

async function upload(connection: QueueConnection, bucket: string, clientId: string, json: string) {
  // Loaded only when needed: few imports are this large.
  const { S3Client } = await import('@aws-sdk/client-s3');
  const { openPayloadBucket } = await import('../functions/adapters/imports/payload-bucket.ts');
  const options = clientOptions(connection.region, connection.s3Endpoint);
  const s3 = new S3Client({ ...options, forcePathStyle: Boolean(connection.s3Endpoint) });
  try {
    return await openPayloadBucket(bucket, s3).putAccounts(clientId, randomUUID(), json);
  } finally {
    s3.destroy();
  }
}

/**
 * SQS refuses some characters that JSON may hold unescaped (U+FFFE, U+FFFF), and local queues emoji: all are escaped.
 */
function bodyOf(message: object): string {
  return JSON.stringify(message).replace(
    /[\ud800-\udfff\ufffe\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16)}`,
  );
}

async function sendBatch(sqs: SQSClient, queueUrl: string, batch: readonly Entry[]): Promise<Failure[]> {
  const refused: Failure[] = [];
  let rest = [...batch];
  for (let retry = 0; ; retry++) {
    const again: { entry: Entry; reason: string }[] = [];
    try {
      const { Failed = [] } = await sqs.send(
        new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: rest.map(entryFor(queueUrl)) }),
      );
      for (const { Id, Message: text, Code, SenderFault } of Failed) {
        const entry = rest[Number(Id)];
        const reason = text ?? Code ?? 'was refused';
        if (!entry) continue;
        if (SenderFault) refused.push({ message: entry.message, reason });
        else again.push({ entry, reason });
      }
    } catch (error) {
      // The SDK has retried already; more retries would only keep the user waiting.
      const reason = (error as NodeJS.ErrnoException).code ?? messageOf(error);
      return [...refused, ...rest.map(({ message }) => ({ message, reason }))];
    }
    if (again.length === 0) return refused;
    if (retry === MOST_RETRIES)
      return [...refused, ...again.map(({ entry, reason }) => ({ message: entry.message, reason }))];
    rest = again.map(({ entry }) => entry);
    await sleep(200 * 2 ** retry);
  }
}

/** The group keeps the queue fair between clients (SQS Developer Guide, "fair queues"). */
function entryFor(queueUrl: string) {
  const fifo = queueUrl.endsWith('.fifo');
  return ({ body, message }: Entry, index: number) => ({
    Id: String(index),
    MessageBody: body,
    MessageGroupId: message.clientId,
    ...(fifo && { MessageDeduplicationId: randomUUID() }),
  });
}
