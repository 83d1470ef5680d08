/**
 * From a well-formed import message to the terms of the ledger: the rules of meaning that a schema cannot say.
 */
import { type Day, dayOfInstant, formatDay, monthOf, parseDay } from '../values/day.ts';
import type { Fault } from '../values/fault.ts';
import { type AmountFault, decimalsOf, GREATEST_AMOUNT, parseAmount } from '../values/money.ts';
import { hasIbanForm, hasRightCheckDigits, normaliseIban } from './iban.ts';
import {
  type Account,
  type AccountImport,
  accountKey,
  type Import,
  putInCanonicalOrder,
  type Row,
  type Source,
} from './ledger.ts';

/** An import message once its form is known to be right (contract, section 2); days are still text. */
export type ImportMessage = {
  readonly importId: string;
  readonly source: Source;
  readonly importedAt: string;
  readonly accounts: readonly AccountMessage[];
};
export type AccountMessage = {
  readonly iban?: string | undefined;
  readonly accountId?: string | undefined;
  readonly currencyName: string;
  readonly covers?: { readonly from: string; readonly to: string } | undefined;
  readonly transactions: readonly TransactionMessage[];
};
export type TransactionMessage = {
  readonly bookedOn: string;
  readonly transactionOn?: string | undefined;
  readonly currencyAmount: string | number;
  readonly title: string;
  readonly party?: string | undefined;
  readonly partyIban?: string | undefined;
  readonly kind?: string | undefined;
  readonly status?: 'DONE' | 'PENDING' | undefined;
  readonly merchantCategoryCode?: string | undefined;
  readonly bankTransactionCode?: string | undefined;
  readonly transactionId?: string | undefined;
  readonly labels?: readonly string[] | undefined;
};

export type Interpretation =
  | { readonly import: Import; readonly ibansWithWrongCheckDigits: number; readonly faults?: never }
  | { readonly faults: readonly Fault[]; readonly import?: never };

/** More faults than this do not help. */
export const MOST_FAULTS = 20;
const MOST_DAYS_COVERED = 4018;
/** Each is stored by itself: 30 accounts of eleven years, or a thousand of a quarter. */
const MOST_MONTHS = 4000;
const CLOCK_LEEWAY_MS = 10 * 60 * 1000;
const EARLIEST_IMPORT = Date.UTC(2000, 0, 1);

/**
 * Reads a message as statements about whole days (contract, section 3). Nothing of a message with a fault is taken.
 *
 * @param now the clock, in milliseconds since 1970
 */
export function interpretImport(message: ImportMessage, now: number): Interpretation {
  const faults: Fault[] = [];
  const blame = (path: string, text: string) => {
    if (faults.length < MOST_FAULTS) faults.push({ path, message: text });
  };
  // Date.parse keeps milliseconds and cuts what is finer, which is how the contract compares instants.
  const importedAt = Date.parse(message.importedAt);
  // Date.parse takes a thirtieth of February for a day in March.
  if (Number.isNaN(importedAt) || parseDay(message.importedAt.slice(0, 10)) === undefined)
    blame('importedAt', 'must be an instant of the calendar');
  if (importedAt > now + CLOCK_LEEWAY_MS) blame('importedAt', 'must not be more than 10 minutes ahead of the clock');
  if (importedAt < EARLIEST_IMPORT) blame('importedAt', 'must not be before 2000-01-01');

  const lastDay = dayOfInstant(importedAt) + 1;
  const accounts: AccountImport[] = [];
  const seen = new Map<string, number>();
  let ibansWithWrongCheckDigits = 0;
  message.accounts.forEach((account, index) => {
    const path = `accounts[${index}]`;
    const { iban, identity } = readAccount(account, path, blame);
    if (iban !== undefined && hasIbanForm(iban) && !hasRightCheckDigits(iban)) ibansWithWrongCheckDigits++;
    const key = accountKey(identity);
    const first = seen.get(key);
    if (first !== undefined) blame(path, `must not be the same account as accounts[${first}]: send its days together`);
    else seen.set(key, index);
    const read = readDays(account, identity, lastDay, path, blame);
    if (read) accounts.push(read);
  });
  const months = accounts.reduce((sum, { from, to }) => sum + monthOf(to) - monthOf(from) + 1, 0);
  if (months > MOST_MONTHS) {
    const remedy = 'send some of the accounts in another import';
    blame(
      'accounts',
      `must not cover more than ${MOST_MONTHS} months, each account's counted, and cover ${months}: ${remedy}`,
    );
  }
  if (faults.length > 0) return { faults };
  return {
    import: { stamp: { importedAt, importId: message.importId, source: message.source }, accounts },
    ibansWithWrongCheckDigits,
  };
}

type Blame = (path: string, text: string) => void;

function readAccount(account: AccountMessage, path: string, blame: Blame) {
  const currency = account.currencyName;
  if (account.iban !== undefined) {
    const iban = normaliseIban(account.iban);
    if (!hasIbanForm(iban)) blame(`${path}.iban`, 'must have the form and the length of an IBAN of its country');
    return { iban, identity: { iban, currency } satisfies Account };
  }
  if (account.accountId === undefined) {
    blame(path, 'must have an `iban` or an `accountId`');
    return { iban: undefined, identity: { accountId: '', currency } satisfies Account };
  }
  // Keys are made of UTF-8, in which two lone surrogates are one: two such ids would be two accounts with one key.
  return { iban: undefined, identity: { accountId: account.accountId.toWellFormed(), currency } satisfies Account };
}

function readDays(
  account: AccountMessage,
  identity: Account,
  lastDay: Day,
  path: string,
  blame: Blame,
): AccountImport | undefined {
  const rows = new Map<Day, Row[]>();
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  const covers = account.covers && readCovers(account.covers, `${path}.covers`, blame);
  // One for all rows, which mostly are blamed for nothing.
  let index = 0;
  const blameField = (field: string, text: string) => blame(`${path}.transactions[${index}].${field}`, text);
  // Banks list day after day: a row is mostly of the day of the row before.
  let dayOfRowBefore = Number.NaN;
  let sameDay: Row[] = [];
  for (; index < account.transactions.length; index++) {
    const transaction = account.transactions[index]!;
    const day = parseDay(transaction.bookedOn);
    const pending = transaction.status === 'PENDING';
    // A pending row counts for nothing, so it never refuses an import: one of an unreadable day is left out.
    if (pending && (day === undefined || day > lastDay || (covers && (day < covers.from || day > covers.to)))) continue;
    const row = readRow(transaction, identity.currency, pending ? ignore : blameField);
    if (day === undefined) {
      blameField('bookedOn', `must be a day of the calendar (YYYY-MM-DD), and is "${transaction.bookedOn}"`);
      continue;
    }
    if (covers && (day < covers.from || day > covers.to)) {
      blameField('bookedOn', `must be one of the days that \`covers\` names, and is ${transaction.bookedOn}`);
    }
    earliest = Math.min(earliest, day);
    latest = Math.max(latest, day);
    if (!row) continue;
    if (day !== dayOfRowBefore) {
      sameDay = rows.get(day) ?? [];
      if (sameDay.length === 0) rows.set(day, sameDay);
      dayOfRowBefore = day;
    }
    sameDay.push(row);
  }
  const { from, to } = covers ?? { from: earliest, to: latest };
  if (!Number.isFinite(from)) return undefined;
  const where = covers ? `${path}.covers` : path;
  if (to - from + 1 > MOST_DAYS_COVERED) {
    blame(where, `must not cover more than ${MOST_DAYS_COVERED} days, and covers ${to - from + 1}`);
  }
  if (to > lastDay) {
    blame(where, `must not cover days later than the day after \`importedAt\`, and covers ${formatDay(to)}`);
  }
  for (const ofDay of rows.values()) putInCanonicalOrder(ofDay);
  return { account: identity, from, to, rows };
}

const ignore: Blame = () => {};

function readCovers(covers: { from: string; to: string }, path: string, blame: Blame) {
  const from = parseDay(covers.from);
  const to = parseDay(covers.to);
  if (from === undefined) blame(`${path}.from`, `must be a day of the calendar (YYYY-MM-DD), and is "${covers.from}"`);
  if (to === undefined) blame(`${path}.to`, `must be a day of the calendar (YYYY-MM-DD), and is "${covers.to}"`);
  if (from === undefined || to === undefined) return undefined;
  if (from > to) blame(path, 'must not have `from` after `to`');
  return { from, to };
}

function readRow(transaction: TransactionMessage, currency: string, blame: Blame): Row | undefined {
  const amount = parseAmount(transaction.currencyAmount, currency);
  if (typeof amount === 'string') {
    blame('currencyAmount', amountFault(amount, currency));
    return undefined;
  }
  const on = transaction.transactionOn;
  const transactionOn = on === undefined ? undefined : parseDay(on);
  if (on !== undefined && transactionOn === undefined) {
    blame('transactionOn', `must be a day of the calendar (YYYY-MM-DD), and is "${on}"`);
  }
  const row: { -readonly [Name in keyof Row]: Row[Name] } = { amount, title: transaction.title.toWellFormed() };
  if (transaction.party) row.party = transaction.party.toWellFormed();
  if (transaction.partyIban) row.partyIban = normaliseIban(transaction.partyIban).toWellFormed();
  if (transaction.kind) row.kind = transaction.kind.toWellFormed();
  if (transaction.merchantCategoryCode) row.merchantCategoryCode = transaction.merchantCategoryCode;
  if (transaction.bankTransactionCode) row.bankTransactionCode = transaction.bankTransactionCode.toWellFormed();
  if (transactionOn !== undefined) row.transactionOn = transactionOn;
  if (transaction.transactionId) row.transactionId = transaction.transactionId.toWellFormed();
  if (transaction.labels?.length) row.labels = [...new Set(transaction.labels.map((l) => l.toWellFormed()))].sort();
  if (transaction.status === 'PENDING') row.pending = true;
  return row;
}

function amountFault(fault: AmountFault, currency: string): string {
  switch (fault) {
    case 'form':
      return 'must be a decimal number such as "-49.99"';
    case 'precision':
      return `must not have more than the ${decimalsOf(currency)} decimals of ${currency}`;
    case 'range':
      return `must be within ±${GREATEST_AMOUNT.toExponential().replace('+', '')} ${currency}`;
  }
}
