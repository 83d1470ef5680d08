import type { Context, SQSRecord } from 'aws-lambda';
import { batchFunction, type Outcome, outcomeOf } from '../../../functions/runtime/batch.ts';
import { PermanentError, TransientError } from '../../../functions/runtime/errors.ts';
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
