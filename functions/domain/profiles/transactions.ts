/** The labelled rows of an owner, the newest day first, and places among them that hold whatever is imported between two pages. */
import { PUBLISHER } from '../labels/label-reasons.ts';
import type { Labelled } from '../labels/labelled-row.ts';
import { hashOf } from '../labels/matching/folding.ts';
import { accountKey, canonicalRow } from '../ledger/ledger.ts';
import { compareCodePoints } from '../values/code-points.ts';
import { type Day, formatDay } from '../values/day.ts';
import { formatAmount } from '../values/money.ts';

/**
 * Behind which row of a day a page ended. Rows are identified by their content, never counted, so that rows which come or go before it move
 * nothing. An empty account comes before all rows of the day.
 */
export type PlaceInDay = {
  readonly day: Day;
  readonly account: string;
  readonly row: string;
  /** Of rows that say the same: which one, from 1 on. */
  readonly ordinal: number;
};

/** What is asked for; undefined: every row. */
export type TransactionFilter = { readonly label: string } | 'unlabelled' | undefined;

export type ListedTransaction = {
  readonly bookedOn: string;
  /** Signed, a debit is negative. */
  readonly currencyAmount: string;
  readonly currencyName: string;
  readonly title: string;
  readonly party: string | null;
  /** IBAN or account id, masked but for its last four characters. */
  readonly account: string;
  /** The counterparty's normalised name; null where none is known. */
  readonly merchant: string | null;
  /** Where a card was present, when that is another country than the account's. */
  readonly country: string | null;
  readonly labels: readonly { readonly label: string; readonly reason: string }[];
};

/** UTF-16 units of a row's canonical text that a place holds as they are. */
const NAMED_BY = 160;
const SHOWN_OF_ACCOUNT = 4;

/** The place before all rows of a day. */
export function beginningOf(day: Day): PlaceInDay {
  return { day, account: '', row: '', ordinal: 0 };
}

/** The place behind one of the rows of a day, which are given whole and in ledger order. */
export function placeBehind(rows: readonly Labelled[], at: number): PlaceInDay {
  const { day, account } = rows[at]!;
  const key = nameOf(rows[at]!);
  const ordinal = rows.slice(0, at + 1).filter((row) => isSameName(nameOf(row), key)).length;
  return { day, account: accountKey(account), row: key.row, ordinal };
}

/** The number of the first row behind a place, among all rows of its day in ledger order. */
export function firstBehind(rows: readonly Labelled[], place: PlaceInDay): number {
  const names = rows.map(nameOf);
  const same = names.flatMap((name, at) => (isSameName(name, place) ? [at] : []));
  const last = same[Math.min(place.ordinal, same.length) - 1];
  if (last !== undefined) return last + 1;
  const next = names.findIndex((name) => compareNames(name, place) >= 0);
  return next < 0 ? rows.length : next;
}

/** The days of labelled rows, the latest first, each with its rows in ledger order. */
export function* daysBackwards(rows: readonly Labelled[]): Generator<readonly Labelled[]> {
  for (let end = rows.length; end > 0; ) {
    const { day } = rows[end - 1]!;
    let start = end;
    while (start > 0 && rows[start - 1]!.day === day) start--;
    yield rows.slice(start, end);
    end = start;
  }
}

export function listed(row: Labelled, labelNames: readonly string[]): ListedTransaction {
  const { currency, iban, accountId = '' } = row.account;
  return {
    bookedOn: formatDay(row.day),
    currencyAmount: formatAmount(row.row.amount, currency),
    currencyName: currency,
    title: row.row.title,
    party: row.row.party ?? null,
    account: masked(iban ?? accountId),
    merchant: row.party.name === '' ? null : row.party.name,
    country: row.country ?? null,
    labels: [
      ...row.labels.map((label, index) => ({ label: labelNames[label]!, reason: row.reasons[index]! })),
      ...row.otherLabels.map((label) => ({ label, reason: PUBLISHER })),
    ],
  };
}

/** @param label the number of the label that is asked for */
export function isAsked(row: Labelled, filter: TransactionFilter, label: number | undefined): boolean {
  if (filter === undefined) return true;
  if (filter === 'unlabelled') return row.labels.length === 0 && row.otherLabels.length === 0;
  return label !== undefined && row.labels.includes(label);
}

type Name = Pick<PlaceInDay, 'account' | 'row'>;

function nameOf({ account, row }: Labelled): Name {
  const text = canonicalRow(row);
  // Longer texts are distinguished by a hash, which says nothing of their order: see `compareNames`.
  const name = text.length <= NAMED_BY ? text : `${text.slice(0, NAMED_BY)}\n${text.length} ${hashOf(text)}`;
  return { account: accountKey(account), row: name };
}

function isSameName(a: Name, b: Name): boolean {
  return a.account === b.account && a.row === b.row;
}

/** In ledger order as far as the names decide it; where they do not, a row is shown again rather than left out. */
function compareNames(a: Name, b: Name): number {
  return (
    compareCodePoints(a.account, b.account) || compareCodePoints(a.row.slice(0, NAMED_BY), b.row.slice(0, NAMED_BY))
  );
}

function masked(account: string): string {
  const characters = [...account];
  const hidden = Math.max(0, characters.length - SHOWN_OF_ACCOUNT);
  return '*'.repeat(hidden) + characters.slice(hidden).join('');
}
