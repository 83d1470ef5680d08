/** Announcements of large files: each gives one line of log, and only a failed one comes back. */
import type { SQSEvent } from 'aws-lambda';
import { keysIn } from '../../../../functions/handlers/statement-reader/arrivals.ts';
import { makeStatementReader } from '../../../../functions/handlers/statement-reader/recipe.ts';
import { TransientError } from '../../../../functions/runtime/errors.ts';
import { captureLog } from '../../support/log.ts';

const log = captureLog();
const announced = (...keys: readonly string[]) =>
  JSON.stringify({ Records: keys.map((key) => ({ s3: { object: { key } } })) });
const eventOf = (...bodies: readonly string[]) =>
  ({
    Records: bodies.map((body, index) => ({
      messageId: `m${index}`,
      body,
      attributes: { ApproximateReceiveCount: '1' },
    })),
  }) as unknown as SQSEvent;

test('what fails is tried again, whatever became of the others', async () => {
  const read: string[] = [];
  const reader = makeStatementReader({
    read: async (key) => {
      read.push(key);
      if (key.endsWith('busy')) throw new TransientError('S3 is away');
      if (key.endsWith('broken')) throw new Error('oops');
      return key.endsWith('bad') ? 'refused' : 'queued';
    },
  });
  const trial = '{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}';
  const answer = await reader(
    eventOf(announced('uploads/a', 'uploads/bad'), announced('uploads/busy'), announced('uploads/broken'), trial, '{}'),
  );
  expect(answer.batchItemFailures).toEqual(['m1', 'm2', 'm4'].map((itemIdentifier) => ({ itemIdentifier })));
  expect(read).toEqual(['uploads/a', 'uploads/bad', 'uploads/busy', 'uploads/broken']);
  expect(log.lines.map(({ level, outcome }) => [level, outcome])).toEqual([
    ['info', 'queued'],
    ['info', 'refused'],
    ['warn', 'retried'],
    ['error', 'retried'],
    ['error', 'retried'],
  ]);
  expect(JSON.stringify(log.lines)).not.toContain('uploads/');
  expect(log.counted).toContainEqual({
    name: 'UploadsRead',
    unit: 'Count',
    value: 3,
    dimensions: { outcome: 'retried' },
  });
});

test('keys are read from what S3 announces', () => {
  expect(keysIn(announced('uploads/a+b/%C5%BC%C3%B3%C5%82w/1'))).toEqual(['uploads/a b/żółw/1']);
});
