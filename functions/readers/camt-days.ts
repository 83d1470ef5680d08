/** Which days a camt statement says that it holds whole. */
import { type Day, parseDay } from '../domain/values/day.ts';
import type { CamtContext } from './camt-context.ts';
import type { Balance, Days } from './statement.ts';
import { dayIn, localTime } from './time-zone.ts';
import { type Element, faultIn, required, textAt } from './xml.ts';

const NO_DAYS: Days = { from: 1, to: 0 };
const MS_PER_DAY = 86_400_000;
/** Banks end a day at 23:59, 23:59:59 or a fraction later. */
const LAST_MINUTE = MS_PER_DAY - 60_000;

type Known = {
  readonly booked: Days | undefined;
  readonly opening: Balance | undefined;
  readonly closing: Balance | undefined;
};

/**
 * The period (`FrToDt`), cut to whole days; `undefined` when a statement names none that fits its rows, so that its
 * balances decide. Interim reports and notices never hold the day on which they were made; without a period a report
 * holds the days between its first row and that day, and a notice none.
 */
export function periodOf(statement: Element, context: CamtContext, known: Known): Days | undefined {
  const { booked, closing } = known;
  const madeOn = context.madeOn ?? dayIn(context.zone, context.now);
  const named = namedDays(statement, context, booked);
  const fits = named && (!booked || (booked.from >= named.earliest && booked.to <= named.latest));
  if (context.kind === '053') {
    if (!named || !fits) return undefined;
    // A statement of the day on which it was made holds it whole when its closing balance is of that evening.
    const last = closing?.on === madeOn ? madeOn : madeOn - 1;
    return { from: named.from, to: context.madeOn === undefined ? named.to : Math.min(named.to, last) };
  }
  if (named && fits) return { from: named.from, to: Math.min(named.to, madeOn - 1) };
  return context.kind === '054' ? NO_DAYS : reportedDays(known, madeOn);
}

function reportedDays({ booked, opening }: Known, madeOn: Day): Days {
  if (!booked) return NO_DAYS;
  const from = opening && opening.on < booked.from ? opening.on + 1 : booked.from + 1;
  return { from, to: madeOn > booked.to ? madeOn - 1 : booked.to - 1 };
}

/** Whole days of the period, and the days that it touches. */
type Named = Days & { readonly earliest: Day; readonly latest: Day };

function namedDays(statement: Element, context: CamtContext, booked: Days | undefined): Named | undefined {
  const start = boundAt(statement, context, 'FrDtTm', 'FrDt');
  const end = boundAt(statement, context, 'ToDtTm', 'ToDt');
  if (!start || !end) return undefined;
  const from = start.msOfDay < 1000 ? start.day : start.day + 1;
  const endsAtMidnight = end.msOfDay < 1000;
  // Midnight ends the day before, unless rows of the day itself show that it only means a date.
  const isDate = end.isDate || (endsAtMidnight && (booked?.to ?? 0) === end.day && start.msOfDay < 1000);
  const to = isDate || end.msOfDay >= LAST_MINUTE ? end.day : end.day - 1;
  return { from, to, earliest: start.day, latest: end.day };
}

function boundAt(statement: Element, context: CamtContext, time: string, date: string) {
  const moment = textAt(statement, 'FrToDt', time);
  if (moment !== undefined) {
    const found = localTime(moment, context.zone);
    const day = found?.day ?? parseDay(moment.slice(0, 10));
    if (day === undefined) throw faultIn(required(statement, 'FrToDt', time), `"${moment}" is not a day`);
    return { day, msOfDay: found?.msOfDay ?? 0, isDate: !found };
  }
  const text = textAt(statement, 'FrToDt', date);
  const day = text === undefined ? undefined : parseDay(text.slice(0, 10));
  if (text !== undefined && day === undefined)
    throw faultIn(required(statement, 'FrToDt', date), `"${text}" is not a day`);
  return day === undefined ? undefined : { day, msOfDay: 0, isDate: true };
}
