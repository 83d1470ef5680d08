/**
 * Imports that were parked, for the client that sent them. Each is two items, kept for 14 days as the queue keeps its message:
 *
 * | partition               | sort key                    |                                            |
 * |-------------------------|-----------------------------|--------------------------------------------|
 * | `<client>#refused`      | `<instant>#<digest>`        | for the list, in the order of time         |
 * | `<client>#owner#<hash>` | `refused#<digest of the id>` | for one import; goes with the owner       |
 *
 * The owner's item names the one of the list, so that an import refused twice is listed once, and an erasure finds both.
 */
import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { everyItem } from '../dynamodb/every-item.ts';
import { expiry } from '../dynamodb/partition-values.ts';
import { importDigest } from '../owners/joined-imports.ts';
import type { OwnerKey } from '../owners/owner-key.ts';

/** What is known of a refused import. `owner` is undefined when the message named none that could be one. */
export type RefusedImport = {
  readonly importId: string;
  readonly owner: OwnerKey | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly reason: string;
  readonly detail: string;
};
export type RefusedPage = { readonly imports: readonly RefusedImport[]; readonly cursor: string | null };
export type RefusedImports = ReturnType<typeof openRefusedImports>;

type Item = Record<string, AttributeValue>;

/** As long as SQS keeps a message at most, and so the parked queue (SQS developer guide, "Message quotas"). */
const KEPT_DAYS = 14;

export function openRefusedImports(dynamo: DynamoDBClient, TableName: string) {
  const listPartition = (clientId: string) => ({ S: `${clientId}#refused` });
  const ownerPlace = ({ clientId, hash }: OwnerKey, sort: string): Item => ({
    pk: { S: `${clientId}#owner#${hash}` },
    sk: { S: sort },
  });
  const remove = (Key: Item) => dynamo.send(new DeleteItemCommand({ TableName, Key }));
  const removeListed = (clientId: string, sort: string) => remove({ pk: listPartition(clientId), sk: { S: sort } });

  /** Keeps that an import was refused. A second refusal takes the place of the first. */
  async function keep(clientId: string, refused: RefusedImport): Promise<void> {
    const { owner, at } = refused;
    const digest = importDigest(refused.importId);
    const listed = `${new Date(at).toISOString()}#${owner?.hash ?? ''}${digest}`;
    const item = { ...itemOf(refused), ...expiry(at, KEPT_DAYS) };
    // The list first: if the owner's item is never written, the list still shows the refusal.
    await dynamo.send(
      new PutItemCommand({ TableName, Item: { pk: listPartition(clientId), sk: { S: listed }, ...item } }),
    );
    if (!owner) return;
    const Item = { ...ownerPlace(owner, `refused#${digest}`), ...item, listed: { S: listed } };
    const { Attributes } = await dynamo.send(new PutItemCommand({ TableName, Item, ReturnValues: 'ALL_OLD' }));
    const before = Attributes?.['listed']?.S;
    if (before !== undefined && before !== listed) await removeListed(clientId, before);
  }

  /** That one import of an owner was refused, or undefined. */
  async function find(owner: OwnerKey, importId: string): Promise<RefusedImport | undefined> {
    const Key = ownerPlace(owner, `refused#${importDigest(importId)}`);
    const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item && refusedOf(owner.clientId, Item);
  }

  /** The refused imports of a client, the newest first. @param cursor where an earlier page ended */
  async function list(clientId: string, limit: number, cursor?: string): Promise<RefusedPage> {
    const { Items = [], LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        Limit: limit,
        ScanIndexForward: false,
        KeyConditionExpression: 'pk = :client',
        ExpressionAttributeValues: { ':client': listPartition(clientId) },
        ...(cursor !== undefined && { ExclusiveStartKey: { pk: listPartition(clientId), sk: { S: cursor } } }),
      }),
    );
    const imports = Items.map((item) => refusedOf(clientId, item));
    return { imports, cursor: LastEvaluatedKey?.['sk']?.S ?? null };
  }

  /** Takes an import from the list and from its owner. */
  async function forget(owner: OwnerKey, importId: string): Promise<void> {
    const Key = ownerPlace(owner, `refused#${importDigest(importId)}`);
    const { Attributes } = await dynamo.send(new DeleteItemCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }));
    if (Attributes?.['listed']?.S !== undefined) await removeListed(owner.clientId, Attributes['listed'].S);
  }

  /** Forgets the imports of an owner that were refused up to an instant. */
  async function forgetOwner(owner: OwnerKey, upTo: number): Promise<void> {
    const items = everyItem(dynamo, {
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: {
        ':pk': { S: `${owner.clientId}#owner#${owner.hash}` },
        ':prefix': { S: 'refused#' },
      },
    });
    for await (const { sk, listed, at } of items) {
      if (Number(at?.N) > upTo) continue;
      // The list first: were this cut short, the owner's item would still name what is left.
      if (listed?.S !== undefined) await removeListed(owner.clientId, listed.S);
      await remove(ownerPlace(owner, String(sk?.S)));
    }
  }

  return { keep, find, list, forget, forgetOwner };
}

function itemOf({ importId, owner, at, reason, detail }: RefusedImport): Item {
  return {
    importId: { S: importId },
    ...(owner && { ownerHash: { S: owner.hash }, owner: { S: owner.externalId } }),
    at: { N: String(at) },
    reason: { S: reason },
    detail: { S: detail },
  };
}

function refusedOf(clientId: string, item: Item): RefusedImport {
  const hash = item['ownerHash']?.S;
  return {
    importId: String(item['importId']?.S),
    owner: hash === undefined ? undefined : { clientId, hash, externalId: String(item['owner']?.S) },
    at: Number(item['at']?.N),
    reason: String(item['reason']?.S),
    detail: String(item['detail']?.S),
  };
}
