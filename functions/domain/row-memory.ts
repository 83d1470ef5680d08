/** Remembers what rows say by themselves: banks print the same rows month after month. */
import { hashOf, hashWith } from './folding.ts';
import type { LedgerRow } from './labelled.ts';
import { Memory } from './memory.ts';

/** Rows remembered at most. */
const MOST_ROWS = 16_384;

export class RowMemory<Value> extends Memory<LedgerRow, Value> {
  constructor() {
    super(MOST_ROWS, saysTheSame);
  }
}

/** A hash of most of what the labels of a row depend on. */
export function hashOfRow({ row: { title, party = '', amount } }: LedgerRow): number {
  return hashWith(hashOf(party, hashOf(title)), amount < 0 ? 1 : 0);
}

/** Whether two rows agree in all that their own labels depend on, but for the size of the amount. */
function saysTheSame({ account: a, row }: LedgerRow, { account: b, row: other }: LedgerRow): boolean {
  return (
    row.title === other.title &&
    row.party === other.party &&
    row.kind === other.kind &&
    Math.sign(row.amount) === Math.sign(other.amount) &&
    row.partyIban === other.partyIban &&
    row.merchantCategoryCode === other.merchantCategoryCode &&
    row.bankTransactionCode === other.bankTransactionCode &&
    (a === b || (a.currency === b.currency && a.iban?.slice(0, 2) === b.iban?.slice(0, 2))) &&
    row.labels === undefined &&
    other.labels === undefined
  );
}
