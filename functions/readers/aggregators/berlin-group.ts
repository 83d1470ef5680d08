/** Answers in the form of Berlin Group's NextGenPSD2 (XS2A): of banks themselves and of GoCardless (Nordigen). */

import { ibanIn } from '../account-number.ts';
import { clean } from '../text.ts';
import { momentText, readerOfVendor, signed, type Vendor } from './aggregator.ts';
import { at, firstText, isObject, textAt } from './json.ts';

const vendor: Vendor = {
  name: 'berlin-group',
  title: 'JSON of Berlin Group/GoCardless',
  detect: (text) =>
    /"transactionAmount"\s{0,9}:/.test(text) ||
    (/"transactions"\s{0,9}:/.test(text) && /"booked"\s{0,9}:\s{0,9}\[/.test(text)),
  isRow: (node) => isObject(node['transactionAmount']),
  accountOf: (node) => {
    const [id, iban] = [textAt(node, 'resourceId') ?? textAt(node, 'id'), textAt(node, 'iban')];
    const number = iban ?? textAt(node, 'bban');
    const isAccount =
      number !== undefined && (node['currency'] !== undefined || id !== undefined || Object.keys(node).length === 1);
    return isAccount || (textAt(node, 'resourceId') !== undefined && node['currency'] !== undefined)
      ? { id, number, currencyName: textAt(node, 'currency') }
      : undefined;
  },
  rowOf: (node, { pending }) => {
    const amount = textAt(node, 'transactionAmount', 'amount');
    const indicator = textAt(node, 'creditDebitIndicator');
    const leaves = amount?.startsWith('-') === true || indicator?.startsWith('D') === true;
    const other = leaves ? 'creditor' : 'debtor';
    return {
      currencyName: textAt(node, 'transactionAmount', 'currency'),
      bookedOn: firstText(
        ...['bookingDate', 'bookingDateTime', 'valueDate', 'valueDateTime', 'transactionDate'].map((key) =>
          momentText(textAt(node, key)),
        ),
      ),
      amount: signed(amount, leaves),
      status: pending || textAt(node, 'bookingStatus') === 'pending' ? 'PENDING' : 'DONE',
      fields: {
        transactionOn: momentText(textAt(node, 'valueDate')),
        title: clean(remittanceOf(node)),
        party: clean(textAt(node, `${other}Name`)),
        partyIban: ibanIn(textAt(node, `${other}Account`, 'iban') ?? textAt(node, `${other}Account`, 'bban')),
        kind: clean(textAt(node, 'proprietaryBankTransactionCode')),
        bankTransactionCode: textAt(node, 'bankTransactionCode'),
        merchantCategoryCode: /^\d{4}$/.exec(textAt(node, 'merchantCategoryCode') ?? '')?.[0],
        transactionId: firstText(
          textAt(node, 'transactionId'),
          textAt(node, 'internalTransactionId'),
          textAt(node, 'entryReference'),
        ),
      },
    };
  },
};

function remittanceOf(node: object): string | undefined {
  const texts = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(texts);
    return typeof value === 'string' ? [value] : isObject(value) ? texts(value['reference']) : [];
  };
  const fields = [
    'remittanceInformationUnstructured',
    'remittanceInformationUnstructuredArray',
    'remittanceInformationStructured',
    'remittanceInformationStructuredArray',
    'additionalInformation',
  ];
  return fields.map((field) => texts(at(node, field)).join(' ')).find((text) => text.trim() !== '');
}

export const berlinGroup = readerOfVendor(vendor);
