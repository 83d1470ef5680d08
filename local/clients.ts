/** The two clients of the local service, to try everything, and to see that one cannot see the other's data; and an operator. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { SCOPES } from '../functions/contracts/http/routes.ts';
import { writePrivately } from './files.ts';

export type LocalClient = { readonly ClientId: string; readonly ApiKey: string };

/** As in the file, with the key's scopes: older versions wrote none. */
type Kept = LocalClient & { readonly Scopes?: readonly string[] };

export type LocalClientsOptions = {
  /** Where the keys are kept: the table has only their hashes. */
  readonly file: string;
  readonly endpoint: string;
  readonly region: string;
  readonly table: string;
  /** Value of the secret under which keys are hashed. */
  readonly hashKey: string;
};

const CLIENT_IDS = ['demo', 'demo-2'];

/**
 * The clients, each with a key that may do everything. If an older version made the key with fewer rights, another one is made;
 * the old one keeps working.
 */
export async function createLocalClients(options: LocalClientsOptions): Promise<LocalClient[]> {
  const { file } = options;
  const kept: readonly Kept[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  if (kept.length > 0 && kept.every(({ Scopes }) => SCOPES.every((scope) => Scopes?.includes(scope))))
    return kept.map(({ ClientId, ApiKey }) => ({ ClientId, ApiKey }));
  const clients = await makeKeys(options);
  writePrivately(
    file,
    `${JSON.stringify(
      clients.map((client) => ({ ...client, Scopes: SCOPES })),
      null,
      2,
    )}\n`,
  );
  return clients;
}

/** The key of an operator, made at the first start. */
export async function createOperatorKey(options: LocalClientsOptions): Promise<string> {
  const { file } = options;
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).ApiKey;
  const { openOperatorKeyStore } = await import('../functions/adapters/clients/operator-keys.ts');
  const parts = await openParts(options);
  try {
    const { apiKey } = await openOperatorKeyStore(parts).create([]);
    writePrivately(file, `${JSON.stringify({ ApiKey: apiKey })}\n`);
    return apiKey;
  } finally {
    parts.dynamo.destroy();
  }
}

/** Needed at the first start only: later ones do not wait for the SDK to load. */
async function openParts({ endpoint, region, table, hashKey }: LocalClientsOptions) {
  const [{ DynamoDBClient }, { hashKeyOf }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('../functions/adapters/hash-key.ts'),
  ]);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return {
    dynamo: new DynamoDBClient({ endpoint, region, credentials }),
    table,
    hashOf: hashKeyOf(hashKey).apiKeyHash,
    now: Date.now,
    random: (bytes: number) => randomBytes(bytes),
  };
}

async function makeKeys(options: LocalClientsOptions): Promise<LocalClient[]> {
  const { openClientStore } = await import('../functions/adapters/clients/client-store.ts');
  const parts = await openParts(options);
  const store = openClientStore(parts);
  try {
    const clients: LocalClient[] = [];
    for (const clientId of CLIENT_IDS) {
      // An interrupted start stored the client but showed nobody its key: it gets another.
      if (!(await store.getClient(clientId))) await store.createClient({ clientId, name: `Local client ${clientId}` });
      const { apiKey } = await store.createKey({ clientId, scopes: SCOPES });
      clients.push({ ClientId: clientId, ApiKey: apiKey });
    }
    return clients;
  } finally {
    parts.dynamo.destroy();
  }
}
