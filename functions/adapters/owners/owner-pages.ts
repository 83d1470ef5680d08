/** An owner's ledger pages in the table: one item for each month of an account, or its parts when it is near the item limit. */
import { type Account, accountKey } from '../../domain/ledger/ledger.ts';
import type { Page } from '../../domain/ledger/page.ts';
import { formatMonth, type Month } from '../../domain/values/day.ts';
import { TransientError } from '../../runtime/errors.ts';

import { type Item, keyOf, type OwnerItems, partitionOf, revisionOf, sortOf } from './owner-items.ts';
import type { OwnerKey } from './owner-key.ts';
import { decodePage, encodePage } from './page-codec.ts';
import { firstRevision, isFence, type PageFences } from './page-fences.ts';
import type { PageParts, Parts } from './page-parts.ts';

export type StoredPage = Page & {
  readonly revision: number;
  readonly parts: Parts | undefined;
  /** The last erasure that the writers of the page knew of. A worker that knows only earlier ones must not write over it. */
  readonly erasedAt: number;
};

/**
 * A page named parts that were not there, several times. Either it is written all the time, which passes, or items of the table were
 * lost, which does not.
 */
export class TornPageError extends TransientError {}

export type PageRoom = {
  readonly items: OwnerItems;
  readonly fences: PageFences;
  readonly parts: PageParts;
  /** Keyed hash of an account's key, for sort keys. */
  readonly hashOf: (text: string) => string;
  /** When the page of a month expires. */
  readonly expiryOf: (month: Month) => { N: string };
  /** Pages of more bytes are stored in parts. */
  readonly largestItemBytes: number;
};

const ATTEMPTS = 5;

/** All pages of a range of months, both ends included, in the order of time. */
export async function* pagesOf(
  room: PageRoom,
  owner: OwnerKey,
  from: Month,
  to: Month,
  consistent = true,
): AsyncGenerator<StoredPage> {
  const range = { ':from': { S: `page#${formatMonth(from)}#` }, ':to': { S: `page#${formatMonth(to)}#~` } };
  for await (const item of room.items.query(owner, 'sk BETWEEN :from AND :to', range, { consistent })) {
    const page = await pageOf(room, owner, item);
    if (page) yield page;
  }
}

/** Undefined when the page vanished while its parts were read: the writer that removed it changed the answer's revision too. */
async function pageOf({ items, parts }: PageRoom, owner: OwnerKey, item: Item): Promise<StoredPage | undefined> {
  const sort = sortOf(item);
  let current: Item | undefined = item;
  for (let attempt = 0; attempt < ATTEMPTS && current; attempt++) {
    const revision = revisionOf(current);
    const erasedAt = Number(current['erasedAt']?.N ?? 0);
    const body = current['body']?.B;
    if (body) return { ...decodePage(body), revision, parts: undefined, erasedAt };
    if (isFence(current)) return undefined;
    const named: Parts = { name: String(current['parts']?.S), count: Number(current['count']?.N) };
    const bytes = await parts.readParts(partitionOf(owner), sort.slice('page#'.length), named);
    if (bytes) return { ...decodePage(bytes), revision, parts: named, erasedAt };
    // The page was written again and its old parts are gone: read it again.
    current = await items.read(owner, sort);
  }
  if (current) throw new TornPageError('a ledger page changed faster than its parts could be read');
  return undefined;
}

/**
 * Writes a page if it still has the revision that was read (undefined: if there is none); a page without a day is removed. Returns the page
 * as it is stored now, or undefined on a conflict.
 *
 * @param erasedAt the last erasure that the writer knows of; 0: none
 */
export async function writePage(
  room: PageRoom,
  owner: OwnerKey,
  page: Page,
  read: StoredPage | undefined,
  erasedAt: number,
): Promise<StoredPage | undefined> {
  const sort = sortOfPage(room, page.account, page.month);
  const known = Math.max(erasedAt, read?.erasedAt ?? 0);
  const written =
    page.days.size === 0 ? await removePage(room, owner, sort, read) : await putPage(room, owner, page, read, known);
  if (written && read?.parts) await room.parts.removeParts(partitionOf(owner), sort, read.parts);
  return written;
}

async function removePage({ items }: PageRoom, owner: OwnerKey, sort: string, read: StoredPage | undefined) {
  if (!read || !(await items.remove(owner, `page#${sort}`, read.revision))) return undefined;
  return { ...read, days: new Map(), revision: read.revision + 1, parts: undefined };
}

async function putPage(
  room: PageRoom,
  owner: OwnerKey,
  page: Page,
  read: StoredPage | undefined,
  erasedAt: number,
): Promise<StoredPage | undefined> {
  const { items, fences, largestItemBytes } = room;
  const sort = sortOfPage(room, page.account, page.month);
  const bytes = encodePage(page);
  const isLarge = bytes.length > largestItemBytes;
  // A write of a page in parts is always conditional on a revision. Conditional on "there is none", a copy that the SDK sends late could
  // bring the page back after it and its parts are gone.
  const on = read?.revision ?? (isLarge ? await fences.put(owner, sort) : undefined);
  if (isLarge && on === undefined) return undefined;
  const revision = on === undefined ? firstRevision() : on + 1;
  const ttl = room.expiryOf(page.month);
  const parts = isLarge ? await room.parts.putParts(partitionOf(owner), sort, ttl, bytes) : undefined;
  const value: Item = parts ? { parts: { S: parts.name }, count: { N: String(parts.count) } } : { body: { B: bytes } };
  const item = {
    ...keyOf(owner, `page#${sort}`),
    revision: { N: String(revision) },
    ttl,
    ...(erasedAt > 0 && { erasedAt: { N: String(erasedAt) } }),
    ...value,
  };
  if (await items.put(item, on)) return { ...page, revision, parts, erasedAt };
  if (!parts && read) return undefined;
  const stored = await items.read(owner, `page#${sort}`);
  // The SDK sends a write again when its answer was lost, and the copy fails on the revision that the first one made. So the
  // parts may go only when the page does not name them.
  if (parts && stored?.['parts']?.S === parts.name) return { ...page, revision, parts, erasedAt };
  if (parts) await room.parts.removeParts(partitionOf(owner), sort, parts);
  // A fence holds nothing: what may be written where no page is may be written on it.
  if (parts || !stored || !isFence(stored)) return undefined;
  const fence = { ...page, days: new Map(), revision: revisionOf(stored), parts: undefined, erasedAt };
  return putPage(room, owner, page, fence, erasedAt);
}

/** The page's sort key without its kind. */
function sortOfPage({ hashOf }: PageRoom, account: Account, month: Month): string {
  return `${formatMonth(month)}#${hashOf(accountKey(account))}`;
}
