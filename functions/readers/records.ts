/** Files of records of fixed width: CFONB 120, Norma 43, GPC, CODA. */
import { type Day, dayOf } from '../domain/values/day.ts';
import { ReaderError } from './reader-error.ts';

export type Fixed = {
  /** From 1; of a file without line ends the number of the record. */
  readonly line: number;
  /** The text from one column to another, both counted from 1 and included, without blanks around it. */
  readonly at: (from: number, to: number) => string;
  /** The same with its blanks, also those that were left out at the end: of a text that goes on elsewhere. */
  readonly wide: (from: number, to: number) => string;
};

/** What old systems put behind the last line. */
const END_OF_DOS = String.fromCharCode(26);

/** The records of a text that are not blank, each as wide as it should be; banks leave out blanks at the end. */
export function recordsOf(text: string, width: number): Fixed[] {
  const lines = text.replaceAll(END_OF_DOS, '').split(/\r\n|\r|\n/);
  // Some systems know no line ends and hand on one endless record.
  const [only = ''] = lines;
  const pieces =
    only.length > width && lines.slice(1).every((line) => line.trim() === '')
      ? Array.from({ length: Math.ceil(only.length / width) }, (_, index) =>
          only.slice(index * width, (index + 1) * width),
        )
      : lines;
  return pieces.flatMap((piece, index) =>
    piece.trim() === ''
      ? []
      : [
          {
            line: index + 1,
            at: (from: number, to: number) => piece.slice(from - 1, to).trim(),
            wide: (from: number, to: number) => piece.slice(from - 1, to).padEnd(to - from + 1),
          },
        ],
  );
}

/** A day written by two digits each of year, month and day, in that order or the other. @throws {ReaderError} */
export function dayOfDigits(text: string, order: 'YMD' | 'DMY', line: number): Day {
  const [first, month, third] = [Number(text.slice(0, 2)), Number(text.slice(2, 4)), Number(text.slice(4, 6))];
  const [year, day] = order === 'YMD' ? [2000 + first, third] : [2000 + third, first];
  if (!/^\d{6}$/.test(text) || month < 1 || month > 12 || day < 1 || day > 31)
    throw new ReaderError(`"${text}" is not a day (${order === 'YMD' ? 'YYMMDD' : 'DDMMYY'})`, { line });
  return Math.min(dayOf(year, month, day), dayOf(year, month + 1, 1) - 1);
}

/** The same where a day may be left out: zeros or blanks say so. @throws {ReaderError} */
export function anyDayOfDigits(text: string, order: 'YMD' | 'DMY', line: number): Day | undefined {
  return /^0*$/.test(text) ? undefined : dayOfDigits(text, order, line);
}

/** An amount without a mark, of so many decimals. */
export function decimalOfDigits(digits: string, decimals: number, isNegative: boolean): string {
  const padded = digits.padStart(decimals + 1, '0');
  const whole = padded.slice(0, padded.length - decimals).replace(/^0+(?=\d)/, '');
  const value = decimals === 0 ? whole : `${whole}.${padded.slice(-decimals)}`;
  return isNegative && /[1-9]/.test(value) ? `-${value}` : value;
}

/** Currencies by their numbers (ISO 4217), as far as accounts are kept in them. */
const CURRENCIES: Readonly<Record<string, string>> = {
  ...{ 978: 'EUR', 840: 'USD', 826: 'GBP', 756: 'CHF', 752: 'SEK', 578: 'NOK', 208: 'DKK', 985: 'PLN', 203: 'CZK' },
  ...{ 348: 'HUF', 946: 'RON', 975: 'BGN', 124: 'CAD', 36: 'AUD', 484: 'MXN', 504: 'MAD', 949: 'TRY', 986: 'BRL' },
  ...{ 392: 'JPY', 156: 'CNY', 554: 'NZD', 643: 'RUB', 710: 'ZAR' },
};

/** The code of the currency of this number, which may have zeros in front. */
export function currencyOfNumber(number: string): string | undefined {
  return CURRENCIES[String(Number(number))];
}
