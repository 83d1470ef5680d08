import { describe, expect, test } from '@jest/globals';
import { csv } from '../../../../functions/readers/csv/csv.ts';
import { guessMapping } from '../../../../functions/readers/csv/guess-mapping.ts';
import { rowsOf } from '../../../../functions/readers/csv/table.ts';

const NOW = Date.UTC(2026, 10, 29);
const IBAN = 'DE89370400440532013000';
const BASE = { columns: { bookedOn: 'When', amount: 'How much', title: 'What' }, dates: 'DMY', decimal: ',' };
const TABLE = 'When;What;How much\n10.06.2026;Zoo;-42,50\n11.06.2026;Pay;1.000,00\n';

function read(text: string, mapping: unknown, options: { account?: string; currency?: string } = {}) {
  const file = csv.read(Buffer.from(text), {
    now: NOW,
    account: IBAN,
    currency: 'EUR',
    ...options,
    mapping: JSON.stringify(mapping),
  });
  return file.statements.map(({ account, currencyName, transactions }) => ({ account, currencyName, transactions }));
}

const row = (bookedOn: string, currencyAmount: string, title: string, more = {}) => ({
  bookedOn,
  currencyAmount,
  title,
  status: 'DONE',
  ...more,
});

describe('a mapping of columns', () => {
  test('takes moments with an offset as days in the calendar of the account', () => {
    const table = [
      'When;What;How much',
      '2026-06-10T21:30:00Z;a;-1,00',
      '2026-06-10 22:30:00 UTC;b;-2,00',
      '2026-06-11T00:00:00Z;c;-3,00',
      '2026-06-11T23:59:59;d;-4,00',
    ].join('\n');
    const days = (account: string) =>
      read(table, { ...BASE, dates: 'YMD' }, { account }).flatMap(({ transactions }) =>
        transactions.map(({ bookedOn, title }) => `${bookedOn} ${title}`),
      );
    expect(days(IBAN)).toEqual(['2026-06-10 a', '2026-06-11 b', '2026-06-11 c', '2026-06-11 d']);
    expect(days('X1')).toEqual(['2026-06-10 a', '2026-06-10 b', '2026-06-11 c', '2026-06-11 d']);
  });

  test('names columns, the form of days and the decimal mark', () => {
    expect(read(TABLE, BASE)).toEqual([
      {
        account: { iban: IBAN },
        currencyName: 'EUR',
        transactions: [row('2026-06-10', '-42.50', 'Zoo'), row('2026-06-11', '1000.00', 'Pay')],
      },
    ]);
  });

  test('numbers columns of a table without a header', () => {
    const mapping = { columns: { bookedOn: 1, title: [2, 4], amount: 3 }, dates: 'MDY', decimal: '.', header: false };
    expect(read('6/10/2026,Zoo,-42.50,Berlin\n6/11/2026,Pay,1000,\n', mapping)[0]?.transactions).toEqual([
      row('2026-06-10', '-42.50', 'Zoo Berlin'),
      row('2026-06-11', '1000', 'Pay'),
    ]);
  });

  test('takes account and currency from itself, and each row to its own account', () => {
    const mapping = { columns: { bookedOn: 'D', amount: 'A (*)', account: 'K' }, dates: 'YMD', decimal: '.' };
    expect(read('D,A (USD),K\n2026-06-10,-1.00,111222333\n2026-06-11,-2.00,444555666\n', mapping)).toEqual([
      { account: { accountId: '111222333' }, currencyName: 'USD', transactions: [row('2026-06-10', '-1.00', '')] },
      { account: { accountId: '444555666' }, currencyName: 'USD', transactions: [row('2026-06-11', '-2.00', '')] },
    ]);
    expect(
      read(TABLE, { ...BASE, account: '99887766', currencyName: 'CHF' }, { account: '1', currency: 'EUR' })[0],
    ).toMatchObject({
      account: { accountId: '99887766' },
      currencyName: 'CHF',
    });
  });

  test('outgoing money is in a column of its own, or marked by a word, or has no sign', () => {
    const [debit, words, card] = [
      { columns: { bookedOn: 'D', debit: 'Out', credit: 'In' }, dates: 'YMD', decimal: '.' },
      { columns: { bookedOn: 'D', amount: 'A', direction: 'W' }, dates: 'YMD', decimal: '.', outgoing: ['Debit'] },
      { columns: { bookedOn: 'D', amount: 'A' }, dates: 'YMD', decimal: '.', reversed: true },
    ];
    const expected = [row('2026-06-10', '-5.00', ''), row('2026-06-11', '7.00', '')];
    expect(read('D,Out,In\n2026-06-10,5.00,0.00\n2026-06-11,,7.00\n', debit)[0]?.transactions).toEqual(expected);
    expect(read('D,A,W\n2026-06-10,5.00,DEBIT\n2026-06-11,7.00,credit\n', words)[0]?.transactions).toEqual(expected);
    expect(read('D,A,x\n2026-06-10,5.00,\n2026-06-11,-7.00,\n', card)[0]?.transactions).toEqual(expected);
  });

  test.each([
    ['{', 'the mapping is not JSON'],
    [JSON.stringify({ ...BASE, dates: 'YDM' }), 'the mapping is wrong: dates: '],
    [JSON.stringify({ ...BASE, colums: {} }), 'the mapping is wrong: colums: is unknown, did you mean columns?'],
    [
      JSON.stringify({ ...BASE, columns: { ...BASE.columns, tilte: 'x' } }),
      'columns.tilte: is unknown, did you mean title?',
    ],
    [JSON.stringify({ ...BASE, columns: { bookedOn: 'When' } }), 'names neither amount nor debit and credit'],
    [JSON.stringify({ ...BASE, header: false }), 'must be numbers where the table has no header'],
    ['sparkase', 'the mapping "sparkase" is neither JSON nor a preset (ing-pl, '],
    [
      JSON.stringify({ ...BASE, columns: { ...BASE.columns, amount: 'Sum' } }),
      'has no row of names with the columns of the mapping; missing: "Sum"',
    ],
  ])('%s is refused with its path', (mapping, message) => {
    expect(() => csv.read(Buffer.from(TABLE), { now: NOW, account: IBAN, currency: 'EUR', mapping })).toThrow(message);
  });
});

describe('faults of a table name the line', () => {
  test.each([
    ['When;What;How much\n10.06.2026;Zoo;x4\n', 'line 2: "x4" is not an amount'],
    ['When;What;How much\n10.06.2026;Zoo;-1,00\n45.06.2026;Zoo;-4,00\n', 'line 3: "45.06.2026" is not a day'],
    ['When;What;How much\n', 'CSV contains no transactions'],
  ])('%j', (text, message) => {
    expect(() => read(text, BASE)).toThrow(message);
  });

  test('missing account and currency are requested by format and parameter', () => {
    const mapping = JSON.stringify(BASE);
    expect(() => csv.read(Buffer.from(TABLE), { now: NOW, mapping })).toThrow(
      'line 2: CSV does not say the account and the currency: give them as account and currency (--account, --currency)',
    );
    expect(() => csv.read(Buffer.from(TABLE), { now: NOW, mapping, account: IBAN })).toThrow(
      'does not say the currency: give it as currency (--currency)',
    );
  });

  test('rows that are left out are counted in a warning, and footers are none', () => {
    const text = `${TABLE}open;Soon;-3,00\n12.06.2026;Nothing;\nEnd of list;;\n`;
    const { warnings, statements } = csv.read(Buffer.from(text), {
      now: NOW,
      account: IBAN,
      currency: 'EUR',
      mapping: JSON.stringify(BASE),
    });
    expect(statements[0]?.transactions).toHaveLength(2);
    expect(warnings).toEqual([
      '1 row left out (line 4): they have no day, so they are sums or not booked yet',
      '1 row left out (line 5): they have no amount',
      expect.stringContaining('names no range of days'),
    ]);
  });
});

describe('a guess', () => {
  test.each([
    [
      'Date,Payee,Memo,Amount\n06/10/2026,Zoo,food,-4.50\n06/12/2026,Pay,,10.00\n',
      ',',
      { columns: { bookedOn: 'Date', amount: 'Amount', party: 'Payee', title: 'Memo' }, dates: 'MDY', decimal: '.' },
    ],
    [
      'Datum;Verwendungszweck;Soll;Haben;Saldo\n10.06.2026;Miete;500,00;;1,00\n',
      ';',
      {
        columns: { bookedOn: 'Datum', debit: 'Soll', credit: 'Haben', balance: 'Saldo', title: 'Verwendungszweck' },
        dates: 'DMY',
        decimal: ',',
      },
    ],
    [
      'My bank\n\nFecha\tConcepto\tImporte\tDivisa\n10/06/2026\tLuz\t-5,00\tEUR\n',
      '\t',
      {
        columns: { bookedOn: 'Fecha', amount: 'Importe', currencyName: 'Divisa', title: 'Concepto' },
        dates: 'DMY',
        decimal: ',',
      },
    ],
  ] as const)('%j', (text, delimiter, mapping) => {
    const guess = guessMapping(rowsOf(text, delimiter));
    expect(JSON.parse(JSON.stringify(guess?.mapping))).toEqual(mapping);
    expect(read(text, { ...mapping, currencyName: 'EUR' })[0]?.transactions.length).toBeGreaterThan(0);
  });

  test('is none without a column of days or of amounts, and is offered by the refusal', () => {
    expect(guessMapping(rowsOf('a,b,c\n1,2,3\n', ','))).toBeUndefined();
    expect(guessMapping(rowsOf('Date,Name,Text\n2026-06-10,x,y\n', ','))).toBeUndefined();
    const text = Buffer.from('Date,Payee,Memo,Amount\n06/10/2026,Zoo,food,-4.50\n');
    expect(() => csv.read(text, { now: NOW })).toThrow(
      'is a CSV that no preset knows (columns: Date, Payee, Memo, Amount); say what its columns mean by mapping',
    );
  });
});
