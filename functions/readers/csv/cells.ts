/** What single cells of a table mean: amounts, days, currencies, names of columns. */
import { type Day, dayOf, parseDay } from '../../domain/values/day.ts';

export type DecimalMark = ',' | '.';

/** Currency signs behind or before amounts. */
const CURRENCY_SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', zł: 'PLN', Kč: 'CZK', Ft: 'HUF' };
const BLANKS = /[\s\u00a0\u2007\u202f'’]/g;
const AROUND = /^([^\d.,+\-−()]{0,8})(.*?)([^\d.,+\-−()]{0,8})$/;

export type Amount = { readonly value: string; readonly currencyName: string | undefined };

/**
 * The amount in a cell as a decimal string, with the currency beside it: `-1 234,56 PLN`, `(1,234.56)`, `12,50-`,
 * `€ 5`. The mark decides only where a number has two meanings (`1.234`, `1,234`): three digits behind a mark that is
 * not the decimal one are a thousand. `undefined` when it is not an amount.
 */
export function amountIn(cell: string, decimal: DecimalMark): Amount | undefined {
  const bare = cell.replace(BLANKS, '').replace('−', '-');
  if (bare.length > 60) return undefined;
  const [, before = '', number = '', behind = ''] = AROUND.exec(bare) ?? [];
  const sign = /^(\(?)([+-]?)([\d.,]+)([+-]?)(\)?)$/.exec(number);
  if (!sign || (sign[1] === '(') !== (sign[5] === ')') || (sign[2] && sign[4])) return undefined;
  const value = decimalOf(sign[3]!, decimal);
  if (value === undefined) return undefined;
  const currencyName = currencyIn(before || behind);
  if ((before || behind) && currencyName === undefined) return undefined;
  const negative = sign[1] === '(' || sign[2] === '-' || sign[4] === '-';
  return { value: negative && /[1-9]/.test(value) ? `-${value}` : value, currencyName };
}

/** Digits with marks of thousands and decimals as a decimal number without a sign. */
function decimalOf(digits: string, decimal: DecimalMark): string | undefined {
  const last = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'));
  if (last < 0) return plain(digits, '');
  const mark = digits[last]!;
  const whole = digits.slice(0, last);
  const fraction = digits.slice(last + 1);
  const repeated = whole.includes(mark);
  const thousands = repeated || (fraction.length === 3 && mark !== decimal && !/[.,]/.test(whole));
  const groups = (thousands ? digits : whole).split(/[.,]/);
  const grouped =
    groups.slice(1).every((group) => group.length === 3) && (groups.length === 1 || (groups[0] ?? '').length <= 3);
  const marks = new Set((thousands ? digits : whole).replace(/\d/g, ''));
  if (!grouped || marks.size > 1 || (!thousands && marks.has(mark))) return undefined;
  return thousands ? plain(groups.join(''), '') : plain(groups.join(''), fraction);
}

function plain(whole: string, fraction: string): string | undefined {
  if (whole === '' && fraction === '') return undefined;
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  return fraction === '' ? digits : `${digits}.${fraction}`;
}

/** The currency that a text names by code or sign. */
export function currencyIn(text: string): string | undefined {
  if (/^[A-Za-z]{3}$/.test(text)) return text.toUpperCase();
  return CURRENCY_SIGNS[text] ?? CURRENCY_SIGNS[text.replace(/\.$/, '')];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** How a table writes its days: year, month and day in the order of the letters, months by number or English name. */
export const DATE_FORMS = ['YMD', 'DMY', 'MDY'] as const;
export type DateForm = (typeof DATE_FORMS)[number];

/**
 * The day at the beginning of a cell, whatever separates its parts; a time behind it is left out. A day that its month does not have (30
 * February) is the last of that month. `undefined` when it is not a day.
 */
export function dayIn(cell: string, form: DateForm): Day | undefined {
  const parts = partsOf(cell, form);
  if (!parts) return undefined;
  const [year, month, day] = inOrder(parts, form);
  const full = year < 100 ? 2000 + year : year;
  if (!(full >= 1970 && full <= 2999 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return undefined;
  return Math.min(dayOf(full, month, day), dayOf(full, month + 1, 1) - 1);
}

function partsOf(cell: string, form: DateForm): [number, number, number] | undefined {
  if (/^\d{8}(?!\d)/.test(cell)) {
    const [first, second] = form === 'YMD' ? [4, 6] : [2, 4];
    return [Number(cell.slice(0, first)), Number(cell.slice(first, second)), Number(cell.slice(second, 8))];
  }
  const parts = /^(\d{1,4})[-./ ]{1,2}(\d{1,2}|[A-Za-z]{3})[A-Za-z]{0,6}[-./, ]{1,2}(\d{4}|\d{1,2})(?!\d)/.exec(cell);
  if (!parts) return undefined;
  const month = MONTHS.indexOf(parts[2]!.toLowerCase()) + 1;
  return [Number(parts[1]), month || Number(parts[2]), Number(parts[3])];
}

/** A part beyond 31 is the year, wherever the form has it. */
function inOrder([first, second, third]: [number, number, number], form: DateForm): [number, number, number] {
  if (first > 31 || (form === 'YMD' && third <= 31)) return [first, second, third];
  return form === 'MDY' ? [third, first, second] : [third, second, first];
}

/** The two days of a range such as `01.05.2026 - 31.05.2026`. */
export function daysIn(text: string, form: DateForm): { from: Day; to: Day } | undefined {
  const found = [...text.matchAll(/\d{1,4}[-./]\d{1,2}[-./]\d{2,4}/g)].flatMap(([day]) => dayIn(day, form) ?? []);
  const [from, to] = found;
  return from !== undefined && to !== undefined && found.length === 2 && from <= to ? { from, to } : undefined;
}

/** The first day that a text holds. */
export function firstDayIn(text: string, form: DateForm): Day | undefined {
  const iso = parseDay(text.slice(0, 10));
  if (iso !== undefined) return iso;
  const found = /\d{1,4}[-./]\d{1,2}[-./]\d{2,4}/.exec(text);
  return found ? dayIn(found[0], form) : undefined;
}

/** A name of a column or label, so that accents, case, blanks and the `#` of one bank do not matter. */
export function folded(text: string): string {
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('Ł', 'L').toLowerCase();
  return bare
    .replace(/^[#'"]+/, '')
    .replace(/['":]+$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}
