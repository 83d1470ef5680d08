/** The API keys of a client; use-cases/clients/keys.ts keeps a key that makes another within its rights. The table holds keyed hashes, no key. */
import { type DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Scope } from '../../contracts/http/routes.ts';
import type { Purpose } from '../../domain/catalogue/client-settings.ts';
import type { Clock } from '../../runtime/clock.ts';
import { PermanentError, RefusedError } from '../../runtime/errors.ts';
import { conditionHeld } from '../dynamodb/condition-held.ts';
import { everyItem } from '../dynamodb/every-item.ts';
import { checkAddresses } from './addresses.ts';
import { newApiKey, newKeyId, type Randomness } from './api-key.ts';
import { type ApiKey, clientPlace, entryPlace, keyItem, keyPlace } from './client-items.ts';
import type { Clients, FoundKey } from './clients.ts';

export type NewKey = {
  readonly clientId: string;
  readonly scopes: readonly Scope[];
  readonly addresses?: readonly string[] | undefined;
  /** What its answers may be used for; absent: the same as the client's. */
  readonly purpose?: Purpose | undefined;
  /** The key that makes it; absent: an operator does. */
  readonly createdBy?: string | undefined;
};

/** With its text. */
export type CreatedKey = ApiKey & { readonly apiKey: string };
export type KeyStore = ReturnType<typeof openKeyStore>;

export type KeyStoreParts = {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  readonly hashOf: (apiKey: string) => string | Promise<string>;
  readonly now: Clock;
  readonly random: Randomness;
};

export function openKeyStore(
  { dynamo, table: TableName, hashOf, now, random }: KeyStoreParts,
  { getClient, findKey }: Pick<Clients, 'getClient' | 'findKey'>,
) {
  const timestamp = () => new Date(now()).toISOString();

  /** A new key. Its text is in the answer and nowhere else, ever. */
  async function createKey(asked: NewKey): Promise<CreatedKey> {
    const { clientId, scopes, addresses = [], purpose, createdBy } = asked;
    if (!(await getClient(clientId))) throw new PermanentError('CLIENT_NOT_FOUND', `there is no client "${clientId}"`);
    checkAddresses(addresses);
    const apiKey = newApiKey(random);
    const hash = await hashOf(apiKey);
    const made = { keyId: newKeyId(random), createdAt: timestamp() };
    const given = { ...(purpose && { purpose }), ...(createdBy && { createdBy }) };
    const key: ApiKey = { clientId, scopes, addresses, ...given, ...made };
    // The entry by id first: a key that works but is not listed could not be revoked.
    const entry = { ...entryPlace(clientId, key.keyId), hash: { S: hash } };
    await dynamo.send(new PutItemCommand({ TableName, Item: entry, ConditionExpression: 'attribute_not_exists(pk)' }));
    const Item = { ...keyPlace(hash), ...keyItem(key) };
    await dynamo.send(new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
    return { ...key, apiKey };
  }

  /** The keys of a client, revoked ones too, oldest first. */
  async function listKeys(clientId: string): Promise<readonly ApiKey[]> {
    const entries = await Array.fromAsync(
      everyItem(dynamo, {
        TableName,
        // An operator who looks for keys to revoke must not miss one.
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :client AND begins_with(sk, :key)',
        ExpressionAttributeValues: { ':client': clientPlace(clientId).pk, ':key': { S: 'key#' } },
      }),
    );
    const found = await Promise.all(entries.map(({ hash }) => findKey(hash?.S ?? '')));
    // An entry without its key is left by a creation that was cut short: nobody ever got the text.
    return found
      .flatMap((key) => (key ? [withoutHash(key)] : []))
      .sort((a, b) => (`${a.createdAt} ${a.keyId}` < `${b.createdAt} ${b.keyId}` ? -1 : 1));
  }

  /** The key of this client with this id, as it is now. */
  async function readKey(clientId: string, keyId: string): Promise<FoundKey | undefined> {
    const Key = entryPlace(clientId, keyId);
    const { Item: entry } = await dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    const hash = entry?.['hash']?.S;
    return hash === undefined ? undefined : findKey(hash);
  }

  /** From now on the key is refused, once cached verdicts have run out. A second time changes nothing. */
  async function revokeKey(clientId: string, keyId: string): Promise<void> {
    const key = await readKey(clientId, keyId);
    const update = (hash: string) =>
      new UpdateItemCommand({
        TableName,
        Key: keyPlace(hash),
        UpdateExpression: 'SET revokedAt = if_not_exists(revokedAt, :now)',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':now': { S: timestamp() } },
      });
    if (key && (await conditionHeld(dynamo.send(update(key.hash))))) return;
    throw new RefusedError('KEY_NOT_FOUND', `the client "${clientId}" has no key "${keyId}"`);
  }

  return { createKey, listKeys, readKey, revokeKey };
}

function withoutHash({ hash: _, ...key }: FoundKey): ApiKey {
  return key;
}
