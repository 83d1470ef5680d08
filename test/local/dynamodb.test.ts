/** The table server, driven by the real SDK: what the stores stand on are conditions that hold, also among rivals and after a kill. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Running } from '../../local/process.ts';
import { startProcess } from '../../local/process.ts';

const directory = mkdtempSync(join(tmpdir(), 'dynamodb-'));
const script = new URL('../../local/dynamodb/main.ts', import.meta.url);
const start = () => startProcess(script, { directory: join(directory, 'data'), port: 0 }, 'dynamodb');
const clientOf = ({ endpoint }: Running) =>
  new DynamoDBClient({
    endpoint,
    region: 'eu-central-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'stranger', secretAccessKey: 'any' },
  });
const TableName = 'items';
const key = (name: string) => ({ pk: { S: name }, sk: { S: 'x' } });

let server: Running;
let dynamo: DynamoDBClient;
beforeAll(async () => {
  server = await start();
  dynamo = clientOf(server);
  await dynamo.send(
    new CreateTableCommand({
      TableName,
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

const outcome = (sending: Promise<unknown>) =>
  sending.then(
    () => 'done',
    (error: Error) => error.name,
  );
const create = (name: string) =>
  outcome(
    dynamo.send(
      new PutItemCommand({
        TableName,
        Item: { ...key(name), revision: { N: '0' } },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
const standing = (revision: number) => ({
  ConditionExpression: 'revision = :r',
  ExpressionAttributeValues: { ':r': { N: String(revision) } },
});
const revisionOf = async (name: string) =>
  (await dynamo.send(new GetItemCommand({ TableName, Key: key(name), ConsistentRead: true }))).Item?.['revision']?.N;

test('of rivals that create or replace on the same revision, one wins', async () => {
  const refused = Array.from({ length: 19 }, () => 'ConditionalCheckFailedException');
  expect((await Promise.all(Array.from({ length: 20 }, () => create('a')))).sort()).toEqual([...refused, 'done']);
  for (let revision = 0; revision < 5; revision += 1) {
    const replace = () =>
      outcome(
        dynamo.send(
          new PutItemCommand({
            TableName,
            Item: { ...key('a'), revision: { N: String(revision + 1) } },
            ...standing(revision),
          }),
        ),
      );
    expect((await Promise.all(Array.from({ length: 20 }, replace))).sort()).toEqual([...refused, 'done']);
  }
  expect(await revisionOf('a')).toBe('5');
});

test('updates and deletes keep to their condition too', async () => {
  await create('b');
  const update = (revision: number) =>
    outcome(
      dynamo.send(
        new UpdateItemCommand({
          TableName,
          Key: key('b'),
          UpdateExpression: 'SET revision = :next',
          ConditionExpression: 'revision = :r',
          ExpressionAttributeValues: { ':r': { N: String(revision) }, ':next': { N: String(revision + 1) } },
        }),
      ),
    );
  const remove = (revision: number) =>
    outcome(dynamo.send(new DeleteItemCommand({ TableName, Key: key('b'), ...standing(revision) })));
  expect(await update(7)).toBe('ConditionalCheckFailedException');
  expect(await update(0)).toBe('done');
  expect(await remove(0)).toBe('ConditionalCheckFailedException');
  expect(await revisionOf('b')).toBe('1');
  expect(await remove(1)).toBe('done');
  expect(await revisionOf('b')).toBeUndefined();
});

test('what was acknowledged survives a kill, and the store opens again at once', async () => {
  const acknowledged: string[] = [];
  await Promise.all(
    Array.from({ length: 200 }, async (_, n) => {
      if ((await create(`k${n}`)) !== 'done') return;
      acknowledged.push(`k${n}`);
      if (acknowledged.length === 60) server.kill();
    }),
  );
  await server.ended;
  dynamo.destroy();
  server = await start();
  dynamo = clientOf(server);
  const revisions = await Promise.all(acknowledged.map(revisionOf));
  expect(acknowledged.length).toBeGreaterThanOrEqual(60);
  expect(revisions.filter((revision) => revision !== '0')).toEqual([]);
});
