import type { Context, SQSRecord } from 'aws-lambda';
import { makeFinish } from '../../../../functions/handlers/owner-erasure/finish.ts';
import { TransientError } from '../../../../functions/runtime/errors.ts';
import { captureLog } from '../../support/log.ts';

const log = captureLog();
const done: string[] = [];
let remaining = 25_000;
const context = { getRemainingTimeInMillis: () => remaining } as unknown as Context;
const finish = makeFinish({
  finish: async ({ clientId, ownerExternalId }, hasTime) => {
    done.push(`${clientId} ${ownerExternalId} ${hasTime()}`);
    if (ownerExternalId === 'broken') throw new Error('boom');
    if (ownerExternalId === 'never erased') return undefined;
    if (ownerExternalId === 'throttled') throw new TransientError('throttled');
    return { isFinished: ownerExternalId !== 'large', pages: 8 };
  },
  goOn: async ({ ownerExternalId }) => void done.push(`go on with ${ownerExternalId}`),
});
const ask = (...bodies: string[]) => {
  const Records = bodies.map((body, at) => ({ messageId: `m${at}`, body }) as unknown as SQSRecord);
  return finish({ Records }, context);
};
const erased = (ownerExternalId: string) => JSON.stringify({ clientId: 'demo', ownerExternalId });
beforeEach(() => {
  done.splice(0);
  log.lines.splice(0);
});

test('each erasure continues until nothing is left, and reports its progress', async () => {
  expect(await ask(erased('small'), erased('large'), erased('never erased'))).toEqual({ batchItemFailures: [] });
  expect(done).toEqual(['demo small true', 'demo large true', 'go on with large', 'demo never erased true']);
  const line = { level: 'info', message: 'erasure', clientId: 'demo', pages: 8 };
  expect(log.lines).toEqual([
    { ...line, outcome: 'finished' },
    { ...line, outcome: 'goes on' },
    { ...line, outcome: 'not started', pages: 0 },
  ]);
});

test('failures are retried, messages that are not ours are not', async () => {
  remaining = 5000;
  const { batchItemFailures } = await ask(erased('broken'), 'x', '{"clientId":7}', erased('throttled'));
  expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['m0', 'm3']);
  expect(done).toEqual(['demo broken false', 'demo throttled false']);
  expect(log.lines.map(({ level, outcome }) => `${level} ${outcome}`)).toEqual([
    'error retried',
    'error not understood',
    'error not understood',
    'warn retried',
  ]);
  expect(JSON.stringify(log.lines)).not.toMatch(/broken|throttled"/);
});
