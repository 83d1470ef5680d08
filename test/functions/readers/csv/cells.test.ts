import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatDay } from '../../../../functions/domain/values/day.ts';
import { amountIn, type DateForm, dayIn, daysIn, folded } from '../../../../functions/readers/csv/cells.ts';

describe('amounts', () => {
  test.each([
    ['-42,50', ',', '-42.50'],
    ['-42.50', ',', '-42.50'],
    ['1.234,56', ',', '1234.56'],
    ['1,234.56', ',', '1234.56'],
    ['1.234', ',', '1234'],
    ['1.234', '.', '1.234'],
    ['1,234', '.', '1234'],
    ['1.234.567', '.', '1234567'],
    ['1 234,56', ',', '1234.56'],
    ['1\u00a0234,56', ',', '1234.56'],
    ["1'234.50", '.', '1234.50'],
    ['+33.00', '.', '33.00'],
    ['12,50-', ',', '-12.50'],
    ['−5,00', ',', '-5.00'],
    ['(1,234.56)', '.', '-1234.56'],
    [',05', ',', '0.05'],
    ['007', ',', '7'],
    ['-0,00', ',', '0.00'],
  ] as const)('%s with "%s" is %s', (cell, decimal, value) => {
    expect(amountIn(cell, decimal)).toEqual({ value, currencyName: undefined });
  });

  test.each([
    ['-19,99 PLN', '-19.99', 'PLN'],
    ['-19,99 €', '-19.99', 'EUR'],
    ['€ 5', '5', 'EUR'],
    ['-13,18EUR', '-13.18', 'EUR'],
    ['1 234,50 Kč', '1234.50', 'CZK'],
    ['12,00 zł', '12.00', 'PLN'],
  ] as const)('%s names its currency', (cell, value, currencyName) => {
    expect(amountIn(cell, ',')).toEqual({ value, currencyName });
  });

  test.each([
    '',
    'abc',
    '1,23,4',
    '1.23.45',
    '12.34.567',
    '--5',
    '-5-',
    '(5',
    '5 apples',
    '1e5',
    '.',
    '1,2345.67',
    'W rozliczeniu',
  ])('"%s" is none', (cell) => {
    expect(amountIn(cell, ',')).toBeUndefined();
  });

  test('however an amount is grouped, it is read as it was written', () => {
    const marks = fc.constantFrom([',', '.'], ['.', ','], [',', ' '], ['.', "'"]);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.nat({ max: 99 }),
        marks,
        fc.boolean(),
        (whole, cents, [decimal, group], minus) => {
          const grouped = whole.toString().replace(/\B(?=(\d{3})+$)/g, group as string);
          const fraction = String(cents).padStart(2, '0');
          const negative = minus && (whole > 0n || cents > 0) ? '-' : '';
          const cell = `${minus ? '-' : ''}${grouped}${decimal}${fraction}`;
          expect(amountIn(cell, decimal as ',' | '.')?.value).toBe(`${negative}${whole}.${fraction}`);
        },
      ),
      { seed: 13, numRuns: 300 },
    );
  });
});

describe('days', () => {
  test.each([
    ['2026-06-10', 'YMD', '2026-06-10'],
    ['2026/06/10 18:01', 'YMD', '2026-06-10'],
    ['2026.06.10.', 'YMD', '2026-06-10'],
    ['20260610', 'YMD', '2026-06-10'],
    ['10.06.2026', 'DMY', '2026-06-10'],
    ['10.06.26', 'DMY', '2026-06-10'],
    ['10-06-2026', 'DMY', '2026-06-10'],
    ['1. 6. 2026', 'DMY', '2026-06-01'],
    ['10062026', 'DMY', '2026-06-10'],
    ['6/10/2026', 'MDY', '2026-06-10'],
    ['10 Jun 2026', 'DMY', '2026-06-10'],
    ['10-June-2026', 'DMY', '2026-06-10'],
    ['10.06.2026', 'YMD', '2026-06-10'],
    ['30.02.2026', 'DMY', '2026-02-28'],
  ] as const)('%s as %s', (cell, form, day) => {
    expect(formatDay(dayIn(cell, form) ?? 0)).toBe(day);
  });

  test.each([
    ['', 'YMD'],
    ['offen', 'DMY'],
    ['2026-13-01', 'YMD'],
    ['32.01.2026', 'DMY'],
    ['00.01.2026', 'DMY'],
    ['1234567', 'YMD'],
  ] as [string, DateForm][])('"%s" is none', (cell, form) => {
    expect(dayIn(cell, form)).toBeUndefined();
  });

  test('a range is two days in order', () => {
    const range = daysIn('01.06.2026 - 30.06.2026', 'DMY');
    expect(range && [formatDay(range.from), formatDay(range.to)]).toEqual(['2026-06-01', '2026-06-30']);
    expect(daysIn('30.06.2026 - 01.06.2026', 'DMY')).toBeUndefined();
    expect(daysIn('Zeitraum: 30 Tage', 'DMY')).toBeUndefined();
  });
});

test('names of columns are compared without accents, case and decoration', () => {
  expect(folded('#Data księgowania ')).toBe('data ksiegowania');
  expect(folded('"ŁAPKA"')).toBe('lapka');
  expect(folded('Betrag  (EUR)')).toBe('betrag (eur)');
});
