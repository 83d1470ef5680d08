/** Instants of bank files as days and back, in the zone of the account's country: a small table, so that readers stay pure. */
import { type Day, dayOf, dayOfInstant, parseDay, startOfDay, weekday } from '../domain/values/day.ts';

/** Minutes ahead of UTC in winter, of countries with the European summer time (directive 2000/84/EC and its neighbours). */
const WITH_SUMMER_TIME: Readonly<Record<string, number>> = Object.fromEntries([
  ...['GB', 'IE', 'PT', 'GG', 'JE', 'IM', 'FO'].map((country) => [country, 0]),
  ...'DE FR ES IT PL NL BE AT CH CZ SK HU SI HR DK NO SE LU LI MC SM VA MT AL BA RS ME MK AD XK GI'
    .split(' ')
    .map((country) => [country, 60]),
  ...['FI', 'EE', 'LV', 'LT', 'RO', 'BG', 'GR', 'CY', 'UA', 'MD', 'AX'].map((country) => [country, 120]),
]);
const WITHOUT_SUMMER_TIME: Readonly<Record<string, number>> = { IS: 0, TR: 180, BY: 180, RU: 180, GE: 240, AE: 240 };

const MS_PER_MINUTE = 60_000;
const HOUR = 60 * MS_PER_MINUTE;

/** Where the times of a file are: in a country with a known zone, else at the offset that the file itself uses. */
export type Zone = { readonly country: string | undefined; readonly offset: number };

/** Minutes ahead of UTC at an instant. */
function offsetAt({ country = '', offset }: Zone, instant: number): number {
  const winter = WITH_SUMMER_TIME[country];
  if (winter === undefined) return WITHOUT_SUMMER_TIME[country] ?? offset;
  const year = new Date(instant).getUTCFullYear();
  const summer = instant >= lastSunday(year, 3) + HOUR && instant < lastSunday(year, 10) + HOUR;
  return winter + (summer ? 60 : 0);
}

/** Midnight (UTC) of the last Sunday of a month with 31 days. */
function lastSunday(year: number, month: number): number {
  const last = dayOf(year, month, 31);
  return startOfDay(last - ((weekday(last) + 1) % 7));
}

/** A moment of the calendar of a zone. */
export type LocalTime = { readonly day: Day; readonly msOfDay: number; readonly instant: number };

const FORM = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Minutes of the offset that a text is written with, `undefined` when it has none (or is no moment). */
export function offsetIn(text: string): number | undefined {
  const offset = FORM.exec(text)?.[6];
  if (offset === undefined) return undefined;
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return offset.startsWith('-') ? -minutes : minutes;
}

/** An ISODateTime in the calendar of a zone; without an offset it is written in that zone. `undefined` when it is none. */
export function localTime(text: string, zone: Zone): LocalTime | undefined {
  const parts = FORM.exec(text);
  const day = parts?.[1] === undefined ? undefined : parseDay(parts[1]);
  if (!parts || day === undefined) return undefined;
  const [hours, minutes, seconds] = [parts[2], parts[3], parts[4] ?? 0].map(Number) as [number, number, number];
  if (hours > 24 || minutes > 59 || seconds > 60) return undefined;
  const milliseconds = Math.floor(Number(`0.${parts[5] ?? 0}`) * 1000);
  const written = startOfDay(day) + (hours * 3600 + minutes * 60 + seconds) * 1000 + milliseconds;
  const offset = offsetIn(text);
  // In a zone the offset depends on the instant, which the offset makes: one step on is enough outside the hour of change.
  const guess = offset ?? offsetAt(zone, written - offsetAt(zone, written) * MS_PER_MINUTE);
  const instant = written - guess * MS_PER_MINUTE;
  const local = instant + offsetAt(zone, instant) * MS_PER_MINUTE;
  return { day: dayOfInstant(local), msOfDay: local - startOfDay(dayOfInstant(local)), instant };
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,12})?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})?$/;

/**
 * The day of an ISO date, or of a moment in the calendar of a country. A moment without an offset is written in that
 * calendar, and midnight is how a day is written where a moment is asked for: both keep the day as printed, and so does
 * every moment of a country without a known zone. `undefined` when the text begins with no day.
 */
export function dayOfMoment(text: string, country: string | undefined): Day | undefined {
  const [, date = '', time = '', offset] = MOMENT.exec(text) ?? [];
  if (offset === undefined || country === undefined || /^00:00(?::00(?:[.,]0+)?)?$/.test(time))
    return parseDay(text.slice(0, 10));
  const iso = `${date}T${time}${offset === 'UTC' ? 'Z' : offset}`;
  return localTime(iso, { country, offset: offsetIn(iso) ?? 0 })?.day;
}

/** The day of an instant in milliseconds since 1970, in a zone. */
export function dayIn(zone: Zone, instant: number): Day {
  return dayOfInstant(instant + offsetAt(zone, instant) * MS_PER_MINUTE);
}
