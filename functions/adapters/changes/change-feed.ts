/**
 * The feed of a client's changes, kept for 30 days: a log that grows at its end and nowhere else.
 *
 * | partition               | sort key            |                                                             |
 * |-------------------------|---------------------|-------------------------------------------------------------|
 * | `<client>#changes`      | `change#<position>` | a change, or a blank in the place of one of an erased owner   |
 * | `<client>#changes`      | `head`              | a position that is taken, near the end                      |
 * | `<client>#owner#<hash>` | `change#<sequence>` | who publishes that change of the owner, and about where      |
 *
 * Positions are taken one after the other, each by a write that succeeds only where none is. So whoever reads the feed to its end and asks
 * later for what came since misses nothing. The head goes on before a change counts as published, so that it is late by no more than what
 * waits to be published; it says where positions go on when everything else has expired.
 *
 * The owner's item is written before the change is placed, so that an erasure finds all of an owner's places.
 */
import { type AttributeValue, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Change } from '../../domain/profiles/change.ts';
import { conditionHeld } from '../dynamodb/condition-held.ts';
import { everyItem } from '../dynamodb/every-item.ts';

type Item = Record<string, AttributeValue>;
type OwnerName = { readonly clientId: string; readonly hash: string };

export const KEPT_DAYS = 30;
const KEPT_MS = KEPT_DAYS * 86_400_000;
/** Longer than the function that publishes may run. */
const CLAIMED_MS = 120_000;
/** A change lies at most so many positions behind where its publisher began. */
const SPAN = 64;
const POSITION_DIGITS = 15;
const SEQUENCE_DIGITS = 12;

export type Claim = {
  readonly revision: number;
  /** Publishers have names, so that one whose write was sent twice knows its own. */
  readonly by: string;
  /** The change lies behind this position. */
  readonly from: number;
  /** An earlier claim ran out: the change may have been placed. */
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

export function openChangeFeed(dynamo: DynamoDBClient, TableName: string) {
  const partition = (clientId: string) => ({ S: `${clientId}#changes` });
  const placeOf = (clientId: string, position: number): Item => ({
    pk: partition(clientId),
    sk: { S: `change#${String(position).padStart(POSITION_DIGITS, '0')}` },
  });
  const claimPlace = ({ clientId, hash }: OwnerName, sequence: number): Item => ({
    pk: { S: `${clientId}#owner#${hash}` },
    sk: { S: `change#${String(sequence).padStart(SEQUENCE_DIGITS, '0')}` },
  });

  async function read(Key: Item): Promise<Item | undefined> {
    return (await dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
  }

  /** Writes an item where none is, or on this revision. */
  function put(item: Item, revision: number | undefined): Promise<boolean> {
    const onRevision =
      revision === undefined
        ? { ConditionExpression: 'attribute_not_exists(revision)' }
        : {
            ConditionExpression: 'revision = :revision',
            ExpressionAttributeValues: { ':revision': { N: String(revision) } },
          };
    const Item = { ...item, revision: { N: String((revision ?? 0) + 1) } };
    return conditionHeld(dynamo.send(new PutItemCommand({ TableName, Item, ...onRevision })));
  }

  /** A position that is taken, at most so far from the end as what waits to be published. */
  async function head(clientId: string): Promise<number> {
    return Number((await read({ pk: partition(clientId), sk: { S: 'head' } }))?.['position']?.N ?? 0);
  }

  async function advanceHead(clientId: string, position: number): Promise<void> {
    const place = { pk: partition(clientId), sk: { S: 'head' } };
    for (;;) {
      const stored = await read(place);
      if (Number(stored?.['position']?.N ?? 0) >= position) return;
      if (await put({ ...place, position: { N: String(position) } }, stored && revisionOf(stored))) return;
    }
  }

  /** The items behind a position, in order, to another one or the end; blanks too. */
  const itemsBehind = (clientId: string, position: number, to?: number, most?: number) =>
    everyItem(dynamo, {
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': partition(clientId),
        ':from': placeOf(clientId, position + 1)['sk']!,
        ':to': to === undefined ? { S: 'change#~' } : placeOf(clientId, to)['sk']!,
      },
      ...(most !== undefined && { Limit: most }),
    });

  /** The right to publish a change of an owner; undefined while somebody else has it. */
  async function claim(owner: OwnerName, change: Change, by: string, now: number): Promise<Claim | undefined> {
    const place = claimPlace(owner, change.sequence);
    const from = await head(owner.clientId);
    const item = {
      ...place,
      by: { S: by },
      from: { N: String(from) },
      until: { N: String(now + CLAIMED_MS) },
      ttl: expiry(now),
    };
    if (await put(item, undefined)) return { revision: 1, by, from, isTakenOver: false };
    const stored = await read(place);
    if (!stored) return undefined;
    const earlier = { revision: revisionOf(stored), by, from: Number(stored['from']?.N), isTakenOver: true };
    if (stored['by']?.S === by) return earlier;
    if (Number(stored['until']?.N) > now) return undefined;
    // Where the earlier publisher began stays: it may have placed the change there.
    const taken = await put({ ...item, from: { N: String(earlier.from) } }, earlier.revision);
    return taken ? { ...earlier, revision: earlier.revision + 1 } : undefined;
  }

  /** Where the change was placed by whoever had the claim before; undefined: nowhere. */
  async function findPlaced(clientId: string, { id }: Change, { from }: Claim): Promise<number | undefined> {
    for await (const item of itemsBehind(clientId, from, from + SPAN)) {
      if (item['id']?.S === id) return positionOf(item);
    }
    return undefined;
  }

  /**
   * Places a change at the end of the feed, once; its position.
   *
   * Undefined when the end is too far from where the claim says, or the claim is lost: to be claimed again.
   */
  async function place(owner: OwnerName, change: Change, claimed: Claim, now: number): Promise<number | undefined> {
    const { clientId, hash } = owner;
    if (claimed.isTakenOver) {
      const placed = await findPlaced(clientId, change, claimed);
      if (placed !== undefined) return placed;
    }
    const item = {
      id: { S: change.id },
      ownerHash: { S: hash },
      change: { S: JSON.stringify(change) },
      publishedAt: { N: String(now) },
      ttl: expiry(now),
    };
    for (let position = claimed.from + 1; position <= claimed.from + SPAN; position++) {
      const at = placeOf(clientId, position);
      if ((await put({ ...at, ...item }, undefined)) || (await read(at))?.['id']?.S === change.id) {
        await advanceHead(clientId, position);
        return position;
      }
    }
    // Others have gone on meanwhile: the claim is moved to where the end is now.
    await put(
      {
        ...claimPlace(owner, change.sequence),
        by: { S: claimed.by },
        from: { N: String(await head(clientId)) },
        until: { N: String(now + CLAIMED_MS) },
        ttl: expiry(now),
      },
      claimed.revision,
    );
    return undefined;
  }

  /**
   * Puts a blank in the place of every change of an owner that `isErased`.
   *
   * @param by the caller's name as a publisher
   * @returns false: somebody else has claimed such a change and may be about to place it
   */
  async function blank(
    owner: OwnerName,
    isErased: (sequence: number) => boolean,
    by: string,
    now: number,
  ): Promise<boolean> {
    const claims = everyItem(dynamo, {
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': { S: `${owner.clientId}#owner#${owner.hash}` }, ':prefix': { S: 'change#' } },
    });
    let isQuiet = true;
    for await (const claimed of claims) {
      const sequence = Number(claimed['sk']?.S?.slice('change#'.length));
      if (!isErased(sequence)) continue;
      const isBlanked = await blankPlaces(owner, sequence, Number(claimed['from']?.N));
      // Whoever is about to place it finds out, by the answer, that it must not.
      if (isBlanked || claimed['by']?.S === by) await put({ ...claimed, until: { N: '0' } }, revisionOf(claimed));
      else if (Number(claimed['until']?.N) > now) isQuiet = false;
    }
    return isQuiet;
  }

  async function blankPlaces({ clientId, hash }: OwnerName, sequence: number, from: number): Promise<boolean> {
    let isBlanked = false;
    for await (const item of itemsBehind(clientId, from, from + SPAN)) {
      if (item['ownerHash']?.S !== hash || changeIn(item).sequence !== sequence) continue;
      const { pk, sk, ttl } = item;
      await put({ pk: pk!, sk: sk!, ttl: ttl! }, revisionOf(item));
      isBlanked = true;
    }
    return isBlanked;
  }

  /**
   * The changes behind a position, in order, `limit` of them at most; none that was published before `since`.
   *
   * @returns `position`: where the next page begins; that of the end when there is no more
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
    for await (const item of itemsBehind(clientId, after, undefined, limit + 1)) {
      position = positionOf(item);
      const listed = listedOf(item);
      if (listed && listed.publishedAt >= since) changes.push(listed);
      // Many blanks in a row must not make a page without an end.
      if (changes.length === limit || ++seen === MOST_SEEN) break;
    }
    return { changes, position };
  }

  /** The change at a position; undefined: none, or not any more. */
  async function at(clientId: string, position: number): Promise<Listed | undefined> {
    const item = await read(placeOf(clientId, position));
    return item && listedOf(item);
  }

  /** Whether the feed has reached a position. */
  async function reaches(clientId: string, position: number): Promise<boolean> {
    return position <= (await head(clientId)) || (await read(placeOf(clientId, position))) !== undefined;
  }

  return { claim, place, blank, list, at, head, reaches };
}

const MOST_SEEN = 2000;

const revisionOf = (item: Item): number => Number(item['revision']?.N);
const positionOf = (item: Item): number => Number(item['sk']?.S?.slice('change#'.length));
const changeIn = (item: Item): Change => JSON.parse(String(item['change']?.S)) as Change;
/** Some days more than promised: what is too old is left out by whoever reads. */
const expiry = (now: number): AttributeValue => ({ N: String(Math.ceil((now + KEPT_MS) / 1000) + 86_400) });

function listedOf(item: Item): Listed | undefined {
  if (item['change'] === undefined) return undefined;
  return {
    position: positionOf(item),
    change: changeIn(item),
    hash: String(item['ownerHash']?.S),
    publishedAt: Number(item['publishedAt']?.N),
  };
}
