/** No request reaches another client's data, and no key opens more than its scopes. */
import { captureOutput } from '../fuzz/output.ts';
import { SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';
import { importOf, openService, type Service } from './support.ts';

const MINE = 'shared name';
const SECRET_TITLE = 'ONLY FOR THE OTHER CLIENT';

let service: Service;
let output: ReturnType<typeof captureOutput>;
beforeAll(async () => {
  output = captureOutput();
  service = await openService();
  expect(await service.send(importOf('other', 'theirs', SECRET_TITLE))).toBe('joined');
  expect(await service.send(importOf('other', MINE, SECRET_TITLE))).toBe('joined');
  expect(await service.send(importOf('demo', MINE, 'MY OWN'))).toBe('joined');
}, SYNTHESIS_TIMEOUT_MS);
afterAll(async () => {
  output.release();
  await service.close();
});

const READS = [
  '/v1/owner-profiles',
  '/v1/owner-profiles/explanation',
  '/v1/owner-profiles/history',
  '/v1/owner-features',
  '/v1/owner-transactions',
] as const;
/** The parameter that names a day. */
const dayOf = (route: (typeof READS)[number]) => (/history|transactions/.test(route) ? 'to' : 'asOf');
const NOT_FOUND = { status: 404, json: { code: 'OWNER_NOT_FOUND' } };

/** Every form of `theirs` that might be mistaken for a way around. */
const WRITINGS = [
  'theirs',
  '%74heirs',
  '%74%68%65%69%72%73',
  'other%23owner%23theirs',
  'other%00theirs',
  'other/theirs',
  '..%2Fother%2Ftheirs',
  'theirs%20',
  '%20theirs',
  'THEIRS',
  '%EF%BB%BFtheirs',
  '*',
  '%25',
  '%7B%22S%22%3A%22theirs%22%7D',
];

describe.each(READS)('%s', (route) => {
  test.each(WRITINGS)('knows no owner of another client, written %s', async (id) => {
    const answer = await service.ask(`${route}?ownerExternalId=${id}`);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toContain(SECRET_TITLE);
  });

  test.each([
    'clientId=other',
    'client_id=other&X-Client-Id=other',
    'asOf=2026-11-15',
    'cursor=b3RoZXI%3D&next=other%23owner&lastEvaluatedKey=%7B%7D',
    '__proto__[clientId]=other&constructor.prototype.clientId=other',
  ])('knows none with %s beside it', async (more) => {
    expect(await service.ask(`${route}?ownerExternalId=theirs&${more}`)).toMatchObject(NOT_FOUND);
  });

  test('refuses parameters that are given twice, whichever comes first', async () => {
    for (const query of [
      `ownerExternalId=${encodeURIComponent(MINE)}&ownerExternalId=theirs`,
      'ownerExternalId=theirs&ownerExternalId=x',
    ]) {
      expect((await service.ask(`${route}?${query}`)).json).toMatchObject({ code: 'INVALID_OWNER_EXTERNAL_ID' });
    }
    const day = dayOf(route);
    const twice = await service.ask(`${route}?ownerExternalId=x&${day}=2026-11-15&${day}=2026-11-16`);
    expect(twice.json).toMatchObject({ code: 'INVALID_PARAMETER' });
  });

  test('answers each client from its own imports where both have an owner of that name', async () => {
    for (const day of ['', `&${dayOf(route)}=2026-11-15`]) {
      const target = `${route}?ownerExternalId=${encodeURIComponent(MINE)}${day}`;
      const [mine, theirs] = [await service.ask(target), await service.ask(target, { key: service.keys.other })];
      expect([mine.status, theirs.status]).toEqual([200, 200]);
      expect(mine.body).not.toContain(SECRET_TITLE);
      expect(theirs.body).not.toContain('MY OWN');
    }
  });

  test('is not led elsewhere by headers', async () => {
    const headers = [
      ['X-Client-Id', 'other'],
      ['X-HTTP-Method-Override', 'DELETE'],
      ['X-Original-URL', '/v1/owner?ownerExternalId=theirs'],
      ['X-Forwarded-For', '203.0.113.1'],
      ['Cookie', 'clientId=other'],
      ['Authorization', `Bearer ${service.keys.other}`],
    ] as const;
    expect(await service.ask(`${route}?ownerExternalId=theirs`, { headers })).toMatchObject(NOT_FOUND);
  });
});

test('an erasure takes nothing of another client', async () => {
  for (const id of [...WRITINGS.filter((written) => !written.includes('%00')), encodeURIComponent(MINE)]) {
    const { status } = await service.ask(`/v1/owner?ownerExternalId=${id}&clientId=other`, { method: 'DELETE' });
    expect(status).toBe(204);
  }
  for (const id of ['theirs', encodeURIComponent(MINE)]) {
    const kept = await service.ask(`/v1/owner-profiles?ownerExternalId=${id}`, { key: service.keys.other });
    expect(kept.status).toBe(200);
  }
  expect(await service.send(importOf('demo', MINE, 'MY OWN', { importedAt: new Date().toISOString() }))).toBe('joined');
});

test('an upload is the key’s client’s, whatever its body says', async () => {
  const { type: _, ...body } = importOf('other', 'uploaded', 'MY OWN') as Record<string, unknown>;
  const poisoned = JSON.stringify({ ...body, source: 'AIS' }).replace('{', '{"__proto__":{"clientId":"other"},');
  const headers = [['Content-Type', 'application/json']] as const;
  expect(await service.ask('/v1/owner?clientId=other', { method: 'POST', headers, body: poisoned })).toMatchObject({
    status: 202,
  });
  const [sent] = service.aws.sent.splice(0);
  expect(JSON.parse(sent?.MessageBody ?? '')).toMatchObject({ clientId: 'demo', source: 'OWNER_UPLOAD' });
});

describe('keys', () => {
  const target = '/v1/owner-profiles?ownerExternalId=x';

  test.each(['revoked', 'disabled'] as const)('that are %s open nothing', async (name) => {
    for (const path of [...READS.map((route) => `${route}?ownerExternalId=x`), '/v1/profiles']) {
      expect((await service.ask(path, { key: service.keys[name] })).status).toBe(403);
    }
  });

  test('open what they have the scope for, by any spelling of the method', async () => {
    const key = service.keys.readOnly;
    expect((await service.ask('/v1/profiles', { key })).status).toBe(200);
    for (const method of ['DELETE', 'POST']) {
      expect((await service.ask('/v1/owner?ownerExternalId=x', { key, method })).json).toMatchObject({
        code: 'FORBIDDEN',
      });
    }
    const overridden = [
      ['X-HTTP-Method-Override', 'DELETE'],
      ['X-Method', 'DELETE'],
    ] as const;
    expect((await service.ask('/v1/owner?ownerExternalId=x', { key, headers: overridden })).status).toBe(405);
  });

  test('with a list of addresses work from these alone, whatever a header says of the way', async () => {
    const headers = ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'True-Client-IP', 'CF-Connecting-IP'].map(
      (name) => [name, '203.0.113.5'] as const,
    );
    expect(await service.ask(target, { key: service.keys.elsewhere, headers })).toMatchObject({
      status: 403,
      json: { code: 'FORBIDDEN' },
    });
  });

  test('are read from their header alone, one of them, in any case of its name', async () => {
    const { demo, other } = service.keys;
    const asked = (headers: readonly (readonly [string, string])[], more = '') =>
      service.ask(target + more, { key: null, headers });
    expect(await asked([['x-api-KEY', demo]])).toMatchObject(NOT_FOUND);
    expect(
      (
        await asked([
          ['X-Api-Key', demo],
          ['x-api-key', other],
        ])
      ).status,
    ).toBe(403);
    for (const text of [
      `${demo},${other}`,
      demo.slice(0, -1),
      demo.toLowerCase(),
      `${demo}\u00a0x`,
      '*',
      '__proto__',
    ]) {
      expect((await asked([['X-Api-Key', text]])).status).toBe(403);
    }
    expect(
      (
        await asked(
          [
            ['Authorization', demo],
            ['Cookie', `X-Api-Key=${demo}`],
          ],
          `&X-Api-Key=${demo}`,
        )
      ).status,
    ).toBe(401);
  });
});

test('neither answers nor logs show an owner’s id where it is not asked for, or more than a line for each event', async () => {
  output.take();
  const forged = 'nobody%0A%7B%22level%22%3A%22INFO%22%7D';
  for (const id of ['an-owner-to-look-for', forged]) await service.ask(`/v1/owner-profiles?ownerExternalId=${id}`);
  await service.ask('/v1/owner-profiles?ownerExternalId=x', { key: 'op_\n{"level":"INFO"}' });
  const log = output.take();
  expect(log).not.toContain('an-owner-to-look-for');
  const lines = log.split('\n').filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) expect(JSON.parse(line)).toHaveProperty('service');
});

test('answers have the expected headers, and nothing that was sent', async () => {
  const echoed = 'x\r\nSet-Cookie: a=b';
  const answer = await service.ask(`/v1/owner-profiles?ownerExternalId=${encodeURIComponent(echoed)}`, {
    headers: [
      ['Origin', 'https://evil.example'],
      ['X-Request-Id', 'mine'],
      ['X-Echo', 'y'],
    ],
  });
  expect(Object.keys(answer.headers).sort()).toEqual(['cache-control', 'content-type', 'x-request-id']);
  expect(answer.headers['x-request-id']).not.toBe('mine');
  expect(answer.headers['cache-control']).toBe('no-store');
});
