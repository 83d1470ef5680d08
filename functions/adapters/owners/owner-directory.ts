/**
 * The owners of a client, listed by a sparse index over their answers: an owner is in it from the first import on and leaves it
 * by erasure or expiry, without a write of its own. The index is spread over shards, so that a client who brings millions of
 * new owners at once is not held up by one partition.
 *
 * Owners come in the order of their hashes. A slice is a range of hashes; hashes are spread evenly, so equal ranges hold about
 * equally many owners.
 */
import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { OWNERS_INDEX } from '../../runtime/names.ts';
import { batchGet, MOST_KEYS } from '../dynamodb/batch-get.ts';
import { everyItem } from '../dynamodb/every-item.ts';
import type { OwnerKey } from './owner-key.ts';

/** The digits of hashes (RFC 4648, section 5) in the order of DynamoDB's keys. */
const DIGITS = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const SHARDS = 16;
/** A slice starts and ends between the first three digits of hashes, which have so many values. */
const PREFIXES = 64 ** 3;
const PREFIXES_OF_A_SHARD = PREFIXES / SHARDS;

/**
 * `number` (from 0) of `of` slices, of all owners or of a share of them: always the same, and a smaller share is part of a larger one,
 * because it is the first ones in the order of hashes.
 */
export type Slice = { readonly number: number; readonly of: number; readonly share?: number | undefined };
export type OwnerCount = { readonly owners: number; readonly estimated: boolean };
export type OwnerDirectory = ReturnType<typeof openOwnerDirectory>;

/** The attributes that put an owner's answer in the index. */
export function listing({ clientId, hash, externalId }: OwnerKey): Record<string, AttributeValue> {
  return {
    [OWNERS_INDEX.owner]: { S: externalId },
    [OWNERS_INDEX.partition]: { S: partitionOf(clientId, shardOf(hash)) },
  };
}

export function openOwnerDirectory(dynamo: DynamoDBClient, table: string) {
  /**
   * The owners of a slice, in the order of their hashes. An index is never read consistently: an owner first met within the last second
   * may be missing, and one erased within it may be there.
   */
  async function* owners(clientId: string, slice: Slice): AsyncGenerator<OwnerKey> {
    const [from, to] = [boundary(slice), endOf(slice)];
    // Of many slices of a small share.
    if (from === to) return;
    for (let shard = Math.floor(from / PREFIXES_OF_A_SHARD); shard * PREFIXES_OF_A_SHARD < to; shard++) {
      const first = Math.max(from, shard * PREFIXES_OF_A_SHARD);
      const last = Math.min(to, (shard + 1) * PREFIXES_OF_A_SHARD) - 1;
      for await (const item of listed(clientId, shard, first, last)) {
        const [, hash] = String(item['pk']?.S).split('#owner#');
        yield { clientId, hash: String(hash), externalId: String(item[OWNERS_INDEX.owner]?.S) };
      }
    }
  }

  const listed = (clientId: string, shard: number, first: number, last: number) =>
    everyItem(dynamo, {
      TableName: table,
      IndexName: OWNERS_INDEX.name,
      KeyConditionExpression: `${OWNERS_INDEX.partition} = :shard AND pk BETWEEN :first AND :last`,
      ExpressionAttributeValues: {
        ':shard': { S: partitionOf(clientId, shard) },
        ':first': { S: `${clientId}#owner#${prefix(first)}` },
        // Behind every hash with these first digits.
        ':last': { S: `${clientId}#owner#${prefix(last)}~` },
      },
    });

  /** How many owners a client has. Above `exactUpTo` it is extrapolated from the first shard, within 1 % or so. */
  async function count(clientId: string, exactUpTo: number): Promise<OwnerCount> {
    const first = await countShard(clientId, 0);
    if (first * SHARDS > exactUpTo) return { owners: first * SHARDS, estimated: true };
    const others = await Promise.all(Array.from({ length: SHARDS - 1 }, (_, index) => countShard(clientId, index + 1)));
    return { owners: others.reduce((sum, shard) => sum + shard, first), estimated: false };
  }

  async function countShard(clientId: string, shard: number): Promise<number> {
    let counted = 0;
    let start: Record<string, AttributeValue> | undefined;
    do {
      const { Count = 0, LastEvaluatedKey } = await dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: OWNERS_INDEX.name,
          Select: 'COUNT',
          KeyConditionExpression: `${OWNERS_INDEX.partition} = :shard`,
          ExpressionAttributeValues: { ':shard': { S: partitionOf(clientId, shard) } },
          ExclusiveStartKey: start,
        }),
      );
      counted += Count;
      start = LastEvaluatedKey;
    } while (start);
    return counted;
  }

  /** The owners' own ids, by their hashes and in that order. An owner who was erased is left out at once: the read is consistent. */
  const idsByHash = (clientId: string, hashes: readonly string[]) => readIds(dynamo, table, clientId, hashes);
  const externalIds = async (clientId: string, hashes: readonly string[]): Promise<string[]> => [
    ...(await idsByHash(clientId, hashes)).values(),
  ];

  return { owners, count, externalIds, idsByHash };
}

const ID_ALONE = {
  ConsistentRead: true,
  ProjectionExpression: 'pk, #owner',
  ExpressionAttributeNames: { '#owner': OWNERS_INDEX.owner },
};

async function readIds(
  dynamo: DynamoDBClient,
  table: string,
  clientId: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let first = 0; first < hashes.length; first += MOST_KEYS) {
    const keys = hashes.slice(first, first + MOST_KEYS).map((hash) => ({
      pk: { S: `${clientId}#owner#${hash}` },
      sk: { S: 'answer' },
    }));
    for (const item of await batchGet(dynamo, table, keys, ID_ALONE)) {
      const id = item[OWNERS_INDEX.owner]?.S;
      if (id !== undefined) found.set(String(item['pk']?.S), id);
    }
  }
  return new Map(
    hashes.flatMap((hash) => {
      const id = found.get(`${clientId}#owner#${hash}`);
      return id === undefined ? [] : [[hash, id]];
    }),
  );
}

/** The number of the slice that an owner is in; undefined where it is not in the share. */
export function sliceOf({ hash }: Pick<OwnerKey, 'hash'>, { of, share }: Omit<Slice, 'number'>): number | undefined {
  const [first = 0, second = 0, third = 0] = [...hash.slice(0, 3)].map((digit) => DIGITS.indexOf(digit));
  const index = (first << 12) | (second << 6) | third;
  let number = Math.floor((index * of) / prefixesOf(share));
  while (endOf({ number, of, share }) <= index) number++;
  return number < of ? number : undefined;
}

/** Where a slice ends, in a unit that does not depend on the number of slices. */
export function endOf({ number, of, share }: Slice): number {
  return boundary({ number: number + 1, of, share });
}

const partitionOf = (clientId: string, shard: number) => `${clientId}#${shard}`;
/** At least one, so that a sample of a few owners is not empty because they are so many. */
const prefixesOf = (share = 1) => Math.ceil(PREFIXES * share);
const boundary = ({ number, of, share }: Slice) => Math.floor((number * prefixesOf(share)) / of);
const prefix = (index: number) =>
  [index >> 12, (index >> 6) & 63, index & 63].map((digit) => DIGITS.charAt(digit)).join('');

function shardOf(hash: string): number {
  return Math.floor(DIGITS.indexOf(hash.charAt(0)) / (64 / SHARDS));
}
