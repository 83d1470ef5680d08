/**
 * What every reader gives: the `accounts` of an import message (contract, section 2), and what else a file knows of
 * itself.
 */
import type { AccountMessage, TransactionMessage } from '../domain/ledger/import.ts';
import type { Source } from '../domain/ledger/ledger.ts';

export type Account = AccountMessage;
export type Transaction = TransactionMessage;

export type ReadOptions = {
  /** Keep the labels that a vendor put on its transactions (kontomatik-xml); without it only our own engine labels. */
  readonly keepLabels?: boolean | undefined;
  /** Character set of the file, a WHATWG label such as `windows-1250`; without it the reader finds out. */
  readonly encoding?: string | undefined;
  /** Told what is odd about a file but no reason to refuse it; one sentence each. */
  readonly warn?: ((sentence: string) => void) | undefined;
};

/**
 * A file of statements, read. The same account can stand in `accounts` more than once: days between two statements
 * about which the file says nothing may not be covered, so each stretch of days is an entry of its own and goes into a
 * message of its own.
 */
export type StatementFile = {
  readonly accounts: readonly Account[];
  readonly source: Source;
  /** ISO 8601 instant at which the bank or the vendor made the file, when it says so. */
  readonly importedAt?: string | undefined;
  readonly ownerExternalId?: string | undefined;
};
