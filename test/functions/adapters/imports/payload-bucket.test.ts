import { gzipSync } from 'node:zlib';
import { MOST_PAYLOAD_BYTES, openPayloadBucket } from '../../../../functions/adapters/imports/payload-bucket.ts';
import { TransientError } from '../../../../functions/runtime/errors.ts';
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
const put = (bytes: string | Buffer) => aws.objects.set('/payloads/imports/a.json', Buffer.from(bytes));
const get = (key = 'imports/a.json', name = 'payloads') => bucket().getAccounts({ bucket: name, key });

describe('the payload bucket', () => {
  test('gives back what it took', async () => {
    const accounts = [{ title: 'Żółw 😀', rows: [1, 2] }];
    const place = await bucket().putAccounts('demo', 'name', JSON.stringify(accounts));
    expect(place).toEqual({ bucket: 'payloads', key: 'imports/demo/name.json.gz' });
    expect(await bucket().getAccounts(place)).toEqual(accounts);
  });

  test('takes plain JSON as it takes gzipped, by its first bytes', async () => {
    put('[{"a":1}]');
    expect(await get()).toEqual([{ a: 1 }]);
    put(gzipSync('[{"a":2}]'));
    expect(await get()).toEqual([{ a: 2 }]);
    put('\ufeff[]');
    expect(await get()).toEqual([]);
  });

  test('reports how much an object may hold by its size alone', async () => {
    put(Buffer.alloc(1000));
    const most = (key = 'imports/a.json', name = 'payloads') => bucket().mostBytesOf({ bucket: name, key });
    expect(await most()).toBe(16_000);
    put(Buffer.alloc(MOST_PAYLOAD_BYTES / 15));
    expect(await most()).toBe(MOST_PAYLOAD_BYTES);
    const unknown = [
      most('imports/none'),
      most('exports/a.json'),
      most('imports/a.json', 'another'),
      most('imports/\ud800'),
    ];
    expect(await Promise.all(unknown)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test.each([
    ['another bucket', 'imports/a.json', 'another'],
    ['another prefix', 'exports/a.json', 'payloads'],
    ['the prefix of another name', 'importsX/a.json', 'payloads'],
  ])('does not read %s', async (_, key, name) => {
    await expect(get(key, name)).rejects.toMatchObject({ name: 'PermanentError', code: 'ACCOUNTS_AT_FORBIDDEN' });
  });

  test('distinguishes a missing object from one that S3 cannot return just now', async () => {
    // Its key may name the owner, and operators see the message.
    const message = 'accountsAt: names an object that does not exist';
    await expect(get()).rejects.toMatchObject({ name: 'PermanentError', code: 'ACCOUNTS_AT_MISSING', message });
    aws.failing.status = 503;
    await expect(get()).rejects.toBeInstanceOf(TransientError);
    aws.failing.status = 403;
    await expect(get()).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  test.each([
    ['text', 'accounts'],
    ['nothing', ''],
    ['half of it', '[{"a":'],
    ['no UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d])],
    ['damaged gzip', gzipSync('[]').subarray(0, 12)],
  ])('%s is no JSON, and is not quoted', async (_, bytes) => {
    put(bytes);
    await expect(get()).rejects.toMatchObject({
      code: 'NOT_JSON',
      message: expect.not.stringContaining('accounts'),
    });
  });

  test('does not inflate a bomb', async () => {
    put(gzipSync(Buffer.alloc(MOST_PAYLOAD_BYTES + 1, ' ')));
    await expect(get()).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });
});
