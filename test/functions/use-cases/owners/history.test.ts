import { fc, test as property } from '@fast-check/jest';
import type { Import } from '../../../../functions/domain/ledger/ledger.ts';
import { type Day, formatDay } from '../../../../functions/domain/values/day.ts';
import { joinImports } from '../../../../functions/use-cases/imports/join-imports.ts';
import { explain } from '../../../../functions/use-cases/owners/explain.ts';
import { ownerHistory } from '../../../../functions/use-cases/owners/history.ts';
import { lookUp } from '../../../../functions/use-cases/owners/look-up.ts';
import type { Service } from '../../../../functions/use-cases/service/service.ts';
import { imports, TODAY } from '../../../support/ledgers.ts';
import { NOW, newOwner, ownerOf, ownTable, requestFor, SETTINGS, serviceOver } from '../../../support/service.ts';

const table = ownTable();
let service: Service;
beforeAll(() => {
  service = serviceOver(table);
});

const join = (owner: string, given: readonly Import[]) => joinImports(service, ownerOf(owner), SETTINGS, given);
/** Imports made on a day of long ago, and imports of today. */
const told = fc
  .tuple(imports(TODAY - 5), imports(TODAY - 90), imports(TODAY - 700))
  .map((parts) =>
    parts.flat().map((one) => ({ ...one, stamp: { ...one.stamp, importedAt: Math.min(one.stamp.importedAt, NOW) } })),
  )
  .filter((given) => given.length > 0);

property.prop([told, fc.integer({ min: 0, max: 720 })], { numRuns: 12, seed: 12 })(
  'each day has the list that `asOf` answers, and an explanation dates its profiles as the history does',
  async (given, back) => {
    const owner = newOwner();
    await join(owner, given);
    const from = TODAY - 800;
    const history = await ownerHistory(service, { ...requestFor(owner), from, to: TODAY + 426 });
    const onDay = (day: Day) => history?.spans.find((span) => span.from <= day && day <= span.to)?.profiles ?? [];
    for (const day of [TODAY - back, TODAY - 1, TODAY, TODAY - 90, TODAY - 700]) {
      const found = (await lookUp(service, requestFor(owner, day)))?.answer;
      expect({ day, profiles: onDay(day) }).toEqual({ day, profiles: found?.profiles });
    }
    const explained = await explain(service, requestFor(owner));
    for (const { profile, applies, since, endsOn } of explained?.explanations ?? []) {
      let [begin, end] = [TODAY, TODAY + 1];
      while (begin > from && onDay(begin - 1).includes(profile)) begin--;
      while (end <= TODAY + 426 && onDay(end).includes(profile)) end++;
      const expected = applies
        ? { since: formatDay(begin), endsOn: end > TODAY + 426 ? null : formatDay(end) }
        : { since: null, endsOn: null };
      expect({ profile, since, endsOn }).toEqual({ profile, ...expected });
    }
  },
);

test('an explanation says that the data ended long before the requested day', async () => {
  const owner = newOwner();
  const account = { iban: 'PL61109010140000071219812874', currency: 'PLN' };
  const of = async (asOf: Day) => (await explain(service, requestFor(owner, asOf)))?.explanations ?? [];
  const last = TODAY - 100;
  await join(owner, [
    {
      stamp: { importedAt: NOW, importId: 'i', source: 'AIS' },
      accounts: [{ account, from: last - 400, to: last, rows: new Map([[last, [{ amount: -5000, title: 'LIDL' }]]]) }],
    },
  ]);
  for (const { applies, summary, missing } of await of(last + 36)) {
    expect(summary).toMatch(/ The data ends 36 days before that day\.$/);
    const since = `data after ${formatDay(last)}: it ends 36 days before the day asked, what happened since is not known`;
    expect(missing.at(-1)).toBe(applies ? undefined : since);
  }
  for (const day of [last + 35, last, last - 5]) {
    for (const { summary, missing } of await of(day)) {
      expect([summary, ...missing].join()).not.toMatch(/data (ends|after)/);
    }
  }
});

test('an explanation of a past day ends profiles as if nothing came after it', async () => {
  const owner = newOwner();
  const shop = { amount: -5000, title: 'LIDL' };
  const account = { iban: 'PL61109010140000071219812874', currency: 'PLN' };
  const days = [TODAY - 500, TODAY - 460, TODAY - 420, TODAY - 380, TODAY - 100];
  await join(owner, [
    {
      stamp: { importedAt: NOW, importId: 'i', source: 'AIS' },
      accounts: [{ account, from: TODAY - 510, to: TODAY, rows: new Map(days.map((day) => [day, [shop]])) }],
    },
  ]);
  const of = async (profile: string, day: Day) => {
    const [one] = (await explain(service, { ...requestFor(owner, day), profile }))?.explanations ?? [];
    return [one?.since, one?.endsOn];
  };
  // 90 days of a window, then 60 that the profile is kept.
  expect(await of('pets', TODAY - 470)).toEqual([formatDay(TODAY - 500), formatDay(TODAY - 500 + 90)]);
  expect(await of('pets', TODAY - 380)).toEqual([formatDay(TODAY - 500), formatDay(TODAY - 380 + 90)]);
  expect(await of('long', TODAY)).toEqual([formatDay(TODAY - 500 + 19), null]);
});

test('an unknown owner has no history', async () => {
  expect(await ownerHistory(service, { ...requestFor('nobody'), from: TODAY - 9, to: TODAY })).toBeUndefined();
});
