/**
 * What rows say together: monthly streams, regular wages, transfers between the owner's own accounts.
 *
 * Every rule looks at rows within `CONTEXT_DAYS` of the row it labels and no farther, on both sides. So a row's labels depend on
 * its neighbourhood alone and stay what they are when older rows fall out of sight.
 */
import type { Catalogue } from './catalogue.ts';
import { type Day, firstDayOf, monthOf } from './day.ts';
import type { Labelled, LedgerRow } from './labelled.ts';
import type { RowLabels } from './labeller.ts';
import { accountKey } from './ledger.ts';

/** Days on each side of a row that its labels may depend on. */
export const CONTEXT_DAYS = 120;

type Draft = LedgerRow & RowLabels;

/** Labels rows, given in ledger order. */
export function labelRows(rows: readonly LedgerRow[], catalogue: Catalogue): Labelled[] {
  const drafts: Draft[] = rows.map((row) => ({ ...row, ...catalogue.labeller.label(row) }));
  // Wages first: they look at the pay that rows tell by themselves. After own transfers they would look at rows whose labels
  // depend on rows farther away.
  labelWages(drafts);
  labelOwnTransfers(drafts);
  labelMonthlyStreams(drafts);
  return drafts.map(({ day, account, row, labels, otherLabels, party, country }) => {
    const inOrder = [...labels].map(([name, reason]) => ({ index: catalogue.labels.get(name) ?? -1, reason }));
    inOrder.sort((a, b) => a.index - b.index);
    return {
      day,
      account,
      row,
      labels: inOrder.map(({ index }) => index),
      reasons: inOrder.map(({ reason }) => reason),
      otherLabels,
      party,
      country,
    };
  });
}

const TRANSFER_DAYS = 3;

/** A debit of one account and a credit of another one of the owner, of one amount, a few days apart at most. */
function labelOwnTransfers(drafts: readonly Draft[]): void {
  const accounts = groupedBy(drafts, ({ account }) => accountKey(account));
  if (accounts.size < 2) return;
  const ofIban = groupedBy(drafts, ({ account }) => account.iban);
  const halves = groupedBy(drafts, halfKey);
  const otherAccounts = new Map([...halves.values()].map((group) => [group, stepsToOtherAccounts(group)]));
  const transfers: [Draft, string][] = [];
  for (const draft of drafts) {
    const { amount, partyIban } = draft.row;
    if (amount === 0) continue;
    if (partyIban !== undefined && partyIban !== draft.account.iban) {
      const own = within(ofIban.get(partyIban), draft.day - CONTEXT_DAYS, draft.day + CONTEXT_DAYS);
      if (isAny(own)) transfers.push([draft, 'own account']);
      // Another account than the owner's own is named: equal amounts are chance.
      continue;
    }
    const { iban, currency } = draft.account;
    const naming = iban === undefined ? undefined : halves.get(`${currency} ${-amount} ${iban}`);
    // Without any IBAN named, two shops' payments may cancel out by chance: neither side may be something else.
    const plain = isPlain(draft) ? halves.get(`${currency} ${-amount} `) : undefined;
    if ([naming, plain].some((group) => group && isOnOtherAccount(draft, group, otherAccounts.get(group)))) {
      transfers.push([draft, 'matching transfer on own account']);
    }
  }
  for (const [draft, reason] of transfers) {
    const savings = draft.labels.get('savings');
    for (const [label, given] of draft.labels) if (given !== 'publisher') draft.labels.delete(label);
    draft.labels.set('internal', reason);
    if (savings) draft.labels.set('savings', savings);
  }
}

/** What a draft's other half looks it up by: currency, amount and the IBAN that it names, if it names one. */
function halfKey(draft: Draft): string | undefined {
  const { partyIban, amount } = draft.row;
  if (partyIban === undefined && !isPlain(draft)) return undefined;
  return `${draft.account.currency} ${amount} ${partyIban ?? ''}`;
}

/** For each draft of a group: where the next one of another account stands. Thousands of equal rows are so passed in one step. */
function stepsToOtherAccounts(group: readonly Draft[]): Int32Array {
  const next = new Int32Array(group.length);
  for (let at = group.length - 1; at >= 0; at--) {
    const isSame = at + 1 < group.length && keyAt(group, at) === keyAt(group, at + 1);
    next[at] = isSame ? (next[at + 1] as number) : at + 1;
  }
  return next;
}

function isOnOtherAccount(draft: Draft, group: readonly Draft[], next: Int32Array | undefined): boolean {
  const first = firstFrom(group, draft.day - TRANSFER_DAYS);
  for (const at of [first, next?.[first] ?? group.length]) {
    const other = group[at];
    if (other && other.day <= draft.day + TRANSFER_DAYS && accountKey(other.account) !== accountKey(draft.account)) {
      return true;
    }
  }
  return false;
}

function keyAt(group: readonly Draft[], at: number): string {
  return accountKey((group[at] as Draft).account);
}

function isPlain({ labels }: Draft): boolean {
  for (const label of labels.keys()) if (label !== 'internal' && label !== 'savings') return false;
  return true;
}

const WAGE_MONTHS = 3;
/** "Most months": of the months from the first to the last pay in sight. */
const WAGE_SHARE = 0.6;

/** Pay for work is a regular wage and a salary where one employer pays in most months. */
function labelWages(drafts: readonly Draft[]): void {
  const paid = drafts.filter(({ labels, party }) => labels.has('compensation') && party !== '');
  for (const payments of groupedBy(paid, ({ party }) => party).values()) {
    const days = [...new Set(payments.map(({ day }) => day))];
    const reasons = new Map(days.map((day) => [day, wageReason(day, days)]));
    for (const payment of payments) {
      const reason = reasons.get(payment.day);
      if (reason === undefined) continue;
      for (const label of ['regular wage', 'salary']) if (!payment.labels.has(label)) payment.labels.set(label, reason);
    }
  }
}

function wageReason(payday: Day, days: readonly Day[]): string | undefined {
  const inSight = days.filter((day) => Math.abs(day - payday) <= CONTEXT_DAYS);
  const months = new Set(inSight.map(monthOf));
  const span = monthOf(inSight.at(-1) as Day) - monthOf(inSight[0] as Day) + 1;
  if (months.size < WAGE_MONTHS || months.size < WAGE_SHARE * span) return undefined;
  return `same employer in ${months.size} of ${span} months`;
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
  const named = drafts.filter(({ party, partyFrom, row }) => party !== '' && partyFrom !== 'title' && row.amount !== 0);
  const streams = groupedBy(
    named,
    ({ account, party, row }) => `${accountKey(account)} ${row.amount < 0 ? '-' : '+'} ${party}`,
  );
  for (const payments of streams.values()) {
    const equal = groupedBy(payments, ({ row }) => row.amount);
    for (const payment of payments) {
      // Two equal card payments at one shop may be chance; two equal transfers to one party are not.
      const twins = payment.partyFrom === 'party' ? equal.get(payment.row.amount) : undefined;
      const hasTwin =
        isAny(within(twins, payment.day - MONTH_MOST, payment.day - MONTH_LEAST)) ||
        isAny(within(twins, payment.day + MONTH_LEAST, payment.day + MONTH_MOST));
      if (!hasTwin && !isInChain(payment, payments)) continue;
      if (!payment.labels.has('monthly')) payment.labels.set('monthly', 'a month apart');
    }
  }
}

/** Whether three payments a month apart, of nearly one amount, hold this one as their first, middle or last. */
function isInChain(payment: Draft, payments: readonly Draft[]): boolean {
  const near = [...within(payments, payment.day - CONTEXT_DAYS, payment.day + CONTEXT_DAYS).take(BUSIEST_STREAM + 1)];
  if (near.length > BUSIEST_STREAM) return false;
  const step = (from: Draft, sign: 1 | -1) =>
    near.filter(
      ({ day, row }) =>
        (sign === 1 ? isNextMonth(from.day, day) : isNextMonth(day, from.day)) &&
        isSimilar(row.amount, from.row.amount),
    );
  const after = step(payment, 1);
  const before = step(payment, -1);
  if (after.length > 0 && before.length > 0) return true;
  return after.some((next) => step(next, 1).length > 0) || before.some((previous) => step(previous, -1).length > 0);
}

function isNextMonth(day: Day, next: Day): boolean {
  const lengthOfMonth = firstDayOf(monthOf(day) + 1) - firstDayOf(monthOf(day));
  return Math.abs(next - day - lengthOfMonth) <= DAYS_MOVED;
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

function isAny(drafts: Generator<Draft>): boolean {
  return !drafts.next().done;
}

/** The rows of a group whose day lies between two days, both included. */
function* within(group: readonly Draft[] | undefined, from: Day, to: Day): Generator<Draft> {
  if (!group) return;
  for (let at = firstFrom(group, from); at < group.length && (group[at] as Draft).day <= to; at++)
    yield group[at] as Draft;
}

/** Where the first row of a group stands whose day is this one or later. */
function firstFrom(group: readonly Draft[], day: Day): number {
  let low = 0;
  let high = group.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((group[middle] as Draft).day < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
