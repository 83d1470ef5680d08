/** The table in memory against dynalite: the same commands, drawn at random, must have the same outcome. */
import {
  type AttributeValue,
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { fc, test as property } from '@fast-check/jest';
import { jest } from '@jest/globals';
import { ownTable } from '../functions/support/table.ts';
import { type Command, MemoryTable } from './table.ts';

const real = ownTable();
let runs = 0;
jest.setTimeout(240_000);

const SORTS = [
  'answer',
  'page#2026-10#a',
  'page#2026-11#a',
  'page#2026-11#b',
  'page#2026-12#',
  'part#2026-11#a#x#0',
  'part#2026-11#a#x#1',
];
const sort = fc.constantFrom(...SORTS);
const revision = fc.integer({ min: 1, max: 3 });
/** Now and then so large that a query needs several pages, or that no item may be so large. */
const body = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 40 }) },
  fc.constantFrom(380_000, 408_000, 410_000),
);
type On = 'none' | 'absent' | number | { behind: number };
const condition: fc.Arbitrary<On> = fc.oneof(
  fc.constantFrom('none', 'absent'),
  revision,
  fc.record({ behind: revision }),
);

type Step =
  | { kind: 'put'; sort: string; revision: number; bytes: number; on: On }
  | { kind: 'delete'; sort: string; on: On }
  | { kind: 'get'; sort: string }
  | { kind: 'between'; from: string; to: string; project: boolean }
  | { kind: 'prefix'; prefix: string; project: boolean }
  | { kind: 'batch'; sorts: string[] };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('put' as const), sort, revision, bytes: body, on: condition }),
  },
  fc.record({ kind: fc.constant('delete' as const), sort, on: condition }),
  fc.record({ kind: fc.constant('get' as const), sort }),
  fc.tuple(sort, sort, fc.boolean()).map(([a, b, project]) => {
    const [from, to] = [a, b].sort() as [string, string];
    return { kind: 'between' as const, from, to, project };
  }),
  fc.record({
    kind: fc.constant('prefix' as const),
    prefix: fc.constantFrom('page#', 'part#', 'a', 'page#2026-11'),
    project: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('batch' as const), sorts: fc.uniqueArray(sort, { minLength: 1 }) }),
);

function standsOn(on: On) {
  if (on === 'none') return {};
  if (on === 'absent') return { ConditionExpression: 'attribute_not_exists(revision)' };
  if (typeof on === 'object') {
    return {
      ConditionExpression: 'attribute_not_exists(revision) OR #position < :position',
      ExpressionAttributeNames: { '#position': 'position' },
      ExpressionAttributeValues: { ':position': { N: String(on.behind) } },
    };
  }
  return {
    ConditionExpression: 'revision = :revision',
    ExpressionAttributeValues: { ':revision': { N: String(on) } },
  };
}

function commandOf(drawn: Step, pk: AttributeValue, start?: Record<string, AttributeValue>): Command {
  const TableName = real.table;
  const query = (expression: string, values: Record<string, string>, project: boolean) =>
    new QueryCommand({
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: `pk = :pk AND ${expression}`,
      ExpressionAttributeValues: {
        ':pk': pk,
        ...Object.fromEntries(Object.entries(values).map(([name, S]) => [name, { S }])),
      },
      ...(project && { ProjectionExpression: 'sk, parts, #r', ExpressionAttributeNames: { '#r': 'revision' } }),
      ExclusiveStartKey: start,
    });
  switch (drawn.kind) {
    case 'put': {
      const Item = {
        pk,
        sk: { S: drawn.sort },
        revision: { N: String(drawn.revision) },
        position: { N: String(drawn.revision) },
        known: { BOOL: drawn.bytes % 2 === 0 },
        parts: { S: 'x' },
        profiles: { L: [{ S: 'traveller' }] },
        validUntil: { NULL: true },
        body: { B: new Uint8Array(drawn.bytes) },
      } satisfies Record<string, AttributeValue>;
      return new PutItemCommand({ TableName, Item, ...standsOn(drawn.on) });
    }
    case 'delete':
      return new DeleteItemCommand({ TableName, Key: { pk, sk: { S: drawn.sort } }, ...standsOn(drawn.on) });
    case 'get':
      return new GetItemCommand({ TableName, Key: { pk, sk: { S: drawn.sort } }, ConsistentRead: true });
    case 'between':
      return query('sk BETWEEN :from AND :to', { ':from': drawn.from, ':to': drawn.to }, drawn.project);
    case 'prefix':
      return query('begins_with(sk, :prefix)', { ':prefix': drawn.prefix }, drawn.project);
    case 'batch': {
      const Keys = drawn.sorts.map((S) => ({ pk, sk: { S } }));
      return new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } });
    }
  }
}

type Answered = Record<string, unknown> & { LastEvaluatedKey?: Record<string, AttributeValue> };

/** A command's answer, queries to their last page; a refusal is an answer as well. */
async function outcome(
  send: (command: Command) => Promise<Answered>,
  drawn: Step,
  pk: AttributeValue,
): Promise<unknown> {
  const items: unknown[] = [];
  let start: Record<string, AttributeValue> | undefined;
  try {
    do {
      const answer = await send(commandOf(drawn, pk, start));
      items.push(...((answer['Items'] ?? []) as unknown[]));
      if (drawn.kind === 'get') items.push(answer['Item']);
      if (drawn.kind === 'batch') items.push(...inOrder((answer['Responses'] as Record<string, object[]>)[real.table]));
      start = answer.LastEvaluatedKey;
    } while (start);
  } catch (error) {
    return (error as Error).name;
  }
  return items.map((item) => JSON.stringify(item, bytesAsLength));
}

const inOrder = (items: readonly object[] = []) => [...items].sort((a, b) => (sortOf(a) < sortOf(b) ? -1 : 1));
const sortOf = (item: object) => String((item as { sk: { S: string } }).sk.S);

function bytesAsLength(key: string, value: unknown): unknown {
  if (key === 'B') return (value as Uint8Array).length;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

property.prop([fc.array(step, { minLength: 5, maxLength: 25 })], { numRuns: 40 })(
  'every command has the outcome that it has with dynalite',
  async (steps) => {
    const memory = new MemoryTable();
    const pk = { S: `run-${++runs}` };
    for (const drawn of steps) {
      const expected = await outcome((command) => send(real.dynamo, command), drawn, pk);
      expect([drawn, await outcome(async (command) => memory.apply(command), drawn, pk)]).toEqual([drawn, expected]);
    }
  },
);

const send = (dynamo: DynamoDBClient, command: Command) =>
  dynamo.send(command as GetItemCommand) as Promise<unknown> as Promise<Answered>;

test('what it does not know is refused', () => {
  const memory = new MemoryTable();
  const Item = { pk: { S: 'a' }, sk: { S: 'b' } };
  const put = new PutItemCommand({ TableName: 't', Item, ConditionExpression: 'size(body) > :n' });
  expect(() => memory.apply(put)).toThrow('does not know the condition');
  expect(() => memory.apply(new QueryCommand({ TableName: 't', KeyConditionExpression: 'pk > :pk' }))).toThrow(
    'does not know the key condition',
  );
});

test('a read that is not consistent may lack the last writes of its partition, all in one sight', () => {
  const memory = new MemoryTable();
  const pk = { S: 'a' };
  const put = (sk: string, revision: number) =>
    memory.apply(
      new PutItemCommand({ TableName: 't', Item: { pk, sk: { S: sk }, revision: { N: String(revision) } } }),
    );
  const query = (ConsistentRead: boolean) =>
    new QueryCommand({
      TableName: 't',
      ConsistentRead,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
    });
  const batch = (ConsistentRead: boolean) =>
    new BatchGetItemCommand({
      RequestItems: { t: { Keys: ['x', 'y'].map((S) => ({ pk, sk: { S } })), ConsistentRead } },
    });
  const get = (ConsistentRead: boolean) =>
    new GetItemCommand({ TableName: 't', Key: { pk, sk: { S: 'x' } }, ConsistentRead });
  const revisions = (items: unknown) =>
    (items as Record<string, AttributeValue>[]).map(({ sk, revision }) => `${sk?.S}${revision?.N}`);
  const seen = (consistent: boolean, behind: number) => [
    revisions(memory.apply(query(consistent), behind)['Items']),
    revisions((memory.apply(batch(consistent), behind)['Responses'] as Record<string, unknown>)['t']),
    revisions([memory.apply(get(consistent), behind)['Item'] ?? {}]),
  ];
  put('x', 1);
  put('y', 1);
  put('x', 2);
  memory.apply(new DeleteItemCommand({ TableName: 't', Key: { pk, sk: { S: 'y' } } }));
  const now = [['x2'], ['x2'], ['x2']];
  expect(seen(true, 4)).toEqual(now);
  expect(seen(false, 0)).toEqual(now);
  expect(seen(false, 1)).toEqual([['x2', 'y1'], ['x2', 'y1'], ['x2']]);
  expect(seen(false, 2)).toEqual([['x1', 'y1'], ['x1', 'y1'], ['x1']]);
  expect(seen(false, 3)).toEqual([['x1'], ['x1'], ['x1']]);
  expect(seen(false, 9)).toEqual([[], [], ['undefinedundefined']]);
});
