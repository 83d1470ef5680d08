/** Rare cases: months that fill several items, refused requests that are corrected, a cancelled run. */
import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { call, expectProblem, known, ownerPath } from '../support/http.ts';
import { day, instant, message, petAccount, row, smallest } from '../support/messages.ts';
import { drained, s3Of, send } from '../support/queues.ts';
import type { Running } from '../support/service.ts';
import { until } from '../support/until.ts';

const ROUTES = [
  'owner-profiles',
  'owner-profiles/explanation',
  'owner-profiles/history',
  'owner-features',
  'owner-transactions',
];
/** This many rows a day, each with an incompressible title: a month of them is larger than an item may be. */
const ROWS_A_DAY = 60;
const MONTH_DAYS = 30;

const noise = (seed: string): string => {
  const digest = (part: number) => createHash('sha512').update(`${seed}#${part}`).digest('base64');
  return Array.from({ length: 8 }, (_, part) => digest(part)).join('');
};

export function rarePaths(service: () => Running): void {
  const put = (key: string, accounts: object[]) =>
    s3Of(service()).send(
      new PutObjectCommand({ Bucket: service().outputs.PayloadBucketName, Key: key, Body: JSON.stringify(accounts) }),
    );
  const get = (path: string) => call(service(), `/v1/${path}`);

  test('months that fill several items are joined, written again, read by every route and erased', async () => {
    const owner = 'a month of noise';
    const month = (seed: string) =>
      petAccount(90, {
        covers: { from: day(-40), to: day(-10) },
        transactions: Array.from({ length: MONTH_DAYS * ROWS_A_DAY }, (_, at) =>
          row(day(-10 - (at % MONTH_DAYS)), { title: `ZOOPLUS ${noise(`${seed}${at}`)}` }),
        ),
      });
    for (const [at, seed] of ['first', 'second'].entries()) {
      const key = `imports/demo/noise-${seed}.json`;
      await put(key, [month(seed)]);
      const place = { accounts: undefined, accountsAt: { bucket: service().outputs.PayloadBucketName, key } };
      await send(service(), message(owner, [], { ...place, importedAt: instant(at - 9) }));
      await known(service(), owner);
      await drained(service());
    }
    const answers = await Promise.all(
      ROUTES.map((route) => call(service(), `/v1/${route}?ownerExternalId=${encodeURIComponent(owner)}`)),
    );
    expect(answers.map(({ status }) => status)).toEqual(ROUTES.map(() => 200));
    const [, , , features, transactions] = answers;
    expect(features?.body.features['pets|veterinary.count/180d']).toBe(MONTH_DAYS * ROWS_A_DAY);
    const titles = new Set(month('second').transactions?.map(({ title }) => title));
    const strange = transactions?.body.transactions.filter(({ title }: { title: string }) => !titles.has(title));
    expect(strange).toEqual([]);
    expect((await call(service(), ownerPath('owner', owner), { method: 'DELETE' })).status).toBe(204);
    expectProblem(await get(`owner-profiles?ownerExternalId=${encodeURIComponent(owner)}`), 404, 'OWNER_NOT_FOUND');
  });

  test('a refused import is listed with its reason, and leaves the list when it is joined under its id', async () => {
    const good = smallest('refused, then mended', { importId: 'mended-1' });
    const bad = { ...good, accounts: [{ ...good.accounts[0], currencyName: 'zł' }] };
    for (const again of [bad, bad]) {
      await send(service(), again);
      await drained(service());
    }
    const mine = async () => {
      const { status, body } = await get('imports?status=refused&limit=100');
      expect(status).toBe(200);
      return body.imports.filter(({ importId }: { importId: string }) => importId === 'mended-1');
    };
    const refused = {
      importId: 'mended-1',
      ownerExternalId: 'refused, then mended',
      at: expect.any(String),
      reason: 'INVALID_MESSAGE',
      detail: expect.stringContaining('currencyName'),
    };
    expect(await mine()).toEqual([refused]);
    const status = `imports/mended-1?ownerExternalId=${encodeURIComponent('refused, then mended')}`;
    expect((await get(status)).body).toMatchObject({ status: 'refused', reason: 'INVALID_MESSAGE' });
    await send(service(), good);
    await until('the import that was mended', async () => (await get(status)).body.status === 'joined');
    expect(await mine()).toEqual([]);
  });

  test('what is refused of an owner goes with its erasure', async () => {
    const owner = 'refused, then erased';
    await send(service(), { ...smallest(owner, { importId: 'erased-1' }), accounts: 'none' });
    await drained(service());
    expect((await get(`imports/erased-1?ownerExternalId=${encodeURIComponent(owner)}`)).body.status).toBe('refused');
    expect((await call(service(), ownerPath('owner', owner), { method: 'DELETE' })).status).toBe(204);
    expect((await get(`imports/erased-1?ownerExternalId=${encodeURIComponent(owner)}`)).body.status).toBe('unknown');
  });

  test('a file whose import is too large for a message is joined', async () => {
    const owner = 'a long file';
    const rows = Array.from(
      { length: 12_000 },
      (_, at) => `${day(-3 - (at % 100))};-1,50;ZOOPLUS ${at} ${'x'.repeat(80)}`,
    );
    const mapping = { columns: { bookedOn: 'Data', amount: 'Kwota', title: 'Opis' }, dates: 'YMD', decimal: ',' };
    const query = new URLSearchParams({ account: 'long-1', currency: 'PLN', mapping: JSON.stringify(mapping) });
    const body = ['Data;Kwota;Opis', ...rows].join('\r\n');
    const sent = await call(service(), `${ownerPath('owner/statements', owner)}&${query}`, { method: 'POST', body });
    expect([sent.status, sent.body.report?.accounts[0].transactions]).toEqual([202, 12_000]);
    await known(service(), owner);
  });

  test('a snapshot that runs is cancelled, and stays so', async () => {
    const { body } = await call(service(), '/v1/snapshots', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ features: ['definitions'], unlabelled: true }),
    });
    const path = `snapshots/${body.snapshotId}`;
    const cancelled = await call(service(), `/v1/${path}`, { method: 'DELETE' });
    expect(cancelled.status).toBe(200);
    await until('the end of the run', async () => (await get(path)).body.status === 'cancelled');
  });
}
