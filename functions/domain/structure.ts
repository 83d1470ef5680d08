/**
 * What rows say together: monthly streams, regular wages, transfers between the owner's own accounts.
 *
 * Every rule looks at rows within `CONTEXT_DAYS` of the row it labels and no farther, on both sides. So a row's labels depend on
 * its neighbourhood alone and stay what they are when older rows fall out of sight.
 */
import type { Catalogue } from './catalogue.ts';
import { type Day, lengthOfMonthOf, monthOf } from './day.ts';
import type { Labelled, LedgerRow } from './labelled.ts';
import { inOrder, type RowLabels } from './labeller.ts';
import { type Account, accountKey } from './ledger.ts';

/** Days on each side of a row that its labels may depend on. */
export const CONTEXT_DAYS = 120;

/** A row on its way. `found` are its own labels, `given` those of its neighbourhood. */
type Draft = {
  readonly row: LedgerRow;
  readonly day: Day;
  readonly amount: number;
  /** Number of the account. */
  readonly of: number;
  readonly found: RowLabels;
  readonly party: string;
  given: Map<string, string> | undefined;
};

/** Labels rows, given in ledger order. */
export function labelRows(rows: readonly LedgerRow[], catalogue: Catalogue): Labelled[] {
  const numberOf = accountNumbers();
  const drafts = rows.map((row): Draft => {
    const found = catalogue.labeller.label(row);
    const of = numberOf(row.account);
    return { row, day: row.day, amount: row.row.amount, of, found, party: found.party, given: undefined };
  });
  labelOwnTransfers(drafts);
  labelWages(drafts);
  labelMonthlyStreams(drafts);
  return drafts.map((draft) => finished(draft, catalogue.labels));
}

function finished({ row, found, given }: Draft, indexOf: ReadonlyMap<string, number>): Labelled {
  const { indices, reasons } = given ? inOrder(joined(found.labels, given), indexOf) : found;
  return {
    day: row.day,
    account: row.account,
    row: row.row,
    labels: indices,
    reasons,
    otherLabels: found.otherLabels,
    party: found.party,
    country: found.country,
  };
}

/** What a row says by itself goes first, unless it is a transfer of one's own: then only publisher and savings still count. */
function joined(found: ReadonlyMap<string, string>, given: ReadonlyMap<string, string>): Map<string, string> {
  const own = given.has('internal');
  const labels = new Map([...found].filter(([label, reason]) => !own || reason === 'publisher' || label === 'savings'));
  for (const [label, reason] of given) if (!labels.has(label)) labels.set(label, reason);
  return labels;
}

function give(draft: Draft, label: string, reason: string): void {
  draft.given ??= new Map();
  draft.given.set(label, reason);
}

/** Accounts by number. Rows of a page share one object, so most need no key. */
function accountNumbers(): (account: Account) => number {
  const byObject = new Map<Account, number>();
  const byKey = new Map<string, number>();
  return (account) => {
    const known = byObject.get(account);
    if (known !== undefined) return known;
    const key = accountKey(account);
    const number = byKey.get(key) ?? byKey.size;
    byKey.set(key, number);
    byObject.set(account, number);
    return number;
  };
}

const TRANSFER_DAYS = 3;

/** A debit of one account and a credit of another one of the owner, of one amount, a few days apart at most. */
function labelOwnTransfers(drafts: readonly Draft[]): void {
  if (!drafts.some(({ of }) => of > 0)) return;
  const ofIban = groupedBy(drafts, ({ row }) => row.account.iban);
  const ofAmount = groupedBy(drafts, ({ row, amount }) => `${row.account.currency} ${amount}`);
  const transfers: [Draft, string][] = [];
  for (const draft of drafts) {
    const { amount, day, row } = draft;
    if (amount === 0) continue;
    const { partyIban } = row.row;
    if (partyIban !== undefined && partyIban !== row.account.iban) {
      // Another account than the owner's own, when one is named: then equal amounts are chance.
      const own = ofIban.get(partyIban);
      if (own && someWithin(own, day - CONTEXT_DAYS, day + CONTEXT_DAYS)) transfers.push([draft, 'own account']);
      continue;
    }
    const opposite = ofAmount.get(`${row.account.currency} ${-amount}`);
    if (
      opposite &&
      someWithin(opposite, day - TRANSFER_DAYS, day + TRANSFER_DAYS, (other) => isOtherHalf(draft, other))
    ) {
      transfers.push([draft, 'matching transfer on own account']);
    }
  }
  for (const [draft, reason] of transfers) give(draft, 'internal', reason);
}

function isOtherHalf(draft: Draft, other: Draft): boolean {
  if (other.of === draft.of) return false;
  const { partyIban } = other.row.row;
  if (partyIban !== undefined) return partyIban === draft.row.account.iban;
  // Without any IBAN named, two shops' payments may cancel out by chance: neither side may be something else.
  return isPlain(draft) && isPlain(other);
}

function isPlain({ found }: Draft): boolean {
  for (const label of found.labels.keys()) if (label !== 'internal' && label !== 'savings') return false;
  return true;
}

const WAGE_MONTHS = 3;
/** "Most months": of the months from the first to the last pay in sight. */
const WAGE_SHARE = 0.6;

/** Pay for work is a regular wage and a salary where one employer pays in most months. */
function labelWages(drafts: readonly Draft[]): void {
  // A transfer of one's own counts as a pay day all the same: what made it one may lie out of sight of the wages beside it.
  const paid = drafts.filter(({ found, party }) => found.labels.has('compensation') && party !== '');
  for (const payments of groupedBy(paid, ({ party }) => party).values()) {
    const days = [...new Set(payments.map(({ day }) => day))];
    for (const payment of payments) {
      const { day } = payment;
      const inSight = days.filter((other) => Math.abs(other - day) <= CONTEXT_DAYS);
      const months = new Set(inSight.map(monthOf));
      const span = monthOf(inSight.at(-1) as Day) - monthOf(inSight[0] as Day) + 1;
      if (months.size < WAGE_MONTHS || months.size < WAGE_SHARE * span) continue;
      const reason = `same employer in ${months.size} of ${span} months`;
      if (payment.given?.has('internal')) continue;
      for (const label of ['regular wage', 'salary']) give(payment, label, reason);
    }
  }
}

/** Days between two equal payments a month apart: 28 to 31, and a weekend or a holiday. */
const MONTH_LEAST = 28;
const MONTH_MOST = 33;
/** Payments of changing amount must be three, each near the same day of the next month: weekends and holidays move them so far. */
const DAYS_MOVED = 4;
/** A price may change by a quarter and still be the price of the same thing. */
const PRICE_CHANGE = 0.25;
/** More payments to one party around a row than this are no stream, whatever their distances. */
const BUSIEST_STREAM = 40;

/** One of a monthly stream: equal amounts of one counterparty a month apart, or three of nearly equal ones. */
function labelMonthlyStreams(drafts: readonly Draft[]): void {
  const named = drafts.filter(
    ({ party, found, amount }) => party !== '' && found.partyFrom !== 'title' && amount !== 0,
  );
  for (const ofParty of groupedBy(named, ({ party }) => party).values()) {
    if (ofParty.length < 2) continue;
    for (const payments of groupedBy(ofParty, ({ of, amount }) => (amount < 0 ? -1 - of : of)).values()) {
      if (payments.length < 2) continue;
      for (const payment of payments) {
        if (hasTwin(payment, payments) || isInChain(payment, payments)) give(payment, 'monthly', 'a month apart');
      }
    }
  }
}

/** Two equal transfers to one party a month apart are a stream; two equal card payments at one shop may be chance. */
function hasTwin({ day, amount, found }: Draft, payments: readonly Draft[]): boolean {
  if (found.partyFrom !== 'party') return false;
  const isEqual = (other: Draft) => other.amount === amount;
  return (
    someWithin(payments, day - MONTH_MOST, day - MONTH_LEAST, isEqual) ||
    someWithin(payments, day + MONTH_LEAST, day + MONTH_MOST, isEqual)
  );
}

/** Whether three payments a month apart, of nearly one amount, hold this one as their first, middle or last. */
function isInChain(payment: Draft, payments: readonly Draft[]): boolean {
  if (payments.length < 3) return false;
  const { day } = payment;
  const near = positionAfter(payments, day + CONTEXT_DAYS) - positionAfter(payments, day - CONTEXT_DAYS - 1);
  if (near > BUSIEST_STREAM) return false;
  const hasNext = (from: Draft, ok?: (next: Draft) => boolean) => {
    const due = from.day + lengthOfMonthOf(from.day);
    const fits = (next: Draft) => isSimilar(next.amount, from.amount) && (!ok || ok(next));
    return someWithin(payments, due - DAYS_MOVED, due + DAYS_MOVED, fits);
  };
  const hasPrevious = (from: Draft, ok?: (previous: Draft) => boolean) => {
    const fits = (previous: Draft) =>
      Math.abs(previous.day + lengthOfMonthOf(previous.day) - from.day) <= DAYS_MOVED &&
      isSimilar(previous.amount, from.amount) &&
      (!ok || ok(previous));
    return someWithin(payments, from.day - 31 - DAYS_MOVED, from.day - 28 + DAYS_MOVED, fits);
  };
  return (
    (hasNext(payment) && (hasPrevious(payment) || hasNext(payment, (next) => hasNext(next)))) ||
    hasPrevious(payment, (previous) => hasPrevious(previous))
  );
}

function isSimilar(a: number, b: number): boolean {
  return Math.abs(a - b) <= PRICE_CHANGE * Math.max(Math.abs(a), Math.abs(b));
}

/** Rows by a key, each group in ledger order; rows without a key are left out. */
function groupedBy<Key>(drafts: readonly Draft[], keyOf: (draft: Draft) => Key | undefined): Map<Key, Draft[]> {
  const groups = new Map<Key, Draft[]>();
  for (const draft of drafts) {
    const key = keyOf(draft);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(draft);
    else groups.set(key, [draft]);
  }
  return groups;
}

/** Whether any row of a group, of a day between two days, both included, is as wanted. */
function someWithin(group: readonly Draft[], from: Day, to: Day, wanted?: (draft: Draft) => boolean): boolean {
  for (let at = positionAfter(group, from - 1); at < group.length; at++) {
    const draft = group[at] as Draft;
    if (draft.day > to) return false;
    if (!wanted || wanted(draft)) return true;
  }
  return false;
}

/** Position of the first row after a day. */
function positionAfter(group: readonly Draft[], day: Day): number {
  let low = 0;
  let high = group.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((group[middle] as Draft).day <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
