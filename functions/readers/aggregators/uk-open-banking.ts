/** Answers in the form of UK Open Banking's account and transaction API, versions 3 and 4. */
import { ibanIn } from '../account-number.ts';
import { clean } from '../text.ts';
import { momentText, readerOfVendor, signed, type Vendor } from './aggregator.ts';
import { at, firstText, isObject, type Json, textAt } from './json.ts';

const STATUS: Readonly<Record<string, 'DONE' | 'left out'>> = {
  Booked: 'DONE',
  BOOK: 'DONE',
  Rejected: 'left out',
  RJCT: 'left out',
};

const vendor: Vendor = {
  name: 'uk-open-banking',
  title: 'JSON of UK Open Banking',
  detect: (text) => /"Data"\s{0,9}:/.test(text) && /"(?:Transaction|Account)"\s{0,9}:/.test(text),
  isRow: (node) =>
    isObject(node['Amount']) &&
    textAt(node, 'CreditDebitIndicator') !== undefined &&
    node['BookingDateTime'] !== undefined,
  accountOf: (node) => {
    const id = textAt(node, 'AccountId');
    if (id === undefined || textAt(node, 'Currency') === undefined) return undefined;
    const named = at(node, 'Account');
    const numbers = (Array.isArray(named) ? named : []).filter(isObject);
    const iban = numbers.find((number) => textAt(number, 'SchemeName')?.endsWith('IBAN'));
    return { id, number: textAt(iban ?? numbers[0], 'Identification'), currencyName: textAt(node, 'Currency') };
  },
  rowOf: (node) => {
    const leaves = textAt(node, 'CreditDebitIndicator')?.startsWith('D') === true;
    const side = leaves ? 'Creditor' : 'Debtor';
    return {
      accountId: textAt(node, 'AccountId'),
      currencyName: textAt(node, 'Amount', 'Currency'),
      bookedOn: momentText(textAt(node, 'BookingDateTime')),
      amount: signed(textAt(node, 'Amount', 'Amount'), leaves),
      status: STATUS[textAt(node, 'Status') ?? 'Booked'] ?? 'PENDING',
      fields: {
        transactionOn: momentText(textAt(node, 'ValueDateTime')),
        title: clean(firstText(textAt(node, 'TransactionInformation'), textAt(node, 'TransactionReference'))),
        party: clean(
          firstText(textAt(node, 'MerchantDetails', 'MerchantName'), textAt(node, `${side}Account`, 'Name')),
        ),
        partyIban: ibanIn(textAt(node, `${side}Account`, 'Identification')),
        kind: clean(textAt(node, 'ProprietaryBankTransactionCode', 'Code')),
        bankTransactionCode: codeOf(node),
        merchantCategoryCode: /^\d{4}$/.exec(textAt(node, 'MerchantDetails', 'MerchantCategoryCode') ?? '')?.[0],
        transactionId: textAt(node, 'TransactionId'),
      },
    };
  },
};

function codeOf(node: Json): string | undefined {
  const parts = [textAt(node, 'BankTransactionCode', 'Code'), textAt(node, 'BankTransactionCode', 'SubCode')];
  return parts.filter(Boolean).join('-') || undefined;
}

export const ukOpenBanking = readerOfVendor(vendor);
