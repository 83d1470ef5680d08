/** What a key may make of itself: never more than it is. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { isWithin } from '../../../../functions/adapters/clients/addresses.ts';
import { openClientStore } from '../../../../functions/adapters/clients/client-store.ts';
import type { CreatedKey } from '../../../../functions/adapters/clients/key-store.ts';
import { MOST_KEYS } from '../../../../functions/contracts/http/limits.ts';
import { SCOPES } from '../../../../functions/contracts/http/routes.ts';
import { type AskedKey, openKeys } from '../../../../functions/use-cases/clients/keys.ts';
import { tries } from '../../../support/tries.ts';
import { ownTable } from '../../support/table.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const table = ownTable();
const open = () => {
  const store = openClientStore({ ...table, hashOf: (key) => `hash of ${key}`, now: () => NOW, random: randomBytes });
  return { store, keys: openKeys(store, store.getClient) };
};

let clients = 0;
async function newClient(first: AskedKey) {
  const { store, keys } = open();
  const clientId = `client-${++clients}`;
  await store.createClient({ clientId });
  return { clientId, store, keys, own: await store.createKey({ clientId, ...first }) };
}

const BLOCKS = ['0.0.0.0/0', '10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '::/0', '2001:db8::/32', '2001:db8::1'];
const asked = fc.record(
  {
    scopes: fc.subarray(['read', 'erase', 'keys'] as const, { minLength: 1 }),
    addresses: fc.subarray(BLOCKS, { maxLength: 2 }),
    purpose: fc.constantFrom('credit' as const, undefined),
  },
  { requiredKeys: ['scopes'] },
);

test('no line of keys, each made by the one before, gains a right', async () => {
  const { clientId, keys, store } = await newClient({ scopes: SCOPES });
  let made = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 2, maxLength: 4 }), async ([first, ...later]) => {
      const line: CreatedKey[] = [await store.createKey({ clientId, ...first! })];
      for (const each of later) {
        const parent = line.at(-1)!;
        const child = await keys.create(clientId, each, parent).catch(({ code }) => code);
        const isLacking = each.scopes.some((scope) => !parent.scopes.includes(scope));
        if (typeof child === 'string') {
          expect(child).toBe('INVALID_PAYLOAD');
          continue;
        }
        made++;
        expect(isLacking).toBe(false);
        expect(child.scopes).toEqual(each.scopes);
        expect(child.purpose).toBe(parent.purpose ?? each.purpose);
        expect(child.createdBy).toBe(parent.keyId);
        if (parent.addresses.length > 0) {
          expect(child.addresses).not.toEqual([]);
          for (const block of child.addresses) {
            expect(parent.addresses.some((bound) => isWithin(block, bound))).toBe(true);
          }
        }
        line.push(child);
      }
      for (const { keyId } of line) await store.revokeKey(clientId, keyId);
    }),
    { numRuns: tries(15), seed: 20261129 },
  );
  expect(made).toBeGreaterThan(5);
});

test('what is asked for beyond the own rights is named, and nothing is made', async () => {
  const { clientId, keys, own } = await newClient({ scopes: ['read', 'keys'], addresses: ['10.0.0.0/8'] });
  const asking = { scopes: ['read', 'erase'], addresses: ['10.2.0.0/16', '192.0.2.0/24', 'home'] } as const;
  await expect(keys.create(clientId, asking, own)).rejects.toMatchObject({
    code: 'INVALID_PAYLOAD',
    errors: [
      { path: 'scopes[1]', message: 'must be a scope that the key you use has, and is "erase"' },
      { path: 'addresses[1]', message: 'must be within the addresses of the key you use: 10.0.0.0/8' },
      { path: 'addresses[2]', message: 'must be an address or a CIDR block such as 203.0.113.0/24' },
    ],
  });
  expect(await keys.list(clientId)).toHaveLength(1);
});

test('the last key that makes keys stays; others go, and a second time changes nothing', async () => {
  const { clientId, keys, own, store } = await newClient({ scopes: ['read', 'keys'] });
  const other = await keys.create(clientId, { scopes: ['keys'] }, own);
  await keys.revoke(clientId, own.keyId, other);
  await expect(keys.revoke(clientId, other.keyId, other)).rejects.toMatchObject({ code: 'LAST_KEY' });
  await keys.revoke(clientId, own.keyId, other);
  await expect(keys.revoke(clientId, 'k9', other)).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
  await store.revokeKey(clientId, other.keyId);
  expect((await keys.list(clientId)).map(({ revokedAt }) => revokedAt)).toEqual(
    Array(2).fill('2026-11-22T12:00:00.000Z'),
  );
});

test('a key that was revoked makes and revokes nothing, though its verdict may live on; nor does one of a disabled client', async () => {
  const { clientId, store, keys, own } = await newClient({ scopes: ['keys'] });
  const other = await store.createKey({ clientId, scopes: ['keys'] });
  await store.revokeKey(clientId, own.keyId);
  const REVOKED = { code: 'INVALID_API_KEY' };
  await expect(keys.create(clientId, { scopes: ['keys'] }, own)).rejects.toMatchObject(REVOKED);
  await expect(keys.revoke(clientId, other.keyId, own)).rejects.toMatchObject(REVOKED);
  await store.setEnabled(clientId, false);
  await expect(keys.create(clientId, { scopes: ['keys'] }, other)).rejects.toMatchObject(REVOKED);
  expect(await keys.list(clientId)).toHaveLength(2);
});

test('a key that is revoked while it makes another leaves none that works', async () => {
  const { clientId, store, own } = await newClient({ scopes: ['keys'] });
  const createKey: typeof store.createKey = async (key) => {
    const created = await store.createKey(key);
    await store.revokeKey(clientId, own.keyId);
    return created;
  };
  const keys = openKeys({ ...store, createKey }, store.getClient);
  await expect(keys.create(clientId, { scopes: ['keys'] }, own)).rejects.toMatchObject({
    code: 'INVALID_API_KEY',
  });
  expect((await store.listKeys(clientId)).filter(({ revokedAt }) => revokedAt === undefined)).toEqual([]);
});

test('a person who signed in makes and revokes keys within what their groups give', async () => {
  const { clientId, store, keys, own } = await newClient({ scopes: ['read', 'erase', 'keys'] });
  const user = { keyId: 'user:1', ofUser: { scopes: ['read', 'keys'], addresses: [], purpose: 'credit' } } as const;
  await expect(keys.create(clientId, { scopes: ['erase'] }, user)).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' });
  const made = await keys.create(clientId, { scopes: ['read', 'keys'] }, user);
  expect(made).toMatchObject({ scopes: ['read', 'keys'], purpose: 'credit', createdBy: 'user:1' });
  await keys.revoke(clientId, own.keyId, user);
  await store.setEnabled(clientId, false);
  await expect(keys.revoke(clientId, made.keyId, user)).rejects.toMatchObject({ code: 'INVALID_API_KEY' });
});

test(`keys make ${MOST_KEYS} at most, an operator more`, async () => {
  const { clientId, store, own } = await newClient({ scopes: ['keys'] });
  const full = Array.from({ length: MOST_KEYS }, () => own);
  const keys = openKeys({ ...store, listKeys: async () => full }, store.getClient);
  await expect(keys.create(clientId, { scopes: ['keys'] }, own)).rejects.toMatchObject({ code: 'TOO_MANY_KEYS' });
  await store.createKey({ clientId, scopes: ['keys'] });
});
