import type { SQSRecord } from 'aws-lambda';
import { MOST_JOINED } from '../../../../functions/adapters/owners/joined-imports.ts';
import type { Import } from '../../../../functions/domain/ledger/ledger.ts';
import { keepRefusal } from '../../../../functions/handlers/import-worker/refusal.ts';
import { importStatus, refusedImports } from '../../../../functions/use-cases/imports/import-status.ts';
import { joinImports } from '../../../../functions/use-cases/imports/join-imports.ts';
import { eraseOwner } from '../../../../functions/use-cases/owners/erase.ts';
import { lookUp } from '../../../../functions/use-cases/owners/look-up.ts';
import { TODAY } from '../../../support/ledgers.ts';
import {
  CLIENT,
  NOW,
  newOwner,
  ownerOf,
  ownTable,
  requestFor,
  SETTINGS,
  serviceOver,
} from '../../../support/service.ts';

const table = ownTable();
const at = (now: number) => serviceOver(table, { now });
const account = { accountId: 'savings-1', currency: 'PLN' };
const importOf = (importId: string, importedAt = NOW - 60_000): Import => ({
  stamp: { source: 'AIS', importedAt, importId },
  accounts: [{ account, from: TODAY - 1, to: TODAY - 1, rows: new Map() }],
});
const join = (owner: string, importIds: readonly string[], now = NOW) =>
  joinImports(
    at(now),
    ownerOf(owner),
    SETTINGS,
    importIds.map((id) => importOf(id)),
  );
const statusOf = (ownerExternalId: string, importId: string, clientId = CLIENT) =>
  importStatus({ ...at(NOW), uploads: { findReport: async () => undefined } }, { clientId, ownerExternalId, importId });
const refuse = (message: object, { now = NOW, senders = [] as string[] } = {}) =>
  keepRefusal(
    { body: JSON.stringify(message), attributes: { SenderId: 'AIDASOMEBODY00000001' } } as unknown as SQSRecord,
    'INVALID_MESSAGE',
    'accounts: is missing',
    {
      service: async () => at(now),
      now: () => now,
      notify: async () => {},
      getClient: async (clientId) =>
        clientId === CLIENT || clientId === 'other'
          ? { clientId, name: clientId, enabled: true, ...SETTINGS, addresses: [], senders, createdAt: '' }
          : undefined,
    },
  );
const listed = async (clientId = CLIENT) => {
  const { imports } = await refusedImports(at(NOW), clientId, { limit: 100 });
  return imports.map(({ importId, owner }) => [importId, owner?.externalId]);
};
const REFUSED = { status: 'refused', at: NOW, reason: 'INVALID_MESSAGE', detail: 'accounts: is missing' };

test('a joined import is known, and no other', async () => {
  const owner = newOwner();
  await join(owner, ['first', 'second']);
  expect(await statusOf(owner, 'first')).toEqual({ status: 'joined', at: NOW });
  expect(await statusOf(owner, 'second')).toEqual({ status: 'joined', at: NOW });
  expect(await statusOf(owner, 'third')).toEqual({ status: 'unknown' });
  expect(await statusOf(newOwner(), 'first')).toEqual({ status: 'unknown' });
  expect(await statusOf(owner, 'first', 'other')).toEqual({ status: 'unknown' });
});

test('the last sixteen are remembered, through look-ups and repetitions', async () => {
  const owner = newOwner();
  const ids = Array.from({ length: MOST_JOINED + 1 }, (_, number) => `import-${number}`);
  for (const [index, id] of ids.entries()) await join(owner, [id], NOW - 100_000 + index * 1000);
  await join(owner, [ids[5]!], NOW);
  await lookUp(at(NOW + 86_400_000), requestFor(owner, TODAY + 1));
  expect(await statusOf(owner, 'import-0')).toEqual({ status: 'unknown' });
  for (const [index, id] of ids.entries()) {
    if (index > 0) expect(await statusOf(owner, id)).toEqual({ status: 'joined', at: NOW - 100_000 + index * 1000 });
  }
});

test('a repeated import writes nothing', async () => {
  const owner = newOwner();
  await join(owner, ['once']);
  const before = await at(NOW).store.readAnswer(ownerOf(owner), { consistent: true });
  await join(owner, ['once'], NOW + 5000);
  expect(await at(NOW).store.readAnswer(ownerOf(owner), { consistent: true })).toEqual(before);
});

test('a refused import is known with its reason, is listed once, and leaves the list when it is joined', async () => {
  const owner = newOwner();
  await refuse({ clientId: CLIENT, importId: 'bad', ownerExternalId: owner }, { now: NOW - 5000 });
  await refuse({ clientId: CLIENT, importId: 'bad', ownerExternalId: owner });
  expect(await statusOf(owner, 'bad')).toEqual(REFUSED);
  expect((await listed()).filter(([, name]) => name === owner)).toEqual([['bad', owner]]);
  expect(await listed('other')).toEqual([]);

  await join(owner, ['bad'], NOW + 1000);
  expect(await statusOf(owner, 'bad')).toEqual({ status: 'joined', at: NOW + 1000 });
  expect((await listed()).filter(([, name]) => name === owner)).toEqual([]);
  expect(await at(NOW).refused.find(ownerOf(owner), 'bad')).toBeUndefined();
});

test('an erasure deletes refused imports, from the list too', async () => {
  const owner = newOwner();
  await refuse({ clientId: CLIENT, importId: 'bad', ownerExternalId: owner }, { now: NOW - 5000 });
  await join(owner, ['good'], NOW - 4000);
  await eraseOwner(at(NOW), { clientId: CLIENT, ownerExternalId: owner });
  expect((await at(NOW).refused.list(CLIENT, 100)).imports.filter((one) => one.owner?.externalId === owner)).toEqual(
    [],
  );
  expect(await statusOf(owner, 'bad')).toEqual({ status: 'unknown' });
  expect(await statusOf(owner, 'good')).toEqual({ status: 'unknown' });
  // Refused by a slow worker, of a message from before.
  await refuse({ clientId: CLIENT, importId: 'late', ownerExternalId: owner }, { now: NOW - 1 });
  expect(await statusOf(owner, 'late')).toEqual({ status: 'unknown' });
  expect((await listed()).filter(([, name]) => name === owner)).toEqual([]);
});

test('a message with an odd owner is listed without one; one without an id, or for a client of others, is not', async () => {
  await refuse({ clientId: 'other', importId: 'nameless', ownerExternalId: 'a\u0000b' });
  await refuse({ clientId: 'other', ownerExternalId: 'x' });
  await refuse({ clientId: 'nobody', importId: 'x' });
  await refuse({ clientId: 'other', importId: 'foreign' }, { senders: ['AROAOTHER000000001'] });
  expect(await listed('other')).toEqual([['nameless', undefined]]);
});

test('pages follow each other, newest first', async () => {
  for (let number = 0; number < 5; number++) {
    await refuse({ clientId: 'other', importId: `n${number}` }, { now: NOW + number * 1000 });
  }
  const first = await refusedImports(at(NOW), 'other', { limit: 2 });
  const second = await refusedImports(at(NOW), 'other', { limit: 2, cursor: first.cursor ?? '' });
  expect([first, second].map(({ imports }) => imports.map(({ importId }) => importId))).toEqual([
    ['n4', 'n3'],
    ['n2', 'n1'],
  ]);
});
