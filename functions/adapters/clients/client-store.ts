/**
 * Clients and their API keys as operators make and change them. A key's text is shown once and kept nowhere: the table holds its
 * keyed hash.
 */
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Scope } from '../../contracts/http/routes.ts';
import type { Clock } from '../../runtime/clock.ts';
import { PermanentError } from '../../runtime/errors.ts';
import { conditionHeld } from '../dynamodb/condition-held.ts';
import { everyItem } from '../dynamodb/every-item.ts';
import { isAddressBlock } from './addresses.ts';
import { newApiKey, newKeyId, type Randomness } from './api-key.ts';
import { type ApiKey, type Client, clientItem, clientPlace, entryPlace, keyItem, keyPlace } from './client-items.ts';
import { type FoundKey, openClients } from './clients.ts';

export type NewClient = {
  readonly clientId: string;
  readonly name?: string;
  readonly enabledProfiles?: readonly string[];
  /** CIDR blocks that requests may come from; none: from anywhere. */
  readonly addresses?: readonly string[];
  /** Principals whose messages are taken, as SQS names them (`AIDA…`, `AROA…`, `AROA…:session`); none: whoever may send. */
  readonly senders?: readonly string[];
};
export type NewKey = {
  readonly clientId: string;
  readonly scopes: readonly Scope[];
  readonly addresses?: readonly string[];
};

export type ClientStoreParts = {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  readonly hashOf: (apiKey: string) => string | Promise<string>;
  readonly now: Clock;
  readonly random: Randomness;
};
export type ClientStore = ReturnType<typeof openClientStore>;

const CLIENT_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** Unique ids of principals (IAM user guide, "IAM identifiers"), as SQS gives them in SenderId. */
const SENDER = /^(A[A-Z0-9]{15,127}(:[\w+=,.@-]{1,64})?|\d{12})$/;

export function openClientStore({ dynamo, table: TableName, hashOf, now, random }: ClientStoreParts) {
  const clients = openClients(dynamo, TableName);
  const { getClient, findKey } = clients;
  const timestamp = () => new Date(now()).toISOString();

  /** @throws PermanentError INVALID_CLIENT_ID, INVALID_ADDRESS, INVALID_SENDER, CLIENT_EXISTS */
  async function createClient(asked: NewClient): Promise<Client> {
    if (!CLIENT_ID.test(asked.clientId)) {
      throw new PermanentError(
        'INVALID_CLIENT_ID',
        'a client id has 1 to 63 of a-z, 0-9 and hyphens and does not begin with a hyphen',
      );
    }
    checkAddresses(asked.addresses);
    checkSenders(asked.senders);
    const client: Client = {
      clientId: asked.clientId,
      name: asked.name ?? asked.clientId,
      enabled: true,
      enabledProfiles: [...new Set(asked.enabledProfiles)].sort(),
      addresses: asked.addresses ?? [],
      ...(asked.senders?.length && { senders: [...new Set(asked.senders)].sort() }),
      createdAt: timestamp(),
    };
    const Item = { ...clientPlace(asked.clientId), ...clientItem(client) };
    await unless(
      'CLIENT_EXISTS',
      `there is a client "${asked.clientId}" already`,
      dynamo.send(new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
    );
    return client;
  }

  /** Which sensitive profiles the client has turned on, from now on. */
  async function setEnabledProfiles(clientId: string, profiles: readonly string[]): Promise<void> {
    const enabled = [...new Set(profiles)].sort().map((S) => ({ S }));
    await changeClient(clientId, 'enabledProfiles', { L: enabled });
  }

  /** All keys of a client that is not enabled are refused. */
  async function setEnabled(clientId: string, enabled: boolean): Promise<void> {
    await changeClient(clientId, 'enabled', { BOOL: enabled });
  }

  async function changeClient(clientId: string, attribute: string, value: AttributeValue): Promise<void> {
    await unless(
      'CLIENT_NOT_FOUND',
      `there is no client "${clientId}"`,
      dynamo.send(
        new UpdateItemCommand({
          TableName,
          Key: clientPlace(clientId),
          UpdateExpression: 'SET #attribute = :value',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#attribute': attribute },
          ExpressionAttributeValues: { ':value': value },
        }),
      ),
    );
  }

  /** A new key. Its text is in the answer and nowhere else, ever. */
  async function createKey({ clientId, scopes, addresses = [] }: NewKey): Promise<{ keyId: string; apiKey: string }> {
    if (!(await getClient(clientId))) throw new PermanentError('CLIENT_NOT_FOUND', `there is no client "${clientId}"`);
    checkAddresses(addresses);
    const apiKey = newApiKey(random);
    const hash = await hashOf(apiKey);
    const key: ApiKey = { clientId, keyId: newKeyId(random), scopes, addresses, createdAt: timestamp() };
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
    // An entry without its key is what a creation leaves that was cut short: nobody was ever given the text.
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

  return {
    ...clients,
    createClient,
    setEnabledProfiles,
    setEnabled,
    createKey,
    listKeys,
    revokeKey,
  };
}

function withoutHash({ hash: _, ...key }: FoundKey): ApiKey {
  return key;
}

/** An address that cannot be read would lock the client out silently. */
function checkAddresses(addresses: readonly string[] = []): void {
  const odd = addresses.find((address) => !isAddressBlock(address));
  if (odd !== undefined) {
    throw new PermanentError('INVALID_ADDRESS', `"${odd}" is no address and no CIDR block such as 203.0.113.0/24`);
  }
}

/** One that cannot be the id of a principal, such as an ARN, would stop every import of the client. */
function checkSenders(senders: readonly string[] = []): void {
  const odd = senders.find((sender) => !SENDER.test(sender));
  if (odd !== undefined) {
    const forms = 'the id of a user (AIDA…), a role (AROA…), a session of it (AROA…:session), or an account';
    throw new PermanentError('INVALID_SENDER', `"${odd}" is not ${forms}`);
  }
}

/** @throws PermanentError with this code when the condition of the write did not hold */
async function unless(code: string, detail: string, sent: Promise<unknown>): Promise<void> {
  if (!(await conditionHeld(sent))) throw new PermanentError(code, detail);
}
