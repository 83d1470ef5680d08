import { expect, test } from '@jest/globals';
import { hasRightCheckDigits } from '../../../functions/domain/ledger/iban.ts';
import { accountNamed } from '../../../functions/readers/account-number.ts';

/** Numbers of the SWIFT IBAN registry and of the countries' own standards: what is printed, its currency, the IBAN. */
const ONE_ACCOUNT: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'DE89370400440532013000',
    'EUR',
    [
      '37040044/0532013000',
      '37040044/532013000',
      '37040044/0532013000EUR',
      '37040044/0532013000 EUR',
      '37040044/0532013000/EUR',
      '37040044/0532013000/0',
      'DE89370400440532013000',
      'DE89 3704 0044 0532 0130 00',
      'DE89-3704-0044-0532-0130-00',
      'de89370400440532013000',
      'COBADEFFXXX/DE89370400440532013000',
      'COBADEFFXXX DE89370400440532013000',
      'COBADEFFXXX/DE89370400440532013000/EUR',
      'DE89370400440532013000/EUR',
      'DE89370400440532013000EUR',
      'DE89370400440532013000 EUR',
      'DE89370400440532013000/0',
      'DE89 3704 0044 0532 0130 00/EUR',
      '/DE89370400440532013000',
    ],
  ],
  [
    'PL61109010140000071219812874',
    'PLN',
    [
      '61109010140000071219812874',
      '/PL61109010140000071219812874',
      '61 1090 1014 0000 0712 1981 2874',
      'WBKPPLPP/PL61109010140000071219812874',
    ],
  ],
  [
    'CZ6508000000192000145399',
    'CZK',
    ['19-2000145399/0800', 'CZ65 0800 0000 1920 0014 5399', '000019-2000145399/0800'],
  ],
  ['SK3112000000198742637541', 'EUR', ['SK31 1200 0000 1987 4263 7541']],
  ['AT611904300234573201', 'EUR', ['19043/00234573201', '19043/234573201']],
  ['ES9121000418450200051332', 'EUR', ['2100 0418 45 0200051332', '2100-0418-45-0200051332', '21000418450200051332']],
  [
    'HU42117730161111101800000000',
    'HUF',
    ['11773016-11111018', '11773016-11111018-00000000', '117730161111101800000000'],
  ],
  ['FR1420041010050500013M02606', 'EUR', ['20041 01005 0500013M026 06', '20041010050500013M02606']],
  ['IT60X0542811101000000123456', 'EUR', ['X 05428 11101 000000123456', 'X0542811101000000123456']],
  ['PT50000201231234567890154', 'EUR', ['0002.0123.12345678901.54', '000201231234567890154']],
  ['BE68539007547034', 'EUR', ['539-0075470-34']],
  ['NO9386011117947', 'NOK', ['8601.11.17947']],
  ['HR1210010051863000160', 'EUR', ['1001005-1863000160']],
  ['FI2112345600000785', 'EUR', ['123456-785', 'FI21 1234 5600 0007 85']],
  ['FI5542345670000081', 'EUR', ['423456-781']],
  ['FI3715903000000776', 'EUR', ['159030-776']],
  ['DK5000400440116243', 'DKK', ['0040 0440116243', '0040-0440116243', '0040-440116243', '00400440116243']],
  ['CH3909000000800005004', 'CHF', ['80-500-4', '80-000500-4']],
  ['SE4550000000058398257466', 'SEK', ['5839-8257466', '5839-825 74 66', '5839 8257466']],
  ['NL91ABNA0417164300', 'EUR', ['ABNA0417164300', 'ABNA 0417164300', 'NL91 ABNA 0417 1643 00']],
  ['GB29NWBK60161331926819', 'GBP', ['NWBK60161331926819', 'NWBKGB2L/60-16-13 31926819', 'NWBKGB2LXXX/60161331926819']],
];

test.each(ONE_ACCOUNT)('%s in %s has one identity', (iban, currencyName, numbers) => {
  expect(hasRightCheckDigits(iban)).toBe(true);
  expect(numbers.map((number) => [number, accountNamed(number, currencyName)])).toEqual(
    numbers.map((number) => [number, { iban }]),
  );
});

test.each([
  ['0194787400888', 'EUR'],
  ['50880050/0194787400888', 'EUR'],
  // Wrong check digits: another kind of number that only looks alike.
  ['21000418460200051332', 'EUR'],
  ['117730161111101900000000', 'HUF'],
  ['000201231234567890154', 'PLN'],
  ['19-2000145399/9999', 'CZK'],
  ['Konto 1/2', 'EUR'],
  ['123456-786', 'EUR'],
  ['80-500-5', 'CHF'],
  ['5839-8257467', 'SEK'],
  // Numbers from which no IBAN follows: the bank's letters or a rule of its own are missing.
  ['8103-4,9743242', 'SEK'],
  ['60-16-13 31926819', 'GBP'],
  ['0417164300', 'EUR'],
  ['0040 0440116243', 'EUR'],
  ['ACCT0000000001', 'EUR'],
  ['ACCT00000000000001', 'GBP'],
  ['42345678', 'EUR'],
  ['423456781', 'EUR'],
  // A pocket beside the account.
  ['LT121000011101001000 Savings', 'EUR'],
])('%s is a number of its own', (number, currencyName) => {
  expect(accountNamed(number, currencyName)).toEqual({ accountId: number });
});

test('eight digits and four behind a slash are a German bank, in Czech money a Czech number', () => {
  expect(accountNamed('37040044/0800', 'EUR')).toMatchObject({ iban: expect.stringMatching(/^DE/) });
  expect(accountNamed('19200014/0800', 'CZK')).not.toMatchObject({ iban: expect.stringMatching(/^SK/) });
});
