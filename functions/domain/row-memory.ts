/** Remembers what rows say by themselves: banks print the same rows month after month. */
import { hashWith } from './folding.ts';
import type { LedgerRow } from './labelled.ts';
import { Memory } from './memory.ts';

/** Rows remembered at most. */
const MOST_ROWS = 16_384;

export class RowMemory<Value> extends Memory<LedgerRow, Value> {
  constructor() {
    super(MOST_ROWS, saysTheSame);
  }
}

/** A hash of a row by that of its title; of the rows of one title ("Płatność kartą") most differ in the party. */
export function hashOfRow(hashOfTitle: number, { row: { party = '', amount } }: LedgerRow): number {
  const { length } = party;
  let hash = hashWith(hashOfTitle, amount < 0 ? length : ~length);
  for (let at = length - 1; at >= 0; at -= 3) hash = hashWith(hash, party.charCodeAt(at));
  return hash;
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
