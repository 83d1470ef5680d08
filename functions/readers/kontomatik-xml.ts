/**
 * The reply of Kontomatik's data commands (`<reply>` … `<owner>` … `<account>` … `<moneyTransaction>`,
 * https://developer.kontomatik.com/), whose names of fields the import message took over.
 */
import { type Day, dayOfInstant, parseDay } from '../domain/values/day.ts';
import { accountNamed, ibanIn } from './account-number.ts';
import { isDecimal } from './decimal.ts';
import {
  bookedDays,
  type Days,
  type Reader,
  type Reading,
  type Statement,
  type Transaction,
  withWarnings,
} from './statement.ts';
import { clean, withoutBlanks } from './text.ts';
import { all, at, type Element, faultIn, parseXml, pathOf, required, textAt } from './xml.ts';

/** Accounts, owner and time of a reply. */
export const kontomatikXml: Reader = {
  name: 'kontomatik-xml',
  title: 'Kontomatik XML',
  detect: ({ text }) => text.startsWith('<') && /<(?:\w{1,40}:)?reply[\s>]/.test(text),
  read: (bytes, options) => withWarnings(options, (reading) => readReply(bytes, reading)),
};

function readReply(source: Uint8Array, options: Reading) {
  const reply = parseXml(source, options.encoding);
  if (reply.name !== 'reply') throw faultIn(reply, 'is not a <reply>, as Kontomatik sends');
  const owner = required(reply, 'owner');
  const importedAt = instantOf(reply);
  const askedOn = importedAt === undefined ? undefined : dayOfInstant(Date.parse(importedAt));
  const targets = all(owner, 'target');
  const cards = targets.flatMap((target) => all(at(target, 'creditCards'), 'creditCard'));
  if (cards.length > 0) options.warn(`${cards.length} credit card(s) were left out: only accounts are read`);
  const accounts = targets.flatMap((target) => all(at(target, 'accounts'), 'account'));
  return {
    format: kontomatikXml.name,
    statements: accounts.map((account) => readAccount(account, askedOn, options)),
    source: 'AIS' as const,
    importedAt,
    ownerExternalId: reply.attributes['ownerExternalId'] ?? owner.attributes['externalId'],
  };
}

function instantOf(reply: Element): string | undefined {
  const text = reply.attributes['responseTimestamp'];
  if (text === undefined) return undefined;
  if (Number.isNaN(Date.parse(text))) throw faultIn(reply, `has a responseTimestamp that is not an instant: "${text}"`);
  return text;
}

function readAccount(account: Element, askedOn: Day | undefined, options: Reading): Statement {
  const rows = all(at(account, 'moneyTransactions'), 'moneyTransaction');
  const transactions = rows.map((row) => readTransaction(row, options));
  const number = textAt(account, 'iban') ?? textAt(account, 'number');
  if (number === undefined) throw faultIn(account, 'has neither iban nor number');
  const currency = required(account, 'currencyName');
  if (!/^[A-Z]{3}$/.test(currency.text.trim()))
    throw faultIn(currency, `"${currency.text.trim()}" is not a currency code`);
  return {
    account: accountNamed(number),
    currencyName: currency.text.trim(),
    wholeDays: daysOf(transactions, askedOn),
    transactions,
    place: { line: account.line, element: pathOf(account) },
  };
}

/** How far back the bank was asked is not in the reply: from the first row on, to the day of the answer. */
function daysOf(transactions: readonly Transaction[], askedOn: Day | undefined): Days | undefined {
  const booked = bookedDays(transactions);
  return booked && { from: booked.from, to: Math.max(booked.to, askedOn ?? booked.to) };
}

function readTransaction(row: Element, options: Reading): Transaction {
  const transactionOn = dayAt(row, 'transactionOn');
  const bookedOn = dayAt(row, 'bookedOn') ?? transactionOn;
  if (bookedOn === undefined) throw faultIn(row, 'has no bookedOn');
  const amount = required(row, 'currencyAmount');
  if (!isDecimal(amount.text.trim())) throw faultIn(amount, `"${amount.text.trim()}" is not a decimal number`);
  const labels = all(at(row, 'labels'), 'label').flatMap((label) => clean(label.text) || []);
  return withoutBlanks({
    bookedOn,
    transactionOn,
    currencyAmount: amount.text.trim(),
    title: clean(textAt(row, 'title')),
    party: clean(textAt(row, 'party')),
    partyIban: ibanIn(textAt(row, 'partyIban')),
    kind: clean(textAt(row, 'kind')),
    status: statusOf(row, options),
    labels: options.keepLabels && labels.length > 0 ? labels : undefined,
  }) as Transaction;
}

/** Only what is done counts: any other status is read as pending, so that no money counts before it moved. */
function statusOf(row: Element, options: Reading): 'DONE' | 'PENDING' {
  const status = textAt(row, 'status') ?? 'DONE';
  if (status === 'DONE' || status === 'PENDING') return status;
  options.warn(`line ${row.line}: status "${clean(status)}" is read as PENDING`);
  return 'PENDING';
}

function dayAt(row: Element, name: string): string | undefined {
  const text = textAt(row, name);
  if (text === undefined) return undefined;
  if (parseDay(text) === undefined)
    throw faultIn(required(row, name), `"${text}" is not a day of the calendar (YYYY-MM-DD)`);
  return text;
}
