import { test as property } from '@fast-check/jest';
import { jest } from '@jest/globals';
import type { Import } from '../../../../functions/domain/ledger/ledger.ts';
import { monthOf } from '../../../../functions/domain/values/day.ts';
import { joinImports } from '../../../../functions/use-cases/imports/join-imports.ts';
import { eraseOwner } from '../../../../functions/use-cases/owners/erase.ts';
import { lookUp } from '../../../../functions/use-cases/owners/look-up.ts';
import type { Service } from '../../../../functions/use-cases/service/service.ts';
import { asReference, ofOneSource, TODAY } from '../../../support/ledgers.ts';
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
import { type Crash, crashes, inTurns, turns } from '../../../support/turns.ts';

const table = ownTable();
beforeAll(() => {
  // Pauses after a conflict are short, so that the order of turns alone decides.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});

async function play(
  given: readonly Import[],
  workers: readonly ((by: Service, owner: string) => Promise<unknown>)[],
  dying: readonly (Crash | undefined)[],
  order: readonly number[],
  before: readonly Import[] = [],
  owner = newOwner(),
) {
  const service = serviceOver(table);
  if (before.length > 0) await joinImports(service, ownerOf(owner), SETTINGS, before);
  const ofOwner = workers.map((worker) => (by: Service) => worker(by, owner));
  await inTurns(table, ofOwner, dying, order);

  const stored = await service.store.readAnswer(ownerOf(owner), { consistent: true });
  const erasedAt = stored?.erasedAt ?? 0;
  const counted = [...before, ...given].filter(({ stamp }) => stamp.importedAt > erasedAt);
  expect(asReference(await storedPages(service, owner))).toEqual(asReference(onePass(service, counted)));
  const found = (await lookUp(service, requestFor(owner)))?.answer;
  if (counted.length === 0) expect(found).toBeUndefined();
  else {
    const { validUntil, ...answer } = onePassAnswer(service, counted);
    expect(found).toEqual({ ...answer, asOf: TODAY });
    expect(stored?.validUntil).toBe(validUntil);
  }
  return { erasedAt, stored };
}

const joining = (given: readonly Import[]) => (by: Service, owner: string) =>
  joinImports(by, ownerOf(owner), SETTINGS, given);
const erasing = (by: Service, owner: string) => eraseOwner(by, { clientId: CLIENT, ownerExternalId: owner });
const looking = (by: Service, owner: string) => lookUp(by, requestFor(owner));

property.prop([ofOneSource, ofOneSource, ofOneSource, crashes, turns], { numRuns: tries(25) })(
  'imports that race and die end as one pass does',
  async (a, b, c, dying, order) => {
    await play([...a, ...b, ...c], [joining(a), joining(b), joining(c)], dying, order);
  },
);

property.prop([ofOneSource, ofOneSource, ofOneSource, crashes, turns], { numRuns: tries(25) })(
  'an erasure that races with imports leaves just what was imported after it',
  async (before, a, late, dying, order) => {
    const after = late.map((one) => ({ ...one, stamp: { ...one.stamp, importedAt: NOW + 60_000 } }));
    const past = (given: readonly Import[]) =>
      given.map((one) => ({ ...one, stamp: { ...one.stamp, importedAt: Math.min(one.stamp.importedAt, NOW) } }));
    const workers = [joining(past(a)), erasing, joining(after)];
    const { erasedAt } = await play([...past(a), ...after], workers, dying, order, past(before));
    expect(erasedAt).toBeGreaterThanOrEqual(NOW);
  },
);

property.prop([ofOneSource, ofOneSource, crashes, turns], { numRuns: tries(15) })(
  'look-ups that write back lose no import',
  async (before, a, dying, order) => {
    // Yesterday's answer is stale today: every look-up derives it again and writes it.
    const owner = newOwner();
    await joinImports(serviceOver(table, { now: NOW - 86_400_000 }), ownerOf(owner), { enabledProfiles: [] }, before);
    const workers = [joining(a), looking, looking];
    await play([...before, ...a], workers, [dying[0], undefined, undefined], order, [], owner);
  },
);

test('every place of an erasure within an import, one by one', async () => {
  const account = { accountId: 'a', currency: 'PLN' };
  const one = (importId: string, importedAt: number): Import => ({
    stamp: { importId, importedAt, source: 'AIS' },
    accounts: [
      {
        account,
        from: TODAY - 40,
        to: TODAY - 1,
        rows: new Map([[TODAY - 2, [{ amount: -5000, title: `LIDL ${importId}` }]]]),
      },
    ],
  });
  expect(monthOf(TODAY - 40)).toBe(monthOf(TODAY) - 1);
  const early = one('early', NOW - 1000);
  for (let at = 0; at < 12; at++) {
    const order = [...Array.from({ length: at }, () => 0), ...Array.from({ length: 20 }, () => 1)];
    await play([early], [joining([early]), erasing], [], order, [one('held', NOW - 5000)]);
    await play([early], [joining([early]), erasing], [{ at, takesEffect: true }], order);
  }
});

test('an import of before an erasure never takes the day of one that outlives it, whose page was written before', async () => {
  const account = { accountId: 'a', currency: 'PLN' };
  const of = (importId: string, importedAt: number, source: 'AIS' | 'OWNER_UPLOAD'): Import => ({
    stamp: { importId, importedAt, source },
    accounts: [
      { account, from: TODAY - 5, to: TODAY - 4, rows: new Map([[TODAY - 5, [{ amount: -5000, title: importId }]]]) },
    ],
  });
  const outliving = of('upload', NOW + 60_000, 'OWNER_UPLOAD');
  const better = of('AIS', NOW - 1000, 'AIS');
  const steps = (worker: number, many: number) => Array.from({ length: many }, () => worker);
  for (let written = 2; written <= 5; written++) {
    for (let erased = 1; erased <= 3; erased++) {
      const order = [...steps(0, written), ...steps(2, 2), ...steps(1, erased), ...steps(0, 3), ...steps(2, 20)];
      await play([outliving, better], [joining([outliving]), erasing, joining([better])], [], order);
    }
  }
});
