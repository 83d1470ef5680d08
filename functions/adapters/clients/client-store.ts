/** Clients as operators make and change them, with their API keys (key-store.ts). */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PermanentError } from '../../runtime/errors.ts';
import { unless } from '../dynamodb/condition-held.ts';
import { checkAddresses } from './addresses.ts';
import { openClientChanges } from './client-changes.ts';
import { type Client, clientItem, clientPlace } from './client-items.ts';
import { openClients } from './clients.ts';
import { type KeyStoreParts, openKeyStore } from './key-store.ts';

export type NewClient = {
  readonly clientId: string;
  readonly name?: string;
  readonly enabledProfiles?: readonly string[];
  /** CIDR blocks that requests may come from; none: from anywhere. */
  readonly addresses?: readonly string[];
  /** Principals whose messages are taken, as SQS names them (`AIDA…`, `AROA…`, `AROA…:session`); none: everyone who may send. */
  readonly senders?: readonly string[];
};
export type ClientStore = ReturnType<typeof openClientStore>;

const CLIENT_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** Unique ids of principals (IAM user guide, "IAM identifiers"), as SQS gives them in SenderId. */
const SENDER = /^(A[A-Z0-9]{15,127}(:[\w+=,.@-]{1,64})?|\d{12})$/;

export function openClientStore(parts: KeyStoreParts) {
  const { dynamo, table: TableName, now } = parts;
  const clients = openClients(dynamo, TableName);
  const { listClient, ...changes } = openClientChanges(dynamo, TableName);
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
    // The list first: an entry without its client does no harm, a client without its entry would be skipped.
    await listClient(asked.clientId);
    const Item = { ...clientPlace(asked.clientId), ...clientItem(client) };
    await unless(
      'CLIENT_EXISTS',
      `there is a client "${asked.clientId}" already`,
      dynamo.send(new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
    );
    return client;
  }

  return {
    ...clients,
    createClient,
    ...changes,
    ...openKeyStore(parts, clients),
  };
}

/** One that cannot be the id of a principal, such as an ARN, would stop every import of the client. */
function checkSenders(senders: readonly string[] = []): void {
  const odd = senders.find((sender) => !SENDER.test(sender));
  if (odd !== undefined) {
    const forms = 'the id of a user (AIDA…), a role (AROA…), a session of it (AROA…:session), or an account';
    throw new PermanentError('INVALID_SENDER', `"${odd}" is not ${forms}`);
  }
}
