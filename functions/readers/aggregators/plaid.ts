/** Answers of Plaid: `/transactions/sync` and `/transactions/get`. Plaid's positive amounts leave the account. */
import { negated } from '../decimal.ts';
import { clean } from '../text.ts';
import { momentText, readerOfVendor, type Vendor } from './aggregator.ts';
import { at, firstText, isObject, textAt } from './json.ts';

const vendor: Vendor = {
  name: 'plaid',
  title: 'JSON of Plaid',
  detect: (text) =>
    /"iso_currency_code"\s{0,9}:/.test(text) || (/"added"\s{0,9}:/.test(text) && /"next_cursor"\s{0,9}:/.test(text)),
  isRow: (node) => node['transaction_id'] !== undefined && node['amount'] !== undefined && node['date'] !== undefined,
  accountOf: (node) => {
    const id = textAt(node, 'account_id');
    if (id === undefined || (!isObject(node['balances']) && textAt(node, 'iban') === undefined)) return undefined;
    return {
      id,
      number: firstText(textAt(node, 'iban'), textAt(node, 'persistent_account_id')),
      currencyName: textAt(node, 'balances', 'iso_currency_code'),
    };
  },
  rowOf: (node) => {
    const amount = textAt(node, 'amount');
    return {
      accountId: textAt(node, 'account_id'),
      currencyName: firstText(textAt(node, 'iso_currency_code'), textAt(node, 'unofficial_currency_code')),
      bookedOn: momentText(textAt(node, 'date')),
      amount: amount !== undefined && /^-?\d+(?:\.\d+)?$/.test(amount) ? negated(amount) : amount,
      status: node['pending'] === true ? 'PENDING' : 'DONE',
      fields: {
        transactionOn: momentText(textAt(node, 'authorized_date')),
        title: clean(firstText(textAt(node, 'original_description'), textAt(node, 'name'))),
        party: clean(
          firstText(
            textAt(node, 'merchant_name'),
            textAt(node, 'payment_meta', textAt(node, 'amount')?.startsWith('-') ? 'payer' : 'payee'),
          ),
        ),
        kind: clean(textAt(node, 'payment_channel')),
        transactionId: textAt(node, 'transaction_id'),
      },
    };
  },
  changes: (documents) => {
    const all = documents.flat();
    const list = (key: string) =>
      all.flatMap((document) => (Array.isArray(at(document, key)) ? (at(document, key) as unknown[]) : []));
    const removed = list('removed');
    const ids = removed.flatMap((entry) => textAt(entry, 'transaction_id') ?? (typeof entry === 'string' ? entry : []));
    const isDelta = removed.length > 0 || list('modified').length > 0 || at(all.at(-1), 'has_more') === true;
    return { removed: new Set(ids), isDelta };
  },
};

export const plaid = readerOfVendor(vendor);
