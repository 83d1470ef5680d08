/**
 * Remembers what rows say by themselves: banks print the same rows month after month. Rows are found by their title, then compared, for
 * joining their texts to one key would cost more than the comparison.
 */
import type { LedgerRow } from './labelled.ts';

type Entry<Value> = { readonly row: LedgerRow; readonly value: Value };

/** Titles remembered at most; then all are forgotten, which costs little and keeps memory flat. */
const MOST_TITLES = 5_000;
/** Rows of one title ("Płatność kartą") that differ in the rest. */
const MOST_OF_A_TITLE = 12;

export class RowMemory<Value> {
  readonly #byTitle = new Map<string, Entry<Value>[]>();

  get(row: LedgerRow): Value | undefined {
    const entries = this.#byTitle.get(row.row.title);
    if (!entries) return undefined;
    for (const entry of entries) if (saysTheSame(entry.row, row)) return entry.value;
    return undefined;
  }

  set(row: LedgerRow, value: Value): void {
    const entries = this.#byTitle.get(row.row.title);
    if (!entries) {
      if (this.#byTitle.size >= MOST_TITLES) this.#byTitle.clear();
      this.#byTitle.set(row.row.title, [{ row, value }]);
    } else if (entries.length < MOST_OF_A_TITLE) entries.push({ row, value });
    else entries[entries.length - 1] = { row, value };
  }
}

/** Whether two rows of one title agree in all that their own labels depend on, but for the size of the amount. */
function saysTheSame({ account: a, row }: LedgerRow, { account: b, row: other }: LedgerRow): boolean {
  return (
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
