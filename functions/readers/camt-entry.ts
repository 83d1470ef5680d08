/** One entry (`Ntry`) of camt: one transaction, or one per detail when the bank booked a batch in one sum. */
import { type Day, formatDay } from '../domain/values/day.ts';
import { ibanIn, partyAccountIn } from './account-number.ts';
import { type CamtContext, dayAt } from './camt-context.ts';
import { decimalOf, exact, fromXml, negated } from './decimal.ts';
import type { Transaction } from './statement.ts';
import { clean, withoutBlanks } from './text.ts';
import { dayIn } from './time-zone.ts';
import { all, at, type Element, faultIn, required, textAt } from './xml.ts';

export type EntryRow = { readonly transaction: Transaction; readonly isReversal: boolean };

type Common = {
  readonly bookedOn: string;
  readonly transactionOn: string | undefined;
  readonly status: 'DONE' | 'PENDING';
};

/** @throws {ReaderError} with line and element */
export function readEntry(entry: Element, context: CamtContext): EntryRow[] {
  const status = statusOf(entry, context);
  if (status === undefined) return [];
  const valueOn = dayAt(entry, 'ValDt', context);
  const bookedOn = dayAt(entry, 'BookgDt', context) ?? valueOn;
  if (status === 'PENDING' && isAhead(entry, bookedOn, context)) return [];
  if (bookedOn === undefined) throw faultIn(entry, 'has neither BookgDt nor ValDt');
  const common = {
    bookedOn: formatDay(bookedOn),
    transactionOn: valueOn === undefined ? undefined : formatDay(valueOn),
    status,
  };
  const details = all(entry, 'NtryDtls').flatMap((group) => all(group, 'TxDtls'));
  const amount = amountOf(entry, details, context);
  const shares = sharesOf(details, entry, amount, context);
  const rows = shares
    ? shares.map((share, index) => ({ detail: details[index], amount: share, isCharge: index >= details.length }))
    : [{ detail: details[0], amount, isCharge: false }];
  return rows.map((row) => {
    const isReversal = reversed(entry);
    if (row.isCharge) return { transaction: chargeOf(row.amount, common), isReversal };
    // A batch that cannot be divided stays one row, and no single party of it is named.
    const detail = shares || details.length === 1 ? row.detail : undefined;
    return { transaction: transactionOf(entry, detail, row.amount, common, context, shares !== undefined), isReversal };
  });
}

/** Banks date future payments ahead; such a row is of a day that no import can hold yet. */
function isAhead(entry: Element, day: Day | undefined, context: CamtContext): boolean {
  const last = context.madeOn ?? dayIn(context.zone, context.now);
  if (day !== undefined && day <= last) return false;
  const date = day === undefined ? 'without a day' : `of ${formatDay(day)}, ahead of the file,`;
  context.warn(`line ${entry.line}: a pending row ${date} was left out`);
  return true;
}

function reversed(entry: Element): boolean {
  return ['true', '1'].includes(textAt(entry, 'RvslInd') ?? '');
}

/** What the bank took for a batch, where the entry is the sum less its charges. */
function chargeOf(amount: string, { bookedOn, transactionOn, status }: Common): Transaction {
  return withoutBlanks({
    bookedOn,
    transactionOn,
    currencyAmount: amount,
    title: 'Charges',
    kind: 'CHRG',
    status,
  }) as Transaction;
}

function transactionOf(
  entry: Element,
  detail: Element | undefined,
  amount: string,
  common: Common,
  context: CamtContext,
  divided: boolean,
): Transaction {
  const information = clean(textAt(entry, 'AddtlNtryInf'));
  const remittance = remittanceOf(detail) || clean(textAt(detail, 'AddtlTxInf'));
  const code = codeOf(detail) ?? codeOf(entry);
  const ownReference = textAt(detail, 'Refs', 'AcctSvcrRef');
  return withoutBlanks({
    bookedOn: common.bookedOn,
    transactionOn: common.transactionOn,
    currencyAmount: amount,
    title: remittance || information,
    ...partyOf(entry, detail, amount, context),
    kind: (remittance && information) || code,
    status: common.status,
    merchantCategoryCode: categoryOf(detail) ?? categoryOf(entry),
    bankTransactionCode: code,
    transactionId: clean(ownReference ?? (divided ? undefined : textAt(entry, 'AcctSvcrRef'))),
  }) as Transaction;
}

/** `Sts` is a code in versions 2 to 7 and an element with `Cd` since 8. INFO moved no money. */
function statusOf(entry: Element, context: CamtContext): 'DONE' | 'PENDING' | undefined {
  const element = at(entry, 'Sts');
  const status = textAt(element, 'Cd') ?? textAt(element, 'Prtry') ?? element?.text.trim();
  if (!element || status === 'BOOK') return 'DONE';
  if (status === 'PDNG' || status === 'FUTR') return 'PENDING';
  if (status !== 'INFO')
    throw faultIn(element, `"${clean(status)}" is not a status of an entry (BOOK, PDNG, FUTR, INFO)`);
  context.warn(`line ${entry.line}: an entry for information only (INFO) was left out`);
  return undefined;
}

/** In the account's currency: the entry's own amount, else the one beside it. */
function amountOf(entry: Element, details: readonly Element[], context: CamtContext): string {
  const amount = required(entry, 'Amt');
  const printed = digitsOf(amount);
  const currency = amount.attributes['Ccy'] ?? context.currencyName;
  const digits = currency === context.currencyName ? printed : (besideIn(entry, context) ?? sumOf(details, context));
  if (digits === undefined) throw faultIn(amount, `is in ${clean(currency)}, the account in ${context.currencyName}`);
  return signed(digits, required(entry, 'CdtDbtInd'), entry, context);
}

/** @throws {ReaderError} unless it is a decimal number without a sign */
function digitsOf(amount: Element): string {
  const digits = fromXml(amount.text.trim());
  if (digits === undefined || /^[+-]/.test(digits))
    throw faultIn(amount, `"${clean(amount.text)}" is not a decimal number without a sign`);
  return digits;
}

/** What the bank says the money is in the account's currency (`AmtDtls`). */
function besideIn(element: Element, { currencyName }: CamtContext): string | undefined {
  const named = ['TxAmt', 'CntrValAmt', 'InstdAmt'].map((name) => at(element, 'AmtDtls', name, 'Amt'));
  const amount = named.find((each) => each?.attributes['Ccy'] === currencyName);
  return amount && digitsOf(amount);
}

/** The amount of a detail in the account's currency, without a sign. */
function ownAmountOf(detail: Element, context: CamtContext): string | undefined {
  const amount = at(detail, 'Amt');
  return amount?.attributes['Ccy'] === context.currencyName ? digitsOf(amount) : besideIn(detail, context);
}

function sumOf(details: readonly Element[], context: CamtContext): string | undefined {
  const amounts = details.map((detail) => ownAmountOf(detail, context));
  return amounts.length === 1 ? amounts[0] : totalOf(amounts);
}

function totalOf(amounts: readonly (string | undefined)[]): string | undefined {
  if (amounts.length === 0 || amounts.includes(undefined)) return undefined;
  return decimalOf((amounts as string[]).reduce((sum, amount) => sum + exact(amount), 0n));
}

/** Signed by `CdtDbtInd`, which is the direction of a reversal too, except at banks that give that of the payment. */
function signed(digits: string, indicator: Element, entry: Element, context: CamtContext): string {
  const direction = indicator.text.trim();
  if (direction !== 'CRDT' && direction !== 'DBIT')
    throw faultIn(indicator, `"${clean(direction)}" is neither CRDT nor DBIT`);
  const isTurned = context.turnsReversals === true && reversed(entry);
  return (direction === 'DBIT') !== isTurned ? negated(digits) : digits;
}

/**
 * Amounts of the details of a batch, when each has one in the account's currency and together they are the entry; one
 * amount more for charges that the bank names and that make up the difference.
 */
function sharesOf(
  details: readonly Element[],
  entry: Element,
  total: string,
  context: CamtContext,
): string[] | undefined {
  if (details.length < 2) return undefined;
  const shares: string[] = [];
  for (const detail of details) {
    const digits = ownAmountOf(detail, context);
    if (digits === undefined) return undefined;
    shares.push(signed(digits, at(detail, 'CdtDbtInd') ?? required(entry, 'CdtDbtInd'), entry, context));
  }
  const rest = exact(total) - shares.reduce((sum, share) => sum + exact(share), 0n);
  if (rest === 0n) return shares;
  const charges = [entry, ...details].flatMap((element) => chargesIn(element, context));
  const known = charges.reduce((sum, charge) => sum + exact(charge), 0n);
  const isCharges = charges.some((charge) => magnitude(exact(charge)) === magnitude(rest)) || known === magnitude(rest);
  return isCharges ? [...shares, decimalOf(rest)] : undefined;
}

function chargesIn(element: Element, { currencyName }: CamtContext): string[] {
  const amounts = all(element, 'Chrgs').flatMap((charges) => {
    const total = at(charges, 'TtlChrgsAndTaxAmt');
    return total ? [total] : [...all(charges, 'Amt'), ...all(charges, 'Rcrd').flatMap((record) => all(record, 'Amt'))];
  });
  return amounts.filter((amount) => amount.attributes['Ccy'] === currencyName).map(digitsOf);
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

/** Characters of a `Ustrd` (Max140Text). */
const LONGEST_PIECE = 140;

function remittanceOf(detail: Element | undefined): string {
  const information = at(detail, 'RmtInf');
  // A piece of full length was cut there, so the next goes on in its last word.
  const free = clean(
    all(information, 'Ustrd').reduce(
      (text, { text: piece }) => `${text}${piece}${piece.length < LONGEST_PIECE ? ' ' : ''}`,
      '',
    ),
  );
  if (free) return free;
  const structured = all(information, 'Strd');
  const texts = structured.flatMap((part) => all(part, 'AddtlRmtInf').map((line) => line.text));
  const references = structured.map((part) => textAt(part, 'CdtrRefInf', 'Ref') ?? '');
  return clean(texts.join(' ')) || clean(references.join(' '));
}

/**
 * Who paid us or whom we paid: the debtor of a credit, the creditor of a debit; in a reversal the parties are those of
 * the payment taken back, so the other way round. Name in `Nm`, since version 8 in `Pty/Nm`.
 */
function partyOf(entry: Element, detail: Element | undefined, amount: string, context: CamtContext) {
  const parties = at(detail, 'RltdPties');
  const likely = amount.startsWith('-') === reversed(entry) ? 'Dbtr' : 'Cdtr';
  const found = sideOf(parties, likely);
  if (found.party || found.partyIban) return found;
  const other = sideOf(parties, likely === 'Dbtr' ? 'Cdtr' : 'Dbtr');
  return other.partyIban !== undefined && other.partyIban !== context.own ? other : {};
}

function sideOf(parties: Element | undefined, side: 'Dbtr' | 'Cdtr') {
  const name = (role: string) => clean(textAt(parties, role, 'Nm') ?? textAt(parties, role, 'Pty', 'Nm'));
  const account = at(parties, `${side}Acct`, 'Id');
  return {
    party: name(side) || name(`Ultmt${side}`),
    partyIban: ibanIn(textAt(account, 'IBAN')) ?? partyAccountIn(textAt(account, 'Othr', 'Id')),
  };
}

/** `PMNT-CCRD-POSD` of the ISO list, else the bank's own code. */
function codeOf(element: Element | undefined): string | undefined {
  const domain = at(element, 'BkTxCd', 'Domn');
  const code = [textAt(domain, 'Cd'), textAt(domain, 'Fmly', 'Cd'), textAt(domain, 'Fmly', 'SubFmlyCd')].filter(
    Boolean,
  );
  return clean(code.join('-')) || clean(textAt(element, 'BkTxCd', 'Prtry', 'Cd')) || undefined;
}

/** Card details moved between the versions; the name of the element did not. */
function categoryOf(element: Element | undefined): string | undefined {
  if (!element) return undefined;
  for (const child of element.children) {
    if (child.name === 'TxDtls') continue;
    const found = child.name === 'MrchntCtgyCd' ? child.text.trim() : categoryOf(child);
    if (found && /^\d{4}$/.test(found)) return found;
  }
  return undefined;
}
