/** The most costly files within the limits, one of each format and of each way to be costly. */
import { crc32 } from 'node:zlib';
import { MOST_ROWS } from '../../functions/readers/text.ts';

/** @param size bytes of the file, or of what it unpacks to */
type Make = (size: number) => string | Buffer;

const IBAN = 'DE89370400440532013000';
const TEXT = 'Grocery store in the old town paid by card ';
/** Rows between a head and an end, as many as there is room for and a reader accepts. */
const rows = (size: number, row: (index: number) => string, head = '', end = '', most = MOST_ROWS - 1) => {
  const each = row(0).length;
  const count = Math.min(Math.floor((size - head.length - end.length) / each), most);
  return head + Array.from({ length: count }, (_, index) => row(index)).join('') + end;
};
/** A text that makes `MOST_ROWS` rows as long as the file may be. */
const filling = (size: number, others: number) =>
  TEXT.repeat(Math.max(1, Math.ceil((size / MOST_ROWS - others) / TEXT.length)));
const two = (number: number) => String(number).padStart(2, '0');
const dayOf = (index: number) => two(1 + (index % 28));
const pence = (index: number) => String(1000 + (index % 9000)).padStart(12, '0');

const MT940_HEAD = `:20:A\n:25:${IBAN}\n:28C:1/1\n:60F:C260531EUR0,00\n`;
const CAMT_HEAD = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Acct><Id><IBAN>${IBAN}</IBAN></Id><Ccy>EUR</Ccy></Acct>`;
const CSV_HEAD = 'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n';

export const WORST_FILES: Readonly<Record<string, Make>> = {
  mt940: (size) => {
    const text = filling(size, 40).slice(0, 400);
    const row = (index: number) => `:61:2606${dayOf(index)}06${dayOf(index)}D1,00NMSC\n:86:${text}\n`;
    return rows(size, row, MT940_HEAD, ':62F:C260630EUR0,00\n-\n');
  },
  'mt940, statements': (size) =>
    rows(
      size,
      (index) => `:20:A\n:25:${IBAN}\n:60F:C260602EUR1,\n:61:2606020602D0,NMSC//${index % 10}\n:62F:C260602EUR1,\n-\n`,
      '',
      '',
      4999,
    ),
  camt053: (size) => {
    const row = (index: number) =>
      `<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-06-${dayOf(index)}</Dt></BookgDt><NtryDtls><TxDtls><RmtInf><Ustrd>x</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
    return rows(size, row, CAMT_HEAD, '</Stmt></BkToCstmrStmt></Document>', 100_000 - 10);
  },
  'camt053, tags': (size) => rows(size, () => '<a/>', CAMT_HEAD, '</Stmt></BkToCstmrStmt></Document>', 999_000),
  ofx: (size) => {
    const head = `OFXHEADER:100\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>${IBAN}</BANKACCTFROM><BANKTRANLIST>`;
    const row = (index: number) =>
      `<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>202606${dayOf(index)}<TRNAMT>-1.00<FITID>${pence(index)}<NAME>Shop</STMTTRN>`;
    return rows(size, row, head, '</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>', 280_000);
  },
  qif: (size) => rows(size, (index) => `D06/${dayOf(index)}/2026\nT-1.00\nP${filling(size, 24)}\n^\n`, '!Type:Bank\n'),
  csv: (size) =>
    rows(
      size,
      (index) =>
        `CARD,Current,2026-06-${dayOf(index)} 10:00:00,2026-06-${dayOf(index)} 11:00:00,${filling(size, 90)},-1.00,0.00,EUR,COMPLETED,1.00\n`,
      CSV_HEAD,
    ),
  'csv, short rows': (size) => rows(size, () => '1,2\n', CSV_HEAD),
  'csv, cells': (size) => rows(size, () => `${','.repeat(5000)}\n`, CSV_HEAD),
  gpc: (size) => {
    const head = `0740000192000145399${' '.repeat(20)}310526${'0'.repeat(14)}+${'0'.repeat(14)}+${'0'.repeat(30)}001300626\n`;
    const row = (index: number) =>
      `0750000192000145399${'0'.repeat(29)}${pence(index)}1${'0'.repeat(30)}${dayOf(index)}0626Shop in the old town00203${dayOf(index)}0626\n`;
    return rows(size, row, head);
  },
  'berlin-group': (size) => {
    const row = (index: number) =>
      `{"bookingDate":"2026-06-${dayOf(index)}","transactionAmount":{"amount":"-1.00","currency":"EUR"},"remittanceInformationUnstructured":"x"},`;
    const head = `{"account":{"iban":"${IBAN}"},"transactions":{"booked":[`;
    return `${rows(size - 10, row, head).slice(0, -1)}]}}`;
  },
  plaid: (size) => {
    const row = (index: number) =>
      `{"transaction_id":"${index}","account_id":"a","amount":1.0,"iso_currency_code":"EUR","date":"2026-06-${dayOf(index)}","name":"x"},`;
    return `${rows(size - 10, row, '{"added":[').slice(0, -1)}],"modified":[],"removed":[]}`;
  },
  'json, lists': (size) => `{"transactionAmount":[${rows(size - 30, () => '[],', '', '', 999_000)}0]}`,
  xlsx: (size) => {
    const names = ['Date', 'Description', 'Amount', 'Balance', 'Currency'];
    const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
    const row = (index: number) =>
      `<row>${text(`2026-06-${dayOf(index)}`)}${text('Shop')}<c><v>-1</v></c><c><v>1</v></c>${text('EUR')}</row>`;
    const head = `<worksheet><sheetData><row>${names.map(text).join('')}</row>`;
    return zipOf([
      ['xl/workbook.xml', '<workbook><sheets><sheet name="a"/></sheets></workbook>'],
      ['xl/worksheets/sheet1.xml', rows(size - 1000, row, head, '</sheetData></worksheet>', 45_000)],
    ]);
  },
  'zip of files': (size) => {
    const one = Math.floor((size - 200_000) / 999);
    const content = rows(
      one,
      (index) => `:61:2606${dayOf(index)}06${dayOf(index)}D1,00NMSC\n:86:${TEXT}\n`,
      MT940_HEAD,
      ':62F:C260630EUR0,00\n-\n',
      300,
    );
    return zipOf(
      Array.from({ length: 999 }, (_, index) => [
        `${index}.sta`,
        content.replace(IBAN, `${IBAN.slice(0, -3)}${String(index).padStart(3, '0')}`),
      ]),
    );
  },
  'letters of no language': (size) => Buffer.alloc(size, 0xe9),
};

/** An archive of uncompressed files (APPNOTE.TXT of PKWARE, 4.3). */
function zipOf(files: readonly (readonly [path: string, content: string])[]): Buffer {
  const [locals, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [path, text] of files) {
    const [name, content] = [Buffer.from(path), Buffer.from(text)];
    const common = Buffer.alloc(26);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    locals.push(Buffer.from('PK\u0003\u0004'), common, name, content);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), common, rest, name);
    at += 30 + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
