/** What numbers in cells of a workbook mean: days by their format, amounts without the noise of binary fractions. */
import { dayOf, formatDay } from '../../domain/values/day.ts';

/** Numbers of built-in formats of days and times (ECMA-376 part 1, 18.8.30), those of East Asia included. */
const BUILT_IN: readonly (readonly [first: number, last: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** Whether a format shows a number as a day or a time. @param code such as `yyyy\-mm\-dd`, absent for built-in ones */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN.some(([first, last]) => first <= id && id <= last);
  // Only the first section counts: the others are for negative numbers, zero and text.
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').split(';')[0] ?? '';
  return /[dmyhs]/i.test(bare) && !/general/i.test(bare);
}

const DAY = 86_400;
/** 1 January 1904, from which the other date system counts. */
const FROM_1904 = 1462;
/** Days of the years from 1970 to 2999 alone are days of a bank. */
const LAST_SERIAL = 401_768;
const UNIX = 25_569;

/** A number of days since 1900 or 1904 as `2026-06-10`, with its time behind it; `undefined` when it is no such day. */
export function momentOfSerial(text: string, from1904: boolean): string | undefined {
  const serial = Number(text) + (from1904 ? FROM_1904 : 0);
  if (!(serial >= UNIX && serial <= LAST_SERIAL)) return undefined;
  const seconds = Math.round(serial * DAY);
  const time = seconds % DAY;
  const day = formatDay(dayOf(1970, 1, 1) + Math.floor(seconds / DAY) - UNIX);
  const two = (number: number) => String(number).padStart(2, '0');
  if (time === 0) return day;
  return `${day} ${two(Math.floor(time / 3600))}:${two(Math.floor(time / 60) % 60)}:${two(time % 60)}`;
}

/** Digits that a workbook shows: what is beyond them is noise (`-49.990000000000002`). */
const DIGITS = 15;

/**
 * A number as a decimal that cannot be taken for one with marks of thousands: with three digits behind its point it gets a zero more. Whole
 * numbers stay as they are written, because they may be account numbers.
 */
export function decimalOfNumber(text: string): string {
  const number = Number(text);
  if (/^-?\d{1,40}$/.test(text) || text === '' || !Number.isFinite(number)) return text;
  const rounded = Number(number.toPrecision(DIGITS));
  const plain = decimalOfRounded(rounded);
  return /\.\d{3}$/.test(plain) ? `${plain}0` : plain;
}

function decimalOfRounded(number: number): string {
  if (!/e/i.test(String(number))) return String(number);
  return Math.abs(number) < 1 ? number.toFixed(12) : String(BigInt(number));
}
