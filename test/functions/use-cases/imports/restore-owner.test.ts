import { fc, test as property } from '@fast-check/jest';
import { jest } from '@jest/globals';
import type { OwnerKey } from '../../../../functions/adapters/owners/owner-key.ts';
import type { Import } from '../../../../functions/domain/ledger/ledger.ts';
import { TransientError } from '../../../../functions/runtime/errors.ts';
import { joinImports } from '../../../../functions/use-cases/imports/join-imports.ts';
import { putBack, type RestoredOwner } from '../../../../functions/use-cases/imports/restore-owner.ts';
import { eraseOwner } from '../../../../functions/use-cases/owners/erase.ts';
import { lookUp } from '../../../../functions/use-cases/owners/look-up.ts';
import { everyMonth, type Service } from '../../../../functions/use-cases/service/service.ts';
import { ACCOUNTS, asReference, ofOneSource, TODAY } from '../../../support/ledgers.ts';
import { type Item, itemsIn, lose } from '../../../support/restore.ts';
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
import { crashes, inTurns, turns } from '../../../support/turns.ts';

const table = ownTable();
beforeAll(() => {
  // Pauses after a conflict are short, so that the order of turns alone decides.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});

const at = (now: number) => serviceOver(table, { now });
const join = (owner: string, ...given: Import[]) => joinImports(at(NOW), ownerOf(owner), SETTINGS, given);
const erase = (owner: string, now: number) => eraseOwner(at(now), { clientId: CLIENT, ownerExternalId: owner });
const ofOwner = (owner: string) => async () =>
  (await itemsIn(table)).filter(({ pk }) => pk?.S === `${CLIENT}#owner#${ownerOf(owner).hash}`);
const loseOf = (owner: string, isLost: (item: Item) => boolean) =>
  lose(table, (item) => item['pk']?.S === `${CLIENT}#owner#${ownerOf(owner).hash}` && isLost(item));
/** The owner as a restored table has it. */
async function restorePointOf(owner: string): Promise<RestoredOwner> {
  const { store } = at(NOW);
  const { from, to } = everyMonth(at(NOW));
  const answer = await store.readAnswer(ownerOf(owner), { consistent: true });
  return { answer, pages: await store.readPages(ownerOf(owner), from, to) };
}
const bring = (owner: string, restored: RestoredOwner, told = 0, now = NOW, key: OwnerKey = ownerOf(owner)) =>
  putBack(at(now), key, restored, told);
const isPage = ({ sk }: Item) => sk?.S?.startsWith('page#') === true;
const isAnswer = ({ sk }: Item) => sk?.S === 'answer';

const UNCHANGED = {
  ...{ changed: false, pages: 0, erasurePutBack: false, answerLost: false, erasedSince: false, nameless: false },
};
const [POLISH] = ACCOUNTS as [(typeof ACCOUNTS)[number]];
const telling = (importId: string, importedAt: number, day: number): Import => ({
  stamp: { importedAt, importId, source: 'AIS' },
  accounts: [
    { account: POLISH, from: day - 1, to: day, rows: new Map([[day, [{ amount: -5000, title: `LIDL ${importId}` }]]]) },
  ],
});

async function expectOnePass(owner: string, given: readonly Import[], now = NOW): Promise<void> {
  const service: Service = at(now);
  expect(asReference(await storedPages(service, owner))).toEqual(asReference(onePass(service, given)));
  const found = (await lookUp(service, requestFor(owner)))?.answer;
  if (given.length === 0) {
    expect(found).toBeUndefined();
    return;
  }
  const { validUntil, ...answer } = onePassAnswer(service, given);
  expect(found).toEqual({ ...answer, asOf: TODAY });
  expect((await service.store.readAnswer(ownerOf(owner), { consistent: true }))?.validUntil).toBe(validUntil);
}

property.prop([ofOneSource, ofOneSource, fc.boolean(), crashes, turns, fc.infiniteStream(fc.boolean())], {
  numRuns: tries(20),
})(
  'races with imports, erasures and look-ups, dies anywhere, and ends as one pass does',
  async (held, a, isErased, dying, order, dice) => {
    const owner = newOwner();
    await join(owner, ...held);
    const restored = await restorePointOf(owner);
    await loseOf(owner, () => dice.next().value === true);
    const past = a.map((one) => ({ ...one, stamp: { ...one.stamp, importedAt: NOW - 5 } }));
    const workers: ((by: Service) => Promise<unknown>)[] = [
      (by) => putBack(by, ownerOf(owner), restored),
      (by) => joinImports(by, ownerOf(owner), SETTINGS, past),
      (by) => (isErased ? eraseOwner(by, { clientId: CLIENT, ownerExternalId: owner }) : lookUp(by, requestFor(owner))),
    ];
    await inTurns(table, workers, dying, order);
    await expectOnePass(owner, isErased ? [] : [...held, ...past]);
    const settled = await ofOwner(owner)();
    expect(await bring(owner, restored)).toEqual({ ...UNCHANGED, erasedSince: isErased });
    expect(await ofOwner(owner)()).toEqual(settled);
  },
);

describe('an erasure', () => {
  const [early, late] = [telling('early', NOW - 9000, TODAY - 400), telling('late', NOW - 1000, TODAY - 3)];

  test('since the restore point leaves nothing to restore, whatever the instants of imports', async () => {
    const owner = newOwner();
    // From a clock that was ahead of ours, and lost before the erasure, which knows it from the answer alone.
    const ahead = telling('ahead', NOW - 10, TODAY - 3);
    const later = telling('later', NOW - 9, TODAY - 3);
    await join(owner, early, ahead);
    const restored = await restorePointOf(owner);
    await loseOf(owner, isPage);
    await erase(owner, NOW - 5000);
    const erased = await ofOwner(owner)();
    expect(await bring(owner, restored)).toEqual({ ...UNCHANGED, erasedSince: true });
    expect(await ofOwner(owner)()).toEqual(erased);
    await join(owner, later);
    await bring(owner, restored);
    await expectOnePass(owner, [later]);
  });

  test('of before comes back with its tombstone, and takes away what was replayed without it', async () => {
    const owner = newOwner();
    await join(owner, early);
    await erase(owner, NOW - 5000);
    const restored = await restorePointOf(owner);
    const tombstone = await ofOwner(owner)();
    await loseOf(owner, () => true);
    expect(await bring(owner, restored, 0, NOW, { ...ownerOf(owner), externalId: '' })).toEqual({
      ...UNCHANGED,
      changed: true,
      erasurePutBack: true,
    });
    expect((await ofOwner(owner)()).map(({ revision: _, derivedFor: __, ...item }) => item)).toEqual(
      tombstone.map(({ revision: _, derivedFor: __, ...item }) => item),
    );
    await loseOf(owner, () => true);
    await join(owner, early, late);
    await bring(owner, restored);
    await expectOnePass(owner, [late]);
    await join(owner, early);
    await expectOnePass(owner, [late]);
  });

  test('whose tombstone alone was lost is known from the pages, without which nothing could be joined any more', async () => {
    const owner = newOwner();
    await join(owner, early);
    const restored = await restorePointOf(owner);
    await erase(owner, NOW - 5000);
    await join(owner, late);
    await loseOf(owner, isAnswer);
    await expect(join(owner, early)).rejects.toThrow(TransientError);
    expect(await bring(owner, restored)).toMatchObject({ erasedSince: true, erasurePutBack: true });
    await join(owner, early);
    await expectOnePass(owner, [late]);
  });

  test('reported by an operator counts from its instant, in the restored table and in the live one', async () => {
    const owner = newOwner();
    await join(owner, early);
    const restored = await restorePointOf(owner);
    await loseOf(owner, () => true);
    await join(owner, early, late);
    expect(await bring(owner, restored, NOW - 5000)).toMatchObject({ erasurePutBack: true, erasedSince: true });
    await expectOnePass(owner, [late]);
    expect(await bring(owner, restored, NOW - 5000)).toEqual({ ...UNCHANGED, erasedSince: true });
  });
});

test('an import dated in the future waits until its instant', async () => {
  const owner = newOwner();
  await join(owner, telling('ahead', NOW + 500_000, TODAY));
  const restored = await restorePointOf(owner);
  await expect(bring(owner, restored)).rejects.toThrow('it has an import whose instant is in the future');
  expect(await bring(owner, restored, 0, NOW + 500_000)).toEqual(UNCHANGED);
});

test('an owner whose id is in neither table stays unchanged', async () => {
  const owner = newOwner();
  await join(owner, telling('a', NOW - 1000, TODAY - 3));
  const { pages } = await restorePointOf(owner);
  const nobody = { ...ownerOf(owner), externalId: '' };
  const held = await ofOwner(owner)();
  expect(await bring(owner, { answer: undefined, pages }, 0, NOW, nobody)).toEqual({ ...UNCHANGED, nameless: true });
  expect(await ofOwner(owner)()).toEqual(held);
  await loseOf(owner, () => true);
  expect(await bring(owner, { answer: undefined, pages }, 0, NOW, nobody)).toEqual({ ...UNCHANGED, nameless: true });
  expect(await ofOwner(owner)()).toEqual([]);
});

test('a page that imports started again gets back the days that it had; the first day too', async () => {
  const owner = newOwner();
  const given = [telling('1', NOW - 9000, TODAY - 700), telling('2', NOW - 8000, TODAY - 10)];
  const since = telling('3', NOW - 10, TODAY - 6);
  await join(owner, ...given);
  const restored = await restorePointOf(owner);
  await loseOf(owner, () => true);
  await join(owner, since);
  expect((await lookUp(at(NOW), requestFor(owner)))?.answer.dataFrom).toBe(TODAY - 6);
  expect(await bring(owner, restored)).toEqual({ ...UNCHANGED, changed: true, pages: 2 });
  await expectOnePass(owner, [...given, since]);
});

test('of data that went by its retention the last sequence comes back, for an owner whose id nobody knows any more', async () => {
  const owner = newOwner();
  await join(owner, telling('a', NOW - 1, TODAY - 1));
  const later = serviceOver(table, { now: NOW + 400 * 86_400_000, retentionMonths: 6 });
  expect(await lookUp(later, requestFor(owner, TODAY + 400))).toBeUndefined();
  const read = () => later.store.readAnswer(ownerOf(owner), { consistent: true });
  const ended = await read();
  expect(ended).toMatchObject({ known: false, erasedAt: 0, announced: { sequence: 2, profiles: [] } });
  await loseOf(owner, () => true);
  const restored = { answer: ended, pages: [] };
  expect(await bring(owner, restored, 0, NOW, { ...ownerOf(owner), externalId: '' })).toEqual({
    ...UNCHANGED,
    changed: true,
  });
  expect(await read()).toEqual(ended);
  expect(await bring(owner, restored, 0, NOW, { ...ownerOf(owner), externalId: '' })).toEqual(UNCHANGED);
});
