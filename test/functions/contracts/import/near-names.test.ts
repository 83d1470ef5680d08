import { nearNames, plainNames } from '../../../../functions/contracts/import/near-names.ts';

const row = { bookedOn: '2026-11-19', currencyAmount: '-1', title: '' };

test('names that are nearly known are found, wherever they are, each once', () => {
  const message = {
    type: 'owner-import',
    imported_at: '2026-11-21T10:15:30Z',
    batch: 7,
    accounts: [
      {
        IBAN: 'PL61',
        cover: { from: '2026-11-01' },
        transactions: [
          { ...row, prty: 'x' },
          { ...row, prty: 'y' },
        ],
      },
      { iban: 'PL61', Iban: 'PL62', nickname: 'x', transactions: [{ ...row, transactionID: '1', colour: 'red' }] },
    ],
  };
  expect(nearNames(message)).toEqual([
    { name: 'imported_at', known: 'importedAt' },
    { name: 'IBAN', known: 'iban' },
    { name: 'cover', known: 'covers' },
    { name: 'prty', known: 'party' },
    { name: 'transactionID', known: 'transactionId' },
  ]);
});

test('as many rows of an account are checked as requested', () => {
  const message = { accounts: [{ transactions: [row, { ...row, prty: 'x' }] }] };
  expect([nearNames(message, 1), nearNames(message, 2).length]).toEqual([[], 1]);
});

test('an invalid message has no names, and a map of many keys costs little', () => {
  for (const value of [null, 'text', 7, [], { accounts: 7 }, { accounts: [null, 'x', { transactions: {} }] }]) {
    expect(nearNames(value)).toEqual([]);
  }
  const keys = Array.from({ length: 50_000 }, (_, index) => [`titel${index}`, 1]);
  expect(nearNames({ accounts: [Object.fromEntries(keys)] }).length).toBeLessThanOrEqual(20);
});

test('a key that may be someone’s data is logged by the name that it is near to', () => {
  const names = [
    { name: 'cover', known: 'covers' },
    { name: 'titłe ', known: 'title' },
  ];
  expect(plainNames(names)).toEqual(['cover', '(near title)']);
});
