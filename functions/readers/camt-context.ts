/** What the parts of the camt reader know of the statement that they read. */
import { type Day, parseDay } from '../domain/values/day.ts';
import type { Reading } from './statement.ts';
import { clean } from './text.ts';
import { localTime, type Zone } from './time-zone.ts';
import { at, type Element, faultIn, textAt } from './xml.ts';

export type CamtContext = Reading & {
  readonly kind: '052' | '053' | '054';
  readonly currencyName: string;
  /** IBAN of the account itself, so that it is not taken for the other party. */
  readonly own: string | undefined;
  readonly zone: Zone;
  /** The day on which the bank made the statement. */
  readonly madeOn: Day | undefined;
  /** Whether reversals have the direction of the payment that they take back. */
  readonly turnsReversals?: boolean;
};

/**
 * The day in `Dt` or `DtTm` below an element of that name: a date as printed, a moment in the zone of the account.
 *
 * @throws {ReaderError} when it is not a day
 */
export function dayAt(parent: Element, name: string, context: CamtContext): Day | undefined {
  const element = at(parent, name);
  const text = textAt(element, 'Dt') ?? textAt(element, 'DtTm');
  if (!element || text === undefined) return undefined;
  const day = localTime(text, context.zone)?.day ?? parseDay(text.slice(0, 10));
  if (day === undefined) throw faultIn(element, `"${clean(text)}" is not a day of the calendar`);
  return day;
}
