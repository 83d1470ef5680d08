import type { Context, SQSRecord } from 'aws-lambda';
import { batchFunction, type Outcome, outcomeOf } from '../../../functions/runtime/batch.ts';
import { NotBegunError, PermanentError, TransientError } from '../../../functions/runtime/errors.ts';
import { captureLog } from '../support/log.ts';

const log = captureLog();

const recordOf = (messageId: string): SQSRecord =>
  ({ messageId, body: '{}', attributes: { ApproximateReceiveCount: '2' } }) as unknown as SQSRecord;

test('each message is one line with its outcome and facts, and is counted with them', async () => {
  const facts = { source: 'AIS', transactions: 3 };
  const outcomes = new Map<string, Outcome>([
    ['a', { kind: 'done', facts }],
    ['b', outcomeOf(new PermanentError('UNKNOWN_CLIENT', 'names no client'), facts)],
    ['c', outcomeOf(new TransientError('throttled'), facts)],
    ['d', outcomeOf(new Error('boom'))],
  ]);
  const counted: unknown[] = [];
  const parked: string[] = [];
  const handler = batchFunction(async () => outcomes, {
    park: async ({ messageId }, reason) => void parked.push(`${messageId} ${reason}`),
    count: (...told) => counted.push(told),
  });
  const Records = ['a', 'b', 'c', 'd', 'e'].map(recordOf);
  const { batchItemFailures } = await handler({ Records }, {} as Context);

  expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['c', 'd', 'e']);
  expect(parked).toEqual(['b UNKNOWN_CLIENT']);
  expect(counted).toEqual([
    ['done', undefined, facts],
    ['parked', 'UNKNOWN_CLIENT', facts],
    ['retried', undefined, facts],
    ['retried', undefined, {}],
    ['retried', undefined, undefined],
  ]);
  const line = { message: 'import', receives: 2 };
  const error = expect.any(Error);
  expect(log.lines).toEqual([
    { ...line, level: 'info', messageId: 'a', outcome: 'joined', ...facts },
    { ...line, level: 'warn', messageId: 'b', outcome: 'parked', reason: 'UNKNOWN_CLIENT', ...facts },
    { ...line, level: 'warn', messageId: 'c', outcome: 'retried', ...facts, error },
    { ...line, level: 'error', messageId: 'd', outcome: 'retried', error },
    { ...line, level: 'error', messageId: 'e', outcome: 'retried', error },
  ]);
});

describe('a batch in stages', () => {
  const done: Outcome = { kind: 'done', facts: {} };
  const ids = (records: readonly SQSRecord[]) => records.map(({ messageId }) => messageId).join();

  /** The order of events, with this much time left. `fails`: so does each call of the queue. */
  async function happenings(seconds: number, outcomeOfB: Outcome = done, fails = false): Promise<string[]> {
    const said: string[] = [];
    const ask = async (what: string) => {
      said.push(what);
      if (fails) throw new Error('the queue is away');
    };
    const handler = batchFunction(
      async (records) => {
        said.push(`work ${ids(records)}`);
        return new Map(records.map(({ messageId }) => [messageId, messageId === 'b' ? outcomeOfB : done]));
      },
      {
        park: async ({ messageId }) => void said.push(`park ${messageId}`),
        count: () => {},
        cut: async ([a, b, ...others]) => [
          { records: [a!, b!], needsMs: 5000 },
          ...others.map((record) => ({ records: [record], needsMs: 9000 })),
        ],
        queue: {
          remove: (records) => ask(`remove ${ids(records)}`),
          show: (records, after) => ask(`show ${ids(records)} in ${after} s`),
        },
      },
    );
    const context = { getRemainingTimeInMillis: () => seconds * 1000 } as unknown as Context;
    const { batchItemFailures } = await handler({ Records: ['a', 'b', 'c', 'd'].map(recordOf) }, context);
    return [...said, `failed ${batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).join()}`];
  }
  const whole = [
    'show c,d in 40 s',
    'work a,b',
    'show c in 160 s',
    'remove a,b',
    'work c',
    'show d in 160 s',
    'remove c',
    'work d',
    'failed ',
  ];

  test('deletes what is done, and separates what waits from what has started', async () => {
    expect(await happenings(30)).toEqual(whole);
  });

  test('continues when the queue accepts nothing', async () => {
    expect(await happenings(30, done, true)).toEqual(whole);
  });

  test('returns what there is no time for, so that others can start it at once', async () => {
    expect(await happenings(8)).toEqual([
      'show c,d in 18 s',
      'work a,b',
      'show c in 0 s',
      'show d in 0 s',
      'failed c,d',
    ]);
    const notBegun = outcomeOf(new NotBegunError('no time'));
    expect((await happenings(30, notBegun)).slice(0, 5)).toEqual([
      'show c,d in 40 s',
      'work a,b',
      'show b in 0 s',
      'show c in 160 s',
      'remove a',
    ]);
  });

  test('parks before the next stage begins, and keeps what failed', async () => {
    const parked = outcomeOf(new PermanentError('UNKNOWN_CLIENT', 'names no client'));
    expect((await happenings(30, parked)).slice(1, 5)).toEqual(['work a,b', 'park b', 'show c in 160 s', 'remove a,b']);
    const failed = await happenings(30, outcomeOf(new TransientError('throttled')));
    expect([failed[3], failed.at(-1)]).toEqual(['remove a', 'failed b']);
  });
});
