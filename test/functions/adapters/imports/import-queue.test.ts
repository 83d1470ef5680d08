import { gunzipSync } from 'node:zlib';
import { MOST_MESSAGE_BYTES, openImportQueue } from '../../../../functions/adapters/imports/import-queue.ts';
import { openPayloadBucket } from '../../../../functions/adapters/imports/payload-bucket.ts';
import { parseImportMessage } from '../../../../functions/contracts/import/parse-import.ts';
import { openStandIns } from '../../support/stand-ins.ts';

let aws: Awaited<ReturnType<typeof openStandIns>>;
beforeAll(async () => {
  aws = await openStandIns();
});
afterAll(() => aws.close());
beforeEach(() => {
  aws.objects.clear();
  aws.messages.splice(0);
  delete aws.failing.status;
});

const bucket = () => openPayloadBucket('payloads', aws.s3);

describe('the import queue', () => {
  const message = (title: string) => ({
    type: 'owner-import' as const,
    version: 1 as const,
    clientId: 'demo',
    importId: 'i-1',
    ownerExternalId: 'loan-4711',
    source: 'OWNER_UPLOAD' as const,
    importedAt: '2026-11-22T12:00:00Z',
    accounts: [
      { iban: 'x', currencyName: 'PLN', transactions: [{ bookedOn: '2026-11-22', currencyAmount: 1, title }] },
    ],
  });
  const queue = () =>
    openImportQueue({
      queueUrl: aws.queueUrl,
      openPayloads: async () => bucket(),
      newName: () => 'uuid',
      sqs: aws.sqs,
    });
  const sent = () => JSON.parse(aws.messages[0]?.MessageBody ?? '');

  test('carries an import whole, in the group of its client', async () => {
    await queue().send(message('Żółw'));
    expect(aws.messages).toMatchObject([{ MessageGroupId: 'demo', QueueUrl: aws.queueUrl }]);
    expect(sent()).toEqual(message('Żółw'));
    expect(parseImportMessage(sent()).faults).toBeUndefined();
    expect(aws.objects.size).toBe(0);
  });

  test('writes what SQS would refuse as escapes', async () => {
    const title = '😀 \ud800 \ufffe \uffff \u0000 שלום';
    await queue().send(message(title));
    expect(aws.messages[0]?.MessageBody).toMatch(/^[\n\r\t\u0020-\ud7ff\ue000-\ufffd]*$/);
    expect(sent()).toEqual(message(title));
  });

  test('carries an import to the last byte, and one byte more beside itself', async () => {
    const empty = Buffer.byteLength(JSON.stringify(message('')));
    await queue().send(message('x'.repeat(MOST_MESSAGE_BYTES - empty)));
    expect(Buffer.byteLength(aws.messages[0]?.MessageBody ?? '')).toBe(MOST_MESSAGE_BYTES);
    expect(aws.objects.size).toBe(0);

    aws.messages.splice(0);
    const large = message('x'.repeat(MOST_MESSAGE_BYTES - empty + 1));
    await queue().send(large);
    const { accounts, ...envelope } = large;
    expect(sent()).toEqual({ ...envelope, accountsAt: { bucket: 'payloads', key: 'imports/demo/uuid.json.gz' } });
    expect(parseImportMessage(sent()).faults).toBeUndefined();
    const object = aws.objects.get('/payloads/imports/demo/uuid.json.gz');
    expect(JSON.parse(gunzipSync(object ?? '').toString())).toEqual(accounts);
    expect(await bucket().getAccounts(sent().accountsAt)).toEqual(accounts);
  });
});
