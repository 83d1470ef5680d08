import { fc, test as property } from '@fast-check/jest';
import { accountsSchema, ownerUploadSchema, parseWith } from '../../../../functions/contracts/import/import-message.ts';
import { parseAccounts, parseInPieces } from '../../../../functions/contracts/import/parse-import.ts';
import { wellFormedTransaction } from '../../../../functions/contracts/import/quick-import.ts';

const oftenRight = <Value>(right: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 12, arbitrary: right as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: fc.jsonValue() });
const row = oftenRight(
  fc.record(
    {
      bookedOn: oftenRight(fc.constant('2026-11-19')),
      currencyAmount: oftenRight(fc.constantFrom('-1.50', 7)),
      title: oftenRight(fc.string()),
      labels: oftenRight(fc.array(oftenRight(fc.constant('pets')), { maxLength: 40 })),
      party: oftenRight(fc.constantFrom(null, 'ZOOPLUS SE')),
    },
    { requiredKeys: ['bookedOn', 'currencyAmount'] },
  ),
);
const account = oftenRight(
  fc.record(
    {
      iban: oftenRight(fc.constant('PL61109010140000071219812874')),
      currencyName: oftenRight(fc.constant('PLN')),
      covers: oftenRight(fc.constant({ from: '2026-11-01', to: '2026-11-20' })),
      transactions: oftenRight(fc.array(row, { maxLength: 8 })),
    },
    { requiredKeys: ['currencyName'] },
  ),
);
const upload = oftenRight(
  fc.record(
    {
      ownerExternalId: oftenRight(fc.constant('loan-4711')),
      accounts: oftenRight(fc.array(account, { maxLength: 4 })),
    },
    { requiredKeys: ['accounts'] },
  ),
);

property.prop([upload], { numRuns: 500 })('an import in pieces reads as the schema reads it whole', (message) => {
  expect(parseInPieces(ownerUploadSchema, message)).toEqual(parseWith(ownerUploadSchema, message));
});

property.prop([fc.array(account, { maxLength: 4 })], { numRuns: 300 })('so do accounts alone', (accounts) => {
  expect(parseAccounts(accounts)).toEqual(parseWith(accountsSchema, accounts));
});

test('a fault after many good rows has its own place', () => {
  const good = { bookedOn: '2026-11-19', currencyAmount: '1', title: '' };
  const transactions = [...Array(2345).fill(good), { ...good, title: 7 }, good];
  const accounts = [{ accountId: 'a', currencyName: 'PLN', transactions }];
  const { faults } = parseInPieces(ownerUploadSchema, { ownerExternalId: 'a', accounts });
  expect(faults).toMatchObject([{ path: 'accounts[0].transactions[2345].title' }]);
});

describe('32 labels of the publisher are read, 33 are a fault of the row', () => {
  const row = (labels: unknown[]) => ({ bookedOn: '2026-11-19', currencyAmount: '1', title: '', labels });
  const upload = (labels: unknown[]) => ({
    ownerExternalId: 'a',
    accounts: [{ accountId: 'a', currencyName: 'PLN', transactions: [row(labels)] }],
  });
  const at = 'accounts[0].transactions[0].labels';
  const pathsOf = (labels: unknown[]) =>
    parseInPieces(ownerUploadSchema, upload(labels)).faults?.map(({ path }) => path);

  test.each([0, 1, 31, 32])('%d', (count) => {
    const labels = Array.from({ length: count }, (_, index) => `label ${index}`);
    expect(parseInPieces(ownerUploadSchema, upload(labels)).value).toMatchObject(upload(labels));
    expect(wellFormedTransaction(row(labels))?.labels).toEqual(labels);
  });

  test.each([33, 34, 10_000])('%d', (count) => {
    const labels = Array(count).fill('label');
    expect(pathsOf(labels)).toEqual([at]);
    expect(wellFormedTransaction(row(labels))).toBeUndefined();
  });
});
