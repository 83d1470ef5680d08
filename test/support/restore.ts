/** Tables that lose things: a restore point is a copy of all items, as point-in-time recovery makes one. */
import {
  type AttributeValue,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { createTable } from '../functions/support/table.ts';

export type Item = Record<string, AttributeValue>;
type Place = { readonly dynamo: DynamoDBClient; readonly table: string };

/** Every item, in the order of its key. */
export async function itemsIn({ dynamo, table }: Place): Promise<Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await dynamo.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: start }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

export const keyOf = ({ pk, sk }: Item): string => `${pk?.S} ${sk?.S}`;

/** Like point-in-time recovery: another table gets all items of the table, by default a new one. Returns its name. */
export async function restorePoint(place: Place, into?: string): Promise<string> {
  const table = into ?? (await createTable(place.dynamo));
  const items = await itemsIn(place);
  for (let at = 0; at < items.length; at += 25) {
    const requests = items.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } }));
    await place.dynamo.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  }
  return table;
}

/** Loses items. */
export async function lose(place: Place, isLost: (item: Item) => boolean): Promise<number> {
  const lost = (await itemsIn(place)).filter(isLost);
  for (const { pk, sk } of lost) {
    await place.dynamo.send(new DeleteItemCommand({ TableName: place.table, Key: { pk, sk } as Item }));
  }
  return lost.length;
}
