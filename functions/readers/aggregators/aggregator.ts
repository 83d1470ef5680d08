/** What answers of aggregators have in common: accounts and rows, wherever in the documents they are. */
import { type Day, dayOfInstant, formatDay, parseDay } from '../../domain/values/day.ts';
import { accountNamed } from '../account-number.ts';
import { negated } from '../decimal.ts';
import { decodeSaying } from '../encoding.ts';
import { ReaderError } from '../reader-error.ts';
import {
  bookedDays,
  countryOf,
  likelyDaysOf,
  type Reader,
  type Reading,
  type Statement,
  type Transaction,
  withWarnings,
} from '../statement.ts';
import { refuseTooLarge, withoutBlanks } from '../text.ts';
import { dayOfMoment } from '../time-zone.ts';
import { documentsOf, isObject, type Json } from './json.ts';

/** An account as a vendor describes it. */
export type Known = {
  /** What rows name it by. */
  readonly id?: string | undefined;
  /** IBAN or national number; without it the id is its name. */
  readonly number?: string | undefined;
  readonly currencyName?: string | undefined;
};

export type VendorRow = {
  readonly accountId?: string | undefined;
  readonly currencyName?: string | undefined;
  /** An ISO date or moment (`momentText`); a moment becomes a day once the account is known. */
  readonly bookedOn: string | undefined;
  /** Signed: money that leaves is negative. */
  readonly amount: string | undefined;
  readonly status: 'DONE' | 'PENDING' | 'left out';
  readonly fields: Partial<Omit<Transaction, 'bookedOn' | 'currencyAmount' | 'status'>>;
};

/** Where in the documents a row is. */
export type Context = { readonly pending: boolean };

export type Vendor = {
  readonly name: string;
  readonly title: string;
  readonly detect: (text: string) => boolean;
  readonly isRow: (node: Json) => boolean;
  readonly rowOf: (node: Json, context: Context) => VendorRow;
  readonly accountOf: (node: Json) => Known | undefined;
  /** Ids of rows that were withdrawn, and whether the documents hold only what is new. */
  readonly changes?: (documents: readonly unknown[]) => {
    readonly removed: ReadonlySet<string>;
    readonly isDelta: boolean;
  };
};

type Found = { readonly node: Json; readonly context: Context; readonly account: Known | undefined };

export function readerOfVendor(vendor: Vendor): Reader {
  return {
    name: vendor.name,
    title: vendor.title,
    detect: ({ text }) =>
      /^[[{]/.test(text) && !/"type"\s{0,9}:\s{0,9}"owner-import"/.test(text) && vendor.detect(text),
    read: (bytes, options) =>
      withWarnings(options, (reading) => {
        refuseTooLarge(bytes);
        const { text, encoding } = decodeSaying(bytes, reading);
        return {
          format: vendor.name,
          encoding,
          source: 'AIS',
          statements: statementsOf(documentsOf(text), vendor, reading),
        };
      }),
  };
}

function statementsOf(documents: readonly unknown[], vendor: Vendor, reading: Reading): Statement[] {
  const accounts: Known[] = [];
  const found: Found[] = [];
  for (const document of documents)
    walk(document, { context: { pending: false }, account: undefined }, vendor, accounts, found);
  if (found.length === 0 && accounts.length === 0)
    throw new ReaderError(`${vendor.title} contains neither transactions nor accounts`, { line: 1 });
  const { removed, isDelta } = vendor.changes?.(documents) ?? { removed: new Set<string>(), isDelta: false };
  const rows = latest(found, vendor).filter(({ row }) => !removed.has(row.fields.transactionId ?? ''));
  const identity = identityOf(accounts, vendor, reading);
  const leftOut = { cancelled: 0, undated: 0 };
  const byAccount = new Map<string, Transaction[]>();
  for (const { row, account } of rows) {
    const transaction = transactionOf(row, vendor, leftOut);
    if (!transaction) continue;
    const key = JSON.stringify(identity(row, account));
    const ofAccount = byAccount.get(key);
    if (ofAccount) ofAccount.push(transaction);
    else byAccount.set(key, [transaction]);
  }
  report(leftOut, reading);
  return [...byAccount].map(([key, transactions]) => {
    const { number, currencyName } = JSON.parse(key) as { number: string; currencyName: string };
    const account = accountNamed(number, currencyName);
    const sorted = transactions
      .map((transaction) => inCalendarOf(countryOf(account), transaction))
      .sort((a, b) => (a.bookedOn < b.bookedOn ? -1 : a.bookedOn > b.bookedOn ? 1 : 0));
    return {
      account,
      currencyName,
      transactions: sorted,
      ...daysOf(sorted, isDelta, reading),
      place: {},
    };
  });
}

type Inherited = Pick<Found, 'context' | 'account'>;

/** A row keeps the account beside or above it, and whether it is in a list of pending ones. */
function walk(node: unknown, inherited: Inherited, vendor: Vendor, accounts: Known[], found: Found[]): void {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, inherited, vendor, accounts, found);
    return;
  }
  if (!isObject(node)) return;
  if (vendor.isRow(node)) {
    found.push({ node, ...inherited });
    return;
  }
  const own = vendor.accountOf(node);
  if (own) accounts.push(own);
  const beside = isObject(node['account']) ? vendor.accountOf(node['account']) : undefined;
  const account = beside ?? own ?? inherited.account;
  for (const [key, child] of Object.entries(node)) {
    walk(
      child,
      { account, context: { pending: inherited.context.pending || key === 'pending' } },
      vendor,
      accounts,
      found,
    );
  }
}

/**
 * A row that is in pages twice counts once: with the same content, or, where a vendor sends changes, with the same id. Some banks give
 * several rows one id, and rows without an id are all different.
 */
function latest(found: readonly Found[], vendor: Vendor): { row: VendorRow; account: Known | undefined }[] {
  const byId = new Map<string, { row: VendorRow; account: Known | undefined }>();
  for (const [index, { node, context, account }] of found.entries()) {
    const row = vendor.rowOf(node, context);
    const id = row.fields.transactionId;
    const key = id === undefined ? index : vendor.changes ? id : JSON.stringify([account?.id, context, node]);
    byId.set(String(key), { row, account });
  }
  return [...byId.values()];
}

function identityOf(accounts: readonly Known[], vendor: Vendor, reading: Reading) {
  const byId = new Map(accounts.flatMap((account) => (account.id === undefined ? [] : [[account.id, account]])));
  const numbers = new Set(accounts.map(({ number, id }) => number ?? id));
  const only = numbers.size === 1 ? accounts[0] : undefined;
  return (row: VendorRow, above: Known | undefined) => {
    const account = (row.accountId === undefined ? undefined : byId.get(row.accountId)) ?? above ?? only;
    const number = account?.number ?? reading.account ?? account?.id ?? row.accountId;
    if (number === undefined)
      throw new ReaderError(`${vendor.title} does not say the account: give it as account (--account)`);
    const currencyName = row.currencyName ?? account?.currencyName ?? reading.currency;
    if (currencyName === undefined)
      throw new ReaderError(`${vendor.title} does not say the currency: give it as currency (--currency)`);
    return { number, currencyName: currencyName.toUpperCase() };
  };
}

function transactionOf(
  row: VendorRow,
  { title }: Vendor,
  leftOut: { cancelled: number; undated: number },
): Transaction | undefined {
  if (row.status === 'left out') {
    leftOut.cancelled++;
    return undefined;
  }
  const name = row.fields.transactionId ?? '';
  if (row.bookedOn === undefined) {
    if (row.status === 'DONE') throw new ReaderError(`${title}: the transaction "${name}" has no day`);
    leftOut.undated++;
    return undefined;
  }
  if (row.amount === undefined || !/^-?\d{1,30}(?:\.\d{1,12})?$/.test(row.amount)) {
    throw new ReaderError(`${title}: the transaction "${name}" has no amount that is a decimal number`);
  }
  const { bookedOn, amount, status } = row;
  return withoutBlanks({ bookedOn, currencyAmount: amount, title: '', status, ...row.fields }) as Transaction;
}

function report({ cancelled, undated }: { cancelled: number; undated: number }, { warn }: Reading): void {
  if (cancelled > 0)
    warn(`${cancelled} transaction${cancelled === 1 ? '' : 's'} left out: rejected, cancelled or sent twice`);
  if (undated > 0) warn(`${undated} pending transaction${undated === 1 ? '' : 's'} without a day left out`);
}

/** An answer holds whole days, as it was asked for by days; what is only new since the last answer holds none. */
function daysOf(
  rows: readonly Transaction[],
  isDelta: boolean,
  reading: Reading,
): Pick<Statement, 'wholeDays' | 'likelyDays'> {
  if (!isDelta) return { likelyDays: likelyDaysOf(rows, reading) };
  reading.warn('contains only what changed since an earlier answer, so no day is complete; fetch the whole history');
  const from = bookedDays(rows)?.from ?? dayOfInstant(reading.now);
  return { wholeDays: { from, to: from - 1 } };
}

/** An ISO date or moment as it is printed; `undefined` when the text begins with no day. */
export function momentText(text: string | undefined): string | undefined {
  return text !== undefined && parseDay(text.slice(0, 10)) !== undefined ? text : undefined;
}

function inCalendarOf(country: string | undefined, transaction: Transaction): Transaction {
  const dayText = (text: string) => formatDay(dayOfMoment(text, country) ?? (parseDay(text.slice(0, 10)) as Day));
  const { bookedOn, transactionOn } = transaction;
  return {
    ...transaction,
    bookedOn: dayText(bookedOn),
    ...(transactionOn !== undefined && { transactionOn: dayText(transactionOn) }),
  };
}

/** An amount without a sign, signed by whether the money leaves. */
export function signed(amount: string | undefined, leaves: boolean): string | undefined {
  const bare = amount?.replace(/^[+-]/, '');
  return bare !== undefined && leaves && /^\d+(?:\.\d+)?$/.test(bare) ? negated(bare) : bare;
}
