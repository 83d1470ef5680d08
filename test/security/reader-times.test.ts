/** A megabyte of the worst known input is read or refused in time that grows with its length. */
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
  'statements in a message without a header': `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>${'<Stmt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct></Stmt>'.repeat(12_000)}</BkToCstmrStmt></Document>`,
  'different statements between equal balances': Array.from(
    { length: 9000 },
    (_, index) => `:20:A\n:25:1\n:60F:C260602EUR1,\n:61:2606020602D0,NMSC//${index}\n:62F:C260602EUR1,\n-\n`,
  ).join(''),
  'statements of different accounts': Array.from(
    { length: 16_000 },
    (_, index) => `:20:A\n:25:${index}\n:60F:C260602EUR1,\n:62F:C260602EUR1,\n-\n`,
  ).join(''),
  'lines behind what looks like an end': mt940(`\n-${repeat('\na')}\n:86:x`),
  braces: repeat('{'),
  brackets: repeat('['),
  quotes: repeat('"'),
  'commas and lines': repeat(',;\n'),
  blanks: repeat(' '),
  tags: repeat('<a>'),
};

/** Readers of text tables and of JSON have separate worst cases. */
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

test.each([
  ['elements', READERS[0], `<Document><BkToCstmrStmt>${'<a/>'.repeat(1_000_001)}`, /: has more than 1000000 elements$/],
  [
    'attributes',
    READERS[0],
    `<Document ${Array.from({ length: 101 }, (_, at) => `a${at}=""`).join(' ')}>`,
    /more than 100 attributes$/,
  ],
  [
    'lists',
    named('berlin-group'),
    `[${'[],'.repeat(1_000_001)}0]`,
    /^line 1: has more than 1000000 objects and lists$/,
  ],
  ['values', named('berlin-group'), `[${'0,'.repeat(4_000_001)}0]`, /^line 1: has more than 4000000 values$/],
  ['tags', named('ofx'), `OFXHEADER:100\n<OFX>${'<A>1'.repeat(2_000_001)}`, /has more than 2000000 tags$/],
  [
    'rows',
    named('csv'),
    `Date,Amount\n${'\n1'.repeat(300_001)}`,
    /^has more than 300000 rows; import its periods one by one$/,
  ],
])('more %s than a bank ever sends are refused', (_, reader, text, refusal) => {
  const options = {
    now: 0,
    mapping: '{"columns":{"bookedOn":1,"amount":2},"header":false,"dates":"DMY","decimal":","}',
  };
  expect(() => reader?.read(Buffer.from(text), options)).toThrow(refusal);
});

function named(name: string) {
  return READERS.find((reader) => reader.name === name);
}
