/** Answers of Enable Banking. */
import { ibanIn } from '../account-number.ts';
import { clean } from '../text.ts';
import { momentText, readerOfVendor, signed, type Vendor } from './aggregator.ts';
import { firstText, isObject, textAt } from './json.ts';

const STATUS: Readonly<Record<string, 'DONE' | 'left out'>> = { BOOK: 'DONE', RJCT: 'left out', CNCL: 'left out' };

const vendor: Vendor = {
  name: 'enable-banking',
  title: 'JSON of Enable Banking',
  detect: (text) => /"transaction_amount"\s{0,9}:/.test(text),
  isRow: (node) => isObject(node['transaction_amount']),
  accountOf: (node) => {
    const [id, iban] = [textAt(node, 'uid'), textAt(node, 'account_id', 'iban')];
    const number = iban ?? textAt(node, 'account_id', 'other', 'identification');
    return id !== undefined || number !== undefined
      ? { id, number, currencyName: textAt(node, 'currency') }
      : undefined;
  },
  rowOf: (node) => {
    const amount = textAt(node, 'transaction_amount', 'amount');
    const leaves = textAt(node, 'credit_debit_indicator') === 'DBIT' || amount?.startsWith('-') === true;
    const other = leaves ? 'creditor' : 'debtor';
    const remittance = Array.isArray(node['remittance_information']) ? node['remittance_information'] : [];
    return {
      currencyName: textAt(node, 'transaction_amount', 'currency'),
      bookedOn: firstText(
        ...['booking_date', 'value_date', 'transaction_date'].map((key) => momentText(textAt(node, key))),
      ),
      amount: signed(amount, leaves),
      status: STATUS[textAt(node, 'status') ?? 'BOOK'] ?? 'PENDING',
      fields: {
        transactionOn: momentText(textAt(node, 'transaction_date') ?? textAt(node, 'value_date')),
        title: clean(remittance.filter((text) => typeof text === 'string').join(' ')),
        party: clean(textAt(node, other, 'name')),
        partyIban: ibanIn(textAt(node, `${other}_account`, 'iban')),
        kind: clean(textAt(node, 'bank_transaction_code', 'description')),
        bankTransactionCode: firstText(
          [textAt(node, 'bank_transaction_code', 'code'), textAt(node, 'bank_transaction_code', 'sub_code')]
            .filter(Boolean)
            .join('-') || undefined,
        ),
        merchantCategoryCode: /^\d{4}$/.exec(textAt(node, 'merchant_category_code') ?? '')?.[0],
        transactionId: firstText(textAt(node, 'entry_reference'), textAt(node, 'transaction_id')),
      },
    };
  },
};

export const enableBanking = readerOfVendor(vendor);
