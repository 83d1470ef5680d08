/** Workbooks as banks and spreadsheets write them: each is put together here, so that every part can be odd. */
import { describe, expect, test } from '@jest/globals';
import { tableHead } from '../../../../functions/readers/csv/table-head.ts';
import { readAll, readerOf } from '../../../../functions/readers/reader.ts';
import type { ReadOptions } from '../../../../functions/readers/statement.ts';
import { decimalOfNumber, isDateFormat, momentOfSerial } from '../../../../functions/readers/xlsx/cell-texts.ts';
import { xlsx } from '../../../../functions/readers/xlsx/xlsx.ts';
import { NOW, readPlainly, row } from '../read-plainly.ts';
import { type Item, zip } from '../zip.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="#,##0.00\\ [$Kč-405]"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/></cellXfs></styleSheet>`;

type Book = {
  sheets: readonly string[];
  texts?: readonly string[];
  properties?: string;
  styles?: string;
  more?: Item[];
};

function workbook({ sheets, texts = [], properties = '', styles = STYLES, more = [] }: Book): Buffer {
  const listed = sheets.map(
    (_, index) => `<sheet name="Sheet${index + 1}" sheetId="${index + 9}" r:id="rId${index + 1}"/>`,
  );
  const relations = sheets.map(
    (_, index) => `<Relationship Id="rId${index + 1}" Target="worksheets/part${index + 1}.xml"/>`,
  );
  return zip(
    { path: '[Content_Types].xml', content: '<Types/>' },
    {
      path: 'xl/workbook.xml',
      content: `${DECLARED}<workbook xmlns="${MAIN}" xmlns:r="urn:r">${properties}<sheets>${listed.join('')}</sheets></workbook>`,
    },
    { path: 'xl/_rels/workbook.xml.rels', content: `<Relationships>${relations.join('')}</Relationships>` },
    {
      path: 'xl/sharedStrings.xml',
      content: `<sst xmlns="${MAIN}">${texts.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    },
    { path: 'xl/styles.xml', content: styles },
    ...sheets.map((content, index) => ({ path: `xl/worksheets/part${index + 1}.xml`, content })),
    ...more,
  );
}

const sheet = (rows: readonly (readonly [line: number, cells: string])[], behind = '') =>
  `${DECLARED}<worksheet xmlns="${MAIN}"><sheetData>${rows.map(([line, cells]) => `<row r="${line}">${cells}</row>`).join('')}</sheetData>${behind}</worksheet>`;
const text = (at: string, value: string) =>
  `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`;
const number = (at: string, value: string, style = 0) => `<c r="${at}" s="${style}"><v>${value}</v></c>`;

const COLUMNS = ['Date', 'Description', 'Amount', 'Balance', 'Currency'];
const header = (line: number) => COLUMNS.map((name, index) => text(`${'ABCDE'[index]}${line}`, name)).join('');
const line = (at: number, date: string, title: string, amount: string, balance: string) =>
  number(`A${at}`, date, 2) +
  text(`B${at}`, title) +
  number(`C${at}`, amount, 3) +
  number(`D${at}`, balance) +
  text(`E${at}`, 'EUR');
const ROWS = [
  [1, header(1)],
  [2, line(2, '46183', 'Bakery', '-7.5', '92.5')],
  [3, line(3, '46184', 'Anna', '10', '102.5')],
  [4, line(4, '46185', 'Rent', '-49.990000000000002', '52.51')],
] as const;

const MAPPING = JSON.stringify({
  columns: { bookedOn: 'Date', title: 'Description', amount: 'Amount', balance: 'Balance', currencyName: 'Currency' },
  dates: 'DMY',
  decimal: ',',
});
const IBAN = 'DE89370400440532013000';
const OPTIONS = { account: IBAN, mapping: MAPPING };
const READ = [
  row('2026-06-10', '-7.5', 'Bakery'),
  row('2026-06-11', '10', 'Anna'),
  row('2026-06-12', '-49.99', 'Rent'),
];

const read = (bytes: Uint8Array, options: Partial<ReadOptions> = OPTIONS) => readPlainly(xlsx, bytes, options);
const rowsIn = (book: Book, options: Partial<ReadOptions> = OPTIONS) =>
  read(workbook(book), options).statements.flatMap(({ transactions }) => transactions);

describe('a workbook', () => {
  test('is known by its content and read by a mapping: inline texts, days as numbers, amounts without noise', () => {
    const bytes = workbook({ sheets: [sheet(ROWS)] });
    expect(readerOf(bytes)).toBe(xlsx);
    expect(read(bytes)).toEqual({
      format: 'xlsx',
      source: 'PDF',
      statements: [
        {
          account: IBAN,
          currencyName: 'EUR',
          wholeDays: '2026-06-11 to 2026-06-11',
          opening: '2026-06-10 100.0',
          closing: '2026-06-12 52.51',
          transactions: READ,
        },
      ],
      warnings: [expect.stringContaining('line 1: names no range of days')],
    });
    expect(readAll(bytes, { now: NOW, ...OPTIONS })).toHaveLength(1);
  });

  test('shared texts, with runs, readings beside them and escaped characters', () => {
    const texts = [
      '<t>Date</t>',
      '<r><t>Descrip</t></r><r><rPr><b/></rPr><t>tion</t></r>',
      '<t>Amount</t>',
      '<t>Balance</t>',
      '<t>Currency</t>',
    ];
    const shared = texts.map((_, index) => `<c r="${'ABCDE'[index]}1" t="s"><v>${index}</v></c>`).join('');
    const title = '<c r="B2" t="s"><v>5</v></c>';
    const body = line(2, '46183', 'x', '-7.5', '92.5').replace(/<c r="B2".*?<\/c>/, title);
    const book = {
      sheets: [
        sheet([
          [1, shared],
          [2, body],
        ]),
      ],
      texts: [...texts, '<t>Caf\u00e9_x000D_ &amp; Bar</t><rPh sb="0" eb="1"><t>no</t></rPh>'],
    };
    expect(rowsIn(book)).toEqual([row('2026-06-10', '-7.5', 'Caf\u00e9 & Bar')]);
  });

  test.each([
    ['from 1904', '<workbookPr date1904="1"/>', '44721'],
    ['from 1900', '<workbookPr/>', '46183'],
  ])('days that count %s', (_, properties, serial) => {
    const book = {
      sheets: [
        sheet([
          [1, header(1)],
          [2, line(2, serial, 'Bakery', '-7.5', '92.5')],
        ]),
      ],
      properties,
    };
    expect(rowsIn(book)).toEqual([READ[0]]);
  });

  test('days with their time, as ISO text and as printed text', () => {
    const cells = (at: number, date: string) =>
      line(at, '1', 'Bakery', '-7.5', '0').replace(/<c r="A\d".*?<\/c>/, date);
    const dates = [
      number('A2', '46183.5', 4),
      '<c r="A3" t="d"><v>2026-06-10T12:00:00</v></c>',
      text('A4', '10.06.2026'),
    ];
    const rows = dates.map((date, index) => [index + 2, cells(index + 2, date)] as const);
    expect(rowsIn({ sheets: [sheet([[1, header(1)], ...rows])] })).toEqual([READ[0], READ[0], READ[0]]);
  });

  test('amounts as numbers of any format and as text, and values that formulas left', () => {
    const cells = (at: number, amount: string) =>
      line(at, '46183', 'Bakery', '1', '0').replace(/<c r="C\d".*?<\/c>/, amount);
    const amounts = [
      number('C2', '-1234.5', 3),
      text('C3', '-1 234,50 EUR'),
      '<c r="C4"><f>SUM(A1:A2)</f><v>-1234.5</v></c>',
      '<c r="C5" t="str"><f>TEXT(1)</f><v>-1.234,50</v></c>',
      number('C6', '-1.2345E3'),
      number('C7', '-1.234'),
    ];
    const rows = amounts.map((amount, index) => [index + 2, cells(index + 2, amount)] as const);
    const read = rowsIn({ sheets: [sheet([[1, header(1)], ...rows])] });
    expect(read.map(({ currencyAmount }) => currencyAmount)).toEqual([
      '-1234.5',
      '-1234.50',
      '-1234.5',
      '-1234.50',
      '-1234.5',
      '-1.2340',
    ]);
  });

  test('a header over two rows with merged cells, below a title', () => {
    const names = ['Date', 'Description', '', '', 'Currency'];
    const above = names.map((name, index) => (name ? text(`${'ABCDE'[index]}4`, name) : '')).join('');
    const merged =
      '<mergeCells><mergeCell ref="A1:E1"/><mergeCell ref="A4:A5"/><mergeCell ref="B4:B5"/><mergeCell ref="E4:E5"/><mergeCell ref="C4:D4"/></mergeCells>';
    const rows = [
      [1, text('A1', 'History of the account')],
      [4, above + text('C4', 'Money')],
      [5, text('C5', 'Amount') + text('D5', 'Balance')],
      [6, line(6, '46183', 'Bakery', '-7.5', '92.5')],
    ] as const;
    expect(rowsIn({ sheets: [sheet(rows, merged)] })).toEqual([READ[0]]);
  });

  test('empty rows, rows and cells without their places, cells far to the right', () => {
    const bare = (cells: string) => cells.replace(/ r="[A-E]\d"/g, '');
    const rows = [
      [1, bare(header(1))],
      [2, ''],
      [3, '<c r="A3"/><c r="B3" t="inlineStr"><is><t> </t></is></c>'],
      [7, `${line(7, '46183', 'Bakery', '-7.5', '92.5')}${text('XFD7', 'far away')}`],
      [8, line(8, '46184', 'Anna', '10', '102.5')],
    ] as const;
    const content = sheet(rows).replace('<row r="1">', '<row>');
    expect(rowsIn({ sheets: [content] })).toEqual(READ.slice(0, 2));
  });

  test('several sheets: tables are read, others are named', () => {
    const info = sheet([[1, text('A1', 'About this file')]]);
    const other = sheet([
      [1, header(1)],
      [2, line(2, '46184', 'Anna', '10', '102.5')],
    ]);
    const { statements, warnings } = read(workbook({ sheets: [info, sheet([]), sheet(ROWS), other] }));
    expect(statements.map(({ transactions }) => transactions)).toEqual([READ, [READ[1]]]);
    expect(warnings[0]).toBe('sheet "Sheet1" left out: it is not a table of transactions');
    expect(warnings[1]).toContain('sheet "Sheet3", line 1: names no range of days');
  });

  test('an export that a preset knows needs no mapping', () => {
    const names = [
      'Type',
      'Product',
      'Started Date',
      'Completed Date',
      'Description',
      'Amount',
      'Fee',
      'Currency',
      'State',
      'Balance',
    ];
    const cells = (at: number, values: readonly string[]) =>
      values.map((value, index) => text(`${'ABCDEFGHIJ'[index]}${at}`, value)).join('');
    const values = [
      'CARD_PAYMENT',
      'Current',
      '2026-06-09 18:01:00',
      '2026-06-10 03:12:00',
      'Zooplus',
      '-42.50',
      '0.00',
      'EUR',
      'COMPLETED',
      '57.50',
    ];
    const bytes = workbook({
      sheets: [
        sheet([
          [1, cells(1, names)],
          [2, cells(2, values)],
        ]),
      ],
    });
    expect(read(bytes, { account: IBAN }).statements).toMatchObject([
      { transactions: [{ title: 'Zooplus', currencyAmount: '-42.50' }] },
    ]);
    expect(tableHead(bytes)).toEqual({ columns: [], preset: 'revolut' });
  });

  test('one that no preset knows is refused with a guess, which reads it', () => {
    const bytes = workbook({ sheets: [sheet(ROWS)] });
    expect(() => read(bytes, { account: IBAN })).toThrow(
      /^line 1: is a workbook that no preset knows \(columns: Date, Description, .*a guess: \{/,
    );
    const mapping = JSON.stringify(tableHead(bytes).guess);
    expect(read(bytes, { account: IBAN, mapping }).statements).toMatchObject([{ transactions: READ }]);
  });

  test('prefixes of names and paths from the root', () => {
    const prefixed = sheet(ROWS)
      .replaceAll(/<(\/?)(?=[a-z])/g, '<$1x:')
      .replace('xmlns=', 'xmlns:x=');
    const bytes = zip(
      {
        path: 'xl/workbook.xml',
        content: `<x:workbook xmlns:x="${MAIN}" xmlns:r="urn:r"><x:sheets><x:sheet name="a" r:id="r1"/></x:sheets></x:workbook>`,
      },
      {
        path: 'xl/_rels/workbook.xml.rels',
        content: '<Relationships><Relationship Id="r1" Target="/data/one.xml"/></Relationships>',
      },
      { path: 'xl/styles.xml', content: STYLES },
      { path: 'data/one.xml', content: prefixed },
    );
    expect(read(bytes).statements).toMatchObject([{ transactions: READ }]);
  });
});

describe('is refused', () => {
  const repeated = (times: number, cells: string) =>
    sheet([[1, header(1)], ...Array.from({ length: times }, (_, index) => [index + 2, cells] as const)]);

  test.each([
    ['a bomb', { sheets: [sheet(ROWS, ' '.repeat(6_000_000))] }, /unpacks to more than 250 times its size or 64 MiB/],
    [
      'long texts again and again',
      { sheets: [repeated(9000, '<c r="B1" t="s"><v>0</v></c>')], texts: [`<t>${'ab'.repeat(5000)}</t>`] },
      /the workbook is too large/,
    ],
    ['cells far to the right', { sheets: [repeated(4000, '<c r="ALL1"><v>1</v></c>')] }, /the workbook is too large/],
    [
      'entities',
      { sheets: [sheet(ROWS).replace('<worksheet', '<!DOCTYPE a [<!ENTITY b "c">]><worksheet')] },
      /has a DOCTYPE, which is refused/,
    ],
    ['deep elements', { sheets: [`<worksheet>${'<a>'.repeat(100)}`] }, /nests elements deeper than 64/],
    ['broken XML', { sheets: ['<worksheet><row>'] }, /is not well-formed XML/],
    ['no cell', { sheets: [sheet([])] }, 'is a workbook without a filled cell'],
    ['no sheet', { sheets: [] }, 'is a workbook without a filled cell'],
    ['too many sheets', { sheets: Array.from({ length: 101 }, () => sheet([])) }, 'has more than 100 sheets'],
  ])('%s', (_, book, reason) => {
    expect(() => read(workbook(book))).toThrow(reason);
  });

  test('what a caller bounds to less', () => {
    expect(() => read(workbook({ sheets: [sheet(ROWS)] }), { ...OPTIONS, mostBytes: 2000 })).toThrow(
      'unpacks to more than',
    );
  });

  test('a file that is protected by a password, an old document, and workbooks of other kinds, by their names', () => {
    const office = (name: string) =>
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(20_000), Buffer.from(name, 'utf16le')]);
    const refusal = (bytes: Uint8Array) => () => readAll(bytes, { now: NOW, ...OPTIONS, mapping: undefined });
    expect(refusal(office('EncryptedPackage'))).toThrow(
      'line 1: is protected by a password; save it without one and import that',
    );
    expect(refusal(office('Workbook'))).toThrow(
      'is an old Office document (XLS, DOC); save the table as XLSX or CSV and import that',
    );
    expect(refusal(zip({ path: 'xl/workbook.bin', content: 'x' }))).toThrow(
      'line 1: is a workbook of another kind (XLSB, ODS); save it as XLSX or CSV',
    );
    const encrypted = zip({ path: 'xl/workbook.xml', content: 'x', flags: 1 });
    expect(refusal(encrypted)).toThrow('contains an encrypted file (xl/workbook.xml); unpack it first');
  });
});

test.each([
  [14, undefined, true],
  [0, undefined, false],
  [4, undefined, false],
  [164, 'yyyy\\-mm\\-dd', true],
  [164, '[$-409]d\\-mmm\\-yy;@', true],
  [164, '#,##0.00" days"', false],
  [164, '#,##0.00;[Red]-#,##0.00', false],
  [164, '_-* #,##0.00\\ "zł"_-', false],
  [164, 'General', false],
  [164, '[h]:mm:ss', true],
])('the format %s %s shows days: %s', (id, code, isDate) => {
  expect(isDateFormat(id, code)).toBe(isDate);
});

test.each([
  ['46183', '2026-06-10'],
  ['46183.999', '2026-06-10 23:58:34'],
  ['25569', '1970-01-01'],
  ['3', undefined],
  ['9e99', undefined],
  ['x', undefined],
])('the number %s is the day %s', (serial, day) => {
  expect(momentOfSerial(serial, false)).toBe(day);
});

test.each([
  ['-49.990000000000002', '-49.99'],
  ['0.30000000000000004', '0.3'],
  ['1234.567', '1234.5670'],
  ['1.2E-5', '0.000012'],
  ['-1.2E-8', '-0.000000012000'],
  ['1E21', '1000000000000000000000'],
  ['61109010140000071219812874', '61109010140000071219812874'],
  ['', ''],
  ['n/a', 'n/a'],
])('the number %s is written %s', (given, written) => {
  expect(decimalOfNumber(given)).toBe(written);
});
