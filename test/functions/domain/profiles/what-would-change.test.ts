import { fc, test as property } from '@fast-check/jest';
import { columnsFor, deriveProfiles } from '../../../../functions/domain/profiles/derive.ts';
import { rowsOf, sentenceOf, whatWouldChange } from '../../../../functions/domain/profiles/what-would-change.ts';
import { dayOf } from '../../../../functions/domain/values/day.ts';
import { ledgerRows, TODAY } from '../../../support/ledgers.ts';
import { tinyCatalogue } from '../../../support/tiny-catalogue.ts';

const condition = fc.oneof(
  fc
    .tuple(fc.constantFrom('pets', 'pets|grocery', 'grocery'), fc.constantFrom('count', 'days', 'months', 'parties'))
    .chain(([set, metric]) =>
      fc.record({
        feature: fc.constant(`${set}.${metric}`),
        window: fc.constantFrom('30d', '90d', '365d'),
        atLeast: fc.integer({ min: 1, max: 6 }),
      }),
    ),
  fc.record({
    feature: fc.constantFrom('pets.total', 'pets|grocery.total'),
    window: fc.constantFrom('90d', '365d'),
    above: fc.constantFrom('20 EUR', '180 EUR', '1000 EUR'),
  }),
  fc.constant({ feature: 'pets.share', window: '90d', atLeast: '10%' }),
);
const inputs = fc.record({
  enter: fc.array(condition, { minLength: 1, maxLength: 2 }).map((all) => ({ all })),
  rows: ledgerRows(TODAY - 200, TODAY),
});

property.prop([inputs], { numRuns: 25, seed: 20 })(
  'what would change it does, by deriving again, and nothing of that form with fewer would',
  ({ enter, rows }) => {
    const catalogue = tinyCatalogue([{ id: 'p', title: 'P', description: 'P', enter }]);
    const [definition] = catalogue.definitions;
    const input = { catalogue, definitions: catalogue.definitions, rows, dataFrom: rows[0]?.day ?? null };
    if (!definition || deriveProfiles(input, TODAY).length > 0) return;
    const change = whatWouldChange(input, definition, TODAY, columnsFor(input, TODAY));
    if (!change) return;
    const account = rows.at(-1)!.account;
    const under = (more: typeof change) =>
      deriveProfiles({ ...input, rows: [...rows, ...rowsOf(more, account, -1)] }, more.days.at(-1)!);
    expect(under(change)).toEqual(['p']);
    expect(change.days.every((day) => day > TODAY)).toBe(true);
    // Of counts alone, for less of a total could be more of each.
    if (enter.all.some((one) => 'above' in one)) return;
    for (let onFirst = 1; onFirst < change.onFirst; onFirst++) expect(under({ ...change, onFirst })).toEqual([]);
    for (let occasions = 1; occasions < change.days.length; occasions++) {
      expect(under({ ...change, days: change.days.slice(0, occasions), onFirst: 12 })).toEqual([]);
    }
  },
);

const ACCOUNT = { iban: 'DE89370400440532013000', currency: 'EUR' };
const bought = { day: TODAY - 40, account: ACCOUNT, row: { amount: -2000, title: 'zooplus' } };
function sentence(enter: object, rows = [bought]) {
  const catalogue = tinyCatalogue([{ id: 'p', title: 'P', description: 'P', enter } as never]);
  const input = { catalogue, definitions: catalogue.definitions, rows, dataFrom: rows[0]?.day ?? null };
  const change = whatWouldChange(input, catalogue.definitions[0]!, TODAY, columnsFor(input, TODAY));
  return change && sentenceOf(change);
}

test('in the words of a person', () => {
  expect(TODAY).toBe(dayOf(2026, 11, 22));
  expect(sentence({ feature: 'pets.count', window: '90d', atLeast: 2 })).toBe(
    '1 more transaction labelled pets (2026-11-23), 10.00 EUR each, would make it apply on 2026-11-23',
  );
  expect(sentence({ feature: 'pets.months', window: '90d', atLeast: 3 })).toBe(
    '2 more transactions labelled pets (2026-11-23, 2026-12-24), 10.00 EUR each, would make it apply on 2026-12-24',
  );
  expect(sentence({ feature: 'pets.count', window: '90d', atLeast: 4 })).toBe(
    '3 more transactions labelled pets (3 on 2026-11-23), 10.00 EUR each, would make it apply on 2026-11-23',
  );
});

test('as few as are enough, in as many months as are asked for', () => {
  const both = [
    { feature: 'pets.months', window: '90d', atLeast: 2 },
    { feature: 'pets.count', window: '90d', atLeast: 4 },
  ];
  expect(sentence({ all: both }, [{ ...bought, row: { ...bought.row, title: 'rent' } }])).toBe(
    '4 more transactions labelled pets (3 on 2026-11-23, 2026-12-24), 10.00 EUR each, would make it apply on 2026-12-24',
  );
});

test.each([
  [{ feature: 'pets.count', window: '90d', atMost: 0 }],
  [{ feature: 'spending.count', window: '90d', atLeast: 5 }],
  [{ feature: 'owner.history', atLeast: 300 }],
  [{ not: { feature: 'pets.count', window: '90d', atLeast: 1 } }],
  [{ feature: 'pets.count', window: '7d', atLeast: 90 }],
])('nothing is said where more of a label would not help: %j', (enter) => {
  expect(sentence(enter)).toBeUndefined();
});

test('nothing is said of an owner without a row, whose account nobody knows', () => {
  expect(sentence({ feature: 'pets.count', window: '90d', atLeast: 1 }, [])).toBeUndefined();
});
