/** CODA, the statements of accounts of Belgian banks (Febelfin, "Coded statement of account", version 2). */
import { formatDay } from '../domain/values/day.ts';
import { accountNamed, ibanIn } from './account-number.ts';
import { decodeSaying } from './encoding.ts';
import { ReaderError } from './reader-error.ts';
import { anyDayOfDigits, dayOfDigits, decimalOfDigits, type Fixed, recordsOf } from './records.ts';
import {
  type AccountName,
  type Balance,
  type Reader,
  type Reading,
  type Statement,
  type Transaction,
  withWarnings,
} from './statement.ts';
import { clean, refuseTooLarge, refuseTooMany, withoutBlanks } from './text.ts';

export const coda: Reader = {
  name: 'coda',
  title: 'CODA',
  detect: ({ text }) => /^0{5}\d{6}\d{3}05/.test(text),
  read: (bytes, options) => withWarnings(options, (reading) => readFile(bytes, reading)),
};

const WIDTH = 128;
const DECIMALS = 3;

/** A movement with its continuations and the bank's information on it. */
type Row = { readonly record: Fixed; readonly more: Fixed[] };
type Open = { readonly first: Fixed; readonly rows: Row[]; isDetail: boolean };

function readFile(bytes: Uint8Array, reading: Reading) {
  refuseTooLarge(bytes);
  const { text, encoding } = decodeSaying(bytes, reading);
  const statements: Statement[] = [];
  let open: Open | undefined;
  for (const record of recordsOf(text, WIDTH)) {
    const code = record.at(1, 1);
    if (code === '1') {
      if (open) throw new ReaderError('a statement begins before the one above has its new balance (8)', record);
      open = { first: record, rows: [], isDetail: false };
    } else if (code === '2' || code === '3' || code === '8') {
      if (!open) throw new ReaderError(`"${code}" comes before the old balance (1) of its account`, record);
      if (code === '8') {
        statements.push(statementOf(open, record));
        open = undefined;
      } else take(record, open);
    } else if (!/^[049]$/.test(code))
      throw new ReaderError(`"${clean(code)}" is not a record of CODA (0 to 4, 8, 9)`, record);
  }
  if (open) throw new ReaderError('the statement has no new balance (8), so it is cut off', open.first);
  if (statements.length === 0) throw new ReaderError('contains no statement', { line: 1 });
  return { format: coda.name, encoding, source: 'PDF' as const, statements };
}

/** What a total is made of follows it under the same number: the money is in the total. */
function take(record: Fixed, open: Open): void {
  if (record.at(1, 2) === '21') {
    open.isDetail = !/^0*$/.test(record.at(7, 10));
    if (!open.isDetail) refuseTooMany(open.rows.push({ record, more: [] }));
  } else if (!open.isDetail) open.rows.at(-1)?.more.push(record);
}

function statementOf({ first, rows }: Open, last: Fixed): Statement {
  const { account, currencyName } = accountOf(first);
  return {
    account,
    currencyName,
    transactions: rows.map(transactionOf),
    opening: balanceOf(first, 43, 44, 59),
    closing: balanceOf(last, 42, 43, 58),
    place: { line: first.line },
  };
}

/** A Belgian number, an IBAN or a foreign number, by the structure in the second column. */
function accountOf(first: Fixed): { account: AccountName; currencyName: string } {
  const isNational = first.at(2, 2) === '0';
  const currencyName = isNational ? first.at(19, 21) : first.at(40, 42);
  if (!/^[A-Z]{3}$/.test(currencyName)) throw new ReaderError(`"${clean(currencyName)}" is not a currency code`, first);
  const number = isNational ? first.at(6, 17) : first.at(2, 2) === '2' ? first.at(6, 36) : first.at(6, 39);
  const belgian = /^(\d{3})(\d{7})(\d{2})$/.exec(number)?.slice(1).join('-');
  return { account: accountNamed(belgian ?? number, currencyName), currencyName };
}

function balanceOf(record: Fixed, sign: number, amount: number, date: number): Balance {
  return {
    on: dayOfDigits(record.at(date, date + 5), 'DMY', record.line),
    amount: amountOf(record, sign, amount),
  };
}

/** A sign (0: credit, 1: debit) and fifteen digits. */
function amountOf(record: Fixed, sign: number, from: number): string {
  const [side, digits] = [record.at(sign, sign), record.at(from, from + 14)];
  if (!/^[01]$/.test(side) || !/^\d{15}$/.test(digits))
    throw new ReaderError(`"${clean(side + digits)}" is not an amount`, record);
  return decimalOfDigits(digits, DECIMALS, side === '1').replace(/(\.\d\d)0$/, '$1');
}

function transactionOf({ record, more }: Row): Transaction {
  const booked = dayOfDigits(record.at(116, 121), 'DMY', record.line);
  const value = anyDayOfDigits(record.at(48, 53), 'DMY', record.line);
  const party = more.find((one) => one.at(1, 2) === '23');
  return withoutBlanks({
    bookedOn: formatDay(booked),
    transactionOn: value === undefined ? undefined : formatDay(value),
    currencyAmount: amountOf(record, 32, 33),
    title: titleOf(record, more),
    party: clean(party?.at(48, 82)),
    partyIban: party && ibanIn(party.at(11, 44).split(' ')[0]),
    kind: record.at(54, 61),
    status: 'DONE',
    transactionId: record.at(11, 31),
  }) as Transaction;
}

/** The communication of the movement (21 to 23), then the bank's information on it (31 to 33). */
function titleOf(record: Fixed, more: readonly Fixed[]): string {
  const parts = (codes: readonly string[], columns: Readonly<Record<string, readonly [number, number]>>) =>
    more.filter((one) => codes.includes(one.at(1, 2))).map((one) => one.wide(...columns[one.at(1, 2)]!));
  const own = record.wide(63, 115) + parts(['22', '23'], { 22: [11, 63], 23: [83, 125] }).join('');
  const told = parts(['31', '32', '33'], { 31: [41, 113], 32: [11, 115], 33: [11, 100] }).join('');
  return clean(`${record.at(62, 62) === '1' ? structured(own) : own} ${told}`);
}

/** Of a communication in a fixed form, what a person would read: by its type, places of the texts in it. */
const TEXTS: Readonly<Record<string, readonly [from: number, to: number]>> = {
  // A card at a terminal: name and place.
  113: [40, 66],
  // A direct debit: what its creditor wrote.
  127: [79, 141],
};

function structured(text: string): string {
  const [type, rest] = [text.slice(0, 3), text.slice(3)];
  const reference = /^(\d{3})(\d{4})(\d{5})/.exec(rest);
  if ((type === '101' || type === '102') && reference) return `+++${reference.slice(1).join('/')}+++`;
  const place = TEXTS[type];
  return (place && rest.slice(...place).trim()) || rest;
}
