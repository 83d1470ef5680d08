/**
 * Values in a partition of a client's own, such as its catalogue (`<clientId>#catalogue`). A value is JSON in one attribute, `value`;
 * attributes for conditions are beside it. All reads are consistent: what was just written is never missed.
 */
import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { conditionHeld } from './condition-held.ts';
import { everyItem } from './every-item.ts';

type Item = Record<string, AttributeValue>;

/** Runs, and amendments that were only previewed, expire after this many days, with the results in the bucket. */
export const RUN_DAYS = 30;
/** Attribute by which DynamoDB removes items (TTL). */
export const EXPIRES = 'ttl';

export type PartitionValues = ReturnType<typeof openPartitionValues>;

export function openPartitionValues(
  dynamo: DynamoDBClient,
  table: string,
  partition: 'catalogue' | 'snapshots' | 'webhooks',
) {
  const keyOf = (clientId: string, sort: string): Item => ({ pk: { S: `${clientId}#${partition}` }, sk: { S: sort } });

  async function read(clientId: string, sort: string): Promise<Item | undefined> {
    const Key = keyOf(clientId, sort);
    return (await dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  }

  async function valueAt<Value>(clientId: string, sort: string): Promise<Value | undefined> {
    const item = await read(clientId, sort);
    return item && valueIn<Value>(item);
  }

  /** All values of a kind, the newest first. Their ids start with the time. */
  async function valuesUnder<Value>(clientId: string, prefix: string): Promise<Value[]> {
    return Array.fromAsync(everyItem(dynamo, newestFirst(clientId, prefix)), valueIn<Value>);
  }

  /** At most this many values of a kind, the newest first; with `before`, those whose sort key is below it. */
  async function pageUnder<Value>(clientId: string, prefix: string, most: number, before?: string): Promise<Value[]> {
    const { Items = [] } = await dynamo.send(
      new QueryCommand({
        ...newestFirst(clientId, prefix),
        Limit: most,
        ExclusiveStartKey: before === undefined ? undefined : keyOf(clientId, before),
      }),
    );
    return Items.map(valueIn<Value>);
  }

  const newestFirst = (clientId: string, prefix: string) => ({
    TableName: table,
    ConsistentRead: true,
    ScanIndexForward: false,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': { S: `${clientId}#${partition}` }, ':prefix': { S: prefix } },
  });

  /** False when the condition did not hold. */
  async function put(
    clientId: string,
    sort: string,
    value: object,
    more: Item = {},
    on: Condition = {},
  ): Promise<boolean> {
    const Item = { ...keyOf(clientId, sort), value: { S: JSON.stringify(value) }, ...more };
    return conditionHeld(dynamo.send(new PutItemCommand({ TableName: table, Item, ...on })));
  }

  async function remove(clientId: string, sort: string): Promise<void> {
    await dynamo.send(new DeleteItemCommand({ TableName: table, Key: keyOf(clientId, sort) }));
  }

  return { valueAt, valuesUnder, pageUnder, put, remove };
}

const valueIn = <Value>(item: Item): Value => JSON.parse(String(item['value']?.S)) as Value;

type Condition = Pick<
  ConstructorParameters<typeof PutItemCommand>[0],
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** The item is as it was read: of this revision, or not there. */
export function standsOn(attribute: string, read: number | undefined): Condition {
  if (read === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: `${attribute} = :read`,
    ExpressionAttributeValues: { ':read': { N: String(read) } },
  };
}

/** The attribute of an item that expires; by default with its run. @param now milliseconds since 1970 */
export function expiry(now: number, days: number = RUN_DAYS): { readonly [EXPIRES]: AttributeValue } {
  return { [EXPIRES]: { N: String(Math.floor(now / 1000) + days * 86_400) } };
}
