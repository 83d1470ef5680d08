/** The items of a feed of changes: their places, and writes that succeed where none is or on the revision that was read. */
import { type AttributeValue, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { conditionHeld } from '../dynamodb/condition-held.ts';
import { everyItem } from '../dynamodb/every-item.ts';

export type Item = Record<string, AttributeValue>;
export type OwnerName = { readonly clientId: string; readonly hash: string };
export type ChangeItems = ReturnType<typeof openChangeItems>;

const POSITION_DIGITS = 15;
const SEQUENCE_DIGITS = 12;
const CHANGE = 'change#';

export function openChangeItems(dynamo: DynamoDBClient, TableName: string) {
  async function read(Key: Item): Promise<Item | undefined> {
    return (await dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
  }

  /** Writes an item where none is (undefined), or on this revision. */
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

  const query = (condition: string, values: Item, Limit?: number) =>
    everyItem(dynamo, {
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: `pk = :pk AND ${condition}`,
      ExpressionAttributeValues: values,
      ...(Limit !== undefined && { Limit }),
    });

  /** The items behind a position, in order, to another one or the end; blanks too. @param most of one request */
  function behind(clientId: string, position: number, to?: number, most?: number): AsyncGenerator<Item> {
    const last = to === undefined ? { S: `${CHANGE}~` } : sortAt(to);
    const values = { ':pk': partitionOf(clientId), ':from': sortAt(position + 1), ':to': last };
    return query('sk BETWEEN :from AND :to', values, most);
  }

  const claimsOf = ({ clientId, hash }: OwnerName): AsyncGenerator<Item> =>
    query('begins_with(sk, :prefix)', { ':pk': { S: `${clientId}#owner#${hash}` }, ':prefix': { S: CHANGE } });

  /** A position that is taken, as far from the end as what waits to be published at most. */
  async function head(clientId: string): Promise<number> {
    return Number((await read(headPlace(clientId)))?.['position']?.N ?? 0);
  }

  /** Sets the head to a position, unless it is there or further on. */
  async function advanceHead(clientId: string, position: number): Promise<void> {
    const to = { N: String(position) };
    const unlessFurtherOn = {
      ConditionExpression: 'attribute_not_exists(revision) OR #position < :position',
      ExpressionAttributeNames: { '#position': 'position' },
      ExpressionAttributeValues: { ':position': to },
    };
    // A revision, because earlier versions write on the one that they read; it differs from theirs, which only count up to positions.
    const Item = { ...headPlace(clientId), position: to, revision: to };
    await conditionHeld(dynamo.send(new PutItemCommand({ TableName, Item, ...unlessFurtherOn })));
  }

  return { read, put, behind, claimsOf, head, advanceHead };
}

const partitionOf = (clientId: string) => ({ S: `${clientId}#changes` });
const headPlace = (clientId: string): Item => ({ pk: partitionOf(clientId), sk: { S: 'head' } });
const sortAt = (position: number) => ({ S: `${CHANGE}${String(position).padStart(POSITION_DIGITS, '0')}` });

export const placeAt = (clientId: string, position: number): Item => ({
  pk: partitionOf(clientId),
  sk: sortAt(position),
});
export const claimPlace = ({ clientId, hash }: OwnerName, sequence: number): Item => ({
  pk: { S: `${clientId}#owner#${hash}` },
  sk: { S: `${CHANGE}${String(sequence).padStart(SEQUENCE_DIGITS, '0')}` },
});
export const revisionOf = (item: Item): number => Number(item['revision']?.N);
/** The position of a change, or the sequence of a claim. */
export const numberOf = (item: Item): number => Number(item['sk']?.S?.slice(CHANGE.length));
