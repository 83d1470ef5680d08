import { describe, expect, test } from '@jest/globals';
import { accountsIn, fileOf } from './reading.ts';

const read = (xml: string) => accountsIn('camt053', xml);

type Parts = {
  version?: string;
  period?: string;
  balances?: string;
  entries?: string;
  account?: string;
  head?: string;
};

function balance(code: string, day: string): string {
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
}

function document({
  version = '08',
  period = '',
  balances = balance('OPBD', '2026-05-31') + balance('CLBD', '2026-06-30'),
  entries = '',
  account = '<Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy>',
  head = '',
}: Parts = {}): string {
  return `<?xml version="1.0"?>
<ns2:Document xmlns:ns2="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><ns2:BkToCstmrStmt>
${`<GrpHdr><CreDtTm>2026-07-01T06:00:00.5+02:00</CreDtTm></GrpHdr>
<Stmt>${head}${period}<Acct>${account}</Acct>${balances}
${entries}
</Stmt>`.replace(/<(\/?)(\w)/g, '<$1ns2:$2')}
</ns2:BkToCstmrStmt></ns2:Document>`;
}

function entry(
  inside = '',
  { amount = '8.85', sign = 'DBIT', status = '<Sts><Cd>BOOK</Cd></Sts>', day = '2026-06-10' } = {},
): string {
  return `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd>${status}<BookgDt><Dt>${day}</Dt></BookgDt>${inside}</Ntry>`;
}

const details = (...inside: string[]) =>
  `<NtryDtls>${inside.map((text) => `<TxDtls>${text}</TxDtls>`).join('')}</NtryDtls>`;
const rows = (entries: string, parts: Parts = {}) =>
  read(document({ ...parts, entries })).flatMap((account) => account.transactions);
const coversOf = (parts: Parts) => read(document(parts))[0]?.covers;

test('a whole entry of version 8', () => {
  const inside = `<ValDt><Dt>2026-06-11</Dt></ValDt><AcctSvcrRef>REF-1</AcctSvcrRef>
    <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>CCRD</Cd><SubFmlyCd>POSD</SubFmlyCd></Fmly></Domn></BkTxCd>
    <CardTx><POI><MrchntCtgyCd>5995</MrchntCtgyCd></POI></CardTx>
    ${details(`<RltdPties><Dbtr><Pty><Nm>Me</Nm></Pty></Dbtr><Cdtr><Pty><Nm>ZOOPLUS SE</Nm></Pty></Cdtr>
      <CdtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></CdtrAcct></RltdPties>
      <RmtInf><Ustrd>Futter</Ustrd><Ustrd>Juni</Ustrd></RmtInf>`)}
    <AddtlNtryInf>Kartenzahlung</AddtlNtryInf>`;
  const file = fileOf('camt053', document({ entries: entry(inside) }));
  expect([file.source, file.importedAt]).toEqual(['PDF', '2026-07-01T04:00:00.500Z']);
  expect(read(document({ entries: entry(inside) }))).toEqual([
    {
      iban: 'DE89370400440532013000',
      currencyName: 'EUR',
      covers: { from: '2026-06-01', to: '2026-06-30' },
      transactions: [
        {
          bookedOn: '2026-06-10',
          transactionOn: '2026-06-11',
          currencyAmount: '-8.85',
          title: 'Futter Juni',
          party: 'ZOOPLUS SE',
          partyIban: 'DE02120300000000202051',
          kind: 'Kartenzahlung',
          status: 'DONE',
          merchantCategoryCode: '5995',
          bankTransactionCode: 'PMNT-CCRD-POSD',
          transactionId: 'REF-1',
        },
      ],
    },
  ]);
});

describe('entries', () => {
  test('status: text up to version 7, element since 8; pending stays, information is left out', () => {
    const entries = ['BOOK', 'PDNG', 'FUTR', 'INFO']
      .map((code) => entry('', { status: `<Sts>${code}</Sts>` }))
      .join('');
    expect(rows(entries, { version: '02' }).map(({ status }) => status)).toEqual(['DONE', 'PENDING', 'PENDING']);
  });

  test('a reversal keeps the sign it has; its parties are those of the payment taken back', () => {
    const parties = '<RltdPties><Dbtr><Nm>Me</Nm></Dbtr><Cdtr><Nm>Shop</Nm></Cdtr></RltdPties>';
    expect(
      rows(entry(`<RvslInd>true</RvslInd>${details(parties)}`, { sign: 'CRDT' }), { version: '02' }),
    ).toMatchObject([{ currencyAmount: '8.85', party: 'Shop' }]);
  });

  test('a batch is divided when its parts have amounts that make up the whole', () => {
    const part = (amount: string, name: string) =>
      `<Refs><AcctSvcrRef>${name}-1</AcctSvcrRef></Refs><Amt Ccy="EUR">${amount}</Amt><RltdPties><Cdtr><Pty><Nm>${name}</Nm></Pty></Cdtr></RltdPties>`;
    expect(rows(entry(details(part('0.1', 'A'), part('0.2', 'B')), { amount: '0.30' }))).toEqual([
      expect.objectContaining({ currencyAmount: '-0.1', party: 'A', transactionId: 'A-1' }),
      expect.objectContaining({ currencyAmount: '-0.2', party: 'B', transactionId: 'B-1' }),
    ]);
    const whole = rows(entry(details(part('0.1', 'A'), part('0.1', 'B')), { amount: '0.30' }));
    expect(whole).toEqual([{ bookedOn: '2026-06-10', currencyAmount: '-0.30', title: '', status: 'DONE' }]);
  });

  test('a reference replaces a missing text', () => {
    const reference = '<RmtInf><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd></RmtInf>';
    expect(
      rows(entry(details(reference)) + entry('<AddtlNtryInf>Gebühr</AddtlNtryInf>')).map(({ title }) => title),
    ).toEqual(['RF18', 'Gebühr']);
  });
});

describe('days', () => {
  const period = (from: string, to: string) => `<FrToDt><FrDtTm>${from}</FrDtTm><ToDtTm>${to}</ToDtTm></FrToDt>`;

  test.each([
    [
      'the period it names',
      { period: period('2026-06-01T00:00:00', '2026-06-29T23:59:59') },
      ['2026-06-01', '2026-06-29'],
    ],
    [
      'an end at midnight',
      { period: period('2026-06-01T00:00:00', '2026-06-30T00:00:00') },
      ['2026-06-01', '2026-06-29'],
    ],
    [
      'a period it does not keep: the balances',
      { period: period('2007-01-01T00:00:00', '2007-02-01T00:00:00') },
      ['2026-06-01', '2026-06-30'],
    ],
    [
      'a row on the day of the opening balance',
      { entries: entry('', { day: '2026-05-31' }) },
      ['2026-05-31', '2026-06-30'],
    ],
    [
      'a row before the opening balance: the days behind it',
      { balances: balance('OPBD', '2026-06-20') + balance('CLBD', '2026-06-30') },
      ['2026-06-21', '2026-06-30'],
    ],
    [
      'the first page of several: up to the day before its last row',
      { head: '<StmtPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>' },
      ['2026-06-01', '2026-06-09'],
    ],
    [
      'the only page',
      { head: '<StmtPgntn><PgNb>1</PgNb><LastPgInd>true</LastPgInd></StmtPgntn>' },
      ['2026-06-01', '2026-06-30'],
    ],
    [
      'a period beyond the day it was made',
      { head: '<CreDtTm>2026-06-20T10:00:00</CreDtTm>', period: period('2026-06-01T00:00:00', '2026-06-30T23:59:59') },
      ['2026-06-01', '2026-06-19'],
    ],
  ] as [string, Parts, [string, string]][])('%s', (_, parts, [from, to]) => {
    expect(coversOf({ entries: entry(), ...parts })).toEqual({ from, to });
  });

  test('an account that is not an IBAN, its currency from its rows', () => {
    const account = '<Id><Othr><Id>0194787400888</Id></Othr></Id>';
    expect(read(document({ account, entries: entry() }))).toMatchObject([
      { accountId: '0194787400888', currencyName: 'EUR' },
    ]);
  });
});

describe('refused, with line and element', () => {
  test.each([
    [document().replaceAll('camt.053', 'camt.060'), /line 2 \(Document\): is a camt\.060/],
    [document({ version: '01' }), /is version 1 of camt\.053; 2 to 14 are read/],
    ['<Document/>', /has the namespace "", not that of a camt\.053/],
    [
      document({ entries: entry('', { amount: '8,85' }) }),
      /line 5 \(Document\/BkToCstmrStmt\/Stmt\/Ntry\/Amt\): "8,85" is not a decimal/,
    ],
    [
      document({ entries: entry() + entry('', { amount: '-1' }) }),
      /Ntry\[2\]\/Amt\): "-1" is not a decimal number without a sign/,
    ],
    [document({ entries: entry('', { sign: 'X' }) }), /Ntry\/CdtDbtInd\): "X" is neither CRDT nor DBIT/],
    [document({ entries: entry('', { status: '<Sts>?</Sts>' }) }), /Ntry\/Sts\): "\?" is not a status/],
    [document({ entries: entry('', { day: '2026-02-30' }) }), /Ntry\/BookgDt\): "2026-02-30" is not a day/],
    [document({ entries: entry().replace('Ccy="EUR"', 'Ccy="SEK"') }), /Ntry\/Amt\): is in SEK, the account in EUR/],
    [document({ account: '<Id/>' }), /Acct\/Id\): has neither IBAN nor Othr\/Id/],
  ])('%#', (xml, reason) => {
    expect(() => read(xml)).toThrow(reason);
  });
});
