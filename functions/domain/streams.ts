/** Monthly streams: equal amounts of one counterparty a month apart, or three of nearly equal ones. */
import { type Day, lengthOfMonthOf } from './day.ts';
import { CONTEXT_DAYS, type Drafts } from './drafts.ts';
import type { RowLabels } from './labeller.ts';

/** Days between two equal payments a month apart: 28 to 31, and a weekend or a holiday. */
const MONTH_LEAST = 28;
const MONTH_MOST = 33;
/** Payments of changing amount must be three, each near the same day of the next month: weekends and holidays move them so far. */
const DAYS_MOVED = 4;
/** A price may change by a quarter and still be the price of the same thing. */
const PRICE_CHANGE = 0.25;
/** More payments to one party around a row than this are no stream, whatever their distances. */
const BUSIEST_STREAM = 40;

/** For each row whether it is one of a monthly stream. */
export function streamsIn(drafts: Drafts): Uint8Array {
  const monthly = new Uint8Array(drafts.rows.length);
  const groups = paymentsByParty(drafts);
  for (let group = 0; group + 1 < groups.firstOf.length; group++) {
    const payments = groups.rows.subarray(groups.firstOf[group], groups.firstOf[group + 1]);
    if (payments.length > 1) markTwins(payments, drafts, monthly);
    if (payments.length > 2) markChains(payments, drafts, monthly);
  }
  return monthly;
}

type Groups = { readonly rows: Int32Array; readonly firstOf: Int32Array };

/** Payments of one party, one way, on one account, in ledger order. */
function paymentsByParty({ found, amount, account, accounts }: Drafts): Groups {
  const numbers = new Map<string, number>();
  const groupOf = new Int32Array(found.length);
  for (let at = 0; at < found.length; at++) {
    const { party, partyFrom } = found[at] as RowLabels;
    groupOf[at] = NO_GROUP;
    if (party === '' || partyFrom === 'title' || amount[at] === 0) continue;
    let number = numbers.get(party);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(party, number);
    }
    const direction = (amount[at] as number) < 0 ? 1 : 0;
    groupOf[at] = (number * 2 + direction) * accounts + (account[at] as number);
  }
  return sorted(groupOf, numbers.size * 2 * accounts);
}

const NO_GROUP = -1;

function sorted(groupOf: Int32Array, groups: number): Groups {
  const firstOf = new Int32Array(groups + 1);
  for (const group of groupOf) if (group !== NO_GROUP) firstOf[group + 1] = (firstOf[group + 1] as number) + 1;
  for (let group = 0; group < groups; group++) {
    firstOf[group + 1] = (firstOf[group + 1] as number) + (firstOf[group] as number);
  }
  const next = firstOf.slice();
  const rows = new Int32Array(firstOf[groups] as number);
  for (let at = 0; at < groupOf.length; at++) {
    const group = groupOf[at] as number;
    if (group === NO_GROUP) continue;
    const place = next[group] as number;
    rows[place] = at;
    next[group] = place + 1;
  }
  return { rows, firstOf };
}

/** Two equal transfers to one party a month apart are a stream; two equal card payments at one shop may be chance. */
function markTwins(payments: Int32Array, { day, amount, found }: Drafts, monthly: Uint8Array): void {
  const dayAt = (position: number) => day[payments[position] as number] as Day;
  const count = payments.length;
  let [before, after] = [0, 0];
  for (let position = 0; position < count; position++) {
    const at = payments[position] as number;
    const on = day[at] as Day;
    while (before < count && dayAt(before) < on - MONTH_MOST) before++;
    while (after < count && dayAt(after) < on + MONTH_LEAST) after++;
    if ((found[at] as RowLabels).partyFrom !== 'party') continue;
    const isTwin = (other: number) => amount[payments[other] as number] === amount[at];
    let other = before;
    while (other < count && dayAt(other) <= on - MONTH_LEAST && !isTwin(other)) other++;
    let hasTwin = other < count && dayAt(other) <= on - MONTH_LEAST;
    for (other = after; !hasTwin && other < count && dayAt(other) <= on + MONTH_MOST; other++) hasTwin = isTwin(other);
    if (hasTwin) monthly[at] = 1;
  }
}

/** Three payments a month apart, of nearly one amount, are a stream. */
function markChains(payments: Int32Array, drafts: Drafts, monthly: Uint8Array): void {
  const { day } = drafts;
  const count = payments.length;
  const hasNext = new Uint8Array(count);
  const hasPrevious = new Uint8Array(count);
  const isInChain = new Uint8Array(count);
  eachStep(payments, drafts, (from, to) => {
    hasNext[from] = 1;
    hasPrevious[to] = 1;
  });
  eachStep(payments, drafts, (from, to) => {
    if (hasNext[to] === 1 || hasPrevious[from] === 1) isInChain[from] = isInChain[to] = 1;
  });
  let [begin, end] = [0, 0];
  for (let position = 0; position < count; position++) {
    const on = day[payments[position] as number] as Day;
    while (begin < count && (day[payments[begin] as number] as Day) < on - CONTEXT_DAYS) begin++;
    while (end < count && (day[payments[end] as number] as Day) <= on + CONTEXT_DAYS) end++;
    if (isInChain[position] === 1 && end - begin <= BUSIEST_STREAM) monthly[payments[position] as number] = 1;
  }
}

/** Each pair of payments of which the second comes when the first falls due again, by their positions. */
function eachStep(payments: Int32Array, { day, amount }: Drafts, take: (from: number, to: number) => void): void {
  const count = payments.length;
  let begin = 0;
  for (let from = 0; from < count; from++) {
    const on = day[payments[from] as number] as Day;
    const due = on + lengthOfMonthOf(on);
    // From one payment to the next, the day that is due may go back: from January 31 to March 3, from February 1 to March 1.
    while (begin > 0 && (day[payments[begin - 1] as number] as Day) >= due - DAYS_MOVED) begin--;
    while (begin < count && (day[payments[begin] as number] as Day) < due - DAYS_MOVED) begin++;
    // So many that no payment in sight of them can be of a stream.
    const most = payments[begin + BUSIEST_STREAM];
    if (most !== undefined && (day[most] as Day) <= due + DAYS_MOVED) continue;
    for (let to = begin; to < count; to++) {
      const next = payments[to] as number;
      if ((day[next] as Day) > due + DAYS_MOVED) break;
      if (isSimilar(amount[next] as number, amount[payments[from] as number] as number)) take(from, to);
    }
  }
}

function isSimilar(a: number, b: number): boolean {
  return Math.abs(a - b) <= PRICE_CHANGE * Math.max(Math.abs(a), Math.abs(b));
}
