/** GPC: the records of ABO, which banks of Czechia and Slovakia fill in different ways. */
import { describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { gpc } from '../../../functions/readers/gpc.ts';
import { joinStatements } from '../../../functions/readers/join-statements.ts';
import { readerOf } from '../../../functions/readers/reader.ts';
import type { ReadOptions } from '../../../functions/readers/statement.ts';
import { NOW, readPlainly, row } from './read-plainly.ts';

type Field = readonly [column: number, text: string];

/** Texts at their columns, counted from 1. */
const record = (...fields: readonly Field[]) =>
  fields.reduce(
    (line, [column, text]) => line.slice(0, column - 1) + text + line.slice(column - 1 + text.length),
    ' '.repeat(128),
  );
const file = (...lines: readonly string[]) => `${lines.join('\r\n')}\r\n`;
const crowns = (text: string) => text.replace('.', '').padStart(14, '0');

const OWN = '0000192000145399';
const head = (opening: string, closing: string, ...more: readonly Field[]) =>
  record(
    [1, `074${OWN}NOVAK JAN`],
    ...([
      [40, '310526'],
      [46, crowns(opening)],
      [60, '+'],
      [61, crowns(closing)],
      [75, '+'],
    ] as const),
    ...([
      [76, `${'0'.repeat(14)}0${'0'.repeat(14)}0`],
      [106, '006'],
      [109, '300626'],
    ] as const),
    ...more,
  );
const move = (amount: string, code: string, ...more: readonly Field[]) =>
  record(
    [1, `075${OWN}${'0'.repeat(16)}${'0'.repeat(13)}`],
    ...([
      [49, crowns(amount).slice(2)],
      [61, code],
      [62, '0'.repeat(30)],
    ] as const),
    ...([
      [92, '090626'],
      [98, 'TESCO PRAHA'],
      [118, '00203'],
      [123, '100626'],
    ] as const),
    ...more,
  );

const HEAD = head('1000.00', '957.50');
const MOVE = move('42.50', '1');
const READ = row('2026-06-10', '-42.50', '', { transactionOn: '2026-06-09', party: 'TESCO PRAHA' });
const STATEMENT = {
  account: 'id 19-2000145399',
  currencyName: 'CZK',
  opening: '2026-05-31 1000.00',
  closing: '2026-06-30 957.50',
  transactions: [READ],
};
const NO_BANK =
  'GPC prints no bank: 19-2000145399 is taken as the number of the account; give its IBAN as account (--account)';
const IBAN = 'CZ6508000000192000145399';

const read = (content: string | Uint8Array, options: Partial<ReadOptions> = {}) => readPlainly(gpc, content, options);
const rowsOf = (...lines: readonly string[]) => read(file(...lines), { account: IBAN }).statements[0]?.transactions;

describe('GPC', () => {
  test('is known by its first record', () => {
    expect(readerOf(Buffer.from(file(HEAD, MOVE)))).toBe(gpc);
    expect(read(file(HEAD, MOVE))).toEqual({
      format: 'gpc',
      encoding: 'utf-8',
      source: 'PDF',
      statements: [STATEMENT],
      warnings: [NO_BANK],
    });
  });

  test.each([
    ['blanks at the ends of lines left out', file(HEAD, MOVE).replace(/ +(?=\r)/g, '')],
    ['no line ends', HEAD + MOVE],
    ['blank lines and the end mark of DOS', `${HEAD}\n\n${MOVE}\n${String.fromCharCode(26)}`],
    ['the number in the internal order', file(HEAD, MOVE).replaceAll(OWN, internal(OWN))],
  ])('with %s', (_, text) => {
    expect(read(text).statements).toEqual([STATEMENT]);
  });

  test.each([IBAN, '19-2000145399/0800', 'CZ65 0800 0000 1920 0014 5399'])(
    'its account is completed by %s',
    (account) => {
      expect(read(file(HEAD, MOVE), { account })).toMatchObject({ statements: [{ account: IBAN }], warnings: [] });
      expect(read(file(HEAD, MOVE).replaceAll(OWN, internal(OWN)), { account }).statements).toMatchObject([
        { account: IBAN },
      ]);
    },
  );

  test('a number without right check digits is used as printed, and still completed', () => {
    const odd = file(HEAD, MOVE).replaceAll(OWN, '0000000000123456');
    expect(read(odd).statements).toMatchObject([{ account: 'id 123456' }]);
    expect(() => read(odd, { account: IBAN })).toThrow(
      'line 1: is of the account 123456, and not of the one that account names',
    );
  });

  test('the other party, its account and the symbols', () => {
    const paid = move(
      '42.50',
      '1',
      [20, '0000002000145399'],
      [36, '0000000000017'],
      [62, '0000004711'],
      [72, '0008000308'],
      [82, '0000000099'],
    );
    expect(rowsOf(HEAD, paid)).toEqual([
      {
        ...READ,
        title: 'VS:4711 SS:99',
        partyIban: 'CZ7908000000002000145399',
        kind: '0308',
        transactionId: '0000000000017',
      },
    ]);
  });

  test('texts of the records behind a row, of which one goes on in the middle of a word', () => {
    const long = `Platba za plyn ${'a'.repeat(52)}bcd`;
    const texts = [
      record([1, '076'], [4, '26061000001'], [30, '100626'], [36, 'Nákup kartou']),
      record([1, `078${long}`]),
      record([1, '079efg konec']),
    ];
    expect(rowsOf(HEAD, MOVE, ...texts)).toMatchObject([{ title: `Nákup kartou ${long}efg konec` }]);
  });

  test.each([
    ['2', '42.50', '1042.50'],
    ['4', '42.50', '1042.50'],
    ['5', '-42.50', '957.50'],
    ['3', '42.50', '1042.50'],
    ['4', '-42.50', '957.50'],
  ])('the code %s is %s where the balance ends at %s', (code, value, closing) => {
    expect(rowsOf(head('1000.00', closing), move('42.50', code))).toMatchObject([{ currencyAmount: value }]);
  });

  test('negative balances, and an opening balance that is dated by the first day', () => {
    const overdrawn = head('10.00', '52.50', [40, '100626'], [60, '-'], [75, '-']);
    expect(read(file(overdrawn, MOVE)).statements).toMatchObject([
      { opening: '2026-06-10 -10.00', closing: '2026-06-30 -52.50' },
    ]);
    const { imports, warnings } = joinStatements([gpc.read(Buffer.from(file(overdrawn, MOVE)), { now: NOW })]);
    expect(imports).toMatchObject([{ accounts: [{ covers: { from: '2026-06-10', to: '2026-06-30' } }] }]);
    expect(warnings).toEqual([]);
  });

  test('rows without a day of booking have that of their value, else that of the statement', () => {
    const closing = head('1000.00', '915.00');
    expect(
      rowsOf(closing, move('42.50', '1', [123, '000000']), move('42.50', '1', [92, '000000'], [123, '      '])),
    ).toMatchObject([{ bookedOn: '2026-06-09', transactionOn: '2026-06-09' }, { bookedOn: '2026-06-30' }]);
  });

  test('currencies by their numbers; a statement without rows has that of the others, or of the country', () => {
    const euros = move('42.50', '1', [118, '00978']);
    expect(read(file(HEAD, euros, head('957.50', '957.50'))).statements).toMatchObject([
      { currencyName: 'EUR' },
      { currencyName: 'EUR', transactions: [] },
    ]);
    expect(read(file(head('5.00', '5.00')), { account: IBAN }).statements).toMatchObject([{ currencyName: 'CZK' }]);
    expect(read(file(HEAD, move('42.50', '1', [118, '01101'])), { currency: 'CZK' }).statements).toMatchObject([
      { currencyName: 'CZK' },
    ]);
    expect(() => read(file(head('5.00', '5.00')))).toThrow(
      'line 1: GPC does not say the currency: give it as currency (--currency)',
    );
  });

  test('several statements of several accounts, of which the named one gets its IBAN', () => {
    const other = '0000002000145399';
    const text = file(HEAD, MOVE, HEAD.replace(OWN, other), MOVE.replace(OWN, other));
    expect(read(text, { account: IBAN })).toMatchObject({
      statements: [{ account: IBAN }, { account: 'id 2000145399' }],
      warnings: [expect.stringContaining('2000145399 is taken as the number')],
    });
  });

  test.each(['windows-1250', 'cp852', 'iso-8859-2', 'utf-8'])('in %s', (encoding) => {
    const text = file(
      HEAD,
      move('42.50', '1', [98, 'ŽELEZÁŘSTVÍ KŘÍŽ']),
      record([1, '078Šroubky, řepík a hřebíky žluté']),
    );
    expect(read(iconv.encode(text, encoding))).toMatchObject({
      encoding,
      statements: [{ transactions: [{ party: 'ŽELEZÁŘSTVÍ KŘÍŽ', title: 'Šroubky, řepík a hřebíky žluté' }] }],
    });
  });

  test('rows that do not lead to the closing balance are reported', () => {
    const { warnings } = joinStatements([
      gpc.read(Buffer.from(file(HEAD)), { now: NOW, account: IBAN, currency: 'CZK' }),
    ]);
    expect(warnings).toMatchObject([
      { message: 'line 1: the rows do not lead from the opening to the closing balance; rows may be missing' },
    ]);
  });

  test.each([
    [[MOVE], 'line 1: "075" comes before the account (074)'],
    [[HEAD, 'hello'], 'line 2: "hel" is not a record of GPC (074, 075, 076, 078, 079)'],
    [[HEAD, move('42.50', '9')], 'line 2: "9" is not a code of a posting (1 to 5)'],
    [[HEAD, move('42.50', '1', [49, 'x'])], 'line 2: "x00000004250" is not an amount'],
    [[HEAD, move('42.50', '1', [123, '321326'])], 'line 2: "321326" is not a day (DDMMYY)'],
  ])('refuses with the line: %#', (lines, refusal) => {
    expect(() => read(file(...lines))).toThrow(refusal);
  });

  test('another account than a Czech or Slovak one completes nothing', () => {
    expect(() => read(file(HEAD, MOVE), { account: '4711' })).toThrow(
      'account must be an IBAN of Czechia or Slovakia, or NUMBER/BANK, for GPC',
    );
  });
});

/** A number in the order that some banks print. */
function internal(digits: string): string {
  const [prefix, n] = [digits.slice(0, 6), [...digits.slice(6)]];
  return [9, 7, 8, 5, 0, 1, 2, 3, 4, 6].map((place) => n[place]).join('') + prefix;
}
