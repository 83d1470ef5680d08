import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { parseImportMessage } from '../../../functions/contracts/import/parse-import.ts';
import { interpretImport } from '../../../functions/domain/ledger/import.ts';
import { joinStatements } from '../../../functions/readers/join-statements.ts';
import { ReaderError } from '../../../functions/readers/reader-error.ts';
import { fileOf } from './reading.ts';

const FILES: Record<string, string> = {
  'kontomatik-xml': `<?xml version="1.0"?>
<reply ownerExternalId="a" responseTimestamp="2026-06-30T10:00:00Z"><owner><target><accounts><account>
<iban>PL69137013140000049678278112</iban><currencyName>PLN</currencyName><moneyTransactions><moneyTransaction>
<transactionOn>2026-06-01</transactionOn><bookedOn>2026-06-02</bookedOn><currencyAmount>-1.50</currencyAmount><title>a &amp; b</title>
<status>DONE</status><labels><label>x</label></labels></moneyTransaction></moneyTransactions></account></accounts></target></owner></reply>`,
  mt940: `:20:A
:25:DE89370400440532013000
:60F:C260531EUR10,00
:61:2606050604DR1,50NDDTNONREF//REF-1
more
:86:105?00LASTSCHRIFT?20EREF+A-1?21SVWZ+Tierfutter?31DE02120300000000202051?32ZOOPLUS
:61:260610C7,NTRF1
:86:/TRTP/SEPA/IBAN/NL91ABNA0417164300/NAME/X/REMI/Y
:62F:C260630EUR15,50
-
:20:B
:25:DE89370400440532013000
:60F:C260710EUR0,
:61:2607110711RC1,NTRF1
:86:911 ZAKUP; OD: JAN; TYT.: CHLEB
:62F:D260711EUR1,
-`,
  camt053: `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><CreDtTm>2026-07-01T06:00:00</CreDtTm></GrpHdr>
<Stmt><FrToDt><FrDtTm>2026-06-01T00:00:00</FrDtTm><ToDtTm>2026-06-30T00:00:00</ToDtTm></FrToDt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id>
<Ccy>EUR</Ccy></Acct><Ntry><Amt Ccy="EUR">8.85</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-06-10</Dt></BookgDt>
<NtryDtls><TxDtls><Amt Ccy="EUR">8</Amt></TxDtls><TxDtls><Amt Ccy="EUR">0.85</Amt></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`,
};

/** A file with a few pieces cut out, doubled or overwritten. */
function damaged(text: string) {
  const wound = fc.tuple(
    fc.nat(text.length),
    fc.nat(40),
    fc.oneof(fc.constant(''), fc.string({ maxLength: 8 }), fc.constant(text.slice(0, 200))),
  );
  return fc
    .array(wound, { minLength: 1, maxLength: 3 })
    .map((wounds) =>
      wounds.reduce(
        (whole, [start, length, instead]) => whole.slice(0, start) + instead + whole.slice(start + length),
        text,
      ),
    );
}

describe.each(Object.entries(FILES))('a damaged file: %s', (format, text) => {
  test.prop([damaged(text)], { numRuns: 1000 })('is refused as one, or read into what the service takes', (file) => {
    for (const { accounts } of readOrRefused(format, file) ?? []) {
      const message = {
        type: 'owner-import',
        version: 1,
        clientId: 'c',
        importId: 'i',
        ownerExternalId: 'o',
        source: 'PDF',
      };
      const parsed = parseImportMessage({ ...message, importedAt: '2099-12-31T00:00:00Z', accounts });
      const envelope = parsed.value;
      expect(parsed.faults ?? []).toEqual([]);
      if (!envelope?.accounts) continue;
      const { faults = [] } = interpretImport({ ...envelope, accounts: envelope.accounts }, Date.UTC(2100, 0, 1));
      // A bank's text may exceed the service's limits; its days and its coverage must always agree.
      const beyond = /decimals of|is beyond|at most \d+ fit into|later than the day after/;
      expect(faults.filter(({ message: fault }) => !beyond.test(fault))).toEqual([]);
    }
  });
});

function readOrRefused(format: string, file: string) {
  try {
    return joinStatements([fileOf(format, file, { keepLabels: true })]).imports;
  } catch (error) {
    if (error instanceof ReaderError) return undefined;
    throw error;
  }
}
