/** Field :61: (statement line) and the balances :60a:, :62a: of MT940. */
import { type Day, dayOf, formatDay, parseDay } from '../domain/values/day.ts';
import { fromComma, negated } from './decimal.ts';
import type { Field } from './mt940-fields.ts';
import { ReaderError } from './reader-error.ts';

export type StatementLine = {
  readonly valueOn: Day;
  /** Day of booking, when the bank printed it. */
  readonly entryOn: Day | undefined;
  /** Signed decimal string. */
  readonly amount: string;
  /** Transaction type such as `NTRF`. */
  readonly type: string | undefined;
  /** The bank's own reference, after `//`. */
  readonly bankReference: string | undefined;
  /** Text on the second line of the field. */
  readonly supplement: string;
  readonly line: number;
};

export type Balance = { readonly on: Day; readonly currencyName: string; readonly amount: string };

/**
 * Value date, entry date, mark, third letter of the currency, amount, type, references. `RC` takes a credit back and so
 * is a debit, `RD` the other way round; in `DR` and `CR` the R is the third letter of EUR. Knab omits the comma of
 * whole amounts.
 */
const FORM = /^(\d{6})(\d{4})?(RC|RD|C|D)([A-Z])?(\d{1,15}(?:[,.]\d{0,12})?)(?:([NSF][A-Z0-9]{3})([\s\S]*))?$/;

export function statementLine(field: Field): StatementLine {
  const parts = FORM.exec((field.lines[0] ?? '').trim());
  const amount = parts?.[5] === undefined ? undefined : fromComma(parts[5]);
  if (!parts || amount === undefined)
    throw fault(field, 'is no statement line (value date, D or C, amount with a comma)');
  const valueOn = dateOf(parts[1] as string, field);
  const mark = parts[3];
  const bankReference = /\/\/(.*)$/.exec(parts[7] ?? '')?.[1]?.trim();
  return {
    valueOn,
    entryOn: parts[2] === undefined ? undefined : nearest(parts[2], valueOn, field),
    amount: mark === 'D' || mark === 'RC' ? negated(amount) : amount,
    type: parts[6],
    bankReference: bankReference || undefined,
    supplement: field.lines.slice(1).join(' ').trim(),
    line: field.line,
  };
}

export function balance(field: Field): Balance {
  const parts = /^([CD])(\d{6})([A-Z]{3})([\d,.]+)$/.exec((field.lines[0] ?? '').trim());
  const amount = parts?.[4] === undefined ? undefined : fromComma(parts[4]);
  if (!parts || amount === undefined) throw fault(field, 'is no balance (C or D, date, currency, amount with a comma)');
  return {
    on: dateOf(parts[2] as string, field),
    currencyName: parts[3] as string,
    amount: parts[1] === 'D' ? negated(amount) : amount,
  };
}

/** `YYMMDD`; two digits of a year are those nearest to our days: 80 to 99 are of the twentieth century. */
function dateOf(text: string, field: Field): Day {
  const year = Number(text.slice(0, 2));
  const written = `${year < 80 ? '20' : '19'}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4)}`;
  const day = parseDay(written);
  if (day === undefined) throw fault(field, `"${text}" is no day of the calendar (YYMMDD)`);
  return day;
}

/** An entry date has no year (`MMDD`): it is the one nearest to the value date, so that December meets January. */
function nearest(text: string, valueOn: Day, field: Field): Day {
  const year = Number(formatDay(valueOn).slice(0, 4));
  const days = [year - 1, year, year + 1].flatMap((candidate) => {
    const day = parseDay(`${candidate}-${text.slice(0, 2)}-${text.slice(2)}`);
    return day === undefined ? [] : [day];
  });
  if (days.length === 0) throw fault(field, `"${text}" is no day of the calendar (MMDD)`);
  return days.reduce(
    (best, day) => (Math.abs(day - valueOn) < Math.abs(best - valueOn) ? day : best),
    dayOf(year - 9, 1, 1),
  );
}

function fault(field: Field, reason: string): ReaderError {
  return new ReaderError(`:${field.tag}: ${reason}`, { line: field.line });
}
