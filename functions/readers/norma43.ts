/** Norma 43 (Cuaderno 43), the statements of accounts of Spanish banks (AEB and CECA, 2012). */
import { dayOfInstant, formatDay } from '../domain/values/day.ts';
import { accountNamed } from './account-number.ts';
import { decodeSaying } from './encoding.ts';
import { ReaderError } from './reader-error.ts';
import { anyDayOfDigits, currencyOfNumber, dayOfDigits, decimalOfDigits, type Fixed, recordsOf } from './records.ts';
import { type Reader, type Reading, type Statement, type Transaction, withWarnings } from './statement.ts';
import { clean, refuseTooLarge, refuseTooMany, withoutBlanks } from './text.ts';

export const norma43: Reader = {
  name: 'norma43',
  title: 'Norma 43',
  detect: ({ text }) => /^11\d{30}[12]\d{14}\d{3}/.test(text),
  read: (bytes, options) => withWarnings(options, (reading) => readFile(bytes, reading)),
};

const WIDTH = 80;
const DECIMALS = 2;

type Row = { readonly record: Fixed; readonly texts: string[] };
type Open = { readonly first: Fixed; readonly rows: Row[] };

function readFile(bytes: Uint8Array, reading: Reading) {
  refuseTooLarge(bytes);
  const { text, encoding } = decodeSaying(bytes, reading);
  const statements: Statement[] = [];
  let open: Open | undefined;
  for (const record of recordsOf(text, WIDTH)) {
    const code = record.at(1, 2);
    if (code === '88') break;
    if (code === '11') {
      if (open) throw new ReaderError('an account begins before the one above has its end (33)', record);
      open = { first: record, rows: [] };
    } else if (!open) throw new ReaderError(`"${clean(code)}" comes before the account (11)`, record);
    else if (code === '22') refuseTooMany(open.rows.push({ record, texts: [] }));
    else if (code === '23') open.rows.at(-1)?.texts.push(record.at(5, 42), record.at(43, 80));
    else if (code === '33') {
      statements.push(statementOf(open, record, reading));
      open = undefined;
    } else if (code !== '24') throw new ReaderError(`"${clean(code)}" is not a record of Norma 43`, record);
  }
  if (open) throw new ReaderError('the account has no end (33), so it is cut off', open.first);
  if (statements.length === 0) throw new ReaderError('contains no account', { line: 1 });
  return { format: norma43.name, encoding, source: 'PDF' as const, statements };
}

function statementOf({ first, rows }: Open, last: Fixed, reading: Reading): Statement {
  const [from, to] = [first.at(21, 26), first.at(27, 32)].map((text) => dayOfDigits(text, 'YMD', first.line));
  if (from === undefined || to === undefined || from > to)
    throw new ReaderError('the period ends before it begins', first);
  warnOfCounts(rows, last, reading);
  const currencyName = currencyOf(first);
  const booked = rows.map(transactionOf);
  const fits = booked.every(({ bookedOn }) => bookedOn >= formatDay(from) && bookedOn <= formatDay(to));
  return {
    account: accountNamed(cccOf(first), currencyName),
    currencyName,
    transactions: booked,
    // The day on which the file is read goes on.
    ...(fits && { wholeDays: { from, to: Math.min(to, dayOfInstant(reading.now) - 1) } }),
    opening: { on: from - 1, amount: amountOf(first, 33, 34) },
    closing: { on: to, amount: amountOf(last, 59, 60) },
    place: { line: first.line },
  };
}

function currencyOf(first: Fixed): string {
  const number = first.at(48, 50);
  const currencyName = currencyOfNumber(number);
  if (currencyName === undefined) throw new ReaderError(`"${clean(number)}" is not a known currency`, first);
  return currencyName;
}

/** Bank, branch and account with the two check digits that the file leaves out (CCC). */
function cccOf(record: Fixed): string {
  const [bank, account] = [record.at(3, 10), record.at(11, 20)];
  if (!/^\d{8}$/.test(bank) || !/^\d{10}$/.test(account)) return `${bank}${account}`;
  return `${bank}${checkDigit(`00${bank}`)}${checkDigit(account)}${account}`;
}

function checkDigit(digits: string): string {
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (2 ** index % 11), 0);
  const rest = 11 - (sum % 11);
  return String(rest === 11 ? 0 : rest === 10 ? 1 : rest);
}

/** A sign (1: debit, 2: credit) and fourteen digits. */
function amountOf(record: Fixed, sign: number, from: number): string {
  const digits = record.at(from, from + 13);
  const side = record.at(sign, sign);
  if (!/^\d{1,14}$/.test(digits) || !/^[12]$/.test(side))
    throw new ReaderError(`"${clean(side + digits)}" is not an amount`, record);
  return decimalOfDigits(digits, DECIMALS, side === '1');
}

/** The end of an account counts its rows: one that is missing is said. */
function warnOfCounts(rows: readonly Row[], last: Fixed, { warn }: Reading): void {
  const debits = rows.filter(({ record }) => record.at(28, 28) === '1').length;
  const [printedDebits, printedCredits] = [Number(last.at(21, 25)), Number(last.at(40, 44))];
  if (printedDebits === debits && printedCredits === rows.length - debits) return;
  warn(
    `line ${last.line}: counts ${printedDebits + printedCredits} rows, but there are ${rows.length}; rows may be missing`,
  );
}

function transactionOf({ record, texts }: Row): Transaction {
  const booked = dayOfDigits(record.at(11, 16), 'YMD', record.line);
  const value = anyDayOfDigits(record.at(17, 22), 'YMD', record.line);
  const references = [record.at(53, 64), record.at(65, 80)].filter((text) => !/^0*$/.test(text));
  return withoutBlanks({
    bookedOn: formatDay(booked),
    transactionOn: value === undefined ? undefined : formatDay(value),
    currencyAmount: amountOf(record, 28, 29),
    title: clean(texts.join(' ')) || clean(references.join(' ')),
    kind: record.at(23, 24),
    status: 'DONE',
  }) as Transaction;
}
