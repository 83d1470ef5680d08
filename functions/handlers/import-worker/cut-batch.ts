/**
 * How a batch of imports is cut. First, all together: messages that come for the first time and hold their accounts. They are small, and
 * the event bounds them. After them, one at a time: messages that point to an object, whatever its size, and repeated ones, because they
 * may have killed a worker. So one object at a time is in memory, and a message that kills a worker costs the others of its batch one
 * receive at most.
 */
import type { SQSRecord } from 'aws-lambda';
import type { PayloadPlace } from '../../adapters/imports/payload-bucket.ts';
import { parseJson } from '../../contracts/import/json-text.ts';
import type { Stage } from '../../runtime/batch.ts';
import { MOST_RECEIVES } from '../../runtime/names.ts';

/** Bytes of accounts that an object may hold, by its size; undefined: there is none, or the size cannot be had now. */
export type MostBytesOf = (place: PayloadPlace) => Promise<number | undefined>;

/** An owner with a long history may take seconds: one that is started with less than this left might be cut off. */
export const TIME_TO_START_MS = 5000;
/** Measured: 60 MiB are read and joined in 8 s. */
const MS_PER_MEBIBYTE = 150;

type Late = { readonly record: SQSRecord; readonly receives: number; readonly bytes: number };

export async function cutBatch(records: readonly SQSRecord[], mostBytesOf: MostBytesOf): Promise<readonly Stage[]> {
  if (records.length === 1) return [{ records, needsMs: 0 }];
  const isEarly = (record: SQSRecord) => receivesOf(record) <= 1 && !mayPoint(record.body);
  const early = records.filter(isEarly);
  const late = await Promise.all(
    records.filter((record) => !isEarly(record)).map((record) => weigh(record, mostBytesOf)),
  );
  return [
    ...(early.length > 0 ? [{ records: early, needsMs: TIME_TO_START_MS }] : []),
    ...late.sort(byTurn).map(({ record, bytes }) => ({
      records: [record],
      needsMs: TIME_TO_START_MS + (bytes / 2 ** 20) * MS_PER_MEBIBYTE,
    })),
  ];
}

/** First what would become a dead letter; then what came least often, because messages that kill workers come often; then the small. */
function byTurn(a: Late, b: Late): number {
  const isLast = ({ receives }: Late) => Number(receives >= MOST_RECEIVES);
  return isLast(b) - isLast(a) || a.receives - b.receives || a.bytes - b.bytes;
}

async function weigh(record: SQSRecord, mostBytesOf: MostBytesOf): Promise<Late> {
  const place = mayPoint(record.body) ? placeIn(record.body) : undefined;
  const bytes = (place && (await mostBytesOf(place))) ?? record.body.length;
  return { record, receives: receivesOf(record), bytes };
}

function receivesOf({ attributes }: SQSRecord): number {
  return Number(attributes.ApproximateReceiveCount);
}

/** A title may hold the word as well; such a message only comes later. */
function mayPoint(body: string): boolean {
  return body.includes('accountsAt');
}

function placeIn(body: string): PayloadPlace | undefined {
  try {
    const { accountsAt } = parseJson(body) as { readonly accountsAt?: Partial<PayloadPlace> };
    const { bucket, key } = accountsAt ?? {};
    return typeof bucket === 'string' && typeof key === 'string' ? { bucket, key } : undefined;
  } catch {
    // The reader reports what is wrong.
    return undefined;
  }
}
