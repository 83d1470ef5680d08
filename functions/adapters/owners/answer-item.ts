/** An owner's answer as the table holds it. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Announced, type Change, NOTHING_ANNOUNCED } from '../../domain/profiles/change.ts';
import type { Day } from '../../domain/values/day.ts';
import { type JoinedImport, packJoined, unpackJoined } from './joined-imports.ts';

/** The small item that look-ups read. */
export type Answer = {
  readonly revision: number;
  /** Whether any import was processed since the last erasure. */
  readonly known: boolean;
  /** Imports made at this instant or before count for nothing (milliseconds since 1970); 0: never erased. */
  readonly erasedAt: number;
  readonly profiles: readonly string[];
  /** The definitions that need more days of data than there are, sorted. */
  readonly notJudged: readonly string[];
  readonly catalogueVersion: string;
  /** The day that the profiles were derived for. */
  readonly derivedFor: Day;
  /** The first day on which one of the two lists would change without new data; null: never. */
  readonly validUntil: Day | null;
  readonly dataFrom: Day | null;
  readonly dataTo: Day | null;
  /** The latest instant that a joined import was made at, in milliseconds since 1970; null: not known. */
  readonly lastImportedAt: number | null;
  /** The imports that were joined last. */
  readonly joined: readonly JoinedImport[];
  /** Digest of the pages (and their revisions) that the profiles were derived from. */
  readonly basis: string;
  /** What was published of the owner's list, and what waits to be. */
  readonly announced: Announced;
};

/** All of the item but its key and its time to live. */
export function answerItem(answer: Answer): Record<string, AttributeValue> {
  return {
    revision: { N: String(answer.revision) },
    known: { BOOL: answer.known },
    erasedAt: { N: String(answer.erasedAt) },
    profiles: texts(answer.profiles),
    notJudged: texts(answer.notJudged),
    catalogueVersion: { S: answer.catalogueVersion },
    derivedFor: { N: String(answer.derivedFor) },
    validUntil: nullable(answer.validUntil),
    dataFrom: nullable(answer.dataFrom),
    dataTo: nullable(answer.dataTo),
    lastImportedAt: nullable(answer.lastImportedAt),
    ...(answer.joined.length > 0 && { joined: { B: packJoined(answer.joined) } }),
    basis: { S: answer.basis },
    ...announcedItem(answer),
  };
}

/** Few attributes for most: the list that was announced is nearly always that of the answer, and little waits for long. */
function announcedItem({ announced, profiles }: Answer): Record<string, AttributeValue> {
  const { sequence, pending, erased } = announced;
  const isSame = announced.profiles.join() === profiles.join();
  return {
    ...(sequence > 0 && { sequence: { N: String(sequence) } }),
    ...(!isSame && { announced: texts(announced.profiles) }),
    ...(pending.length > 0 && { pending: { S: JSON.stringify(pending) } }),
    ...(erased.upTo > 0 && { erasedUpTo: { N: String(erased.upTo) }, erasureKept: { N: String(erased.kept) } }),
  };
}

/** The answer that an item holds. One from before answers had `notJudged` is of no catalogue, so that a look-up derives it again. */
export function answerOf(item: Record<string, AttributeValue>): Answer {
  const number = (name: string) => Number(item[name]?.N);
  const list = (name: string) => (item[name]?.L ?? []).map((text) => String(text.S));
  const numberOrNull = (name: string) => (item[name]?.N === undefined ? null : Number(item[name].N));
  return {
    revision: number('revision'),
    known: item['known']?.BOOL === true,
    erasedAt: number('erasedAt'),
    profiles: list('profiles'),
    notJudged: list('notJudged'),
    catalogueVersion: item['notJudged'] ? String(item['catalogueVersion']?.S) : '',
    derivedFor: number('derivedFor'),
    validUntil: numberOrNull('validUntil'),
    dataFrom: numberOrNull('dataFrom'),
    dataTo: numberOrNull('dataTo'),
    lastImportedAt: numberOrNull('lastImportedAt'),
    joined: item['joined']?.B ? unpackJoined(item['joined'].B) : [],
    basis: String(item['basis']?.S),
    announced: announcedOf(item, list),
  };
}

/** An answer from before changes were published counts as announced: its owner's first change is the next one. */
function announcedOf(item: Record<string, AttributeValue>, list: (name: string) => string[]): Announced {
  const pending = item['pending']?.S;
  return {
    profiles: list(item['announced'] ? 'announced' : 'profiles'),
    sequence: Number(item['sequence']?.N ?? 0),
    pending: pending === undefined ? NOTHING_ANNOUNCED.pending : (JSON.parse(pending) as Change[]),
    erased: { upTo: Number(item['erasedUpTo']?.N ?? 0), kept: Number(item['erasureKept']?.N ?? 0) },
  };
}

function texts(list: readonly string[]): AttributeValue {
  return { L: list.map((text) => ({ S: text })) };
}

function nullable(value: number | null): AttributeValue {
  return value === null ? { NULL: true } : { N: String(value) };
}
