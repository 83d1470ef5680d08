import { fc, test as property } from '@fast-check/jest';
import { decodePage, encodePage } from '../../../../functions/adapters/owners/page-codec.ts';
import type { Row } from '../../../../functions/domain/ledger/ledger.ts';
import { joinPages, type Page } from '../../../../functions/domain/ledger/page.ts';
import { dayOf, monthOf } from '../../../../functions/domain/values/day.ts';
import { ACCOUNTS, EVERYTHING, imports } from '../../../support/ledgers.ts';

const DAY = dayOf(2026, 11, 1);
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '__proto__', 'a|b', '\ud800', '\u2028', '"'));
const row: fc.Arbitrary<Row> = fc.record(
  {
    amount: fc.maxSafeInteger(),
    title: text,
    party: text,
    partyIban: text,
    kind: text,
    merchantCategoryCode: fc.constantFrom('5995', '0000'),
    bankTransactionCode: text,
    transactionOn: fc.integer({ min: -719_528, max: 2_932_896 }),
    transactionId: text,
    labels: fc.array(text, { minLength: 1, maxLength: 3 }),
    pending: fc.constant(true as const),
  },
  { requiredKeys: ['amount', 'title'] },
);
const page: fc.Arbitrary<Page> = fc
  .record({
    account: fc.constantFrom(...ACCOUNTS),
    days: fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 29 }).map((offset) => DAY + offset),
        fc.record({
          stamp: fc.record({
            importedAt: fc.integer({ min: 0, max: 2e12 }),
            importId: fc.oneof(text, fc.constantFrom('a', 'b')),
            source: fc.constantFrom('AIS' as const, 'PDF' as const, 'OWNER_UPLOAD' as const),
          }),
          rows: fc.array(row, { maxLength: 4 }),
        }),
      ),
      { maxLength: 8 },
    ),
  })
  .map(({ account, days }) => ({ account, month: monthOf(DAY), days: new Map(days) }));

/** One page, written by the release that had the first form, and by the one that brought the second. */
const FIRST_FORM =
  'AVVRTWvjMBT8K8ucJyDJ8od8K0kPZbtNaLKXNToojmhNHTk4CjSU/vcie0uJDg8xb97M+/iAa9vhEiLqD3R7F1Bj81hIKYyQQmqRXimVNJVUValBtJdx9KG9' +
  'TswnfBLHIcRX1EWliHN0x9MZddPI0uiyUJOCIByoLCe00tUsTOxBaS0xXsJUpESZV1QUlulfCMqZEP17TAz8W683j3+3IED8vnve3YHf4K/tPYjVfWWyUmgh' +
  'tBZ5poTMhBAgcmNyEJs/T7vFcvm8WmzW2xWIKEGcfDyDGELfBQ9LHNwV9XdDt7EQlnDHeW/NQhtjOMecUmU6L1LHXew96kYwDaEscXJjTJoZMy5kmnGGHqa9' +
  'N9oSb104JNeJf/Rj++pCXLroX4bxuhwOSTC3xN6Ft93owtm1sRvC/8xk+4M+JKnyFlsnpzRIyXDp+59gid7tfT+doaKxbCp7kz75cOjCS6q3n18=';
const SECOND_FORM =
  'AnWTsWoDMQyGX6VoVkCy5bM9hlymXnMmlywBDw1kCIS00Kx99yLfhYvbxoMw0o9lffz6L5e6hpkiMbGQHs+GY2ATvEDVIXWbxw7B1N+M4htTXiCEd0CTsWSD' +
  'BJmyR0CuB/Eu6MgZ9d4UDCoYqYzlQqWiJjFGHKNDNlZc88j70Pep2w+KHQDhdbndLSHj7ItJ8DKsoVCXe/HupHYdovUkRCLkrCG2RKRvTB6zaDM+daWL0an4' +
  'iZnT22a3WK227SL1Q6vCP2tw41/p4l/G2cEaMsK8UPB5un0Bwsf1cr6eQInmSjpb3uTvHw==';

property.prop([page], { numRuns: 1000 })('decoding undoes encoding', (given) => {
  expect(decodePage(encodePage(given))).toEqual(given);
});

property.prop([imports(DAY)], { numRuns: 300 })(
  'pages that imports made come back, and joining again changes nothing',
  (given) => {
    const { pages } = joinPages([], given, EVERYTHING);
    const again = pages.map((each) => decodePage(encodePage(each)));
    expect(again).toEqual(pages.map(({ account, month, days }) => ({ account, month, days })));
    expect(joinPages(again, given, EVERYTHING).changed).toEqual([]);
  },
);

property.prop([page], { numRuns: 200 })('the order of days makes no difference to the bytes', (given) => {
  const turned = { ...given, days: new Map([...given.days].reverse()) };
  expect(encodePage(turned)).toEqual(encodePage(given));
});

test('a page whose columns all reach to its last row, as it used to be stored', () => {
  const stored =
    'ATWOQYvCMBSE/8oy5xFqVq3N3cOCWEH2YskhGwMKaVrSV1DE/76k2nd4vJnHN8wT1rlujAL9nM+fCzQsCDem5KN7QOO4P+BFtF2UK/Rmq4hBbNsP0E2zLKtVuVHFNM' +
    'yoMoZIY5zeqijXWyoW2RR/l+ziXNfH/e8JBDiLr9MORO9lgCEu9gE903kbwrbvss1iVVUV1znxJsFDNwWXhuhtkgnjIktJNg7Wya2LdfyklYxjCIYI9s+HqeK3eXuvfw==';
  const stamp = { importedAt: 1_794_762_000_000, importId: 'a', source: 'AIS' as const };
  const rows: Row[] = [
    { amount: -4999, title: 'ZOOPLUS', party: 'ZOOPLUS SE', transactionOn: DAY - 1, labels: ['pets'] },
    { amount: 5, title: '' },
  ];
  const days = new Map([
    [DAY, { stamp, rows }],
    [DAY + 1, { stamp, rows: [] }],
  ]);
  const given: Page = { account: { accountId: 'a', currency: 'PLN' }, month: monthOf(DAY), days };
  expect(decodePage(Buffer.from(stored, 'base64'))).toEqual(given);
  expect(decodePage(encodePage(given))).toEqual(given);
});

test.each([
  ['the first', FIRST_FORM],
  ['the second', SECOND_FORM],
])('a page in %s form, as it is stored', (_, stored) => {
  const stamp = { importedAt: 1_794_762_000_000, importId: 'a', source: 'AIS' as const };
  const later = { importedAt: 1_794_848_400_000, importId: 'b', source: 'PDF' as const };
  const full: Row = {
    amount: -4999,
    title: 'ZOOPLUS',
    party: 'ZOOPLUS SE',
    partyIban: 'DE89370400440532013000',
    kind: 'KARTA',
    merchantCategoryCode: '5995',
    bankTransactionCode: 'PMNT-CCRD-POSD',
    transactionId: 't1',
    transactionOn: DAY - 1,
    labels: ['pets', 'online'],
  };
  const again: Row = { amount: -4999, title: 'ZOOPLUS', party: 'ZOOPLUS SE', kind: 'KARTA', labels: ['pets'] };
  const days = new Map([
    [DAY, { stamp, rows: [full, again, { amount: 5, title: '', pending: true as const }] }],
    [DAY + 1, { stamp, rows: [] }],
    [DAY + 2, { stamp: later, rows: [{ amount: 123_456, title: 'KARTA', party: 'ZOOPLUS' }] }],
  ]);
  const given: Page = { account: { iban: 'PL61109010140000071219812874', currency: 'PLN' }, month: monthOf(DAY), days };
  expect(decodePage(Buffer.from(stored, 'base64'))).toEqual(given);
  expect(decodePage(encodePage(given))).toEqual(given);
});

test('a form of another version is an error', () => {
  const stored = encodePage({ account: { accountId: 'a', currency: 'PLN' }, month: 0, days: new Map() });
  stored[0] = 3;
  expect(() => decodePage(stored)).toThrow('a ledger page has the unknown form 3');
});

test('rows that repeat cost little', () => {
  const rows = Array.from({ length: 1000 }, () => ({
    amount: -4999,
    title: 'ZOOPLUS.PL MUENCHEN',
    party: 'ZOOPLUS SE',
  }));
  const days = new Map([[DAY, { stamp: { importedAt: 0, importId: 'a', source: 'AIS' as const }, rows }]]);
  expect(encodePage({ account: { accountId: 'a', currency: 'PLN' }, month: monthOf(DAY), days }).length).toBeLessThan(
    1000,
  );
});
