/** What is before and behind a table: account, currency, range of days. */
import { normaliseIban } from '../../domain/ledger/iban.ts';
import type { Day } from '../../domain/values/day.ts';
import { ibanIn } from '../account-number.ts';
import type { Days } from '../statement.ts';
import { currencyIn, type DateForm, dayIn, daysIn, firstDayIn, folded } from './cells.ts';
import type { Mapping } from './mapping.ts';
import type { Row } from './table.ts';

export type Around = {
  readonly account?: string | undefined;
  readonly currencyName?: string | undefined;
  /** Names of accounts, folded, with their numbers. */
  readonly accounts: ReadonlyMap<string, string>;
  /** The days that the file says it covers. */
  readonly range?: Days | undefined;
  readonly made?: Day | undefined;
};

/** @param rangeOfRows the range that rows of the table itself name */
export function readAround(mapping: Mapping, rows: readonly Row[], rangeOfRows: Days | undefined): Around {
  const { around = {}, firstRow, dates } = mapping;
  const beside = (labels: readonly string[] | undefined) => valueBeside(rows, labels);
  const account = beside(around.account) ?? (firstRow && rows[0]?.cells[firstRow.account - 1]);
  const currency = beside(around.currencyName) ?? (firstRow && rows[0]?.cells[firstRow.currencyName - 1]);
  return {
    account: account === undefined ? undefined : accountNumberIn(account),
    currencyName: currency === undefined ? undefined : currencyIn(currency.replace(/[^A-Za-z]/g, '').slice(0, 3)),
    accounts: accountsBelow(rows, around.accounts),
    range: rangeOfRows ?? rangeOf(around, dates, beside),
    made: firstDayOf(beside(around.made), dates),
  };
}

function rangeOf(
  around: NonNullable<Mapping['around']>,
  dates: DateForm,
  beside: (labels: readonly string[] | undefined) => string | undefined,
): Days | undefined {
  const range = beside(around.range);
  const found = range === undefined ? undefined : daysIn(range, dates);
  if (found) return found;
  const [from, to] = [dayOf(beside(around.from), dates), dayOf(beside(around.to), dates)];
  return from !== undefined && to !== undefined && from <= to ? { from, to } : undefined;
}

function dayOf(text: string | undefined, dates: DateForm): Day | undefined {
  return text === undefined ? undefined : dayIn(text, dates);
}

function firstDayOf(text: string | undefined, dates: DateForm): Day | undefined {
  return text === undefined ? undefined : firstDayIn(text, dates);
}

/** The value of a label: in its cell, in the cells beside it (those of a range together), or in the row below. */
function valueBeside(rows: readonly Row[], labels: readonly string[] | undefined): string | undefined {
  for (const label of labels?.map(folded) ?? []) {
    for (const [at, { cells }] of rows.entries()) {
      const position = cells.findIndex((cell) => startsWithLabel(folded(cell), label));
      if (position < 0) continue;
      const inside = cells[position]!.replace(/^[#'"]+/, '')
        .slice(label.length)
        .replace(/^[:\s]+/, '');
      const beside = cells.slice(position + 1).filter(Boolean);
      const below = rows[at + 1]?.cells.slice(position) ?? [];
      // Labels side by side have their values below them.
      const isBelow =
        /\d/.test(below[0] ?? '') && !/\d/.test(beside[0] ?? '') && currencyIn(beside[0] ?? '') === undefined;
      const values = inside !== '' ? [inside] : (isBelow ? below : beside.length > 0 ? beside : below).filter(Boolean);
      if (values.length > 0) return values.slice(0, 2).join(' - ');
    }
  }
  return undefined;
}

function startsWithLabel(cell: string, label: string): boolean {
  return cell.startsWith(label) && !/[\p{L}\d]/u.test(cell[label.length] ?? '');
}

/** Names and numbers of the accounts that are listed beside and below a label, down to a row without a number. */
function accountsBelow(rows: readonly Row[], labels: readonly string[] | undefined): Map<string, string> {
  const accounts = new Map<string, string>();
  const wanted = labels?.map(folded) ?? [];
  const at = rows.findIndex(({ cells }) => wanted.includes(folded(cells[0] ?? '')));
  if (at < 0) return accounts;
  for (const [index, { cells }] of rows.slice(at).entries()) {
    const text = (index === 0 ? cells.slice(1) : cells).join(' ').trim();
    const number = accountNumberIn(text);
    if (number === undefined || number === text.trim()) {
      if (index > 0) break;
      if (number === undefined) continue;
    }
    const name = text.slice(0, Math.max(text.search(/(?:[A-Z]{2})?[\d ]{10,}/), 0));
    accounts.set(folded(name.replace(/\([A-Z]{3}\)\s*$/, '')), number as string);
  }
  return accounts;
}

/** The number of an account in a text: an IBAN, or digits with their bank code. */
export function accountNumberIn(text: string): string | undefined {
  const whole = text.slice(0, 300).replaceAll(/['"]/g, ' ').trim();
  const iban = ibanIn(whole) ?? ibanIn(/[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}/.exec(whole)?.[0]);
  if (iban !== undefined) return iban;
  const digits = /\d[\d /-]{3,}\d/.exec(whole)?.[0];
  if (digits === undefined || digits.replace(/\D/g, '').length < 5) return undefined;
  return ibanIn(digits) ?? (digits.includes('/') ? digits.replace(/\s/g, '') : normaliseIban(digits));
}
