import { expect, test } from '@jest/globals';
import { qif } from '../../../functions/readers/qif.ts';
import { readerOf } from '../../../functions/readers/reader.ts';
import { readPlainly, row } from './read-plainly.ts';

const WHO = { account: 'DE89370400440532013000', currency: 'EUR' };
const rows = (text: string) => readPlainly(qif, text, WHO).statements.map(({ transactions }) => transactions);

test('a list of a bank account', () => {
  const text = '!Type:Bank\nD15/06/2026\nT-1,042.50\nNCARD\nPZoo\nMFood\nLPets\n^\nD16/06/2026\nT10.00\nPPay\n^\n';
  expect(readPlainly(qif, text, WHO)).toEqual({
    format: 'qif',
    encoding: 'utf-8',
    source: 'PDF',
    statements: [
      {
        account: WHO.account,
        currencyName: 'EUR',
        transactions: [
          row('2026-06-15', '-1042.50', 'Food', { party: 'Zoo', kind: 'CARD' }),
          row('2026-06-16', '10.00', 'Pay', { party: 'Pay' }),
        ],
      },
    ],
    warnings: [
      'line 8: names no range of days; its ends (2026-06-15, 2026-06-16) count as complete unless another file of the same command has more of them',
    ],
  });
  expect(readerOf(Buffer.from(text))).toBe(qif);
});

test.each([
  ["D6/15'26", '2026-06-15'],
  ["D6/15' 6", '2006-06-15'],
  ['D15.06.2026', '2026-06-15'],
  ['D15.06.26', '2026-06-15'],
  ['D2026-06-15', '2026-06-15'],
  ['D15-06-2026', '2026-06-15'],
  ['D 6/15/2026', '2026-06-15'],
])('the day %s', (line, day) => {
  expect(rows(`!Type:Bank\n${line}\nT-1.00\nPX\n^\n`)).toEqual([[row(day, '-1.00', 'X', { party: 'X' })]]);
});

test('ambiguous days are read as those that are closest together, with a warning', () => {
  const read = readPlainly(qif, '!Type:Bank\nD05/06/2026\nT-1.00\n^\nD06/06/2026\nT-2.00\n^\n', WHO);
  expect(read.statements[0]?.transactions).toEqual([row('2026-06-05', '-1.00', ''), row('2026-06-06', '-2.00', '')]);
  expect(read.warnings[0]).toEqual('days are read as DMY, by which they are closest together; they could be MDY too');
});

test('amounts with a comma, an unended last record, an opening balance, splits', () => {
  const text =
    '!Type:CCard\nD15.06.2026\nT1.000,00\nPOpening Balance\nL[Card]\n^\nD16.06.2026\nT-30,00\nPShop\nSFood\n$-10,00\nSToys\n$-20,00\n^\nD17.06.2026\nU-5,00\nT-5,00\nPEnd';
  expect(rows(text)).toEqual([
    [row('2026-06-16', '-30.00', 'Shop', { party: 'Shop' }), row('2026-06-17', '-5.00', 'End', { party: 'End' })],
  ]);
});

test('several accounts, and lists that are none of a bank', () => {
  const text =
    '!Option:AutoSwitch\n!Account\nNDE89370400440532013000\nTBank\n^\n!Type:Bank\nD15.06.2026\nT-1.00\n^\n!Account\nNCash box\n^\n!Type:Cash\nD16.06.2026\nT-2.00\n^\n!Type:Invst\nD17.06.2026\nT-9.00\n^\n';
  const read = readPlainly(qif, text, { currency: 'CHF' });
  expect(read.statements).toEqual([
    { account: 'DE89370400440532013000', currencyName: 'CHF', transactions: [row('2026-06-15', '-1.00', '')] },
    { account: 'id Cash box', currencyName: 'CHF', transactions: [row('2026-06-16', '-2.00', '')] },
  ]);
  expect(read.warnings[0]).toBe('line 17: !Type:Invst is left out: it is not a list of an account');
});

test.each([
  ['!Type:Bank\nDsoon\nT-1.00\n^\n', WHO, 'line 4: "soon" is not a day'],
  ['!Type:Bank\nD15.06.2026\nTmuch\n^\n', WHO, 'line 4: "much" is not an amount (T)'],
  ['!Type:Cat\nNFood\n^\n', WHO, 'QIF contains no transactions of an account'],
  [
    '!Type:Bank\nD15.06.2026\nT-1.00\n^\n',
    { currency: 'EUR' },
    'QIF does not say the account: give it as account (--account)',
  ],
  [
    '!Type:Bank\nD15.06.2026\nT-1.00\n^\n',
    { account: '1' },
    'QIF does not say the currency: give it as currency (--currency)',
  ],
])('refuses %j', (text, options, message) => {
  expect(() => readPlainly(qif, text, options)).toThrow(message);
});
