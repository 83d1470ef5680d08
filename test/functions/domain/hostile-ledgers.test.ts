import { seriesOf } from '../../../functions/domain/features/feature-series.ts';
import type { LedgerRow } from '../../../functions/domain/labels/labelled-row.ts';
import type { Account, Row } from '../../../functions/domain/ledger/ledger.ts';
import { columnsFor, derive } from '../../../functions/domain/profiles/derive.ts';
import { explain } from '../../../functions/domain/profiles/explain.ts';
import { ACCOUNTS, inLedgerOrder, TODAY } from '../../support/ledgers.ts';
import { tinyCatalogue } from '../../support/tiny-catalogue.ts';

const [POLISH, , , SAVINGS, EXOTIC] = ACCOUNTS as [Account, Account, Account, Account, Account];
const at = (back: number, account: Account, row: Row): LedgerRow => ({ day: TODAY - back, account, row });

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
    expect(derive(input, TODAY)).toEqual({ profiles: ['p'], notJudged: [], validUntil: TODAY + 29 });
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
