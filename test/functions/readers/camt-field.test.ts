/** Forms of camt that banks write, each with its result. */
import { describe, expect, test } from '@jest/globals';
import { joinStatements } from '../../../functions/readers/join-statements.ts';
import { accountsIn, fileOf, NOW } from './reading.ts';

type Parts = {
  kind?: '052' | '053' | '054';
  version?: string;
  iban?: string;
  made?: string;
  period?: string;
  balances?: string;
  entries?: string;
  currency?: string;
};
const NAMES = {
  '052': ['BkToCstmrAcctRpt', 'Rpt'],
  '053': ['BkToCstmrStmt', 'Stmt'],
  '054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
};

function bal(code: string, day: string, amount: string, currency = 'EUR'): string {
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
}

const JUNE = '<FrToDt><FrDtTm>2026-06-01T00:00:00</FrDtTm><ToDtTm>2026-06-30T23:59:59</ToDtTm></FrToDt>';

function document({
  kind = '053',
  version = '08',
  iban = 'DE89370400440532013000',
  made = '2026-07-01T06:00:00+02:00',
  period = JUNE,
  balances = '',
  entries = '',
  currency = 'EUR',
}: Parts): string {
  const [message, statement] = NAMES[kind];
  return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${kind}.001.${version}"><${message}><GrpHdr><CreDtTm>${made}</CreDtTm></GrpHdr>
<${statement}><Id>S</Id>${period}<Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>${currency}</Ccy></Acct>${balances}${entries}</${statement}></${message}></Document>`;
}

function entry(
  inside = '',
  { amount = '10.00', sign = 'DBIT', status = 'BOOK', day = '<Dt>2026-06-10</Dt>', currency = 'EUR' } = {},
): string {
  return `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd><Sts><Cd>${status}</Cd></Sts><BookgDt>${day}</BookgDt>${inside}</Ntry>`;
}

const details = (...inside: string[]) =>
  `<NtryDtls>${inside.map((text) => `<TxDtls>${text}</TxDtls>`).join('')}</NtryDtls>`;
const rows = (parts: Parts) => accountsIn('camt053', document(parts)).flatMap(({ transactions }) => transactions);
const covers = (parts: Parts) => accountsIn('camt053', document(parts)).map((account) => account.covers);

describe('times', () => {
  test.each([
    ['DE89370400440532013000', '2026-07-01T06:00:00', '2026-07-01T04:00:00.000Z'],
    ['DE89370400440532013000', '2026-01-15T06:00:00.1234567', '2026-01-15T05:00:00.123Z'],
    ['GB29NWBK60161331926819', '2026-07-01T06:00:00', '2026-07-01T05:00:00.000Z'],
    ['LT121000011101001000', '2026-07-01T06:00:00.0', '2026-07-01T03:00:00.000Z'],
    ['DE89370400440532013000', '2026-10-25T02:30:00', '2026-10-25T01:30:00.000Z'],
    // Without an offset a file was not made after now, whatever its zone is.
    ['MU17BOMM0101101030300200000MUR', '2026-11-21T13:00:00', '2026-11-21T10:00:00.000Z'],
    ['DE89370400440532013000', '2026-11-21T23:00:00', '2026-11-21T10:00:00.000Z'],
    ['DE89370400440532013000', '2026-11-21T23:00:00Z', '2026-11-21T23:00:00.000Z'],
  ])('a file of %s made at %s was made at %s', (iban, made, instant) => {
    expect(fileOf('camt053', document({ iban, made }), { now: NOW }).importedAt).toBe(instant);
  });

  test('instants become days in the zone of the account', () => {
    const day = '<DtTm>2026-06-14T22:30:00.000Z</DtTm>';
    expect(rows({ entries: entry('', { day }) })[0]?.bookedOn).toBe('2026-06-15');
    expect(rows({ entries: entry('', { day: '<DtTm>2026-06-14T22:30:00</DtTm>' }) })[0]?.bookedOn).toBe('2026-06-14');
  });

  test.each([
    ['UTC midnights of a summer', '2026-05-31T22:00:00Z', '2026-06-30T21:59:59Z', ['2026-06-01', '2026-06-30']],
    ['evening to evening', '2026-05-31T18:00:00', '2026-06-30T18:00:00', ['2026-06-01', '2026-06-29']],
    ['an end at midnight', '2026-06-01T00:00:00', '2026-07-01T00:00:00', ['2026-06-01', '2026-06-30']],
    [
      'a fraction before midnight',
      '2026-06-01T00:00:00.000',
      '2026-06-30T23:59:59.9999999',
      ['2026-06-01', '2026-06-30'],
    ],
  ])('%s', (_, from, to, [first, last]) => {
    const period = `<FrToDt><FrDtTm>${from}</FrDtTm><ToDtTm>${to}</ToDtTm></FrToDt>`;
    expect(covers({ period, made: '2026-07-02T06:00:00Z', entries: entry() })).toEqual([{ from: first, to: last }]);
  });
});

describe('kinds and versions', () => {
  test('a report and a notice claim the whole days of their period, never the day on which they were made', () => {
    for (const kind of ['052', '054'] as const) {
      expect(covers({ kind, entries: entry() })).toEqual([{ from: '2026-06-01', to: '2026-06-30' }]);
      expect(covers({ kind, made: '2026-06-15T12:00:00+02:00', entries: entry() })).toEqual([
        { from: '2026-06-01', to: '2026-06-14' },
      ]);
    }
  });

  test('without a period a report holds the days behind its first row, and a notice none', () => {
    const two = entry('', { day: '<Dt>2026-06-08</Dt>' }) + entry();
    const read = (kind: '052' | '054') =>
      joinStatements([fileOf('camt053', document({ kind, period: '', made: '2026-06-15T12:00:00Z', entries: two }))]);
    expect(read('052').imports[0]?.accounts[0]?.covers).toEqual({ from: '2026-06-09', to: '2026-06-14' });
    expect(read('052').warnings.map(({ day, rows: count }) => [day, count])).toEqual([['2026-06-08', 1]]);
    expect(read('054').imports).toEqual([]);
    expect(read('054').warnings.map(({ day, rows: count }) => [day, count])).toEqual([
      ['2026-06-08', 1],
      ['2026-06-10', 1],
    ]);
  });

  test.each(['02', '08', '14'])('version %s', (version) => {
    expect(fileOf('camt053', document({ version, entries: entry() })).warnings).toEqual([]);
  });

  test('a newer version is read with a warning', () => {
    const file = fileOf('camt053', document({ version: '15', entries: entry() }));
    expect(file.statements[0]?.transactions).toHaveLength(1);
    expect(file.warnings).toEqual(['line 1: version 15 of camt.053 is newer than 14; check the rows']);
  });

  test('several documents behind one another, and in an envelope', () => {
    const first = document({ entries: entry() });
    const second = document({ iban: 'GB29NWBK60161331926819', entries: entry() });
    const xml = '<?xml version="1.0" encoding="UTF-8"?>\n';
    for (const text of [
      `${xml}${first}\n${xml}${second}`,
      first + second,
      `${xml}<Envelope><Body>${first}</Body>${second}</Envelope>`,
    ]) {
      expect(accountsIn('camt053', text).map(({ iban }) => iban)).toEqual([
        'DE89370400440532013000',
        'GB29NWBK60161331926819',
      ]);
    }
  });
});

describe('amounts', () => {
  test.each([
    ['.05', '-0.05'],
    ['5.', '-5'],
    ['0010.50', '-0010.50'],
  ])('%s', (amount, expected) => {
    expect(rows({ entries: entry('', { amount }) })[0]?.currencyAmount).toBe(expected);
  });

  test.each([
    [
      'in AmtDtls',
      '<AmtDtls><InstdAmt><Amt Ccy="EUR">100.00</Amt></InstdAmt><CntrValAmt><Amt Ccy="CHF">109.35</Amt></CntrValAmt></AmtDtls>',
    ],
    ['in TxAmt of the detail', details('<AmtDtls><TxAmt><Amt Ccy="CHF">109.35</Amt></TxAmt></AmtDtls>')],
    ['as the amounts of two details', details('<Amt Ccy="CHF">100.00</Amt>', '<Amt Ccy="CHF">9.35</Amt>')],
  ])("another currency, with the account's own %s", (_, inside) => {
    const found = rows({ currency: 'CHF', entries: entry(inside, { amount: '100.00', currency: 'EUR' }) });
    const cents = found.map(({ currencyAmount }) => Math.round(Number(currencyAmount) * 100));
    expect(cents.reduce((sum, amount) => sum + amount, 0)).toBe(-10_935);
  });

  test('a batch less its charges is its parts and a row of charges', () => {
    const inside = `<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">1.50</TtlChrgsAndTaxAmt></Chrgs>${details('<Amt Ccy="EUR">60.00</Amt>', '<Amt Ccy="EUR">40.00</Amt>')}`;
    expect(
      rows({ entries: entry(inside, { amount: '98.50', sign: 'CRDT' }) }).map(({ currencyAmount, title }) => [
        currencyAmount,
        title,
      ]),
    ).toEqual([
      ['60.00', ''],
      ['40.00', ''],
      ['-1.5', 'Charges'],
    ]);
  });

  test('the balances show in which direction a reversal moves', () => {
    const reversal = entry('<RvslInd>true</RvslInd>', { sign: 'DBIT' });
    const until = (amount: string) => bal('OPBD', '2026-06-01', '100.00') + bal('CLBD', '2026-06-30', amount);
    expect(rows({ balances: until('90.00'), entries: reversal })[0]?.currencyAmount).toBe('-10.00');
    expect(rows({ balances: until('110.00'), entries: reversal })[0]?.currencyAmount).toBe('10.00');
  });
});

describe('texts and statuses', () => {
  test('a piece of full length goes on in the next', () => {
    const full = `${'x'.repeat(136)} Hun`;
    const inside = details(`<RmtInf><Ustrd>${full}</Ustrd><Ustrd>defutter</Ustrd><Ustrd>Juni</Ustrd></RmtInf>`);
    expect(rows({ entries: entry(inside) })[0]?.title).toBe(`${full}defutter Juni`);
  });

  test('a pending row dated ahead is left out with a warning', () => {
    const ahead = entry('', { status: 'PDNG', day: '<Dt>2026-07-20</Dt>' });
    const file = fileOf('camt053', document({ entries: entry() + ahead }));
    expect(file.statements[0]?.transactions).toHaveLength(1);
    expect(file.warnings).toEqual(['line 2: a pending row of 2026-07-20, ahead of the file, was left out']);
  });
});

describe('two statements of one day', () => {
  const part = (from: string, to: string, amount: string) =>
    document({
      period: '',
      balances: bal('OPBD', '2026-06-10', from) + bal('CLBD', '2026-06-10', to),
      entries: entry('', { amount }),
    });

  test('join by balance, in any order', () => {
    const [morning, evening] = [part('100.00', '90.00', '10.00'), part('90.00', '70.00', '20.00')];
    for (const texts of [
      [morning, evening],
      [evening, morning],
    ]) {
      const { imports, warnings } = joinStatements(texts.map((text) => fileOf('camt053', text)));
      expect(
        imports
          .flatMap(({ accounts }) => accounts)
          .map(({ covers: days, transactions }) => [days, transactions.length]),
      ).toEqual([[{ from: '2026-06-10', to: '2026-06-10' }, 2]]);
      expect(warnings).toEqual([]);
    }
  });

  test('that do not meet leave the day out', () => {
    const { imports, warnings } = joinStatements(
      [part('100.00', '90.00', '10.00'), part('85.00', '65.00', '20.00')].map((text) => fileOf('camt053', text)),
    );
    expect(imports).toEqual([]);
    expect(warnings.map(({ day, rows: count }) => [day, count])).toEqual([
      ['2026-06-10', 1],
      ['2026-06-10', 1],
    ]);
  });
});
