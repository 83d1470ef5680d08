/** The two tables of a restore: reads of the restored one, writes to the live one. */
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { conditionHeld } from '../../functions/adapters/dynamodb/condition-held.ts';
import { everyItem } from '../../functions/adapters/dynamodb/every-item.ts';
import { dayOfInstant, monthOf, parseDay } from '../../functions/domain/values/day.ts';
import { TABLE_KEYS } from '../../functions/runtime/names.ts';

export type Item = Record<string, AttributeValue>;
export type Tables = {
  readonly live: { readonly dynamo: DynamoDBClient; readonly table: string };
  readonly restored: { readonly dynamo: DynamoDBClient; readonly table: string };
};

/** Partition keys of a segment, each once: items of a partition are adjacent. If not, a repeated one does no harm. */
export async function* partitions(
  { restored: { dynamo, table } }: Tables,
  Segment: number,
  TotalSegments: number,
): AsyncGenerator<string> {
  let last: string | undefined;
  const scan = { TableName: table, Segment, TotalSegments, ProjectionExpression: TABLE_KEYS.partition };
  for await (const { Items = [] } of paginateScan({ client: dynamo }, scan)) {
    for (const { pk } of Items) {
      if (pk?.S === last || pk?.S === undefined) continue;
      last = pk.S;
      yield last;
    }
  }
}

/** The items of a partition of the restored table, in the order of their sort keys, without those that have expired. */
export async function* itemsOf({ restored: { dynamo, table } }: Tables, pk: string, now: number): AsyncGenerator<Item> {
  const items = everyItem(dynamo, {
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: pk } },
  });
  for await (const item of items) {
    // DynamoDB does not restore the setting that deletes expired items.
    if (item['ttl']?.N === undefined || Number(item['ttl'].N) * 1000 > now) yield item;
  }
}

export async function readItem({ dynamo, table }: Tables['live'], { pk, sk }: Item): Promise<Item | undefined> {
  const Key = { pk, sk } as Item;
  return (await dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
}

/**
 * Puts an item if there is none.
 *
 * @param orExpiring also over one that expires, such as an amendment of a preview
 * @returns whether it was written
 */
export async function putBackItem({ live }: Tables, item: Item, orExpiring = false): Promise<boolean> {
  // Reading first lets a dry run count what a real one would write; and nearly all items exist, which then costs no write.
  const stands = await readItem(live, item);
  if (stands && !(orExpiring && stands[TABLE_KEYS.expires])) return false;
  const or = orExpiring && { ExpressionAttributeNames: { '#ttl': TABLE_KEYS.expires } };
  const command = new PutItemCommand({
    TableName: live.table,
    Item: item,
    ConditionExpression: `attribute_not_exists(pk)${or ? ' OR attribute_exists(#ttl)' : ''}`,
    ...or,
  });
  return conditionHeld(live.dynamo.send(command));
}

/** Months that pages are kept, from the first page of the restored table; undefined: it has no page. */
export async function retentionMonths({ restored: { dynamo, table } }: Tables): Promise<number | undefined> {
  const scan = {
    TableName: table,
    // A fence, which holds nothing, is kept for a day.
    FilterExpression: 'begins_with(sk, :page) AND (attribute_exists(body) OR attribute_exists(parts))',
    ExpressionAttributeValues: { ':page': { S: 'page#' } },
    ProjectionExpression: 'sk, #ttl',
    ExpressionAttributeNames: { '#ttl': TABLE_KEYS.expires },
  };
  for await (const { Items = [] } of paginateScan({ client: dynamo }, scan)) {
    for (const { sk, ttl } of Items) {
      const first = parseDay(`${String(sk?.S).slice('page#'.length, 'page#YYYY-MM'.length)}-01`);
      if (first !== undefined) return monthOf(dayOfInstant(Number(ttl?.N) * 1000)) - monthOf(first) - 1;
    }
  }
  return undefined;
}
