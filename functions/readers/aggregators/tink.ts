/** Answers of Tink: `/data/v2/transactions` and `/data/v2/accounts`. */
import { ibanIn } from '../account-number.ts';
import { clean } from '../text.ts';
import { momentText, readerOfVendor, type Vendor } from './aggregator.ts';
import { at, firstText, isObject, type Json, textAt } from './json.ts';

const vendor: Vendor = {
  name: 'tink',
  title: 'JSON of Tink',
  detect: (text) => /"unscaledValue"\s{0,9}:/.test(text),
  isRow: (node) => isObject(at(node, 'amount', 'value')) && isObject(node['dates']),
  accountOf: (node) => {
    const id = textAt(node, 'id');
    if (id === undefined || !(isObject(node['identifiers']) || isObject(node['balances']))) return undefined;
    return {
      id,
      number: firstText(textAt(node, 'identifiers', 'iban', 'iban'), textAt(node, 'identifiers', 'iban', 'bban')),
      currencyName: textAt(node, 'balances', 'booked', 'amount', 'currencyCode'),
    };
  },
  rowOf: (node) => {
    const amount = scaled(textAt(node, 'amount', 'value', 'unscaledValue'), textAt(node, 'amount', 'value', 'scale'));
    const other = amount?.startsWith('-') ? 'payee' : 'payer';
    return {
      accountId: textAt(node, 'accountId'),
      currencyName: textAt(node, 'amount', 'currencyCode'),
      bookedOn: firstText(momentText(textAt(node, 'dates', 'booked')), momentText(textAt(node, 'dates', 'value'))),
      amount,
      status: textAt(node, 'status') === 'BOOKED' ? 'DONE' : 'PENDING',
      fields: {
        transactionOn: firstText(
          momentText(textAt(node, 'dates', 'transaction')),
          momentText(textAt(node, 'dates', 'value')),
        ),
        title: clean(
          firstText(
            textAt(node, 'descriptions', 'detailed', 'unstructured'),
            textAt(node, 'descriptions', 'original'),
            textAt(node, 'descriptions', 'display'),
          ),
        ),
        party: clean(
          firstText(textAt(node, 'merchantInformation', 'merchantName'), textAt(node, 'counterparties', other, 'name')),
        ),
        partyIban: ibanIn(ibanOf(node, other)),
        kind: clean(textAt(node, 'types', 'type')),
        bankTransactionCode: textAt(node, 'types', 'financialInstitutionTypeCode'),
        merchantCategoryCode: /^\d{4}$/.exec(textAt(node, 'merchantInformation', 'merchantCategoryCode') ?? '')?.[0],
        transactionId: textAt(node, 'id'),
      },
    };
  },
};

function ibanOf(node: Json, other: string): string | undefined {
  return textAt(node, 'counterparties', other, 'identifiers', 'financialInstitution', 'accountNumber');
}

/** `-1300` with the scale 1 is -130.0. */
function scaled(unscaled: string | undefined, scale: string | undefined): string | undefined {
  if (unscaled === undefined || !/^-?\d{1,30}$/.test(unscaled) || !/^-?\d{1,2}$/.test(scale ?? '0')) return undefined;
  const places = Number(scale ?? 0);
  const digits = unscaled.replace('-', '');
  const sign = unscaled.startsWith('-') && /[1-9]/.test(digits) ? '-' : '';
  if (places <= 0) return `${sign}${digits}${digits === '0' ? '' : '0'.repeat(-places)}`;
  const padded = digits.padStart(places + 1, '0');
  return `${sign}${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

export const tink = readerOfVendor(vendor);
