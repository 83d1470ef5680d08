import type { SQSRecord } from 'aws-lambda';
import { cutBatch } from '../../../../functions/handlers/import-worker/cut-batch.ts';

const MEBIBYTE = 2 ** 20;
const recordOf = (messageId: string, receives: number, body: unknown): SQSRecord =>
  ({
    messageId,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: String(receives) },
  }) as unknown as SQSRecord;
const inside = { accounts: [{ title: 'LIDL' }] };
const at = (key: string) => ({ accountsAt: { bucket: 'payloads', key } });
const sizes: Readonly<Record<string, number>> = { small: MEBIBYTE, large: 64 * MEBIBYTE };
const cut = async (...records: SQSRecord[]) =>
  (await cutBatch(records, async ({ key }) => sizes[key])).map(
    (stage) => [stage.records.map(({ messageId }) => messageId), stage.needsMs] as const,
  );

test('what comes for the first time and holds its accounts goes together, and all else after it, by itself', async () => {
  const stages = await cut(
    recordOf('large', 1, at('large')),
    recordOf('again', 2, inside),
    recordOf('a', 1, inside),
    recordOf('gone', 1, at('nothing')),
    recordOf('small', 1, at('small')),
    recordOf('b', 1, 'accounts'),
    recordOf('odd', 1, '{"accountsAt":7}'),
    recordOf('torn', 1, '{"accountsAt":'),
  );
  expect(stages).toEqual([
    [['a', 'b'], 5000],
    [['torn'], expect.closeTo(5000, 0)],
    [['odd'], expect.closeTo(5000, 0)],
    [['gone'], expect.closeTo(5000, 0)],
    [['small'], 5150],
    [['large'], 5000 + 64 * 150],
    [['again'], expect.closeTo(5000, 0)],
  ]);
});

test('who is a dead letter otherwise goes before the others that come again', async () => {
  const stages = await cut(recordOf('c', 4, inside), recordOf('b', 2, inside), recordOf('last', 5, inside));
  expect(stages.map(([ids]) => ids)).toEqual([['last'], ['b'], ['c']]);
});

test('a single message is started, whatever it is, without a request for its size', async () => {
  const asked = () => Promise.reject(new Error('asked'));
  const record = recordOf('large', 3, at('large'));
  expect(await cutBatch([record], asked)).toEqual([{ records: [record], needsMs: 0 }]);
});
