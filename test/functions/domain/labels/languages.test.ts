/** In which country's words an account is read: that of its IBAN, of its currency, or where its rows say that its owner lives. */
import { fc, test as property } from '@fast-check/jest';
import { compileCatalogue } from '../../../../functions/domain/catalogue/catalogue.ts';
import { labelRows } from '../../../../functions/domain/labels/label-rows.ts';
import type { LedgerRow } from '../../../../functions/domain/labels/labelled-row.ts';
import { CONTEXT_DAYS } from '../../../../functions/domain/labels/read-rows.ts';
import type { Account } from '../../../../functions/domain/ledger/ledger.ts';
import { tinyDocument } from '../../../support/tiny-catalogue.ts';

const document = tinyDocument([]);
const CATALOGUE = compileCatalogue({
  ...document,
  rules: {
    ...document.rules,
    words: [
      { words: ['nomina'], in: ['compensation'], countries: ['ES', 'MX'] },
      { words: ['compra'], out: ['grocery'], countries: ['ES', 'MX'] },
      { words: ['alga'], in: ['compensation'], countries: ['LT'] },
      { words: ['pirkinys'], out: ['grocery'], countries: ['LT'] },
      { words: ['wyplata'], in: ['compensation'], countries: ['PL'] },
    ],
    countries: { codes: ['ES', 'MX', 'LT'], threeLetters: {}, ofCurrency: { EUR: ['ES', 'LT'], PLN: ['PL'] } },
  },
});
const EURO: Account = { iban: 'LT121000011101001000', currency: 'EUR' };
const ZLOTY: Account = { iban: 'LT121000011101001000', currency: 'PLN' };
const DAY = 20_000;
const row = (day: number, title: string, account = EURO): LedgerRow => ({
  day: DAY + day,
  account,
  row: { amount: /nomina|alga|wyplata/.test(title) ? 500 : -500, title },
});
/** The labels of the first row of the day that is looked at. */
const labelsAt = (rows: readonly LedgerRow[], day = 0) => {
  const found = labelRows(
    [...rows].sort((a, b) => a.day - b.day),
    CATALOGUE,
  ).find((labelled) => labelled.day === DAY + day);
  return found?.labels.map((label) => CATALOGUE.labelNames[label]);
};

test('three texts within thirty days show where an account is used', () => {
  const spanish = [row(0, 'nomina'), row(-30, 'compra'), row(30, 'compra')];
  expect(labelsAt(spanish)).toEqual(['compensation']);
  expect(labelsAt(spanish.slice(0, 2))).toEqual([]);
  expect(labelsAt([row(0, 'nomina'), row(-31, 'compra'), row(30, 'compra')])).toEqual([]);
  expect(labelsAt([row(0, 'nomina'), row(-30, 'compra', ZLOTY), row(30, 'compra', ZLOTY)])).toEqual([]);
});

test('party and kind are texts, and so is the country that a title ends in', () => {
  const { row: only } = row(0, 'nomina');
  expect(labelsAt([{ ...row(0, 'x'), row: { ...only, party: 'compra', kind: 'compra' } }])).toEqual(['compensation']);
  expect(labelsAt([row(0, 'nomina'), row(1, 'bar ES'), row(2, 'bar ES')])).toEqual(['compensation']);
});

test('who speaks as the IBAN does is read as before', () => {
  const own = [row(1, 'pirkinys'), row(2, 'pirkinys'), row(3, 'pirkinys')];
  const spanish = [row(0, 'nomina'), row(-1, 'compra'), row(-2, 'compra')];
  expect(labelsAt([...own, ...spanish])).toEqual([]);
  expect(labelsAt([...own.slice(1), ...spanish])).toEqual(['compensation']);
  expect(labelsAt([...own.slice(1), ...spanish, row(0, 'alga')])).toEqual([]);
});

test('the words of the account’s own country are read as well', () => {
  expect(labelsAt([row(0, 'alga'), ...[1, 2, 3].map((day) => row(day, 'compra'))])).toEqual(['compensation']);
});

test('the currency of one country is enough', () => {
  expect(labelsAt([row(0, 'wyplata', ZLOTY)])).toEqual(['compensation']);
  expect(labelsAt([row(0, 'alga', ZLOTY)])).toEqual(['compensation']);
});

test('where an account is used is not abroad', () => {
  const countries = (rows: readonly LedgerRow[]) => labelRows(rows, CATALOGUE).map(({ country }) => country);
  expect(countries([row(0, 'bar ES')])).toEqual(['ES']);
  expect(countries([row(0, 'bar ES'), row(1, 'compra'), row(2, 'compra MX')])).toEqual([undefined, undefined, 'MX']);
});

const text = fc.constantFrom('nomina', 'compra', 'alga', 'pirkinys', 'x');
const dated = fc.record({ day: fc.integer({ min: 0, max: 300 }), text, party: text });
property.prop([fc.array(dated, { minLength: 1, maxLength: 40 })], { numRuns: 300, seed: 12 })(
  'labels depend on the rows within the context alone',
  (many) => {
    const rows = many
      .map(({ day, text, party }): LedgerRow => ({ ...row(day, text), row: { ...row(day, text).row, party } }))
      .sort((a, b) => a.day - b.day);
    const all = labelRows(rows, CATALOGUE);
    rows.forEach(({ day }, index) => {
      const near = rows.filter((other) => Math.abs(other.day - day) <= CONTEXT_DAYS);
      const before = rows.filter((other) => other.day < day - CONTEXT_DAYS).length;
      expect(labelRows(near, CATALOGUE)[index - before]).toEqual(all[index]);
    });
  },
);
