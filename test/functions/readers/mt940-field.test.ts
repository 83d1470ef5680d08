/** Forms of MT940 and MT942 that banks print, each with the whole resulting row. */
import { describe, expect, test } from '@jest/globals';
import { joinStatements } from '../../../functions/readers/join-statements.ts';
import { accountsIn, fileOf } from './reading.ts';

function statement(rows: string, { balance = '100,00', account = 'DE89370400440532013000' } = {}) {
  return `:20:A\n:25:${account}\n:28C:6/1\n:60F:C260531EUR100,00\n${rows}\n:62F:C260630EUR${balance}\n-\n`;
}

const rowsOf = (text: string) => accountsIn('mt940', text).flatMap(({ transactions }) => transactions);
const row = (rows: string) => rowsOf(statement(rows))[0];

/** What every row here has, unless it says otherwise. */
const COMMON = { bookedOn: '2026-06-02', transactionOn: '2026-06-02', currencyAmount: '-42.50', status: 'DONE' };

describe(':61: in all its forms', () => {
  test.each([
    ['plain', ':61:2606020602D42,50NMSCNONREF', { bankTransactionCode: 'NMSC', title: '' }],
    ['blanks for the entry date', ':61:260602    D42,50NMSCNONREF', { bankTransactionCode: 'NMSC', title: '' }],
    ['zeros for the entry date', ':61:2606020000D42,50NMSCNONREF', { bankTransactionCode: 'NMSC', title: '' }],
    ['a blank before the type', ':61:2606020602DR42,50 NMSCNONREF', { bankTransactionCode: 'NMSC', title: '' }],
    ['a blank in the type', ':61:2606020602D42,50N MSCNONREF', { bankTransactionCode: 'NMSC', title: '' }],
    ['groups of thousands', ':61:2606020602D0.042,50NMSCNONREF', { bankTransactionCode: 'NMSC', title: '' }],
    ['no type', ':61:2606020602D42,50', { title: '' }],
    ['wrapped', ':61:2606020602D42,\n50NMSCNONREF', { bankTransactionCode: 'NMSC', title: '' }],
    [
      'text only in its reference',
      ':61:2606020602D42,50NMSCKARTENGEBUEHR',
      { bankTransactionCode: 'NMSC', title: 'KARTENGEBUEHR' },
    ],
    [
      'text on the second line',
      ':61:2606020602D42,50NMSCNONREF\nKartenumsatz',
      { bankTransactionCode: 'NMSC', title: 'Kartenumsatz', kind: 'Kartenumsatz' },
    ],
    [
      "the other party's account on the second line",
      ':61:2606020602D42,50NMSCNONREF\n/PL27114020040000300201355387\n:86:Czynsz',
      { bankTransactionCode: 'NMSC', title: 'Czynsz', partyIban: 'PL27114020040000300201355387' },
    ],
    [
      'amount and charges in another currency',
      ':61:2606020602D42,50NMSCKREF+//77\n/OCMT/USD45,00//CHGS/EUR0,50/\n:86:Hotel',
      { bankTransactionCode: 'NMSC', title: 'Hotel', transactionId: '77' },
    ],
  ])('%s', (_, rows, fields) => {
    expect(row(rows)).toEqual({ ...COMMON, ...fields });
  });

  test('days that are none', () => {
    const dates = ['2602300230', '2606310631', '0000000604', '000000'];
    expect(dates.map((date) => rowsOf(statement(`:61:${date}D1,00NTRF1`))[0]?.transactionOn)).toEqual([
      undefined,
      '2026-06-30',
      '2026-06-30',
      '2026-06-30',
    ]);
    const february = ':20:A\n:25:1\n:60F:C260227EUR0,\n:61:2602300230C1,NTRF1\n:62F:C260303EUR1,\n-';
    expect(rowsOf(february)[0]).toMatchObject({ bookedOn: '2026-02-28', transactionOn: '2026-02-28' });
  });
});

describe(':86: that fits no known key stays as text', () => {
  const OF = { ...COMMON, bankTransactionCode: 'NMSC' };
  test.each([
    ['a time broken before its colon', 'ZAKUP O 12\n:20:45 KARTA', { title: 'ZAKUP O 12 :20:45 KARTA' }],
    ['a number that looks like a row', 'NR 5\n:61:30 X', { title: 'NR 5 :61:30 X' }],
    [
      '> as separator',
      '105>00LASTSCHRIFT>20SVWZ+Futter>32ZOOPLUS SE',
      { kind: 'LASTSCHRIFT', title: 'Futter', party: 'ZOOPLUS SE' },
    ],
    [
      '?50 in the text',
      '105?00LASTSCHRIFT?20SVWZ+Anteil?50 Prozent',
      { kind: 'LASTSCHRIFT', title: 'Anteil?50 Prozent' },
    ],
    ['keys without a purpose', '105?00GUTSCHRIFT?20EREF+RE 4711?21MREF+1', { kind: 'GUTSCHRIFT', title: 'RE 4711' }],
    ['text before the keys', '105?00GUTSCHRIFT?20Miete Juni?21EREF+1', { kind: 'GUTSCHRIFT', title: 'Miete Juni' }],
    [
      'bank and account of the other party',
      '105?00GUTSCHRIFT?20Miete?3037040044?31532013000',
      { kind: 'GUTSCHRIFT', title: 'Miete', partyIban: 'DE89370400440532013000' },
    ],
    [
      '/BENM/ with lines behind slashes',
      '/BENM/300000000000199\n/TIERHEIM WALDSEE E V\n/Spende Mai//99\n/Quittung 7',
      { title: 'Spende Mai 99 Quittung 7', party: 'TIERHEIM WALDSEE E V', partyIban: '300000000000199' },
    ],
    ['/ORDP/ with the name at once', '/ORDP/WERK AG\n/Lohn Mai', { title: 'Lohn Mai', party: 'WERK AG' }],
    ['/BENM//NAME/', '/BENM//NAME/Jansen/REMI/Huur mei/', { title: 'Huur mei', party: 'Jansen' }],
    ['/OCMT/ before the text', '/OCMT/USD45,00//EXCH/1,06/HOTEL PLAZA', { title: 'HOTEL PLAZA' }],
    ['an unknown key at the beginning', '/ABCD/Kartenzahlung Nord', { title: 'Kartenzahlung Nord' }],
    ['three digits alone', '020', { title: '' }],
  ])('%s', (_, text, fields) => {
    expect(row(`:61:2606020602D42,50NMSCNONREF\n:86:${text}`)).toEqual({ ...OF, ...fields });
  });

  test('the code of the transaction in a field of its own (ING in Poland)', () => {
    const rows = `:61:2606020602D42,50NMSCNONREF\n:86:032\n:86:032~00IBZW\n~20RACHUNEK ZA GAZ~21MAJ\n~22\n~29PL61109010140000071219812874
~3010901014~31PL61109010140000071219812874\n~32GAZOWNIA~33MIEJSKA\n~38PL61109010140000071219812874\n~60`;
    expect(row(rows)).toEqual({
      ...COMMON,
      bankTransactionCode: 'NMSC',
      kind: 'IBZW',
      title: 'RACHUNEK ZA GAZ MAJ',
      party: 'GAZOWNIA MIEJSKA',
      partyIban: 'PL61109010140000071219812874',
    });
  });

  test(':NS: has the text of a row', () => {
    const rows =
      ':61:2606020602D42,50NMSCNONREF\n:NS:01Beitrag\n02Juni\n15SPORTVEREIN\n17LASTSCHRIFT\n18999\n3337040044\n34532013000';
    expect(row(rows)).toEqual({
      ...COMMON,
      bankTransactionCode: 'NMSC',
      title: 'Beitrag Juni',
      party: 'SPORTVEREIN',
      partyIban: 'DE89370400440532013000',
      kind: 'LASTSCHRIFT',
    });
  });
});

describe('text around the rows', () => {
  const rows = ':61:2606020602D42,50NMSCNONREF\n:86:Futter';
  test('no :20:, blanks before the tags, filler bytes', () => {
    const bare = statement(rows).replace(':20:A\n', '');
    const expected = rowsOf(statement(rows));
    expect(expected).toHaveLength(1);
    expect(rowsOf(bare)).toEqual(expected);
    expect(fileOf('mt940', bare + bare).statements).toHaveLength(2);
    expect(rowsOf(statement(rows).replaceAll('\n:', '\n :'))).toEqual(expected);
    expect(rowsOf(`${statement(rows).replaceAll('\n', '\u0000\r\n')}\u001a\u0000\u0000`)).toEqual(expected);
  });
});

describe('MT942', () => {
  const report = (rows: string, floor = '0,') =>
    `:20:A\n:25:DE89370400440532013000\n:28C:1/1\n:34F:EUR${floor}\n:13D:2606051200+0200\n${rows}\n:90D:3EUR3,\n:90C:0EUR0,\n-`;
  const days = ['02', '03', '05'].map((day) => `:61:2606${day}06${day}D1,00NTRFNONREF`).join('\n');

  test('claims the days between its first row and the day on which it was made', () => {
    const { imports, warnings } = joinStatements([fileOf('mt940', report(days))]);
    expect(
      imports.map(({ accounts }) => accounts.map(({ covers, transactions }) => [covers, transactions.length])),
    ).toEqual([[[{ from: '2026-06-03', to: '2026-06-04' }, 1]]]);
    expect(warnings.map(({ day, rows }) => [day, rows])).toEqual([
      ['2026-06-02', 1],
      ['2026-06-05', 1],
    ]);
  });

  test('that leaves out small amounts claims none; expected rows are pending', () => {
    const file = fileOf('mt940', report(':61:2606020602ED1,00NTRFNONREF', 'D10,'));
    expect(file.statements[0]?.transactions[0]).toMatchObject({ currencyAmount: '-1.00', status: 'PENDING' });
    expect(joinStatements([file]).imports).toEqual([]);
    expect(file.warnings).toEqual([
      'line 4: the report leaves out small amounts (:34F:), so none of its days is complete',
    ]);
  });
});
