/** What is asked about an owner, and what is answered: plain values, days as numbers. */
import type { ClientSettings } from '../catalogue/client-settings.ts';
import type { Day } from '../values/day.ts';
import type { HistorySpan } from './history.ts';
import type { ListedTransaction, TransactionFilter } from './transactions.ts';

export type OwnerRequest = {
  readonly clientId: string;
  readonly ownerExternalId: string;
  readonly settings: ClientSettings;
  /** Today, or a past day. */
  readonly asOf: Day;
};

/**
 * `profiles` and `notJudged` (too little data to say) sorted; `dataFrom` is null when no booked row is known, `dataTo` when no day is
 * covered. `lastImportedAt`: the latest instant that a joined import was made at, in milliseconds since 1970.
 */
export type OwnerAnswer = {
  readonly profiles: readonly string[];
  readonly notJudged: readonly string[];
  readonly asOf: Day;
  readonly dataFrom: Day | null;
  readonly dataTo: Day | null;
  readonly lastImportedAt: number | null;
  readonly catalogueVersion: string;
};

/** What an answer rests on. */
export type DataHead = Omit<OwnerAnswer, 'profiles' | 'notJudged' | 'asOf'>;

/** The days from `from` to `to`, both included. */
export type HistoryRequest = Omit<OwnerRequest, 'asOf'> & { readonly from: Day; readonly to: Day };
export type OwnerHistory = DataHead & { readonly spans: readonly HistorySpan[] };

export type TransactionsRequest = Omit<OwnerRequest, 'asOf'> & {
  /** Undefined: as far back as the page before reached, or 365 days. */
  readonly from: Day | undefined;
  readonly to: Day;
  readonly filter: TransactionFilter;
  readonly limit: number;
  /** Where the page before ended, as its answer said. */
  readonly cursor: string | undefined;
};
/** `cursor`: for the next page; null: this is the last. */
export type TransactionsPage = {
  readonly transactions: readonly ListedTransaction[];
  readonly cursor: string | null;
  readonly catalogueVersion: string;
};
