/**
 * MT940 statements, as files (`.sta`, `.940`) of banks in Poland, Germany and the Netherlands.
 *
 * Our own reader: the one kept package (mt940js 1.3.5, tried) passes amounts through floats, has no lines in its
 * errors, and fails on files as mBank and ING frame them.
 */
import { type Day, formatDay } from '../domain/values/day.ts';
import type { Account, ReadOptions, StatementFile, Transaction } from './account.ts';
import { accountNamed, ibanIn } from './account-number.ts';
import { exact } from './decimal.ts';
import { readDetails } from './mt940-details.ts';
import { type Field, type FieldsOfStatement, fieldsOf } from './mt940-fields.ts';
import { type Balance, balance, type StatementLine, statementLine } from './mt940-line.ts';
import { ReaderError } from './reader-error.ts';
import { accountsOf, bookedDays, type Days, type Statement } from './statement-days.ts';
import { clean, decodeUnnamed, refuseTooLarge, withoutBlanks } from './text.ts';

/** The `accounts` of an import message. @throws {ReaderError} with the line */
export function read(source: string | Uint8Array, options: ReadOptions = {}): readonly Account[] {
  return readFile(source, options).accounts;
}

/** Accounts of a file; MT940 names neither an owner nor the time it was made. @throws {ReaderError} with the line */
export function readFile(source: string | Uint8Array, options: ReadOptions = {}): StatementFile {
  refuseTooLarge(source);
  const text = typeof source === 'string' ? source : decodeUnnamed(source, options.encoding);
  const seen = new Set<string>();
  const statements = fieldsOf(text).flatMap((fields) => {
    const content = JSON.stringify(fields.fields.map(({ tag, lines }) => [tag, lines]));
    if (seen.has(content)) {
      options.warn?.(`line ${fields.line}: the statement stands in the file twice and is read once`);
      return [];
    }
    seen.add(content);
    return readStatement(fields, options);
  });
  return { accounts: accountsOf(statements), source: 'PDF' };
}

function readStatement({ line, fields }: FieldsOfStatement, options: ReadOptions): Statement {
  const interim = fields.find(({ tag }) => tag === '34F' || tag.startsWith('90'));
  if (interim) {
    const reason =
      'is an interim report (MT942): it holds a part of a day, an import tells whole days; import the MT940';
    throw new ReaderError(reason, { line: interim.line });
  }
  const number = one(fields, /^25P?$/, line, 'no account (:25:)');
  const opening = one(fields, /^60[FM]$/, line, 'no opening balance (:60F:), which names its currency');
  const closing = one(fields, /^62[FM]$/, line, 'no closing balance (:62F:), so it is cut off');
  const before = balance(opening);
  const after = balance(closing);
  if (after.currencyName !== before.currencyName) {
    throw new ReaderError(`:62: is in ${after.currencyName}, the statement in ${before.currencyName}`, {
      line: closing.line,
    });
  }
  const entries = entriesOf(fields);
  const days = bookingDays(entries, before.on, after.on);
  const transactions = entries.map((entry) => transactionOf(entry, days));
  warnOfSum(entries, before, after, line, options);
  return {
    name: nameOf(number, before.currencyName),
    currencyName: before.currencyName,
    covers: daysOf(
      transactions,
      opening.tag === '60F' ? before.on : undefined,
      closing.tag === '62F' ? after.on : undefined,
    ),
    transactions,
    place: { line },
  };
}

function one(fields: readonly Field[], tag: RegExp, line: number, missing: string): Field {
  const found = fields.find((field) => tag.test(field.tag));
  if (!found) throw new ReaderError(`the statement has ${missing}`, { line });
  return found;
}

/** ING writes the currency behind the IBAN, others a slash before it. */
function nameOf(field: Field, currency: string): Statement['name'] {
  const text = clean(field.lines[0]).replace(/^\//, '');
  if (text === '') throw new ReaderError(':25: names no account', { line: field.line });
  const bare = text.endsWith(currency) ? text.slice(0, -currency.length).trim() : text;
  return ibanIn(bare) === undefined ? accountNamed(text) : accountNamed(bare);
}

type Entry = StatementLine & { readonly details: string[] };

/** Each :61: with the :86: behind it; an :86: behind the closing balance speaks of the statement and is left out. */
function entriesOf(fields: readonly Field[]): Entry[] {
  const entries: Entry[] = [];
  let open: Entry | undefined;
  for (const field of fields) {
    if (field.tag === '61') {
      open = { ...statementLine(field), details: [] };
      entries.push(open);
    } else if (field.tag === '86') open?.details.push(...field.lines);
    else if (field.tag !== 'NS') open = undefined;
  }
  return entries;
}

function transactionOf(entry: Entry, days: Days | undefined): Transaction {
  const details = readDetails(entry.details);
  return withoutBlanks({
    bookedOn: formatDay(entry.entryOn ?? within(days, entry.valueOn)),
    transactionOn: formatDay(entry.valueOn),
    currencyAmount: entry.amount,
    title: details.title || (details.party ? '' : clean(entry.supplement)),
    party: details.party,
    partyIban: details.partyIban,
    kind: details.kind || clean(entry.supplement),
    status: 'DONE' as const,
    bankTransactionCode: entry.type,
    transactionId: entry.bankReference,
  }) as Transaction;
}

/**
 * The days on which rows without an entry date can have been booked: from the day after the opening balance, or its own
 * day when a row shows that the bank books on it, to that of the closing balance.
 */
function bookingDays(entries: readonly Entry[], opened: Day, closed: Day): Days | undefined {
  if (opened > closed) return undefined;
  const onOpeningDay = entries.some(({ entryOn, valueOn }) => (entryOn ?? valueOn) === opened);
  return { from: onOpeningDay ? opened : Math.min(opened + 1, closed), to: closed };
}

/** The day nearest to a value date among the days of the statement. */
function within(days: Days | undefined, valueOn: Day): Day {
  return days ? Math.min(Math.max(valueOn, days.from), days.to) : valueOn;
}

/**
 * The opening balance is that of the end of its day, so the day after is the first one told, unless a row shows that
 * the bank dates its opening balance otherwise. Balances between the parts of a statement (:60M:, :62M:) claim no days.
 */
function daysOf(rows: readonly Transaction[], opened: Day | undefined, closed: Day | undefined): Days | undefined {
  const booked = bookedDays(rows);
  const inOrder = opened === undefined || closed === undefined || opened <= closed;
  const from = inOrder && opened !== undefined ? Math.min(opened + 1, booked?.from ?? opened + 1) : booked?.from;
  const to = inOrder && closed !== undefined ? Math.max(closed, booked?.to ?? closed) : booked?.to;
  return from === undefined || to === undefined || from > to ? undefined : { from, to };
}

function warnOfSum(
  entries: readonly Entry[],
  before: Balance,
  after: Balance,
  line: number,
  options: ReadOptions,
): void {
  const sum = entries.reduce((total, { amount }) => total + exact(amount), exact(before.amount));
  if (sum === exact(after.amount)) return;
  options.warn?.(`line ${line}: the rows do not lead from the opening to the closing balance; rows may be missing`);
}
