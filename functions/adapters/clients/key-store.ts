/** The API keys of a client as operators make, list and revoke them. The table holds keyed hashes and no key. */
import { type DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Scope } from '../../contracts/http/routes.ts';
import type { Purpose } from '../../domain/catalogue/client-settings.ts';
import type { Clock } from '../../runtime/clock.ts';
import { PermanentError } from '../../runtime/errors.ts';
import { unless } from '../dynamodb/condition-held.ts';
import { everyItem } from '../dynamodb/every-item.ts';
import { checkAddresses } from './addresses.ts';
import { newApiKey, newKeyId, type Randomness } from './api-key.ts';
import { type ApiKey, clientPlace, entryPlace, keyItem, keyPlace } from './client-items.ts';
import type { Clients, FoundKey } from './clients.ts';

export type NewKey = {
  readonly clientId: string;
  readonly scopes: readonly Scope[];
  readonly addresses?: readonly string[];
  /** What its answers may be used for; absent: the same as the client's. */
  readonly purpose?: Purpose;
};

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
  async function createKey(asked: NewKey): Promise<{ keyId: string; apiKey: string }> {
    const { clientId, scopes, addresses = [], purpose } = asked;
    if (!(await getClient(clientId))) throw new PermanentError('CLIENT_NOT_FOUND', `there is no client "${clientId}"`);
    checkAddresses(addresses);
    const apiKey = newApiKey(random);
    const hash = await hashOf(apiKey);
    const made = { keyId: newKeyId(random), createdAt: timestamp() };
    const key: ApiKey = { clientId, scopes, addresses, ...(purpose && { purpose }), ...made };
    // The entry by id first: a key that works but is not listed could not be revoked.
    const entry = { ...entryPlace(clientId, key.keyId), hash: { S: hash } };
    await dynamo.send(new PutItemCommand({ TableName, Item: entry, ConditionExpression: 'attribute_not_exists(pk)' }));
    const Item = { ...keyPlace(hash), ...keyItem(key) };
    await dynamo.send(new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
    return { keyId: key.keyId, apiKey };
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

  /** From now on the key is refused, once cached verdicts have run out. A second time changes nothing. */
  async function revokeKey(clientId: string, keyId: string): Promise<void> {
    const Key = entryPlace(clientId, keyId);
    const { Item: entry } = await dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    const missing = new PermanentError('KEY_NOT_FOUND', `the client "${clientId}" has no key "${keyId}"`);
    if (!entry?.['hash']?.S) throw missing;
    await unless(
      missing.code,
      missing.message,
      dynamo.send(
        new UpdateItemCommand({
          TableName,
          Key: keyPlace(entry['hash'].S),
          UpdateExpression: 'SET revokedAt = if_not_exists(revokedAt, :now)',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':now': { S: timestamp() } },
        }),
      ),
    );
  }

  return { createKey, listKeys, revokeKey };
}

function withoutHash({ hash: _, ...key }: FoundKey): ApiKey {
  return key;
}
