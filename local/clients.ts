/** The two clients of the local service, to try everything, and to see that one cannot see the other's data. */
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

async function makeKeys({ endpoint, region, table, hashKey }: LocalClientsOptions): Promise<LocalClient[]> {
  // Needed at the first start only, so later ones do not wait for the SDK to load.
  const [{ DynamoDBClient }, { openClientStore }, { hashKeyOf }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('../functions/adapters/clients/client-store.ts'),
    import('../functions/adapters/hash-key.ts'),
  ]);
  const dynamo = new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const store = openClientStore({
    dynamo,
    table,
    hashOf: hashKeyOf(hashKey).apiKeyHash,
    now: Date.now,
    random: (bytes) => randomBytes(bytes),
  });
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
    dynamo.destroy();
  }
}
