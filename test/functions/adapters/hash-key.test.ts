import { createHmac } from 'node:crypto';
import { hashKeyOf, openHashKey } from '../../../functions/adapters/hash-key.ts';
import { ConfigurationError } from '../../../functions/runtime/errors.ts';

const SECRET = 'a secret of thirty-two characters';

test('an owner is named by HMAC-SHA256 over client and id, cut to 192 bits', () => {
  const hmac = createHmac('sha256', SECRET).update('demo\0loan-4711').digest().subarray(0, 24).toString('base64url');
  expect(hashKeyOf(SECRET).ownerKey('demo', 'loan-4711')).toBe(hmac);
  expect(hmac).toHaveLength(32);
});

test('neither clients nor keys of another secret share names', () => {
  const { ownerKey, apiKeyHash, hashOf } = hashKeyOf(SECRET);
  const other = hashKeyOf(SECRET.toUpperCase());
  const names = [
    ownerKey('demo', 'a'),
    ownerKey('demo', 'A'),
    ownerKey('demoa', ''),
    ownerKey('other', 'a'),
    other.ownerKey('demo', 'a'),
    apiKeyHash('a'),
    other.apiKeyHash('a'),
    // Two encodings of the same letter are two ids: owner ids are compared byte by byte.
    ownerKey('demo', '\u00e9'),
    ownerKey('demo', 'e\u0301'),
  ];
  expect(new Set(names).size).toBe(names.length);
  expect(hashOf('a')).toBe(apiKeyHash('a'));
});

test('a secret that is too short is refused', () => {
  expect(() => hashKeyOf('short')).toThrow(ConfigurationError);
});

test('the secret is read once, however many ask at the same time', async () => {
  let reads = 0;
  const open = openHashKey('secret-id', async (id) => {
    reads++;
    return `${id} of at least thirty-two characters`;
  });
  expect(reads).toBe(0);
  const [first, second] = await Promise.all([open(), open()]);
  expect(second).toBe(first);
  expect(await open()).toBe(first);
  expect(reads).toBe(1);
});

test('a read that failed is tried again', async () => {
  let reads = 0;
  const open = openHashKey('secret-id', async () => {
    if (++reads === 1) throw new Error('throttled');
    return SECRET;
  });
  await expect(Promise.all([open(), open()])).rejects.toThrow('throttled');
  expect((await open()).hashOf('a')).toBe(hashKeyOf(SECRET).hashOf('a'));
  expect(reads).toBe(2);
});
