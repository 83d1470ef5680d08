/** Step Functions on one machine, driven by the real SDK: executions, maps, failures, redrives, stops and kills. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Outcome } from '../../local/functions/protocol.ts';
import { startProcess } from '../../local/process.ts';
import { type Definition, type State, tasksOf } from '../../local/states/definition.ts';
import type { Machine } from '../../local/states/runner.ts';
import { startStates } from '../../local/states/server.ts';
import type { ServerOptions } from './states-server.ts';

const directory = mkdtempSync(join(tmpdir(), 'states-'));
const FUNCTION = 'arn:aws:lambda:eu-central-1:000000000000:function:Tasks';

const task = (payload: object, rest: object): State => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: FUNCTION, Payload: payload },
  TimeoutSeconds: 20,
  ...rest,
});
const CATCH = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Mark' }];

/** The stack's run in small: waits, plans, visits slices two at a time, finishes; `caught` is the result of a failure. */
const run = (caught: boolean): Definition => ({
  StartAt: 'Wait',
  States: {
    Wait: { Type: 'Wait', TimestampPath: '$.from', Next: 'Plan' },
    Plan: task(
      { task: 'plan' },
      { ResultSelector: { 'slices.$': '$.Payload.slices' }, ResultPath: '$.plan', Next: 'Visit' },
    ),
    Visit: {
      Type: 'Map',
      ItemsPath: '$.plan.slices',
      ItemSelector: { task: 'visit', 'slice.$': '$$.Map.Item.Value' },
      MaxConcurrency: 2,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'VisitSlice',
        States: {
          VisitSlice: task(
            { 'task.$': '$.task', 'slice.$': '$.slice' },
            {
              Retry: [{ ErrorEquals: ['Passing'], IntervalSeconds: 1, MaxAttempts: 1 }],
              ResultSelector: {},
              End: true,
            },
          ),
        },
      } as never,
      ResultPath: null,
      ...(caught && { Catch: CATCH }),
      Next: 'Finish',
    },
    Finish: task(
      { task: 'finish', 'run.$': '$$.Execution.Name' },
      { ResultSelector: { 'found.$': '$.Payload' }, End: true },
    ),
    ...(caught && {
      Mark: task({ task: 'fail' }, { ResultPath: null, Next: 'Failed' }),
      Failed: { Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' },
    }),
  },
});
const machine = (name: string, definition: Definition): Machine => ({
  name,
  arn: `arn:aws:states:eu-central-1:000000000000:stateMachine:${name}`,
  definition,
});
const PLAIN = machine('Plain', run(false));
const CAUGHT = machine('Caught', run(true));
const INPUT = JSON.stringify({ from: '2026-01-01T00:00:00.000Z' });

const opened: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of opened) await close();
  rmSync(directory, { recursive: true, force: true });
});

const clientOf = (endpoint: string) => {
  const client = new SFNClient({
    endpoint,
    region: 'eu-central-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'stranger', secretAccessKey: 'any' },
  });
  opened.push(async () => client.destroy());
  return client;
};

type Payload = { readonly task: string; readonly slice?: number };
type Tasks = (payload: Payload) => unknown;

/** A server whose tasks are `tasks`; their calls are in `asked`, in order. */
async function open(name: string, tasks: Tasks) {
  const asked: Payload[] = [];
  const reports: string[] = [];
  const server = await startStates({
    file: join(directory, `${name}.db`),
    port: 0,
    machines: [PLAIN, CAUGHT],
    report: (problem) => reports.push(problem),
    async invoke(functionArn, payload): Promise<Outcome> {
      expect(functionArn).toBe(FUNCTION);
      asked.push(payload as Payload);
      try {
        return { ok: true, payload: JSON.stringify((await tasks(payload as Payload)) ?? {}) };
      } catch (error) {
        const { name: errorType, message: errorMessage } = error as Error;
        return { ok: false, error: { errorType, errorMessage } };
      }
    },
  });
  let open = true;
  const close = async () => {
    if (open) await server.close();
    open = false;
  };
  opened.push(close);
  return { ...server, close, asked, reports, client: clientOf(server.endpoint) };
}

const plan =
  (slices: readonly number[]): Tasks =>
  ({ task: what }) =>
    what === 'plan' ? { slices } : {};
const named = (name: string, message: string) => Object.assign(new Error(message), { name });
const brief = ({ task: what, slice }: Payload) => (slice === undefined ? what : `${what} ${slice}`);
const start = (client: SFNClient, { arn: stateMachineArn }: Machine, name?: string, input = INPUT) =>
  client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
const describeIt = (client: SFNClient, executionArn: string | undefined) =>
  client.send(new DescribeExecutionCommand({ executionArn }));
const failure = (sending: Promise<unknown>) =>
  sending.then(
    () => 'none',
    (error: Error) => error.name,
  );

async function ended(client: SFNClient, executionArn: string | undefined) {
  for (;;) {
    const execution = await describeIt(client, executionArn);
    if (execution.status !== 'RUNNING') return execution;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
const until = async (what: () => boolean) => {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 5));
};

test('an execution goes through its states, and each slice of its map, no more at a time than it may', async () => {
  let now = 0;
  let most = 0;
  const { client, asked } = await open('whole', async (payload) => {
    if (payload.task === 'plan') return { slices: [1, 2, 3, 4, 5] };
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 5));
    now--;
    return payload.task === 'finish' ? { all: 5 } : {};
  });
  const { executionArn } = await start(client, PLAIN, 'one');
  const execution = await ended(client, executionArn);
  expect(execution).toMatchObject({
    executionArn: 'arn:aws:states:eu-central-1:000000000000:execution:Plain:one',
    stateMachineArn: PLAIN.arn,
    name: 'one',
    status: 'SUCCEEDED',
    input: INPUT,
    output: '{"found":{"all":5}}',
    startDate: expect.any(Date),
    stopDate: expect.any(Date),
    redriveCount: 0,
    redriveStatus: 'NOT_REDRIVABLE',
  });
  expect(asked.map(brief)).toEqual(['plan', 'visit 1', 'visit 2', 'visit 3', 'visit 4', 'visit 5', 'finish']);
  expect(asked.at(-1)).toEqual({ task: 'finish', run: 'one' });
  expect(most).toBe(2);
});

test('a wait ends at its instant, and not before', async () => {
  let planned = 0;
  const { client } = await open('wait', ({ task: what }) => {
    if (what === 'plan') planned = Date.now();
    return { slices: [] };
  });
  const from = Date.now() + 1500;
  const input = JSON.stringify({ from: new Date(from).toISOString() });
  const { executionArn } = await start(client, PLAIN, 'later', input);
  expect((await ended(client, executionArn)).status).toBe('SUCCEEDED');
  expect(planned).toBeGreaterThanOrEqual(from);
});

test('the same start again changes nothing; a name is given away once', async () => {
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const { client, asked } = await open('names', async ({ task: what }) => {
    if (what === 'plan') await held;
    return { slices: [] };
  });
  const first = await start(client, PLAIN, 'same');
  expect((await start(client, PLAIN, 'same')).startDate).toEqual(first.startDate);
  expect(await failure(start(client, PLAIN, 'same', '{"from":"2026-01-02T00:00:00Z"}'))).toBe('ExecutionAlreadyExists');
  go();
  await ended(client, first.executionArn);
  expect(await failure(start(client, PLAIN, 'same'))).toBe('ExecutionAlreadyExists');
  expect(asked.map(brief)).toEqual(['plan', 'finish']);
});

test('what cannot be started, or is not there, is refused by name', async () => {
  const { client } = await open('refused', plan([]));
  const nowhere = { ...PLAIN, arn: `${PLAIN.arn}-not` };
  expect(await failure(start(client, nowhere))).toBe('StateMachineDoesNotExist');
  expect(await failure(start(client, PLAIN, 'a b'))).toBe('InvalidName');
  expect(await failure(start(client, PLAIN, 'a'.repeat(81)))).toBe('InvalidName');
  expect(await failure(start(client, PLAIN, 'x', 'no json'))).toBe('InvalidExecutionInput');
  expect(await failure(start(client, PLAIN, 'x', JSON.stringify('a'.repeat(262_144))))).toBe('InvalidExecutionInput');
  const arn = `${PLAIN.arn.replace('stateMachine', 'execution')}:none`;
  expect(await failure(describeIt(client, arn))).toBe('ExecutionDoesNotExist');
  expect(await failure(client.send(new StopExecutionCommand({ executionArn: arn })))).toBe('ExecutionDoesNotExist');
  expect(await failure(client.send(new RedriveExecutionCommand({ executionArn: arn })))).toBe('ExecutionDoesNotExist');
});

test('executions are listed, the latest first, by machine and status, page by page', async () => {
  const { client } = await open('list', plan([]));
  for (const name of ['a', 'b', 'c']) await ended(client, (await start(client, PLAIN, name)).executionArn);
  await ended(client, (await start(client, PLAIN, 'broken', '{}')).executionArn);
  await ended(client, (await start(client, CAUGHT, 'other')).executionArn);
  const names: (string | undefined)[][] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new ListExecutionsCommand({ stateMachineArn: PLAIN.arn, statusFilter: 'SUCCEEDED', maxResults: 2, nextToken }),
    );
    names.push(page.executions!.map(({ name }) => name));
    nextToken = page.nextToken;
  } while (nextToken);
  expect(names).toEqual([['c', 'b'], ['a']]);
  const failed = await client.send(new ListExecutionsCommand({ stateMachineArn: PLAIN.arn, statusFilter: 'FAILED' }));
  expect(failed.executions).toMatchObject([{ name: 'broken', status: 'FAILED' }]);
});

describe('a map of which a slice fails', () => {
  const failing: Tasks = ({ task: what, slice }) => {
    if (what === 'plan') return { slices: [1, 2, 3, 4, 5, 6, 7, 8] };
    if (slice === 1) throw named('Broken', 'no such table');
    return {};
  };

  test('fails the execution; slices that were waiting are not visited after that', async () => {
    const { client, asked, reports } = await open('map', failing);
    const { executionArn } = await start(client, CAUGHT, 'caught');
    const execution = await ended(client, executionArn);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Broken', redriveStatus: 'REDRIVABLE' });
    expect(JSON.parse(execution.cause!)).toEqual({ errorType: 'Broken', errorMessage: 'no such table' });
    const calls = asked.map(brief);
    expect(calls.slice(0, 3)).toEqual(['plan', 'visit 1', 'visit 2']);
    expect(calls.at(-1)).toBe('fail');
    expect(calls).not.toContain('visit 8');
    expect(reports).toEqual([expect.stringMatching(/:caught failed in Failed: Broken$/)]);
  });

  test('is retried as its state says', async () => {
    let left = 1;
    const { client, asked } = await open('retry', ({ task: what, slice }) => {
      if (what === 'plan') return { slices: [1, 2] };
      if (slice === 1 && left-- > 0) throw named('Passing', 'throttled');
      return {};
    });
    const { status } = await ended(client, (await start(client, PLAIN)).executionArn);
    expect(status).toBe('SUCCEEDED');
    expect(asked.map(brief).sort()).toEqual(['finish', 'plan', 'visit 1', 'visit 1', 'visit 2']);
  });

  test('is gone through again by a redrive, without the states before it', async () => {
    let broken = true;
    const { client, asked } = await open('redrive', (payload) => (broken ? failing(payload) : plan([])(payload)));
    const { executionArn } = await start(client, PLAIN, 'again');
    expect(await ended(client, executionArn)).toMatchObject({ status: 'FAILED', error: 'Broken' });
    asked.length = 0;
    broken = false;
    const { redriveDate } = await client.send(new RedriveExecutionCommand({ executionArn }));
    expect(await ended(client, executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 1,
      redriveDate,
      output: '{"found":{}}',
    });
    expect(asked.map(brief)).toEqual([...[1, 2, 3, 4, 5, 6, 7, 8].map((slice) => `visit ${slice}`), 'finish']);
    expect(await failure(client.send(new RedriveExecutionCommand({ executionArn })))).toBe('ExecutionNotRedrivable');
  });

  test('and was caught, is not: a redrive enters the state of the failure again; a second start goes on', async () => {
    let broken = true;
    const { client, asked } = await open('second', (payload) => (broken ? failing(payload) : plan([3])(payload)));
    const { executionArn } = await start(client, CAUGHT, 'first');
    await ended(client, executionArn);
    asked.length = 0;
    broken = false;
    await client.send(new RedriveExecutionCommand({ executionArn }));
    expect(await ended(client, executionArn)).toMatchObject({ status: 'FAILED', error: 'Broken', redriveCount: 1 });
    expect(asked).toEqual([]);
    const second = await start(client, CAUGHT, 'first-again');
    expect((await ended(client, second.executionArn)).status).toBe('SUCCEEDED');
  });
});

test('a result larger than a state may hand on fails the execution, and no catch helps', async () => {
  const { client, asked } = await open('large', () => ({
    slices: Array.from({ length: 100_000 }, (_, slice) => slice),
  }));
  const { executionArn } = await start(client, CAUGHT);
  expect(await ended(client, executionArn)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  expect(asked.map(brief)).toEqual(['plan']);
});

test('a stopped execution starts nothing more, and says who stopped it', async () => {
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const { client, asked } = await open('stop', async ({ task: what }) => {
    if (what === 'visit') await held;
    return { slices: [1, 2, 3, 4] };
  });
  const { executionArn } = await start(client, CAUGHT);
  await until(() => asked.length === 3);
  const { stopDate } = await client.send(
    new StopExecutionCommand({ executionArn, error: 'Cancelled', cause: 'by key k1' }),
  );
  expect(await describeIt(client, executionArn)).toMatchObject({
    status: 'ABORTED',
    error: 'Cancelled',
    cause: 'by key k1',
    stopDate,
    redriveStatus: 'REDRIVABLE',
  });
  go();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(asked.map(brief)).toEqual(['plan', 'visit 1', 'visit 2']);
  expect(await client.send(new StopExecutionCommand({ executionArn }))).toMatchObject({ stopDate });

  await client.send(new RedriveExecutionCommand({ executionArn }));
  expect((await ended(client, executionArn)).status).toBe('SUCCEEDED');
  expect(asked.map(brief).slice(3)).toEqual(['visit 1', 'visit 2', 'visit 3', 'visit 4', 'finish']);
});

test('closed with an execution in hand, the server is gone at once, and the next one begins it again', async () => {
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const first = await open('close', () => held);
  const { executionArn } = await start(first.client, PLAIN, 'kept');
  await until(() => first.asked.length === 1);
  // If the execution were awaited, this would never end.
  await first.close();
  go();
  const second = await open('close', plan([7]));
  second.resume();
  expect(await ended(second.client, executionArn)).toMatchObject({
    status: 'SUCCEEDED',
    name: 'kept',
    redriveCount: 0,
  });
  expect(second.asked.map(brief)).toEqual(['plan', 'visit 7', 'finish']);
});

test('killed in the midst of a map, the server begins the execution again at its next start', async () => {
  const options: ServerOptions = {
    file: join(directory, 'killed.db'),
    journal: join(directory, 'journal'),
    gate: join(directory, 'gate'),
    machines: [PLAIN],
  };
  const launch = () => startProcess(new URL('./states-server.ts', import.meta.url), options, 'states');
  const journal = () => readFileSync(options.journal, 'utf8').trim().split('\n');
  writeFileSync(options.journal, '');

  const killed = await launch();
  const { executionArn } = await start(clientOf(killed.endpoint), PLAIN, 'survivor');
  await until(() => journal().includes('visit 3'));
  killed.kill();
  await killed.ended;
  writeFileSync(options.gate, '');
  const before = journal().length;

  const again = await launch();
  opened.push(again.close);
  const execution = await ended(clientOf(again.endpoint), executionArn);
  expect(execution).toMatchObject({ status: 'SUCCEEDED', name: 'survivor', input: INPUT });
  expect(journal().slice(before)).toEqual(['plan', 'visit 1', 'visit 2', 'visit 3', 'finish']);
});

describe('a definition that would run otherwise than in the cloud is refused', () => {
  const withState = (state: State): Definition => ({ StartAt: 'S', States: { S: state } });
  test.each<[string, Definition]>([
    ['JSONata', { ...PLAIN.definition, QueryLanguage: 'JSONata' }],
    ['ItemReader', withState({ Type: 'Map', ItemReader: {}, End: true })],
    [
      'the resource arn:aws:states:::sqs:sendMessage',
      withState({ ...task({}, {}), Resource: 'arn:aws:states:::sqs:sendMessage' }),
    ],
  ])('%s', (what, definition) => {
    expect(() => tasksOf(definition)).toThrow(`the local service does not know ${what} of a state machine`);
  });

  test('a task without a time-out', () => {
    expect(() => tasksOf(withState({ Type: 'Task', Resource: FUNCTION, End: true }))).toThrow(
      'the state S needs TimeoutSeconds',
    );
  });
});
