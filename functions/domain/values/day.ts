/**
 * Calendar days as whole numbers, so that the domain needs neither time zones nor Date objects.
 *
 * A `Day` counts days since 1970-01-01 (which is 0) in the proleptic Gregorian calendar; a `Month` counts months since
 * January 1970. Both are plain integers: comparing, subtracting and sorting them is arithmetic.
 */
export type Day = number;
export type Month = number;

const MS_PER_DAY = 86_400_000;

/** The day written `YYYY-MM-DD`, or `undefined` when the text has another form or names no day of the calendar. */
export function parseDay(text: string): Day | undefined {
  if (text.length !== 10 || text.charCodeAt(4) !== HYPHEN || text.charCodeAt(7) !== HYPHEN) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const inMonth = digits(text, 8, 10);
  if (!(month >= 1 && month <= 12 && inMonth >= 1 && year >= 0)) return undefined;
  const day = dayOf(year, month, inMonth);
  return inMonth <= 28 || day < dayOf(year, month + 1, 1) ? day : undefined;
}

const HYPHEN = 45;
const ZERO = 48;

/** The number that some characters write in digits; NaN when one is none. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** `YYYY-MM-DD`. */
export function formatDay(day: Day): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The day of an instant in milliseconds since 1970, in UTC. */
export function dayOfInstant(instant: number): Day {
  return Math.floor(instant / MS_PER_DAY);
}

/** The first millisecond of a day, in UTC. */
export function startOfDay(day: Day): number {
  return day * MS_PER_DAY;
}

/** Days-from-civil, the algorithm of Howard Hinnant (public domain). `month` is 1 to 13, a day beyond its month runs into the next. */
export function dayOf(year: number, month: number, dayOfMonth: number): Day {
  if (month === 13) return dayOf(year + 1, 1, dayOfMonth);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The month a day lies in. */
export function monthOf(day: Day): Month {
  // Rows come day after day: the month of the last day asked, or the next one, is mostly the one wanted.
  if (day < monthStart || day >= monthEnd) {
    const [year, month] = civil(day);
    lastMonth = (year - 1970) * 12 + month - 1;
    monthStart = firstDayOf(lastMonth);
    monthEnd = firstDayOf(lastMonth + 1);
  }
  return lastMonth;
}

let lastMonth: Month = 0;
let monthStart: Day = 0;
let monthEnd: Day = 0;

/** Days of the month that a day lies in, 28 to 31. */
export function lengthOfMonthOf(day: Day): number {
  monthOf(day);
  return monthEnd - monthStart;
}

/** 1 to 31. */
export function dayOfMonth(day: Day): number {
  return civil(day)[2];
}

export function firstDayOf(month: Month): Day {
  return dayOf(1970 + Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 1);
}

export function lastDayOf(month: Month): Day {
  return firstDayOf(month + 1) - 1;
}

/** The months of a range, both ends included; none when it ends before it begins. */
export function monthsIn({ from, to }: { readonly from: Month; readonly to: Month }): Month[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

/** `YYYY-MM`; sorts as text in the order of time for the years 0000 to 9999. */
export function formatMonth(month: Month): string {
  return formatDay(firstDayOf(month)).slice(0, 7);
}

/** Monday is 0, Sunday 6: 1970-01-01 was a Thursday. */
export function weekday(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Civil-from-days, the algorithm of Howard Hinnant (public domain), without a Date object. */
function civil(day: Day): readonly [year: number, month: number, day: number] {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return [year, month, dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1];
}

/** How many of so many things, ascending by day, are of a day or of those before it. */
export function countUpTo(day: Day, length: number, dayOf: (at: number) => Day): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (dayOf(middle) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
