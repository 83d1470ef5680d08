import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { type ClientStore, openClientStore } from '../../../../functions/adapters/clients/client-store.ts';
import { hashKeyOf } from '../../../../functions/adapters/hash-key.ts';
import type { PermanentError } from '../../../../functions/runtime/errors.ts';
import { ownTable } from '../../support/table.ts';

const { apiKeyHash } = hashKeyOf('a secret of thirty-two characters');
const AT = '2026-11-22T12:00:00.000Z';

const table = ownTable();
let store: ClientStore;
let now: number;
let next: number;

/** Randomness that counts: every key is different, and the same at every run. */
const counting = (bytes: number) => new Uint8Array(bytes).fill(next++);

beforeEach(() => {
  now = Date.parse(AT);
  next ??= 1;
  store = openClientStore({ ...table, hashOf: apiKeyHash, now: () => now, random: counting });
});

const codeOf = (action: Promise<unknown>): Promise<string> =>
  action.then(
    () => 'nothing was thrown',
    (error: PermanentError) => error.code,
  );

describe('clients', () => {
  test('are kept as they were made, sorted and with what was left out', async () => {
    const asked = {
      clientId: 'acme',
      name: 'Acme',
      enabledProfiles: ['smoker', 'gambler', 'smoker'],
      addresses: ['10.0.0.0/8'],
    };
    const acme = { ...asked, enabled: true, enabledProfiles: ['gambler', 'smoker'], createdAt: AT };
    const bare = { clientId: 'bare', name: 'bare', enabled: true, enabledProfiles: [], addresses: [], createdAt: AT };
    expect(await store.createClient(asked)).toEqual(acme);
    expect(await store.createClient({ clientId: 'bare' })).toEqual(bare);
    expect(await store.getClient('acme')).toEqual(acme);
    expect(await store.getClient('nobody')).toBeUndefined();
    expect(await store.listClients()).toEqual([acme, bare]);
  });

  test('are made once', async () => {
    await store.createClient({ clientId: 'twice', name: 'first' });
    expect(await codeOf(store.createClient({ clientId: 'twice', name: 'second' }))).toBe('CLIENT_EXISTS');
    expect(await store.getClient('twice')).toMatchObject({ name: 'first' });
  });

  test.each(['', '-a', 'A', 'a_b', 'a#client', 'a b', 'ż', 'x'.repeat(64)])('cannot be called %j', async (clientId) => {
    expect(await codeOf(store.createClient({ clientId }))).toBe('INVALID_CLIENT_ID');
  });

  test.each(['10.0.0.0/33', '10.0.0', 'everywhere', '::1/129', '10.0.0.0/8/8', ''])(
    'cannot be at %j',
    async (address) => {
      expect(await codeOf(store.createClient({ clientId: 'lost', addresses: [address] }))).toBe('INVALID_ADDRESS');
    },
  );

  test('change what they have turned on, and are disabled and enabled', async () => {
    await store.createClient({ clientId: 'changing' });
    await store.setEnabledProfiles('changing', ['smoker', 'gambler']);
    await store.setEnabled('changing', false);
    expect(await store.getClient('changing')).toMatchObject({ enabled: false, enabledProfiles: ['gambler', 'smoker'] });
    await store.setEnabledProfiles('changing', []);
    await store.setEnabled('changing', true);
    expect(await store.getClient('changing')).toMatchObject({ enabled: true, enabledProfiles: [] });
  });

  test('a purpose is stored beside the enabled profiles, however those change', async () => {
    await store.createClient({ clientId: 'lender', enabledProfiles: ['gambler'] });
    await store.setPurpose('lender', 'credit');
    expect((await store.getClient('lender'))?.enabledProfiles).toEqual(['gambler', 'purpose:credit']);
    await store.setEnabledProfiles('lender', ['in-collection']);
    expect((await store.getClient('lender'))?.enabledProfiles).toEqual(['in-collection', 'purpose:credit']);
    await store.setPurpose('lender', undefined);
    expect((await store.getClient('lender'))?.enabledProfiles).toEqual(['in-collection']);
  });

  test('say how small a reported group may be, and what the nightly snapshot keeps', async () => {
    await store.createClient({ clientId: 'grouped' });
    const nightly = { on: true, features: ['pets.months 180d'], unlabelled: true };
    await store.setSmallestGroup('grouped', 25);
    await store.setNightly('grouped', nightly);
    expect(await store.getClient('grouped')).toMatchObject({ smallestGroup: 25, nightly });
    for (const odd of [0, -1, 1.5, Number.NaN]) {
      expect(await codeOf(store.setSmallestGroup('grouped', odd))).toBe('INVALID_GROUP');
    }
    expect(await store.clientIds()).toContain('grouped');
  });

  test('that do not exist are not brought into being by a change', async () => {
    expect(await codeOf(store.setEnabledProfiles('ghost', ['gambler']))).toBe('CLIENT_NOT_FOUND');
    expect(await codeOf(store.setEnabled('ghost', true))).toBe('CLIENT_NOT_FOUND');
    expect(await codeOf(store.createKey({ clientId: 'ghost', scopes: ['read'] }))).toBe('CLIENT_NOT_FOUND');
    expect(await store.getClient('ghost')).toBeUndefined();
  });
});

describe('keys', () => {
  test('are found by their hash and listed, oldest first; of the text nothing is kept', async () => {
    await store.createClient({ clientId: 'keyed' });
    expect(await store.listKeys('keyed')).toEqual([]);
    const first = await store.createKey({ clientId: 'keyed', scopes: ['read', 'write'], addresses: ['192.0.2.0/24'] });
    now += 1000;
    const second = await store.createKey({ clientId: 'keyed', scopes: ['erase'] });
    expect(first.apiKey).toMatch(/^op_[0-9A-Za-z]{43}$/);
    expect(second.apiKey).not.toBe(first.apiKey);
    const { apiKey, keyId } = first;
    const key = { clientId: 'keyed', keyId, scopes: ['read', 'write'], addresses: ['192.0.2.0/24'], createdAt: AT };
    expect(await store.findKey(apiKeyHash(apiKey))).toEqual({ ...key, hash: apiKeyHash(apiKey) });
    expect(await store.findKey(apiKeyHash(`${apiKey}0`))).toBeUndefined();
    expect(await store.listKeys('keyed')).toEqual([
      key,
      {
        clientId: 'keyed',
        keyId: second.keyId,
        scopes: ['erase'],
        addresses: [],
        createdAt: '2026-11-22T12:00:01.000Z',
      },
    ]);
    const { Items } = await table.dynamo.send(new ScanCommand({ TableName: table.table }));
    expect(JSON.stringify(Items)).not.toContain(apiKey.slice(3));
  });

  test('are revoked once and for all', async () => {
    await store.createClient({ clientId: 'revoking' });
    const { keyId, apiKey } = await store.createKey({ clientId: 'revoking', scopes: ['read'] });
    await store.revokeKey('revoking', keyId);
    now += 60_000;
    await store.revokeKey('revoking', keyId);
    expect(await store.findKey(apiKeyHash(apiKey))).toMatchObject({ revokedAt: AT });
    expect(await store.listKeys('revoking')).toMatchObject([{ keyId, revokedAt: AT }]);
  });

  test('of another client cannot be revoked', async () => {
    await store.createClient({ clientId: 'mine' });
    await store.createClient({ clientId: 'yours' });
    const { keyId, apiKey } = await store.createKey({ clientId: 'yours', scopes: ['read'] });
    expect(await codeOf(store.revokeKey('mine', keyId))).toBe('KEY_NOT_FOUND');
    expect(await store.findKey(apiKeyHash(apiKey))).not.toHaveProperty('revokedAt');
  });

  test('that were not made to the end are not listed', async () => {
    await store.createClient({ clientId: 'cut-short' });
    const { keyId } = await openClientStore({
      ...table,
      hashOf: apiKeyHash,
      now: () => now,
      random: counting,
      dynamo: failingAfter(table.dynamo, 2),
    })
      .createKey({ clientId: 'cut-short', scopes: ['read'] })
      .catch(() => ({ keyId: undefined }));
    expect(keyId).toBeUndefined();
    expect(await store.listKeys('cut-short')).toEqual([]);
  });
});

/** A client whose calls fail after this many. */
function failingAfter(dynamo: typeof table.dynamo, calls: number): typeof table.dynamo {
  let left = calls;
  return new Proxy(dynamo, {
    get: (target, name) => {
      if (name !== 'send') return Reflect.get(target, name);
      return (command: Parameters<typeof dynamo.send>[0]) =>
        left-- > 0 ? target.send(command) : Promise.reject(new Error('cut off'));
    },
  });
}
