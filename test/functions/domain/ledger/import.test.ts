import { fc, test as property } from '@fast-check/jest';
import {
  type AccountMessage,
  type ImportMessage,
  interpretImport,
} from '../../../../functions/domain/ledger/import.ts';
import { dayOf, formatDay } from '../../../../functions/domain/values/day.ts';

const NOW = Date.UTC(2026, 10, 21, 10, 15, 30);
const IBAN = 'PL61109010140000071219812874';
const row = { bookedOn: '2026-11-19', currencyAmount: '-49.99', title: 'ZOOPLUS' };
const account: AccountMessage = { iban: IBAN, currencyName: 'PLN', transactions: [row] };
const message = (accounts: readonly AccountMessage[], more: Partial<ImportMessage> = {}): ImportMessage => ({
  importId: '01',
  source: 'AIS',
  importedAt: '2026-11-21T10:15:30.123Z',
  accounts,
  ...more,
});
const read = (given: ImportMessage) => interpretImport(given, NOW);
const faultsOf = (...accounts: AccountMessage[]) => read(message(accounts)).faults;

test('a whole message in the terms of the ledger', () => {
  const full = {
    ...row,
    transactionOn: '2026-11-18',
    party: 'ZOOPLUS\ud800',
    partyIban: 'de89 3704-0044\u00a00532 0130 00',
    kind: 'CARD',
    status: 'PENDING' as const,
    merchantCategoryCode: '5995',
    bankTransactionCode: 'PMNT/RCDT',
    transactionId: 'T-1',
    labels: ['pets', '__proto__', 'pets'],
  };
  const empty = {
    ...row,
    title: '',
    party: '',
    partyIban: '',
    kind: '',
    transactionId: '',
    labels: [],
    currencyAmount: 0,
  };
  expect(
    read(
      message([
        { iban: 'pl61 1090 1014 0000 0712 1981 2874', currencyName: 'PLN', transactions: [full, empty] },
        { iban: 'PL00109010140000071219812874', currencyName: 'PLN', transactions: [] },
        {
          accountId: 'a\ud800',
          currencyName: 'JPY',
          covers: { from: '2026-10-01', to: '2026-11-22' },
          transactions: [{ ...row, currencyAmount: -500, status: 'DONE' }],
        },
      ]),
    ),
  ).toEqual({
    ibansWithWrongCheckDigits: 1,
    import: {
      stamp: { importedAt: NOW + 123, importId: '01', source: 'AIS' },
      accounts: [
        {
          account: { iban: IBAN, currency: 'PLN' },
          from: dayOf(2026, 11, 19),
          to: dayOf(2026, 11, 19),
          rows: new Map([
            [
              dayOf(2026, 11, 19),
              [
                {
                  amount: -4999,
                  title: 'ZOOPLUS',
                  party: 'ZOOPLUS\ufffd',
                  partyIban: 'DE89370400440532013000',
                  kind: 'CARD',
                  merchantCategoryCode: '5995',
                  bankTransactionCode: 'PMNT/RCDT',
                  transactionOn: dayOf(2026, 11, 18),
                  transactionId: 'T-1',
                  labels: ['__proto__', 'pets'],
                  pending: true,
                },
                { amount: 0, title: '' },
              ],
            ],
          ]),
        },
        {
          account: { accountId: 'a\ufffd', currency: 'JPY' },
          from: dayOf(2026, 10, 1),
          to: dayOf(2026, 11, 22),
          rows: new Map([[dayOf(2026, 11, 19), [{ amount: -500, title: 'ZOOPLUS' }]]]),
        },
      ],
    },
  });
});

test('a pending row never refuses an import: one that no day of it can hold is left out', () => {
  const pending = { ...row, status: 'PENDING' as const };
  const odd = [
    { ...pending, bookedOn: '2027-03-01' },
    { ...pending, bookedOn: '2026-02-30' },
    { ...pending, currencyAmount: '-1.23456789' },
  ];
  const covers = { from: '2026-11-10', to: '2026-11-20' };
  const outside = { ...pending, bookedOn: '2026-11-21' };
  for (const given of [
    { ...account, transactions: [row, ...odd] },
    { ...account, covers, transactions: [outside, row, ...odd] },
  ]) {
    const [taken] = read(message([given])).import?.accounts ?? [];
    expect([...(taken?.rows.values() ?? [])].flat()).toEqual([{ amount: -4999, title: 'ZOOPLUS' }]);
  }
  expect(faultsOf({ ...account, transactions: [{ ...row, bookedOn: '2027-03-01' }] })).toHaveLength(1);
});

test('without covers the days go from the earliest to the latest row, pending ones included', () => {
  const pending = { ...row, status: 'PENDING' as const };
  const rows = [{ ...pending, bookedOn: '2026-11-21' }, row, { ...pending, bookedOn: '2026-11-02' }];
  const [told] = read(message([{ ...account, transactions: rows }])).import?.accounts ?? [];
  expect([told?.from, told?.to, told?.rows.size]).toEqual([dayOf(2026, 11, 2), dayOf(2026, 11, 21), 3]);
});

test('an account without rows says nothing, but its covered days are empty ones', () => {
  const covers = { from: '2026-11-01', to: '2026-11-02' };
  const accounts = [
    { accountId: 'a', currencyName: 'PLN', transactions: [] },
    { accountId: 'b', currencyName: 'PLN', transactions: [], covers },
  ];
  expect(read(message(accounts)).import?.accounts).toEqual([
    {
      account: { accountId: 'b', currency: 'PLN' },
      from: dayOf(2026, 11, 1),
      to: dayOf(2026, 11, 2),
      rows: new Map(),
    },
  ]);
});

test('instants: of the calendar, not ahead of the clock, not before 2000', () => {
  const faults = (importedAt: string) => read(message([], { importedAt })).faults;
  const good = [
    '2026-11-21T10:25:30Z',
    '2026-11-21T11:25:30+01:00',
    '2000-01-01T00:00:00Z',
    '2026-11-21T10:15:30.999999Z',
  ];
  expect(good.map(faults)).toEqual(good.map(() => undefined));
  const ahead = [{ path: 'importedAt', message: 'must not be more than 10 minutes ahead of the clock' }];
  const none = [{ path: 'importedAt', message: 'must be an instant of the calendar' }];
  expect(faults('2026-11-21T10:25:30.001Z')).toEqual(ahead);
  expect(faults('1999-12-31T23:59:59.999Z')).toEqual([
    { path: 'importedAt', message: 'must not be before 2000-01-01' },
  ]);
  expect(faults('2026-11-21T25:00:00Z')).toEqual(none);
  expect(faults('2026-02-30T10:00:00Z')).toEqual(none);
});

test('every fault of an account is reported with its path', () => {
  expect(
    faultsOf(
      account,
      { ...account, transactions: [], iban: 'PL61 1090 1014 0000 0712 1981 2874' },
      { ...account, iban: 'PL61', transactions: [] },
      { currencyName: 'PLN', transactions: [] },
      { accountId: 'a', currencyName: 'PLN', transactions: [], covers: { from: '2026-11-02', to: '2026-11-01' } },
      { accountId: 'b', currencyName: 'PLN', transactions: [], covers: { from: '2026-11-31', to: 'x' } },
      { accountId: 'c', currencyName: 'PLN', transactions: [], covers: { from: '2015-11-20', to: '2026-11-20' } },
      { accountId: 'd', currencyName: 'PLN', transactions: [], covers: { from: '2026-11-20', to: '2026-11-23' } },
      { accountId: 'e', currencyName: 'PLN', transactions: [row], covers: { from: '2026-11-20', to: '2026-11-20' } },
      { accountId: 'f\ud800', currencyName: 'PLN', transactions: [] },
      { accountId: 'f\udfff', currencyName: 'PLN', transactions: [] },
    ),
  ).toEqual([
    { path: 'accounts[1]', message: 'must not be the same account as accounts[0]: send its days together' },
    { path: 'accounts[2].iban', message: 'must have the form and the length of an IBAN of its country' },
    { path: 'accounts[3]', message: 'must have an `iban` or an `accountId`' },
    { path: 'accounts[4].covers', message: 'must not have `from` after `to`' },
    { path: 'accounts[5].covers.from', message: 'must be a day of the calendar (YYYY-MM-DD), and is "2026-11-31"' },
    { path: 'accounts[5].covers.to', message: 'must be a day of the calendar (YYYY-MM-DD), and is "x"' },
    { path: 'accounts[6].covers', message: 'must not cover more than 4018 days, and covers 4019' },
    {
      path: 'accounts[7].covers',
      message: 'must not cover days later than the day after `importedAt`, and covers 2026-11-23',
    },
    {
      path: 'accounts[8].transactions[0].bookedOn',
      message: 'must be one of the days that `covers` names, and is 2026-11-19',
    },
    { path: 'accounts[10]', message: 'must not be the same account as accounts[9]: send its days together' },
  ]);
});

test('months are counted over all accounts', () => {
  const covers = { from: '2016-01-31', to: '2026-11-20' };
  const accounts = (many: number) =>
    Array.from({ length: many }, (_, at) => ({ accountId: `${at}`, currencyName: 'PLN', covers, transactions: [] }));
  expect(faultsOf(...accounts(30))).toBeUndefined();
  expect(faultsOf(...accounts(31))).toEqual([
    {
      path: 'accounts',
      message:
        "must not cover more than 4000 months, each account's counted, and cover 4061: send some of the accounts in another import",
    },
  ]);
});

test('every fault of a row is reported with its path', () => {
  const amounts = ['1,50', '1.234', '1e12', '1000000000000.01', 1e-25];
  const rows = [
    ...amounts.map((currencyAmount) => ({ ...row, currencyAmount })),
    { ...row, bookedOn: '2026-02-29' },
    { ...row, transactionOn: '2026-13-01' },
    { ...row, bookedOn: '2026-11-23' },
  ];
  const path = 'accounts[0].transactions';
  expect(faultsOf({ ...account, transactions: rows })).toEqual([
    { path: `${path}[0].currencyAmount`, message: 'must be a decimal number such as "-49.99"' },
    { path: `${path}[1].currencyAmount`, message: 'must not have more than the 2 decimals of PLN' },
    { path: `${path}[2].currencyAmount`, message: 'must be a decimal number such as "-49.99"' },
    { path: `${path}[3].currencyAmount`, message: 'must be within ±1e12 PLN' },
    { path: `${path}[4].currencyAmount`, message: 'must not have more than the 2 decimals of PLN' },
    { path: `${path}[5].bookedOn`, message: 'must be a day of the calendar (YYYY-MM-DD), and is "2026-02-29"' },
    { path: `${path}[6].transactionOn`, message: 'must be a day of the calendar (YYYY-MM-DD), and is "2026-13-01"' },
    {
      path: 'accounts[0]',
      message: 'must not cover days later than the day after `importedAt`, and covers 2026-11-23',
    },
  ]);
});

test('the most days, the last day and pockets of one IBAN are well; faults stop at twenty', () => {
  const covers = { from: '2015-11-23', to: '2026-11-22' };
  expect(faultsOf({ ...account, covers }, { ...account, currencyName: 'EUR' })).toBeUndefined();
  const bad = Array.from({ length: 50 }, () => ({ ...row, currencyAmount: '' }));
  expect(faultsOf({ ...account, transactions: bad })?.length).toBe(20);
});

property.prop([fc.shuffledSubarray(['ł', 'a', 'B', '\uffff', '\u{10000}', '']), fc.integer({ min: 0, max: 9 })])(
  'the order in which a bank lists rows means nothing',
  (titles, back) => {
    const bookedOn = formatDay(dayOf(2026, 11, 19) - back);
    const told = (inOrder: readonly string[]) =>
      read(message([{ ...account, transactions: inOrder.map((title) => ({ ...row, bookedOn, title })) }]));
    expect(told(titles)).toEqual(told([...titles].reverse()));
  },
);
