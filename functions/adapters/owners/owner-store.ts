/**
 * One owner's items in the table: ledger pages and the answer.
 *
 * | sort key                  | holds                                                                |
 * |---------------------------|----------------------------------------------------------------------|
 * | `answer`                  | revision, profiles, their dates, the date of the last erasure        |
 * | `page#2026-11#<account>`  | a month of an account (revision, encoded page or its parts), or a fence |
 * | `part#2026-11#<account>#<name>#<n>` | a piece of a page near the item limit         |
 *
 * Every write of a page or an answer succeeds only on the revision that was read. Parts are written before the page that names them
 * and get a new name at each write, so that a reader never sees a page torn in two.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Page } from '../../domain/ledger/page.ts';
import { firstDayOf, type Month, monthOf } from '../../domain/values/day.ts';
import type { Keeping } from '../../runtime/clock.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { type Answer, answerItem, answerOf } from './answer-item.ts';
import { listing } from './owner-directory.ts';
import { keyOf, openOwnerItems, partitionOf } from './owner-items.ts';
import type { OwnerKey } from './owner-key.ts';
import { type PageRoom, pagesOf, type StoredPage, writePage } from './owner-pages.ts';
import { openPageFences } from './page-fences.ts';
import { openPageParts } from './page-parts.ts';
import { sweepParts } from './parts-sweep.ts';

/** DynamoDB takes 400 KB an item; the rest is room for the names and the other attributes. */
const LARGEST_ITEM_BYTES = 350_000;
/** So long an answer stays when its data is past retention: the nights in which a snapshot finds that the list is empty now. */
export const NOTICED_DAYS = 7;
const ANSWER = 'answer';

export type OwnerStore = ReturnType<typeof openOwnerStore>;

/**
 * @param hashOf keyed hash of an account's key, for sort keys
 * @param largestItemBytes pages of more bytes are stored in parts
 */
export function openOwnerStore(
  dynamo: DynamoDBClient,
  table: string,
  hashOf: (text: string) => string,
  { clock, retentionMonths }: Keeping,
  largestItemBytes = LARGEST_ITEM_BYTES,
) {
  const items = openOwnerItems(dynamo, table);
  const fences = openPageFences(items, clock);
  const parts = openPageParts(dynamo, table, largestItemBytes);
  const expiryOf = (month: Month, days = 0) => ({
    N: String((firstDayOf(month + 1 + retentionMonths) + days) * 86_400),
  });
  const room: PageRoom = { items, fences, parts, hashOf, expiryOf, largestItemBytes };

  return {
    /** The answer, or undefined when the owner was never met. */
    async readAnswer(owner: OwnerKey, { consistent }: { consistent: boolean }): Promise<Answer | undefined> {
      const item = await items.read(owner, ANSWER, consistent);
      return item && answerOf(item);
    },

    /** The answers of a hundred owners at most, by their hashes; those who were never met are left out. All of one client. */
    async readAnswers(
      owners: readonly OwnerKey[],
      { consistent }: { consistent: boolean },
    ): Promise<ReadonlyMap<string, Answer>> {
      const keys = owners.map((owner) => keyOf(owner, ANSWER));
      const hashes = new Map(owners.map((owner) => [partitionOf(owner).S, owner.hash]));
      const found = await batchGet(dynamo, table, keys, { ConsistentRead: consistent });
      return new Map(found.map((item) => [hashes.get(String(item['pk']?.S)) ?? '', answerOf(item)]));
    },

    /** Writes the answer if it still has the revision that was read (undefined: if there is none). False: a conflict. */
    async writeAnswer(owner: OwnerKey, answer: Answer, readRevision: number | undefined): Promise<boolean> {
      const item = {
        ...keyOf(owner, ANSWER),
        ...answerItem(answer),
        // An erased owner is not listed, and the tombstone does not name them.
        ...(answer.known && listing(owner)),
        // The date of an erasure and the last sequence outlive everything; an answer goes soon after the last page behind it.
        ...(answer.known &&
          answer.erasedAt === 0 && { ttl: expiryOf(monthOf(answer.dataTo ?? answer.derivedFor), NOTICED_DAYS) }),
      };
      return items.put(item, readRevision);
    },

    /**
     * All pages of a range of months, both ends included, in the order of time. Not consistent, they cost half as much, and each may be as it
     * was some writes ago.
     */
    readPages: (owner: OwnerKey, from: Month, to: Month, { consistent = true }: { consistent?: boolean } = {}) =>
      Array.fromAsync(pagesOf(room, owner, from, to, consistent)),
    pagesOf: (owner: OwnerKey, from: Month, to: Month) => pagesOf(room, owner, from, to),

    /**
     * Writes a page if it still has the revision that was read (undefined: if there is none); a page without a day is removed. Returns the
     * page as it is stored now, or undefined on a conflict.
     *
     * @param erasedAt the last erasure that the writer knows of; 0: none
     */
    writePage: (owner: OwnerKey, page: Page, read: StoredPage | undefined, erasedAt = 0) =>
      writePage(room, owner, page, read, erasedAt),

    /** Removes the parts that no page names. */
    sweepParts: (owner: OwnerKey) => sweepParts(items, fences, owner),
  };
}
