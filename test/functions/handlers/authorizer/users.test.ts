/** People who signed in: their tokens, judged over HTTP by the keys of a user pool, and what their groups give. */
import { randomBytes } from 'node:crypto';
import { jest } from '@jest/globals';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import fc from 'fast-check';
import { type ClientStore, openClientStore } from '../../../../functions/adapters/clients/client-store.ts';
import { rightsOf } from '../../../../functions/adapters/clients/user-groups.ts';
import { openUserTokens } from '../../../../functions/adapters/clients/user-tokens.ts';
import { SCOPES } from '../../../../functions/contracts/http/routes.ts';
import { makeAuthorizer } from '../../../../functions/handlers/authorizer/verdict.ts';
import { type LoginServer, startLoginServer } from '../../../support/login-server.ts';
import { captureLog } from '../../support/log.ts';
import { ownTable } from '../../support/table.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const SECOND = Math.floor(NOW / 1000);
const SUBJECT = '5f0c1d2e-0000-4000-8000-000000000001';
captureLog();
const table = ownTable();
let login: LoginServer;
let store: ClientStore;

beforeAll(async () => {
  login = await startLoginServer(() => NOW);
  store = openClientStore({ ...table, hashOf: (key) => key, now: () => NOW, random: randomBytes });
  await store.createClient({ clientId: 'demo', enabledProfiles: ['smoker'], addresses: ['192.0.2.0/24'] });
  await store.createClient({ clientId: 'closed' });
  await store.setEnabled('closed', false);
});
afterAll(() => login.close());
beforeEach(() => {
  jest.spyOn(Date, 'now').mockReturnValue(NOW);
  login.pool.groups = ['demo.read'];
  login.asked.splice(0);
});

const open = () =>
  makeAuthorizer({
    hashesOf: async (apiKey) => [apiKey],
    findKey: store.findKey,
    findOperatorKey: async () => undefined,
    getClient: store.getClient,
    plans: { sharedKey: 'shared', limits: new Map([['standard', '100:200:600']]) },
    userOf: openUserTokens({ userPoolId: login.pool.id, clientId: login.pool.clientId, endpoint: login.url }),
  });

const request = (...keys: string[]) =>
  ({
    type: 'REQUEST',
    methodArn: 'arn:aws:execute-api:eu-central-1:111122223333:a1b2c3/prod/GET/v1/profiles',
    headers: { 'X-Api-Key': keys.at(-1) },
    multiValueHeaders: { 'X-Api-Key': keys },
    requestContext: { identity: { sourceIp: '192.0.2.1' } },
  }) as unknown as APIGatewayRequestAuthorizerEvent;

const effectOf = ({ policyDocument }: Awaited<ReturnType<ReturnType<typeof open>>>) =>
  (policyDocument.Statement[0] as { Effect: string }).Effect;

test('a person acts for the client of their groups, as a key with these scopes would', async () => {
  login.pool.groups = ['demo.segments:read', 'demo.read', 'demo.credit', 'staff', 'eu-central-1_pool00000_Okta.x'];
  const authorize = open();
  const verdict = await authorize(request(login.token()));
  expect(effectOf(verdict)).toBe('Allow');
  expect(verdict).toMatchObject({
    principalId: 'demo',
    usageIdentifierKey: 'shared',
    context: {
      clientId: 'demo',
      keyId: `user:${SUBJECT}`,
      scopes: 'read segments:read',
      addressAllowed: 'true',
      enabledProfiles: 'smoker',
      purposeOfKey: 'credit',
      amendment: '',
      amendmentFrom: '',
      amendmentBefore: '',
      limits: '100:200:600',
    },
  });
  expect(verdict.context).not.toHaveProperty('refusal');
  await authorize(request(login.token()));
  // The pool's keys are fetched once.
  expect(login.asked).toEqual([`GET /${login.pool.id}/.well-known/jwks.json`]);
});

test('the addresses of the client hold for its people', async () => {
  const event = request(login.token());
  Object.assign(event.requestContext.identity, { sourceIp: '198.51.100.1' });
  expect((await open()(event)).context).toMatchObject({ clientId: 'demo', addressAllowed: 'false' });
});

test.each<[string, () => string]>([
  ['expired', () => login.token({ iat: SECOND - 700, exp: SECOND - 1 })],
  ['not valid yet', () => login.token({ nbf: SECOND + 60 })],
  ['of another client of the pool', () => login.token({ client_id: 'other', aud: 'console' })],
  ['of another pool', () => login.token({ iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_other' })],
  ['of another issuer', () => login.token({ iss: login.url })],
  ['an ID token', () => login.token({ token_use: 'id', aud: 'console' })],
  ['a refresh token', () => login.token({ token_use: 'refresh' })],
  ['without a signature', () => `${login.token({}, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`],
  ['signed with the public key as a secret', () => login.token({}, { alg: 'HS256' })],
  ['signed with a key of another algorithm', () => login.token({}, { alg: 'ES256' })],
  ['signed with another key', () => login.token({}, {}, login.strange)],
  ['of a key that the pool does not have', () => login.token({}, { kid: 'key-2' })],
  ['without a key', () => login.token({}, { kid: undefined })],
  ['with other claims than those signed', () => forged({ 'cognito:groups': ['demo.erase'] })],
  ['no JSON', () => 'YQ.YQ.YQ'],
  ['too long', () => login.token({ scope: 'x'.repeat(9_000) })],
])('a token that is %s is refused', async (_, token) => {
  expect(await open()(request(token()))).toMatchObject({ principalId: 'nobody' });
});

function forged(claims: object): string {
  const [header, body = '', signature] = login.token().split('.');
  const changed = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), ...claims };
  return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
}

test('two tokens, or a token with a key, are refused', async () => {
  const authorize = open();
  for (const other of [login.token({ sub: 'another' }), `op_${'x'.repeat(43)}`]) {
    expect(await authorize(request(login.token(), other))).toMatchObject({ principalId: 'nobody' });
  }
});

test('a flood of unknown keys asks the pool once in a while, and disturbs nobody', async () => {
  const authorize = open();
  for (let kid = 0; kid < 5; kid++) await authorize(request(login.token({}, { kid: `unknown-${kid}` })));
  expect(login.asked).toHaveLength(1);
  expect(effectOf(await authorize(request(login.token())))).toBe('Allow');
});

test('a stage without a user pool reads no token', async () => {
  const authorize = makeAuthorizer({
    hashesOf: async () => [],
    findKey: store.findKey,
    findOperatorKey: async () => undefined,
    getClient: store.getClient,
  });
  expect(await authorize(request(login.token()))).toMatchObject({ principalId: 'nobody' });
  expect(login.asked).toEqual([]);
});

test('where the keys of the pool cannot be had there is no verdict', async () => {
  const userOf = openUserTokens({ userPoolId: login.pool.id, clientId: 'console', endpoint: `${login.url}/nothing` });
  await expect(userOf(login.token())).rejects.toThrow('HTTP status 404');
});

test.each([
  [[], 'You are in no group of a client'],
  [['staff', 'Demo.read', 'demo'], 'You are in no group of a client'],
  [['demo.read', 'closed.read'], 'two clients, "demo" and "closed"'],
  [['demo.read', 'demo.credt'], 'Your group "demo.credt" names no right'],
  [['demo.read', 'Demo.credit'], 'Your group "Demo.credit" narrows the rights of no client'],
  [['nobody.read'], 'The client "nobody" of your groups does not exist'],
  [['closed.read'], 'The client "closed" of your groups does not exist, or is disabled'],
])('groups %j give nothing, and the person reads why', async (groups, refusal) => {
  login.pool.groups = groups;
  const verdict = await open()(request(login.token()));
  expect(effectOf(verdict)).toBe('Allow');
  expect(verdict).toMatchObject({
    usageIdentifierKey: 'shared',
    context: { clientId: '-', scopes: '', addressAllowed: 'false', refusal: expect.stringContaining(refusal) },
  });
});

test('any groups give rights of one client that all name, or none', () => {
  const right = fc.constantFrom(...SCOPES, 'credit', 'operator', '*');
  const group = fc.oneof(
    fc.string(),
    fc.tuple(fc.constantFrom('a', 'b'), right).map((parts) => parts.join('.')),
  );
  fc.assert(
    fc.property(fc.array(group, { maxLength: 5 }), (groups) => {
      const given = rightsOf(groups);
      if ('refusal' in given) return given.refusal !== '';
      const named = [...given.scopes, ...(given.purpose ? [given.purpose] : [])];
      return named.length > 0 && named.every((name) => groups.includes(`${given.clientId}.${name}`));
    }),
    { seed: 20261130 },
  );
});
