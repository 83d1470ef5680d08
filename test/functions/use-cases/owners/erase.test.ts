import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { fc, test as property } from '@fast-check/jest';
import type { Import } from '../../../../functions/domain/ledger/ledger.ts';
import { monthOf } from '../../../../functions/domain/values/day.ts';
import { profilesFor } from '../../../../functions/use-cases/catalogue/profile-list.ts';
import { joinImports } from '../../../../functions/use-cases/imports/join-imports.ts';
import { eraseOwner, finishErasure } from '../../../../functions/use-cases/owners/erase.ts';
import { explain } from '../../../../functions/use-cases/owners/explain.ts';
import { ownerFeatures } from '../../../../functions/use-cases/owners/features.ts';
import { lookUp } from '../../../../functions/use-cases/owners/look-up.ts';
import type { Service } from '../../../../functions/use-cases/service/service.ts';
import { ACCOUNTS, asReference, imports, TODAY } from '../../../support/ledgers.ts';
import {
  CLIENT,
  NOW,
  newOwner,
  onePass,
  onePassAnswer,
  ownerOf,
  ownTable,
  requestFor,
  SETTINGS,
  serviceOver,
  storedPages,
} from '../../../support/service.ts';
import { tries } from '../../../support/tries.ts';

const table = ownTable();

const at = (now: number) => serviceOver(table, { now });
const join = (owner: string, given: readonly Import[], now = NOW) =>
  joinImports(at(now), ownerOf(owner), SETTINGS, given);
const erase = (owner: string, now = NOW) => eraseOwner(at(now), { clientId: CLIENT, ownerExternalId: owner });
const sortsOf = async (owner: string) => {
  const { Items = [] } = await table.dynamo.send(
    new QueryCommand({
      TableName: table.table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: `${CLIENT}#owner#${ownerOf(owner).hash}` } },
    }),
  );
  return Items.map(({ sk }) => sk?.S);
};
const importedAt = (given: readonly Import[], instant: number) =>
  given.map((one) => ({ ...one, stamp: { ...one.stamp, importedAt: instant } }));

property.prop([imports(TODAY - 5), imports(TODAY - 800), imports(TODAY - 5)], { numRuns: tries(20) })(
  'nothing is left, late imports bring nothing back, and later ones start from nothing',
  async (held, old, later) => {
    const owner = newOwner();
    const before = importedAt([...held, ...old], NOW - 1);
    await join(owner, before);
    await erase(owner);
    await erase(owner, NOW - 5);
    expect(await sortsOf(owner)).toEqual(['answer']);
    expect(await lookUp(at(NOW), requestFor(owner))).toBeUndefined();
    expect(await explain(at(NOW), requestFor(owner))).toBeUndefined();
    expect(await ownerFeatures(at(NOW), requestFor(owner))).toBeUndefined();
    expect(await join(owner, importedAt(before, NOW))).toEqual({
      outcome: 'erased',
      conflicts: 0,
      entered: [],
      left: [],
    });
    expect(await sortsOf(owner)).toEqual(['answer']);

    const after = importedAt(later, NOW + 1);
    if (after.length === 0) return;
    await join(owner, [...before, ...after]);
    const { validUntil: _, ...answer } = onePassAnswer(at(NOW), after);
    expect((await lookUp(at(NOW), requestFor(owner)))?.answer).toEqual({ ...answer, asOf: TODAY });
    expect((await join(owner, before)).outcome).toBe('erased');
    expect((await lookUp(at(NOW), requestFor(owner)))?.answer).toEqual({ ...answer, asOf: TODAY });
  },
);

test('an owner that was never met is erased as well: imports made before do not come', async () => {
  const owner = newOwner();
  await erase(owner);
  const [one] = fc.sample(
    imports(TODAY - 5).filter((given) => given.length > 0),
    { numRuns: 1, seed: 1 },
  );
  expect(await join(owner, importedAt(one ?? [], NOW))).toMatchObject({ outcome: 'erased' });
  expect(await lookUp(at(NOW), requestFor(owner))).toBeUndefined();
});

test('what is held from an instant ahead of the clock is erased, too', async () => {
  const owner = newOwner();
  const [account] = ACCOUNTS as [(typeof ACCOUNTS)[number]];
  const ahead: Import = {
    stamp: { importedAt: NOW + 500_000, importId: 'a', source: 'AIS' },
    accounts: [{ account, from: TODAY, to: TODAY, rows: new Map() }],
  };
  await join(owner, [ahead]);
  await erase(owner);
  expect(await join(owner, [ahead])).toMatchObject({ outcome: 'erased' });
  expect(await sortsOf(owner)).toEqual(['answer']);
});

test('an owner of any size is erased at once, and the rest goes whenever there is time, however often that ends', async () => {
  const owner = newOwner();
  const accounts = Array.from({ length: 30 }, (_, at) => ({
    account: { accountId: `${at}`, currency: 'PLN' },
    // Before all that a derivation reads: a concurrent import does not touch them.
    from: TODAY - 940,
    to: TODAY - 905,
    rows: new Map([[TODAY - 909, [{ amount: -5000, title: 'LIDL' }]]]),
  }));
  await join(owner, [{ stamp: { importedAt: NOW - 5, importId: 'many', source: 'AIS' }, accounts }]);
  const pages = (await sortsOf(owner)).filter((sort) => sort?.startsWith('page#')).length;
  const noTime = { hasTime: () => false };
  const service = at(NOW);
  const request = { clientId: CLIENT, ownerExternalId: owner };
  const progress = [await eraseOwner({ ...service, store: countingReads(service.store) }, request, noTime)];
  expect(await lookUp(service, requestFor(owner))).toBeUndefined();
  // Another one arrives meanwhile, and stays.
  await joinImports(at(NOW + 2), ownerOf(owner), SETTINGS, [
    {
      stamp: { importedAt: NOW + 1, importId: 'new', source: 'AIS' },
      accounts: [{ account: ACCOUNTS[0]!, from: TODAY - 2, to: TODAY - 2, rows: new Map() }],
    },
  ]);
  while (!progress.at(-1)?.isFinished) progress.push((await finishErasure(at(NOW + 60_000), ownerOf(owner), noTime))!);
  expect(progress.length).toBeGreaterThan(5);
  expect(progress.reduce((sum, one) => sum + one.pages, 0)).toBe(pages);
  const left = await storedPages(at(NOW), owner);
  expect(left.map(({ account }) => account)).toEqual([ACCOUNTS[0]]);
  expect(await finishErasure(at(NOW + 60_000), ownerOf(owner))).toEqual({ isFinished: true, pages: 0 });
});

/** Fails when more pages are read than are removed at once: the tombstone must need none. */
function countingReads(store: Service['store']): Service['store'] {
  let read = 0;
  const pagesOf: typeof store.pagesOf = async function* (...asked) {
    for await (const page of store.pagesOf(...asked)) {
      if (++read > 8) throw new Error('more was read than there is time for');
      yield page;
    }
  };
  return { ...store, pagesOf };
}

test('without a tombstone nothing is finished', async () => {
  const owner = newOwner();
  const [one] = fc.sample(
    imports(TODAY - 5).filter((given) => given.length > 0),
    { numRuns: 1, seed: 2 },
  );
  await join(owner, importedAt(one ?? [], NOW - 1));
  const before = await sortsOf(owner);
  expect(await finishErasure(at(NOW), ownerOf(owner))).toBeUndefined();
  expect(await sortsOf(owner)).toEqual(before);
});

test('an import ahead of the clock whose days another one covers by now does not come back either', async () => {
  const owner = newOwner();
  const [account] = ACCOUNTS as [(typeof ACCOUNTS)[number]];
  const day = TODAY - 1;
  const telling = (source: 'AIS' | 'OWNER_UPLOAD', instant: number): Import => ({
    stamp: { importedAt: instant, importId: source, source },
    accounts: [{ account, from: day, to: day, rows: new Map([[day, [{ amount: -5000, title: source }]]]) }],
  });
  const [ahead, better] = [telling('OWNER_UPLOAD', NOW + 500_000), telling('AIS', NOW - 5)];
  await join(owner, [ahead]);
  await join(owner, [better]);
  expect(asReference(await storedPages(at(NOW), owner))).toEqual(asReference(onePass(at(NOW), [ahead, better])));
  await erase(owner);
  for (const late of [ahead, better]) expect(await join(owner, [late])).toMatchObject({ outcome: 'erased' });
  expect(await sortsOf(owner)).toEqual(['answer']);
  expect(await lookUp(at(NOW), requestFor(owner))).toBeUndefined();
  expect(await join(owner, [telling('AIS', NOW + 500_001)])).toMatchObject({ outcome: 'changed' });
});

test('a page that a dead worker wrote from before an erasure never counts', async () => {
  const owner = newOwner();
  const [account] = ACCOUNTS as [(typeof ACCOUNTS)[number]];
  const shop = (title: string) => [{ amount: -5000, title }];
  const telling = (importId: string, instant: number, day: number, title?: string): Import => ({
    stamp: { importedAt: instant, importId, source: 'AIS' },
    accounts: [{ account, from: day, to: day, rows: new Map(title ? [[day, shop(title)]] : []) }],
  });
  await erase(owner);
  // Between the first row and what a derivation reads: only the search for the first row reads it.
  const day = TODAY - 800;
  const { stamp } = telling('stale', NOW - 9, day);
  const stale = { account, month: monthOf(day), days: new Map([[day, { stamp, rows: shop('stale') }]]) };
  await at(NOW).store.writePage(ownerOf(owner), stale, undefined);
  await join(owner, [telling('1', NOW + 1, TODAY - 1500, 'early'), telling('2', NOW + 1, TODAY - 3, 'LIDL')]);
  await join(owner, [telling('3', NOW + 2, TODAY - 1500)]);
  const found = await lookUp(at(NOW), requestFor(owner));
  expect(found?.answer).toMatchObject({ dataFrom: TODAY - 3, dataTo: TODAY - 3 });
  expect(await lookUp(at(NOW), requestFor(owner, TODAY - 300))).toMatchObject({
    answer: { dataFrom: TODAY - 3, profiles: [] },
  });
  expect(Object.keys(asReference(await storedPages(at(NOW), owner))).length).toBe(3);
  await erase(owner, NOW + 10);
  expect(await sortsOf(owner)).toEqual(['answer']);
});

test('a worker that does not know of an erasure overwrites nothing that was imported after it', async () => {
  const owner = newOwner();
  const [account] = ACCOUNTS as [(typeof ACCOUNTS)[number]];
  const day = TODAY - 10;
  const telling = (source: 'AIS' | 'PDF', importedAt: number, title: string): Import => ({
    stamp: { importedAt, importId: title, source },
    accounts: [{ account, from: day, to: day, rows: new Map([[day, [{ amount: -5000, title }]]]) }],
  });
  // Of the two the older import would win, because it is from the better source.
  const [stale, fresh] = [telling('AIS', NOW - 5, 'stale'), telling('PDF', NOW + 5, 'fresh')];
  await join(owner, [telling('AIS', NOW - 9, 'first')]);
  const slow = at(NOW);
  let isLate = false;
  const readPages: typeof slow.store.readPages = async (...asked) => {
    if (!isLate) {
      isLate = true;
      await erase(owner);
      await join(owner, [fresh]);
    }
    return slow.store.readPages(...asked);
  };
  const late = { ...slow, store: { ...slow.store, readPages } };
  expect(await joinImports(late, ownerOf(owner), SETTINGS, [stale])).toMatchObject({ outcome: 'erased', conflicts: 1 });
  expect(asReference(await storedPages(slow, owner))).toEqual(asReference(onePass(slow, [fresh])));
});

test('the profiles as a client sees them', async () => {
  const { version, profiles } = await profilesFor(at(NOW), CLIENT, { enabledProfiles: [] });
  expect([version, profiles.filter(({ enabled }) => !enabled), profiles[0]]).toEqual([
    'tiny',
    [{ id: 'sensitive', title: 'P', description: 'P', sensitive: true, enabled: false, origin: 'built-in' }],
    { id: 'absent', title: 'P', description: 'P', sensitive: false, enabled: true, origin: 'built-in' },
  ]);
});
