/** A booked row of the ledger with what the labelling found out about it. */

import type { Account, Row } from '../ledger/ledger.ts';
import type { Day } from '../values/day.ts';

/** A party with a name. Names that nobody asks for are not looked up. */
export type Named = { readonly name: string };

/** A booked row with its day and account. Lists of these are in the order of days, then accounts, then canonical rows. */
export type LedgerRow = { readonly day: Day; readonly account: Account; readonly row: Row };

export type Labelled = LedgerRow & {
  /** Indices into the catalogue's labels, ascending. */
  readonly labels: readonly number[];
  /** Why each label was given, in the order of `labels`: "brand ryanair", "code 5995", "publisher". */
  readonly reasons: readonly string[];
  /** Labels of the publisher that the catalogue does not know. */
  readonly otherLabels: readonly string[];
  /** The counterparty by its normalised name; rows with the same one are of the same party. The name is empty when it is not known. */
  readonly party: Named;
  /** Country where a card was present, ISO 3166-1 alpha-2, when it is known. */
  readonly country: string | undefined;
};
