/** The table server, driven by the real SDK: the stores depend on conditions that hold, also under races and after a kill. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { OWNERS_INDEX } from '../../functions/runtime/names.ts';
import { makeTable } from '../../local/dynamodb/tables.ts';
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

describe('a table with an index', () => {
  const input = {
    TableName: 'listed',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: ['pk', 'sk', OWNERS_INDEX.partition].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
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
  };
  const query = (rest: object) =>
    dynamo.send(
      new QueryCommand({
        TableName: 'listed',
        IndexName: OWNERS_INDEX.name,
        KeyConditionExpression: 'listedIn = :shard AND pk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':shard': { S: 'demo#1' }, ':from': { S: 'o1' }, ':to': { S: 'o8' } },
        ...rest,
      }),
    );

  test('lists by it, sorted, page by page, those items alone that have its attribute', async () => {
    await makeTable(server.endpoint, { name: 'listed', input });
    // Made already, by the same template: nothing to do.
    await makeTable(server.endpoint, { name: 'listed', input });
    for (const n of [3, 1, 9, 2]) {
      const Item = { ...key(`o${n}`), listedIn: { S: 'demo#1' }, owner: { S: `loan-${n}` }, profiles: { S: 'x' } };
      await dynamo.send(new PutItemCommand({ TableName: 'listed', Item }));
    }
    await dynamo.send(new PutItemCommand({ TableName: 'listed', Item: key('o4') }));
    const listed = (n: number) => ({ ...key(`o${n}`), listedIn: { S: 'demo#1' }, owner: { S: `loan-${n}` } });
    const first = await query({ Limit: 2 });
    expect(first.Items).toEqual([listed(1), listed(2)]);
    const second = await query({ Limit: 2, ExclusiveStartKey: first.LastEvaluatedKey });
    expect(second.Items).toEqual([listed(3)]);
    expect(await query({ Select: 'COUNT' })).toMatchObject({ Count: 3 });

    // Erased: the item is there, without the attribute.
    await dynamo.send(new PutItemCommand({ TableName: 'listed', Item: key('o2') }));
    expect((await query({})).Items).toEqual([listed(1), listed(3)]);
  });

  test('that an older version made without it stops the start, and says what to do', async () => {
    const { GlobalSecondaryIndexes: _, ...without } = input;
    const older = { ...without, TableName: 'older', AttributeDefinitions: input.AttributeDefinitions.slice(0, 2) };
    await makeTable(server.endpoint, { name: 'older', input: older });
    await expect(
      makeTable(server.endpoint, { name: 'older', input: { ...input, TableName: 'older' } }),
    ).rejects.toThrow(
      'this data directory was made by an older version: its table has no index "owners", and none can be added. ' +
        'Set DATA_DIR to a new directory, or remove this one, and send the imports again',
    );
  });
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

test('what was deleted is gone from the files once the server has stopped', async () => {
  const needle = 'an owner who was erased';
  const held = () =>
    readdirSync(join(directory, 'data'), { recursive: true, encoding: 'utf8' }).filter((name) => {
      const path = join(directory, 'data', name);
      return statSync(path).isFile() && readFileSync(path).includes(needle);
    });
  const Item = { ...key('erased'), owner: { S: needle } };
  await dynamo.send(new PutItemCommand({ TableName, Item }));
  expect(held()).not.toEqual([]);
  await dynamo.send(new PutItemCommand({ TableName, Item: key('erased') }));
  await dynamo.send(new PutItemCommand({ TableName, Item: { ...Item, ...key('deleted') } }));
  await dynamo.send(new DeleteItemCommand({ TableName, Key: key('deleted') }));
  dynamo.destroy();
  await server.close();
  expect(held()).toEqual([]);
  server = await start();
  dynamo = clientOf(server);
  expect(await outcome(dynamo.send(new GetItemCommand({ TableName, Key: key('erased') })))).toBe('done');
});
