/**
 * The ledger of an owner: for each day of each account, the one statement that wins.
 *
 * An import is a set of statements, one for each day it covers. Joining takes, day by day, the better of two statements by a
 * total order; a join is therefore commutative, associative and idempotent, and a ledger depends on the *set* of imports alone.
 */

import { compareCodePoints } from '../values/code-points.ts';
import { type Day, dayOfInstant } from '../values/day.ts';

export const SOURCES = ['OWNER_UPLOAD', 'PDF', 'AIS'] as const;
/** Where an import comes from; a later one in `SOURCES` is trusted more. */
export type Source = (typeof SOURCES)[number];

/** One row of a bank statement. Rows that say the same are equal in every byte of `canonicalRow`. */
export type Row = {
  /** Signed minor units of the account's currency; a debit is negative. */
  readonly amount: number;
  readonly title: string;
  readonly party?: string;
  readonly partyIban?: string;
  readonly kind?: string;
  readonly merchantCategoryCode?: string;
  readonly bankTransactionCode?: string;
  readonly transactionOn?: Day;
  readonly transactionId?: string;
  /** Labels that the publisher gave. */
  readonly labels?: readonly string[];
  /** Present on rows that are not booked yet: they are kept in their day and count for nothing. */
  readonly pending?: true;
};

/** What an import says of itself; decides between statements about the same day. */
export type Stamp = {
  /** Milliseconds since 1970. */
  readonly importedAt: number;
  readonly importId: string;
  readonly source: Source;
};

/** Everything that happened on one day of one account, according to one import. `rows` are in canonical order. */
export type DayStatement = {
  readonly stamp: Stamp;
  readonly rows: readonly Row[];
};

export type Account = {
  readonly iban?: string;
  readonly accountId?: string;
  readonly currency: string;
};

/** What one import says about one account: every day from `from` to `to`, the days without rows included. */
export type AccountImport = {
  readonly account: Account;
  readonly from: Day;
  readonly to: Day;
  readonly rows: ReadonlyMap<Day, readonly Row[]>;
};

/** One import of one owner, checked and in the terms of the ledger. */
export type Import = {
  readonly stamp: Stamp;
  readonly accounts: readonly AccountImport[];
};

const NO_ROWS: readonly Row[] = [];
/** Banks book yesterday overnight: a day is settled once an import was made this many dates later. */
const SETTLED_AFTER_DAYS = 2;
/** Up to so many rows are put in order one by one. */
const FEW_ROWS = 32;

/** Identity of an account within its owner: IBAN (or the publisher's account id) together with the currency. */
export function accountKey(account: Account): string {
  const name = account.iban === undefined ? `id:${account.accountId}` : `iban:${account.iban}`;
  return `${account.currency}:${name}`;
}

/** The statement of an import about one of the days it covers. */
export function statementOf(stamp: Stamp, account: AccountImport, day: Day): DayStatement {
  return { stamp, rows: account.rows.get(day) ?? NO_ROWS };
}

/** Positive when `a` wins over `b`, 0 when they say the same of the day and have the same stamp. */
export function compareStatements(day: Day, a: DayStatement, b: DayStatement): number {
  return (
    Number(isSettled(day, a.stamp)) - Number(isSettled(day, b.stamp)) ||
    SOURCES.indexOf(a.stamp.source) - SOURCES.indexOf(b.stamp.source) ||
    a.stamp.importedAt - b.stamp.importedAt ||
    compareCodePoints(a.stamp.importId, b.stamp.importId) ||
    (a.rows === b.rows ? 0 : compareCodePoints(canonicalRows(a.rows), canonicalRows(b.rows)))
  );
}

function isSettled(day: Day, stamp: Stamp): boolean {
  return day <= dayOfInstant(stamp.importedAt) - SETTLED_AFTER_DAYS;
}

/**
 * Puts rows of a day in the order of their canonical JSON, so that the order in which a bank lists them means nothing. That text begins
 * with the amount, which mostly decides: `{"amount":-4999,`.
 */
export function putInCanonicalOrder(rows: Row[]): void {
  if (rows.length > FEW_ROWS) rows.sort(canonicalOrder());
  else insertInOrder(rows);
}

/** Each row is moved before those that come after it: for the rows of most days that costs half of what sorting does. */
function insertInOrder(rows: Row[]): void {
  const amounts = rows.map(({ amount }) => String(amount));
  let order: ReturnType<typeof canonicalOrder> | undefined;
  for (let next = 1; next < rows.length; next++) {
    const row = rows[next]!;
    const amount = amounts[next]!;
    let at = next;
    for (; at > 0; at--) {
      const before = rows[at - 1]!;
      const amountBefore = amounts[at - 1]!;
      if (amountBefore < amount) break;
      if (amountBefore === amount) {
        order ??= canonicalOrder();
        if (order(before, row) <= 0) break;
      }
      rows[at] = before;
      amounts[at] = amountBefore;
    }
    rows[at] = row;
    amounts[at] = amount;
  }
}

function canonicalOrder(): (a: Row, b: Row) => number {
  // A text is needed only between rows of one amount, and then once.
  const texts = new Map<Row, string>();
  const textOf = (row: Row): string => {
    const text = texts.get(row) ?? canonicalRow(row);
    texts.set(row, text);
    return text;
  };
  return (a, b) => {
    if (a.amount === b.amount) return compareCodePoints(textOf(a), textOf(b));
    return String(a.amount) < String(b.amount) ? -1 : 1;
  };
}

function canonicalRows(rows: readonly Row[]): string {
  return `[${rows.map(canonicalRow).join(',')}]`;
}

/** JSON with the fields in one fixed order and the absent ones left out. */
export function canonicalRow(row: Row): string {
  const { amount, bankTransactionCode, kind, labels, merchantCategoryCode, party, partyIban, pending, title } = row;
  const { transactionId, transactionOn } = row;
  return JSON.stringify({
    amount,
    bankTransactionCode,
    kind,
    labels,
    merchantCategoryCode,
    party,
    partyIban,
    pending,
    title,
    transactionId,
    transactionOn,
  });
}
