/** Numbers of accounts as ABO prints them: sixteen digits without the bank, in their own order or in an "internal" one. */
import { accountNamed } from './account-number.ts';

const PREFIX = 6;
/** Weights of the check by 11 (decree 169/2011 of the Czech National Bank). */
const WEIGHTS = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
/** Where the digits of prefix and number are in the internal order. */
const INTERNAL = [10, 11, 12, 13, 14, 15, 4, 5, 6, 7, 8, 3, 9, 1, 2, 0];

/** Prefix and number, sixteen digits in their own order; by the check digits the order is found out. */
export function digitsOf(printed: string): string {
  const digits = printed.padStart(16, '0');
  const other = fromInternal(digits);
  return !isRight(digits) && isRight(other) ? other : digits;
}

export function fromInternal(digits: string): string {
  return INTERNAL.map((place) => digits[place] ?? '').join('');
}

/** `19-2000145399`, without the zeros in front. */
export function shortNumber(digits: string): string {
  const [prefix, number] = [digits.slice(0, PREFIX), digits.slice(PREFIX)].map((part) => part.replace(/^0+/, ''));
  return prefix === '' ? (number ?? '') : `${prefix}-${number}`;
}

/** The IBAN of a number at a bank of Czechia or Slovakia, when there is such a bank. */
export function ibanAt(digits: string, bank: string, currencyName: string): string | undefined {
  if (!/[1-9]/.test(digits) || !/[1-9]/.test(bank)) return undefined;
  const account = accountNamed(`${shortNumber(digits)}/${bank}`, currencyName);
  return 'iban' in account ? account.iban : undefined;
}

function isRight(digits: string): boolean {
  const sum = (part: string) =>
    [...part.padStart(WEIGHTS.length, '0')].reduce((all, digit, place) => all + Number(digit) * WEIGHTS[place]!, 0);
  const [prefix, number] = [digits.slice(0, PREFIX), digits.slice(PREFIX)];
  return /^\d{16}$/.test(digits) && /[1-9]/.test(number) && sum(prefix) % 11 === 0 && sum(number) % 11 === 0;
}
