import { fc, test as property } from '@fast-check/jest';
import { decimalsOf, formatAmount, parseAmount } from '../../../../functions/domain/values/money.ts';

const currency = fc.constantFrom('EUR', 'PLN', 'JPY', 'KWD', 'CLF', 'ISK', 'XXX', 'QQQ', 'HUF');

test('decimals by currency', () => {
  const codes = ['EUR', 'PLN', 'HUF', 'CZK', 'JPY', 'ISK', 'KRW', 'KWD', 'BHD', 'CLF', 'UYW', 'QQQ'];
  expect(codes.map((code) => Number(decimalsOf(code)))).toEqual([2, 2, 2, 2, 0, 0, 0, 3, 3, 4, 4, 3]);
});

property.prop([fc.maxSafeInteger(), currency], { numRuns: 3000 })('parsing undoes formatting', (any, code) => {
  const limit = Math.min(1e12 * 10 ** decimalsOf(code), Number.MAX_SAFE_INTEGER);
  const minor = any % limit;
  const text = formatAmount(minor, code);
  expect(parseAmount(text, code)).toBe(minor === 0 ? 0 : minor);
  expect(text.split('.')[1]?.length ?? 0).toBe(decimalsOf(code));
});

/** What an amount is, by arithmetic on whole numbers of any size. */
function reference(text: string, code: string): number | string {
  const parts = /^([+-]?)([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (!parts) return 'form';
  const decimals = decimalsOf(code);
  const fraction = (parts[3] ?? '').replace(/0+$/, '');
  if (fraction.length > decimals) return 'precision';
  const minor = BigInt(`${parts[2]}${fraction.padEnd(decimals, '0')}`);
  const most = 10n ** BigInt(12 + decimals);
  if (minor > most || minor > BigInt(Number.MAX_SAFE_INTEGER)) return 'range';
  return Number(parts[1] === '-' ? -minor : minor);
}

property.prop([fc.stringMatching(/^[+-]?\d{1,20}(\.\d{0,6})?$/), currency], { numRuns: 5000 })(
  'agrees with arithmetic on whole numbers',
  (text, code) => {
    const expected = reference(text, code);
    expect(parseAmount(text, code)).toBe(expected === 0 ? 0 : expected);
  },
);

property.prop([fc.double(), currency], { numRuns: 5000 })(
  'a number is taken by its shortest decimal form',
  (amount, code) => {
    const text = String(amount);
    if (!Number.isFinite(amount)) expect(parseAmount(amount, code)).toBe('form');
    else if (!text.includes('e')) expect(parseAmount(amount, code)).toBe(parseAmount(text, code));
    else expect(parseAmount(amount, code)).toBe(Math.abs(amount) < 1 ? 'precision' : 'range');
  },
);

test('amounts and faults', () => {
  const cases: [string | number, string, number | string][] = [
    ['-49.99', 'PLN', -4999],
    ['+5', 'EUR', 500],
    ['5.000', 'EUR', 500],
    ['007.10', 'EUR', 710],
    ['-0.00', 'EUR', 0],
    [-0, 'EUR', 0],
    [12, 'JPY', 12],
    ['12.0', 'JPY', 12],
    ['1.234', 'KWD', 1234],
    [0.1, 'EUR', 10],
    [0.1 + 0.2, 'EUR', 'precision'],
    [1e-7, 'EUR', 'precision'],
    [1e-25, 'EUR', 'precision'],
    [-5e-324, 'EUR', 'precision'],
    [1e21, 'EUR', 'range'],
    [-1e300, 'EUR', 'range'],
    [1e12, 'EUR', 1e14],
    ['-1000000000000.00', 'EUR', -1e14],
    ['1000000000000.01', 'EUR', 'range'],
    ['9007199254740993', 'JPY', 'range'],
    ['12.5', 'JPY', 'precision'],
    ['1.2345', 'QQQ', 'precision'],
    [`1${'0'.repeat(60)}`, 'EUR', 'range'],
    [Number.NaN, 'EUR', 'form'],
    [Number.POSITIVE_INFINITY, 'EUR', 'form'],
    ...['', ' ', '1,50', '1 000', ' 1', '1\n', '.5', '5.', '--5', '1e3', '0x10', 'NaN', '5 EUR', '−5', '٥'].map(
      (text): [string, string, string] => [text, 'EUR', 'form'],
    ),
  ];
  expect(cases.map(([amount, code]) => [amount, code, parseAmount(amount, code)])).toEqual(cases);
});
