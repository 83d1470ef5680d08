/** The secret's part for API keys can be replaced without a deployment and without a client noticing; the part that names owners stays. */
import { hashKeyOf, openHashKey, SECRET_KEPT_MS } from '../../functions/adapters/hash-key.ts';
import { makeAuthorizer } from '../../functions/handlers/authorizer/verdict.ts';
import { captureLog } from '../functions/support/log.ts';

captureLog();
const OLD = 'the old secret of at least thirty-two characters';
const NEW = 'the new secret of at least thirty-two characters';
const both = JSON.stringify({ ownerKey: OLD, apiKeys: [NEW, OLD] });
const API_KEY = `op_${'k'.repeat(43)}`;

test('a new part for API keys hashes new ones, the old one still finds old ones, and owners keep their names', () => {
  const [before, after] = [hashKeyOf(OLD), hashKeyOf(both)];
  expect(after.apiKeyHash('k')).toBe(hashKeyOf(NEW).apiKeyHash('k'));
  expect(after.apiKeyHashes('k')).toEqual([hashKeyOf(NEW).apiKeyHash('k'), before.apiKeyHash('k')]);
  expect(before.apiKeyHashes('k')).toEqual([before.apiKeyHash('k')]);
  expect([after.ownerKey('c', 'o'), after.hashOf('x')]).toEqual([before.ownerKey('c', 'o'), before.hashOf('x')]);
});

test.each([
  '{',
  '{}',
  `{"ownerKey":"${OLD}"}`,
  `{"ownerKey":"${OLD}","apiKeys":[]}`,
  `{"ownerKey":"${OLD}","apiKeys":["short"]}`,
  `{"ownerKey":"${OLD}","apiKeys":[1]}`,
  JSON.stringify({ ownerKey: OLD, apiKeys: [OLD, OLD, OLD, OLD] }),
])('%s is not a secret, and the error does not quote it', (secret) => {
  const wrong = expect.objectContaining({ name: 'ConfigurationError', message: expect.not.stringContaining(OLD) });
  expect(() => hashKeyOf(secret)).toThrow(wrong);
});

test('a value is read again after some minutes; while that fails, the former holds', async () => {
  let now = 0;
  let value: string | Error = OLD;
  let reads = 0;
  const open = openHashKey(
    'id',
    async () => {
      reads++;
      if (value instanceof Error) throw value;
      return value;
    },
    () => now,
  );
  const current = async () => (await open()).apiKeyHash('k');
  const [old, fresh] = [hashKeyOf(OLD).apiKeyHash('k'), hashKeyOf(NEW).apiKeyHash('k')];
  expect(await current()).toBe(old);
  value = new Error('throttled');
  now += SECRET_KEPT_MS;
  expect([await current(), await current(), reads]).toEqual([old, old, 2]);
  value = '{"broken';
  now += SECRET_KEPT_MS;
  expect([await current(), reads]).toEqual([old, 3]);
  value = both;
  expect(await current()).toBe(old);
  now += SECRET_KEPT_MS;
  expect([await current(), await current(), reads]).toEqual([fresh, fresh, 4]);
});

test('the authorizer finds a key under any part, and asks no more often than there are parts', async () => {
  const key = { clientId: 'c', keyId: 'k1', scopes: ['read'] as const, addresses: [], createdAt: '' };
  const stored = hashKeyOf(OLD).apiKeyHash(API_KEY);
  const asked: string[] = [];
  const authorize = makeAuthorizer({
    hashesOf: async (apiKey) => hashKeyOf(both).apiKeyHashes(apiKey),
    findKey: async (hash) => {
      asked.push(hash);
      return hash === stored ? { ...key, hash } : undefined;
    },
    findOperatorKey: async () => undefined,
    getClient: async (clientId) => ({
      clientId,
      name: '',
      enabled: true,
      enabledProfiles: [],
      addresses: [],
      createdAt: '',
    }),
  });
  const event = (apiKey: string) =>
    ({
      methodArn: 'arn:aws:execute-api:eu-central-1:1:a/live/GET/v1/profiles',
      headers: { 'X-Api-Key': apiKey },
      requestContext: { identity: { sourceIp: '192.0.2.1' } },
    }) as unknown as Parameters<typeof authorize>[0];
  expect(await authorize(event(API_KEY))).toMatchObject({ principalId: 'c' });
  expect(asked).toHaveLength(2);
  expect(await authorize(event(`op_${'z'.repeat(43)}`))).toMatchObject({ principalId: 'nobody' });
  expect(asked).toHaveLength(4);
});
