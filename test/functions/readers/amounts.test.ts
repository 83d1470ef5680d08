import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { exact, negated } from '../../../functions/readers/decimal.ts';
import { fileOf } from './reading.ts';

const amountIn = (format: string, text: string) => fileOf(format, text).statements[0]?.transactions[0]?.currencyAmount;

/** Decimals that a binary fraction would spoil: up to 15 digits and up to 5 places. */
const digits = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), fc.integer({ min: 0, max: 5 }), fc.nat(99_999))
  .map(([whole, places, fraction]) =>
    places === 0 ? `${whole}` : `${whole}.${String(fraction).padStart(5, '0').slice(0, places)}`,
  );
const signed = fc.tuple(digits, fc.boolean()).map(([text, debit]) => (debit && exact(text) !== 0n ? `-${text}` : text));

describe('amounts are the digits of the file', () => {
  test.prop([signed])('kontomatik-xml', (amount) => {
    const xml = `<reply><owner><target><accounts><account><iban>PL69137013140000049678278112</iban><currencyName>PLN</currencyName>
      <moneyTransactions><moneyTransaction><bookedOn>2026-01-01</bookedOn><currencyAmount>${amount}</currencyAmount></moneyTransaction>
      </moneyTransactions></account></accounts></target></owner></reply>`;
    expect(amountIn('kontomatik-xml', xml)).toBe(amount);
  });

  test.prop([signed])('mt940', (amount) => {
    const mark = amount.startsWith('-') ? 'D' : 'C';
    const written = amount.replace('-', '').replace('.', ',');
    const comma = written.includes(',') ? written : `${written},`;
    const text = `:20:1\n:25:1\n:60F:C260101EUR0,\n:61:2601020102${mark}${comma}NTRF1\n:62F:C260102EUR0,\n-`;
    expect(amountIn('mt940', text)).toBe(amount);
  });

  test.prop([signed])('camt053', (amount) => {
    const sign = amount.startsWith('-') ? 'DBIT' : 'CRDT';
    const xml = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Acct><Id><Othr><Id>1</Id></Othr></Id>
      </Acct><Ntry><Amt Ccy="EUR">${amount.replace('-', '')}</Amt><CdtDbtInd>${sign}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-01-01</Dt>
      </BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>`;
    expect(amountIn('camt053', xml)).toBe(amount);
  });

  test.prop([signed])('the opposite is exact', (amount) => {
    expect(exact(negated(amount))).toBe(-exact(amount));
  });
});
