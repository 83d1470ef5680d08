/** Functions in processes of their own, and their feed from a queue. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callAws } from '../../local/aws-json.ts';
import { openLogs } from '../../local/functions/log.ts';
import { startPoller } from '../../local/functions/poller.ts';
import type { Pool } from '../../local/functions/pool.ts';
import { openPool } from '../../local/functions/pool.ts';
import { prettyLine } from '../../local/functions/pretty.ts';
import type { Outcome } from '../../local/functions/protocol.ts';
import { failedIds, splitByPayload } from '../../local/functions/records.ts';
import { drained } from '../../local/samples.ts';
import { startSqs } from '../../local/sqs/server.ts';
import type { FunctionSpec } from '../../local/template/wiring.ts';
import { until } from '../e2e/support/until.ts';

const directory = mkdtempSync(join(tmpdir(), 'functions-'));
const MAPPING = {
  queueName: 'imports',
  queueArn: 'arn:aws:sqs:eu-central-1:000000000000:imports',
  batchSize: 3,
  windowMs: 0,
  partial: true,
  maxConcurrency: 2,
};
const logs = openLogs(join(directory, 'logs'), undefined);
const pools: Pool[] = [];
/** What the console says. */
const notes: string[] = [];

afterAll(() => {
  for (const pool of pools) pool.close();
  logs.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A function from the text of its bundle. */
function make(
  name: string,
  source: string,
  { max = 2, timeoutMs = 10_000, file = 'index.js', environment = {}, memoryMb = 512, idleMs = 60_000 } = {},
): Pool {
  const codePath = join(directory, name);
  mkdirSync(codePath, { recursive: true });
  writeFileSync(join(codePath, file), source);
  const spec: FunctionSpec = {
    name,
    arn: `arn:aws:lambda:eu-central-1:000000000000:function:${name}`,
    title: name,
    handler: 'index.handler',
    codePath,
    timeoutMs,
    memoryMb,
    reserved: undefined,
    environment: () => environment,
  };
  const env = {
    PATH: process.env['PATH'] ?? '',
    LAMBDA_TASK_ROOT: codePath,
    _HANDLER: 'index.handler',
    AWS_LAMBDA_FUNCTION_NAME: name,
    ...environment,
  };
  const pool = openPool({ spec, environment: () => env, max, logs, note: (text) => notes.push(text), idleMs });
  pools.push(pool);
  return pool;
}
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const payload = (outcome: Outcome) => (outcome.ok ? JSON.parse(outcome.payload) : outcome.error.errorType);

test('a function gets event, context and environment, is loaded once, and sees nothing of the developer', async () => {
  process.env['SECRET_OF_THE_DEVELOPER'] = 'x';
  const { invoke } = make(
    'echo',
    `let calls = 0;
     exports.handler = async (event, context) => ({ event, calls: ++calls, name: context.functionName, arn: context.invokedFunctionArn,
       id: context.awsRequestId.length, left: context.getRemainingTimeInMillis() > 5000, own: process.env.OWN, leak: process.env.SECRET_OF_THE_DEVELOPER });`,
    { environment: { OWN: 'yes' } },
  );
  const expected = {
    event: { a: 'ż🐸' },
    name: 'echo',
    arn: 'arn:aws:lambda:eu-central-1:000000000000:function:echo',
    id: 36,
    left: true,
    own: 'yes',
  };
  expect(payload(await invoke({ a: 'ż🐸' }))).toEqual({ ...expected, calls: 1 });
  expect(payload(await invoke({ a: 'ż🐸' }))).toEqual({ ...expected, calls: 2 });
});

test('ES modules too; nothing returned is null', async () => {
  const { invoke } = make('module', 'export const handler = async () => {};', { file: 'index.mjs' });
  expect(await invoke({})).toEqual({ ok: true, payload: 'null' });
});

test('one event at a time in each environment, never more environments than allowed', async () => {
  const { invoke } = make(
    'busy',
    `let running = 0;
     exports.handler = async () => { running++; await new Promise((r) => setTimeout(r, 20)); return { pid: process.pid, together: running-- }; };`,
  );
  const answers = (await Promise.all(Array.from({ length: 8 }, () => invoke({})))).map(payload);
  expect(answers.every(({ together }) => together === 1)).toBe(true);
  expect(new Set(answers.map(({ pid }) => pid)).size).toBe(2);
});

test('an environment with nothing to do is ended quietly, and the next event gets a new one', async () => {
  const { invoke } = make('idle', 'exports.handler = async () => process.pid;', { idleMs: 40 });
  const pid = payload(await invoke({}));
  await until('the end of the environment', () => !isRunning(pid), { every: 10 });
  expect(payload(await invoke({}))).not.toBe(pid);
  expect(notes.filter((note) => note.startsWith('idle '))).toEqual([]);
});

test('an error is reported by type and message, and the environment stays', async () => {
  const { invoke } = make(
    'throws',
    `exports.handler = async ({ fine }) => { if (!fine) throw new TypeError('odd'); return process.pid; };`,
    { max: 1 },
  );
  const before = payload(await invoke({ fine: true }));
  expect(await invoke({})).toMatchObject({ ok: false, error: { errorType: 'TypeError', errorMessage: 'odd' } });
  expect(payload(await invoke({ fine: true }))).toBe(before);
});

test('too late, dead or never loaded: the event fails and the next one gets a new environment', async () => {
  const { invoke } = make(
    'fragile',
    `exports.handler = async ({ how }) => {
       if (how === 'wait') await new Promise(() => setInterval(() => {}, 1000));
       if (how === 'spin') for (;;);
       if (how === 'exit') process.exit(3);
       if (how === 'crash') { setTimeout(() => { throw new Error('later'); }); await new Promise(() => {}); }
       return 'fine';
     };`,
    { max: 1, timeoutMs: 400 },
  );
  expect(payload(await invoke({}))).toBe('fine');
  for (const [how, errorType] of [
    ['wait', 'Sandbox.Timedout'],
    ['spin', 'Sandbox.Timedout'],
    ['exit', 'Runtime.ExitError'],
    ['crash', 'Runtime.ExitError'],
  ] as const) {
    expect(payload(await invoke({ how }))).toBe(errorType);
    expect(payload(await invoke({}))).toBe('fine');
  }
  const broken = make('broken', `throw new Error('cannot load');`);
  expect(await broken.invoke({})).toMatchObject({ ok: false, error: { errorMessage: 'cannot load' } });
  expect(payload(await make('empty', '').invoke({}))).toBe('Runtime.HandlerNotFound');
  const log = readFileSync(join(directory, 'logs', 'fragile.log'), 'utf8');
  expect(log).toContain('Task timed out after 0.40 seconds');
  expect(log).toContain('later');
});

(process.platform === 'linux' ? test : test.skip)(
  'a function that holds more than its memory is ended, and the console says so',
  async () => {
    const said = () => notes.filter((note) => note.startsWith('hungry '));
    const { invoke } = make(
      'hungry',
      `const held = [];
     exports.handler = async ({ how }) => {
       if (how === 'heap') return require('node:v8').getHeapStatistics().heap_size_limit / 2 ** 20 < 500;
       for (let at = 0; at < 400 && how === 'buffers'; at++) {
         held.push(Buffer.alloc(1_000_000, 1));
         await new Promise((resolve) => setTimeout(resolve, 5));
       }
       return 'fine';
     };`,
      { memoryMb: 256 },
    );
    expect(payload(await invoke({}))).toBe('fine');
    expect(said()).toEqual([]);
    expect(payload(await invoke({ how: 'heap' }))).toBe(true);
    expect(payload(await invoke({ how: 'buffers' }))).toBe('Runtime.OutOfMemory');
    expect(said()).toEqual([expect.stringMatching(/^hungry was ended: Task used \d+ MB of its 256 MB of memory$/)]);
    expect(payload(await invoke({}))).toBe('fine');
  },
);

test('payloads beyond the limit of Lambda fail', async () => {
  const { invoke } = make('big', `exports.handler = async ({ size }) => 'x'.repeat(size);`);
  expect(payload(await invoke({ size: 6_300_000 }))).toBe('Function.ResponseSizeTooLarge');
  expect(payload(await invoke({ text: 'x'.repeat(6_300_000) }))).toBe('RequestTooLargeException');
});

test('which messages an answer leaves undone: what cannot be understood leaves all', () => {
  const ids = ['a', 'b'];
  const failed = (value: string, partial = true) => [...failedIds({ ok: true, payload: value }, ids, partial)];
  for (const done of ['null', '{}', '{"batchItemFailures":[]}', '{"batchItemFailures":null}'])
    expect(failed(done)).toEqual([]);
  expect(failed('{"batchItemFailures":[{"itemIdentifier":"b"}]}')).toEqual(['b']);
  for (const odd of [
    '"fine"',
    '[]',
    '{"batchItemFailures":"a"}',
    '{"batchItemFailures":[{}]}',
    '{"batchItemFailures":[null]}',
    '{"batchItemFailures":[{"itemIdentifier":"c"}]}',
    'not JSON',
  ])
    expect(failed(odd)).toEqual(ids);
  expect(failed('"fine"', false)).toEqual([]);
  expect([...failedIds({ ok: false, error: { errorType: 'X', errorMessage: '' } }, ids, false)]).toEqual(ids);
});

test('a batch that does not fit one event is split', () => {
  expect(splitByPayload([3_000_000, 3_000_000, 3_000_000, 7_000_000, 1], (size) => size)).toEqual([
    [3_000_000, 3_000_000],
    [3_000_000],
    [7_000_000],
    [1],
  ]);
});

test.each([
  [
    '{"level":"INFO","message":"import","timestamp":"2026-11-29T10:11:12.345Z","service":"import-worker","cold_start":false,"outcome":"joined","durationMs":12,"what":"a b"}',
    '10:11:12 INFO  import-worker import outcome=joined durationMs=12 what="a b"',
  ],
  [
    '{"level":"ERROR","errorType":"Sandbox.Timedout","errorMessage":"Task timed out"}',
    'ERROR import-worker Task timed out errorType=Sandbox.Timedout',
  ],
  ['{"_aws":{},"Imports":1}', undefined],
  ['not JSON', 'import-worker not JSON'],
])('a line of a log for people: %s', (line, shown) => {
  expect(prettyLine('import-worker', line)).toBe(shown);
});

test('after the death of a worker its messages come again at once, and not after their visibility timeout', async () => {
  const server = await startSqs({
    file: join(directory, 'deaths.db'),
    port: 0,
    region: 'eu-central-1',
    account: '000000000000',
  });
  const { endpoint } = server;
  const sqs = <Output>(action: string, input: object) =>
    callAws<Output>({ endpoint, target: `AmazonSQS.${action}`, input });
  const Attributes = { VisibilityTimeout: '600' };
  const { QueueUrl } = await sqs<{ QueueUrl: string }>('CreateQueue', { QueueName: 'imports', Attributes });
  const counts: string[] = [];
  const poller = startPoller({
    mapping: { ...MAPPING, functionName: 'dies' },
    queueUrl: QueueUrl,
    endpoint,
    region: 'eu-central-1',
    concurrency: 1,
    invoke: async (event) => {
      const [record] = (event as { Records: { attributes: { ApproximateReceiveCount: string } }[] }).Records;
      counts.push(String(record?.attributes.ApproximateReceiveCount));
      const error = { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited with error: signal SIGKILL' };
      return counts.length === 1 ? { ok: false, error } : { ok: true, payload: 'null' };
    },
    report: () => {},
  });
  await sqs('SendMessage', { QueueUrl, MessageBody: '{}' });
  expect(await drained(endpoint, QueueUrl, 20_000)).toBe(0);
  await poller.stop();
  expect(counts).toEqual(['1', '2']);
  await server.close();
});

test('from the queue to the function: done is deleted, failed comes back until it is a dead letter', async () => {
  const server = await startSqs({
    file: join(directory, 'sqs.db'),
    port: 0,
    region: 'eu-central-1',
    account: '000000000000',
  });
  const { endpoint } = server;
  const sqs = <Output>(action: string, input: object) =>
    callAws<Output>({ endpoint, target: `AmazonSQS.${action}`, input });
  await sqs('CreateQueue', { QueueName: 'dead' });
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: 'arn:aws:sqs:eu-central-1:000000000000:dead',
    maxReceiveCount: 2,
  });
  const { QueueUrl } = await sqs<{ QueueUrl: string }>('CreateQueue', {
    QueueName: 'imports',
    Attributes: { VisibilityTimeout: '1', RedrivePolicy },
  });
  const { invoke } = make(
    'worker',
    `exports.handler = async ({ Records }) => {
       for (const record of Records) console.log(JSON.stringify({ record }));
       if (Records.some(({ body }) => body === 'crash')) process.exit(1);
       return { batchItemFailures: Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({ itemIdentifier: messageId })) };
     };`,
  );
  const MessageAttributes = { a: { DataType: 'String', StringValue: 'b' } };
  const poller = startPoller({
    mapping: { ...MAPPING, functionName: 'worker' },
    queueUrl: QueueUrl,
    endpoint,
    region: 'eu-central-1',
    concurrency: 2,
    invoke,
    report: () => {},
  });
  for (const MessageBody of ['good', 'bad', 'crash', 'good'])
    await sqs('SendMessage', { QueueUrl, MessageBody, MessageAttributes, MessageGroupId: 'demo' });
  expect(await drained(endpoint, QueueUrl, 20_000)).toBe(0);
  await poller.stop();
  const dead = await sqs<{ Messages: { Body: string }[] }>('ReceiveMessage', {
    QueueUrl: `${endpoint}/x/dead`,
    MaxNumberOfMessages: 10,
  });
  const bodies = dead.Messages.map(({ Body }) => Body);
  // A good one that shared its batch with a crash twice went the same way: a crash fails the whole batch.
  expect(bodies).toEqual(expect.arrayContaining(['bad', 'crash']));
  const records = readFileSync(join(directory, 'logs', 'worker.log'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{"record"'))
    .map((line) => JSON.parse(line).record);
  expect(records.find(({ body }) => body === 'bad')).toEqual({
    messageId: expect.any(String),
    receiptHandle: expect.any(String),
    body: 'bad',
    attributes: {
      SenderId: 'local',
      SentTimestamp: expect.stringMatching(/^\d{13}$/),
      ApproximateReceiveCount: '1',
      ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      MessageGroupId: 'demo',
    },
    messageAttributes: { a: { stringValue: 'b', stringListValues: [], binaryListValues: [], dataType: 'String' } },
    md5OfMessageAttributes: expect.any(String),
    md5OfBody: expect.any(String),
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:imports',
    awsRegion: 'eu-central-1',
  });
  await server.close();
});
