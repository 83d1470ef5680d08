import { describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { ofx } from '../../../functions/readers/ofx.ts';
import { readerOf } from '../../../functions/readers/reader.ts';
import { readPlainly, row } from './read-plainly.ts';

const HEADER =
  'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\n\n';

function sgml(
  rows: string,
  { made = '20260701', from = '20260601', to = '20260630', account = '<BANKID>30004<ACCTID>00001234567' } = {},
) {
  return `${HEADER}<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>${made}<LANGUAGE>FRA</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR<BANKACCTFROM>${account}<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>${from}<DTEND>${to}
${rows}
</BANKTRANLIST><LEDGERBAL><BALAMT>100.00<DTASOF>20260630</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
}

const ROW =
  '<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260610120000[+2:CEST]<TRNAMT>-42.50<FITID>A1<NAME>ANIMALERIE DU LAC</STMTTRN>';
const READ = row('2026-06-10', '-42.50', 'ANIMALERIE DU LAC', {
  party: 'ANIMALERIE DU LAC',
  kind: 'DEBIT',
  transactionId: 'A1',
});
const STATEMENT = {
  account: 'id 00001234567',
  currencyName: 'EUR',
  wholeDays: '2026-06-01 to 2026-06-30',
  closing: '2026-06-30 100.00',
  transactions: [READ],
};

describe('OFX', () => {
  test('1 is SGML whose leaves are not closed', () => {
    expect(readPlainly(ofx, sgml(ROW))).toEqual({
      format: 'ofx',
      encoding: 'utf-8',
      source: 'PDF',
      statements: [STATEMENT],
      warnings: [],
    });
    expect(readerOf(Buffer.from(sgml(ROW)))).toBe(ofx);
  });

  test('2 is XML, also without line ends, with entities and CDATA', () => {
    const text = `<?xml version="1.0" encoding="UTF-8" standalone="no"?><?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE"?><OFX><SIGNONMSGSRSV1><SONRS><DTSERVER>20260701101500</DTSERVER></SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR</CURDEF><BANKACCTFROM><BANKID>37040044</BANKID><ACCTID>DE89370400440532013000</ACCTID></BANKACCTFROM><BANKTRANLIST><DTSTART>20260601</DTSTART><DTEND>20260630</DTEND><STMTTRN><TRNTYPE>POS</TRNTYPE><DTPOSTED>20260610</DTPOSTED><DTUSER>20260609</DTUSER><TRNAMT>-5.00</TRNAMT><FITID>1</FITID><SIC>5411</SIC><NAME>M&amp;M &#214;l</NAME><MEMO><![CDATA[Brot & Butter]]></MEMO></STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
    expect(readPlainly(ofx, text).statements).toEqual([
      {
        account: 'DE89370400440532013000',
        currencyName: 'EUR',
        wholeDays: '2026-06-01 to 2026-06-30',
        transactions: [
          row('2026-06-10', '-5.00', 'Brot & Butter', {
            transactionOn: '2026-06-09',
            party: 'M&M Öl',
            kind: 'POS',
            merchantCategoryCode: '5411',
            transactionId: '1',
          }),
        ],
      },
    ]);
    expect(readerOf(Buffer.from(text))).toBe(ofx);
  });

  test('names its character set, and UTF-8 is known although the header says 1252', () => {
    const accented = sgml(ROW.replace('ANIMALERIE DU LAC', 'CAFÉ DU LAC'));
    const read = { ...READ, title: 'CAFÉ DU LAC', party: 'CAFÉ DU LAC' };
    expect(readPlainly(ofx, iconv.encode(accented, 'windows-1252'))).toMatchObject({
      encoding: 'windows-1252',
      statements: [{ transactions: [read] }],
      warnings: [],
    });
    expect(readPlainly(ofx, accented)).toMatchObject({
      encoding: 'utf-8',
      statements: [{ transactions: [read] }],
      warnings: [],
    });
  });

  test.each([
    ['20260610220000[0:GMT]', '2026-06-11'],
    ['20260610215959.999[0:GMT]', '2026-06-10'],
    ['20260610230000', '2026-06-10'],
    ['20260610003000[+3:EEST]', '2026-06-09'],
    ['20260110003000[+1:CET]', '2026-01-10'],
    ['20260110000000[+2:CEST]', '2026-01-10'],
    ['20260610200000[-5.5]', '2026-06-11'],
    ['20260610233000[99:XXX]', '2026-06-10'],
  ])('the moment %s of an account in Germany is on %s', (date, day) => {
    const text = sgml(ROW.replace('20260610120000[+2:CEST]', date), { account: '<ACCTID>DE89370400440532013000' });
    expect(readPlainly(ofx, text).statements[0]?.transactions).toMatchObject([{ bookedOn: day }]);
    const elsewhere = sgml(ROW.replace('20260610120000[+2:CEST]', date), { account: '<ACCTID>X1' });
    const printed = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`;
    expect(readPlainly(ofx, elsewhere).statements[0]?.transactions).toMatchObject([{ bookedOn: printed }]);
  });

  test('a period that is written in UTC ends with the local day', () => {
    const period = { from: '20260531220000[0:GMT]', to: '20260630220000[0:GMT]', made: '20260701000500[+2:CEST]' };
    const text = sgml(ROW, { ...period, account: '<ACCTID>DE89370400440532013000' });
    expect(readPlainly(ofx, text).statements[0]?.wholeDays).toBe('2026-06-01 to 2026-06-30');
  });

  test('of a credit card, and of several accounts', () => {
    const card =
      '<CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>USD<CCACCTFROM><ACCTID>XXXX1234</CCACCTFROM><BANKTRANLIST><DTSTART>20260601<DTEND>20260630<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260611<TRNAMT>+7,00<FITID>B<NAME>REFUND</STMTTRN></BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>';
    expect(readPlainly(ofx, sgml(ROW).replace('</OFX>', card)).statements).toEqual([
      STATEMENT,
      {
        account: 'id XXXX1234',
        currencyName: 'USD',
        wholeDays: '2026-06-01 to 2026-06-30',
        transactions: [row('2026-06-11', '7.00', 'REFUND', { party: 'REFUND', kind: 'CREDIT', transactionId: 'B' })],
      },
    ]);
  });

  test('with empty leaves that are not closed loses nothing behind them', () => {
    const text = sgml(
      '<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260610<TRNAMT>-1.00<FITID>C<CHECKNUM><NAME>X<MEMO></STMTTRN>\n<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260611<TRNAMT>-2.00<FITID>D<NAME><MEMO>Y</STMTTRN>',
    );
    expect(readPlainly(ofx, text).statements[0]?.transactions).toEqual([
      row('2026-06-10', '-1.00', 'X', { party: 'X', kind: 'DEBIT', transactionId: 'C' }),
      row('2026-06-11', '-2.00', 'Y', { kind: 'DEBIT', transactionId: 'D' }),
    ]);
  });

  test('pending rows and the account of the other party', () => {
    const text =
      sgml(`<STMTTRN><TRNTYPE>XFER<DTPOSTED>20260610<TRNAMT>-1.00<FITID>C<NAME>Anna<BANKACCTTO><BANKID>1<ACCTID>DE02120300000000202051<ACCTTYPE>CHECKING</BANKACCTTO><MEMO>Rent</STMTTRN></BANKTRANLIST>
<BANKTRANLISTP><DTASOF>20260630<STMTTRNP><TRNTYPE>POS<DTTRAN>20260630<TRNAMT>-3.20<NAME>Cafe</STMTTRNP></BANKTRANLISTP><BANKTRANLIST>`);
    expect(readPlainly(ofx, text).statements[0]?.transactions).toEqual([
      row('2026-06-10', '-1.00', 'Rent', {
        party: 'Anna',
        partyIban: 'DE02120300000000202051',
        kind: 'XFER',
        transactionId: 'C',
      }),
      { ...row('2026-06-30', '-3.20', 'Cafe', { party: 'Cafe', kind: 'POS' }), status: 'PENDING' },
    ]);
  });

  test.each([
    [
      'the day on which the file was made is not whole',
      { made: '20260630', to: '20260630' },
      '2026-06-01 to 2026-06-29',
    ],
    [
      'a period that ends at midnight ends with the day before',
      { to: '20260701000000', made: '20260702' },
      '2026-06-01 to 2026-06-30',
    ],
    [
      'a period that begins and ends inside days',
      { from: '20260531153000', to: '20260630093000' },
      '2026-06-01 to 2026-06-29',
    ],
    [
      'noon stands for the day',
      { from: '20260601120000[0:GMT]', to: '20260630120000[0:GMT]' },
      '2026-06-01 to 2026-06-30',
    ],
    ['the end of a day', { to: '20260630235959' }, '2026-06-01 to 2026-06-30'],
  ])('%s', (_, period, days) => {
    expect(readPlainly(ofx, sgml(ROW, period)).statements[0]?.wholeDays).toBe(days);
  });

  test('rows outside its period show that it is none', () => {
    expect(readPlainly(ofx, sgml(ROW, { from: '20260615' })).statements[0]).not.toHaveProperty('wholeDays');
  });

  test.each([
    [sgml(ROW.replace('-42.50', '4x')), 'line 12 (STMTTRN): "4x" is not an amount'],
    [sgml(ROW.replace('20260610120000[+2:CEST]', 'today')), 'line 12 (STMTTRN): "today" is not a day'],
    [sgml(ROW, { account: '' }), 'OFX does not say the account (ACCTID): give it as account (--account)'],
    [sgml(ROW).replace('<CURDEF>EUR', ''), 'OFX does not say the currency (CURDEF): give it as currency (--currency)'],
    [
      `${HEADER}<OFX><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Signon invalid</STATUS></OFX>`,
      'contains an error of the bank instead of a statement (15500 Signon invalid)',
    ],
    [
      `${HEADER}<OFX><INVSTMTRS><CURDEF>EUR</INVSTMTRS></OFX>`,
      'contains only investments (INVSTMTRS), which are not read',
    ],
    [`${HEADER}<OFX></OFX>`, 'contains no statement (STMTRS, CCSTMTRS)'],
    [`${HEADER}<OFX><STMTRS`, 'is cut off inside a tag'],
    [`${HEADER}<OFX>${'<A>\n'.repeat(100)}`, 'nests elements deeper than 32'],
  ])('refuses by place and reason: %#', (text, message) => {
    expect(() => readPlainly(ofx, text)).toThrow(message);
  });
});
