/**
 * MT940 statements and MT942 interim reports, as files (`.sta`, `.940`) of banks.
 *
 * Our own reader: the one kept package (mt940js 1.3.5, tried) passes amounts through floats, has no lines in its
 * errors, and fails on files as mBank and ING frame them.
 */
import { type Day, formatDay } from '../domain/values/day.ts';
import { accountNamed, ibanIn, partyAccountIn } from './account-number.ts';
import { decodeSaying } from './encoding.ts';
import { readDetails } from './mt940-details.ts';
import { type Field, type FieldsOfStatement, fieldsOf } from './mt940-fields.ts';
import { balance, dateOf, type PrintedBalance, type StatementLine, statementLine } from './mt940-line.ts';
import { ReaderError } from './reader-error.ts';
import {
  bookedDays,
  type Days,
  type Reader,
  type Reading,
  type Statement,
  type Transaction,
  withWarnings,
} from './statement.ts';
import { clean, refuseTooLarge, refuseTooMany, withoutBlanks } from './text.ts';

export const mt940: Reader = {
  name: 'mt940',
  title: 'MT940/MT942',
  // SWIFT's first block `{1:` begins like JSON.
  detect: ({ text }) => /^\{1:/.test(text) || /(?:^|[\r\n])[ \t]{0,8}:(?:20:|25P?:|60[FM]:[CD]\d{6})/.test(text),
  read: (bytes, options) => withWarnings(options, (reading) => readFile(bytes, reading)),
};

/** MT940 names neither an owner nor the time it was made. */
function readFile(source: Uint8Array, options: Reading) {
  refuseTooLarge(source);
  const { text, encoding } = decodeSaying(source, options);
  const statements = fieldsOf(text).map((fields) => readStatement(fields, options));
  return { format: mt940.name, encoding, statements, source: 'PDF' as const };
}

function readStatement(statement: FieldsOfStatement, options: Reading): Statement {
  const { line, fields } = statement;
  const floor = fields.find(({ tag }) => tag === '34F');
  const opening = fields.find(({ tag }) => tag.startsWith('60'));
  const closing = fields.find(({ tag }) => tag.startsWith('62'));
  const isInterim = fields.some(({ tag }) => /^(?:34F|90|13)/.test(tag)) && !(opening && closing);
  if (!isInterim && !opening) throw missing(line, 'no opening balance (:60F:), which names its currency');
  if (!isInterim && !closing) throw missing(line, 'no closing balance (:62F:), so it is cut off');
  const before = opening && balance(opening);
  const after = closing && balance(closing);
  const currencyName =
    before?.currencyName ?? after?.currencyName ?? /^[A-Z]{3}/.exec(floor?.lines[0] ?? '')?.[0] ?? options.currency;
  if (currencyName === undefined) throw missing(line, 'no currency (:60F:, :34F:); give one by --currency');
  if (after && after.currencyName !== currencyName) {
    throw new ReaderError(`:62: is in ${after.currencyName}, the statement in ${currencyName}`, {
      line: closing?.line,
    });
  }
  const entries = entriesOf(fields);
  const days = bookingDays(entries, before?.on, after?.on);
  const transactions = entries.map((entry) => transactionOf(entry, days));
  const [first, last] = [bookedDays(transactions)?.from, bookedDays(transactions)?.to];
  const balances = {
    ...(before && { opening: { on: before.on ?? first ?? after?.on ?? 0, amount: before.amount } }),
    ...(after && { closing: { on: after.on ?? last ?? before?.on ?? 0, amount: after.amount } }),
  };
  return {
    account: accountOf(fields, line, currencyName, options),
    currencyName,
    transactions,
    ...balances,
    ...(isInterim && { wholeDays: interimDays(fields, transactions, before, options) }),
    page: isInterim ? undefined : pageOf(fields, opening?.tag, closing?.tag),
    place: { line },
  };
}

function missing(line: number, what: string): ReaderError {
  return new ReaderError(`the statement has ${what}`, { line });
}

/** ING writes the currency behind the IBAN, others a slash before it. */
function accountOf(fields: readonly Field[], line: number, currency: string, options: Reading): Statement['account'] {
  const field = fields.find(({ tag }) => tag.startsWith('25'));
  const text = field ? clean(field.lines[0]).replace(/^\//, '') : '';
  const number = text || options.account;
  if (number !== undefined) return accountNamed(number, currency);
  if (field) throw new ReaderError(':25: names no account; give one by --account', { line: field.line });
  throw missing(line, 'no account (:25:); give one by --account');
}

type Entry = StatementLine & { readonly details: string[][]; readonly notes: string[] };

/** Each :61: with the :86: and :NS: behind it; an :86: behind the closing balance is about the statement: left out. */
function entriesOf(fields: readonly Field[]): Entry[] {
  const entries: Entry[] = [];
  let open: Entry | undefined;
  for (const field of fields) {
    if (field.tag === '61') {
      open = { ...statementLine(field), details: [], notes: [] };
      refuseTooMany(entries.push(open));
    } else if (field.tag === '86') open?.details.push(field.lines);
    else if (field.tag === 'NS') open?.notes.push(...field.lines);
    else open = undefined;
  }
  return entries;
}

function transactionOf(entry: Entry, days: Days | undefined): Transaction {
  const details = readDetails(entry.details, entry.notes);
  const supplement = supplementOf(entry.supplement);
  const valueOn = entry.valueOn ?? days?.to ?? 0;
  return withoutBlanks({
    bookedOn: formatDay(entry.entryOn ?? within(days, valueOn)),
    transactionOn: formatDay(valueOn),
    currencyAmount: entry.amount,
    title: details.title || (details.party ? '' : supplement.text || textIn(entry.reference)),
    party: details.party,
    partyIban: details.partyIban ?? supplement.account,
    kind: details.kind || supplement.text,
    status: entry.isExpected ? ('PENDING' as const) : ('DONE' as const),
    bankTransactionCode: entry.type,
    transactionId: entry.bankReference,
  }) as Transaction;
}

/** The second line of :61: holds text, the other party's account, or the amount and charges in another currency. */
function supplementOf(text: string): { readonly text: string; readonly account?: string | undefined } {
  const printed = clean(text);
  const account = printed.startsWith('/') ? partyAccountIn(printed.slice(1)) : ibanIn(printed);
  if (account !== undefined) return { text: '', account };
  return { text: clean(printed.replace(/\/(?:OCMT|CHGS|EXCH)\/[A-Z]{0,3}[\d,.]{1,20}\/?/g, ' ')) };
}

/** Some banks have no other place for text than the reference; most put a number there. */
function textIn(reference: string): string {
  return /\p{L}{3}/u.test(reference) ? clean(reference) : '';
}

/**
 * The days on which rows without an entry date can have been booked: from the day after the opening balance, or its own
 * day when a row shows that the bank books on it, to that of the closing balance.
 */
function bookingDays(entries: readonly Entry[], opened: Day | undefined, closed: Day | undefined): Days | undefined {
  if (opened === undefined || closed === undefined) {
    const day = opened ?? closed;
    return day === undefined ? undefined : { from: Number.NEGATIVE_INFINITY, to: closed ?? Number.POSITIVE_INFINITY };
  }
  if (opened > closed) return undefined;
  const onOpeningDay = entries.some(({ entryOn, valueOn }) => (entryOn ?? valueOn) === opened);
  return { from: onOpeningDay ? opened : Math.min(opened + 1, closed), to: closed };
}

/** The day nearest to a value date among the days of the statement. */
function within(days: Days | undefined, valueOn: Day): Day {
  return days ? Math.min(Math.max(valueOn, days.from), days.to) : valueOn;
}

/** `:28C:6/2` is the second page of statement 6; a page begins or ends with a balance between pages (`:60M:`, `:62M:`). */
function pageOf(fields: readonly Field[], opening = '', closing = ''): Statement['page'] {
  if (!opening.endsWith('M') && !closing.endsWith('M')) return undefined;
  const [statement = '', number] = clean(fields.find(({ tag }) => tag.startsWith('28'))?.lines[0]).split('/');
  const printed = /^\d{1,9}$/.test(number ?? '') ? Number(number) : 1;
  return {
    statement,
    number: opening.endsWith('M') ? Math.max(printed, 2) : 1,
    isLast: !closing.endsWith('M'),
  };
}

/**
 * An interim report holds what came since the one before, so the days between its first row and the day on which it was
 * made (`:13D:`) are whole. One that leaves out small amounts (`:34F:` above zero) holds no day whole.
 */
function interimDays(
  fields: readonly Field[],
  transactions: readonly Transaction[],
  before: PrintedBalance | undefined,
  options: Reading,
): Days {
  const none = { from: 1, to: 0 };
  const floor = fields.find(({ tag, lines }) => tag === '34F' && /[1-9]/.test(lines[0] ?? ''));
  if (floor) {
    options.warn(`line ${floor.line}: the report leaves out small amounts (:34F:), so none of its days is complete`);
    return none;
  }
  const booked = bookedDays(transactions);
  if (!booked) return none;
  const made = fields.find(({ tag }) => tag.startsWith('13'));
  const madeOn = made && dateOf((made.lines[0] ?? '').slice(0, 6), made);
  const opens = before?.on !== undefined && before.on < booked.from;
  return {
    from: opens ? (before.on as Day) + 1 : booked.from + 1,
    to: madeOn !== undefined && madeOn > booked.to ? madeOn - 1 : booked.to - 1,
  };
}
