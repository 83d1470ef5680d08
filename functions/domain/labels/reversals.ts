/**
 * Payments that were taken back: a purchase that was refunded, a debit that bounced, a wage that was paid by mistake. Both halves are of
 * one party, one account and one amount. As brackets do, each half belongs to the nearest one before it that is free.
 */
import type { Day } from '../values/day.ts';
import type { RowLabels } from './labelled-row.ts';
import { NEIGHBOUR_DAYS, type ReadRows } from './read-rows.ts';

/** Shops take goods back for weeks, banks and employers notice within days. */
const REFUND_DAYS = Math.min(60, NEIGHBOUR_DAYS);
const PAY_DAYS = 10;
const LAST_BITS = 0x3ff;

/** Labels by their numbers. */
export type ReversalLabels = {
  /** What money that comes back may be labelled, if anything. */
  readonly back: ReadonlySet<number>;
  /** What an employer or an office pays. */
  readonly pay: ReadonlySet<number>;
};

/** For each row, given in ledger order, whether it was taken back, or takes another one back. */
export function reversalsIn(read: ReadRows, { back, pay }: ReversalLabels): Uint8Array {
  const { found, amount } = read;
  const reversed = new Uint8Array(found.length);
  const refunds = new Pairs(read, REFUND_DAYS, -1);
  const wages = new Pairs(read, PAY_DAYS, 1);
  for (let at = 0; at < found.length; at++) {
    if ((amount[at] as number) <= 0) continue;
    const { labels, party } = found[at] as RowLabels;
    if (party.name === '') continue;
    if (labels.every((label) => back.has(label))) refunds.expect(at);
    else if (labels.some((label) => pay.has(label))) wages.expect(at);
  }
  for (let at = 0; at < found.length; at++) {
    if ((amount[at] as number) >= 0) continue;
    if (refunds.mayTake(at)) refunds.add(at);
    if (wages.mayTake(at)) wages.add(at);
  }
  refunds.mark(reversed);
  wages.mark(reversed);
  return reversed;
}

/** Credits that may be one half of a pair, and the debits of their party, account and amount. */
class Pairs {
  readonly #read: ReadRows;
  readonly #mostDays: number;
  /** The sign of the half that comes first. */
  readonly #first: -1 | 1;
  /** By amount, then by party and account. */
  readonly #rows = new Map<number, Map<string, number[]>>();
  /** 1 where some amount with these last bits is expected: most debits need no look further. */
  readonly #lastBits = new Uint8Array(LAST_BITS + 1);

  constructor(read: ReadRows, mostDays: number, first: -1 | 1) {
    this.#read = read;
    this.#mostDays = mostDays;
    this.#first = first;
  }

  expect(credit: number): void {
    const amount = this.#read.amount[credit] as number;
    const ofAmount = this.#rows.get(amount) ?? new Map<string, number[]>();
    this.#rows.set(amount, ofAmount);
    this.#lastBits[amount & LAST_BITS] = 1;
    const key = this.#keyOf(credit);
    const rows = ofAmount.get(key) ?? [];
    if (rows.length === 0) ofAmount.set(key, rows);
    rows.push(credit);
  }

  mayTake(debit: number): boolean {
    return this.#lastBits[-(this.#read.amount[debit] as number) & LAST_BITS] === 1;
  }

  add(debit: number): void {
    const ofAmount = this.#rows.get(-(this.#read.amount[debit] as number));
    ofAmount?.get(this.#keyOf(debit))?.push(debit);
  }

  mark(reversed: Uint8Array): void {
    const { day, amount } = this.#read;
    const isFirst = (row: number) => Math.sign(amount[row] as number) === this.#first;
    // Within a day a payment comes before its reversal.
    const inOrder = (a: number, b: number) =>
      (day[a] as Day) - (day[b] as Day) || Number(isFirst(b)) - Number(isFirst(a)) || a - b;
    for (const ofAmount of this.#rows.values()) {
      for (const rows of ofAmount.values()) {
        const open: number[] = [];
        for (const row of rows.sort(inOrder)) {
          if (isFirst(row)) open.push(row);
          else {
            const taken = open.pop();
            if (taken === undefined) continue;
            if ((day[row] as Day) - (day[taken] as Day) > this.#mostDays) open.length = 0;
            else reversed[taken] = reversed[row] = 1;
          }
        }
      }
    }
  }

  #keyOf(at: number): string {
    const { found, account } = this.#read;
    return `${account[at]} ${(found[at] as RowLabels).party.name}`;
  }
}
