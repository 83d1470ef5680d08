/** CODA: statements of Belgian banks, with accounts, communications and details in their several forms. */
import { describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { coda } from '../../../functions/readers/coda.ts';
import { joinStatements } from '../../../functions/readers/join-statements.ts';
import { readerOf } from '../../../functions/readers/reader.ts';
import { NOW, readPlainly, row } from './read-plainly.ts';

type Field = readonly [column: number, text: string];

/** Texts at their columns, counted from 1. */
const record = (...fields: readonly Field[]) =>
  fields.reduce(
    (line, [column, text]) => line.slice(0, column - 1) + text + line.slice(column - 1 + text.length),
    ' '.repeat(128),
  );
const file = (...lines: readonly string[]) => `${lines.join('\r\n')}\r\n`;
const euros = (text: string) => `${text.replace('.', '')}0`.padStart(15, '0');

const IBAN = 'BE68539007547034';
const HEAD = record([1, '0000001072672505'], [25, 'REF'], [35, 'JANSSENS JAN'], [128, '2']);
const OLD = record(
  [1, '12001'],
  [6, IBAN],
  [40, 'EUR'],
  [43, '0'],
  [44, euros('1000.00')],
  [59, '310526'],
  [65, 'JANSSENS JAN'],
  [126, '001'],
);
const move = (amount: string, ...more: readonly Field[]) =>
  record(
    [1, '2100010000'],
    [11, 'BANKREF-1'],
    [32, '1'],
    [33, euros(amount)],
    [48, '090626'],
    [54, '00150000'],
    [62, '0'],
    [116, '100626'],
    [122, '001'],
    ...more,
  );
const MOVE = move('42.50', [63, 'Groceries']);
const NEW = record([1, '8001'], [5, IBAN], [39, 'EUR'], [42, '0'], [43, euros('957.50')], [58, '300626'], [128, '0']);
const TRAILER = record([1, '9'], [17, '000005'], [23, euros('42.50')], [38, euros('0.00')], [128, '2']);

const READ = row('2026-06-10', '-42.50', 'Groceries', {
  transactionOn: '2026-06-09',
  kind: '00150000',
  transactionId: 'BANKREF-1',
});
const STATEMENT = {
  account: IBAN,
  currencyName: 'EUR',
  opening: '2026-05-31 1000.00',
  closing: '2026-06-30 957.50',
  transactions: [READ],
};
const read = (content: string | Uint8Array) => readPlainly(coda, content);
const rowsOf = (...lines: readonly string[]) =>
  read(file(HEAD, OLD, ...lines, NEW, TRAILER)).statements[0]?.transactions;

describe('CODA', () => {
  test('is known by its first record, and read', () => {
    const text = file(HEAD, OLD, MOVE, NEW, TRAILER);
    expect(readerOf(Buffer.from(text))).toBe(coda);
    expect(read(text)).toEqual({
      format: 'coda',
      encoding: 'utf-8',
      source: 'PDF',
      statements: [STATEMENT],
      warnings: [],
    });
  });

  test.each([
    ['blanks at the ends of lines left out', file(HEAD, OLD, MOVE, NEW, TRAILER).replace(/ +(?=\r)/g, '')],
    ['no line ends', HEAD + OLD + MOVE + NEW + TRAILER],
    ['free messages in between', file(HEAD, OLD, MOVE, NEW, record([1, '4'], [33, 'Happy new year']), TRAILER)],
  ])('with %s', (_, text) => {
    expect(read(text).statements).toEqual([STATEMENT]);
  });

  test.each([
    [
      'a national number',
      [
        [2, '0'],
        [6, '539007547034 EUR'.padEnd(37)],
      ],
      IBAN,
      'EUR',
    ],
    [
      'a foreign IBAN',
      [
        [2, '3'],
        [6, 'DE89370400440532013000'.padEnd(34)],
      ],
      'DE89370400440532013000',
      'EUR',
    ],
    [
      'a foreign number',
      [
        [2, '1'],
        [6, '4711 0815'.padEnd(34)],
        [40, 'USD'],
      ],
      'id 4711 0815',
      'USD',
    ],
  ] as const)('its account is %s', (_, fields, account, currencyName) => {
    const old = fields.reduce(
      (line, [column, text]) => line.slice(0, column - 1) + text + line.slice(column - 1 + text.length),
      OLD,
    );
    expect(read(file(HEAD, old, MOVE, NEW)).statements).toMatchObject([{ account, currencyName }]);
  });

  test('communications go on in further records, in the middle of a word; the bank adds what it knows', () => {
    const long = `Invoice ${'x'.repeat(44)}`;
    const lines = [
      move('42.50', [63, `${long}ab`.slice(0, 53)]),
      record([1, '2200010000'], [11, 'c and more'], [64, 'CUSTOMER REF'], [99, 'GKCCBEBB']),
      record([1, '2300010000'], [11, 'BE43068999999501'], [45, 'EUR'], [48, 'DELHAIZE SA'], [83, 'the end']),
      record([1, '3100010001'], [11, 'BANKREF-1'], [40, '0'], [41, 'Card of JAN']),
    ];
    expect(rowsOf(...lines)).toEqual([
      { ...READ, title: `${long}ac and more the end Card of JAN`, party: 'DELHAIZE SA', partyIban: 'BE43068999999501' },
    ]);
  });

  test.each([
    ['101', '000000000101', '+++000/0000/00101+++'],
    [
      '113',
      `${'5'.repeat(16)}1${'7'.repeat(6)}${'8'.repeat(6)}10062612301ALBERT HEIJN    ANTWERPEN REF`,
      'ALBERT HEIJN ANTWERPEN',
    ],
    ['127', `100626110${'C'.repeat(35)}${'M'.repeat(35)}`, undefined],
    ['199', 'something else', 'something else'],
  ])('a communication of the form %s', (type, rest, title) => {
    const text = `${type}${rest}`;
    const more = record([1, '2200010000'], [11, text.slice(53, 106)]);
    const read = rowsOf(move('42.50', [62, '1'], [63, text.slice(0, 53)]), more)?.[0]?.title;
    expect(read).toEqual(title ?? rest);
  });

  test('what a creditor wrote is the title of a direct debit', () => {
    const text = `127100626110${'C'.repeat(35)}${'M'.repeat(35)}Electricity June`;
    const lines = [move('42.50', [62, '1'], [63, text.slice(0, 53)]), record([1, '2200010000'], [11, text.slice(53)])];
    expect(rowsOf(...lines)).toMatchObject([{ title: 'Electricity June' }]);
  });

  test('of a total and what it is made of, the total counts', () => {
    const details = ['0001', '0002'].map((number) => move('21.25', [7, number], [54, '50150000']));
    expect(
      rowsOf(
        move('42.50', [54, '10150000'], [125, '1'], [63, 'Batch']),
        ...details,
        record([1, '2300010002'], [48, 'X']),
      ),
    ).toEqual([{ ...READ, title: 'Batch', kind: '10150000' }]);
  });

  test('credits, debit balances, amounts of three decimals, several statements', () => {
    const owing = OLD.replace(`0${euros('1000.00')}`, '1000000000010005');
    const text = file(
      HEAD,
      owing,
      move('0.00', [32, '0'], [33, '000000000042505']),
      NEW,
      TRAILER,
      HEAD,
      OLD,
      MOVE,
      NEW,
      TRAILER,
    );
    expect(read(text).statements).toMatchObject([
      { opening: '2026-05-31 -10.005', transactions: [{ currencyAmount: '42.505' }] },
      STATEMENT,
    ]);
  });

  test('days are whole from the evening of the old balance; a sum that does not lead to the new one is reported', () => {
    const join = (...lines: readonly string[]) =>
      joinStatements([coda.read(Buffer.from(file(HEAD, OLD, ...lines, NEW)), { now: NOW })]);
    expect(join(MOVE)).toMatchObject({
      imports: [{ accounts: [{ covers: { from: '2026-06-01', to: '2026-06-30' } }] }],
      warnings: [],
    });
    expect(join().warnings).toMatchObject([
      { message: 'line 2: the rows do not lead from the opening to the closing balance; rows may be missing' },
    ]);
  });

  test('in another character set', () => {
    expect(
      read(iconv.encode(file(HEAD, OLD, move('42.50', [63, 'Café Liège été']), NEW), 'windows-1252')),
    ).toMatchObject({
      encoding: 'windows-1252',
      statements: [{ transactions: [{ title: 'Café Liège été' }] }],
    });
  });

  test.each([
    [[OLD, MOVE], 'line 2: the statement has no new balance (8), so it is cut off'],
    [[MOVE], 'line 2: "2" comes before the old balance (1) of its account'],
    [[OLD, OLD], 'line 3: a statement begins before the one above has its new balance (8)'],
    [[OLD, move('42.50', [116, '321326']), NEW], 'line 3: "321326" is not a day (DDMMYY)'],
    [[OLD, move('42.50', [33, 'x']), NEW], 'line 3: "1x00000000042500" is not an amount'],
    [[OLD, 'hello', NEW], 'line 3: "h" is not a record of CODA (0 to 4, 8, 9)'],
    [[OLD.replace('EUR', 'E R'), MOVE, NEW], 'line 2: "E R" is not a currency code'],
    [[], 'line 1: contains no statement'],
  ])('refuses with the line: %#', (lines, refusal) => {
    expect(() => read(file(HEAD, ...lines))).toThrow(refusal);
  });
});
