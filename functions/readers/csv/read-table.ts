/** From a table whose columns are known to the statements of its accounts. */
import { type Day, formatDay, parseDay } from '../../domain/values/day.ts';
import { accountNamed } from '../account-number.ts';
import { exact } from '../decimal.ts';
import { lacks, ReaderError } from '../reader-error.ts';
import {
  bookedDays,
  countryOf,
  likelyDaysOf,
  type Reading,
  type Statement,
  type Transaction,
  warnOfEnds,
} from '../statement.ts';
import { dayOfMoment } from '../time-zone.ts';
import { type Around, accountNumberIn, readAround } from './around.ts';
import { folded } from './cells.ts';
import type { Layout } from './layout.ts';
import { type ReadRow, rowReader } from './read-row.ts';
import { decimalOf } from './sums.ts';
import type { Row } from './table.ts';

/** Name of the table for people and of its format in refusals, such as `CSV of Revolut`. */
export function readTable(rows: readonly Row[], layout: Layout, title: string, options: Reading): Statement[] {
  const body = rows.slice(layout.headerAt + (layout.mapping.firstRow ? 2 : 1));
  const read = rowReader(layout, options);
  const found = body.flatMap((row) => read.row(row) ?? []);
  read.report();
  // The rows of the table itself hold labels too, in the texts of transactions: only those around it speak of it.
  const taken = new Set(found.map(({ line }) => line));
  const around = readAround(
    layout.mapping,
    rows.filter(({ line }, at) => at !== layout.headerAt && !taken.has(line)),
    read.range(),
  );
  const identity = identityOf(found, layout, around, title, options);
  const byAccount = Map.groupBy(found, (row) => JSON.stringify(identity(row)));
  const place = { line: rows[Math.max(layout.headerAt, 0)]?.line };
  if (byAccount.size === 0) {
    const empty = emptyStatement(layout, around, options, place);
    return empty ? [empty] : [];
  }
  return [...byAccount].map(([key, ofAccount]) => {
    const { account, currencyName } = JSON.parse(key) as Identity;
    return statementOf(accountNamed(account), currencyName, ofAccount, around, place, options);
  });
}

type Identity = { readonly account: string; readonly currencyName: string };

/** Which account a row is of. @throws {ReaderError} when neither the file nor a parameter says it */
function identityOf(
  rows: readonly ReadRow[],
  layout: Layout,
  around: Around,
  title: string,
  options: Reading,
): (row: ReadRow) => Identity {
  const { mapping } = layout;
  const listed = [...around.accounts];
  const currencies = new Set(rows.flatMap((row) => row.currencyName ?? []));
  const onlyCurrency = currencies.size === 1 ? [...currencies][0] : undefined;
  return (row) => {
    const named = row.account && (accountNumberIn(row.account) ?? numberOfName(row.account, listed));
    const only = listed.length === 1 ? listed[0]?.[1] : undefined;
    const account = named || only || around.account || mapping.account || options.account || row.account;
    const currencyName =
      row.currencyName ?? onlyCurrency ?? around.currencyName ?? mapping.currencyName ?? options.currency;
    const { line } = row;
    if (!account && listed.length > 1) {
      throw new ReaderError(`lists ${listed.length} accounts and does not say which one a row is of`, { line });
    }
    if (!account || !currencyName) throw lacks(title, { account, currency: currencyName }, { line });
    const main = row.pocket === undefined || (mapping.mainPocket ?? []).map(folded).includes(folded(row.pocket));
    return {
      account: main ? account : `${account} ${row.pocket}`,
      currencyName,
    };
  };
}

function numberOfName(name: string, listed: readonly (readonly [string, string])[]): string | undefined {
  const wanted = folded(name.replace(/\([A-Z]{3}\)\s*$/, ''));
  return listed.find(([other]) => other !== '' && other === wanted)?.[1];
}

function statementOf(
  account: Statement['account'],
  currencyName: string,
  rows: readonly ReadRow[],
  around: Around,
  place: Statement['place'],
  options: Reading,
): Statement {
  const inOrder = oldestFirst(rows.map((row) => inCalendarOf(countryOf(account), row)));
  const transactions = inOrder.map(({ transaction }) => withoutOwnIban(transaction, account));
  return {
    account,
    currencyName,
    transactions,
    ...daysOf(transactions, around, place, options),
    ...balancesOf(inOrder.filter(({ transaction }) => transaction.status !== 'PENDING')),
    place,
  };
}

/** Moments become days of the calendar of the account's country. */
function inCalendarOf(country: string | undefined, row: ReadRow): ReadRow {
  const { bookedOn, transactionOn } = row.moments;
  const booked = bookedOn === undefined ? undefined : dayOfMoment(bookedOn, country);
  const happened = transactionOn === undefined ? undefined : dayOfMoment(transactionOn, country);
  if (booked === undefined && happened === undefined) return row;
  const transaction = {
    ...row.transaction,
    ...(booked !== undefined && { bookedOn: formatDay(booked) }),
    ...(happened !== undefined && { transactionOn: formatDay(happened) }),
  };
  return { ...row, transaction, at: `${transaction.bookedOn} ${(bookedOn ?? row.at).replace(' ', 'T')}` };
}

/** Some banks print the account itself where the other party's should be. */
function withoutOwnIban(transaction: Transaction, account: Statement['account']): Transaction {
  if (!('iban' in account) || transaction.partyIban !== account.iban) return transaction;
  const { partyIban: _, ...others } = transaction;
  return others;
}

/**
 * Days that the file shows to be whole: its range, without the day on which it was made. In a file without a range only those
 * between its first and its last row are certain.
 */
function daysOf(
  rows: readonly Transaction[],
  { range, made }: Around,
  place: Statement['place'],
  options: Reading,
): Pick<Statement, 'wholeDays' | 'likelyDays'> {
  const booked = bookedDays(rows.filter(({ status }) => status !== 'PENDING'));
  if (range && (!booked || (booked.from >= range.from && booked.to <= range.to))) {
    return { wholeDays: made !== undefined && made <= range.to ? { from: range.from, to: made - 1 } : range };
  }
  if (range) {
    const named = `${formatDay(range.from)} to ${formatDay(range.to)}`;
    options.warn(`line ${place.line}: rows are outside the range that the file names (${named})`);
  }
  if (!booked) return {};
  const likelyDays = range ? undefined : likelyDaysOf(rows, options);
  warnOfEnds(likelyDays, place, options);
  return { wholeDays: { from: booked.from + 1, to: booked.to - 1 }, likelyDays };
}

/** A file that names account and range and holds no row says that nothing happened. */
function emptyStatement(
  layout: Layout,
  around: Around,
  options: Reading,
  place: Statement['place'],
): Statement | undefined {
  const account = around.account ?? layout.mapping.account ?? options.account;
  const currencyName = around.currencyName ?? layout.mapping.currencyName ?? options.currency;
  if (account === undefined || currencyName === undefined || !around.range) return undefined;
  return {
    account: accountNamed(account),
    currencyName,
    transactions: [],
    ...daysOf([], around, place, options),
    place,
  };
}

/** By day and, where the table prints it, time; rows of one day in the order of the file, which is that of its days. */
function oldestFirst(rows: readonly ReadRow[]): ReadRow[] {
  const falling = isFalling(rows);
  const inFileOrder = falling ? rows.toReversed() : [...rows];
  return inFileOrder.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function isFalling(rows: readonly ReadRow[]): boolean {
  const [first, last] = [dayOf(rows[0]), dayOf(rows.at(-1))];
  if (first === undefined || last === undefined) return false;
  return first === last ? follows(rows.toReversed()) && !follows(rows) : first > last;
}

function dayOf(row: ReadRow | undefined): Day | undefined {
  return row && parseDay(row.transaction.bookedOn);
}

/** Whether each balance is the one before and the amount of its row. */
function follows(rows: readonly ReadRow[]): boolean {
  return rows.every((row, index) => {
    const before = rows[index - 1]?.balance;
    if (before === undefined || row.balance === undefined) return true;
    return exact(before) + exact(row.amount) === exact(row.balance);
  });
}

/** The balances before the first and after the last row. */
function balancesOf(rows: readonly ReadRow[]): Pick<Statement, 'opening' | 'closing'> {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first?.balance === undefined || last?.balance === undefined) return {};
  const opening = decimalOf(exact(first.balance) - exact(first.amount), [first.balance, first.amount]);
  return {
    opening: { on: dayOf(first) as Day, amount: opening },
    closing: { on: dayOf(last) as Day, amount: last.balance },
  };
}
