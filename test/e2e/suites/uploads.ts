/** Owner Upload and erasure. */
import { gzipSync } from 'node:zlib';
import {
  type Answer,
  about,
  allOf,
  call,
  expectProblem,
  expectUnreadable,
  known,
  ownerPath,
  ROUTES,
} from '../support/http.ts';
import { day, iban, instant, message, petAccount, row, smallest } from '../support/messages.ts';
import { drained, send } from '../support/queues.ts';
import type { Running } from '../support/service.ts';

const MIB = 1024 * 1024;
const JSON_TYPE = { 'Content-Type': 'application/json' };

const paths = (refused: Answer) => refused.body.errors.map(({ path }: { path: string }) => path);

export function uploads(service: () => Running): void {
  const post = (body: string | Uint8Array | object, headers: Record<string, string> = JSON_TYPE) =>
    call(service(), '/v1/owner', {
      method: 'POST',
      headers,
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    });
  const erase = (id: string) => call(service(), ownerPath('owner', id), { method: 'DELETE' });

  test('an upload is accepted, plain and gzipped, and answers like an import of the queue', async () => {
    const accounts = [petAccount(30)];
    const plain = await post({ ownerExternalId: 'upload-plain', accounts });
    expect({ status: plain.status, body: plain.body }).toEqual({
      status: 202,
      body: { requestId: plain.headers['x-request-id'], importId: expect.stringMatching(/./) },
    });
    const packed = gzipSync(
      JSON.stringify({ ownerExternalId: 'upload-gzip', accounts, importId: 'u-1', importedAt: instant(-5) }),
    );
    const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Encoding': 'gzip' };
    expect((await post(packed, headers)).status).toBe(202);
    await send(service(), message('upload-queue', accounts));
    for (const id of ['upload-plain', 'upload-gzip', 'upload-queue']) await known(service(), id);
    const answers = await allOf(service(), 'upload-queue');
    expect(await allOf(service(), 'upload-plain')).toEqual(answers);
    expect(await allOf(service(), 'upload-gzip')).toEqual(answers);
  });

  test('an upload says nothing over the bank feed, even when it calls itself one', async () => {
    await send(service(), message('upload-weak', [petAccount(31)], { importedAt: instant(-60) }));
    await known(service(), 'upload-weak');
    const before = await allOf(service(), 'upload-weak');
    const accounts = [petAccount(31, { transactions: [] })];
    expect((await post({ ownerExternalId: 'upload-weak', accounts, source: 'AIS', importId: '~' })).status).toBe(202);
    await drained(service());
    expect(await allOf(service(), 'upload-weak')).toEqual(before);
  });

  test('a large upload goes all the way', async () => {
    const transactions = Array.from({ length: 12_000 }, (_, at) =>
      row(day(-3 - (at % 190)), { title: `ZOOPLUS ${at} ${'ż'.repeat(60)}` }),
    );
    const body = JSON.stringify({ ownerExternalId: 'upload-large', accounts: [petAccount(32, { transactions })] });
    expect(Buffer.byteLength(body)).toBeGreaterThan(2 * MIB);
    expect((await post(body)).status).toBe(202);
    await known(service(), 'upload-large');
    const { features } = (await about(service(), 'owner-features', 'upload-large')).body;
    expect(features['pets|veterinary.count/180d']).toBeGreaterThan(11_000);
  });

  test('a bad upload is refused as a whole, with the path of every fault', async () => {
    const good = petAccount(33);
    const wrong = {
      ...good,
      transactions: [...good.transactions!, row(5 as unknown as string), { bookedOn: day(-3) }],
    };
    const refused = await post({ ownerExternalId: 'upload-bad', accounts: [wrong, { currencyName: 'zł' }] });
    expectProblem(refused, 400, 'INVALID_PAYLOAD');
    expect(paths(refused)).toEqual(
      expect.arrayContaining([
        'accounts[0].transactions[6].bookedOn',
        'accounts[0].transactions[7].currencyAmount',
        'accounts[0].transactions[7].title',
        'accounts[1].currencyName',
      ]),
    );
    for (const body of ['', '{', '\ud800']) expectUnreadable(await post(body), 400, 'INVALID_PAYLOAD');
    for (const body of ['null', '[]', '"x"', '{}', JSON.stringify({ ownerExternalId: 'upload-bad' })]) {
      expectProblem(await post(body), 400, 'INVALID_PAYLOAD');
    }
    for (const more of [
      { importedAt: instant(11) },
      { importedAt: '1999-12-31T23:59:59Z' },
      { importedAt: 'yesterday' },
      { ownerExternalId: '' },
      { ownerExternalId: 'x'.repeat(257) },
      { ownerExternalId: 'line\nend' },
      { accounts: [good, { ...good, iban: good.iban!.toLowerCase() }] },
      { accounts: [petAccount(33, { covers: { from: day(-1), to: day(-9) } })] },
      { accounts: [petAccount(33, { covers: { from: day(-50), to: day(-2) } })] },
    ]) {
      const answer = await post({ ownerExternalId: 'upload-bad', accounts: [good], ...more });
      expectProblem(answer, 400, 'INVALID_PAYLOAD');
    }
    await drained(service());
    expectProblem(await about(service(), 'owner-profiles', 'upload-bad'), 404, 'OWNER_NOT_FOUND');
  });

  test('faults of form and of meaning are reported at once', async () => {
    const good = petAccount(33);
    const bad = [...good.transactions!, row('2026-02-30'), row(day(-3), { currencyAmount: 'NaN' })];
    const accounts = [{ ...good, transactions: bad }, { currencyName: 'zł' }];
    const refused = await post({ ownerExternalId: 'upload-bad', accounts });
    expect(paths(refused)).toEqual(
      expect.arrayContaining([
        'accounts[0].transactions[6].bookedOn',
        'accounts[0].transactions[7].currencyAmount',
        'accounts[1].currencyName',
      ]),
    );
  });

  test('unsupported media types, and bodies too large', async () => {
    const body = JSON.stringify({ ownerExternalId: 'upload-form', accounts: [petAccount(34)] });
    for (const type of ['text/plain', 'text/json', 'application/xml', 'application/x-www-form-urlencoded', 'json']) {
      expectProblem(await post(body, { 'Content-Type': type }), 415, 'UNSUPPORTED_MEDIA_TYPE');
    }
    expectProblem(await post(body, {}), 415, 'UNSUPPORTED_MEDIA_TYPE');
    for (const encoding of ['br', 'deflate', 'zstd']) {
      const answer = await post(body, { ...JSON_TYPE, 'Content-Encoding': encoding });
      expectProblem(answer, 415, 'UNSUPPORTED_MEDIA_TYPE');
    }
    const gzip = { ...JSON_TYPE, 'Content-Encoding': 'gzip' };
    expectUnreadable(await post(body, gzip), 400, 'INVALID_PAYLOAD');
    expectUnreadable(await post(gzipSync(body).subarray(0, 60), gzip), 400, 'INVALID_PAYLOAD');
    expectProblem(await post(gzipSync(Buffer.alloc(64 * MIB, ' ')), gzip), 413, 'PAYLOAD_TOO_LARGE');
    expectProblem(await post(`${body}${' '.repeat(5 * MIB)}`), 413, 'PAYLOAD_TOO_LARGE');
    // A request that a gateway itself rejects (API Gateway: 10 MB) is refused in the same form.
    expectProblem(await post(`${body}${' '.repeat(11 * MIB)}`), 413, 'PAYLOAD_TOO_LARGE');
    expectProblem(await about(service(), 'owner-profiles', 'upload-form'), 404, 'OWNER_NOT_FOUND');
  });

  test('an erasure is for good: what was imported before it stays away, what comes after it is new', async () => {
    await send(service(), message('erased', [petAccount(35)], { importedAt: instant(-120) }));
    await known(service(), 'erased');
    const erased = await erase('erased');
    expect({ status: erased.status, text: erased.text }).toEqual({ status: 204, text: '' });
    for (const route of ROUTES) expectProblem(await about(service(), route, 'erased'), 404, 'OWNER_NOT_FOUND');
    await send(service(), message('erased', [petAccount(35)], { importedAt: instant(-30) }));
    await drained(service());
    expectProblem(await about(service(), 'owner-profiles', 'erased'), 404, 'OWNER_NOT_FOUND');
    await send(service(), smallest('erased', { importedAt: instant() }));
    expect((await known(service(), 'erased')).body.dataFrom).toBe(day(-5));
    // The old one again: it must not get in beside the new one either.
    await send(service(), message('erased', [petAccount(35)], { importedAt: instant(-30) }));
    await drained(service());
    expect((await about(service(), 'owner-profiles', 'erased')).body.dataFrom).toBe(day(-5));
    expect((await erase('erased')).status).toBe(204);
    expect((await erase('erased')).status).toBe(204);
    expect((await erase('was never here')).status).toBe(204);
    await send(
      service(),
      message('was never here', [{ ...petAccount(36), iban: iban(36) }], { importedAt: instant(-30) }),
    );
    await drained(service());
    expectProblem(await about(service(), 'owner-profiles', 'was never here'), 404, 'OWNER_NOT_FOUND');
  });
}
