/** CFONB 120 and Norma 43: files of records of fixed width. */
import { describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { cfonb120 } from '../../../functions/readers/cfonb120.ts';
import { joinStatements } from '../../../functions/readers/join-statements.ts';
import { norma43 } from '../../../functions/readers/norma43.ts';
import { readerOf } from '../../../functions/readers/reader.ts';
import { NOW, readPlainly, row } from './read-plainly.ts';

/** Texts at their columns, counted from 1. */
function record(width: number, ...fields: readonly (readonly [column: number, text: string])[]): string {
  return fields
    .reduce(
      (line, [column, text]) =>
        line.padEnd(column - 1).slice(0, column - 1) + text + line.slice(column - 1 + text.length),
      '',
    )
    .padEnd(width);
}

describe('CFONB 120', () => {
  const of = (code: string, date: string, ...more: readonly (readonly [number, string])[]) =>
    record(120, [1, code], [3, '20041'], [12, '01005'], [17, 'EUR2'], [22, '0500013M026'], [35, date], ...more);
  const OLD = of('01', '310526', [91, '0000000010000{']);
  const MOVE = of(
    '04',
    '100626',
    [8, '0003'],
    [33, '05'],
    [43, '090626'],
    [49, 'PRLV SEPA EDF'],
    [91, '0000000000425}'],
    [105, 'REF-1'],
  );
  const NEW = of('07', '300626', [91, '0000000009575{']);
  const READ = row('2026-06-10', '-42.50', 'PRLV SEPA EDF', {
    transactionOn: '2026-06-09',
    kind: '05',
    transactionId: 'REF-1',
  });
  const STATEMENT = {
    account: 'FR1420041010050500013M02606',
    currencyName: 'EUR',
    opening: '2026-05-31 1000.00',
    closing: '2026-06-30 957.50',
    transactions: [READ],
  };
  const file = (...lines: string[]) => `${lines.join('\r\n')}\r\n`;

  test('is known by its first record, and read with the IBAN of its RIB', () => {
    const text = file(OLD, MOVE, NEW);
    expect(readerOf(Buffer.from(text))).toBe(cfonb120);
    expect(readPlainly(cfonb120, text)).toEqual({
      format: 'cfonb120',
      encoding: 'utf-8',
      source: 'PDF',
      statements: [STATEMENT],
      warnings: [],
    });
  });

  test.each([
    ['blanks at the ends of lines left out', file(OLD, MOVE, NEW).replace(/ +(?=\r)/g, '')],
    ['no line ends', OLD + MOVE + NEW],
    ['blank lines and the end mark of DOS', `${OLD}\n\n${MOVE}\n${NEW}\n${String.fromCharCode(26)}`],
  ])('with %s', (_, text) => {
    expect(readPlainly(cfonb120, text).statements).toEqual([STATEMENT]);
  });

  test('complements give text, the other party and its account', () => {
    const note = (qualifier: string, text: string) => of('05', '100626', [46, qualifier], [49, text]);
    const text = file(
      OLD,
      MOVE,
      ...[note('LIB', 'FACTURE 12'), note('LC2', 'MAI'), note('NBE', 'EDF SA'), note('NPY', 'MOI')],
      ...[note('IBE', 'FR1420041010050500013M02606  BIC'), note('RUM', '123')],
      NEW,
    );
    expect(readPlainly(cfonb120, text).statements[0]?.transactions).toEqual([
      { ...READ, title: 'PRLV SEPA EDF FACTURE 12 MAI', party: 'EDF SA', partyIban: 'FR1420041010050500013M02606' },
    ]);
  });

  test.each([
    ['0000000000425}', '-42.50'],
    ['0000000000425{', '42.50'],
    ['0000000000001J', '-0.11'],
    ['0000000000001A', '0.11'],
    ['0000000000000R', '-0.09'],
    ['0000000000000}', '0.00'],
    ['0000012345678I', '1234567.89'],
  ])('the amount %s is %s', (amount, value) => {
    const text = file(OLD, MOVE.replace('0000000000425}', amount), NEW);
    expect(readPlainly(cfonb120, text).statements[0]?.transactions).toMatchObject([{ currencyAmount: value }]);
  });

  test('of a currency without decimals, of several accounts, in another character set', () => {
    const yen = file(OLD, MOVE, NEW).replaceAll('EUR2', 'JPY0').replaceAll('0500013M026', '00000000001');
    const text = file(OLD, MOVE, NEW).replace('PRLV SEPA EDF', 'CAFÉ DE NÎMES') + yen;
    expect(readPlainly(cfonb120, iconv.encode(text, 'windows-1252'))).toMatchObject({
      encoding: 'windows-1252',
      statements: [
        { transactions: [{ title: 'CAFÉ DE NÎMES' }] },
        { currencyName: 'JPY', opening: '2026-05-31 100000', transactions: [{ currencyAmount: '-4250' }] },
      ],
    });
  });

  test('a sum that does not lead to the new balance is reported; days from the evening of the old one are whole', () => {
    const read = (...lines: string[]) => joinStatements([cfonb120.read(Buffer.from(file(...lines)), { now: NOW })]);
    expect(read(OLD, MOVE, NEW)).toMatchObject({
      imports: [{ accounts: [{ covers: { from: '2026-06-01', to: '2026-06-30' } }] }],
      warnings: [],
    });
    expect(read(OLD, NEW).warnings).toMatchObject([
      { message: 'line 1: the rows do not lead from the opening to the closing balance; rows may be missing' },
    ]);
  });

  test.each([
    [[OLD, MOVE], 'line 1: the statement has no new balance (07), so it is cut off'],
    [[MOVE, NEW], 'line 1: "04" comes before the old balance (01) of its account'],
    [[OLD, OLD], 'line 2: a statement begins before the one above has its new balance (07)'],
    [[OLD, MOVE.replace('100626', '101326'), NEW], 'line 2: "101326" is not a day (DDMMYY)'],
    [[OLD, MOVE.replace('425}', '4255'), NEW], 'line 2: "00000000004255" is not an amount'],
    [[OLD, 'hello', NEW], 'line 2: "he" is not a record of CFONB 120 (01, 04, 05, 07)'],
  ])('refuses with the line: %#', (lines, refusal) => {
    expect(() => readPlainly(cfonb120, file(...lines))).toThrow(new Error(refusal));
  });
});

describe('Norma 43', () => {
  const HEAD = record(
    80,
    [1, '1121000418'],
    [11, '0200051332'],
    [21, '260601260630'],
    [33, '2'],
    [34, '00000000100000'],
    [48, '9783'],
    [52, 'JUAN ESPANOL'],
  );
  const MOVE = record(
    80,
    [1, '22'],
    [7, '0418'],
    [11, '260610260609'],
    [23, '12'],
    [25, '100'],
    [28, '1'],
    [29, '00000000004250'],
    [43, '0000000012'],
    [53, '000000000000'],
    [65, '5402XXXX1234'],
  );
  const TEXT = record(80, [1, '2301'], [5, 'COMPRA TARJ. 5402XXXX1234'], [43, 'MERCADONA VALENCIA']);
  const END = record(
    80,
    [1, '3321000418'],
    [11, '0200051332'],
    [21, '00001'],
    [26, '00000000004250'],
    [40, '00000'],
    [45, '00000000000000'],
    [59, '2'],
    [60, '00000000095750'],
    [74, '978'],
  );
  const EOF = record(80, [1, '88'], [3, '9'.repeat(18)], [21, '000004']);
  const READ = row('2026-06-10', '-42.50', 'COMPRA TARJ. 5402XXXX1234 MERCADONA VALENCIA', {
    transactionOn: '2026-06-09',
    kind: '12',
  });
  const STATEMENT = {
    account: 'ES9121000418450200051332',
    currencyName: 'EUR',
    wholeDays: '2026-06-01 to 2026-06-30',
    opening: '2026-05-31 1000.00',
    closing: '2026-06-30 957.50',
    transactions: [READ],
  };
  const file = (...lines: string[]) => `${lines.join('\r\n')}\r\n`;

  test('is known by its first record, and read with the IBAN of its CCC', () => {
    const text = file(HEAD, MOVE, TEXT, END, EOF);
    expect(readerOf(Buffer.from(text))).toBe(norma43);
    expect(readPlainly(norma43, text)).toEqual({
      format: 'norma43',
      encoding: 'utf-8',
      source: 'PDF',
      statements: [STATEMENT],
      warnings: [],
    });
  });

  test.each([
    ['blanks at the ends of lines left out', file(HEAD, MOVE, TEXT, END, EOF).replace(/ +(?=\r)/g, '')],
    ['no line ends', HEAD + MOVE + TEXT + END + EOF],
    ['no end of file', file(HEAD, MOVE, TEXT, END)],
    ['an amount in another currency', file(HEAD, MOVE, record(80, [1, '2401840'], [8, '00000000004500']), TEXT, END)],
  ])('with %s', (_, text) => {
    expect(readPlainly(norma43, text).statements).toEqual([STATEMENT]);
  });

  test('a row without texts has its references; a credit is positive; two accounts', () => {
    const credit = MOVE.replace('1001', '1002').replace('5402XXXX1234', 'NOMINA JUNIO');
    const dollars = file(HEAD, END.replace('00001', '00000'))
      .replaceAll('0200051332', '0200051340')
      .replaceAll('978', '840');
    expect(
      readPlainly(
        norma43,
        file(
          HEAD,
          credit,
          END.replace('3321000418020005133200001', '3321000418020005133200000').replace(
            '00000000004250 ',
            '00000000000000 ',
          ),
        ) + dollars,
      ),
    ).toMatchObject({
      statements: [
        { transactions: [{ currencyAmount: '42.50', title: 'NOMINA JUNIO' }] },
        { currencyName: 'USD', transactions: [] },
      ],
    });
  });

  test('the end counts the rows; a day on which the file is read is not whole', () => {
    expect(readPlainly(norma43, file(HEAD, END)).warnings).toEqual([
      'line 2: counts 1 rows, but there are 0; rows may be missing',
    ]);
    const now = Date.UTC(2026, 5, 30, 12);
    expect(readPlainly(norma43, file(HEAD, MOVE, END), { now }).statements[0]?.wholeDays).toBe(
      '2026-06-01 to 2026-06-29',
    );
  });

  test('a row outside the period leaves the days to the balances', () => {
    const early = MOVE.replace('260610260609', '260510260509');
    expect(readPlainly(norma43, file(HEAD, early, END)).statements[0]?.wholeDays).toBeUndefined();
  });

  test.each([
    [[HEAD, MOVE], 'line 1: the account has no end (33), so it is cut off'],
    [[MOVE, END], 'line 1: "22" comes before the account (11)'],
    [[HEAD, HEAD], 'line 2: an account begins before the one above has its end (33)'],
    [[HEAD, MOVE.replace('260610', '261310'), END], 'line 2: "261310" is not a day (YYMMDD)'],
    [[HEAD, MOVE.replace('4250', '42,0'), END], 'line 2: "1000000000042,0" is not an amount'],
    [[HEAD.replace('9783', '9993'), END], 'line 1: "999" is not a known currency'],
    [[HEAD.replace('260601260630', '260630260601'), END], 'line 1: the period ends before it begins'],
    [[HEAD, 'hello', END], 'line 2: "he" is not a record of Norma 43'],
  ])('refuses with the line: %#', (lines, refusal) => {
    expect(() => readPlainly(norma43, file(...lines))).toThrow(new Error(refusal));
  });
});
