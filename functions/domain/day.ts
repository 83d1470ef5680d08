/**
 * Calendar days as whole numbers, so that the domain needs neither time zones nor Date objects.
 *
 * A `Day` counts days since 1970-01-01 (which is 0) in the proleptic Gregorian calendar; a `Month` counts months since
 * January 1970. Both are plain integers: comparing, subtracting and sorting them is arithmetic.
 */
export type Day = number;
export type Month = number;

const MS_PER_DAY = 86_400_000;
const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The day written `YYYY-MM-DD`, or `undefined` when the text has another form or names no day of the calendar. */
export function parseDay(text: string): Day | undefined {
  const parts = FORM.exec(text);
  if (!parts) return undefined;
  const day = dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  return formatDay(day) === text ? day : undefined;
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

/** `month` is 1 to 12. */
export function dayOf(year: number, month: number, dayOfMonth: number): Day {
  // Date.UTC reads the years 0 to 99 as 1900 to 1999; setUTCFullYear takes them as they are.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, dayOfMonth);
  return Math.floor(date.getTime() / MS_PER_DAY);
}

/** The month a day lies in, by the civil-from-days algorithm of Howard Hinnant (public domain), without a Date object. */
export function monthOf(day: Day): Month {
  const [year, month] = civil(day);
  return (year - 1970) * 12 + month - 1;
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

/** `YYYY-MM`; sorts as text in the order of time for the years 0000 to 9999. */
export function formatMonth(month: Month): string {
  return formatDay(firstDayOf(month)).slice(0, 7);
}

/** Monday is 0, Sunday 6: 1970-01-01 was a Thursday. */
export function weekday(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

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
