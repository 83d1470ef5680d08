/** Field :61: (statement line) and the balances :60a:, :62a: of MT940. Strict about money, lenient about all else. */
import { type Day, dayOf, firstDayOf, formatDay, monthOf } from '../domain/values/day.ts';
import { fromComma, negated } from './decimal.ts';
import type { Field } from './mt940-fields.ts';
import { ReaderError } from './reader-error.ts';

export type StatementLine = {
  /** `undefined` where the bank printed zeros. */
  readonly valueOn: Day | undefined;
  /** Day of booking, when the bank printed it. */
  readonly entryOn: Day | undefined;
  /** Signed decimal string. */
  readonly amount: string;
  /** `EC` and `ED` of MT942: expected, not booked yet. */
  readonly isExpected: boolean;
  /** Transaction type such as `NTRF`. */
  readonly type: string | undefined;
  /** The reference for the account owner, where it is more than a filler. */
  readonly reference: string;
  /** The bank's own reference, after `//`. */
  readonly bankReference: string | undefined;
  /** Text on the second line of the field. */
  readonly supplement: string;
  readonly line: number;
};

export type PrintedBalance = { readonly on: Day | undefined; readonly currencyName: string; readonly amount: string };

/**
 * Value date, entry date, mark, third letter of the currency, amount, type and references. `RC` takes a credit back and
 * so is a debit, `RD` the other way round; in `DR` and `CR` the R is the third letter of EUR. Banks put blanks where
 * they have no entry date, before the type and inside it; Knab omits the comma of whole amounts.
 */
const FORM =
  /^(\d{6}) {0,9}(\d{4}(?=[ A-Z]))? {0,9}(RC|RD|EC|ED|C|D) ?([A-Z])? {0,9}(\d[\d.,]{0,24})(?: {0,9}([NSF]) ?([A-Z0-9]{3}))?([\s\S]*)$/;

/** What banks print where there is no reference. */
const FILLER = /^(?:NONREF|NOREF|NOTPROVIDED|NOT PROVIDED|\W*)$/i;

export function statementLine(field: Field): StatementLine {
  const [first = '', second = '', ...more] = field.lines;
  // A line that ends inside its amount goes on in the next, and so may one that is none.
  const isCut = /[,.]\d?$/.test(first.trim()) && /^\d{1,2} ?[NSF][A-Z0-9]{3}/.test(second);
  const unwrapped = isCut ? null : FORM.exec(first.trim());
  const parts = unwrapped ?? FORM.exec(`${first.trim()}${second.trim()}`);
  const amount = parts?.[5] === undefined ? undefined : fromComma(parts[5]);
  // Behind the amount comes its type, or a blank: anything else may be a part of the amount.
  const isOdd = parts?.[6] === undefined && !/^(?:$|[ /])/.test(parts?.[8] ?? '');
  if (!parts || amount === undefined || isOdd)
    throw fault(field, 'is not a statement line (value date, D or C, amount with a comma)');
  const valueOn = dateOf(parts[1]!, field);
  const mark = parts[3]!;
  const [reference = '', ...bank] = (parts[8] ?? '').split('//');
  return {
    valueOn,
    entryOn: parts[2] === undefined ? undefined : entryDate(parts[2], valueOn, field),
    amount: mark === 'D' || mark === 'RC' || mark === 'ED' ? negated(amount) : amount,
    isExpected: mark.startsWith('E'),
    type: parts[6] === undefined ? undefined : `${parts[6]}${parts[7]}`,
    reference: FILLER.test(reference.trim()) ? '' : reference.trim(),
    bankReference: bank.join('//').trim() || undefined,
    supplement: (unwrapped ? [second, ...more] : more).join(' ').trim(),
    line: field.line,
  };
}

export function balance(field: Field): PrintedBalance {
  const parts = /^(R?[CD]) {0,4}(\d{6}) {0,4}([A-Z]{3}) {0,9}(\d[\d.,]{0,24})$/.exec((field.lines[0] ?? '').trim());
  const amount = parts?.[4] === undefined ? undefined : fromComma(parts[4]);
  if (!parts || amount === undefined)
    throw fault(field, 'is not a balance (C or D, date, currency, amount with a comma)');
  return {
    on: dateOf(parts[2]!, field),
    currencyName: parts[3]!,
    amount: parts[1] === 'D' || parts[1] === 'RC' ? negated(amount) : amount,
  };
}

/** `YYMMDD`; two digits of a year are those nearest to our days: 80 to 99 are of the twentieth century. */
export function dateOf(text: string, field: Field): Day | undefined {
  if (/^0+$/.test(text)) return undefined;
  const year = Number(text.slice(0, 2));
  const day = dayIn(year + (year < 80 ? 2000 : 1900), text.slice(2));
  if (day === undefined) throw fault(field, `"${text}" is not a day of the calendar (YYMMDD)`);
  return day;
}

/** An entry date has no year (`MMDD`): it is the one nearest to the value date, so that December meets January. */
function entryDate(text: string, valueOn: Day | undefined, field: Field): Day | undefined {
  if (/^0+$/.test(text) || valueOn === undefined) return undefined;
  const year = Number(formatDay(valueOn).slice(0, 4));
  const days = [year - 1, year, year + 1].flatMap((candidate) => dayIn(candidate, text) ?? []);
  if (days.length === 0) throw fault(field, `"${text}" is not a day of the calendar (MMDD)`);
  return days.reduce((best, day) => (Math.abs(day - valueOn) < Math.abs(best - valueOn) ? day : best));
}

/** Banks that count thirty days to a month print a 30 February: it is the last day of the month. */
function dayIn(year: number, monthAndDay: string): Day | undefined {
  const month = Number(monthAndDay.slice(0, 2));
  const day = Number(monthAndDay.slice(2));
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const first = dayOf(year, month, 1);
  return Math.min(first + day - 1, firstDayOf(monthOf(first) + 1) - 1);
}

function fault(field: Field, reason: string): ReaderError {
  return new ReaderError(`:${field.tag}: ${reason}`, { line: field.line });
}
