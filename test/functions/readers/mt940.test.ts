import { describe, expect, test } from '@jest/globals';
import { joinStatements } from '../../../functions/readers/join-statements.ts';
import type { ReadOptions } from '../../../functions/readers/statement.ts';
import { accountsIn, fileOf } from './reading.ts';

const read = (text: string | Buffer, options?: Partial<ReadOptions>) => accountsIn('mt940', text, options);

/** One statement in June 2026 around the given rows. */
function statement(
  rows: string,
  { account = 'DE89370400440532013000', from = '260531', to = '260630', currency = 'EUR' } = {},
) {
  return `:20:STARTUMS\n:25:${account}\n:28C:6/1\n:60F:C${from}${currency}100,00\n${rows}\n:62F:C${to}${currency}100,00\n-\n`;
}

const rowsOf = (text: string | Buffer) => read(text).flatMap(({ transactions }) => transactions);

describe('layouts of :86:', () => {
  test('German subfields with SEPA keys, wrapped in the middle of words', () => {
    const rows = `:61:2606050604DR49,99NDDTNONREF//REF-1
:86:105?00FOLGELASTSCHRIFT?109248?20EREF+A-1?21MREF+M-7?22SVWZ+Tierf
utter und Spielz?23eug Juni?30COBADEFFXXX?31DE02120300000000202051
?32ZOOPLUS?33 SE`;
    expect(read(statement(rows))).toEqual([
      {
        iban: 'DE89370400440532013000',
        currencyName: 'EUR',
        covers: { from: '2026-06-01', to: '2026-06-30' },
        transactions: [
          {
            bookedOn: '2026-06-04',
            transactionOn: '2026-06-05',
            currencyAmount: '-49.99',
            title: 'Tierfutter und Spielz eug Juni',
            party: 'ZOOPLUS SE',
            partyIban: 'DE02120300000000202051',
            kind: 'FOLGELASTSCHRIFT',
            status: 'DONE',
            bankTransactionCode: 'NDDT',
            transactionId: 'REF-1',
          },
        ],
      },
    ]);
  });

  test('a subfield of full width goes on in the next without a blank', () => {
    const rows = ':61:2606040604C1,00NTRFNONREF\n:86:166?00GUTSCHRIFT?20SVWZ+Strukturierter Verwend?21ungszweck';
    expect(rowsOf(statement(rows))[0]?.title).toBe('Strukturierter Verwendungszweck');
  });

  test('a key begins a text even where the subfield before it is full', () => {
    const rows = ':61:2606040604C1,00NTRFNONREF\n:86:166?00GUTSCHRIFT?20EREF+ABCDEFGHIJKLMNOPQRSTUV?21SVWZ+Miete';
    expect(rowsOf(statement(rows))[0]?.title).toBe('Miete');
  });

  test('a line that looks like the end of the statement is text when the statement goes on', () => {
    const rows = ':61:2606040604C1,00NTRF1\n:86:EINS\n-\nZWEI\n:61:2606040604C2,00NTRF1\n:86:DREI';
    expect(rowsOf(statement(rows)).map(({ title }) => title)).toEqual(['EINS - ZWEI', 'DREI']);
  });

  test('mBank', () => {
    const rows = `:61:2606040604CN0,01NTRFNONREF//MB1
911-TRANSAKCJA IPH
:86:911 TRANSAKCJA COLLECT; ID IPH: XX1; Z RACH.: 
56114010810000267002001001; OD: JAN NOWAK  
UL. NIJAKA 1; TYT.: PRZELEW SRODKOW   ; 
TNR: 179171073864111.010001`;
    expect(rowsOf(statement(rows, { currency: 'PLN' }))[0]).toMatchObject({
      title: 'PRZELEW SRODKOW',
      party: 'JAN NOWAK UL. NIJAKA 1',
      partyIban: 'PL56114010810000267002001001',
      kind: 'TRANSAKCJA COLLECT',
    });
  });

  test('Dutch keys (ABN AMRO and ING)', () => {
    const abn = `:61:2606040604D1,50NTRFNONREF
:86:/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/Dierenwin
kel/REMI/Factuur 1/2 voer/EREF/NOTPROVIDED`;
    const ing = `:61:2606050605C2,00NTRFNONREF
:86:/EREF/E1//CNTP/NL65INGB0123456789/INGBNL2A/J. Jansen/AMSTERDAM//REMI/USTD//Terug/`;
    expect(rowsOf(statement(`${abn}\n${ing}`))).toMatchObject([
      { title: 'Factuur 1/2 voer', party: 'Dierenwinkel', partyIban: 'NL91ABNA0417164300', kind: 'SEPA OVERBOEKING' },
      { title: 'Terug', party: 'J. Jansen', partyIban: 'NL65INGB0123456789' },
    ]);
  });

  test('plain text: lines are one title, :12: inside begins no field', () => {
    const rows = ':61:2606040604C1,00NTRFNONREF\n:86:BOODSCHAPPEN\n:12: UUR\tAMSTERDAM\u0007';
    expect(rowsOf(statement(rows))[0]).toEqual({
      bookedOn: '2026-06-04',
      transactionOn: '2026-06-04',
      currencyAmount: '1.00',
      title: 'BOODSCHAPPEN :12: UUR AMSTERDAM',
      status: 'DONE',
      bankTransactionCode: 'NTRF',
    });
  });

  test('without :86: the second line of :61: is the title', () => {
    expect(rowsOf(statement(':61:2606040604C1,00FMSCNONREF//1\nCard transaction'))[0]?.title).toBe('Card transaction');
  });
});

describe(':61:', () => {
  test.each([
    ['D6800,NCHK1', '-6800'],
    ['C500NTRF1', '500'],
    ['RC7,1NTRF1', '-7.1'],
    ['RD7,1NTRF1', '7.1'],
    ['DR1500,00NTRF1', '-1500.00'],
    ['CR915311,55NTRF1', '915311.55'],
    ['D000000012,30NTRF1', '-12.30'],
    ['D0,00NTRF1', '0.00'],
  ])('%s is %s', (text, amount) => {
    expect(rowsOf(statement(`:61:2606040604${text}`))[0]?.currencyAmount).toBe(amount);
  });

  test('an entry date takes the year nearest to the value date', () => {
    const old = statement(':61:2601021231D1,00NTRF1', { from: '251230', to: '260102' });
    const next = statement(':61:2512310102D1,00NTRF1', { from: '251230', to: '260102' });
    expect([...rowsOf(old), ...rowsOf(next)].map(({ bookedOn }) => bookedOn)).toEqual(['2025-12-31', '2026-01-02']);
  });

  test('without an entry date a row was booked within its statement', () => {
    const rows = ':61:260520D1,00NTRF1\n:61:260615D1,00NTRF2\n:61:260715D1,00NTRF3';
    const [account] = read(statement(rows));
    expect(account?.transactions.map(({ bookedOn }) => bookedOn)).toEqual(['2026-06-01', '2026-06-15', '2026-06-30']);
    expect(account?.covers).toEqual({ from: '2026-06-01', to: '2026-06-30' });
  });
});

describe('accounts and days', () => {
  test.each([
    ['PL69 1370 1314 0000 0496 7827 8112', { iban: 'PL69137013140000049678278112' }],
    ['/PL69137013140000049678278112', { iban: 'PL69137013140000049678278112' }],
    ['69137013140000049678278112', { iban: 'PL69137013140000049678278112' }],
    ['NL65INGB0123456789EUR', { iban: 'NL65INGB0123456789' }],
    ['50880050/0194787400888', { accountId: '50880050/0194787400888' }],
    ['DE8937040044053201300', { accountId: 'DE8937040044053201300' }],
  ])(':25:%s', (account, name) => {
    expect(read(statement('', { account }))).toEqual([
      { ...name, currencyName: 'EUR', covers: { from: '2026-06-01', to: '2026-06-30' }, transactions: [] },
    ]);
  });

  test('statements that touch are one account, days left out between them are not covered', () => {
    const text =
      statement(':61:2606300630D3,00NTRF3', { from: '260620', to: '260630' }) +
      statement(':61:2606040604D1,00NTRF1', { from: '260531', to: '260610' }) +
      statement(':61:2606100610D2,00NTRF2', { from: '260610', to: '260612' });
    expect(
      read(text).map(({ covers, transactions }) => [covers, transactions.map((row) => row.currencyAmount)]),
    ).toEqual([
      [{ from: '2026-06-01', to: '2026-06-12' }, ['-1.00', '-2.00']],
      [{ from: '2026-06-21', to: '2026-06-30' }, ['-3.00']],
    ]);
  });

  test('a repeated statement is read once; two of the same days are refused', () => {
    const one = statement(':61:2606040604D1,00NTRF1\n:61:2606050605D1,00NTRF1');
    expect(rowsOf(one + one)).toHaveLength(2);
    const { imports, warnings } = joinStatements([fileOf('mt940', one + one.replace('D1,00', 'D2,00'))]);
    expect(imports.flatMap(({ accounts }) => accounts.map(({ covers }) => covers))).toEqual([
      { from: '2026-06-01', to: '2026-06-03' },
      { from: '2026-06-05', to: '2026-06-30' },
    ]);
    expect(warnings.map(({ day, rows }) => [day, rows])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      ['2026-06-04', 1],
      ['2026-06-04', 1],
    ]);
  });

  test('text around the statements is skipped', () => {
    const framed = `{1:F01BANKPLPWAXXX0000000000}{2:O940}{4:\r\n${statement(':61:2606040604D1,00NTRF1').replace('\n-\n', '\n-}')}`;
    expect(rowsOf(`\u0001${framed.replaceAll('\n', '\r\n')}\u0003`)).toHaveLength(1);
    expect(rowsOf(`0000 01INGBNL2AXXXX00001\n940 00\n${statement(':61:2606040604D1,00NTRF1')}-XXX`)).toHaveLength(1);
  });

  test('bytes that are not UTF-8 are ISO-8859-1, unless a character set is named', () => {
    const text = statement(':61:2606040604D1,00NTRF1\n:86:M\u00fcller');
    expect(rowsOf(Buffer.from(text, 'utf8'))[0]?.title).toBe('Müller');
    expect(rowsOf(Buffer.from(text, 'latin1'))[0]?.title).toBe('Müller');
    const polish = Buffer.from(text.replace('\u00fc', '\u00b3'), 'latin1');
    expect(read(polish, { encoding: 'windows-1250' })[0]?.transactions[0]?.title).toBe('Młller');
  });

  test('a sum that does not lead to the closing balance is reported', () => {
    const texts = [':61:2606040604D1,00NTRF1', ':61:2606040604D0,10NTRF1\n:61:2606040604C0,10NTRF1'];
    const warnings = texts.flatMap((rows) => joinStatements([fileOf('mt940', statement(rows))]).warnings);
    expect(warnings.map(({ message }) => message)).toEqual([
      'line 1: the rows do not lead from the opening to the closing balance; rows may be missing',
    ]);
  });
});

describe('refused, with the line', () => {
  const right = statement(':61:2606040604D1,00NTRF1');
  test.each([
    [right.replace('D1,00', 'X1,00'), 'line 5: :61: is not a statement line (value date, D or C, amount with a comma)'],
    [right.replace('2606040604', '2613040604'), 'line 5: :61: "261304" is not a day of the calendar (YYMMDD)'],
    [right.replace('2606040604', '2606040632'), 'line 5: :61: "0632" is not a day of the calendar (MMDD)'],
    [right.replace(':61:2606040604', ':61:'), 'line 5: :61: is not a statement line'],
    [right.replace(/:25:.*\n/, ''), 'line 1: the statement has no account (:25:)'],
    [right.replace(/:25:.*\n/, ':25:\n'), 'line 2: :25: names no account'],
    [right.replace(/:60F:.*\n/, ''), 'line 1: the statement has no opening balance (:60F:), which names its currency'],
    [right.replace(/:62F:.*\n/, ''), 'line 1: the statement has no closing balance (:62F:), so it is cut off'],
    [right.replace(':60F:C260531EUR100,00', ':60F:260531EUR100,00'), 'line 4: :60F: is not a balance'],
    [right.replace('630EUR', '630PLN'), 'line 6: :62: is in PLN, the statement in EUR'],
    ['no statement at all', 'line 1: contains no statement: no line begins with :20:'],
  ])('%j', (text, reason) => {
    expect(() => read(text)).toThrow(reason);
  });
});
