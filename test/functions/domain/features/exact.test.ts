import { fc, test as property } from '@fast-check/jest';
import {
  compileDefinition,
  conditionsOf,
  meets,
  type Operator,
} from '../../../../functions/domain/catalogue/definition.ts';
import { type Columns, columnsOf } from '../../../../functions/domain/features/columns.ts';
import { formatValue } from '../../../../functions/domain/features/feature.ts';
import { seriesOf } from '../../../../functions/domain/features/feature-series.ts';
import type { Labelled } from '../../../../functions/domain/labels/labelled-row.ts';
import { TODAY } from '../../../support/ledgers.ts';
import { tinyCatalogue } from '../../../support/tiny-catalogue.ts';

const CATALOGUE = tinyCatalogue();
const PETS = CATALOGUE.labels.get('pets')!;
const EURO = { currency: 'EUR', accountId: 'a' };

const labelled = (amount: number, labels: readonly number[], back: number, account = EURO): Labelled => ({
  ...{ day: TODAY - back, account, row: { amount, title: '' }, labels, reasons: labels.map(() => 'test') },
  ...{ otherLabels: [], party: { name: '' }, country: undefined },
});
const columnsWith = (rows: readonly Labelled[]) => columnsOf(rows, TODAY - 100, CATALOGUE);

/** What a condition says about today, evaluated as definitions are. */
function holds(columns: Columns, feature: string, operator: Operator, threshold: string | number): boolean {
  const enter = { feature, window: '365d', [operator]: threshold };
  const { definition } = compileDefinition(
    { id: 'p', title: 'P', description: 'P', enter },
    CATALOGUE,
    CATALOGUE.rates,
  );
  const [condition] = conditionsOf((definition as NonNullable<typeof definition>).enter);
  if (!condition) throw new Error('no condition');
  const series = seriesOf(condition.feature, columns);
  return meets(condition, series.on(TODAY), series.fraction);
}

test('a share of so many thousandths is at least, at most and not above that many tenths of a percent', () => {
  for (let thousandths = 1; thousandths < 1000; thousandths++) {
    const columns = columnsWith([labelled(thousandths - 1000, [], 1), labelled(-thousandths, [PETS], 0)]);
    const threshold = `${thousandths / 10}%`;
    const said = (['atLeast', 'atMost', 'above', 'below'] as const).map((operator) =>
      holds(columns, 'pets.share', operator, threshold),
    );
    expect([threshold, said]).toEqual([threshold, [true, true, false, false]]);
  }
});

const amounts = fc.array(fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1e14 })), {
  minLength: 1,
  maxLength: 6,
});
const total = (some: readonly number[]) => some.reduce((sum, one) => sum + BigInt(one), 0n);
const sign = (number: bigint) => (number < 0n ? -1 : number > 0n ? 1 : 0);
const OPERATORS: Readonly<Record<Exclude<Operator, 'between'>, (order: number) => boolean>> = {
  atLeast: (order) => order >= 0,
  atMost: (order) => order <= 0,
  above: (order) => order > 0,
  below: (order) => order < 0,
};

property.prop([amounts, amounts, fc.integer({ min: 0, max: 9 }), fc.integer({ min: -2, max: 2 })], {
  numRuns: 1000,
  seed: 12,
})('ratios compare as fractions of whole numbers do, also next to the threshold', (some, others, decimals, off) => {
  const [part, whole] = [total(some), total(some) + total(others)];
  const columns = columnsWith([
    ...others.map((amount) => labelled(-amount, [], 2)),
    ...some.map((amount) => labelled(-amount, [PETS], 1)),
    ...[...some, ...others].map((amount) => labelled(amount, [], 0)),
  ]);
  // A threshold with this many decimals of a percent, as near to the share as they allow.
  const scale = 10n ** BigInt(decimals + 2);
  const digits = (part * scale) / whole + BigInt(off);
  const text = `${digits < 0n ? '-' : ''}${String(digits < 0n ? -digits : digits).padStart(decimals + 1, '0')}`;
  const percent = decimals === 0 ? `${text}%` : `${text.slice(0, -decimals)}.${text.slice(-decimals)}%`;
  const order = sign(part * scale - digits * whole);
  for (const [operator, expected] of Object.entries(OPERATORS)) {
    expect([operator, percent, holds(columns, 'pets.share', operator as Operator, percent)]).toEqual([
      operator,
      percent,
      expected(order),
    ]);
  }
  // All that is spent is earned: nothing is saved.
  expect(holds(columns, 'owner.savingsRate', 'atLeast', '0%')).toBe(true);
  expect(holds(columns, 'owner.savingsRate', 'above', '0%')).toBe(false);
});

property.prop([amounts, fc.integer({ min: -1, max: 1 })], { numRuns: 500, seed: 12 })(
  'averages compare with cents as fractions do',
  (some, off) => {
    const columns = columnsWith(some.map((amount) => labelled(-amount, [PETS], 0)));
    const cents = total(some) / BigInt(some.length) + BigInt(off);
    if (cents < 0n) return;
    const order = sign(total(some) - cents * BigInt(some.length));
    const threshold = formatValue('money', Number(cents)) as string;
    for (const [operator, expected] of Object.entries(OPERATORS)) {
      expect(holds(columns, 'pets.average', operator as Operator, threshold)).toBe(expected(order));
    }
  },
);

property.prop([fc.array(fc.integer({ min: 1, max: 1e14 }), { maxLength: 400 }), fc.nat(400), fc.nat(400)], {
  numRuns: 200,
  seed: 12,
})('sums are exact, beyond 2 ** 53 too', (some, a, b) => {
  const rows = some.map((_, index) => index);
  const sums = columnsWith(some.map((amount) => labelled(-amount, [PETS], 0))).sumsOf(rows);
  const [start, end] = [Math.min(a, b, some.length), Math.min(Math.max(a, b), some.length)];
  expect(sums.exactly(start, end)).toBe(total(some.slice(start, end)));
  expect(sums.between(start, end)).toBe(Number(total(some.slice(start, end))));
});

test('the largest of rows in a currency without a rate is none', () => {
  const exotic = { currency: 'QQQ', accountId: 'a' };
  const pets = (rows: readonly Labelled[]) => {
    const { feature } = {
      feature: { name: '', window: 30, unit: 'money', of: 'set', set: [PETS], metric: 'largest' },
    } as const;
    return seriesOf(feature, columnsWith(rows)).on(TODAY);
  };
  expect(pets([labelled(-5000, [PETS], 0, exotic)])).toBeNull();
  expect(pets([labelled(-5000, [PETS], 1, exotic), labelled(-7, [PETS], 0)])).toBe(7);
  expect(pets([labelled(0, [PETS], 0)])).toBe(0);
});

test('amounts are written to the cent, however large, half a cent away from zero', () => {
  const written = [0, 14.5, 0.5, 2 ** 53 - 1, 123_456].map((cents) => formatValue('money', cents));
  expect(written).toEqual(['0.00 EUR', '0.15 EUR', '0.01 EUR', '90071992547409.91 EUR', '1234.56 EUR']);
});
