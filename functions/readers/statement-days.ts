/**
 * From statements to accounts: which days a file speaks of.
 *
 * `covers` says "this is every transaction of these days", so a day claimed wrongly wipes out what another import told
 * of it. Whenever a file leaves open whether it holds a day whole, fewer days are claimed, never more.
 */
import { type Day, formatDay, parseDay } from '../domain/values/day.ts';
import type { Account, Transaction } from './account.ts';
import { type Place, ReaderError } from './reader-error.ts';

export type Days = { readonly from: Day; readonly to: Day };

export type Statement = {
  readonly name: { readonly iban: string } | { readonly accountId: string };
  readonly currencyName: string;
  /** Every `bookedOn` lies inside; absent when the statement says nothing of any day. */
  readonly covers: Days | undefined;
  readonly transactions: readonly Transaction[];
  readonly place: Place;
};

/** First and last day on which something was booked. */
export function bookedDays(transactions: readonly Transaction[]): Days | undefined {
  const days = transactions.map((transaction) => parseDay(transaction.bookedOn) as Day).sort((a, b) => a - b);
  return days.length === 0 ? undefined : { from: days[0] as Day, to: days.at(-1) as Day };
}

/**
 * One entry per account and unbroken stretch of days. Statements that touch (one ends on the day, or the day before,
 * the next begins) become one; their rows of a shared day are put together, for a bank that prints two statements on a
 * day puts each row on one of them.
 *
 * @throws {ReaderError} when two statements tell the same days (more than the one they may share) with rows in both:
 *   what stands in both would count twice
 */
export function accountsOf(statements: readonly Statement[]): Account[] {
  const byAccount = Map.groupBy(statements, (statement) => JSON.stringify([statement.name, statement.currencyName]));
  return [...byAccount.values()].flatMap((ofAccount) => {
    const silent = ofAccount.filter((statement) => statement.covers === undefined);
    const speaking = ofAccount.filter((statement) => statement.covers !== undefined);
    const accounts = stretches(speaking).map(accountOf);
    return accounts.length > 0 ? accounts : silent.slice(0, 1).map(accountOf);
  });
}

function stretches(statements: readonly Statement[]): Statement[] {
  const inOrder = [...statements].sort((a, b) => (a.covers as Days).from - (b.covers as Days).from);
  const merged: Statement[] = [];
  for (const next of inOrder) {
    const last = merged.at(-1);
    if (!last || (next.covers as Days).from > (last.covers as Days).to + 1) merged.push(next);
    else merged[merged.length - 1] = joined(last, next);
  }
  return merged;
}

function joined(a: Statement, b: Statement): Statement {
  const [first, second] = [a.covers as Days, b.covers as Days];
  const shared = { from: second.from, to: Math.min(first.to, second.to) };
  if (shared.to > shared.from && hasRows(a, shared) && hasRows(b, shared)) {
    const days = `${formatDay(shared.from)} to ${formatDay(shared.to)}`;
    throw new ReaderError(
      `is a second statement of ${days} for the same account; import them as separate files`,
      b.place,
    );
  }
  return {
    ...a,
    covers: { from: first.from, to: Math.max(first.to, second.to) },
    transactions: [...a.transactions, ...b.transactions],
  };
}

function hasRows(statement: Statement, days: Days): boolean {
  return statement.transactions.some(({ bookedOn }) => {
    const day = parseDay(bookedOn) as Day;
    return day >= days.from && day <= days.to;
  });
}

function accountOf({ name, currencyName, covers, transactions }: Statement): Account {
  return {
    ...name,
    currencyName,
    ...(covers && { covers: { from: formatDay(covers.from), to: formatDay(covers.to) } }),
    transactions,
  };
}
