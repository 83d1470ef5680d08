/** One entry (`Ntry`) of a camt.053: one transaction, or one per detail when the bank booked a batch in one sum. */
import { parseDay } from '../domain/values/day.ts';
import { ibanIn } from './account-number.ts';
import { exact, isDecimal, negated } from './decimal.ts';
import type { Reading, Transaction } from './statement.ts';
import { clean, withoutBlanks } from './text.ts';
import { all, at, type Element, faultIn, required, textAt } from './xml.ts';

export type EntryContext = Reading & {
  readonly currencyName: string;
  /** IBAN of the account itself, so that it is not taken for the other party. */
  readonly own: string | undefined;
};

/** @throws {ReaderError} with line and element */
export function readEntry(entry: Element, context: EntryContext): Transaction[] {
  const status = statusOf(entry, context);
  if (status === undefined) return [];
  const amount = amountAt(entry, context.currencyName);
  const common = {
    bookedOn: dayOf(entry, 'BookgDt') ?? dayOf(entry, 'ValDt'),
    transactionOn: dayOf(entry, 'ValDt'),
    status,
  };
  if (common.bookedOn === undefined) throw faultIn(entry, 'has neither BookgDt nor ValDt');
  const details = all(entry, 'NtryDtls').flatMap((group) => all(group, 'TxDtls'));
  const shares = sharesOf(details, entry, amount, context.currencyName);
  const rows = shares
    ? details.map((detail, index) => ({ detail, amount: shares[index] as string }))
    : [{ detail: details[0], amount }];
  return rows.map((row) => {
    // A batch that cannot be divided stays one row, and no single party of it is named.
    const detail = shares || details.length === 1 ? row.detail : undefined;
    return transactionOf(entry, detail, row.amount, common, context, shares !== undefined && details.length > 1);
  });
}

function transactionOf(
  entry: Element,
  detail: Element | undefined,
  amount: string,
  common: { bookedOn: string | undefined; transactionOn: string | undefined; status: 'DONE' | 'PENDING' },
  context: EntryContext,
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
function statusOf(entry: Element, context: EntryContext): 'DONE' | 'PENDING' | undefined {
  const element = required(entry, 'Sts');
  const status = textAt(element, 'Cd') ?? textAt(element, 'Prtry') ?? element.text.trim();
  if (status === 'BOOK') return 'DONE';
  if (status === 'PDNG' || status === 'FUTR') return 'PENDING';
  if (status !== 'INFO') throw faultIn(element, `"${clean(status)}" is no status of an entry (BOOK, PDNG, FUTR, INFO)`);
  context.warn(`line ${entry.line}: an entry for information only (INFO) was left out`);
  return undefined;
}

/** Signed by `CdtDbtInd`, which already tells the direction of a reversal (`RvslInd`): it is not turned round again. */
function amountAt(element: Element, currencyName: string): string {
  const amount = required(element, 'Amt');
  const digits = amount.text.trim();
  if (!isDecimal(digits) || /^[+-]/.test(digits))
    throw faultIn(amount, `"${clean(digits)}" is no decimal number without a sign`);
  const currency = amount.attributes['Ccy'] ?? currencyName;
  if (currency !== currencyName) throw faultIn(amount, `is in ${clean(currency)}, the account in ${currencyName}`);
  return signed(digits, required(element, 'CdtDbtInd'));
}

function signed(digits: string, indicator: Element): string {
  const direction = indicator.text.trim();
  if (direction === 'CRDT') return digits;
  if (direction === 'DBIT') return negated(digits);
  throw faultIn(indicator, `"${clean(direction)}" is neither CRDT nor DBIT`);
}

/** Amounts of the details of a batch, when each has one in the account's currency and together they are the entry. */
function sharesOf(details: readonly Element[], entry: Element, total: string, currency: string): string[] | undefined {
  if (details.length < 2) return undefined;
  const shares: string[] = [];
  for (const detail of details) {
    const amount = at(detail, 'Amt') ?? at(detail, 'AmtDtls', 'TxAmt', 'Amt');
    const digits = amount?.text.trim() ?? '';
    if (!amount || amount.attributes['Ccy'] !== currency || !isDecimal(digits) || /^[+-]/.test(digits))
      return undefined;
    shares.push(signed(digits, at(detail, 'CdtDbtInd') ?? required(entry, 'CdtDbtInd')));
  }
  const sum = shares.reduce((all, share) => all + exact(share), 0n);
  return sum === exact(total) ? shares : undefined;
}

function remittanceOf(detail: Element | undefined): string {
  const information = at(detail, 'RmtInf');
  const free = clean(
    all(information, 'Ustrd')
      .map((line) => line.text)
      .join(' '),
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
function partyOf(entry: Element, detail: Element | undefined, amount: string, context: EntryContext) {
  const parties = at(detail, 'RltdPties');
  const reversed = textAt(entry, 'RvslInd') === 'true' || textAt(entry, 'RvslInd') === '1';
  const likely = amount.startsWith('-') === reversed ? 'Dbtr' : 'Cdtr';
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
    partyIban: ibanIn(textAt(account, 'IBAN') ?? textAt(account, 'Othr', 'Id')),
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

function dayOf(entry: Element, name: string): string | undefined {
  const element = at(entry, name);
  const text = textAt(element, 'Dt') ?? textAt(element, 'DtTm');
  if (!element || text === undefined) return undefined;
  const day = text.slice(0, 10);
  if (parseDay(day) === undefined) throw faultIn(element, `"${clean(text)}" is no day of the calendar`);
  return day;
}
