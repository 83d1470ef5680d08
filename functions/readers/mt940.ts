/**
 * MT940 statements, as files (`.sta`, `.940`) of banks in Poland, Germany and the Netherlands.
 *
 * Our own reader: the one kept package (mt940js 1.3.5, tried) passes amounts through floats, has no lines in its
 * errors, and fails on files as mBank and ING frame them.
 */
import { type Day, formatDay } from '../domain/values/day.ts';
import { accountNamed, ibanIn } from './account-number.ts';
import { decodeSaying } from './encoding.ts';
import { readDetails } from './mt940-details.ts';
import { type Field, type FieldsOfStatement, fieldsOf } from './mt940-fields.ts';
import { balance, type StatementLine, statementLine } from './mt940-line.ts';
import { ReaderError } from './reader-error.ts';
import { type Days, type Reader, type Reading, type Statement, type Transaction, withWarnings } from './statement.ts';
import { clean, refuseTooLarge, withoutBlanks } from './text.ts';

export const mt940: Reader = {
  name: 'mt940',
  title: 'MT940',
  // SWIFT's first block `{1:` begins like JSON.
  detect: ({ text }) => /^\{1:/.test(text) || /(?:^|[\r\n])[ \t]{0,20}:20:/.test(text),
  read: (bytes, options) => withWarnings(options, (reading) => readFile(bytes, reading)),
};

/** MT940 names neither an owner nor the time it was made. */
function readFile(source: Uint8Array, options: Reading) {
  refuseTooLarge(source);
  const { text, encoding } = decodeSaying(source, options);
  const statements = fieldsOf(text).map((fields) => readStatement(fields));
  return { format: mt940.name, encoding, statements, source: 'PDF' as const };
}

function readStatement({ line, fields }: FieldsOfStatement): Statement {
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
  return {
    account: nameOf(number, before.currencyName),
    currencyName: before.currencyName,
    opening: { on: before.on, amount: before.amount },
    closing: { on: after.on, amount: after.amount },
    page: pageOf(fields, opening.tag, closing.tag),
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
function nameOf(field: Field, currency: string): Statement['account'] {
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

/** `:28C:6/2` is the second page of statement 6; a page begins or ends with a balance between pages (`:60M:`, `:62M:`). */
function pageOf(fields: readonly Field[], opening: string, closing: string): Statement['page'] {
  if (opening === '60F' && closing === '62F') return undefined;
  const [statement = '', number] = clean(fields.find(({ tag }) => tag.startsWith('28'))?.lines[0]).split('/');
  const printed = /^\d{1,9}$/.test(number ?? '') ? Number(number) : 1;
  return { statement, number: opening === '60F' ? 1 : Math.max(printed, 2), isLast: closing === '62F' };
}
