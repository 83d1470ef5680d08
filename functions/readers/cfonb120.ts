/** CFONB 120, the statements of accounts of French banks: "Relevé de compte sur support informatique" (CFONB, 2004). */
import { formatDay } from '../domain/values/day.ts';
import { accountNamed, ibanIn } from './account-number.ts';
import { decodeSaying } from './encoding.ts';
import { ReaderError } from './reader-error.ts';
import { anyDayOfDigits, dayOfDigits, decimalOfDigits, type Fixed, recordsOf } from './records.ts';
import {
  type Balance,
  type Reader,
  type Reading,
  type Statement,
  type Transaction,
  withWarnings,
} from './statement.ts';
import { clean, refuseTooLarge, refuseTooMany, withoutBlanks } from './text.ts';

export const cfonb120: Reader = {
  name: 'cfonb120',
  title: 'CFONB 120',
  detect: ({ text }) => /^0[14]\d{5}.{4}\d{5}[A-Z ]{3}[\d ] /.test(text),
  read: (bytes, options) => withWarnings(options, (reading) => readFile(bytes, reading)),
};

const WIDTH = 120;

function readFile(bytes: Uint8Array, reading: Reading) {
  refuseTooLarge(bytes);
  const { text, encoding } = decodeSaying(bytes, reading);
  const records = recordsOf(text, WIDTH);
  const statements: Statement[] = [];
  let open: Open | undefined;
  for (const record of records) {
    const code = record.at(1, 2);
    if (code === '01') {
      if (open) throw new ReaderError('a statement begins before the one above has its new balance (07)', record);
      open = { first: record, opening: balanceOf(record), rows: [] };
    } else if (!open)
      throw new ReaderError(`"${clean(code)}" comes before the old balance (01) of its account`, record);
    else if (code === '04') refuseTooMany(open.rows.push({ record, notes: [] }));
    else if (code === '05') open.rows.at(-1)?.notes.push(record);
    else if (code === '07') {
      statements.push(statementOf(open, record));
      open = undefined;
    } else throw new ReaderError(`"${clean(code)}" is not a record of CFONB 120 (01, 04, 05, 07)`, record);
  }
  if (open) throw new ReaderError('the statement has no new balance (07), so it is cut off', open.first);
  if (statements.length === 0) throw new ReaderError('contains no statement', { line: 1 });
  return { format: cfonb120.name, encoding, source: 'PDF' as const, statements };
}

type Row = { readonly record: Fixed; readonly notes: Fixed[] };
type Open = { readonly first: Fixed; readonly opening: Balance; readonly rows: Row[] };

function statementOf({ first, opening, rows }: Open, last: Fixed): Statement {
  const currencyName = first.at(17, 19) || 'EUR';
  return {
    account: accountNamed(ribOf(first), currencyName),
    currencyName,
    transactions: rows.map(transactionOf),
    opening,
    closing: balanceOf(last),
    place: { line: first.line },
  };
}

/** Bank, branch and account with the key that the file leaves out ("clé RIB"). */
function ribOf(record: Fixed): string {
  const [bank, branch, account] = [record.at(3, 7), record.at(12, 16), record.at(22, 32).padStart(11, '0')];
  const digits = account.replace(/[A-Z]/g, (letter) => String((LETTERS.indexOf(letter) % 9) + 1));
  if (!/^\d{5}$/.test(bank) || !/^\d{5}$/.test(branch) || !/^\d{11}$/.test(digits)) return `${bank}${branch}${account}`;
  const key = 97n - ((89n * BigInt(bank) + 15n * BigInt(branch) + 3n * BigInt(digits)) % 97n);
  return `${bank}${branch}${account}${String(key).padStart(2, '0')}`;
}

/** A to I, J to R are 1 to 9; S to Z are 2 to 9. */
const LETTERS = 'ABCDEFGHIJKLMNOPQR.STUVWXYZ';

function balanceOf(record: Fixed): Balance {
  return { on: dayOfDigits(record.at(35, 40), 'DMY', record.line), amount: amountOf(record) };
}

/** The last digit holds the sign: `{`, `A` to `I` are 0 to 9 of a credit, `}`, `J` to `R` of a debit. */
function amountOf(record: Fixed): string {
  const text = record.at(91, 104);
  const sign = '{ABCDEFGHI}JKLMNOPQR'.indexOf(text.slice(-1));
  const decimals = Number(record.at(20, 20) || 2);
  if (!/^\d{0,13}[{}A-R]$/.test(text)) throw new ReaderError(`"${clean(text)}" is not an amount`, record);
  return decimalOfDigits(`${text.slice(0, -1)}${sign % 10}`, decimals, sign > 9);
}

function transactionOf({ record, notes }: Row): Transaction {
  const currencyAmount = amountOf(record);
  const leaves = currencyAmount.startsWith('-');
  const noted = (...qualifiers: readonly string[]) =>
    notes.filter((note) => qualifiers.includes(note.at(46, 48))).map((note) => note.at(49, 118));
  const booked = dayOfDigits(record.at(35, 40), 'DMY', record.line);
  const value = anyDayOfDigits(record.at(43, 48), 'DMY', record.line);
  const named = leaves ? noted('NBE') : noted('NPY');
  return withoutBlanks({
    bookedOn: formatDay(booked),
    transactionOn: value === undefined ? undefined : formatDay(value),
    currencyAmount,
    title: clean([record.at(49, 79), ...noted('LIB', 'LCC', 'LC2', 'LCS')].join(' ')),
    party: clean(named.join(' ')),
    partyIban: ibanIn((leaves ? noted('IBE') : noted('IPY'))[0]?.split(' ')[0]),
    kind: record.at(33, 34),
    status: 'DONE',
    transactionId: record.at(105, 120),
  }) as Transaction;
}
