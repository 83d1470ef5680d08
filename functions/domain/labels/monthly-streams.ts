/** Monthly streams: equal amounts of one counterparty a month apart, or three of nearly equal ones; without one, three under one title. */
import { type Day, lengthOfMonthOf } from '../values/day.ts';
import { NEIGHBOUR_DAYS, type ReadRows } from './read-rows.ts';

/** Days between two equal payments a month apart: 28 to 31, and a weekend or a holiday. */
const MONTH_LEAST = 28;
const MONTH_MOST = 33;
/** Payments of changing amount must be three, each near the same day of the next month: weekends and holidays move them so far. */
const DAYS_MOVED = 4;
/** A price may change by a quarter and still be the price of the same thing. */
const PRICE_CHANGE = 0.25;
/** More payments to one party around a row than this are no stream, whatever their distances. */
const BUSIEST_STREAM = 40;
/** Of one amount under one title, where the bank names no party: one a month and two more. What is bought oftener is no stream. */
const BUSIEST_TITLE = 8;

/** For each row whether it is one of a monthly stream. */
export function streamsIn(read: ReadRows): Uint8Array {
  const monthly = new Uint8Array(read.rows.length);
  const payments = paymentsByParty(read);
  const chains = new Chains(payments);
  const { firstOf } = payments;
  for (let group = 0; group + 1 < firstOf.length; group++) {
    const [first, end] = [firstOf[group]!, firstOf[group + 1]!];
    if (end - first > 1) markTwins(payments, first, end, monthly);
    if (end - first > 2) chains.mark(first, end, monthly);
  }
  return monthly;
}

/** Payments of one party, one way, on one account stand together, in ledger order: those from `firstOf[n]` up to `firstOf[n + 1]`. */
export type Payments = {
  readonly firstOf: Int32Array;
  readonly row: Int32Array;
  readonly day: Int32Array;
  /** The day that comes a month later. */
  readonly due: Int32Array;
  readonly amount: Float64Array;
  /** 1 where the bank named the party. */
  readonly isNamed: Uint8Array;
  /** Payments around one at most, if it is to be of a stream. */
  readonly busiest: Uint8Array;
};

function paymentsByParty({ found, amount, account, accounts, day }: ReadRows): Payments {
  const numbers = new Numbers();
  const groupOf = new Int32Array(found.length);
  for (let at = 0; at < found.length; at++) {
    const { party, partyFrom } = found[at]!;
    groupOf[at] = NO_GROUP;
    if (amount[at] === 0) continue;
    const { name } = party;
    if (name === '') continue;
    // A title is no party: only payments of one amount under it belong together.
    const number = partyFrom === 'title' ? numbers.ofTitle(name, amount[at]!) : numbers.of(name);
    const direction = amount[at]! < 0 ? 1 : 0;
    groupOf[at] = (number * 2 + direction) * accounts + account[at]!;
  }
  const firstOf = startsOf(groupOf, numbers.count * 2 * accounts);
  const count = firstOf.at(-1)!;
  const payments = {
    firstOf,
    row: new Int32Array(count),
    day: new Int32Array(count),
    due: new Int32Array(count),
    amount: new Float64Array(count),
    isNamed: new Uint8Array(count),
    busiest: new Uint8Array(count),
  };
  const next = firstOf.slice();
  for (let at = 0; at < groupOf.length; at++) {
    const group = groupOf[at]!;
    if (group === NO_GROUP) continue;
    const place = next[group]!;
    next[group] = place + 1;
    const on = day[at]!;
    payments.row[place] = at;
    payments.day[place] = on;
    payments.due[place] = on + lengthOfMonthOf(on);
    payments.amount[place] = amount[at]!;
    const { partyFrom } = found[at]!;
    payments.isNamed[place] = partyFrom === 'party' ? 1 : 0;
    payments.busiest[place] = partyFrom === 'title' ? BUSIEST_TITLE : BUSIEST_STREAM;
  }
  return payments;
}

const NO_GROUP = -1;

/** Numbers of parties, and of titles with an amount. Most titles come with one amount, so no text is made of both. */
class Numbers {
  count = 0;
  readonly #parties = new Map<string, number>();
  readonly #titles = new Map<
    string,
    { readonly amount: number; readonly number: number; others?: Map<number, number> }
  >();

  of(party: string): number {
    const known = this.#parties.get(party);
    if (known !== undefined) return known;
    this.#parties.set(party, this.count);
    return this.count++;
  }

  ofTitle(title: string, amount: number): number {
    const known = this.#titles.get(title);
    if (known === undefined) {
      this.#titles.set(title, { amount, number: this.count });
      return this.count++;
    }
    if (known.amount === amount) return known.number;
    known.others ??= new Map();
    const other = known.others.get(amount);
    if (other !== undefined) return other;
    known.others.set(amount, this.count);
    return this.count++;
  }
}

/** Where each group starts when its members are stored together, and where the last one ends. */
function startsOf(groupOf: Int32Array, groups: number): Int32Array {
  const firstOf = new Int32Array(groups + 1);
  for (let at = 0; at < groupOf.length; at++) {
    const group = groupOf[at]!;
    if (group !== NO_GROUP) firstOf[group + 1]! += 1;
  }
  for (let group = 0; group < groups; group++) {
    firstOf[group + 1]! += firstOf[group]!;
  }
  return firstOf;
}

/** Two equal transfers to one party a month apart are a stream; two equal card payments at one shop may be chance. */
export function markTwins(payments: Payments, first: number, end: number, monthly: Uint8Array): void {
  const { day, amount, row, isNamed } = payments;
  let [before, after] = [first, first];
  for (let at = first; at < end; at++) {
    const on = day[at]!;
    while (before < end && day[before]! < on - MONTH_MOST) before++;
    while (after < end && day[after]! < on + MONTH_LEAST) after++;
    if (isNamed[at] === 0) continue;
    const wanted = amount[at]!;
    if (
      hasAmount(wanted, payments, before, end, on - MONTH_LEAST) ||
      hasAmount(wanted, payments, after, end, on + MONTH_MOST)
    ) {
      monthly[row[at]!] = 1;
    }
  }
}

/** Whether a payment of an amount is among those from one position on, up to a day; no longer asked where they are too many. */
function hasAmount(wanted: number, { day, amount }: Payments, from: number, end: number, last: Day): boolean {
  if (from + BUSIEST_STREAM < end && day[from + BUSIEST_STREAM]! <= last) return false;
  for (let at = from; at < end && day[at]! <= last; at++) if (amount[at] === wanted) return true;
  return false;
}

/** Three payments a month apart, of nearly one amount, are a stream. */
class Chains {
  readonly #payments: Payments;
  readonly #hasNext: Uint8Array;
  readonly #hasPrevious: Uint8Array;
  readonly #isInChain: Uint8Array;
  /** Pairs of payments of which the second comes when the first falls due again. */
  readonly #pairs: number[] = [];

  constructor(payments: Payments) {
    const count = payments.row.length;
    this.#payments = payments;
    this.#hasNext = new Uint8Array(count);
    this.#hasPrevious = new Uint8Array(count);
    this.#isInChain = new Uint8Array(count);
  }

  mark(first: number, end: number, monthly: Uint8Array): void {
    const pairs = this.#pairs;
    const count = this.#findPairs(first, end);
    if (count === 0) return;
    let isAny = false;
    for (let at = 0; at < count; at += 2) {
      const [from, to] = [pairs[at]!, pairs[at + 1]!];
      if (this.#hasNext[to] === 0 && this.#hasPrevious[from] === 0) continue;
      this.#isInChain[from] = 1;
      this.#isInChain[to] = 1;
      isAny = true;
    }
    if (isAny) this.#markCalm(first, end, monthly);
  }

  /** Marks those in a chain that have not too many payments in sight. */
  #markCalm(first: number, end: number, monthly: Uint8Array): void {
    const { day, row, busiest } = this.#payments;
    let [inSight, beyond] = [first, first];
    for (let at = first; at < end; at++) {
      const on = day[at]!;
      while (inSight < end && day[inSight]! < on - NEIGHBOUR_DAYS) inSight++;
      while (beyond < end && day[beyond]! <= on + NEIGHBOUR_DAYS) beyond++;
      if (this.#isInChain[at] === 1 && beyond - inSight <= busiest[at]!) monthly[row[at]!] = 1;
    }
  }

  #findPairs(first: number, end: number): number {
    const { day, due, amount } = this.#payments;
    let count = 0;
    let begin = first;
    for (let from = first; from < end; from++) {
      const earliest = due[from]! - DAYS_MOVED;
      const latest = due[from]! + DAYS_MOVED;
      // From one payment to the next, the day that is due may go back: from January 31 to March 3, from February 1 to March 1.
      while (begin > first && day[begin - 1]! >= earliest) begin--;
      while (begin < end && day[begin]! < earliest) begin++;
      // So many that no payment in sight of them can be of a stream.
      if (begin + BUSIEST_STREAM < end && day[begin + BUSIEST_STREAM]! <= latest) continue;
      for (let to = begin; to < end && day[to]! <= latest; to++) {
        if (!isSimilar(amount[to]!, amount[from]!)) continue;
        this.#pairs[count++] = from;
        this.#pairs[count++] = to;
        this.#hasNext[from] = 1;
        this.#hasPrevious[to] = 1;
      }
    }
    return count;
  }
}

function isSimilar(a: number, b: number): boolean {
  return Math.abs(a - b) <= PRICE_CHANGE * Math.max(Math.abs(a), Math.abs(b));
}
