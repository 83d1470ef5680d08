/**
 * Messages as Lambda passes them to a function, and its answer about them.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html, https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
import type { Attributes } from '../sqs/contents.ts';
import type { Outcome } from './protocol.ts';
import { MAX_PAYLOAD } from './protocol.ts';

/** As SQS answers it. */
export type Received = {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Attributes;
  readonly MD5OfMessageAttributes?: string;
};

export const toRecord = (message: Received, queueArn: string, region: string): object => ({
  messageId: message.MessageId,
  receiptHandle: message.ReceiptHandle,
  body: message.Body,
  attributes: message.Attributes ?? {},
  messageAttributes: Object.fromEntries(
    Object.entries(message.MessageAttributes ?? {}).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        ...(StringValue === undefined ? {} : { stringValue: StringValue }),
        ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      },
    ]),
  ),
  ...(message.MD5OfMessageAttributes ? { md5OfMessageAttributes: message.MD5OfMessageAttributes } : {}),
  md5OfBody: message.MD5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn,
  awsRegion: region,
});

/** Ten messages of a mebibyte do not fit one event: Lambda then makes the batch smaller. */
export function splitByPayload<Item>(items: readonly Item[], sizeOf: (item: Item) => number): Item[][] {
  const parts: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const size = sizeOf(item) + 1;
    if (size > room || parts.length === 0) {
      parts.push([]);
      room = MAX_PAYLOAD - 100;
    }
    parts.at(-1)!.push(item);
    room -= size;
  }
  return parts;
}

/** The ids that failed. If the answer is unreadable, all of them did: better twice than never. */
export function failedIds(outcome: Outcome, ids: readonly string[], partial: boolean): ReadonlySet<string> {
  const everything = new Set(ids);
  if (!outcome.ok) return everything;
  if (!partial) return new Set();
  try {
    const answer: unknown = JSON.parse(outcome.payload);
    if (answer === null) return new Set();
    if (typeof answer !== 'object' || Array.isArray(answer)) return everything;
    const failures = (answer as { batchItemFailures?: unknown }).batchItemFailures ?? [];
    if (!Array.isArray(failures)) return everything;
    const failed = failures.map((failure) => failure?.itemIdentifier);
    return failed.every((id) => everything.has(id)) ? new Set(failed) : everything;
  } catch {
    return everything;
  }
}
