/** Owner ids in every encoding, and requests that the API does not have. */
import { about, call, expectProblem, known, ownerPath, ROUTES } from '../support/http.ts';
import { day, iban, message, row } from '../support/messages.ts';
import { sendAll } from '../support/queues.ts';
import type { Running } from '../support/service.ts';

/** Each is a different owner, however similar to another one. */
const IDS = [
  'plus+sign',
  'plus sign',
  'plus%2Bsign',
  'plus%20sign',
  ' blank before',
  'blank behind ',
  'blank behind',
  ' ',
  'a/b/../c',
  'a/c',
  '.',
  '..',
  '/',
  '100%',
  '%',
  '%00',
  '&asOf=1999-01-01',
  'a=b&c=d;e#f?g',
  '"quoted\'back\\slash`',
  'Case',
  'case',
  'caf\u00e9',
  'cafe\u0301',
  '日本語',
  'שלום',
  '👩‍👩‍👧',
  '\u{1f415}'.repeat(256),
  'ż'.repeat(256),
  'x'.repeat(256),
  '__proto__',
  'constructor',
  'null',
  '0',
  '{"S":"x"}',
  '\u2028',
  '\ufeff',
  '\u{10ffff}',
];

export function requests(service: () => Running): void {
  test('owner ids are compared byte for byte after percent-decoding', async () => {
    const from = (at: number) => day(-10 - at);
    await sendAll(
      service(),
      IDS.map((id, at) => message(id, [{ iban: iban(at), currencyName: 'PLN', transactions: [row(from(at))] }])),
    );
    for (const [at, id] of IDS.entries()) {
      const { body } = await known(service(), id);
      expect({ id: body.ownerExternalId, dataFrom: body.dataFrom }).toEqual({ id, dataFrom: from(at) });
    }
    // Every byte encoded, and as little as possible: the same owner.
    const encoded = [...Buffer.from('a/c')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    for (const written of [encoded, encoded.toUpperCase(), 'a/c']) {
      const { body } = await call(service(), `/v1/owner-profiles?ownerExternalId=${written}`);
      expect(body.ownerExternalId).toBe('a/c');
    }
    expect((await call(service(), ownerPath('owner', 'plus sign'), { method: 'DELETE' })).status).toBe(204);
    expect((await about(service(), 'owner-profiles', 'plus sign')).status).toBe(404);
    expect((await about(service(), 'owner-profiles', 'plus+sign')).status).toBe(200);
  });

  test('an invalid owner id is refused', async () => {
    const bad = ['', '%00', '%0a', '%7f', '%C2%85', 'x'.repeat(257), `${'%C5%BC'.repeat(256)}x`];
    for (const written of bad) {
      for (const path of ROUTES) {
        const answer = await call(service(), `/v1/${path}?ownerExternalId=${written}`);
        expectProblem(answer, 400, 'INVALID_OWNER_EXTERNAL_ID');
      }
      const erased = await call(service(), `/v1/owner?ownerExternalId=${written}`, { method: 'DELETE' });
      expectProblem(erased, 400, 'INVALID_OWNER_EXTERNAL_ID');
    }
    for (const query of ['', '?', '?owner=x', '?OwnerExternalId=x', '?ownerExternalId']) {
      const answer = await call(service(), `/v1/owner-profiles${query}`);
      expectProblem(answer, 400, 'INVALID_OWNER_EXTERNAL_ID');
    }
    expectProblem(await about(service(), 'owner-profiles', 'nobody'), 404, 'OWNER_NOT_FOUND');
    expectProblem(await about(service(), 'owner-features', 'nobody'), 404, 'OWNER_NOT_FOUND');
    expectProblem(await about(service(), 'owner-profiles/explanation', 'nobody'), 404, 'OWNER_NOT_FOUND');
  });

  test('an owner id that cannot be decoded is a bad owner id', async () => {
    for (const written of ['%', '%4', '%zz', '%ff', '%C0%AF', '%ED%A0%80']) {
      const answer = await call(service(), `/v1/owner-profiles?ownerExternalId=${written}`);
      expectProblem(answer, 400, 'INVALID_OWNER_EXTERNAL_ID');
    }
  });

  test('no key, a wrong key', async () => {
    for (const path of [...ROUTES.map((route) => ownerPath(route, 'case')), '/v1/profiles']) {
      expectProblem(await call(service(), path, { key: null }), 401, 'MISSING_API_KEY');
      expectProblem(await call(service(), path, { key: '' }), 401, 'MISSING_API_KEY');
      expectProblem(await call(service(), path, { key: 'op_wrong' }), 401, 'INVALID_API_KEY');
    }
    for (const method of ['POST', 'DELETE']) {
      const path = ownerPath('owner', 'case');
      expectProblem(await call(service(), path, { method, key: null }), 401, 'MISSING_API_KEY');
      expectProblem(await call(service(), path, { method, key: 'x'.repeat(5000) }), 401, 'INVALID_API_KEY');
    }
    expect((await about(service(), 'owner-profiles', 'case')).status).toBe(200);
  });

  test('unknown routes, and methods that a route does not take', async () => {
    for (const path of [
      '/',
      '/v1',
      '/v1/',
      '/v2/profiles',
      '/v1/owner-profile',
      '/v1/owner-profiles/x',
      '/V1/profiles',
    ]) {
      expectProblem(await call(service(), path), 404, 'ROUTE_NOT_FOUND');
      expectProblem(await call(service(), path, { method: 'POST', body: '{}' }), 404, 'ROUTE_NOT_FOUND');
    }
    const allowed: readonly [string, readonly string[]][] = [
      ...ROUTES.map((route): [string, string[]] => [ownerPath(route, 'case'), ['GET']]),
      ['/v1/profiles', ['GET']],
      ['/v1/openapi.json', ['GET']],
      ['/v1/import-message.schema.json', ['GET']],
      ['/v1/problems', ['GET']],
      [ownerPath('owner', 'case'), ['DELETE', 'POST']],
    ];
    for (const [path, methods] of allowed) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((name) => !methods.includes(name))) {
        const answer = await call(service(), path, { method });
        expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
        const listed = answer.headers.allow!.split(/\s*,\s*/);
        expect(listed).toEqual(expect.arrayContaining([...methods]));
        expect(listed).not.toContain(method);
      }
    }
    expect((await about(service(), 'owner-profiles', 'case')).status).toBe(200);
  });
}
