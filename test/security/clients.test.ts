/** Binding a client to its publishers: what an operator may write, and what is stored. */
import { randomBytes } from 'node:crypto';
import { run } from '../../cli/program.ts';
import { openClientStore } from '../../functions/adapters/clients/client-store.ts';
import { ownTable } from '../functions/support/table.ts';

const table = ownTable();
let store: ReturnType<typeof openClientStore>;
beforeAll(() => {
  store = openClientStore({ ...table, hashOf: (key) => key, now: () => Date.UTC(2026, 10, 20), random: randomBytes });
});

const ROLE = 'AROAEXAMPLEEXAMPLE001';

test('senders are kept sorted and once each; without any, nothing is said of them', async () => {
  await store.createClient({ clientId: 'bound', senders: [ROLE, '111122223333', ROLE, `${ROLE}:session`] });
  expect((await store.getClient('bound'))?.senders).toEqual(['111122223333', ROLE, `${ROLE}:session`]);
  await store.createClient({ clientId: 'free', senders: [] });
  expect(await store.getClient('free')).not.toHaveProperty('senders');
});

test.each([
  '',
  '*',
  'AROA*',
  'arn:aws:iam::111122223333:role/x',
  ROLE.toLowerCase(),
  `${ROLE}:`,
  `${ROLE}:a:b`,
  '11112222333',
])('%j is not a sender', async (sender) => {
  await expect(store.createClient({ clientId: 'odd', senders: [sender] })).rejects.toMatchObject({
    code: 'INVALID_SENDER',
  });
  expect(await store.getClient('odd')).toBeUndefined();
});

test('the command line passes them on', async () => {
  const made: unknown[] = [];
  const unused = () => Promise.reject(new Error('not asked for here'));
  const code = await run(['clients', 'create', 'acme', '--sender', `${ROLE},111122223333`], {
    out: () => {},
    note: () => {},
    clock: () => 0,
    env: { OWNER_PROFILES_TABLE: 'ledger' },
    interactive: false,
    openClientStore: async () => ({
      createClient: async (client) => void made.push(client),
      createKey: async () => ({ keyId: 'k1', apiKey: 'op_x' }),
      setClient: unused,
      listClients: unused,
      listKeys: unused,
      revokeKey: unused,
      createOperatorKey: unused,
      listOperatorKeys: unused,
      revokeOperatorKey: unused,
    }),
  });
  expect([code, made]).toEqual([
    0,
    [{ clientId: 'acme', name: 'acme', enabledProfiles: [], senders: [ROLE, '111122223333'] }],
  ]);
});
