import { columnsFor, derive } from '../../../functions/domain/derive.ts';
import { explain } from '../../../functions/domain/explain.ts';
import type { LedgerRow } from '../../../functions/domain/labelled.ts';
import type { Account, Row } from '../../../functions/domain/ledger.ts';
import { seriesOf } from '../../../functions/domain/series.ts';
import { labelRows } from '../../../functions/domain/structure.ts';
import { ACCOUNTS, inLedgerOrder, TODAY } from '../../support/ledgers.ts';
import { tinyCatalogue } from '../../support/tiny-catalogue.ts';

const [POLISH, , OTHER, SAVINGS, EXOTIC] = ACCOUNTS as [Account, Account, Account, Account, Account];
const CATALOGUE = tinyCatalogue();
const at = (back: number, account: Account, row: Row): LedgerRow => ({ day: TODAY - back, account, row });
const labelsOf = (...rows: LedgerRow[]) =>
  labelRows(rows, CATALOGUE).map(({ labels }) => labels.map((label) => CATALOGUE.labelNames[label]).join(' + '));

describe('own transfers', () => {
  const out = { amount: -5000, title: 'x' };
  const back = { amount: 5000, title: 'x' };

  test('a debit and a credit of one amount on two accounts, three days apart at most', () => {
    expect(labelsOf(at(3, POLISH, out), at(0, SAVINGS, back))).toEqual(['internal', 'internal']);
    expect(labelsOf(at(4, POLISH, out), at(0, SAVINGS, back))).toEqual(['', '']);
    expect(labelsOf(at(0, POLISH, out), at(0, POLISH, back))).toEqual(['', '']);
    expect(labelsOf(at(0, POLISH, out), at(0, SAVINGS, { ...back, amount: 5001 }))).toEqual(['', '']);
    expect(labelsOf(at(0, POLISH, out), at(0, EXOTIC, back))).toEqual(['', '']);
    expect(labelsOf(at(0, POLISH, { ...out, title: 'LIDL' }), at(0, SAVINGS, back))).toEqual(['grocery', '']);
    expect(labelsOf(at(0, POLISH, { ...out, title: 'cele' }), at(0, SAVINGS, back))).toEqual([
      'internal + savings',
      'internal',
    ]);
  });

  test('an IBAN that is named decides', () => {
    const toOther = { ...out, title: 'LIDL', partyIban: OTHER.iban as string };
    expect(labelsOf(at(120, POLISH, toOther), at(0, OTHER, { amount: 1, title: 'x' }))).toEqual(['internal', '']);
    expect(labelsOf(at(121, POLISH, toOther), at(0, OTHER, { amount: 1, title: 'x' }))).toEqual(['grocery', '']);
    const fromPolish = { ...back, partyIban: POLISH.iban as string };
    expect(labelsOf(at(1, POLISH, { ...out, title: 'LIDL' }), at(0, SAVINGS, fromPolish))).toEqual([
      'internal',
      'internal',
    ]);
    const fromStranger = { ...back, partyIban: 'GB29NWBK60161331926819' };
    expect(labelsOf(at(1, POLISH, out), at(0, SAVINGS, fromStranger))).toEqual(['', '']);
  });

  test('what the publisher says stays', () => {
    expect(labelsOf(at(0, POLISH, { ...out, labels: ['savings'] }), at(0, SAVINGS, back))).toEqual([
      'internal + savings',
      'internal',
    ]);
  });
});

describe('wages', () => {
  const pay = { amount: 500_000, title: 'wynagrodzenie', party: 'ACME' };
  const wage = 'compensation + regular wage + salary';

  test('one employer in most months, three at least', () => {
    expect(
      labelsOf(at(60, POLISH, pay), at(30, POLISH, pay), at(0, POLISH, pay)).every((text) => text.startsWith(wage)),
    ).toBe(true);
    expect(labelsOf(at(40, POLISH, pay), at(0, POLISH, pay))).toEqual(['compensation', 'compensation']);
    const other = { ...pay, party: 'Other' };
    expect(labelsOf(at(80, POLISH, pay), at(40, POLISH, other), at(0, POLISH, pay))).toEqual(
      Array(3).fill('compensation'),
    );
    expect(labelsOf(at(110, POLISH, pay), at(109, POLISH, pay), at(0, POLISH, pay))).toEqual(
      Array(3).fill('compensation'),
    );
  });
});

describe('monthly streams', () => {
  const netflix = (amount: number): Row => ({ amount, title: '1', party: 'NETFLIX' });

  test('equal amounts 28 to 33 days apart', () => {
    const apart = (days: number) => labelsOf(at(days, POLISH, netflix(-4300)), at(0, POLISH, netflix(-4300)));
    expect([27, 28, 33, 34].map(apart)).toEqual([
      ['', ''],
      ['monthly', 'monthly'],
      ['monthly', 'monthly'],
      ['', ''],
    ]);
  });

  test('three nearly equal amounts a month apart', () => {
    const chain = (...amounts: number[]) =>
      labelsOf(...amounts.map((amount, index) => at(60 - 30 * index, POLISH, netflix(amount))));
    expect(chain(-4000, -5000, -4000)).toEqual(['monthly', 'monthly', 'monthly']);
    expect(chain(-4000, -5000)).toEqual(['', '']);
    expect(chain(-3000, -5000, -3000)).toEqual(['', '', '']);
  });

  test('another account, direction or nobody is another stream', () => {
    const one = at(30, POLISH, netflix(-4300));
    expect(labelsOf(one, at(0, OTHER, netflix(-4300)))).toEqual(['', '']);
    expect(labelsOf(one, at(0, POLISH, netflix(4300)))).toEqual(['', '']);
    expect(
      labelsOf(at(30, POLISH, { amount: -1, title: 'shop' }), at(0, POLISH, { amount: -1, title: 'shop' })),
    ).toEqual(['', '']);
  });
});

describe('hostile ledgers', () => {
  const MANY = 100_000;
  const definition = {
    id: 'p',
    title: 'P',
    description: 'P',
    enter: {
      all: [
        { feature: 'all.largest', window: '30d', atLeast: '1 EUR' },
        { feature: 'all.count', window: '30d', above: 0 },
      ],
    },
  };
  const catalogue = tinyCatalogue([definition]);
  const inputOf = (rows: LedgerRow[]) => ({
    catalogue,
    definitions: catalogue.definitions,
    rows,
    dataFrom: TODAY - 40,
  });

  test.each<[string, Row, Row]>([
    ['of one party', { amount: -5000, title: '1', party: 'NETFLIX' }, { amount: -5000, title: '1', party: 'NETFLIX' }],
    ['that cancel out', { amount: -5000, title: 'x' }, { amount: 5000, title: 'x' }],
    [
      'of pay',
      { amount: 5000, title: 'wynagrodzenie', party: 'A' },
      { amount: 5000, title: 'wynagrodzenie', party: 'A' },
    ],
    ['without words', { amount: -5000, title: '' }, { amount: -5000, title: '' }],
  ])('a hundred thousand rows %s on a day are no trouble', (_, one, another) => {
    const rows = [
      ...Array.from({ length: MANY }, () => at(30, POLISH, one)),
      ...Array.from({ length: MANY / 2 }, () => at(1, POLISH, another)),
      at(0, SAVINGS, { amount: 1, title: 'x' }),
    ];
    const input = inputOf(rows);
    expect(derive(input, TODAY)).toEqual({ profiles: ['p'], validUntil: TODAY + 29 });
    const [explanation] = explain(catalogue.definitions, columnsFor(input, TODAY), catalogue, TODAY, 1);
    expect(explanation?.conditions.map(({ value, transactionsOmitted }) => [value, transactionsOmitted])).toEqual([
      ['12.50 EUR', 0],
      [String(MANY / 2 + 1), MANY / 2],
    ]);
  });

  test('a currency without a rate counts for numbers and not for sums', () => {
    const rows = [at(1, EXOTIC, { amount: -9_000_000, title: 'LIDL' }), at(0, POLISH, { amount: -400, title: 'LIDL' })];
    const columns = columnsFor(inputOf(rows), TODAY);
    const value = (metric: 'count' | 'total' | 'average' | 'largest' | 'share') =>
      seriesOf({ name: '', window: 30, unit: 'money', of: 'set', set: [1], metric }, columns).on(TODAY);
    expect([value('count'), value('total'), value('average'), value('largest'), value('share')]).toEqual([
      2, 100, 100, 100, 1,
    ]);
  });

  test('sums of the greatest amounts are exact', () => {
    const rows = inLedgerOrder(
      Array.from({ length: 90 }, (_, index) =>
        at(index % 30, { currency: 'EUR', accountId: 'a' }, { amount: -1e14 + index, title: '' }),
      ),
    );
    const columns = columnsFor(inputOf(rows), TODAY);
    const total = seriesOf({ name: '', window: 30, unit: 'money', of: 'set', set: 'all', metric: 'total' }, columns);
    expect(BigInt(total.on(TODAY) ?? 0)).toBe(90n * 10n ** 14n - (89n * 90n) / 2n);
  });
});
