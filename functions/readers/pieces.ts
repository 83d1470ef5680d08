/** A statement as a piece of the history of its account: its rows in order, and what is known of its two ends. */
import { type Day, parseDay } from '../domain/values/day.ts';
import { exact } from './decimal.ts';
import type { Place } from './reader-error.ts';
import { bookedDays, type Days, type Statement, type Transaction } from './statement.ts';

export type Row = {
  readonly day: Day;
  /** 10^-12 of the currency; 0 for a row that is not booked. */
  readonly amount: bigint;
  /** Equal for rows that are equal in every field. */
  readonly key: string;
  readonly transaction: Transaction;
};

export type Piece = {
  readonly rows: readonly Row[];
  /** Days that are whole in it; empty when `from` is after `to`. */
  readonly from: Day;
  readonly to: Day;
  /** Days that are whole if no other piece holds rows of them. */
  readonly likely: Days | undefined;
  /** Whether it begins or ends in the middle of a day, so that another piece may go before or behind it. */
  readonly startsInside: boolean;
  /** It begins in the morning of its first day, unless another piece ends on that day with its opening balance. */
  readonly mayStartInside: boolean;
  readonly endsInside: boolean;
  readonly opening: PieceBalance | undefined;
  readonly closing: PieceBalance | undefined;
  readonly firstPage: Page | undefined;
  readonly lastPage: Page | undefined;
  /** Files that it was put together from. */
  readonly files: readonly number[];
  readonly place: Place;
};

export type PieceBalance = { readonly on: Day; readonly amount: bigint };
type Page = { readonly statement: string; readonly number: number };

/** A statement of more than a hundred years has a wrong date, so it shows no day. */
const MOST_DAYS = 36_525;

export function pieceOf(statement: Statement, file: number, allDaysWhole: boolean): Piece {
  const rows = statement.transactions.map(rowOf);
  // Banks date pending rows ahead: what is not booked shows nothing of the ends.
  const booked = bookedDays(statement.transactions.filter(({ status }) => status !== 'PENDING'));
  const ends = endsOf(statement, booked);
  const days = allDaysWhole && booked ? widened(ends, booked) : ends;
  const { from, to } = days.to - days.from > MOST_DAYS ? NO_DAYS : days;
  const page = statement.page && { statement: statement.page.statement, number: statement.page.number };
  return {
    rows,
    from,
    to,
    likely: statement.likelyDays,
    startsInside: !allDaysWhole && ((page?.number ?? 1) > 1 || (booked !== undefined && from > booked.from)),
    mayStartInside: statement.opening?.opensDay === true && statement.opening.on === booked?.from,
    endsInside: !allDaysWhole && (statement.page?.isLast === false || (booked !== undefined && to < booked.to)),
    // A balance between rows is one of their day, whatever the bank dates it by.
    opening: balanceAt(statement.opening, (on) => Math.min(on, booked?.from ?? on)),
    closing: balanceAt(statement.closing, (on) => Math.max(on, booked?.to ?? on)),
    firstPage: page,
    lastPage: page,
    files: [file],
    place: statement.place,
  };
}

function balanceAt(balance: Statement['opening'], day: (on: Day) => Day): PieceBalance | undefined {
  return balance && { on: day(balance.on), amount: exact(balance.amount) };
}

function rowOf(transaction: Transaction): Row {
  const pending = transaction.status === 'PENDING';
  return {
    day: parseDay(transaction.bookedOn) as Day,
    amount: pending ? 0n : exact(String(transaction.currencyAmount)),
    key: JSON.stringify(transaction),
    transaction,
  };
}

function widened(days: Days, booked: Days): Days {
  return days.from > days.to ? booked : { from: Math.min(days.from, booked.from), to: Math.max(days.to, booked.to) };
}

/**
 * What the file says of its days, else from the day after the evening of the opening balance to the evening of the
 * closing one. A balance on the day of the first row was taken in the middle of that day; without any balance both ends
 * are in the middle of a day. A later page says nothing of the evening before: banks date its balance in many ways.
 */
function endsOf({ wholeDays, opening, closing, page, transactions }: Statement, booked: Days | undefined): Days {
  if (wholeDays) return wholeDays;
  const first = booked?.from ?? ((page?.number ?? 1) === 1 ? opening?.on : closing?.on);
  const last = booked?.to ?? closing?.on;
  if (first === undefined || last === undefined) return NO_DAYS;
  const opens = (page?.number ?? 1) === 1 && opening !== undefined && (!booked || opening.on < booked.from);
  const opensDay = opens
    ? opening.on + 1
    : opening?.opensDay === true && opening.on === booked?.from
      ? opening.on
      : undefined;
  const closes = page?.isLast !== false && closing !== undefined && (!booked || closing.on >= booked.to);
  // Rows in no order of days: what comes before or after is unknown, so an open end leaves no day whole.
  if (!(opensDay !== undefined && closes) && !inOrder(transactions)) return { from: last + 1, to: first - 1 };
  // A balance that is dated among the rows says nothing of the days on its other side.
  const beforeClosing = closing && closing.on >= first ? closing.on : last;
  const afterOpening = page?.number === undefined || page.number === 1 ? (opening?.on ?? first) : first;
  return {
    from: opensDay ?? Math.max(first, afterOpening) + 1,
    to: closes ? closing.on : Math.min(last, beforeClosing) - 1,
  };
}

const NO_DAYS: Days = { from: 1, to: 0 };

function inOrder(transactions: readonly Transaction[]): boolean {
  return transactions.every((row, index) => index === 0 || transactions[index - 1]!.bookedOn <= row.bookedOn);
}

/** The balance before each row and after the last, when the opening balance is known. */
export function balancesAlong({ opening, rows }: Piece): bigint[] | undefined {
  if (!opening) return undefined;
  const balances = [opening.amount];
  for (const { amount } of rows) balances.push(balances.at(-1)! + amount);
  return balances;
}

/** Two pieces as one: `next` goes on behind the first `overlap` rows of its own, which `first` ends with. */
export function joined(first: Piece, next: Piece, overlap = 0): Piece {
  return {
    ...first,
    rows: [...first.rows, ...next.rows.slice(overlap)],
    // A piece without a whole day of its own still shows where it begins or ends.
    from: first.from,
    to: next.to,
    likely: first.likely && next.likely && { from: first.likely.from, to: next.likely.to },
    endsInside: next.endsInside,
    closing: next.closing,
    lastPage: next.lastPage,
    files: [...new Set([...first.files, ...next.files])],
  };
}
