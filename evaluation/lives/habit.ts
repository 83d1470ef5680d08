/** A habit that makes a profile: what it costs a month, what it needs, and how it shows in the rows. */
import type { Ledger, Span } from './ledger.ts';

export type Habit = {
  id: string;
  /** Further profiles that follow from it. */
  implies?: readonly string[];
  says: string;
  /** Its share of income, and the least income it needs. */
  share: number;
  least: number;
  /** Months of history until it is visible. */
  months?: number;
  /** Only one habit of a kind that needs a large share of the spending. */
  large?: true;
  against?: readonly string[];
  live(ledger: Ledger, income: number, span: Span): void;
};
