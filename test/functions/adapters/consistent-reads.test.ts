/**
 * Which reads see a write at once, and which may be stale: over a table whose replicas do not advance, so that a read without
 * consistency fails each time and not once in a while.
 */
import { randomBytes } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  openCatalogueStore,
  type Publication,
  type StoredDraft,
} from '../../../functions/adapters/catalogue/catalogue-store.ts';
import { openClientStore } from '../../../functions/adapters/clients/client-store.ts';
import { openOwnerDirectory } from '../../../functions/adapters/owners/owner-directory.ts';
import { openOwnerStore } from '../../../functions/adapters/owners/owner-store.ts';
import { openPageMender } from '../../../functions/adapters/owners/page-mender.ts';
import type { Run } from '../../../functions/adapters/runs/run-store.ts';
import { NO_AMENDMENT } from '../../../functions/domain/catalogue/amendment.ts';
import type { Import } from '../../../functions/domain/ledger/ledger.ts';
import type { Page } from '../../../functions/domain/ledger/page.ts';
import { type Day, firstDayOf, monthOf } from '../../../functions/domain/values/day.ts';
import { joinImports } from '../../../functions/use-cases/imports/join-imports.ts';
import { eraseOwner } from '../../../functions/use-cases/owners/erase.ts';
import { lookUp } from '../../../functions/use-cases/owners/look-up.ts';
import { readOwnerDay, readOwnerDays } from '../../../functions/use-cases/owners/read-day.ts';
import { monthsRead } from '../../../functions/use-cases/service/service.ts';
import { ownLaggingTable } from '../../support/lagging-table.ts';
import { TODAY } from '../../support/ledgers.ts';
import { itemsIn } from '../../support/restore.ts';
import { CLIENT, hashOf, NOW, newOwner, ownerOf, requestFor, SETTINGS, serviceOver } from '../../support/service.ts';

const table = ownLaggingTable();
const KEEPING = { clock: () => NOW, retentionMonths: 120 };
const MONTH = monthOf(TODAY);
const account = { iban: 'PL61109010140000071219812874', currency: 'PLN' };

const pageOf = (...titles: string[]): Page => ({
  account,
  month: MONTH,
  days: new Map([
    [
      TODAY - 1,
      { stamp: { importedAt: 1, importId: 'i', source: 'AIS' }, rows: titles.map((title) => ({ amount: -1, title })) },
    ],
  ]),
});
const telling = (importId: string, rows: number): Import => ({
  stamp: { importId, importedAt: NOW - 1000 + rows, source: 'AIS' },
  accounts: [
    {
      account,
      from: TODAY - 1,
      to: TODAY - 1,
      rows: new Map([[TODAY - 1, Array.from({ length: rows }, () => ({ amount: -5000, title: 'LIDL' }))]]),
    },
  ],
});

describe('at once', () => {
  test.each([
    ['one item', 350_000],
    ['parts', 20],
  ])('an owner’s answer and pages in %s', async (_, largestItemBytes) => {
    const store = openOwnerStore(table.dynamo, table.table, hashOf, KEEPING, largestItemBytes);
    const owner = ownerOf(newOwner());
    const pages = async () => (await store.readPages(owner, MONTH, MONTH)).map(({ days }) => days);
    const first = await store.writePage(owner, pageOf('a'), undefined);
    expect(await pages()).toEqual([pageOf('a').days]);
    const second = await store.writePage(owner, pageOf('b', 'c'), first);
    expect(await pages()).toEqual([pageOf('b', 'c').days]);
    await store.sweepParts(owner);
    expect(await pages()).toEqual([pageOf('b', 'c').days]);
    await store.writePage(owner, { ...pageOf(), days: new Map() }, second);
    expect(await pages()).toEqual([]);
  });

  test('parts that nobody names are swept, though they were written just now', async () => {
    const store = openOwnerStore(table.dynamo, table.table, hashOf, KEEPING, 20);
    const owner = ownerOf(newOwner());
    const first = await store.writePage(owner, pageOf('a'), undefined);
    const key = { pk: { S: `${CLIENT}#owner#${owner.hash}` }, sk: { S: 'part#2026-11#x#orphan#0' } };
    await table.dynamo.send(
      new PutItemCommand({ TableName: table.table, Item: { ...key, body: { B: randomBytes(3) } } }),
    );
    await store.sweepParts(owner);
    const parts = (await itemsIn(table)).filter(({ pk, sk }) => pk?.S === key.pk.S && sk?.S?.startsWith('part#'));
    expect(parts.map(({ sk }) => sk?.S?.split('#')[3])).toEqual(Array(first?.parts?.count).fill(first?.parts?.name));
  });

  test('pages whose parts are to be mended', async () => {
    const store = openOwnerStore(table.dynamo, table.table, hashOf, KEEPING, 20);
    const owner = ownerOf(newOwner());
    await store.writePage(owner, pageOf('a', 'b'), undefined);
    expect(await openPageMender(table, table).mend(owner)).toEqual({ parts: 0, givenUp: 0 });
    expect((await store.readPages(owner, MONTH, MONTH)).map(({ days }) => days)).toEqual([pageOf('a', 'b').days]);
  });

  test('drafts, amendments, publications and runs', async () => {
    const store = openCatalogueStore(table.dynamo, table.table);
    const draft: StoredDraft = {
      revision: 1,
      version: 'v',
      amendment: NO_AMENDMENT,
      changedAt: NOW,
      keyId: 'k',
      history: [],
    };
    const publication: Publication = {
      publicationId: 'p1',
      version: 'v',
      previousVersion: 'built-in',
      publishedAt: NOW,
      effectiveAt: NOW,
      keyId: 'k',
      note: 'n',
      forced: false,
    };
    const run: Run = {
      runId: 'r1',
      kind: 'preview',
      status: 'running',
      createdAt: NOW,
      keyId: 'k',
      asOf: TODAY,
      builtIn: 'b',
      from: 'built-in',
      to: 'v',
      enabledProfiles: [],
      owners: 1,
      estimated: false,
      estimatedCostUsd: 0,
      slices: 0,
      result: null,
    };
    await store.writeDraft('c', draft, undefined);
    await store.keepAmendment('c', 'v', NO_AMENDMENT);
    await store.writePublication('c', publication);
    await store.createRun('c', run);
    expect(await store.readDraft('c')).toEqual(draft);
    expect(await store.readAmendment('c', 'v')).toEqual(NO_AMENDMENT);
    expect([await store.readPublication('c', 'p1'), await store.listPublications('c')]).toEqual([
      publication,
      [publication],
    ]);
    expect([await store.readRun('c', 'r1'), await store.listRuns('c')]).toEqual([run, [run]]);
    await store.removePublication('c', 'p1');
    await store.changeRun('c', run, { status: 'cancelled' });
    expect(await store.listPublications('c')).toEqual([]);
    expect((await store.readRun('c', 'r1'))?.status).toBe('cancelled');
  });

  test('clients and their keys, and that a key is revoked', async () => {
    const store = openClientStore({ ...table, hashOf, now: () => NOW, random: randomBytes });
    await store.createClient({ clientId: 'fresh' });
    const { keyId, apiKey } = await store.createKey({ clientId: 'fresh', scopes: ['read'] });
    expect(await store.findKey(hashOf(apiKey))).toMatchObject({ keyId });
    expect((await store.listKeys('fresh')).map((key) => key.keyId)).toEqual([keyId]);
    await store.revokeKey('fresh', keyId);
    expect((await store.findKey(hashOf(apiKey)))?.revokedAt).toBeDefined();
    await store.setEnabled('fresh', false);
    expect((await store.getClient('fresh'))?.enabled).toBe(false);
  });

  test('that an owner is erased, to every request for names', async () => {
    const service = serviceOver(table);
    const externalId = newOwner();
    await joinImports(service, ownerOf(externalId), SETTINGS, [telling('i', 1)]);
    await table.catchUp();
    const directory = openOwnerDirectory(table.dynamo, table.table);
    expect(await directory.externalIds(CLIENT, [hashOf(externalId)])).toEqual([externalId]);
    await eraseOwner(service, { clientId: CLIENT, ownerExternalId: externalId });
    expect(await directory.externalIds(CLIENT, [hashOf(externalId)])).toEqual([]);
  });
});

describe('late, and no harm', () => {
  const profilesOf = async (service: ReturnType<typeof serviceOver>, owner: string) => {
    const found = await lookUp(service, requestFor(owner));
    return found && [found.from, found.answer.profiles];
  };

  test('a look-up says what it said before the last import, and writes over nothing', async () => {
    const service = serviceOver(table);
    const owner = newOwner();
    await joinImports(service, ownerOf(owner), SETTINGS, [telling('one', 1)]);
    await table.catchUp();
    const before = await profilesOf(service, owner);
    await joinImports(service, ownerOf(owner), SETTINGS, [telling('three', 3)]);
    const joined = await service.store.readAnswer(ownerOf(owner), { consistent: true });
    expect(joined?.profiles).not.toEqual(before?.[1]);
    expect(await profilesOf(service, owner)).toEqual(before);
    expect(await service.store.readAnswer(ownerOf(owner), { consistent: true })).toEqual(joined);
    await table.catchUp();
    expect(await profilesOf(service, owner)).toEqual(['stored', joined?.profiles]);
  });

  test('a look-up finds an owner at once, and one who was erased no longer once it has to derive', async () => {
    const service = serviceOver(table);
    const owner = newOwner();
    await joinImports(service, ownerOf(owner), SETTINGS, [telling('one', 1)]);
    expect((await profilesOf(service, owner))?.[0]).toBe('stored');
    await table.catchUp();
    await eraseOwner(service, { clientId: CLIENT, ownerExternalId: owner });
    const later = serviceOver(table, { now: NOW + 40 * 86_400_000 });
    expect(await lookUp(later, { ...requestFor(owner), asOf: TODAY + 40 })).toBeUndefined();
  });

  test('a look-up that has to derive, because its answer is of another day, returns the current state, and writes it', async () => {
    const owner = newOwner();
    await joinImports(serviceOver(table), ownerOf(owner), SETTINGS, [telling('one', 1)]);
    await table.catchUp();
    await joinImports(serviceOver(table), ownerOf(owner), SETTINGS, [telling('three', 3)]);
    const later = serviceOver(table, { now: NOW + 40 * 86_400_000 });
    const asked = { ...requestFor(owner), asOf: TODAY + 40 };
    const found = await lookUp(later, asked);
    expect(found).toMatchObject({ from: 'derived', answer: { lastImportedAt: NOW - 1000 + 3 } });
    expect(await lookUp(later, asked)).toEqual({ ...found, from: 'stored' });
  });

  test('of pages older than those behind an answer, a day that has passed sees the last import', async () => {
    const oldest = firstDayOf(monthsRead(serviceOver(table), TODAY).from);
    const stating = (day: Day, one: Import): Import => ({
      ...one,
      accounts: [{ account, from: day, to: day, rows: new Map([[day, [{ amount: -5000, title: 'LIDL' }]]]) }],
    });
    const owner = ownerOf(newOwner());
    await joinImports(serviceOver(table), owner, SETTINGS, [stating(oldest, telling('old', 1)), telling('one', 1)]);
    await table.catchUp();
    const later = serviceOver(table, { now: NOW + 70 * 86_400_000 });
    await joinImports(later, owner, SETTINGS, [stating(oldest + 1, telling('late', 3))]);
    const seen = await later.store.readAnswer(owner, { consistent: true });
    const read = await readOwnerDay(later, owner, TODAY, seen);
    expect(read).toMatchObject({ pages: (await readOwnerDays(later, owner, TODAY))?.pages });
    expect(read?.pages.flatMap(({ days }) => [...days.keys()])).toEqual([oldest, oldest + 1, TODAY - 1]);
  });

  test('the list of owners has one who is erased, and lacks one who is new', async () => {
    const service = serviceOver(table);
    const [old, young] = [newOwner(), newOwner()];
    await joinImports(service, ownerOf(old), SETTINGS, [telling('i', 1)]);
    await table.catchUp();
    await eraseOwner(service, { clientId: CLIENT, ownerExternalId: old });
    await joinImports(service, ownerOf(young), SETTINGS, [telling('i', 1)]);
    const directory = openOwnerDirectory(table.dynamo, table.table);
    const listed = async () =>
      (await Array.fromAsync(directory.owners(CLIENT, { number: 0, of: 1 }))).map(({ externalId }) => externalId);
    expect([(await listed()).includes(old), (await listed()).includes(young)]).toEqual([true, false]);
    await table.catchUp();
    expect([(await listed()).includes(old), (await listed()).includes(young)]).toEqual([false, true]);
  });
});
