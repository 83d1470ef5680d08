/**
 * Makes an owner's pages readable again after parts of them were lost (see `part#…` in owner-store.ts).
 *
 * A page that names lost parts stops every import, look-up and erasure of its owner. Parts get a new name at each write of their page, so
 * those of the same name in a restored table are the same parts. Without them the page is useless, and is removed.
 */
import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { conditionHeld } from '../dynamodb/condition-held.ts';
import { everyItem } from '../dynamodb/every-item.ts';
import type { OwnerKey } from './owner-key.ts';
import { openPageParts, type Parts, partSorts } from './page-parts.ts';

export type Mended = {
  /** Parts that came back. */
  readonly parts: number;
  /** Pages that were removed because their parts are nowhere. */
  readonly givenUp: number;
};
type Place = { readonly dynamo: DynamoDBClient; readonly table: string };
type Item = Record<string, AttributeValue>;

export function openPageMender(live: Place, restored: Place) {
  const liveParts = openPageParts(live.dynamo, live.table, 1);

  async function read({ dynamo, table }: Place, Key: Item): Promise<Item | undefined> {
    return (await dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  }

  const pagesInParts = (pk: AttributeValue): AsyncGenerator<Item> =>
    everyItem(live.dynamo, {
      TableName: live.table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :page)',
      FilterExpression: 'attribute_exists(parts)',
      ExpressionAttributeValues: { ':pk': pk, ':page': { S: 'page#' } },
    });

  async function mend({ clientId, hash }: OwnerKey): Promise<Mended> {
    const pk = { S: `${clientId}#owner#${hash}` };
    const mended = { parts: 0, givenUp: 0 };
    for await (const page of pagesInParts(pk)) {
      const sort = String(page['sk']?.S).slice('page#'.length);
      const parts = { name: String(page['parts']?.S), count: Number(page['count']?.N) };
      if (await liveParts.readParts(pk, sort, parts)) continue;
      const found = await Promise.all(partSorts(sort, parts).map((sk) => read(restored, { pk, sk: { S: sk } })));
      if (found.every((part) => part !== undefined)) mended.parts += await bringBack(page, sort, parts, found);
      else if (await remove(page)) {
        await liveParts.removeParts(pk, sort, parts);
        mended.givenUp++;
      }
    }
    return mended;
  }

  /** @returns how many were gone */
  async function bringBack(page: Item, sort: string, parts: Parts, found: readonly Item[]): Promise<number> {
    let put = 0;
    for (const part of found) {
      if (await read(live, keyOf(part))) continue;
      const command = new PutItemCommand({
        TableName: live.table,
        Item: part,
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      if (await conditionHeld(live.dynamo.send(command))) put++;
    }
    // If the page was rewritten meanwhile, it has other parts: its writer has removed these, perhaps before they were put.
    const stands = await read(live, keyOf(page));
    if (stands?.['parts']?.S !== parts.name && page['pk']) await liveParts.removeParts(page['pk'], sort, parts);
    return put;
  }

  /** Conditional on the revision that was read: a later writer has written the page whole. */
  async function remove(page: Item): Promise<boolean> {
    const command = new DeleteItemCommand({
      TableName: live.table,
      Key: keyOf(page),
      ConditionExpression: 'revision = :revision',
      ExpressionAttributeValues: { ':revision': page['revision']! },
    });
    return conditionHeld(live.dynamo.send(command));
  }

  return { mend };
}

const keyOf = ({ pk, sk }: Item): Item => ({ pk, sk }) as Item;
