/** A booked row of the ledger with what the labelling found out about it. */

import type { Account, Row } from '../ledger/ledger.ts';
import type { Day } from '../values/day.ts';
import type { OwnLabels } from './label-reasons.ts';

/** A party with a name. Names that nobody asks for are not looked up. */
export type Named = { readonly name: string };

/** A booked row with its day and account. Lists of these are in the order of days, then accounts, then canonical rows. */
export type LedgerRow = { readonly day: Day; readonly account: Account; readonly row: Row };

/** What one row says by itself. */
export type RowLabels = {
  /** Indices into the catalogue's labels, ascending, and the reasons in that order. */
  readonly labels: readonly number[];
  readonly reasons: readonly string[];
  readonly otherLabels: readonly string[];
  /** The counterparty: the brand if one was found, else the text of the party, its IBAN, or the title. */
  readonly party: Named;
  /** Whether the bank named a counterparty, a brand was found in the title, or the title is all there is. */
  readonly partyFrom: 'party' | 'brand' | 'title';
  /** Country where the row was paid, when it is another than the account's. */
  readonly country: string | undefined;
  /** What rules of the client's own say of it; it holds after what rows say together, too. */
  readonly own: OwnLabels | undefined;
};

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
