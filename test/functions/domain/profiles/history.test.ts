import { fc, test as property } from '@fast-check/jest';
import { type DerivationInput, deriveProfiles, READ_DAYS } from '../../../../functions/domain/profiles/derive.ts';
import { profileDays, spansOf } from '../../../../functions/domain/profiles/history.ts';
import { ACCOUNTS, ledgerRows, TODAY } from '../../../support/ledgers.ts';
import { definitions, tinyCatalogue } from '../../../support/tiny-catalogue.ts';

const LONGEST = 240;
const input = fc
  .tuple(
    definitions,
    fc.oneof(
      { weight: 2, arbitrary: ledgerRows(TODAY - 400, TODAY + 2) },
      { weight: 1, arbitrary: ledgerRows(TODAY - READ_DAYS - LONGEST - 100, TODAY + 2) },
    ),
    fc.constantFrom(0, 0, 100, 1000),
  )
  .map(([profiles, rows, early]): DerivationInput => {
    const catalogue = tinyCatalogue(profiles);
    const first = rows[0]?.day;
    const dataFrom = first === undefined ? null : first - early;
    return { catalogue, definitions: catalogue.definitions, rows, dataFrom };
  });

property.prop([input, fc.integer({ min: -426, max: 100 }), fc.integer({ min: 0, max: LONGEST })], {
  numRuns: 60,
  seed: 12,
})(
  'each day has the list that a derivation for that day gives, and spans that follow each other differ',
  (given, back, length) => {
    const [first, last] = [TODAY - back - length, TODAY - back];
    const spans = spansOf(profileDays(given, first, last), first, last);
    const days = spans.flatMap(({ from, to, profiles }) =>
      Array.from({ length: to - from + 1 }, (_, index) => ({ day: from + index, profiles })),
    );
    expect(days).toEqual(
      Array.from({ length: length + 1 }, (_, index) => ({
        day: first + index,
        profiles: deriveProfiles(given, first + index),
      })),
    );
    for (const [index, { profiles }] of spans.slice(1).entries()) expect(profiles).not.toEqual(spans[index]?.profiles);
  },
);

test('a wage is none before it was paid a third time', () => {
  const [account] = ACCOUNTS;
  const catalogue = tinyCatalogue([
    { id: 'paid', title: 'P', description: 'P', enter: { feature: 'salary.count', window: '365d', atLeast: 1 } },
  ]);
  const rows = [90, 60, 30].map((back) => ({
    day: TODAY - back,
    account: account as (typeof ACCOUNTS)[number],
    row: { amount: 500_000, title: 'wynagrodzenie', party: 'ACME' },
  }));
  const given = { catalogue, definitions: catalogue.definitions, rows, dataFrom: TODAY - 90 };
  expect(spansOf(profileDays(given, TODAY - 100, TODAY), TODAY - 100, TODAY)).toEqual([
    { from: TODAY - 100, to: TODAY - 31, profiles: [] },
    { from: TODAY - 30, to: TODAY, profiles: ['paid'] },
  ]);
});
