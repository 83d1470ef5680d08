/**
 * ISO 20022 camt.053 (Bank to Customer Statement), versions 2 to 8. Its sisters are refused: camt.052 is an interim
 * report and camt.054 a notice of single entries; neither holds whole days, which is what an import tells.
 */
import { type Day, parseDay } from '../domain/values/day.ts';
import { accountNamed } from './account-number.ts';
import { readEntry } from './camt-entry.ts';
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
import { all, at, type Element, faultIn, parseXml, pathOf, required, textAt } from './xml.ts';

export const camt: Reader = {
  name: 'camt053',
  title: 'camt.053',
  detect: ({ text }) => text.startsWith('<') && /camt\.05\d/.test(text),
  read: (bytes, options) => withWarnings(options, (reading) => readFile(bytes, reading)),
};

const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:camt\.(\d{3})\.001\.(\d{2})$/;
const OLDEST = 2;
const NEWEST = 8;
const REFUSED: Readonly<Record<string, string>> = {
  '052': 'is an interim report (camt.052): it holds a part of a day, an import tells whole days; import the camt.053',
  '054': 'is a notice of single entries (camt.054): an import tells whole days; import the camt.053',
};

function readFile(source: Uint8Array, options: Reading) {
  const root = parseXml(source, options.encoding);
  // Some banks wrap the document into an envelope with a business application header.
  const document = root.name === 'Document' ? root : root.children.find(({ name }) => name === 'Document');
  if (!document) throw faultIn(root, 'is no ISO 20022 <Document>');
  checkVersion(document);
  const message = required(document, 'BkToCstmrStmt');
  const elements = all(message, 'Stmt');
  if (elements.length === 0) throw faultIn(message, 'has no Stmt');
  const statements = elements.map((element) => readStatement(element, options));
  return { format: camt.name, statements, source: 'PDF' as const, importedAt: instantAt(message) };
}

function checkVersion(document: Element): void {
  const [, message, version] = NAMESPACE.exec(document.namespace) ?? [];
  if (message === undefined)
    throw faultIn(document, `has the namespace "${document.namespace}", not that of a camt.053`);
  if (message !== '053') throw faultIn(document, REFUSED[message] ?? `is a camt.${message}, not a camt.053`);
  if (Number(version) >= OLDEST && Number(version) <= NEWEST) return;
  throw faultIn(document, `is version ${Number(version)} of camt.053; versions ${OLDEST} to ${NEWEST} are read`);
}

/** `CreDtTm` as an instant; ISO 20022 lets the offset be left out, and then it is read as UTC. */
function instantAt(message: Element): string | undefined {
  const text = textAt(message, 'GrpHdr', 'CreDtTm');
  if (text === undefined) return undefined;
  const instant = new Date(/(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(instant.getTime())) throw faultIn(required(message, 'GrpHdr', 'CreDtTm'), `"${text}" is no instant`);
  return instant.toISOString();
}

function readStatement(statement: Element, options: Reading): Statement {
  const id = required(statement, 'Acct', 'Id');
  const number = textAt(id, 'IBAN') ?? textAt(id, 'Othr', 'Id');
  if (number === undefined) throw faultIn(id, 'has neither IBAN nor Othr/Id');
  const currencyName = currencyOf(statement);
  const name = accountNamed(number);
  const context = { ...options, currencyName, own: 'iban' in name ? name.iban : undefined };
  const transactions = all(statement, 'Ntry').flatMap((entry) => readEntry(entry, context));
  return {
    account: name,
    currencyName,
    wholeDays: daysOf(statement, transactions, options),
    transactions,
    place: { line: statement.line, element: pathOf(statement) },
  };
}

function currencyOf(statement: Element): string {
  const balances = all(statement, 'Bal').map((balance) => at(balance, 'Amt')?.attributes['Ccy']);
  const entries = all(statement, 'Ntry').map((entry) => at(entry, 'Amt')?.attributes['Ccy']);
  const currency = textAt(statement, 'Acct', 'Ccy') ?? entries[0] ?? balances[0];
  if (currency === undefined) throw faultIn(statement, 'names no currency (Acct/Ccy, Amt/@Ccy)');
  if (!/^[A-Z]{3}$/.test(currency)) throw faultIn(statement, `"${currency}" is no currency code`);
  return currency;
}

/** The period it names, else its balances, as far as the rows agree; else the days of its rows. */
function daysOf(statement: Element, rows: readonly Transaction[], options: Reading): Days | undefined {
  const booked = bookedDays(rows);
  const pages = at(statement, 'StmtPgntn');
  if (pages && !(textAt(pages, 'PgNb') === '1' && textAt(pages, 'LastPgInd') === 'true')) {
    options.warn(`line ${statement.line}: page of a longer statement; only the days of its own rows are covered`);
    return booked;
  }
  const told = periodOf(statement, booked) ?? balancesOf(statement, booked);
  if (!told || (booked && (booked.from < told.from || booked.to > told.to))) {
    if (told) options.warn(`line ${statement.line}: rows lie outside the period it names; only their days are covered`);
    return booked;
  }
  return told;
}

/** `FrToDt`. An end at midnight is the end of the day before, unless something was booked on that day. */
function periodOf(statement: Element, booked: Days | undefined): Days | undefined {
  const from = dayAt(statement, 'FrToDt', 'FrDtTm') ?? dayAt(statement, 'FrToDt', 'FrDt');
  const to = dayAt(statement, 'FrToDt', 'ToDtTm') ?? dayAt(statement, 'FrToDt', 'ToDt');
  if (from === undefined || to === undefined) return undefined;
  const midnight = /T00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:\d\d)?$/.test(textAt(statement, 'FrToDt', 'ToDtTm') ?? '');
  const last = midnight && to > from && (booked?.to ?? 0) < to ? to - 1 : to;
  const made = dayAt(statement, 'CreDtTm') ?? last;
  const days = { from, to: Math.max(Math.min(last, made), booked?.to ?? from) };
  const fits = days.from <= days.to && (!booked || (booked.from >= from && booked.to <= to));
  return fits ? days : undefined;
}

/** From the day after the balance before (OPBD, PRCD), or that day when something was booked on it, to that of CLBD. */
function balancesOf(statement: Element, booked: Days | undefined): Days | undefined {
  const dated = (...codes: string[]) => {
    const balance = all(statement, 'Bal').find((bal) => codes.includes(textAt(bal, 'Tp', 'CdOrPrtry', 'Cd') ?? ''));
    return balance && (dayAt(balance, 'Dt', 'Dt') ?? dayAt(balance, 'Dt', 'DtTm'));
  };
  const opened = dated('OPBD', 'PRCD');
  const closed = dated('CLBD');
  if (opened === undefined || closed === undefined || opened > closed) return undefined;
  const from = Math.max(opened, Math.min(opened + 1, booked?.from ?? opened + 1));
  return from > closed ? undefined : { from, to: closed };
}

/** The calendar day of an ISODate or ISODateTime as printed: the bank's own day, whatever its offset. */
function dayAt(element: Element, ...path: string[]): Day | undefined {
  const text = textAt(element, ...path);
  if (text === undefined) return undefined;
  const day = parseDay(text.slice(0, 10));
  if (day === undefined) throw new ReaderError(`"${text}" is no day`, placeOf(required(element, ...path)));
  return day;
}

function placeOf(element: Element) {
  return { line: element.line, element: pathOf(element) };
}
