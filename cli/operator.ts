/**
 * The clients of the service and their API keys, as operators keep them: straight in the table, not through the API.
 */
import { randomBytes } from 'node:crypto';
import type { Scope } from '../functions/contracts/http/routes.ts';
import { clientOptions } from './aws.ts';
import type { TableConnection } from './connection.ts';
import { CliError, EXIT, type ExitCode, messageOf, usage } from './errors.ts';

export type Client = {
  readonly clientId: string;
  readonly name?: string | undefined;
  readonly enabledProfiles?: readonly string[] | undefined;
  /** ISO 8601 instant. */
  readonly createdAt?: string | undefined;
};

export type KeyRecord = {
  readonly keyId: string;
  readonly scopes: readonly Scope[];
  /** CIDR blocks the key may be used from; empty: from anywhere. */
  readonly addresses: readonly string[];
  readonly createdAt?: string | undefined;
  readonly revokedAt?: string | undefined;
};

export type ClientStore = {
  /** Rejects when the client exists. */
  createClient(client: {
    clientId: string;
    name: string;
    enabledProfiles: readonly string[];
    senders?: readonly string[];
  }): Promise<void>;
  listClients(): Promise<readonly Client[]>;
  /** `apiKey` is told this once: the table keeps only its hash. */
  createKey(key: {
    clientId: string;
    scopes: readonly Scope[];
    addresses: readonly string[];
  }): Promise<{ keyId: string; apiKey: string }>;
  listKeys(clientId: string): Promise<readonly KeyRecord[]>;
  revokeKey(clientId: string, keyId: string): Promise<void>;
};

/**
 * The one place where the command line meets the table.
 *
 * Reads need the table alone. Making a key needs the secret of its hash too, which is read only then.
 *
 * @throws {CliError} with the exit code that fits, from every function of the store
 */
export async function openClientStore(connection: TableConnection): Promise<ClientStore> {
  // Loaded here, for commands that never touch the table should not wait for the SDK.
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const { openClientStore: open } = await import('../functions/adapters/clients/client-store.ts');
  const { endpoint, region, table } = connection;
  const store = open({
    dynamo: new DynamoDBClient(clientOptions(region, endpoint)),
    table,
    hashOf: async (apiKey) => (await hashKey(connection)).apiKeyHash(apiKey),
    now: Date.now,
    random: randomBytes,
  });
  return {
    createClient: async (client) => void (await told(store.createClient(client))),
    listClients: () => told(store.listClients()),
    createKey: (key) => told(store.createKey(key)),
    listKeys: (clientId) => told(store.listKeys(clientId)),
    revokeKey: (clientId, keyId) => told(store.revokeKey(clientId, keyId)),
  };
}

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

const EXIT_BY_CODE: Readonly<Record<string, ExitCode>> = {
  CLIENT_NOT_FOUND: EXIT.notFound,
  KEY_NOT_FOUND: EXIT.notFound,
  INVALID_CLIENT_ID: EXIT.usage,
  INVALID_ADDRESS: EXIT.usage,
  INVALID_SENDER: EXIT.usage,
};

/** Passes the answer on; what goes wrong becomes a sentence. */
export async function told<Answer>(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CliError) throw error;
    const { code, name } = error as { code?: string; name?: string };
    if (name === 'AccessDeniedException' || name === 'UnrecognizedClientException') {
      throw new CliError(
        `AWS refuses: ${messageOf(error)}`,
        'use credentials that may work on the table',
        EXIT.refused,
      );
    }
    if (name === 'ResourceNotFoundException')
      throw new CliError('there is no such table', 'is --table right, and --region?');
    // A connection that fails tells nothing but its code.
    const reason = messageOf(error) || code || name || 'unknown';
    throw new CliError(reason, undefined, EXIT_BY_CODE[code ?? ''] ?? EXIT.failed);
  }
}
