/** A second client cannot see, erase or change the first one's data, whatever it writes into its requests. */
import { about, allOf, call, expectProblem, known, ownerPath, ROUTES } from '../support/http.ts';
import { day, instant, message, petAccount, row } from '../support/messages.ts';
import { drained, send } from '../support/queues.ts';
import type { Running } from '../support/service.ts';

const SHARED = 'shared name';

export function isolation(service: () => Running): void {
  const otherKey = () => service().outputs.Clients[1]!.ApiKey;
  const other = () => ({ key: otherKey() });
  let before: unknown;

  beforeAll(async () => {
    await send(service(), message(SHARED, [petAccount(20)]));
    await known(service(), SHARED);
    before = await allOf(service(), SHARED);
  });

  test('the local clients have keys of their own, the first of them is demo', () => {
    const [first, second] = service().outputs.Clients;
    expect(first).toEqual({ ClientId: 'demo', ApiKey: service().outputs.ApiKey });
    expect(second!.ClientId).not.toBe('demo');
    expect(second!.ApiKey).not.toBe(first!.ApiKey);
  });

  test('keys make keys of their own client and with their own rights, and nothing shows a text twice', async () => {
    const ask = (method: string, path: string, key: string, body?: object) => {
      const headers = { 'Content-Type': 'application/json' };
      return call(service(), path, { method, key, headers, ...(body && { body: JSON.stringify(body) }) });
    };
    const made = await ask('POST', '/v1/keys', otherKey(), { scopes: ['read', 'keys'], purpose: 'credit' });
    expect(made.status).toBe(201);
    const { apiKey, keyId } = made.body;
    expect(made.body).toMatchObject({ scopes: ['read', 'keys'], purpose: 'credit', revokedAt: null, current: false });
    const { body, text } = await ask('GET', '/v1/keys', apiKey);
    expect(body.keys).toContainEqual({ ...made.body, apiKey: undefined, current: true });
    expect(text).not.toMatch(/op_|hash/);
    expect((await ask('GET', '/v1/keys', service().outputs.ApiKey)).text).not.toContain(keyId);

    expectProblem(await ask('POST', '/v1/keys', apiKey, { scopes: ['read', 'erase'] }), 400, 'INVALID_PAYLOAD');
    expectProblem(
      await ask('POST', '/v1/keys', apiKey, { scopes: ['read'], clientId: 'demo' }),
      400,
      'INVALID_PAYLOAD',
    );
    const child = await ask('POST', '/v1/keys', apiKey, { scopes: ['read'] });
    expect(child.body).toMatchObject({ purpose: 'credit', createdBy: keyId });
    expectProblem(await ask('GET', '/v1/keys', child.body.apiKey), 403, 'FORBIDDEN');

    expectProblem(await ask('DELETE', `/v1/keys/${keyId}`, service().outputs.ApiKey), 404, 'KEY_NOT_FOUND');
    expect((await ask('DELETE', `/v1/keys/${keyId}`, otherKey())).status).toBe(204);
    expectProblem(await ask('GET', '/v1/keys', apiKey), 401, 'INVALID_API_KEY');
    const { body: left } = await ask('GET', '/v1/keys', otherKey());
    const own = left.keys.find(({ current }: { current: boolean }) => current).keyId;
    expectProblem(await ask('DELETE', `/v1/keys/${own}`, otherKey()), 409, 'LAST_KEY');
  });

  test('nothing in a request reads from another client', async () => {
    const headers = {
      'X-Client-Id': 'demo',
      'Client-Id': 'demo',
      ClientId: 'demo',
      'X-Forwarded-For': '127.0.0.1',
      Authorization: `Bearer demo`,
      Cookie: 'clientId=demo',
    };
    for (const route of ROUTES) {
      const unknown = await about(service(), route, SHARED, '', other());
      expectProblem(unknown, 404, 'OWNER_NOT_FOUND');
      expectProblem(await about(service(), route, SHARED, '', { ...other(), headers }), 404, 'OWNER_NOT_FOUND');
      const more = '&clientId=demo&client=demo&ClientId=demo&clientId[]=demo';
      expectProblem(await about(service(), route, SHARED, more, other()), 404, 'OWNER_NOT_FOUND');
    }
    for (const id of [
      `demo/${SHARED}`,
      `demo#${SHARED}`,
      `demo|${SHARED}`,
      `demo:${SHARED}`,
      `../demo/${SHARED}`,
      '*',
    ]) {
      expectProblem(await about(service(), 'owner-profiles', id, '', other()), 404, 'OWNER_NOT_FOUND');
    }
    for (const path of ['/v1/demo/owner-profiles', '/v1/clients/demo/owner-profiles', '//v1/owner-profiles']) {
      const answer = await call(service(), `${path}?ownerExternalId=${encodeURIComponent(SHARED)}`, other());
      expect([404, 401]).toContain(answer.status);
    }
    const posed = { method: 'GET', body: JSON.stringify({ clientId: 'demo', ownerExternalId: SHARED }) };
    const answer = await about(service(), 'owner-profiles', SHARED, '', { ...other(), ...posed });
    expectProblem(answer, 404, 'OWNER_NOT_FOUND');
  });

  test('two keys, or a key anywhere but in its header, are refused', async () => {
    const path = ownerPath('owner-profiles', SHARED);
    const { ApiKey } = service().outputs;
    const two = await call(service(), path, { key: null, headers: { 'X-Api-Key': [otherKey(), ApiKey] } });
    expectProblem(two, 401, 'INVALID_API_KEY');
    const queried = await call(service(), `${path}&X-Api-Key=${ApiKey}&apiKey=${ApiKey}`, { key: null });
    expectProblem(queried, 401, 'MISSING_API_KEY');
    for (const key of [ApiKey.slice(0, -1), `${ApiKey}x`, ApiKey.toUpperCase(), 'demo', '*']) {
      expectProblem(await call(service(), path, { key }), 401, 'INVALID_API_KEY');
    }
  });

  test('an upload and an erasure of the second client stay with it', async () => {
    const account = { ...petAccount(20), transactions: [row(day(-3), { title: 'OTHER' })] };
    const claims = { clientId: 'demo', client: 'demo', source: 'AIS', type: 'owner-import', version: 1 };
    const upload = (body: object) =>
      call(service(), '/v1/owner?clientId=demo', {
        ...other(),
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Client-Id': 'demo' },
        body: JSON.stringify(body),
      });
    const sent = await upload({ ownerExternalId: SHARED, accounts: [account], importedAt: instant(), ...claims });
    expect(sent.status).toBe(202);
    expect((await known(service(), SHARED, other())).body).toMatchObject({ profiles: [], dataFrom: day(-3) });
    expect(await allOf(service(), SHARED)).toEqual(before);
    const erased = await call(service(), ownerPath('owner', SHARED, '&clientId=demo'), {
      ...other(),
      method: 'DELETE',
      headers: { 'X-Client-Id': 'demo' },
      body: JSON.stringify({ clientId: 'demo' }),
    });
    expect(erased.status).toBe(204);
    expectProblem(await about(service(), 'owner-profiles', SHARED, '', other()), 404, 'OWNER_NOT_FOUND');
    expect(await allOf(service(), SHARED)).toEqual(before);
  });

  test('the same owner id of two clients are two owners', async () => {
    const clientId = service().outputs.Clients[1]!.ClientId;
    await send(service(), message('twice', [petAccount(21)]));
    await send(service(), message('twice', [petAccount(21, { transactions: [row(day(-4))] })], { clientId }));
    await drained(service());
    expect((await about(service(), 'owner-profiles', 'twice')).body.dataFrom).toBe(day(-160));
    expect((await about(service(), 'owner-profiles', 'twice', '', other())).body.dataFrom).toBe(day(-4));
  });
}
