/**
 * Keys of operators. They belong to no client and lie in a partition of their own, into which nothing that answers requests may write:
 * only the command line makes and revokes them.
 */
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { RefusedError } from '../../runtime/errors.ts';
import { ITEM_KEYS } from '../../runtime/names.ts';
import { conditionHeld } from '../dynamodb/condition-held.ts';
import { everyItem } from '../dynamodb/every-item.ts';
import { checkAddresses } from './addresses.ts';
import { newKeyId, newOperatorKey } from './api-key.ts';
import type { KeyStoreParts } from './key-store.ts';

export type OperatorKey = {
  readonly keyId: string;
  /** CIDR blocks that it may be used from; none: from anywhere. */
  readonly addresses: readonly string[];
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly revokedAt?: string;
};
/** With the keyed hash that it was found under. */
export type FoundOperatorKey = OperatorKey & { readonly hash: string };
export type OperatorKeyStore = ReturnType<typeof openOperatorKeyStore>;

type Item = Record<string, AttributeValue>;

const placeOf = (hash: string) => ({ pk: { S: ITEM_KEYS.operators }, sk: { S: hash } });

/** The key with this hash. Read consistently: the gateway caches verdicts, so a read must not miss a revocation. */
export function openFindOperatorKey(dynamo: DynamoDBClient, TableName: string) {
  return async (hash: string): Promise<FoundOperatorKey | undefined> => {
    const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key: placeOf(hash), ConsistentRead: true }));
    return Item && keyOf(Item);
  };
}

export function openOperatorKeyStore({ dynamo, table: TableName, hashOf, now, random }: KeyStoreParts) {
  const timestamp = () => new Date(now()).toISOString();

  /** A new key. Its text is in the answer and nowhere else. @throws PermanentError INVALID_ADDRESS */
  async function create(addresses: readonly string[]): Promise<OperatorKey & { readonly apiKey: string }> {
    checkAddresses(addresses);
    const apiKey = newOperatorKey(random);
    const key: OperatorKey = { keyId: newKeyId(random), addresses, createdAt: timestamp() };
    const Item = {
      ...placeOf(await hashOf(apiKey)),
      keyId: { S: key.keyId },
      addresses: { L: addresses.map((S) => ({ S })) },
      createdAt: { S: key.createdAt },
    };
    await dynamo.send(new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
    return { ...key, apiKey };
  }

  async function all(): Promise<FoundOperatorKey[]> {
    const items = everyItem(dynamo, {
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :operators',
      ExpressionAttributeValues: { ':operators': { S: ITEM_KEYS.operators } },
    });
    return Array.fromAsync(items, keyOf);
  }

  /** Revoked ones too, oldest first. */
  async function list(): Promise<readonly OperatorKey[]> {
    const keys = (await all()).map(({ hash: _, ...key }): OperatorKey => key);
    return keys.sort((a, b) => (`${a.createdAt} ${a.keyId}` < `${b.createdAt} ${b.keyId}` ? -1 : 1));
  }

  /** From now on it is refused, once cached verdicts have run out. A second time changes nothing. @throws RefusedError KEY_NOT_FOUND */
  async function revoke(keyId: string): Promise<void> {
    const key = (await all()).find((each) => each.keyId === keyId);
    const update = (hash: string) =>
      new UpdateItemCommand({
        TableName,
        Key: placeOf(hash),
        UpdateExpression: 'SET revokedAt = if_not_exists(revokedAt, :now)',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':now': { S: timestamp() } },
      });
    if (key && (await conditionHeld(dynamo.send(update(key.hash))))) return;
    throw new RefusedError('KEY_NOT_FOUND', `there is no key "${keyId}" of an operator`);
  }

  return { create, list, revoke };
}

function keyOf({ sk, keyId, addresses, createdAt, revokedAt }: Item): FoundOperatorKey {
  return {
    hash: sk?.S ?? '',
    keyId: keyId?.S ?? '',
    addresses: addresses?.L?.flatMap(({ S }) => S ?? []) ?? [],
    createdAt: createdAt?.S ?? '',
    ...(revokedAt?.S !== undefined && { revokedAt: revokedAt.S }),
  };
}
