/** A client's own catalogue belongs to that client alone, whatever is written into a path, and each key opens its own scopes. */

import { ROUTES, type Route } from '../../functions/contracts/http/routes.ts';
import { captureOutput } from '../fuzz/output.ts';
import { SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';
import { type Call, importOf, openService, type Service } from './support.ts';

const SECRET = 'strategy-nobody-may-see';
const DEFINITION = {
  title: SECRET,
  description: SECRET,
  enter: { all: [{ feature: 'pets.months', window: '180d', atLeast: 3 }] },
};
const JSON_TYPE = [['Content-Type', 'application/json']] as const;

let service: Service;
let output: ReturnType<typeof captureOutput>;
/** What the other client has. */
let theirs: { readonly version: string; readonly previewId: string; readonly publicationId: string };
const send = (method: string, target: string, body: object, more: Call = {}) =>
  service.ask(target, { method, headers: JSON_TYPE, body: JSON.stringify(body), ...more });

beforeAll(async () => {
  output = captureOutput();
  service = await openService();
  const key = service.keys.other;
  expect(await service.send(importOf('other', 'theirs', SECRET))).toBe('joined');
  const draft = await send('PUT', `/v1/catalogue/draft/profiles/${SECRET}`, DEFINITION, { key });
  const preview = await send('POST', '/v1/catalogue/previews', {}, { key });
  const published = await send(
    'POST',
    '/v1/catalogue/publications',
    { draft: true, note: SECRET, force: true },
    { key },
  );
  expect([draft.status, preview.status, published.status]).toEqual([200, 202, 201]);
  theirs = {
    version: String(published.json['version']),
    previewId: String(preview.json['previewId']),
    publicationId: String(published.json['publicationId']),
  };
}, SYNTHESIS_TIMEOUT_MS);
afterAll(async () => {
  output.release();
  await service.close();
});

test('it holds for the client that published it', async () => {
  const mine = await service.ask('/v1/catalogue', { key: service.keys.other });
  expect([mine.status, mine.json['version']]).toEqual([200, theirs.version]);
  expect(mine.body).toContain(SECRET);
  expect((await service.ask('/v1/profiles', { key: service.keys.other })).body).toContain(SECRET);
});

test.each([
  '/v1/catalogue',
  '/v1/catalogue/draft',
  '/v1/catalogue/versions',
  '/v1/catalogue/previews',
  '/v1/catalogue/publications',
  '/v1/profiles',
])('nothing of it shows in %s of another, nor in that of nobody', async (path) => {
  for (const target of [path, `${path}/`, `${path}?clientId=other`, `${path}?client=other&cursor=other%23catalogue`]) {
    const answer = await service.ask(target);
    expect([target, answer.status]).toEqual([target, 200]);
    expect(answer.body).not.toContain(SECRET);
    expect(answer.body).not.toContain(theirs.version);
    expect((await service.ask(target, { key: null })).status).toBe(401);
  }
});

describe('ids of another client', () => {
  const written = (id: string) => [
    id,
    `${id}/`,
    encodeURIComponent(`other#catalogue/${id}`),
    `..%2F${id}`,
    `%2e%2e%2Fother%2F${id}`,
    `%252e%252e%252f${id}`,
    `${id}%00`,
    `${id}%2F`,
    `${id}%20`,
    `%20${id}`,
    `preview%23${id}`,
    `publication%23${id}`,
    `amendment%23${id}`,
    `${id};clientId=other`,
    `${id}%3FclientId=other`,
    [...Buffer.from(id)].map((byte) => `%${byte.toString(16)}`).join(''),
  ];

  test.each(['versions', 'previews', 'publications'] as const)('name nothing among our %s', async (list) => {
    const id = { versions: theirs.version, previews: theirs.previewId, publications: theirs.publicationId }[list];
    for (const one of written(id)) {
      for (const rest of list === 'previews' ? ['', '/owners?profile=a&change=left', '/owners/theirs'] : ['']) {
        const target = `/v1/catalogue/${list}/${one.replace(/\/$/, rest === '' ? '/' : '')}${rest}`;
        const answer = await service.ask(target);
        expect([target, answer.status]).toEqual([target, 404]);
        expect(answer.body).not.toContain(SECRET);
      }
    }
  });

  test('cannot be published, cancelled or edited', async () => {
    const note = 'taken';
    const answers = [
      await send('POST', '/v1/catalogue/publications', { version: theirs.version, note }),
      await service.ask(`/v1/catalogue/previews/${theirs.previewId}`, { method: 'DELETE' }),
      await service.ask(`/v1/catalogue/draft/profiles/${SECRET}`, { method: 'DELETE' }),
    ];
    expect(answers.map(({ status, json }) => [status, json['code']])).toEqual([
      [404, 'VERSION_NOT_FOUND'],
      [404, 'PREVIEW_NOT_FOUND'],
      [404, 'PROFILE_NOT_FOUND'],
    ]);
    const preview = await service.ask(`/v1/catalogue/previews/${theirs.previewId}`, { key: service.keys.other });
    expect(preview.json['status']).toBe('running');
  });

  test('are not reached through an owner in a path', async () => {
    const { previewId } = (await send('POST', '/v1/catalogue/previews', {})).json;
    for (const owner of ['theirs', '%74heirs', 'other%23owner%23theirs', '..%2Fother%2Ftheirs', '%2574heirs']) {
      const answer = await service.ask(`/v1/catalogue/previews/${previewId}/owners/${owner}`);
      expect([owner, answer.status, answer.json['code']]).toEqual([owner, 404, 'OWNER_NOT_FOUND']);
    }
    await service.ask(`/v1/catalogue/previews/${previewId}`, { method: 'DELETE' });
  });
});

test('an owner whose id looks like a path is found by it, and by nothing else', async () => {
  const id = '../a/b %2F+100%?#😀';
  expect(await service.send(importOf('demo', id, 'MINE'))).toBe('joined');
  const { previewId } = (await send('POST', '/v1/catalogue/previews', {})).json;
  const path = `/v1/catalogue/previews/${previewId}/owners/`;
  const found = await service.ask(path + encodeURIComponent(id));
  expect([found.status, found.json['ownerExternalId']]).toEqual([200, id]);
  const encodedTwice = await service.ask(path + encodeURIComponent(encodeURIComponent(id)));
  expect([encodedTwice.status, encodedTwice.json['code']]).toEqual([404, 'OWNER_NOT_FOUND']);
  // An unencoded slash separates two steps, and no route has them: the gateway's own refusal.
  expect((await service.ask(path + encodeURIComponent(id).replace('%2F', '/'))).status).toBe(403);
  await service.ask(`/v1/catalogue/previews/${previewId}`, { method: 'DELETE' });
});

describe('keys', () => {
  const target = ({ path }: Route) => path.replaceAll(/\{\w+\}/g, 'x');
  const withKey = ROUTES.filter(({ scopes }) => scopes.length > 0);
  const scopesOf = {
    readOnly: ['read'],
    analyst: ['catalogue:read', 'catalogue:write'],
  } as const;

  test.each(withKey)('open $method $path by its scopes alone', async (route) => {
    for (const [name, given] of Object.entries(scopesOf)) {
      const key = service.keys[name as keyof typeof scopesOf];
      const { status, json } = await service.ask(target(route), { method: route.method, key });
      const has = (scope: string) => (given as readonly string[]).includes(scope);
      const opens = route.anyScope ? route.scopes.some(has) : route.scopes.every(has);
      // With the right scope, the request itself may still be invalid.
      expect([name, opens ? status !== 403 : json['code']]).toEqual([name, opens || 'FORBIDDEN']);
    }
  });

  test.each(withKey)('that are revoked, disabled or from elsewhere do not open $method $path', async (route) => {
    for (const name of ['revoked', 'disabled', 'elsewhere'] as const) {
      const key = service.keys[name];
      expect((await service.ask(target(route), { method: route.method, key })).status).toBe(403);
    }
  });

  test('are needed nowhere but for what describes the API', async () => {
    const open: string[] = [];
    for (const route of ROUTES) {
      const { status } = await service.ask(target(route), { method: route.method, key: null });
      if (status !== 401) open.push(`${route.method} ${route.path}: ${status}`);
    }
    expect(open).toEqual([
      'GET /v1/catalogue/schema.json: 200',
      'GET /v1/openapi.json: 200',
      'GET /v1/import-message.schema.json: 200',
      'GET /v1/problems: 200',
    ]);
  });
});

test('the log names neither definitions nor owners', async () => {
  output.take();
  await send('PUT', `/v1/catalogue/draft/profiles/${SECRET}`, DEFINITION);
  await service.ask('/v1/catalogue/previews/x/owners/an-owner-to-look-for');
  const log = output.take();
  expect(log).not.toContain(SECRET);
  expect(log).not.toContain('an-owner-to-look-for');
  expect(log).toContain('/v1/catalogue/previews/{previewId}/owners/{ownerExternalId}');
});
