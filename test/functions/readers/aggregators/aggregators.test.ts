import { describe, expect, test } from '@jest/globals';
import { readerOf, readStatements } from '../../../../functions/readers/reader.ts';
import type { ReadOptions } from '../../../../functions/readers/statement.ts';
import { NOW, plain, row } from '../read-plainly.ts';

const IBAN = 'DE89370400440532013000';
const OTHER = 'DE02120300000000202051';
const WHO = { account: IBAN };

function read(document: unknown, options: Partial<ReadOptions> = {}) {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const { format, source, statements, warnings } = readStatements(Buffer.from(text), { now: NOW, ...options });
  return { format, source, statements: statements.map(plain), warnings };
}

const one = (document: unknown, options: Partial<ReadOptions> = {}) =>
  read(document, options).statements.map(({ transactions }) => transactions);

describe('Berlin Group, GoCardless', () => {
  const BOOKED = {
    transactionId: 'T1',
    internalTransactionId: 'x1',
    bookingDate: '2026-06-10',
    valueDate: '2026-06-09',
    transactionAmount: { amount: '-42.50', currency: 'EUR' },
    creditorName: 'Futterhaus Seerose',
    remittanceInformationUnstructuredArray: ['Einkauf', '10.06.'],
    proprietaryBankTransactionCode: 'PMNT',
  };
  const READ = row('2026-06-10', '-42.50', 'Einkauf 10.06.', {
    transactionOn: '2026-06-09',
    party: 'Futterhaus Seerose',
    kind: 'PMNT',
    transactionId: 'T1',
  });
  const PENDING = {
    valueDate: '2026-06-11',
    transactionAmount: { amount: '-3.20', currency: 'EUR' },
    remittanceInformationUnstructured: 'Cafe',
  };

  test('booked and pending rows of GoCardless, whose account is a parameter', () => {
    expect(read({ transactions: { booked: [BOOKED], pending: [PENDING] } }, WHO)).toEqual({
      format: 'berlin-group',
      source: 'AIS',
      statements: [
        {
          account: IBAN,
          currencyName: 'EUR',
          transactions: [
            READ,
            { ...row('2026-06-11', '-3.20', 'Cafe', { transactionOn: '2026-06-11' }), status: 'PENDING' },
          ],
        },
      ],
      warnings: [],
    });
  });

  test('the account is beside the transactions (XS2A), or in a separate document', () => {
    const beside = {
      account: { iban: IBAN, currency: 'EUR' },
      transactions: { booked: [BOOKED], _links: { account: { href: '/a' } } },
    };
    const apart = [
      { account: { resourceId: 'r1', iban: IBAN, currency: 'EUR', ownerName: 'X' } },
      { transactions: { booked: [BOOKED] } },
    ];
    for (const document of [beside, apart, apart.map((part) => JSON.stringify(part)).join('\n')])
      expect(read(document).statements).toEqual([{ account: IBAN, currencyName: 'EUR', transactions: [READ] }]);
  });

  test('several accounts, each with its own transactions', () => {
    const document = [
      { account: { iban: IBAN, currency: 'EUR' }, transactions: { booked: [BOOKED] } },
      {
        account: { iban: OTHER, currency: 'EUR' },
        transactions: {
          booked: [
            {
              ...BOOKED,
              transactionAmount: { amount: '5', currency: 'EUR' },
              debtorName: 'Anna',
              debtorAccount: { iban: IBAN },
            },
          ],
        },
      },
    ];
    expect(read(document).statements).toEqual([
      { account: IBAN, currencyName: 'EUR', transactions: [READ] },
      {
        account: OTHER,
        currencyName: 'EUR',
        transactions: [{ ...READ, currencyAmount: '5', party: 'Anna', partyIban: IBAN }],
      },
    ]);
  });

  test.each([
    [
      'an indicator instead of a sign',
      { transactionAmount: { amount: '42.50', currency: 'EUR' }, creditDebitIndicator: 'DBIT' },
      {},
    ],
    [
      'a structured reference',
      { remittanceInformationUnstructuredArray: undefined, remittanceInformationStructured: { reference: 'RF18' } },
      { title: 'RF18' },
    ],
    [
      'additional information',
      { remittanceInformationUnstructuredArray: [], additionalInformation: 'Card' },
      { title: 'Card' },
    ],
    ['a booking time', { bookingDate: undefined, bookingDateTime: '2026-06-10T08:00:00Z' }, {}],
    [
      'codes',
      { bankTransactionCode: 'PMNT-CCRD-POSD', merchantCategoryCode: '5995' },
      { bankTransactionCode: 'PMNT-CCRD-POSD', merchantCategoryCode: '5995' },
    ],
    ['an amount as a number', { transactionAmount: { amount: -42.5, currency: 'EUR' } }, { currencyAmount: '-42.5' }],
  ])('%s', (_, change, read) => {
    expect(one({ transactions: { booked: [{ ...BOOKED, ...change }] } }, WHO)).toEqual([[{ ...READ, ...read }]]);
  });

  test('a page that is given twice counts once; rows of one id that differ are two', () => {
    const page = {
      transactions: { booked: [BOOKED, { ...BOOKED, transactionAmount: { amount: '-1.00', currency: 'EUR' } }] },
    };
    expect(one([page, page], WHO)).toEqual([[READ, { ...READ, currencyAmount: '-1.00' }]]);
  });

  test('currencies of one account are accounts of their own', () => {
    const dollars = { ...BOOKED, transactionAmount: { amount: '-1.00', currency: 'USD' } };
    expect(
      read({ transactions: { booked: [BOOKED, dollars] } }, WHO).statements.map(({ currencyName }) => currencyName),
    ).toEqual(['EUR', 'USD']);
  });

  test.each([
    [
      { transactions: { booked: [BOOKED] } },
      'JSON of Berlin Group/GoCardless does not say the account: give it as account (--account)',
    ],
    [
      {
        transactions: { booked: [{ ...BOOKED, bookingDate: undefined, valueDate: undefined }] },
        account: { iban: IBAN },
      },
      'the transaction "T1" has no day',
    ],
    [
      {
        transactions: { booked: [{ ...BOOKED, transactionAmount: { amount: 'x', currency: 'EUR' } }] },
        account: { iban: IBAN },
      },
      'the transaction "T1" has no amount that is a decimal number',
    ],
    [
      { transactions: { booked: [{ ...BOOKED, transactionAmount: { amount: '1' } }] }, account: { iban: IBAN } },
      'does not say the currency: give it as currency (--currency)',
    ],
    [{ transactions: { booked: [] } }, 'contains neither transactions nor accounts'],
  ])('refuses %#', (document, message) => {
    expect(() => read(document)).toThrow(message);
  });
});

test('Enable Banking', () => {
  const base = {
    entry_reference: 'E1',
    transaction_amount: { currency: 'EUR', amount: '42.50' },
    creditor: { name: 'Zoo' },
    creditor_account: { iban: OTHER },
    credit_debit_indicator: 'DBIT',
    status: 'BOOK',
    booking_date: '2026-06-10',
    value_date: '2026-06-09',
    bank_transaction_code: { description: 'Card', code: 'PMNT', sub_code: 'CCRD' },
    merchant_category_code: '5995',
    remittance_information: ['Einkauf', 'Juni'],
  };
  const document = [
    { uid: 'u1', account_id: { iban: IBAN }, currency: 'EUR' },
    {
      transactions: [
        base,
        {
          ...base,
          entry_reference: 'E2',
          credit_debit_indicator: 'CRDT',
          debtor: { name: 'ACME' },
          debtor_account: { iban: IBAN.replace('89', '89') },
        },
        { ...base, entry_reference: 'E3', status: 'PDNG', booking_date: null },
        { ...base, entry_reference: 'E4', status: 'CNCL' },
      ],
      continuation_key: null,
    },
  ];
  const READ = row('2026-06-10', '-42.50', 'Einkauf Juni', {
    transactionOn: '2026-06-09',
    party: 'Zoo',
    partyIban: OTHER,
    kind: 'Card',
    bankTransactionCode: 'PMNT-CCRD',
    merchantCategoryCode: '5995',
    transactionId: 'E1',
  });
  expect(read(document)).toEqual({
    format: 'enable-banking',
    source: 'AIS',
    statements: [
      {
        account: IBAN,
        currencyName: 'EUR',
        transactions: [
          { ...READ, bookedOn: '2026-06-09', status: 'PENDING', transactionId: 'E3' },
          READ,
          { ...READ, currencyAmount: '42.50', party: 'ACME', partyIban: IBAN, transactionId: 'E2' },
        ],
      },
    ],
    warnings: ['1 transaction left out: rejected, cancelled or sent twice'],
  });
});

describe('UK Open Banking', () => {
  const BASE = {
    AccountId: '22289',
    TransactionId: '123',
    CreditDebitIndicator: 'Debit',
    Status: 'Booked',
    BookingDateTime: '2026-06-10T10:43:07+00:00',
    ValueDateTime: '2026-06-09T10:43:22+00:00',
    TransactionInformation: 'TESCO STORES 3297',
    Amount: { Amount: '42.50', Currency: 'GBP' },
    BankTransactionCode: { Code: 'PMNT', SubCode: 'CCRD' },
    ProprietaryBankTransactionCode: { Code: 'POS', Issuer: 'Bank' },
    MerchantDetails: { MerchantName: 'Tesco', MerchantCategoryCode: '5411' },
    Balance: { Amount: { Amount: '230.00', Currency: 'GBP' }, CreditDebitIndicator: 'Credit', Type: 'InterimBooked' },
  };
  const READ = row('2026-06-10', '-42.50', 'TESCO STORES 3297', {
    transactionOn: '2026-06-09',
    party: 'Tesco',
    kind: 'POS',
    bankTransactionCode: 'PMNT-CCRD',
    merchantCategoryCode: '5411',
    transactionId: '123',
  });
  const accounts = (name: string, number: string) => ({
    Data: {
      Account: [
        {
          AccountId: '22289',
          Currency: 'GBP',
          AccountType: 'Personal',
          Account: [{ SchemeName: name, Identification: number }],
        },
      ],
    },
  });

  test('version 3 with the account in a document of its own', () => {
    expect(
      read([
        accounts('UK.OBIE.IBAN', 'GB29NWBK60161331926819'),
        { Data: { Transaction: [BASE] }, Links: {}, Meta: {} },
      ]),
    ).toEqual({
      format: 'uk-open-banking',
      source: 'AIS',
      statements: [{ account: 'GB29NWBK60161331926819', currencyName: 'GBP', transactions: [READ] }],
      warnings: [],
    });
  });

  test('moments become days in the calendar of the account', () => {
    const late = { ...BASE, BookingDateTime: '2026-06-10T23:30:00Z', ValueDateTime: '2026-01-10T23:30:00+00:00' };
    const days = (scheme: string, number: string) =>
      read([accounts(scheme, number), { Data: { Transaction: [late] } }])
        .statements.flatMap(({ transactions }) => transactions)
        .map(({ bookedOn, transactionOn }) => [bookedOn, transactionOn]);
    expect(days('UK.OBIE.IBAN', 'GB29NWBK60161331926819')).toEqual([['2026-06-11', '2026-01-10']]);
    expect(days('UK.OBIE.IBAN', 'DE89370400440532013000')).toEqual([['2026-06-11', '2026-01-11']]);
    expect(days('UK.OBIE.SortCodeAccountNumber', '60161331926819')).toEqual([['2026-06-10', '2026-01-10']]);
  });

  test('version 4, credits, pending and rejected ones; without an account the id of the feed', () => {
    const rows = [
      { ...BASE, Status: 'BOOK' },
      { ...BASE, TransactionId: '2', Status: 'PDNG' },
      { ...BASE, TransactionId: '3', Status: 'RJCT' },
      {
        ...BASE,
        TransactionId: '4',
        CreditDebitIndicator: 'Credit',
        MerchantDetails: undefined,
        DebtorAccount: { Name: 'ACME', Identification: 'GB29NWBK60161331926819' },
      },
    ];
    const { merchantCategoryCode: _, ...credit } = READ;
    expect(read({ Data: { Transaction: rows } })).toMatchObject({
      statements: [
        {
          account: 'id 22289',
          transactions: [
            READ,
            { ...READ, status: 'PENDING', transactionId: '2' },
            {
              ...credit,
              currencyAmount: '42.50',
              party: 'ACME',
              partyIban: 'GB29NWBK60161331926819',
              transactionId: '4',
            },
          ],
        },
      ],
      warnings: ['1 transaction left out: rejected, cancelled or sent twice'],
    });
  });
});

describe('Plaid', () => {
  const BASE = {
    account_id: 'acc1',
    transaction_id: 't1',
    amount: 42.5,
    iso_currency_code: 'USD',
    date: '2026-06-10',
    authorized_date: '2026-06-09',
    name: 'PETSMART 123',
    merchant_name: 'PetSmart',
    payment_channel: 'in store',
    pending: false,
  };
  const READ = row('2026-06-10', '-42.5', 'PETSMART 123', {
    transactionOn: '2026-06-09',
    party: 'PetSmart',
    kind: 'in store',
    transactionId: 't1',
  });
  const ACCOUNTS = [
    { account_id: 'acc1', balances: { current: 1, iso_currency_code: 'USD' }, mask: '0000', name: 'Checking' },
  ];

  test('a first sync is the whole history; money that leaves is positive', () => {
    const rows = [
      BASE,
      { ...BASE, transaction_id: 't2', amount: -1000, merchant_name: null },
      { ...BASE, transaction_id: 't3', pending: true },
    ];
    const { party: _, ...salary } = READ;
    expect(
      read({ accounts: ACCOUNTS, added: rows, modified: [], removed: [], next_cursor: 'c', has_more: false }),
    ).toEqual({
      format: 'plaid',
      source: 'AIS',
      statements: [
        {
          account: 'id acc1',
          currencyName: 'USD',
          transactions: [
            READ,
            { ...salary, currencyAmount: '1000', transactionId: 't2' },
            { ...READ, status: 'PENDING', transactionId: 't3' },
          ],
        },
      ],
      warnings: [],
    });
  });

  test('changes replace and remove, and what holds only changes holds no day whole', () => {
    const pages = [
      {
        accounts: ACCOUNTS,
        added: [BASE, { ...BASE, transaction_id: 't2' }],
        modified: [],
        removed: [],
        next_cursor: 'a',
        has_more: true,
      },
      {
        accounts: ACCOUNTS,
        added: [],
        modified: [{ ...BASE, amount: 40 }],
        removed: [{ transaction_id: 't2' }],
        next_cursor: 'b',
        has_more: false,
      },
    ];
    expect(read(pages, WHO)).toMatchObject({
      statements: [{ account: IBAN, wholeDays: 'none', transactions: [{ ...READ, currencyAmount: '-40' }] }],
      warnings: ['contains only what changed since an earlier answer, so no day is complete; fetch the whole history'],
    });
  });

  test('the answer of /transactions/get', () => {
    expect(one({ accounts: ACCOUNTS, transactions: [BASE], total_transactions: 1, item: {} })).toEqual([[READ]]);
  });
});

test('Tink', () => {
  const document = [
    {
      accounts: [
        {
          id: 'a1',
          name: 'Checking',
          type: 'CHECKING',
          identifiers: { iban: { iban: IBAN } },
          balances: { booked: { amount: { value: { unscaledValue: '1', scale: '0' }, currencyCode: 'EUR' } } },
        },
      ],
    },
    {
      transactions: [
        {
          id: 'k1',
          accountId: 'a1',
          amount: { currencyCode: 'EUR', value: { scale: '2', unscaledValue: '-4250' } },
          dates: { booked: '2026-06-10', value: '2026-06-09' },
          descriptions: { original: 'ZOO 123', display: 'Zoo' },
          merchantInformation: { merchantCategoryCode: '5995', merchantName: 'Zoo' },
          status: 'BOOKED',
          types: { type: 'PAYMENT', financialInstitutionTypeCode: 'POS' },
        },
        {
          id: 'k2',
          accountId: 'a1',
          amount: { currencyCode: 'EUR', value: { scale: '-1', unscaledValue: '100' } },
          dates: { booked: '2026-06-11' },
          descriptions: { original: 'Pay' },
          status: 'PENDING',
        },
      ],
      nextPageToken: '',
    },
  ];
  expect(read(document)).toEqual({
    format: 'tink',
    source: 'AIS',
    statements: [
      {
        account: IBAN,
        currencyName: 'EUR',
        transactions: [
          row('2026-06-10', '-42.50', 'ZOO 123', {
            transactionOn: '2026-06-09',
            party: 'Zoo',
            kind: 'PAYMENT',
            bankTransactionCode: 'POS',
            merchantCategoryCode: '5995',
            transactionId: 'k1',
          }),
          { ...row('2026-06-11', '1000', 'Pay', { transactionId: 'k2' }), status: 'PENDING' },
        ],
      },
    ],
    warnings: [],
  });
});

test('Salt Edge', () => {
  const document = [
    {
      data: [
        {
          id: '9',
          connection_id: '1',
          name: 'Current',
          nature: 'account',
          balance: 1,
          currency_code: 'EUR',
          extra: { iban: IBAN },
        },
      ],
    },
    {
      data: [
        {
          id: '1',
          account_id: '9',
          duplicated: false,
          mode: 'normal',
          status: 'posted',
          made_on: '2026-06-09',
          amount: -42.5,
          currency_code: 'EUR',
          description: 'ZOO',
          category: 'pets',
          extra: { posting_date: '2026-06-10', mcc: '5995', payee: 'Zoo', type: 'card' },
        },
        {
          id: '2',
          account_id: '9',
          duplicated: true,
          status: 'posted',
          made_on: '2026-06-09',
          amount: -42.5,
          currency_code: 'EUR',
          description: 'ZOO',
          extra: {},
        },
        {
          id: '3',
          account_id: '9',
          duplicated: false,
          status: 'pending',
          made_on: '2026-06-11',
          amount: 1e2,
          currency_code: 'EUR',
          description: 'Pay',
          extra: {},
        },
      ],
      meta: { next_id: null },
    },
  ];
  expect(read(document)).toEqual({
    format: 'salt-edge',
    source: 'AIS',
    statements: [
      {
        account: IBAN,
        currencyName: 'EUR',
        transactions: [
          row('2026-06-10', '-42.5', 'ZOO', {
            transactionOn: '2026-06-09',
            party: 'Zoo',
            kind: 'card',
            merchantCategoryCode: '5995',
            transactionId: '1',
          }),
          {
            ...row('2026-06-11', '100', 'Pay', { transactionOn: '2026-06-11', transactionId: '3' }),
            status: 'PENDING',
          },
        ],
      },
    ],
    warnings: ['1 transaction left out: rejected, cancelled or sent twice'],
  });
});

test('an import message is none of an aggregator', () => {
  const message = {
    type: 'owner-import',
    version: 1,
    accounts: [
      {
        iban: IBAN,
        currencyName: 'EUR',
        transactions: [{ bookedOn: '2026-06-10', currencyAmount: '-1.00', title: '"made_on": x' }],
      },
    ],
  };
  expect(() => readerOf(Buffer.from(JSON.stringify(message)))).toThrow('is not in a known format');
});

test('deep and broken JSON is refused by a sentence', () => {
  const deep = `{"transactions":{"booked":[],"transactionAmount":${'['.repeat(100_000)}`;
  expect(() => read(deep)).toThrow('nests deeper than 64');
  expect(() => read('{"transactionAmount": 1,')).toThrow('is not JSON');
  expect(() => read('{"transactionAmount": 1}\n{"transactionAmount": \n')).toThrow('line 2: is not JSON');
});
