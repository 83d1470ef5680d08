/**
 * ISO 20022 cash management: camt.053 (statement), camt.052 (interim report) and camt.054 (notice), versions 2 to 14.
 */
import { hasIbanForm, normaliseIban } from '../domain/ledger/iban.ts';
import { accountNamed } from './account-number.ts';
import { type CamtContext, dayAt } from './camt-context.ts';
import { periodOf } from './camt-days.ts';
import { type EntryRow, readEntry } from './camt-entry.ts';
import { exact, fromXml, negated } from './decimal.ts';
import type { Balance, Reader, Reading, Statement } from './statement.ts';
import { bookedDays, withWarnings } from './statement.ts';
import { localTime, offsetIn, type Zone } from './time-zone.ts';
import { all, at, decodeXml, type Element, faultIn, parseXml, pathOf, required, textAt } from './xml.ts';

export const camt: Reader = {
  name: 'camt053',
  title: 'camt.052/053/054',
  detect: ({ text }) =>
    text.startsWith('<') && /camt\.05[234]\.|<(?:\w{1,40}:)?BkToCstmr(?:Stmt|AcctRpt|DbtCdtNtfctn)[\s>]/.test(text),
  read: (bytes, options) => withWarnings(options, (reading) => readFile(bytes, reading)),
};

const NAMESPACE = /camt\.(\d{3})\.\d{3}\.(\d{2,3})$/;
const OLDEST = 2;
const NEWEST = 14;
/** Message, then its statement, of each kind. */
const MESSAGES: readonly (readonly [kind: CamtContext['kind'], message: string, statement: string])[] = [
  ['053', 'BkToCstmrStmt', 'Stmt'],
  ['052', 'BkToCstmrAcctRpt', 'Rpt'],
  ['054', 'BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
];

function readFile(source: Uint8Array, options: Reading) {
  const documents = documentsIn(source, options.encoding);
  const read = documents.map((document) => readDocument(document, options));
  const instants = read.flatMap(({ importedAt }) => importedAt ?? []);
  return {
    format: camt.name,
    statements: read.flatMap(({ statements }) => statements),
    source: 'PDF' as const,
    importedAt: instants.length < read.length ? undefined : instants.sort().at(-1),
  };
}

/** Several documents behind one another, or in an envelope: each `<Document>`, however deep. */
function documentsIn(source: Uint8Array, encoding: string | undefined): Element[] {
  const text = decodeXml(source, encoding);
  const ends = text.split(/<\/(?:\w{1,40}:)?Document\s{0,9}>/).length - 1;
  const several = ends > 1 && /^\s{0,99}(?:<\?xml[^>]{0,200}\?>)?\s{0,99}<(?:\w{1,40}:)?Document[\s>]/.test(text);
  // One root around them, on the same line, so that lines stay as they are.
  const root = parseXml(several ? `<Documents>${text.replace(/<\?xml[^>]{0,200}\?>/g, '')}</Documents>` : text);
  const found = descendants(root, 'Document');
  if (found.length === 0) throw faultIn(root, 'is not an ISO 20022 <Document>');
  return found;
}

function descendants(element: Element, name: string): Element[] {
  return element.name === name ? [element] : element.children.flatMap((child) => descendants(child, name));
}

function readDocument(document: Element, options: Reading) {
  const known = MESSAGES.find(([, name]) => at(document, name));
  checkVersion(document, known !== undefined, options);
  if (!known) throw faultIn(document, 'contains no camt.052, camt.053 or camt.054');
  const [kind, messageName, statementName] = known;
  const message = required(document, messageName);
  const elements = all(message, statementName);
  if (elements.length === 0) throw faultIn(message, `has no ${statementName}`);
  const offset = offsetOf(message, elements);
  // Looked for once: a message may hold very many statements.
  const header = at(message, 'GrpHdr');
  const statements = elements.map((element) => readStatement(element, kind, header, { ...options, offset }));
  return { statements, importedAt: instantAt(message, elements, options.now, offset) };
}

function checkVersion(document: Element, isKnown: boolean, options: Reading): void {
  const [, message, version] = NAMESPACE.exec(document.namespace) ?? [];
  if (message === undefined) {
    if (!isKnown) throw faultIn(document, `has the namespace "${document.namespace}", not that of a camt.053`);
    options.warn(`line ${document.line}: the namespace "${document.namespace}" names no version; it is read as camt`);
    return;
  }
  if (!['052', '053', '054'].includes(message))
    throw faultIn(document, `is a camt.${message}, not a camt.052, 053 or 054`);
  if (Number(version) < OLDEST)
    throw faultIn(document, `is version ${Number(version)} of camt.${message}; ${OLDEST} to ${NEWEST} are read`);
  if (Number(version) > NEWEST)
    options.warn(
      `line ${document.line}: version ${Number(version)} of camt.${message} is newer than ${NEWEST}; check the rows`,
    );
}

/** The offset that the file uses, for accounts of countries without a known zone. */
function offsetOf(message: Element, statements: readonly Element[]): number {
  const texts = [
    textAt(message, 'GrpHdr', 'CreDtTm'),
    ...statements.flatMap((statement) => [
      textAt(statement, 'CreDtTm'),
      textAt(statement, 'FrToDt', 'FrDtTm'),
      textAt(statement, 'FrToDt', 'ToDtTm'),
    ]),
  ];
  return (
    texts.map((text) => (text === undefined ? undefined : offsetIn(text))).find((offset) => offset !== undefined) ?? 0
  );
}

/** `CreDtTm`; without an offset it is in the zone of the account's country, and never later than now. */
function instantAt(message: Element, statements: readonly Element[], now: number, offset: number): string | undefined {
  const element = at(message, 'GrpHdr', 'CreDtTm') ?? at(statements[0], 'CreDtTm');
  const text = element?.text.trim();
  if (!element || !text) return undefined;
  const countries = statements.map((statement) => countryOf(statement)).find((country) => country !== undefined);
  const time = localTime(text, { country: countries, offset });
  if (!time) throw faultIn(element, `"${text}" is not an instant`);
  return new Date(offsetIn(text) === undefined ? Math.min(time.instant, now) : time.instant).toISOString();
}

function countryOf(statement: Element): string | undefined {
  const iban = normaliseIban(textAt(statement, 'Acct', 'Id', 'IBAN') ?? '');
  return hasIbanForm(iban) ? iban.slice(0, 2) : undefined;
}

function readStatement(
  statement: Element,
  kind: CamtContext['kind'],
  header: Element | undefined,
  options: Reading & { readonly offset: number },
): Statement {
  const id = required(statement, 'Acct', 'Id');
  const number = textAt(id, 'IBAN') ?? textAt(id, 'Othr', 'Id') ?? options.account;
  if (number === undefined) throw faultIn(id, 'has neither IBAN nor Othr/Id; give the account by --account');
  const currencyName = currencyOf(statement, options);
  const account = accountNamed(number, currencyName);
  const zone: Zone = { country: 'iban' in account ? account.iban.slice(0, 2) : undefined, offset: options.offset };
  const made = textAt(statement, 'CreDtTm') ?? textAt(header, 'CreDtTm');
  const madeOn = made === undefined ? undefined : localTime(made, zone)?.day;
  const own = 'iban' in account ? account.iban : undefined;
  const context: CamtContext = { ...options, kind, currencyName, zone, own, madeOn };
  const page = pageOf(statement, header);
  const opening = page && page.number > 1 ? undefined : openingOf(statement, context);
  const closing = page && !page.isLast ? undefined : balanceOf(statement, context, 'CLBD');
  const rows = rowsOf(statement, context, opening, closing);
  const transactions = rows.map(({ transaction }) => transaction);
  return {
    account,
    currencyName,
    transactions,
    opening,
    closing,
    wholeDays: periodOf(statement, context, { booked: bookedDays(rows.flatMap(booked)), opening, closing }),
    page,
    place: { line: statement.line, element: pathOf(statement) },
  };
}

function booked({ transaction }: EntryRow) {
  return transaction.status === 'PENDING' ? [] : [transaction];
}

function currencyOf(statement: Element, options: Reading): string {
  const balances = all(statement, 'Bal').map((balance) => at(balance, 'Amt')?.attributes['Ccy']);
  const entries = all(statement, 'Ntry').map((entry) => at(entry, 'Amt')?.attributes['Ccy']);
  const currency = textAt(statement, 'Acct', 'Ccy') ?? balances[0] ?? entries[0] ?? options.currency;
  if (currency === undefined) throw faultIn(statement, 'names no currency (Acct/Ccy, Amt/@Ccy); give it by --currency');
  if (!/^[A-Z]{3}$/.test(currency)) throw faultIn(statement, `"${currency}" is not a currency code`);
  return currency;
}

/**
 * The rows, as they lead from the opening to the closing balance: most banks give a reversal (`RvslInd`) the direction in which the money
 * moves, some that of the payment taken back, and the balances show which.
 */
function rowsOf(statement: Element, context: CamtContext, opening?: Balance, closing?: Balance): EntryRow[] {
  const entries = all(statement, 'Ntry');
  const rows = entries.flatMap((entry) => readEntry(entry, context));
  if (!opening || !closing || !rows.some(({ isReversal }) => isReversal) || leads(rows, opening, closing)) return rows;
  const turned = entries.flatMap((entry) => readEntry(entry, { ...context, warn: () => {}, turnsReversals: true }));
  return leads(turned, opening, closing) ? turned : rows;
}

function leads(rows: readonly EntryRow[], opening: Balance, closing: Balance): boolean {
  const amounts = rows.flatMap(booked).map(({ currencyAmount }) => exact(String(currencyAmount)));
  return amounts.reduce((sum, amount) => sum + amount, exact(opening.amount)) === exact(closing.amount);
}

/** `PRCD` is the balance of an evening; `OPBD` is dated by that evening or by the day that it opens. */
function openingOf(statement: Element, context: CamtContext): Statement['opening'] {
  const before = balanceOf(statement, context, 'PRCD');
  const opens = balanceOf(statement, context, 'OPBD');
  return before ?? (opens && { ...opens, opensDay: true });
}

function balanceOf(statement: Element, context: CamtContext, code: string): Balance | undefined {
  const balance = all(statement, 'Bal').find(
    (each) =>
      textAt(each, 'Tp', 'CdOrPrtry', 'Cd') === code && at(each, 'Amt')?.attributes['Ccy'] === context.currencyName,
  );
  const on = balance && dayAt(balance, 'Dt', context);
  if (!balance || on === undefined) return undefined;
  const element = required(balance, 'Amt');
  const amount = fromXml(element.text.trim());
  if (amount === undefined) throw faultIn(element, `"${element.text.trim()}" is not a decimal number`);
  return { on, amount: textAt(balance, 'CdtDbtInd') === 'DBIT' ? negated(amount) : amount };
}

function pageOf(statement: Element, header: Element | undefined): Statement['page'] {
  const own = ['StmtPgntn', 'RptPgntn', 'NtfctnPgntn'].map((name) => at(statement, name)).find(Boolean);
  const pages = own ?? at(header, 'MsgPgntn');
  const number = Number(textAt(pages, 'PgNb'));
  const isLast = ['true', '1'].includes(textAt(pages, 'LastPgInd') ?? 'true');
  if (!pages || !Number.isInteger(number) || (number <= 1 && isLast)) return undefined;
  const name = [textAt(statement, 'Id'), textAt(statement, 'ElctrncSeqNb') ?? textAt(statement, 'LglSeqNb')];
  return { statement: name.filter(Boolean).join(' '), number: Math.max(number, 1), isLast };
}
