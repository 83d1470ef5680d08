/** Answers of Salt Edge's account information API, version 5 and 6. */
import { clean } from '../text.ts';
import { momentText, readerOfVendor, type Vendor } from './aggregator.ts';
import { firstText, textAt } from './json.ts';

const vendor: Vendor = {
  name: 'salt-edge',
  title: 'JSON of Salt Edge',
  detect: (text) =>
    /"made_on"\s{0,9}:/.test(text) || (/"connection_id"\s{0,9}:/.test(text) && /"nature"\s{0,9}:/.test(text)),
  isRow: (node) => node['made_on'] !== undefined && node['amount'] !== undefined,
  accountOf: (node) => {
    const id = textAt(node, 'id');
    if (id === undefined || textAt(node, 'nature') === undefined || node['made_on'] !== undefined) return undefined;
    return {
      id,
      number: firstText(textAt(node, 'extra', 'iban'), textAt(node, 'extra', 'account_number')),
      currencyName: textAt(node, 'currency_code'),
    };
  },
  rowOf: (node) => ({
    accountId: textAt(node, 'account_id'),
    currencyName: textAt(node, 'currency_code'),
    bookedOn: firstText(momentText(textAt(node, 'extra', 'posting_date')), momentText(textAt(node, 'made_on'))),
    amount: textAt(node, 'amount'),
    status:
      node['duplicated'] === true ? 'left out' : (textAt(node, 'status') ?? 'posted') === 'posted' ? 'DONE' : 'PENDING',
    fields: {
      transactionOn: momentText(textAt(node, 'made_on')),
      title: clean(textAt(node, 'description')),
      party: clean(firstText(textAt(node, 'extra', 'payee'), textAt(node, 'extra', 'payer'))),
      kind: clean(textAt(node, 'extra', 'type')),
      merchantCategoryCode: /^\d{4}$/.exec(textAt(node, 'extra', 'mcc') ?? '')?.[0],
      transactionId: textAt(node, 'id'),
    },
  }),
};

export const saltEdge = readerOfVendor(vendor);
