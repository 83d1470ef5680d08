/** Imports too large for a message: their accounts are in the payload bucket. */
import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { allOf, call, known } from '../support/http.ts';
import { message, petAccount } from '../support/messages.ts';
import { drained, s3Of, sendAll, takeParked } from '../support/queues.ts';
import type { Running } from '../support/service.ts';
import { sendBesideGoodOnes } from './bad-messages.ts';

const MIB = 1024 * 1024;

export function accountsAt(service: () => Running): void {
  const bucket = () => service().outputs.PayloadBucketName;
  const put = (Key: string, Body: string | Uint8Array, Bucket = bucket()) =>
    s3Of(service()).send(new PutObjectCommand({ Bucket, Key, Body }));
  const from = (owner: string, key: string, more: object = {}) =>
    message(owner, [], { accounts: undefined, accountsAt: { bucket: bucket(), key }, ...more });

  test('accounts are read from an object, plain or gzipped, as from a message', async () => {
    const accounts = [petAccount(60), petAccount(61)];
    await put('imports/demo/plain ż+%20.json', JSON.stringify(accounts));
    await put('imports/demo/packed.json.gz', gzipSync(JSON.stringify(accounts)));
    await sendAll(service(), [
      message('direct', accounts),
      from('by object', 'imports/demo/plain ż+%20.json'),
      from('by gzip', 'imports/demo/packed.json.gz'),
    ]);
    for (const owner of ['direct', 'by object', 'by gzip']) await known(service(), owner);
    const answers = await allOf(service(), 'direct');
    expect(await allOf(service(), 'by object')).toEqual(answers);
    expect(await allOf(service(), 'by gzip')).toEqual(answers);
  });

  test('an object that is missing, elsewhere, a bomb or no list of accounts is parked', async () => {
    const good = JSON.stringify([petAccount(62)]);
    await s3Of(service())
      .send(new CreateBucketCommand({ Bucket: 'foreign-bucket' }))
      .catch(() => {});
    await put('imports/x.json', good, 'foreign-bucket').catch(() => {});
    await put('elsewhere/x.json', good);
    await put('imports/text', 'hello');
    await put('imports/empty', new Uint8Array());
    await put('imports/half.gz', gzipSync(good).subarray(0, 50));
    await put('imports/bomb.gz', gzipSync(Buffer.alloc(100 * MIB, ' ')));
    await put('imports/object.json', JSON.stringify({ accounts: [] }));
    await put('imports/wrong.json', JSON.stringify([petAccount(62, { currencyName: 'zł' })]));
    await put('imports/latin1.json', Buffer.from(good.replace('ZOOPLUS', 'Z\u00d6OPLUS'), 'latin1'));
    const cases: [object, string, string][] = [
      [{ key: 'imports/missing.json' }, 'ACCOUNTS_AT_MISSING', 'a missing object'],
      [{ key: 'imports/' }, 'ACCOUNTS_AT_MISSING', 'no name'],
      [{ key: 'elsewhere/x.json' }, 'ACCOUNTS_AT_FORBIDDEN', 'outside the prefix'],
      [{ key: '/imports/text' }, 'ACCOUNTS_AT_FORBIDDEN', 'a slash before the prefix'],
      [{ bucket: 'foreign-bucket', key: 'imports/x.json' }, 'ACCOUNTS_AT_FORBIDDEN', 'a foreign bucket'],
      [{ key: 'imports/text' }, 'NOT_JSON', 'no JSON'],
      [{ key: 'imports/empty' }, 'NOT_JSON', 'an empty object'],
      [{ key: 'imports/half.gz' }, 'NOT_JSON', 'half a gzip'],
      [{ key: 'imports/latin1.json' }, 'NOT_JSON', 'not UTF-8'],
      [{ key: 'imports/bomb.gz' }, 'PAYLOAD_TOO_LARGE', 'a bomb'],
      [{ key: 'imports/object.json' }, 'INVALID_MESSAGE', 'no list'],
      [{ key: 'imports/wrong.json' }, 'INVALID_MESSAGE', 'wrong accounts'],
      [{ key: 5 }, 'INVALID_MESSAGE', 'a key that is a number'],
      [{ key: '' }, 'INVALID_MESSAGE', 'an empty key'],
      [{ key: undefined }, 'INVALID_MESSAGE', 'no key'],
    ];
    const bodies = cases.map(([place]) =>
      JSON.stringify(from('bad', '', { accountsAt: { bucket: bucket(), ...place } })),
    );
    const parked = await sendBesideGoodOnes(service(), 'beside object', bodies);
    const found = cases.map(([, , name], at) => {
      const mine = parked.filter(({ body }) => body === bodies[at]);
      return { name, reasons: mine.map(({ reason }) => reason), told: mine.every(({ detail }) => detail !== '') };
    });
    expect(found).toEqual(cases.map(([, reason, name]) => ({ name, reasons: [reason], told: true })));
    expect(parked).toHaveLength(cases.length);
  });

  test('a key that climbs out of the prefix reads nothing', async () => {
    await put('elsewhere/x.json', JSON.stringify([petAccount(63)]));
    const climbing = [
      'imports/../elsewhere/x.json',
      'imports/%2e%2e/elsewhere/x.json',
      'imports/..%2Felsewhere%2Fx.json',
    ];
    await takeParked(service());
    await sendAll(
      service(),
      climbing.map((key) => from('climber', key)),
    );
    await drained(service());
    const parked = await takeParked(service());
    const found = climbing.map((key) => {
      const mine = parked.find(({ body }) => JSON.parse(body).accountsAt.key === key);
      return { key, refused: mine?.reason.startsWith('ACCOUNTS_AT_') ?? false };
    });
    expect(found).toEqual(climbing.map((key) => ({ key, refused: true })));
    const { status } = await call(service(), '/v1/owner-profiles?ownerExternalId=climber');
    expect(status).toBe(404);
  });

  test('an upload cannot point at an object', async () => {
    await put('imports/demo/secret.json', JSON.stringify([petAccount(64)]));
    const { ApiKey: key } = service().outputs.Clients[1]!;
    const post = (body: object) =>
      call(service(), '/v1/owner', {
        key,
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ownerExternalId: 'thief', ...body }),
      });
    const place = { accountsAt: { bucket: bucket(), key: 'imports/demo/secret.json' } };
    expect((await post(place)).status).toBe(400);
    // Beside accounts it is an unknown field, or a fault: it is never read.
    const both = await post({ ...place, accounts: [petAccount(65, { transactions: [] })] });
    expect([202, 400]).toContain(both.status);
    await drained(service());
    const answer = await call(service(), '/v1/owner-features?ownerExternalId=thief', { key });
    if (answer.status === 200) expect(answer.body.features['pets|veterinary.count/180d']).toBe(0);
  });
}
