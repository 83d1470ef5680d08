/** GPC, the statements of accounts of Czech and Slovak banks in the records of ABO ("Automatizace bankovních operací"). */
import { type Day, formatDay } from '../domain/values/day.ts';
import { accountNamed } from './account-number.ts';
import { digitsOf, fromInternal, ibanAt, shortNumber } from './czech-numbers.ts';
import { exact } from './decimal.ts';
import { decodeSaying } from './encoding.ts';
import { ReaderError } from './reader-error.ts';
import { anyDayOfDigits, currencyOfNumber, dayOfDigits, decimalOfDigits, type Fixed, recordsOf } from './records.ts';
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

export const gpc: Reader = {
  name: 'gpc',
  title: 'GPC (ABO)',
  detect: ({ text }) => /^074\d{16}.{20}\d{20}[-+0 ]\d{14}[-+0 ]/.test(text),
  read: (bytes, options) => withWarnings(options, (reading) => readFile(bytes, reading)),
};

const WIDTH = 128;
const DECIMALS = 2;

type Row = { readonly record: Fixed; readonly notes: Fixed[] };
type Open = { readonly first: Fixed; readonly rows: Row[] };

function readFile(bytes: Uint8Array, reading: Reading) {
  refuseTooLarge(bytes);
  const { text, encoding } = decodeSaying(bytes, reading);
  const open: Open[] = [];
  let count = 0;
  for (const record of recordsOf(text, WIDTH)) {
    const code = record.at(1, 3);
    const last = open.at(-1);
    if (code === '074') open.push({ first: record, rows: [] });
    else if (!last) throw new ReaderError(`"${clean(code)}" comes before the account (074)`, record);
    else if (code === '075') {
      refuseTooMany(++count);
      last.rows.push({ record, notes: [] });
    } else if (/^07\d$/.test(code)) last.rows.at(-1)?.notes.push(record);
    else throw new ReaderError(`"${clean(code)}" is not a record of GPC (074, 075, 076, 078, 079)`, record);
  }
  if (open.length === 0) throw new ReaderError('contains no account', { line: 1 });
  const nameOf = namesIn(open, reading);
  const currencyOf = currenciesIn(open, reading);
  const statements = open.map((one) => {
    const account = nameOf(one);
    return statementOf(one, account, currencyOf(one, account));
  });
  return { format: gpc.name, encoding, source: 'PDF' as const, statements };
}

/**
 * The format prints numbers without their bank: `account` completes the one that it is the IBAN of.
 *
 * @throws {ReaderError} when it is that of none
 */
function namesIn(open: readonly Open[], { account, currency, warn }: Reading): (one: Open) => AccountName {
  const given = account === undefined ? undefined : accountNamed(account, currency ?? 'CZK');
  const iban = given && 'iban' in given && /^(?:CZ|SK)/.test(given.iban) ? given.iban : undefined;
  if (given && iban === undefined)
    throw new ReaderError('account must be an IBAN of Czechia or Slovakia, or NUMBER/BANK, for GPC');
  const isGiven = ({ first }: Open) => {
    const printed = first.at(4, 19).padStart(16, '0');
    return iban !== undefined && [printed, fromInternal(printed)].includes(iban.slice(-16));
  };
  const others = new Set(
    open.filter((one) => !isGiven(one)).map(({ first }) => shortNumber(digitsOf(first.at(4, 19)))),
  );
  if (iban !== undefined && !open.some(isGiven))
    throw new ReaderError(`is of the account ${[...others].join(', ')}, and not of the one that account names`, {
      line: open[0]?.first.line,
    });
  if (others.size > 0)
    warn(
      `GPC prints no bank: ${[...others].join(', ')} is taken as the number of the account; give its IBAN as account (--account)`,
    );
  return (one) =>
    iban !== undefined && isGiven(one) ? { iban } : { accountId: shortNumber(digitsOf(one.first.at(4, 19))) };
}

/** Only rows have the currency: a statement without rows gets that of the others in its file. */
function currenciesIn(open: readonly Open[], { currency }: Reading): (one: Open, account: AccountName) => string {
  const inRows = (some: readonly Open[]) =>
    mostFrequent(some.flatMap(({ rows }) => rows.flatMap(({ record }) => currencyOfNumber(record.at(119, 122)) ?? [])));
  const all = inRows(open);
  return (one, account) => {
    const ofCountry = 'iban' in account ? (account.iban.startsWith('CZ') ? 'CZK' : 'EUR') : undefined;
    const name = currency ?? inRows([one]) ?? all ?? ofCountry;
    if (name !== undefined) return name;
    throw new ReaderError('GPC does not say the currency: give it as currency (--currency)', one.first);
  };
}

function mostFrequent(names: readonly string[]): string | undefined {
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, same]) => ({ name, times: same.length }));
  return counts.sort((a, b) => b.times - a.times)[0]?.name;
}

function statementOf({ first, rows }: Open, account: AccountName, currencyName: string): Statement {
  const closing = balanceOf(first, 109, 61);
  const opening = balanceOf(first, 40, 46);
  const read = (reversals: Reversals) => rows.map((row) => transactionOf(row, closing.on, reversals, currencyName));
  const leads = (transactions: readonly Transaction[]) =>
    transactions.reduce((sum, row) => sum + exact(String(row.currencyAmount)), exact(opening.amount)) ===
    exact(closing.amount);
  const usual = read(USUAL);
  const other = leads(usual) ? usual : read(OTHER);
  return {
    account,
    currencyName,
    transactions: leads(other) ? other : usual,
    // Some banks date it by the last statement, others by the first day of this one.
    opening: { ...opening, opensDay: true },
    closing,
    place: { line: first.line },
  };
}

function balanceOf(record: Fixed, date: number, amount: number): Balance {
  const digits = record.at(amount, amount + 13);
  if (!/^\d{1,14}$/.test(digits)) throw new ReaderError(`"${clean(digits)}" is not an amount`, record);
  return {
    on: dayOfDigits(record.at(date, date + 5), 'DMY', record.line),
    amount: decimalOfDigits(digits, DECIMALS, record.at(amount + 14, amount + 14) === '-'),
  };
}

/** Whether money leaves, by the code of the posting. Banks number reversals in two ways; the balances show which. */
type Reversals = Readonly<Record<string, boolean>>;
const USUAL: Reversals = { 1: true, 2: false, 3: false, 4: false, 5: true };
const OTHER: Reversals = { ...USUAL, 4: true };

function transactionOf(row: Row, closedOn: Day, reversals: Reversals, currencyName: string): Transaction {
  const { record } = row;
  const value = anyDayOfDigits(record.at(92, 97), 'DMY', record.line);
  const booked = anyDayOfDigits(record.at(123, 128), 'DMY', record.line) ?? value ?? closedOn;
  const digits = record.at(49, 60);
  const code = record.at(61, 61);
  const leaves = reversals[code];
  if (!/^\d{1,12}$/.test(digits)) throw new ReaderError(`"${clean(digits)}" is not an amount`, record);
  if (leaves === undefined) throw new ReaderError(`"${clean(code)}" is not a code of a posting (1 to 5)`, record);
  return withoutBlanks({
    bookedOn: formatDay(booked),
    transactionOn: value === undefined ? undefined : formatDay(value),
    currencyAmount: decimalOfDigits(digits, DECIMALS, leaves),
    title: titleOf(row),
    party: clean(record.at(98, 117)),
    partyIban: ibanAt(digitsOf(record.at(20, 35)), record.at(74, 77), currencyName),
    kind: symbolOf(record.at(78, 81)),
    status: 'DONE',
    transactionId: symbolOf(record.at(36, 48)),
  }) as Transaction;
}

function symbolOf(text: string): string | undefined {
  return /^0*$/.test(text) ? undefined : text;
}

/** The texts of the records behind a row, then the symbols that identify payments. */
function titleOf({ record, notes }: Row): string {
  let title = '';
  let width = 0;
  for (const note of notes) {
    const text = note.at(1, 3) === '076' ? note.at(36, 127) : note.at(4, WIDTH);
    // A message goes on in the next record in the middle of a word.
    title += width === MESSAGE && note.at(1, 3) !== '076' ? text : ` ${text}`;
    width = text.length;
  }
  const symbols = [
    ['VS', record.at(62, 71)],
    ['SS', record.at(82, 91)],
  ].flatMap(([name, text = '']) => (symbolOf(text) === undefined ? [] : `${name}:${text.replace(/^0+/, '')}`));
  return clean([title, ...symbols].join(' '));
}

/** Characters of a message in one record (078, 079). */
const MESSAGE = 70;
