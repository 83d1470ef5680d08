/** A megabyte of the worst that can be thought of is read or refused in time that grows with its length. */
import { expect, test } from '@jest/globals';
import { joinStatements } from '../../functions/readers/join-statements.ts';
import { READERS } from '../../functions/readers/reader.ts';
import { ReaderError } from '../../functions/readers/reader-error.ts';

const MEGABYTE = 1_000_000;
const repeat = (text: string) => text.repeat(Math.ceil(MEGABYTE / text.length)).slice(0, MEGABYTE);
const HEAD = ':20:A\n:25:DE89370400440532013000\n:28C:1/1\n:60F:C260531EUR1,\n:61:2606020602D1,NMSC\n:86:';
const mt940 = (text: string) => `${HEAD}${text}\n:62F:C260630EUR0,\n-`;
const camt = (text: string) =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Ntry><Amt Ccy="EUR">1</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-06-10</Dt></BookgDt><NtryDtls><TxDtls><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`;

const WORST: Record<string, string> = {
  slashes: mt940(repeat('/')),
  'slash keys': mt940(`/REMI/${repeat('/ABCD/')}`),
  'blanks behind a key': mt940(`/BENM/${repeat(' ')}x`),
  separators: mt940(`105?00${repeat('?')}`),
  'subfields of one letter': mt940(`105?00${repeat('?20a')}`),
  'SEPA keys': mt940(`105?00X?20${repeat('EREF+ ')}`),
  'semicolons and blanks': mt940(`911 X; OD:${repeat('; ')}`),
  'REK: again and again': mt940(repeat('REK:')),
  'lines of colons': mt940(repeat('\n:')),
  'lines like a new statement': mt940(repeat('\n:20:')),
  'blanks in a row': `:20:A\n:25:1\n:60F:C260531EUR1,\n:61:${repeat(' ')}\n:62F:C260630EUR0,`,
  'digits of an amount': `:20:A\n:25:1\n:60F:C260531EUR1,\n:61:2606020602D${repeat('1.')}\n:62F:C260630EUR0,`,
  'a long account': `:20:A\n:25:${repeat('/1 ')}\n:60F:C260531EUR1,\n:62F:C260630EUR1,`,
  'many small statements': repeat(':20:A\n:25:1\n:60F:C260602EUR1,\n:61:2606020602D1,NMSC\n:62F:C260602EUR0,\n-\n'),
  'text of camt': camt(repeat('a/ ')),
  'ends of documents': repeat('</Document>'),
  'starts of documents': repeat('<Document '),
  braces: repeat('{'),
  brackets: repeat('['),
  quotes: repeat('"'),
  'commas and lines': repeat(',;\n'),
  blanks: repeat(' '),
  tags: repeat('<a>'),
};

/** Readers of text tables and of JSON have worst cases of their own. */
const OF_STATEMENTS = READERS.filter(({ name }) => ['camt053', 'kontomatik-xml', 'mt940'].includes(name));

test.each(Object.entries(WORST))('%s', (_, text) => {
  const bytes = Buffer.from(text);
  for (const reader of OF_STATEMENTS) {
    try {
      joinStatements([reader.read(bytes, { now: 0 })]);
    } catch (error) {
      expect(error).toBeInstanceOf(ReaderError);
    }
  }
});
