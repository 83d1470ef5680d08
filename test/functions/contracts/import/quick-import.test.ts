import { fc, test as property } from '@fast-check/jest';
import {
  accountsSchema,
  importMessageSchema,
  parseWith,
  transactionSchema,
} from '../../../../functions/contracts/import/import-message.ts';
import {
  wellFormedAccounts,
  wellFormedMessage,
  wellFormedTransaction,
} from '../../../../functions/contracts/import/quick-import.ts';

const ofLength = (...lengths: number[]) => fc.constantFrom(...lengths.map((length) => 'x'.repeat(length)));
/** Values that some field or other accepts, and their neighbours that it rejects. */
const NEAR = fc.oneof(
  fc.constantFrom('2026-11-19', '2024-02-29', '2026-02-29', '2026-11-31', '0000-01-01', '2026-1-19', '2026-11-19\n'),
  fc.constantFrom(
    '-49.99',
    '+1',
    '.5',
    '5.',
    '1e3',
    '0x1',
    '-',
    '1,5',
    ' 1',
    '1\n',
    7,
    -0,
    1.5,
    Number.POSITIVE_INFINITY,
    Number.NaN,
  ),
  fc.constantFrom('DONE', 'PENDING', 'done', 'PLN', 'pln', 'PL', '5995', '59955', '٥٩٩٥', 'AIS', 'owner-import', 1, 2),
  fc.constantFrom(
    '2026-11-21T10:15:30Z',
    '2026-11-21t10:15:30.123+01:00',
    '2026-11-21T10:15:30',
    '2026-11-21 10:15:30Z',
  ),
  fc.constantFrom('', '\ud800', 'a\u0000', '\u0085', '\u{1f422}'.repeat(256), '\u{1f422}'.repeat(257), '__proto__'),
  ofLength(1, 63, 64, 65, 255, 256, 257, 1023, 1024, 1025, 4095, 4096, 4097),
  fc.constantFrom(null, true, [], {}, [null], ['x'], Array(32).fill('x'), Array(33).fill('x'), ['']),
  fc.constantFrom({ from: '2026-11-01', to: '2026-11-20' }, { from: '2026-11-01' }, { bucket: 'b', key: 'k', more: 1 }),
  fc.jsonValue(),
);
const mostly = <Value>(right: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 25, arbitrary: right as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: NEAR });
/** Valid fields; now and then one is missing, of another type, or has an unknown name. */
const fields = (right: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[]) =>
  fc
    .tuple(
      fc.record(Object.fromEntries(Object.entries(right).map(([name, value]) => [name, mostly(value)])), {
        requiredKeys,
      }),
      fc.oneof(
        { weight: 9, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.dictionary(NAMES, NEAR, { maxKeys: 2 }) },
      ),
      fc.constantFrom(...requiredKeys.slice(0, 2), ...Array(20).fill(undefined)),
      fc.boolean(),
    )
    .map(([known, more, lost, moreFirst]) => {
      const all: Record<string, unknown> = moreFirst ? { ...more, ...known } : { ...known, ...more };
      if (lost) delete all[lost];
      return all;
    });
const NAMES = fc.oneof(fc.constantFrom('iban2', 'toString', 'constructor', 'Title', '0', '', 'length'), fc.string());

const day = fc.constantFrom('2026-11-19', '2024-02-29');
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 8 });
const transaction = fields(
  {
    bookedOn: day,
    currencyAmount: fc.oneof(
      fc.constantFrom('-49.99', '+12', '0'),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
    title: fc.string(),
    transactionOn: orNull(day),
    party: orNull(fc.string()),
    partyIban: orNull(fc.constant('DE89370400440532013000')),
    kind: orNull(fc.string()),
    status: orNull(fc.constantFrom('DONE', 'PENDING')),
    merchantCategoryCode: orNull(fc.constant('5995')),
    bankTransactionCode: orNull(fc.string()),
    transactionId: orNull(fc.string()),
    labels: orNull(fc.array(mostly(fc.constant('pets')), { maxLength: 3 })),
  },
  ['bookedOn', 'currencyAmount', 'title'],
);
const account = fields(
  {
    currencyName: fc.constantFrom('PLN', 'EUR'),
    iban: orNull(fc.constant('PL61109010140000071219812874')),
    accountId: orNull(fc.constant('a')),
    covers: orNull(fields({ from: day, to: day }, ['from', 'to'])),
    transactions: orNull(fc.array(mostly(transaction), { maxLength: 3 })),
  },
  ['currencyName'],
);
const accounts = fc.array(mostly(account), { maxLength: 3 });
const envelope = {
  type: fc.constant('owner-import'),
  version: fc.constant(1),
  clientId: fc.constant('demo'),
  importId: fc.constant('01'),
  source: fc.constantFrom('AIS', 'PDF', 'OWNER_UPLOAD'),
  importedAt: fc.constant('2026-11-21T10:15:30Z'),
  ownerExternalId: fc.constantFrom('loan-4711', '\u{1f422}'),
};
const message = fields(
  {
    ...envelope,
    accounts,
    accountsAt: orNull(fields({ bucket: fc.constant('b'), key: fc.constant('k') }, ['bucket', 'key'])),
  },
  Object.keys(envelope),
);

const runs = { numRuns: 1500 };

property.prop([mostly(transaction)], runs)(
  'a transaction is well-formed when its schema takes it, and reads the same',
  (given) => {
    expect(wellFormedTransaction(given)).toStrictEqual(parseWith(transactionSchema, given).value);
  },
);

property.prop([mostly(accounts)], runs)('so are accounts', (given) => {
  expect(wellFormedAccounts(given)).toStrictEqual(parseWith(accountsSchema, given).value);
});

property.prop([mostly(message)], runs)('so is a message with either accounts or their place', (given) => {
  const { value } = parseWith(importMessageSchema, given);
  const isEither = (value?.accounts === undefined) !== (value?.accountsAt === undefined);
  expect(wellFormedMessage(given)).toStrictEqual(isEither ? value : undefined);
});

property.prop([fc.jsonValue()], runs)('of anything else nothing is said', (given) => {
  expect(wellFormedTransaction(given)).toBeUndefined();
  expect(wellFormedMessage(given)).toBeUndefined();
});

test('what is read is what was given, unless something of it is left out', () => {
  const row = { bookedOn: '2026-11-19', currencyAmount: '-1', title: '' };
  expect(wellFormedTransaction(row)).toBe(row);
  const wordy = { amount: 1, ...row, party: null, balance: 7 };
  expect(wellFormedTransaction(wordy)).toStrictEqual({ ...row, party: undefined });
  expect(wordy).toEqual({ amount: 1, ...row, party: null, balance: 7 });
});

test('no field of a prototype is one of the message', () => {
  const row = JSON.parse('{"bookedOn":"2026-11-19","currencyAmount":"1","__proto__":{"title":"x"}}');
  expect(wellFormedTransaction(row)).toBeUndefined();
  const polluting = JSON.parse('{"bookedOn":"2026-11-19","currencyAmount":"1","title":"","__proto__":{"party":7}}');
  expect(wellFormedTransaction(polluting)).toStrictEqual({ bookedOn: '2026-11-19', currencyAmount: '1', title: '' });
});
