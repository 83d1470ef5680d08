/** The items of owners in the table: their keys, how they are read, and writes that succeed only on the revision that was read. */
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

export type Item = Record<string, AttributeValue>;
export type OwnerItems = ReturnType<typeof openOwnerItems>;

/** The partition of everything that is stored of an owner. */
export const partitionOf = ({ clientId, hash }: OwnerKey) => ({ S: `${clientId}#owner#${hash}` });
export const keyOf = (owner: OwnerKey, sort: string) => ({ pk: partitionOf(owner), sk: { S: sort } });
export const sortOf = (item: Item): string => String(item['sk']?.S);
export const revisionOf = (item: Item): number => Number(item['revision']?.N);

export function openOwnerItems(dynamo: DynamoDBClient, table: string) {
  async function read(owner: OwnerKey, sort: string, consistent = true): Promise<Item | undefined> {
    const command = new GetItemCommand({ TableName: table, Key: keyOf(owner, sort), ConsistentRead: consistent });
    return (await dynamo.send(command)).Item;
  }

  /** The items of an owner whose sort keys meet a condition, in their order. */
  function query(
    owner: OwnerKey,
    condition: string,
    values: Item,
    { attributes, consistent = true }: { readonly attributes?: string; readonly consistent?: boolean } = {},
  ): AsyncGenerator<Item> {
    return everyItem(dynamo, {
      TableName: table,
      ConsistentRead: consistent,
      KeyConditionExpression: `pk = :pk AND ${condition}`,
      ExpressionAttributeValues: { ':pk': partitionOf(owner), ...values },
      ProjectionExpression: attributes,
    });
  }

  /** Writes an item if the stored one still has this revision (undefined: if there is none). False: a conflict. */
  async function put(item: Item, revision: number | undefined): Promise<boolean> {
    return conditionHeld(dynamo.send(new PutItemCommand({ TableName: table, Item: item, ...onRevision(revision) })));
  }

  /** Removes an item if it still has this revision. False: a conflict. */
  async function remove(owner: OwnerKey, sort: string, revision: number): Promise<boolean> {
    const command = new DeleteItemCommand({ TableName: table, Key: keyOf(owner, sort), ...onRevision(revision) });
    return conditionHeld(dynamo.send(command));
  }

  /** Removes an item, whatever it holds. */
  async function drop(owner: OwnerKey, sort: string): Promise<void> {
    await dynamo.send(new DeleteItemCommand({ TableName: table, Key: keyOf(owner, sort) }));
  }

  return { read, query, put, remove, drop };
}

function onRevision(revision: number | undefined) {
  if (revision === undefined) return { ConditionExpression: 'attribute_not_exists(revision)' };
  return {
    ConditionExpression: 'revision = :revision',
    ExpressionAttributeValues: { ':revision': { N: String(revision) } },
  };
}
