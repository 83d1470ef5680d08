/**
 * One owner's items in the table: ledger pages and the answer.
 *
 * | sort key                  | holds                                                                |
 * |---------------------------|----------------------------------------------------------------------|
 * | `answer`                  | revision, profiles, their dates, the date of the last erasure        |
 * | `page#2026-11#<account>`  | a month of an account (revision, encoded page or its parts)          |
 * | `part#2026-11#<account>#<name>#<n>` | a piece of a page near the item limit         |
 *
 * Every write of a page or an answer stands on the revision that was read. Parts are written before the page that names them
 * and bear a new name at each write, so that a reader never meets a page torn in two.
 */
import { randomInt } from 'node:crypto';
import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Account, accountKey } from '../../domain/ledger/ledger.ts';
import type { Page } from '../../domain/ledger/page.ts';
import { firstDayOf, formatMonth, type Month, monthOf } from '../../domain/values/day.ts';
import type { Keeping } from '../../runtime/clock.ts';
import { TransientError } from '../../runtime/errors.ts';
import { conditionHeld } from '../dynamodb/condition-held.ts';
import { everyItem } from '../dynamodb/every-item.ts';
import { type Answer, answerItem, answerOf } from './answer-item.ts';
import { listing } from './owner-directory.ts';
import type { OwnerKey } from './owner-key.ts';
import { decodePage, encodePage } from './page-codec.ts';
import { openPageParts, type Parts } from './page-parts.ts';

export type StoredPage = Page & {
  readonly revision: number;
  readonly parts: Parts | undefined;
  /** The last erasure that those who wrote the page knew of. Who knows of none so late must not write over what they wrote. */
  readonly erasedAt: number;
};

/**
 * A page names parts that were not there, time and again. Either it is written all the time, which passes, or items of the table were
 * lost, which does not.
 */
export class TornPageError extends TransientError {}

/** DynamoDB takes 400 KB an item; the rest is room for the names and the other attributes. */
const LARGEST_ITEM_BYTES = 350_000;
const ANSWER = 'answer';
/** Longer than any function runs. */
const FENCE_SECONDS = 86_400;

export type OwnerStore = ReturnType<typeof openOwnerStore>;

/**
 * @param hashOf keyed hash of an account's key, as it stands in sort keys
 * @param largestItemBytes pages of more bytes are stored in parts
 */
export function openOwnerStore(
  dynamo: DynamoDBClient,
  table: string,
  hashOf: (text: string) => string,
  { clock, retentionMonths }: Keeping,
  largestItemBytes = LARGEST_ITEM_BYTES,
) {
  const { putParts, readParts, removeParts } = openPageParts(dynamo, table, largestItemBytes);
  const partition = (owner: OwnerKey) => ({ S: `${owner.clientId}#owner#${owner.hash}` });
  const pageSort = (account: Account, month: Month) => `${formatMonth(month)}#${hashOf(accountKey(account))}`;
  const expiryOf = (month: Month) => ({ N: String(firstDayOf(month + 1 + retentionMonths) * 86_400) });

  /** The answer, or undefined when the owner was never met. */
  async function readAnswer(owner: OwnerKey, read: { consistent: boolean }): Promise<Answer | undefined> {
    const { Item } = await dynamo.send(
      new GetItemCommand({
        TableName: table,
        Key: { pk: partition(owner), sk: { S: ANSWER } },
        ConsistentRead: read.consistent,
      }),
    );
    return Item && answerOf(Item);
  }

  /** Writes the answer if it still has the revision that was read (undefined: if there is none). False: somebody was faster. */
  async function writeAnswer(owner: OwnerKey, answer: Answer, readRevision: number | undefined): Promise<boolean> {
    const item: Record<string, AttributeValue> = {
      pk: partition(owner),
      sk: { S: ANSWER },
      ...answerItem(answer),
      // Who is erased is not listed, and the tombstone does not name him.
      ...(answer.known && listing(owner)),
      // The date of an erasure outlives everything; an answer alone goes with the last page behind it.
      ...(answer.erasedAt === 0 && { ttl: expiryOf(monthOf(answer.dataTo ?? answer.derivedFor)) }),
    };
    return conditionally(new PutItemCommand({ TableName: table, Item: item, ...standsOn(readRevision) }));
  }

  /** All pages of a range of months, both ends included, in the order of time. Strongly consistent. */
  async function readPages(owner: OwnerKey, from: Month, to: Month): Promise<StoredPage[]> {
    return Array.fromAsync(pagesOf(owner, from, to));
  }

  async function* pagesOf(owner: OwnerKey, from: Month, to: Month): AsyncGenerator<StoredPage> {
    const range = { ':from': { S: `page#${formatMonth(from)}#` }, ':to': { S: `page#${formatMonth(to)}#~` } };
    for await (const item of queried(owner, 'sk BETWEEN :from AND :to', range)) {
      const page = await pageOf(owner, item);
      if (page) yield page;
    }
  }

  /** The items of an owner whose sort keys meet a condition, in their order. Strongly consistent. */
  const queried = (
    owner: OwnerKey,
    condition: string,
    values: Record<string, AttributeValue>,
    attributes?: string,
  ): AsyncGenerator<Record<string, AttributeValue>> =>
    everyItem(dynamo, {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: `pk = :pk AND ${condition}`,
      ExpressionAttributeValues: { ':pk': partition(owner), ...values },
      ProjectionExpression: attributes,
    });

  /** Undefined when the page vanished while its parts were read: whoever removed it changed the answer's revision too. */
  async function pageOf(owner: OwnerKey, item: Record<string, AttributeValue>): Promise<StoredPage | undefined> {
    const sort = String(item['sk']?.S);
    let current: Record<string, AttributeValue> | undefined = item;
    for (let attempt = 0; attempt < 5 && current; attempt++) {
      const revision = Number(current['revision']?.N);
      const erasedAt = Number(current['erasedAt']?.N ?? 0);
      const body = current['body']?.B;
      if (body) return { ...decodePage(body), revision, parts: undefined, erasedAt };
      if (isFence(current)) return undefined;
      const parts: Parts = { name: String(current['parts']?.S), count: Number(current['count']?.N) };
      const bytes = await readParts(partition(owner), sort.slice('page#'.length), parts);
      if (bytes) return { ...decodePage(bytes), revision, parts, erasedAt };
      // The page was written anew and its old parts are gone: read it again.
      current = await readItem(owner, sort);
    }
    if (current) throw new TornPageError('a ledger page changed faster than its parts could be read');
    return undefined;
  }

  async function readItem(owner: OwnerKey, sort: string): Promise<Record<string, AttributeValue> | undefined> {
    const Key = { pk: partition(owner), sk: { S: sort } };
    const { Item } = await dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item;
  }

  /**
   * Writes a page if it still has the revision that was read (undefined: if there is none); a page without a day is removed.
   * Undefined: somebody was faster. Otherwise the page as it now stands.
   *
   * @param erasedAt the last erasure that the writer knows of; 0: none
   */
  async function writePage(
    owner: OwnerKey,
    page: Page,
    read: StoredPage | undefined,
    erasedAt = 0,
  ): Promise<StoredPage | undefined> {
    const sort = pageSort(page.account, page.month);
    const known = Math.max(erasedAt, read?.erasedAt ?? 0);
    const written =
      page.days.size === 0 ? await removePage(owner, sort, read) : await putPage(owner, sort, page, read, known);
    if (written && read?.parts) await removeParts(partition(owner), sort, read.parts);
    return written;
  }

  async function removePage(owner: OwnerKey, sort: string, read: StoredPage | undefined) {
    if (!read) return undefined;
    const removed = await conditionally(
      new DeleteItemCommand({
        TableName: table,
        Key: { pk: partition(owner), sk: { S: `page#${sort}` } },
        ...standsOn(read.revision),
      }),
    );
    return removed ? { ...read, days: new Map(), revision: read.revision + 1, parts: undefined } : undefined;
  }

  async function putPage(
    owner: OwnerKey,
    sort: string,
    page: Page,
    read: StoredPage | undefined,
    erasedAt: number,
  ): Promise<StoredPage | undefined> {
    const bytes = encodePage(page);
    const isLarge = bytes.length > largestItemBytes;
    // A page in parts always stands on a revision: were it written where nothing is, a write that the SDK sends once more could
    // bring it back when it is gone already, and its parts with it.
    const on = read?.revision ?? (isLarge ? await putFence(owner, sort) : undefined);
    if (isLarge && on === undefined) return undefined;
    const revision = on === undefined ? firstRevision() : on + 1;
    const parts = isLarge ? await putParts(partition(owner), sort, expiryOf(page.month), bytes) : undefined;
    const value: Record<string, AttributeValue> = parts
      ? { parts: { S: parts.name }, count: { N: String(parts.count) } }
      : { body: { B: bytes } };
    const written = await conditionally(
      new PutItemCommand({
        TableName: table,
        Item: {
          ...pageKeyOf(owner, sort),
          revision: { N: String(revision) },
          ttl: expiryOf(page.month),
          ...(erasedAt > 0 && { erasedAt: { N: String(erasedAt) } }),
          ...value,
        },
        ...standsOn(on),
      }),
    );
    if (written) return { ...page, revision, parts, erasedAt };
    if (!parts && read) return undefined;
    const stored = await readItem(owner, `page#${sort}`);
    // A write whose answer got lost is sent again by the SDK and then fails on the revision that it made itself. So the parts
    // may go only when the page does not name them.
    if (parts && stored?.['parts']?.S === parts.name) return { ...page, revision, parts, erasedAt };
    if (parts) await removeParts(partition(owner), sort, parts);
    // A fence holds nothing: what stands on no page may stand on it.
    if (parts || !stored || !isFence(stored)) return undefined;
    const fence = { ...page, days: new Map(), revision: Number(stored['revision']?.N), parts: undefined, erasedAt };
    return putPage(owner, sort, page, fence, erasedAt);
  }

  /** Takes the place of a page that is not there. Answers the revision to stand on, or undefined when there is a page after all. */
  async function putFence(owner: OwnerKey, sort: string): Promise<number | undefined> {
    const revision = firstRevision();
    const Item = { ...fenceOf(owner, sort), revision: { N: String(revision) } };
    if (await conditionally(new PutItemCommand({ TableName: table, Item, ...standsOn(undefined) }))) return revision;
    const stored = await readItem(owner, `page#${sort}`);
    return stored && isFence(stored) ? Number(stored['revision']?.N) : undefined;
  }

  const pageKeyOf = (owner: OwnerKey, sort: string) => ({ pk: partition(owner), sk: { S: `page#${sort}` } });
  const fenceOf = (owner: OwnerKey, sort: string) => ({
    ...pageKeyOf(owner, sort),
    ttl: { N: String(Math.ceil(clock() / 1000) + FENCE_SECONDS) },
  });

  /**
   * Removes every part that no page names: what a worker left that died between writing parts and their page. A worker that
   * lives may be between the two just now. So the page gets a new revision first: either it names the parts by then, or their
   * writer fails on the revision and writes again.
   */
  async function sweepParts(owner: OwnerKey): Promise<void> {
    const parts = await itemsOf(owner, 'part#');
    const named = parts.length > 0 ? await namedParts(owner) : new Set();
    const groups = Map.groupBy(parts, ({ sk }) => String(sk?.S).slice('part#'.length, String(sk?.S).lastIndexOf('#')));
    for (const [name, group] of groups) {
      if (named.has(name) || !(await fenceOff(owner, name))) continue;
      for (const { sk } of group) await removeItem(owner, String(sk?.S));
    }
  }

  /** False when the page names the parts after all. A page that is not there gets a fence in its place for a day. */
  async function fenceOff(owner: OwnerKey, partsName: string): Promise<boolean> {
    const at = partsName.lastIndexOf('#');
    const sort = partsName.slice(0, at);
    for (let attempt = 0; attempt < 5; attempt++) {
      const stored = await readItem(owner, `page#${sort}`);
      if (stored?.['parts']?.S === partsName.slice(at + 1)) return false;
      const read = stored && Number(stored['revision']?.N);
      const revision = { N: String(read === undefined ? firstRevision() : read + 1) };
      const Item = { ...(stored ?? fenceOf(owner, sort)), revision };
      if (await conditionally(new PutItemCommand({ TableName: table, Item, ...standsOn(read) }))) return true;
    }
    throw new TransientError('a ledger page changed faster than its parts could be swept');
  }

  /** `2026-11#<account>#<name>` of all parts that pages name. */
  async function namedParts(owner: OwnerKey): Promise<Set<string>> {
    const pages = await itemsOf(owner, 'page#');
    return new Set(
      pages.flatMap(({ sk, parts }) => (parts?.S ? `${String(sk?.S).slice('page#'.length)}#${parts.S}` : [])),
    );
  }

  /** Keys of all items of a kind, without what they hold. */
  async function itemsOf(owner: OwnerKey, prefix: string): Promise<Record<string, AttributeValue>[]> {
    const found = queried(owner, 'begins_with(sk, :prefix)', { ':prefix': { S: prefix } }, 'sk, parts');
    return Array.fromAsync(found);
  }

  async function removeItem(owner: OwnerKey, sort: string): Promise<void> {
    await dynamo.send(new DeleteItemCommand({ TableName: table, Key: { pk: partition(owner), sk: { S: sort } } }));
  }

  const conditionally = (command: PutItemCommand | DeleteItemCommand): Promise<boolean> =>
    conditionHeld(dynamo.send(command as PutItemCommand));

  return { readAnswer, writeAnswer, readPages, pagesOf, writePage, sweepParts };
}

/**
 * A page that was removed by an erasure and comes again must not wear a revision that a slow worker still holds from before:
 * so revisions start at a random number.
 */
function firstRevision(): number {
  return randomInt(2 ** 47);
}

function standsOn(revision: number | undefined) {
  if (revision === undefined) return { ConditionExpression: 'attribute_not_exists(revision)' };
  return {
    ConditionExpression: 'revision = :revision',
    ExpressionAttributeValues: { ':revision': { N: String(revision) } },
  };
}

/** An item in the place of a page that holds nothing yet, or no more. */
function isFence(item: Record<string, AttributeValue>): boolean {
  return item['body'] === undefined && item['parts'] === undefined;
}
