/** The keys of the local clients: made once, and made again when an older version made them with fewer rights than there are now. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openClientStore } from '../../functions/adapters/clients/client-store.ts';
import { openFindOperatorKey } from '../../functions/adapters/clients/operator-keys.ts';
import { hashKeyOf } from '../../functions/adapters/hash-key.ts';
import { SCOPES } from '../../functions/contracts/http/routes.ts';
import { createLocalClients, createOperatorKey } from '../../local/clients.ts';
import { type Running, startProcess } from '../../local/process.ts';

const directory = mkdtempSync(join(tmpdir(), 'clients-'));
const file = join(directory, 'clients.json');
const table = 'items';
const region = 'eu-central-1';
const hashKey = 'k'.repeat(64);

let server: Running;
let dynamo: DynamoDBClient;
beforeAll(async () => {
  const script = new URL('../../local/dynamodb/main.ts', import.meta.url);
  server = await startProcess(script, { directory: join(directory, 'data'), port: 0 }, 'dynamodb');
  const credentials = { accessKeyId: 'stranger', secretAccessKey: 'any' };
  dynamo = new DynamoDBClient({ endpoint: server.endpoint, region, credentials });
  await dynamo.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
    }),
  );
});
afterAll(async () => {
  dynamo.destroy();
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

const start = () => createLocalClients({ file, endpoint: server.endpoint, region, table, hashKey });
const { apiKeyHash } = hashKeyOf(hashKey);
const scopesOf = async (apiKey: string) => {
  const store = openClientStore({ dynamo, table, hashOf: apiKeyHash, now: () => 0, random: Buffer.alloc });
  return (await store.findKey(apiKeyHash(apiKey)))?.scopes;
};

test('an operator has a key, the same at every start', async () => {
  const options = { file: join(directory, 'operator.json'), endpoint: server.endpoint, region, table, hashKey };
  const key = await createOperatorKey(options);
  expect(await openFindOperatorKey(dynamo, table)(apiKeyHash(key))).toMatchObject({ addresses: [] });
  expect(await createOperatorKey(options)).toBe(key);
});

test('every key may do everything, and is the same at every start', async () => {
  const clients = await start();
  expect(clients).toEqual([
    { ClientId: 'demo', ApiKey: expect.any(String) },
    { ClientId: 'demo-2', ApiKey: expect.any(String) },
  ]);
  for (const { ApiKey } of clients) expect(await scopesOf(ApiKey)).toEqual(SCOPES);
  expect(await start()).toEqual(clients);
});

test('a key that an older version made is replaced by one that may do more, and goes on to work', async () => {
  const older = (await start()).map(({ ClientId, ApiKey }) => ({ ClientId, ApiKey }));
  writeFileSync(file, JSON.stringify(older));
  const clients = await start();
  expect(clients.map(({ ClientId }) => ClientId)).toEqual(older.map(({ ClientId }) => ClientId));
  for (const [at, { ApiKey }] of clients.entries()) {
    expect(ApiKey).not.toBe(older[at]?.ApiKey);
    expect(await scopesOf(ApiKey)).toEqual(SCOPES);
    expect(await scopesOf(older[at]!.ApiKey)).toEqual(SCOPES);
  }
  expect(await start()).toEqual(clients);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveLength(2);
});
