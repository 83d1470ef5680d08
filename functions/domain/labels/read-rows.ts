/** Rows on their way from what each says by itself to what they say together. */
import type { LedgerRow, RowLabels } from './labelled-row.ts';

/** Days on each side of a row that its labels may depend on. */
export const CONTEXT_DAYS = 120;
/** Days on each side of a row that decide its language. */
export const LANGUAGE_DAYS = 30;
/** Days on each side of a row whose labels its own may depend on: what these depend on is within the context, too. */
export const NEIGHBOUR_DAYS = CONTEXT_DAYS - LANGUAGE_DAYS;

/** Rows in ledger order, with what each says by itself. */
export type ReadRows = {
  readonly rows: readonly LedgerRow[];
  readonly found: readonly RowLabels[];
  readonly day: Int32Array;
  readonly amount: Float64Array;
  /** Number of the account. */
  readonly account: Int32Array;
  readonly accounts: number;
};
