import { randomBytes } from 'node:crypto';
import { fc, test as property } from '@fast-check/jest';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { type ClientStore, openClientStore } from '../../../../functions/adapters/clients/client-store.ts';
import {
  type OperatorKeyStore,
  openFindOperatorKey,
  openOperatorKeyStore,
} from '../../../../functions/adapters/clients/operator-keys.ts';
import { hashKeyOf } from '../../../../functions/adapters/hash-key.ts';
import type { Scope } from '../../../../functions/contracts/http/routes.ts';
import { makeAuthorizer } from '../../../../functions/handlers/authorizer/verdict.ts';
import { captureLog } from '../../support/log.ts';
import { ownTable } from '../../support/table.ts';

const { apiKeyHash } = hashKeyOf('a secret of thirty-two characters');
const STAGE = 'arn:aws:execute-api:eu-central-1:111122223333:a1b2c3/prod';
const log = captureLog();

const table = ownTable();
let store: ClientStore;
let operators: OperatorKeyStore & { readonly find: ReturnType<typeof openFindOperatorKey> };
let authorize: ReturnType<typeof makeAuthorizer>;
let reads: string[];

beforeAll(() => {
  const parts = { ...table, hashOf: apiKeyHash, now: () => Date.parse('2026-11-22T12:00:00Z'), random: randomBytes };
  store = openClientStore(parts);
  operators = { ...openOperatorKeyStore(parts), find: openFindOperatorKey(table.dynamo, table.table) };
  authorize = makeAuthorizer({
    hashesOf: async (apiKey) => [apiKeyHash(apiKey)],
    findKey: (hash) => {
      reads.push('key');
      return store.findKey(hash);
    },
    findOperatorKey: (hash) => {
      reads.push('operator');
      return operators.find(hash);
    },
    getClient: (clientId) => {
      reads.push('client');
      return store.getClient(clientId);
    },
  });
});
beforeEach(() => {
  reads = [];
  log.lines.splice(0);
});

function request(headers: Record<string, string> | null, sourceIp = '192.0.2.1'): APIGatewayRequestAuthorizerEvent {
  return {
    type: 'REQUEST',
    methodArn: `${STAGE}/GET/v1/owner-profiles/explanation`,
    headers,
    multiValueHeaders: headers && Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    requestContext: { identity: { sourceIp } },
  } as unknown as APIGatewayRequestAuthorizerEvent;
}
const policy = (Effect: 'Allow' | 'Deny') => ({
  Version: '2012-10-17',
  Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: `${STAGE}/*` }],
});
const DENIED = { principalId: 'nobody', policyDocument: policy('Deny') };

let clients = 0;
async function keyOf(
  client: { addresses?: string[]; enabledProfiles?: string[] },
  key: { scopes?: Scope[]; addresses?: string[]; purpose?: 'credit' } = {},
) {
  const clientId = `client-${++clients}`;
  await store.createClient({ clientId, ...client });
  return store.createKey({ clientId, scopes: ['read'], ...key });
}
test('a key of its own purpose says so', async () => {
  const { apiKey } = await keyOf({}, { purpose: 'credit' });
  expect((await authorize(request({ 'X-Api-Key': apiKey }))).context).toMatchObject({ purposeOfKey: 'credit' });
});

const addressAllowed = async (apiKey: string, sourceIp: string) =>
  (await authorize(request({ 'X-Api-Key': apiKey }, sourceIp))).context?.['addressAllowed'];

test('a valid key opens the whole stage and names the caller', async () => {
  const { clientId, keyId, apiKey } = await keyOf(
    { enabledProfiles: ['smoker', 'gambler'] },
    { scopes: ['read', 'erase'] },
  );
  expect(await authorize(request({ 'X-Api-Key': apiKey }))).toEqual({
    principalId: clientId,
    policyDocument: policy('Allow'),
    context: {
      clientId,
      keyId,
      scopes: 'read erase',
      addressAllowed: 'true',
      enabledProfiles: 'gambler,smoker',
      purposeOfKey: '',
      limits: '',
      amendment: '',
      amendmentFrom: '',
      amendmentBefore: '',
    },
  });
  expect(log.lines).toEqual([
    { level: 'info', message: 'key', verdict: 'allow', clientId, keyId, addressAllowed: true },
  ]);
});

test('which amendment of the catalogue holds, and from when, is handed on as texts', async () => {
  const { clientId, apiKey } = await keyOf({});
  const amendment = { version: '3fb2c1d0a9e8', from: 1_795_342_530_000, before: 'built-in', publicationId: 'p1' };
  expect(await store.setAmendment(clientId, amendment, undefined)).toBe(true);
  expect((await authorize(request({ 'X-Api-Key': apiKey }))).context).toMatchObject({
    amendment: '3fb2c1d0a9e8',
    amendmentFrom: '1795342530000',
    amendmentBefore: 'built-in',
  });
});

test.each(['x-api-key', 'X-API-KEY', 'x-Api-kEy'])('the header may be written %s', async (name) => {
  const { apiKey } = await keyOf({});
  expect(await authorize(request({ [name]: apiKey }))).toMatchObject({ policyDocument: policy('Allow') });
});

test.each([[null], [{}], [{ 'X-Api-Key': '' }], [{ 'X-Api-Key': '  ' }], [{ Authorization: 'Bearer x' }]])(
  'without a key (%j) nobody is authorized',
  async (headers) => {
    await expect(authorize(request(headers as Record<string, string> | null))).rejects.toThrow(/^Unauthorized$/);
  },
);

test.each([
  'x',
  'op_',
  `op_${'x'.repeat(65)}`,
  'x'.repeat(100_000),
  `op_${'x'.repeat(30)}#`,
  'op_ąąąąąąąąąąąąąąąąąąąąąąąą',
])('a text that can be no key is refused without a read (%#)', async (apiKey) => {
  expect(await authorize(request({ 'X-Api-Key': apiKey }))).toEqual(DENIED);
  expect(reads).toEqual([]);
});

test('blanks and tabs around a key count for nothing, and any other white space is a part of it', async () => {
  const { clientId, apiKey } = await keyOf({});
  expect((await authorize(request({ 'X-Api-Key': ` \t${apiKey} ` }))).principalId).toBe(clientId);
  for (const space of ['\u00a0', '\u2003', '\ufeff', '\n', '\v']) {
    expect(await authorize(request({ 'X-Api-Key': `${apiKey}${space}` }))).toEqual(DENIED);
  }
});

test('an unknown key is refused', async () => {
  expect(await authorize(request({ 'X-Api-Key': `op_${'x'.repeat(43)}` }))).toEqual(DENIED);
  expect(reads).toEqual(['key']);
  expect(log.lines).toEqual([{ level: 'info', message: 'key', verdict: 'deny', reason: 'unknown' }]);
});

test('two different keys at once are refused', async () => {
  const [one, other] = [await keyOf({}), await keyOf({})];
  const event = request({ 'X-Api-Key': one.apiKey });
  expect(await authorize({ ...event, multiValueHeaders: { 'x-api-key': [one.apiKey, other.apiKey] } })).toEqual(DENIED);
});

test('a revoked key is refused', async () => {
  const { clientId, keyId, apiKey } = await keyOf({});
  await store.revokeKey(clientId, keyId);
  expect(await authorize(request({ 'X-Api-Key': apiKey }))).toEqual(DENIED);
});

test('a key of a disabled client is refused', async () => {
  const { clientId, apiKey } = await keyOf({});
  await store.setEnabled(clientId, false);
  expect(await authorize(request({ 'X-Api-Key': apiKey }))).toEqual(DENIED);
});

test('an item found under another hash opens nothing', async () => {
  const { apiKey } = await keyOf({});
  const odd = makeAuthorizer({
    hashesOf: async () => ['another hash'],
    findKey: () => store.findKey(apiKeyHash(apiKey)),
    findOperatorKey: operators.find,
    getClient: store.getClient,
  });
  expect(await odd(request({ 'X-Api-Key': apiKey }))).toEqual(DENIED);
});

test('where the stage has plans, the gateway counts by the key of the client, else by the shared one', async () => {
  const { clientId, apiKey } = await keyOf({});
  const counted = async (...names: readonly string[]) => {
    const plans = { sharedKey: 'shared', limits: new Map(names.map((name) => [name, `limits of ${name}`])) };
    const verdict = makeAuthorizer({
      hashesOf: async () => [apiKeyHash(apiKey)],
      findKey: store.findKey,
      findOperatorKey: operators.find,
      getClient: store.getClient,
      plans,
    });
    const { usageIdentifierKey, context } = await verdict(request({ 'X-Api-Key': apiKey }));
    return [usageIdentifierKey, context?.['limits']];
  };
  expect(await counted('small', 'large')).toEqual(['shared', 'limits of small']);
  await store.setUsage(clientId, { plan: 'large', planId: 'p1', key: 'own' });
  expect(await counted('small', 'large')).toEqual(['own', 'limits of large']);
  expect(await counted('small')).toEqual(['shared', 'limits of small']);
  expect(await authorize(request({ 'X-Api-Key': apiKey }))).not.toHaveProperty('usageIdentifierKey');
});

describe("an operator's key", () => {
  test('opens the whole stage and names no client, from its addresses, until it is revoked', async () => {
    const { keyId, apiKey } = await operators.create(['198.51.100.0/24']);
    expect(apiKey).toMatch(/^ops_[0-9A-Za-z]{43}$/);
    const context = { operator: 'true', keyId };
    expect(await authorize(request({ 'X-Api-Key': apiKey }))).toEqual({
      principalId: 'operator',
      policyDocument: policy('Allow'),
      context: { ...context, addressAllowed: 'false', limits: '' },
    });
    expect((await authorize(request({ 'X-Api-Key': apiKey }, '198.51.100.7'))).context).toEqual({
      ...context,
      addressAllowed: 'true',
      limits: '',
    });
    expect(reads).toEqual(['operator', 'operator']);
    await operators.revoke(keyId);
    await operators.revoke(keyId);
    expect(await authorize(request({ 'X-Api-Key': apiKey }))).toEqual(DENIED);
    expect(await operators.list()).toContainEqual(expect.objectContaining({ keyId, revokedAt: expect.any(String) }));
    await expect(operators.revoke('k0')).rejects.toThrow('there is no key "k0" of an operator');
  });

  test("and a client's differ in their form: neither is looked for among the others", async () => {
    const { apiKey } = await keyOf({});
    const { apiKey: ofOperator } = await operators.create([]);
    const swapped = [apiKey.replace('op_', 'ops_'), ofOperator.replace('ops_', 'op_')];
    for (const each of swapped) expect(await authorize(request({ 'X-Api-Key': each }))).toEqual(DENIED);
    expect(reads).toEqual(['operator', 'key']);
  });

  test('is counted by the shared plan', async () => {
    const verdict = makeAuthorizer({
      hashesOf: async (apiKey) => [apiKeyHash(apiKey)],
      findKey: store.findKey,
      findOperatorKey: operators.find,
      getClient: store.getClient,
      plans: { sharedKey: 'shared', limits: new Map([['standard', '100 200 600']]) },
    });
    const { apiKey } = await operators.create([]);
    expect(await verdict(request({ 'X-Api-Key': apiKey }))).toMatchObject({
      usageIdentifierKey: 'shared',
      context: { limits: '100 200 600' },
    });
  });
});

describe('an allow-list', () => {
  test('of the client holds for all its keys', async () => {
    const { apiKey } = await keyOf({ addresses: ['198.51.100.0/24', '2001:db8::/32'] });
    expect(await addressAllowed(apiKey, '198.51.100.77')).toBe('true');
    expect(await addressAllowed(apiKey, '2001:db8:1::5')).toBe('true');
    expect(await addressAllowed(apiKey, '198.51.101.1')).toBe('false');
    expect(await addressAllowed(apiKey, '2001:db9::1')).toBe('false');
    expect(await addressAllowed(apiKey, 'nonsense')).toBe('false');
  });

  test('of the key narrows that of the client and never widens it', async () => {
    const { apiKey } = await keyOf({ addresses: ['198.51.100.0/24'] }, { addresses: ['198.51.100.7', '203.0.113.1'] });
    expect(await addressAllowed(apiKey, '198.51.100.7')).toBe('true');
    expect(await addressAllowed(apiKey, '198.51.100.8')).toBe('false');
    expect(await addressAllowed(apiKey, '203.0.113.1')).toBe('false');
  });
});

test('a table that does not answer is no verdict', async () => {
  const broken = makeAuthorizer({
    hashesOf: async (apiKey) => [apiKeyHash(apiKey)],
    findKey: () => Promise.reject(new Error('throttled')),
    findOperatorKey: operators.find,
    getClient: store.getClient,
  });
  await expect(broken(request({ 'X-Api-Key': `op_${'x'.repeat(43)}` }))).rejects.toThrow('throttled');
});

property.prop([fc.string({ unit: 'binary' })], { numRuns: 50 })('no garbage opens anything', async (text) => {
  const verdict = await authorize(request({ 'X-Api-Key': text })).catch((error: Error) => error.message);
  expect([DENIED, 'Unauthorized']).toContainEqual(verdict);
});
