/**
 * What every reader gives: the statements of a file, as the file prints them. Which days they hold whole, and so what
 * an import may claim, is decided by `joinStatements` over all files that are given together.
 */
import type { AccountMessage, TransactionMessage } from '../domain/ledger/import.ts';
import type { Source } from '../domain/ledger/ledger.ts';
import { type Day, dayOfInstant, formatDay, parseDay } from '../domain/values/day.ts';
import type { Place } from './reader-error.ts';

export type Account = AccountMessage;
export type Transaction = TransactionMessage;

/** Both ends included; empty when `from` is after `to`. */
export type Days = { readonly from: Day; readonly to: Day };

/** The country of an account whose IBAN is known. */
export function countryOf(account: AccountName): string | undefined {
  return 'iban' in account ? account.iban.slice(0, 2) : undefined;
}

/** What an account held on the evening of a day; `amount` is a signed decimal string. */
export type Balance = { readonly on: Day; readonly amount: string };

export type AccountName = { readonly iban: string } | { readonly accountId: string };

/** One statement, or one page of one. */
export type Statement = {
  readonly account: AccountName;
  readonly currencyName: string;
  /** Oldest first, as far as the file says in which order it prints. */
  readonly transactions: readonly Transaction[];
  /**
   * Days of which the file itself says that it holds every row: its period, cut to whole days in the zone of the
   * account. Empty when it says that it holds no day whole (a notice of single rows, a report of some hours). Absent
   * when it says nothing: then the balances decide, and without them the days between the first and the last row.
   */
  readonly wholeDays?: Days | undefined;
  /**
   * Days that count as complete unless another piece holds rows of them too: those of an export or answer that is asked
   * for by days and does not print which were asked for.
   */
  readonly likelyDays?: Days | undefined;
  /**
   * The balance before the first row and that after the last, dated by their evening. An `opening` dated on the day of
   * the first row is one of the middle of that day; with `opensDay`, for formats that date it by the day that it opens,
   * it is that of its morning, unless another statement closes on that day with it.
   */
  readonly opening?: (Balance & { readonly opensDay?: true }) | undefined;
  readonly closing?: Balance | undefined;
  /** Which page this is (from 1) of which statement; absent when the statement is whole. */
  readonly page?: { readonly statement: string; readonly number: number; readonly isLast: boolean } | undefined;
  readonly place: Place;
};

export type StatementFile = {
  /** Name of the reader. */
  readonly format: string;
  /** Character set that was used, where it was found out or given. */
  readonly encoding?: string | undefined;
  readonly statements: readonly Statement[];
  readonly source: Source;
  /** ISO 8601 instant at which the bank or the vendor made the file, when it says so. */
  readonly importedAt?: string | undefined;
  readonly ownerExternalId?: string | undefined;
  /** What is odd about the file but no reason to refuse it; one sentence each. */
  readonly warnings: readonly string[];
};

export type ReadOptions = {
  /** The present in milliseconds since 1970: a file without an offset in its times was not made after it. */
  readonly now: number;
  /** Keep the labels that a vendor put on its transactions (kontomatik-xml); without it only our own engine labels. */
  readonly keepLabels?: boolean | undefined;
  /** Character set of the file; without it the reader finds out. */
  readonly encoding?: string | undefined;
  /** Number of the account, for formats that do not name it. */
  readonly account?: string | undefined;
  /** Currency of the account, for formats that do not name it. */
  readonly currency?: string | undefined;
  /** Name of a preset, or a mapping of columns as JSON (CSV, XLSX). */
  readonly mapping?: string | undefined;
  /** Most bytes that an archive or a workbook may unpack to. */
  readonly mostBytes?: number | undefined;
};

/** Options of a reading, with a place for its warnings. */
export type Reading = ReadOptions & { readonly warn: (sentence: string) => void };

/** The start of a file, by which its format is known. */
export type FileStart = {
  readonly bytes: Uint8Array;
  /** The same as text: by its byte order mark, else UTF-8 as far as it is that. Without blanks at the beginning. */
  readonly text: string;
};

export type Reader = {
  /** What `--format` takes. */
  readonly name: string;
  /** For people: `MT940/MT942`. */
  readonly title: string;
  readonly detect: (start: FileStart) => boolean;
  /** @throws {ReaderError} with the place of the fault */
  readonly read: (bytes: Uint8Array, options: ReadOptions) => StatementFile;
};

/** First and last day on which something was booked. */
export function bookedDays(transactions: readonly Transaction[]): Days | undefined {
  if (transactions.length === 0) return undefined;
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { bookedOn } of transactions) {
    const day = parseDay(bookedOn) as Day;
    if (day < from) from = day;
    if (day > to) to = day;
  }
  return { from, to };
}

/**
 * The days of an export or answer that does not print its range: from its first row to its last, for banks and their
 * interfaces give whole days; but not the day on which it is read, which goes on.
 */
export function likelyDaysOf(rows: readonly Transaction[], { now }: Pick<Reading, 'now'>): Days | undefined {
  const booked = bookedDays(rows.filter(({ status }) => status !== 'PENDING'));
  return booked && { from: booked.from, to: Math.min(booked.to, dayOfInstant(now) - 1) };
}

/** Says which days of an export are only likely to be whole. */
export function warnOfEnds(days: Days | undefined, { line }: Place, { warn }: Pick<Reading, 'warn'>): void {
  if (!days || days.from > days.to) return;
  const ends = [...new Set([days.from, days.to])].map(formatDay).join(', ');
  const way = 'count as complete unless another file of the same command has more of them';
  warn(`line ${line}: names no range of days; its ends (${ends}) ${way}`);
}

/** Runs a reading and puts its warnings into the file that it gives. */
export function withWarnings(
  options: ReadOptions,
  read: (reading: Reading) => Omit<StatementFile, 'warnings'>,
): StatementFile {
  const warnings: string[] = [];
  const file = read({ ...options, warn: (sentence) => warnings.push(sentence) });
  return { ...file, warnings };
}
