import { fc, test as property } from '@fast-check/jest';
import { compileDocument } from '../../../../catalogue/build/compile.ts';
import { monthOf, parseDay } from '../../../../functions/domain/values/day.ts';
import { decimalsOf, GREATEST_AMOUNT } from '../../../../functions/domain/values/money.ts';
import { centsOf, openRates, type Rate, toCents } from '../../../../functions/domain/values/rates.ts';
import { fixedRates } from '../../../support/fixed-rates.ts';

const month = (text: string) => monthOf(parseDay(`${text}-01`) as number);
const { rates: document } = compileDocument();
const rates = openRates(document);
const SOME = ['EUR', 'PLN', 'JPY', 'KWD', 'MKD', 'RSD', 'ZAR', 'IDR', 'TRY'];

/** Minor units in EUR cents by whole numbers of any size alone, half away from zero. */
function oracle(minor: number, perEuro: string, currency: string): number {
  const [whole = '', fraction = ''] = perEuro.split('.');
  const dividend = BigInt(Math.abs(minor)) * 100n * 10n ** BigInt(fraction.length);
  const divisor = BigInt(whole + fraction) * 10n ** BigInt(decimalsOf(currency));
  const cents = Number((dividend * 2n + divisor) / (divisor * 2n));
  return minor < 0 && cents !== 0 ? -cents : cents;
}

/** Decimals as the bank prints them. */
const perEuro = fc
  .tuple(fc.integer({ min: 1, max: 999_999_999 }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, decimals]) => {
    const text = String(digits).padStart(decimals + 1, '0');
    return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
  });

property.prop(
  [
    fc.oneof(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 })),
    perEuro,
    fc.constantFrom(...SOME.filter((code) => code !== 'EUR')),
  ],
  { numRuns: 5000, seed: 12 },
)('cents are exact, half away from zero, whatever the rate and the size', (minor, rate, currency) => {
  const known = fixedRates({ [currency]: rate }).rateIn(0, currency) as Rate;
  expect(toCents(minor, known)).toBe(oracle(minor, rate, currency));
});

test.each(['MKD', 'RSD', 'ZAR', 'PLN'])('half cents of %s are rounded away from zero', (currency) => {
  // At 61.6 a euro 308 minor units are 5 cents, and 154 are 2.5.
  for (const perEuro of ['61.6', '117.2', '20.8', '4.242']) {
    const rate = fixedRates({ [currency]: perEuro }).rateIn(0, currency) as Rate;
    for (let minor = 1; minor < 3000; minor++) {
      expect([minor, toCents(minor, rate)]).toEqual([minor, oracle(minor, perEuro, currency)]);
      expect(toCents(-minor, rate)).toBe(oracle(-minor, perEuro, currency));
    }
  }
});

test('the greatest amounts are exact in every currency', () => {
  for (const currency of rates.currencies) {
    const rate = rates.rateIn(month('2026-10'), currency) as Rate;
    expect([rate.numerator, rate.denominator].every(Number.isSafeInteger)).toBe(true);
    expect(Number.isSafeInteger(toCents(GREATEST_AMOUNT * 10 ** decimalsOf(currency), rate))).toBe(true);
  }
});

describe('months', () => {
  const course = openRates({
    asOf: '2026-10-30',
    source: 'test',
    perEuro: { RUB: { '2022-02': '88.5', '2022-01': '86.5', '2022-05': '92' } },
  });
  const factorIn = (text: string) => 100 / (course.rateIn(month(text), 'RUB') as Rate).factor / 100;

  test.each([
    ['2015-01', 86.5],
    ['2022-01', 86.5],
    ['2022-02', 88.5],
    ['2022-04', 88.5],
    ['2022-05', 92],
    ['2031-12', 92],
  ])('in %s the rate is %d', (text, expected) => {
    expect(factorIn(text)).toBeCloseTo(expected, 9);
  });

  test('a currency without a rate has none in any month, whatever its name', () => {
    for (const name of ['QQQ', '', 'constructor', '__proto__']) expect(course.rateIn(0, name)).toBeUndefined();
  });
});

test('the catalogue has the averages of the European Central Bank, and what it does not quote', () => {
  const unitsIn = (text: string, currency: string) =>
    Number((100 / (rates.rateIn(month(text), currency) as Rate).factor / 10 ** decimalsOf(currency)).toPrecision(6));
  // As the bank's own tables of monthly averages have them: 1.1621 and 0.89460.
  expect([unitsIn('2015-01', 'USD'), unitsIn('2020-03', 'GBP')]).toEqual([1.16213, 0.894595]);
  expect(unitsIn('2022-12', 'HRK')).not.toBe(7.5345);
  expect([unitsIn('2023-01', 'HRK'), unitsIn('2026-11', 'BGN'), unitsIn('2026-11', 'MKD')]).toEqual([
    7.5345, 1.95583, 61.6,
  ]);
  expect(unitsIn('2030-01', 'TRY')).toBe(unitsIn('2026-10', 'TRY'));
  expect(rates.asOf >= '2026-10-30').toBe(true);
});

test('thresholds are converted by the last rate that is known', () => {
  const known = openRates({
    asOf: '2026-10-30',
    source: '',
    perEuro: { PLN: { '2026-09': '4 4.242' }, JPY: { '2026-10': '169.2' } },
  });
  const given: [string, string][] = [
    ['60', 'EUR'],
    ['42.42', 'PLN'],
    ['169.2', 'JPY'],
    ['60', 'QQQ'],
  ];
  expect(given.map(([amount, code]) => centsOf(amount, code, known))).toEqual([
    6000,
    1000,
    'must be an amount of JPY, and is "169.2"',
    'must be in a currency that the catalogue has a rate of, and is in QQQ',
  ]);
});
