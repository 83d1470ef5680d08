/** Since when the profiles of a day have applied, and when they end if nothing new comes. */
import type { LedgerRow } from '../../domain/labels/labelled-row.ts';
import { type DerivationInput, rowsOf } from '../../domain/profiles/derive.ts';
import type { Explanation } from '../../domain/profiles/explain.ts';
import { profileDays } from '../../domain/profiles/history.ts';
import { HORIZON, has } from '../../domain/profiles/judge.ts';
import { type Day, formatDay } from '../../domain/values/day.ts';
import { type Service, today } from '../service/service.ts';
import { type DaysRead, readPagesFor } from './read-day.ts';

/** `since`: first day of the unbroken run that holds the day; `endsOn`: null when no end is known. Both null where it does not apply. */
export type DatedExplanation = Explanation & { readonly since: string | null; readonly endsOn: string | null };

/** Days that are searched at once for the start of a run. */
const DAYS_AT_ONCE = 365;

/** The first day that must have been read for, so that most runs are dated without reading more. */
export function firstDayFor(day: Day): Day {
  return day - DAYS_AT_ONCE + 1;
}

/** The rows to judge a year by, which ends so many years before the day. */
export type Years = (back: number) => Promise<readonly LedgerRow[]>;

/** `rows` are those to judge the year that ends on the day. */
type YearsRead = Pick<DaysRead, 'owner' | 'erasedAt'> & { readonly rows: readonly LedgerRow[] };

/** Each year is read once, so that all who ask see the same. */
export function openYears(service: Service, { rows, owner, erasedAt }: YearsRead, day: Day): Years {
  const read: Promise<readonly LedgerRow[]>[] = [Promise.resolve(rows)];
  return (back) => {
    const last = day - back * DAYS_AT_ONCE;
    read[back] ??= readPagesFor(service, owner, firstDayFor(last), last, erasedAt).then(rowsOf);
    return read[back];
  };
}

/** The explanations of definitions for a day, with the days on which the profiles that apply were entered and will end. */
export async function withPeriods(
  service: Service,
  input: DerivationInput,
  years: Years,
  explanations: readonly Explanation[],
  day: Day,
): Promise<DatedExplanation[]> {
  const applying = new Set(explanations.filter(({ applies }) => applies).map(({ profile }) => profile));
  const definitions = input.definitions.filter(({ document }) => applying.has(document.id));
  const since = await beginnings({ ...input, definitions }, years, day);
  const until = ends(service, { ...input, definitions }, day);
  const dated = (days: ReadonlyMap<string, Day>, profile: string) => {
    const found = days.get(profile);
    return found === undefined ? null : formatDay(found);
  };
  return explanations.map((explanation) => ({
    ...explanation,
    since: dated(since, explanation.profile),
    endsOn: dated(until, explanation.profile),
  }));
}

async function beginnings(input: DerivationInput, years: Years, day: Day): Promise<ReadonlyMap<string, Day>> {
  const found = new Map<string, Day>();
  // Nothing applies before the first booked row, so that each run has a start.
  for (let [back, open] = [0, input.definitions]; open.length > 0; back++) {
    const last = day - back * DAYS_AT_ONCE;
    const first = firstDayFor(last);
    const rows = await years(back);
    for (const { definition, days } of profileDays({ ...input, definitions: open, rows }, first, last)) {
      let since = last + 1;
      while (since > first && has(days, since - 1)) since--;
      if (since > first) found.set(definition.document.id, since);
    }
    open = open.filter(({ document }) => !found.has(document.id));
  }
  return found;
}

function ends(service: Service, input: DerivationInput, day: Day): ReadonlyMap<string, Day> {
  const found = new Map<string, Day>();
  // Rows that banks booked ahead of today count on their days; of a past day, what came after it is not known.
  const rows = day < today(service) ? input.rows.filter((row) => row.day <= day) : input.rows;
  for (const { definition, days } of profileDays({ ...input, rows }, day, day + HORIZON)) {
    for (let at = day + 1; at <= day + HORIZON; at++) {
      if (has(days, at)) continue;
      found.set(definition.document.id, at);
      break;
    }
  }
  return found;
}
