/**
 * The feed of a client's changes, kept for 30 days: a log that grows at its end and nowhere else.
 *
 * | partition               | sort key            |                                                             |
 * |-------------------------|---------------------|-------------------------------------------------------------|
 * | `<client>#changes`      | `change#<position>` | a change, or a blank in the place of one of an erased owner   |
 * | `<client>#changes`      | `head`              | a position that is taken, near the end                      |
 * | `<client>#owner#<hash>` | `change#<sequence>` | who publishes that change of the owner, and about where      |
 *
 * Positions are taken one after the other, each by a write that succeeds only where none is. So a reader who reads the feed to its end and asks
 * later for what came since misses nothing. The head goes on before a change counts as published, so that it is late by no more than what
 * waits to be published; it says where positions go on when everything else has expired.
 *
 * The owner's item is written before the change is placed, so that an erasure finds all of an owner's places.
 */
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Change } from '../../domain/profiles/change.ts';
import {
  type ChangeItems,
  claimPlace,
  type Item,
  numberOf,
  type OwnerName,
  openChangeItems,
  placeAt,
  revisionOf,
} from './change-items.ts';

export const KEPT_DAYS = 30;
const KEPT_MS = KEPT_DAYS * 86_400_000;
/** Longer than the function that publishes may run. */
const CLAIMED_MS = 120_000;
/** A change is at most so many positions behind the start of its publisher. */
const SPAN = 64;
/** Many blanks in a row must not make a page without an end. */
const MOST_SEEN = 2000;

export type Claim = {
  readonly revision: number;
  /** Publishers have names, so that one whose write was sent twice knows its own. */
  readonly by: string;
  /** The change is behind this position. */
  readonly from: number;
  /** There was a claim before: the change may have been placed. */
  readonly isTakenOver: boolean;
};
export type Listed = {
  readonly position: number;
  readonly change: Change;
  readonly hash: string;
  /** Milliseconds since 1970. */
  readonly publishedAt: number;
};
export type ChangeFeed = ReturnType<typeof openChangeFeed>;

export function openChangeFeed(dynamo: DynamoDBClient, table: string) {
  const items = openChangeItems(dynamo, table);
  return { ...publishing(items), ...blanking(items), ...reading(items) };
}

function publishing(items: ChangeItems) {
  const claimItem = (by: string, from: number, now: number): Item => ({
    by: { S: by },
    from: { N: String(from) },
    until: { N: String(now + CLAIMED_MS) },
    ttl: expiry(now),
  });

  /** The right to publish a change of an owner; undefined while another publisher has it. */
  async function claim(owner: OwnerName, change: Change, by: string, now: number): Promise<Claim | undefined> {
    const at = claimPlace(owner, change.sequence);
    const from = await items.head(owner.clientId);
    if (await items.put({ ...at, ...claimItem(by, from, now) }, undefined)) {
      return { revision: 1, by, from, isTakenOver: false };
    }
    const stored = await items.read(at);
    if (!stored) return undefined;
    const earlier = { revision: revisionOf(stored), by, from: Number(stored['from']?.N), isTakenOver: true };
    if (stored['by']?.S === by) return earlier;
    if (Number(stored['until']?.N) > now) return undefined;
    // The start of the earlier publisher stays: it may have placed the change there.
    const taken = await items.put({ ...at, ...claimItem(by, earlier.from, now) }, earlier.revision);
    return taken ? { ...earlier, revision: earlier.revision + 1 } : undefined;
  }

  /** What the holder of the earlier claim placed, or the blank that is there since; undefined: nothing. */
  async function findPlaced(clientId: string, { id }: Change, { from }: Claim): Promise<Item | undefined> {
    for await (const item of items.behind(clientId, from, from + SPAN)) if (item['id']?.S === id) return item;
    return undefined;
  }

  /** Positions that this process knows to be taken, by client, once those are placed that wait for one. */
  const ends = new Map<string, Promise<number>>();

  /**
   * Places a change as `placeBehind` does, after the others of its client in this process: side by side they would all try the same
   * position, and all but one be too late.
   */
  function place(owner: OwnerName, change: Change, claimed: Claim, now: number): Promise<number | undefined> {
    const { clientId } = owner;
    const end = ends.get(clientId) ?? Promise.resolve(0);
    const placed = end.then((behind) => placeBehind(owner, change, claimed, now, behind));
    ends.set(
      clientId,
      placed.then(
        (position) => position ?? end,
        () => end,
      ),
    );
    return placed;
  }

  /**
   * Places a change at the end of the feed, once; its position. Undefined when the end is too far from where the claim says, or the claim
   * is lost, or the change was erased since it was placed: the answer is to be read again.
   */
  async function placeBehind(
    owner: OwnerName,
    change: Change,
    claimed: Claim,
    now: number,
    taken: number,
  ): Promise<number | undefined> {
    const { clientId } = owner;
    const placed = claimed.isTakenOver ? await findPlaced(clientId, change, claimed) : undefined;
    if (placed) {
      // Its publisher may have died before the head went on; if the head never went on, the place would be taken again when it has expired.
      await items.advanceHead(clientId, numberOf(placed));
      return isBlank(placed) ? undefined : numberOf(placed);
    }
    const item = changeItem(owner, change, now);
    for (let position = Math.max(claimed.from, taken) + 1; position <= claimed.from + SPAN; position++) {
      const at = placeAt(clientId, position);
      if ((await items.put({ ...at, ...item }, undefined)) || (await items.read(at))?.['id']?.S === change.id) {
        await items.advanceHead(clientId, position);
        return position;
      }
    }
    // Others have gone on meanwhile: the claim is moved to where the end is now.
    const moved = claimItem(claimed.by, await items.head(clientId), now);
    await items.put({ ...claimPlace(owner, change.sequence), ...moved }, claimed.revision);
    return undefined;
  }

  return { claim, place };
}

function blanking(items: ChangeItems) {
  async function blankPlaces({ clientId, hash }: OwnerName, sequence: number, from: number): Promise<boolean> {
    let isBlanked = false;
    for await (const item of items.behind(clientId, from, from + SPAN)) {
      if (item['ownerHash']?.S !== hash || changeIn(item).sequence !== sequence) continue;
      const { pk, sk, ttl, id } = item;
      // The id, which says nothing of the owner, keeps a publisher who read the answer before the erasure from placing the change again.
      await items.put({ pk: pk!, sk: sk!, ttl: ttl!, id: id! }, revisionOf(item));
      isBlanked = true;
    }
    return isBlanked;
  }

  /**
   * Puts a blank in the place of every change of an owner that `isErased`.
   *
   * @param by the caller's name as a publisher
   * @returns false: another publisher has claimed such a change and may be about to place it
   */
  async function blank(
    owner: OwnerName,
    isErased: (sequence: number) => boolean,
    by: string,
    now: number,
  ): Promise<boolean> {
    let isQuiet = true;
    for await (const claimed of items.claimsOf(owner)) {
      const sequence = numberOf(claimed);
      if (!isErased(sequence)) continue;
      const isBlanked = await blankPlaces(owner, sequence, Number(claimed['from']?.N));
      // A publisher about to place it finds out, by the answer, that it must not.
      if (isBlanked || claimed['by']?.S === by) await items.put({ ...claimed, until: { N: '0' } }, revisionOf(claimed));
      else if (Number(claimed['until']?.N) > now) isQuiet = false;
    }
    return isQuiet;
  }

  return { blank };
}

function reading(items: ChangeItems) {
  /**
   * The changes behind a position, in order, `limit` of them at most; none that was published before `since`.
   *
   * @returns `position`: the start of the next page; that of the end when there is no more
   */
  async function list(
    clientId: string,
    after: number,
    limit: number,
    since: number,
  ): Promise<{ readonly changes: readonly Listed[]; readonly position: number }> {
    const changes: Listed[] = [];
    let position = after;
    let seen = 0;
    for await (const item of items.behind(clientId, after, undefined, limit + 1)) {
      position = numberOf(item);
      const listed = listedOf(item);
      if (listed && listed.publishedAt >= since) changes.push(listed);
      if (changes.length === limit || ++seen === MOST_SEEN) break;
    }
    return { changes, position };
  }

  /** The change at a position; undefined: none, or not any more. */
  async function at(clientId: string, position: number): Promise<Listed | undefined> {
    const item = await items.read(placeAt(clientId, position));
    return item && listedOf(item);
  }

  /** Whether the feed has reached a position. */
  async function reaches(clientId: string, position: number): Promise<boolean> {
    return position <= (await items.head(clientId)) || (await items.read(placeAt(clientId, position))) !== undefined;
  }

  return { list, at, head: items.head, reaches };
}

const changeIn = (item: Item): Change => JSON.parse(String(item['change']?.S)) as Change;
/** A day more than promised: readers leave out what is too old. */
const expiry = (now: number): AttributeValue => ({ N: String(Math.ceil((now + KEPT_MS) / 1000) + 86_400) });

function changeItem({ hash }: OwnerName, change: Change, now: number): Item {
  return {
    id: { S: change.id },
    ownerHash: { S: hash },
    change: { S: JSON.stringify(change) },
    publishedAt: { N: String(now) },
    ttl: expiry(now),
  };
}

const isBlank = (item: Item): boolean => item['change'] === undefined;

function listedOf(item: Item): Listed | undefined {
  if (isBlank(item)) return undefined;
  return {
    position: numberOf(item),
    change: changeIn(item),
    hash: String(item['ownerHash']?.S),
    publishedAt: Number(item['publishedAt']?.N),
  };
}
