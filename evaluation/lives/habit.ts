/** A habit that makes a profile: what it costs a month, what it needs, and how it shows in the rows. */
import type { Ledger, Span } from './ledger.ts';

export type Habit = {
  id: string;
  /** Profiles that follow from it besides its own. */
  implies?: readonly string[];
  says: string;
  /** Share of income it takes, and the least income it is lived on. */
  share: number;
  least: number;
  /** Months of history it takes to be seen. */
  months?: number;
  /** Only one habit of a kind that wants a large share of the spending. */
  large?: true;
  against?: readonly string[];
  live(ledger: Ledger, income: number, span: Span): void;
};
