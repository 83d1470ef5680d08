/** OFX 1 and 2 and QFX: statements of accounts and of credit cards (https://financialdataexchange.org/ofx). */
import { type Day, dayOf, formatDay } from '../domain/values/day.ts';
import { accountNamed, ibanIn } from './account-number.ts';
import { amountIn } from './csv/cells.ts';
import { decodeAs, decodeSaying } from './encoding.ts';
import { type OfxElement, ofxAll, ofxText, parseOfx } from './ofx-elements.ts';
import { ReaderError } from './reader-error.ts';
import {
  bookedDays,
  countryOf,
  type Days,
  type Reader,
  type Reading,
  type Statement,
  type Transaction,
  withWarnings,
} from './statement.ts';
import { clean, refuseTooLarge, withoutBlanks } from './text.ts';
import { localTime } from './time-zone.ts';

export const ofx: Reader = {
  name: 'ofx',
  title: 'OFX/QFX',
  detect: ({ text }) => /^OFXHEADER:/.test(text) || /^(?:<\?[^>]{0,300}>\s{0,100}){0,4}<OFX>/i.test(text),
  read: (bytes, options) => withWarnings(options, (reading) => readFile(bytes, reading)),
};

function readFile(bytes: Uint8Array, reading: Reading) {
  refuseTooLarge(bytes);
  const { text, encoding } = decodedOfx(bytes, reading);
  const root = parseOfx(text);
  const lists = [...ofxAll(root, 'STMTRS'), ...ofxAll(root, 'CCSTMTRS')];
  if (lists.length === 0) throw noStatement(root);
  const made = ofxText(root, 'SIGNONMSGSRSV1', 'SONRS', 'DTSERVER');
  return {
    format: ofx.name,
    encoding,
    source: 'PDF' as const,
    statements: lists.map((list) => readStatement(list, made, reading)),
  };
}

/** By the bytes where they are UTF-8, else by the set that the header names. */
function decodedOfx(bytes: Uint8Array, reading: Reading): { text: string; encoding: string } {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const charset =
    /CHARSET:[ \t]{0,8}([\w-]{1,20})/.exec(start)?.[1] ?? /encoding\s{0,8}=\s{0,8}["']([\w-]{1,20})/.exec(start)?.[1];
  try {
    if (reading.encoding === undefined) return { text: decodeAs(bytes, 'utf-8'), encoding: 'utf-8' };
  } catch {
    const named = charset === undefined ? undefined : /^\d{4}$/.test(charset) ? `windows-${charset}` : charset;
    if (named !== undefined && !/^(?:none|utf-?8)$/i.test(named))
      return { text: decodeAs(bytes, named), encoding: named };
  }
  return decodeSaying(bytes, reading);
}

function noStatement(root: OfxElement): ReaderError {
  const status = ofxAll(root, 'STATUS').find((element) => ofxText(element, 'SEVERITY') === 'ERROR');
  if (status) {
    const [code, message] = [ofxText(status, 'CODE'), ofxText(status, 'MESSAGE')];
    return new ReaderError(
      `contains an error of the bank instead of a statement (${clean([code, message].filter(Boolean).join(' '))})`,
      status,
    );
  }
  const other = ofxAll(root, 'INVSTMTRS')[0];
  return new ReaderError(
    other ? 'contains only investments (INVSTMTRS), which are not read' : 'contains no statement (STMTRS, CCSTMTRS)',
    other ?? root,
  );
}

function readStatement(list: OfxElement, made: string | undefined, reading: Reading): Statement {
  const place = { line: list.line, element: list.name };
  const from = list.children.find(({ name }) => name === 'BANKACCTFROM' || name === 'CCACCTFROM');
  const number = ofxText(from, 'ACCTID') ?? reading.account;
  if (number === undefined)
    throw new ReaderError('OFX does not say the account (ACCTID): give it as account (--account)', place);
  const currencyName = (ofxText(list, 'CURDEF') ?? reading.currency)?.toUpperCase();
  if (currencyName === undefined)
    throw new ReaderError('OFX does not say the currency (CURDEF): give it as currency (--currency)', place);
  const account = accountNamed(withBank(from, number), currencyName);
  const country = countryOf(account);
  const transactions = [
    ...ofxAll(list, 'STMTTRN').map((row) => readTransaction(row, 'DONE', country)),
    ...ofxAll(list, 'STMTTRNP').map((row) => readTransaction(row, 'PENDING', country)),
  ].sort((a, b) => (a.bookedOn < b.bookedOn ? -1 : a.bookedOn > b.bookedOn ? 1 : 0));
  const period = list.children.find(({ name }) => name === 'BANKTRANLIST');
  return {
    account,
    currencyName,
    transactions,
    wholeDays: wholeDaysOf(period, transactions, made, country),
    ...closingOf(list, country),
    place,
  };
}

/** The number with that of the bank and the branch, where both together are an IBAN. */
function withBank(from: OfxElement | undefined, number: string): string {
  const [bank, branch] = [ofxText(from, 'BANKID') ?? '', ofxText(from, 'BRANCHID') ?? ''];
  return ibanIn(number) ?? ibanIn(`${bank}/${number}`) ?? ibanIn(`${bank}${branch}${number}`) ?? number;
}

/** The period that it names, without the day on which it was made and without days that it names a part of. */
function wholeDaysOf(
  period: OfxElement | undefined,
  rows: readonly Transaction[],
  made: string | undefined,
  country: string | undefined,
): Days | undefined {
  const [start, end] = [dateOf(ofxText(period, 'DTSTART'), country), dateOf(ofxText(period, 'DTEND'), country)];
  if (!start || !end || start.day > end.day) return undefined;
  const booked = bookedDays(rows.filter(({ status }) => status !== 'PENDING'));
  if (booked && (booked.from < start.day || booked.to > end.day)) return undefined;
  const from = start.isWholeDay || start.time === '000000' ? start.day : start.day + 1;
  // An end at midnight is the end of the day before, unless something was booked on that day.
  const last = end.isWholeDay || end.time.startsWith('2359') || booked?.to === end.day ? end.day : end.day - 1;
  const madeOn = dateOf(made, country)?.day;
  return { from, to: madeOn !== undefined && madeOn <= last ? madeOn - 1 : last };
}

function closingOf(list: OfxElement, country: string | undefined): Pick<Statement, 'closing'> {
  const balance = list.children.find(({ name }) => name === 'LEDGERBAL');
  const on = dateOf(ofxText(balance, 'DTASOF'), country)?.day;
  const amount = amountIn(ofxText(balance, 'BALAMT') ?? '', '.')?.value;
  return on === undefined || amount === undefined ? {} : { closing: { on, amount } };
}

type OfxDate = { readonly day: Day; readonly time: string; readonly isWholeDay: boolean };

/**
 * `20260610220000.000[0:GMT]`: the day in the calendar of the account's country, and as printed where that is not known
 * or the date has no offset. Noon, midnight and no time at all are how banks write a day: it stays as printed.
 */
function dateOf(text: string | undefined, country: string | undefined): OfxDate | undefined {
  const parts = FORM.exec(text ?? '');
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (!(year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return undefined;
  const time = parts[4]!.replaceAll(':', '').slice(0, 6).padEnd(6, '0');
  const isWholeDay = parts[4] === '' || time === '120000';
  const printed = { day: Math.min(dayOf(year, month, day), dayOf(year, month + 1, 1) - 1), time, isWholeDay };
  const offset = parts[5] === 'Z' ? 0 : Number(parts[5]?.slice(1) ?? Number.NaN);
  if (isWholeDay || time === '000000' || country === undefined || !(Math.abs(offset) <= 14)) return printed;
  const local = localTime(isoOf(printed.day, time, Math.round(offset * 60)), { country, offset: 0 });
  return local ? { day: local.day, time: timeText(local.msOfDay), isWholeDay: false } : printed;
}

const FORM = /^(\d{4})-?(\d{2})-?(\d{2})T?([\d:]{0,12})(?:[.,]\d{1,9})?\s?(Z|\[[+-]?\d{1,2}(?:\.\d{1,2})?)?/;

function isoOf(day: Day, time: string, offset: number): string {
  const minutes = Math.abs(offset);
  const two = (value: number) => String(value).padStart(2, '0');
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${formatDay(day)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}${zone}`;
}

function timeText(msOfDay: number): string {
  const seconds = Math.floor(msOfDay / 1000);
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join('');
}

function readTransaction(row: OfxElement, status: 'DONE' | 'PENDING', country: string | undefined): Transaction {
  const place = { line: row.line, element: row.name };
  const date = ofxText(row, 'DTPOSTED') ?? ofxText(row, 'DTTRAN');
  const booked = dateOf(date, country);
  if (!booked) throw new ReaderError(date === undefined ? 'has no DTPOSTED' : `"${clean(date)}" is not a day`, place);
  const text = ofxText(row, 'TRNAMT');
  const amount = amountIn(text ?? '', '.');
  if (!amount) throw new ReaderError(text === undefined ? 'has no TRNAMT' : `"${clean(text)}" is not an amount`, place);
  const name = clean(ofxText(row, 'NAME') ?? ofxText(row, 'PAYEE', 'NAME'));
  const memo = clean(ofxText(row, 'MEMO'));
  const user = dateOf(ofxText(row, 'DTUSER'), country);
  return withoutBlanks({
    bookedOn: formatDay(booked.day),
    transactionOn: user && formatDay(user.day),
    currencyAmount: amount.value,
    title: memo || name,
    party: name,
    partyIban: ibanIn(ofxText(row, 'BANKACCTTO', 'ACCTID')),
    kind: clean(ofxText(row, 'TRNTYPE')),
    status,
    merchantCategoryCode: /^\d{4}$/.exec(ofxText(row, 'SIC') ?? '')?.[0],
    transactionId: clean(ofxText(row, 'FITID')).slice(0, 256),
  }) as Transaction;
}
