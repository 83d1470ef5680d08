import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Context } from '../../cli/context.ts';
import { CliError } from '../../cli/errors.ts';
import type { Client, ClientStore, KeyRecord } from '../../cli/operator.ts';
import { run } from '../../cli/program.ts';
import type { OperatorKey } from '../../functions/adapters/clients/operator-keys.ts';

let clients: Client[];
let keys: (KeyRecord & { clientId: string })[];
let operatorKeys: OperatorKey[];
let out: string[];
let notes: string[];
let opened: unknown[];

/** A store in memory instead of the table. */
const store: ClientStore = {
  async createClient(client) {
    if (clients.some(({ clientId }) => clientId === client.clientId))
      throw new CliError(`there is a client "${client.clientId}" already`);
    clients.push(client);
  },
  async setClient(clientId, changes) {
    clients = clients.map((client) => (client.clientId === clientId ? { ...client, ...changes } : client));
  },
  listClients: async () => clients,
  async createKey({ clientId, scopes, addresses }) {
    const keyId = `k${keys.length + 1}`;
    keys.push({ clientId, keyId, scopes, addresses });
    return { keyId, apiKey: `op_secret${keys.length}` };
  },
  listKeys: async (clientId) => keys.filter((key) => key.clientId === clientId),
  async revokeKey(clientId, keyId) {
    keys = keys.map((key) =>
      key.clientId === clientId && key.keyId === keyId ? { ...key, revokedAt: '2026-11-22' } : key,
    );
  },
  async createOperatorKey(addresses) {
    const key = { keyId: `k${operatorKeys.length + 1}`, addresses, createdAt: '2026-11-22' };
    operatorKeys.push(key);
    return { ...key, apiKey: 'ops_secret' };
  },
  listOperatorKeys: async () => operatorKeys,
  async revokeOperatorKey(keyId) {
    operatorKeys = operatorKeys.map((key) => (key.keyId === keyId ? { ...key, revokedAt: '2026-11-22' } : key));
  },
};

const operate = (...args: string[]) => {
  const context: Context = {
    out: (text) => out.push(text),
    note: (text) => notes.push(text),
    clock: () => 0,
    env: { OWNER_PROFILES_TABLE: 'ledger', AWS_REGION: 'eu-central-1' },
    interactive: false,
    openClientStore: async (connection) => {
      opened.push(connection);
      return store;
    },
  };
  return run(args, context);
};

beforeEach(() => {
  [clients, keys, operatorKeys, out, notes, opened] = [[], [], [], [], [], []];
});

test("operators' keys are made, listed without their text, and revoked", async () => {
  expect(await operate('operator-keys', 'create', '--allow', '10.0.0.0/8')).toBe(0);
  expect([out, notes[0]]).toEqual([['ops_secret'], 'key k1 of an operator, from 10.0.0.0/8']);
  expect(await operate('operator-keys', 'revoke', 'k1')).toBe(0);
  expect(await operate('operator-keys', 'list')).toBe(0);
  expect(out.slice(1).join('\n')).toMatch(
    /^k1 is revoked\n.*│ k1 +│ 10\.0\.0\.0\/8 +│ 2026-11-22 +│ revoked 2026-11-22/s,
  );
  expect(out.slice(1).join()).not.toContain('ops_secret');
  expect(keys).toEqual([]);
});

describe('clients and keys', () => {
  test('a client is made with its first key, which is shown once and alone on standard output', async () => {
    expect(
      await operate(
        'clients',
        'create',
        'acme',
        '--name',
        'Acme',
        '--allow',
        '10.0.0.0/8,2001:db8::/32',
        '--enable',
        'gambler',
      ),
    ).toBe(0);
    expect(clients).toEqual([{ clientId: 'acme', name: 'Acme', enabledProfiles: ['gambler'] }]);
    expect(keys).toEqual([
      { clientId: 'acme', keyId: 'k1', scopes: ['read', 'write'], addresses: ['10.0.0.0/8', '2001:db8::/32'] },
    ]);
    expect(out).toEqual(['op_secret1']);
    expect(notes[1]).toBe('It is shown once; only its hash is stored.');
    expect(opened).toEqual([{ table: 'ledger', region: 'eu-central-1', outputs: {} }]);
  });

  test('a client without a key differs from a failure that did nothing', async () => {
    const createKey = store.createKey;
    store.createKey = () => Promise.reject(new Error('no secret'));
    expect(await operate('clients', 'create', 'acme')).toBe(1);
    store.createKey = createKey;
    expect(notes).toEqual([
      'error: the client exists now, but has no key: no secret',
      '  then: owner-profiles keys create acme',
    ]);
  });

  test('a client that exists is refused', async () => {
    await operate('clients', 'create', 'acme');
    expect(await operate('clients', 'create', 'acme')).toBe(1);
    expect(notes.at(-1)).toBe('error: there is a client "acme" already');
    expect(keys).toHaveLength(1);
  });

  test('keys are made, listed without their text, and revoked by their id alone', async () => {
    await operate('clients', 'create', 'acme');
    await operate('keys', 'create', 'acme', '--scopes', 'read', '--scopes', 'erase');
    expect(await operate('keys', 'revoke', 'k2')).toBe(0);
    out.length = 0;
    expect(await operate('keys', 'list', 'acme', '--json')).toBe(0);
    expect(JSON.parse(out[0] ?? '')).toEqual({
      keys: [
        { clientId: 'acme', keyId: 'k1', scopes: ['read', 'write'], addresses: [] },
        { clientId: 'acme', keyId: 'k2', scopes: ['read', 'erase'], addresses: [], revokedAt: '2026-11-22' },
      ],
    });
    expect(await operate('keys', 'list', 'acme')).toBe(0);
    expect(await operate('clients', 'list')).toBe(0);
    expect(out.join('\n')).not.toContain('op_secret');
    expect(await operate('keys', 'revoke', 'k9')).toBe(3);
  });
});
