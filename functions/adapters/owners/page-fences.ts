/**
 * Fences: items in the place of a page that hold a revision and nothing else, for a day.
 *
 * A write conditional on "there is no page" looks the same when it is sent twice. A fence gives it a revision, so that a late copy of the
 * write fails instead of bringing back a page, and its parts, that are gone.
 */
import { randomInt } from 'node:crypto';
import type { Clock } from '../../runtime/clock.ts';
import { TransientError } from '../../runtime/errors.ts';

import { type Item, keyOf, type OwnerItems, revisionOf } from './owner-items.ts';
import type { OwnerKey } from './owner-key.ts';

/** Longer than any function runs. */
const FENCE_SECONDS = 86_400;
const ATTEMPTS = 5;

export type PageFences = ReturnType<typeof openPageFences>;

/** `sort` is the page's sort key without its kind: `2026-11#<account>`. */
export function openPageFences(items: OwnerItems, clock: Clock) {
  const fenceOf = (owner: OwnerKey, sort: string) => ({
    ...keyOf(owner, `page#${sort}`),
    ttl: { N: String(Math.ceil(clock() / 1000) + FENCE_SECONDS) },
  });

  /** Puts a fence where no page is. Returns the revision to write on, or undefined when there is a page after all. */
  async function put(owner: OwnerKey, sort: string): Promise<number | undefined> {
    const revision = firstRevision();
    if (await items.put({ ...fenceOf(owner, sort), revision: { N: String(revision) } }, undefined)) return revision;
    const stored = await items.read(owner, `page#${sort}`);
    return stored && isFence(stored) ? revisionOf(stored) : undefined;
  }

  /**
   * Gives a page a new revision, so that a writer about to name these parts in it fails and retries. A missing page gets a fence in its
   * place. False when the page names the parts after all.
   */
  async function keepOut(owner: OwnerKey, sort: string, partsName: string): Promise<boolean> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const stored = await items.read(owner, `page#${sort}`);
      if (stored?.['parts']?.S === partsName) return false;
      const read = stored && revisionOf(stored);
      const revision = { N: String(read === undefined ? firstRevision() : read + 1) };
      if (await items.put({ ...(stored ?? fenceOf(owner, sort)), revision }, read)) return true;
    }
    throw new TransientError('a ledger page changed faster than its parts could be swept');
  }

  return { put, keepOut };
}

/**
 * A page that an erasure removed and an import brings again must not get a revision that a slow worker still holds from before.
 * So revisions start at a random number.
 */
export function firstRevision(): number {
  return randomInt(2 ** 47);
}

/** Whether an item in the place of a page holds nothing. */
export function isFence(item: Item): boolean {
  return item['body'] === undefined && item['parts'] === undefined;
}
