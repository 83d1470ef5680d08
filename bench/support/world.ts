/** The servers that functions use during a benchmark: a table behind a counting proxy, and the secret of the hashes. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { openClientStore } from '../../functions/adapters/clients/client-store.ts';
import { hashKeyOf } from '../../functions/adapters/hash-key.ts';
import { openRefusedImports } from '../../functions/adapters/imports/refused-imports.ts';
import type { OwnerKey } from '../../functions/adapters/owners/owner-key.ts';
import { openOwnerStore } from '../../functions/adapters/owners/owner-store.ts';
import { ENV, OWNERS_INDEX } from '../../functions/runtime/names.ts';
import { startProcess } from '../../local/process.ts';
import { startSecrets } from '../../local/secrets/server.ts';
import { startSqs } from '../../local/sqs/server.ts';
import { scratch } from './bundle.ts';
import { startCountingProxy } from './counting-proxy.ts';

const TABLE = 'bench';
const SECRET = 'bench-hash-key';
const KEY = 'a key of the benchmarks, of more than thirty-two letters';
const REGION = 'eu-central-1';
const ACCOUNT = '000000000000';
const CREDENTIALS = { accessKeyId: 'bench', secretAccessKey: 'bench' };
export const CLIENT = 'demo';
export const RETENTION_MONTHS = 144;

let worlds = 0;

export async function startWorld() {
  const folder = scratch(`world-${worlds++}`);
  // A separate process: the table's work must not count as ours, nor block it.
  const server = await startProcess(new URL('../children/table.ts', import.meta.url), {}, 'the table');
  const table = await startCountingProxy(server.endpoint);
  const secrets = await startSecrets({
    file: join(folder, 'secrets.json'),
    secrets: [{ name: SECRET, arn: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${SECRET}`, value: KEY }],
    port: 0,
  });
  const dynamo = new DynamoDBClient({
    endpoint: server.endpoint,
    region: REGION,
    credentials: CREDENTIALS,
  });
  await createTable(dynamo);
  const queues = await startQueues(join(folder, 'queues.db'));
  const hashes = hashKeyOf(KEY);
  const clients = openClientStore({
    dynamo,
    table: TABLE,
    hashOf: hashes.apiKeyHash,
    now: Date.now,
    random: randomBytes,
  });
  await clients.createClient({ clientId: CLIENT, name: 'Benchmarks' });

  return {
    dynamo,
    tableName: TABLE,
    counts: table.take,
    answerAfter: table.answerAfter,
    /** Past the proxy: data written before a measurement does not count. */
    store: openOwnerStore(dynamo, TABLE, hashes.hashOf, { clock: Date.now, retentionMonths: RETENTION_MONTHS }),
    refused: openRefusedImports(dynamo, TABLE),
    ownerKey: (ownerExternalId: string): OwnerKey => ({
      clientId: CLIENT,
      hash: hashes.ownerKey(CLIENT, ownerExternalId),
      externalId: ownerExternalId,
    }),
    /** Environment of a function; `counted: false` goes past the proxy. */
    environment: (counted = true): Record<string, string> => ({
      [ENV.table]: TABLE,
      [ENV.hashKeySecret]: SECRET,
      [ENV.retentionMonths]: String(RETENTION_MONTHS),
      [ENV.importQueue]: 'http://127.0.0.1:9/import',
      [ENV.parkedQueue]: 'http://127.0.0.1:9/parked',
      [ENV.changeQueue]: queues.url('changes'),
      [ENV.webhookQueue]: queues.url('webhooks'),
      AWS_ENDPOINT_URL_SQS: queues.endpoint,
      [ENV.payloadBucket]: 'bench',
      [ENV.stage]: 'bench',
      POWERTOOLS_SERVICE_NAME: 'bench',
      POWERTOOLS_METRICS_NAMESPACE: 'bench',
      POWERTOOLS_LOG_LEVEL: 'INFO',
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_ENDPOINT_URL_DYNAMODB: counted ? table.endpoint : server.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
      AWS_LAMBDA_FUNCTION_NAME: 'bench',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769',
    }),
    close: async () => {
      dynamo.destroy();
      await Promise.all([table.close(), secrets.close(), queues.close()]);
      await server.close();
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

/** Where an import that changes an owner's list sends the change. */
async function startQueues(file: string) {
  const server = await startSqs({ file, port: 0, region: REGION, account: ACCOUNT });
  const sqs = new SQSClient({ endpoint: server.endpoint, region: REGION, credentials: CREDENTIALS });
  for (const QueueName of ['changes', 'webhooks']) await sqs.send(new CreateQueueCommand({ QueueName }));
  sqs.destroy();
  return {
    endpoint: server.endpoint,
    url: (name: string) => `${server.endpoint}/${ACCOUNT}/${name}`,
    close: () => server.close(),
  };
}

async function createTable(dynamo: DynamoDBClient): Promise<void> {
  await dynamo.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        { AttributeName: OWNERS_INDEX.partition, AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: OWNERS_INDEX.name,
          KeySchema: [
            { AttributeName: OWNERS_INDEX.partition, KeyType: 'HASH' },
            { AttributeName: 'pk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [OWNERS_INDEX.owner] },
        },
      ],
    }),
  );
  await waitUntilTableExists({ client: dynamo, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { TableName: TABLE });
}
