/**
 * The clients of the service and their API keys, for operators: directly in the table, not through the API.
 */
import { randomBytes } from 'node:crypto';
import type { Nightly, Usage } from '../functions/adapters/clients/client-items.ts';
import type { OperatorKey } from '../functions/adapters/clients/operator-keys.ts';
import type { Scope } from '../functions/contracts/http/routes.ts';
import type { Purpose } from '../functions/domain/catalogue/client-settings.ts';
import { systemClock } from '../functions/runtime/clock.ts';
import { answered, clientOptions, TABLE } from './aws.ts';
import type { TableConnection } from './connection.ts';
import { CliError, EXIT, usage } from './errors.ts';
import { usageKey } from './usage-keys.ts';

export type Client = {
  readonly clientId: string;
  readonly name?: string | undefined;
  readonly enabledProfiles?: readonly string[] | undefined;
  readonly smallestGroup?: number | undefined;
  readonly nightly?: Nightly | undefined;
  readonly usage?: Usage | undefined;
  /** ISO 8601 instant. */
  readonly createdAt?: string | undefined;
};

export type ClientChanges = {
  readonly smallestGroup?: number | undefined;
  readonly nightly?: Nightly | undefined;
  readonly enabledProfiles?: readonly string[] | undefined;
  readonly purpose?: Purpose | 'none' | undefined;
  /** The plan of its requests. */
  readonly plan?: string | undefined;
};

export type KeyRecord = {
  readonly keyId: string;
  readonly scopes: readonly Scope[];
  /** CIDR blocks the key may be used from; empty: from anywhere. */
  readonly addresses: readonly string[];
  /** For a key with stricter rights than its client. */
  readonly purpose?: Purpose | undefined;
  readonly createdAt?: string | undefined;
  /** The key that made it, where no operator did. */
  readonly createdBy?: string | undefined;
  readonly revokedAt?: string | undefined;
};

export type ClientStore = {
  /** Rejects if the client exists. */
  createClient(client: {
    clientId: string;
    name: string;
    enabledProfiles: readonly string[];
    senders?: readonly string[];
  }): Promise<void>;
  /** Changes only the given fields. */
  setClient(clientId: string, settings: ClientChanges): Promise<void>;
  listClients(): Promise<readonly Client[]>;
  /** `apiKey` is shown only this once: the table keeps only its hash. */
  createKey(key: {
    clientId: string;
    scopes: readonly Scope[];
    addresses: readonly string[];
    purpose?: Purpose;
  }): Promise<{ keyId: string; apiKey: string }>;
  listKeys(clientId: string): Promise<readonly KeyRecord[]>;
  revokeKey(clientId: string, keyId: string): Promise<void>;
  /** `apiKey` is shown only this once. */
  createOperatorKey(addresses: readonly string[]): Promise<OperatorKey & { readonly apiKey: string }>;
  listOperatorKeys(): Promise<readonly OperatorKey[]>;
  revokeOperatorKey(keyId: string): Promise<void>;
};

/**
 * The one place where the command line uses the table.
 *
 * Reads need only the table. Creating a key also needs the secret of its hash, which is read only then.
 *
 * @throws {CliError} with the exit code that fits, from every function of the store
 */
export async function openClientStore(connection: TableConnection): Promise<ClientStore> {
  // Loaded here, because commands that never use the table should not wait for the SDK.
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const { openOperatorKeyStore } = await import('../functions/adapters/clients/operator-keys.ts');
  const { openClientStore: open } = await import('../functions/adapters/clients/client-store.ts');
  const { endpoint, region, table } = connection;
  const parts = {
    dynamo: new DynamoDBClient(clientOptions(region, endpoint)),
    table,
    hashOf: async (apiKey: string) => (await hashKey(connection)).apiKeyHash(apiKey),
    now: systemClock,
    random: randomBytes,
  };
  const store = open(parts);
  const operatorKeys = openOperatorKeyStore(parts);
  return {
    createClient: async (client) => void (await answered(TABLE, store.createClient(client))),
    setClient: async (clientId, { smallestGroup, nightly, enabledProfiles, purpose, plan }) => {
      if (plan !== undefined) {
        if (!(await answered(TABLE, store.getClient(clientId)))) throw noClient(clientId);
        await answered(TABLE, store.setUsage(clientId, await usageKey(connection, clientId, plan)));
      }
      if (smallestGroup !== undefined) await answered(TABLE, store.setSmallestGroup(clientId, smallestGroup));
      if (nightly) await answered(TABLE, store.setNightly(clientId, nightly));
      if (purpose) await answered(TABLE, store.setPurpose(clientId, purpose === 'none' ? undefined : purpose));
      if (enabledProfiles) await answered(TABLE, store.setEnabledProfiles(clientId, enabledProfiles));
    },
    listClients: () => answered(TABLE, store.listClients()),
    createKey: (key) => answered(TABLE, store.createKey(key)),
    listKeys: (clientId) => answered(TABLE, store.listKeys(clientId)),
    revokeKey: (clientId, keyId) => answered(TABLE, store.revokeKey(clientId, keyId)),
    createOperatorKey: (addresses) => answered(TABLE, operatorKeys.create(addresses)),
    listOperatorKeys: () => answered(TABLE, operatorKeys.list()),
    revokeOperatorKey: (keyId) => answered(TABLE, operatorKeys.revoke(keyId)),
  };
}

const noClient = (clientId: string) =>
  new CliError(`there is no client "${clientId}"`, 'see `owner-profiles clients list`', EXIT.notFound);

/** The hashes under the secret of the service. @throws {CliError} when it is not known */
export async function hashKey({ hashKeySecret, outputs, region }: TableConnection) {
  if (!hashKeySecret) {
    const hint = 'give --hash-key-secret, or --outputs of a stack, which name it HashKeySecretArn';
    throw usage('the secret of the key hashes is not known', hint);
  }
  const { openHashKey } = await import('../functions/adapters/hash-key.ts');
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const secrets = new SecretsManagerClient(clientOptions(region, outputs['SecretsManagerEndpoint']));
  const read = async (SecretId: string) => {
    const { SecretString, SecretBinary } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    return SecretString ?? SecretBinary ?? '';
  };
  return openHashKey(hashKeySecret, read)();
}
