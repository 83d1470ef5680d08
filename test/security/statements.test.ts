/** Uploaded files of strangers: whatever they would expand to, each gets 400 or 413, and nothing of it is queued. */
import { gzipSync } from 'node:zlib';
import { MOST_BODY_BYTES } from '../../functions/contracts/http/limits.ts';
import { makeOwnerStatements } from '../../functions/handlers/owner-statements/recipe.ts';
import { zip } from '../functions/readers/zip.ts';
import { ask } from '../functions/support/http-event.ts';
import { captureLog } from '../functions/support/log.ts';

captureLog();
const MIB = 1024 * 1024;
const sent: unknown[] = [];
const statements = makeOwnerStatements({
  send: async (message) => {
    sent.push(message);
  },
  askForUpload: () => Promise.reject(new Error('nobody asks')),
  now: () => Date.UTC(2026, 10, 22, 12),
  newImportId: () => 'x',
});
const post = (body: Buffer, query: Readonly<Record<string, readonly string[]>> = {}) => {
  expect(body.length).toBeLessThan(MOST_BODY_BYTES);
  const whole = { ownerExternalId: ['a'], account: ['DE89370400440532013000'], ...query };
  const asked = { method: 'POST', path: '/v1/owner/statements', query: whole };
  return ask(statements, { ...asked, body: body.toString('base64'), base64: true });
};

const CAMT = '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>';
const MT940 = ':20:X\n:25:DE89370400440532013000\n:28C:1/1\n:60F:C261031EUR100,00\n';
const workbook = (sheet: string) =>
  zip(
    { path: 'xl/workbook.xml', content: '<workbook><sheets><sheet name="a"/></sheets></workbook>' },
    { path: 'xl/worksheets/sheet1.xml', content: sheet },
  );
const CSV = 'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n';

test.each<[string, () => Buffer | string]>([
  ['a gzip of zeros without end', () => gzipSync(Buffer.alloc(64 * MIB))],
  ['a gzip in a gzip', () => gzipSync(gzipSync(Buffer.alloc(64 * MIB)))],
  [
    'a billion laughs',
    () =>
      `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>${CAMT.slice(21)}<Stmt>&b;</Stmt>`,
  ],
  ['an external entity', () => `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>${CAMT.slice(21)}&x;`],
  ['elements in elements', () => gzipSync(CAMT + '<a>'.repeat(MIB / 8))],
  ['elements without end', () => gzipSync(`${CAMT}<Stmt>${'<a/>'.repeat(MIB / 16)}`)],
  ['attributes without end', () => gzipSync(`${CAMT}<Stmt ${' a="1"'.repeat(MIB / 16)}/>`)],
  ['an MT940 line without end', () => gzipSync(`${MT940}:61:2611191119D49,99NMSCNONREF\n:86:${'/'.repeat(MIB)}`)],
  ['subfields without end', () => gzipSync(`${MT940}:61:2611191119D49,99NMSCNONREF\n:86:${'?20'.repeat(MIB / 3)}`)],
  ['a CSV row without end', () => gzipSync(CSV + ','.repeat(MIB))],
  ['a quoted cell without end', () => gzipSync(`${CSV}"${'""'.repeat(MIB)}`)],
  ['brackets without end', () => gzipSync('['.repeat(8 * MIB))],
  ['objects in objects', () => gzipSync(`{"transactions":${'{"booked":'.repeat(MIB)}`)],
  ['blank lines without end', () => gzipSync('\n'.repeat(8 * MIB))],
  ['a workbook of blanks', () => workbook(`<worksheet>${' '.repeat(12 * MIB)}</worksheet>`)],
  ['a workbook of rows', () => workbook(`<worksheet>${'<row/>'.repeat(2 * MIB)}</worksheet>`)],
  ['letters of no language', () => gzipSync(Buffer.alloc(2 * MIB, 0xe9))],
])('%s', async (_, make) => {
  const { status, json } = await post(Buffer.from(make()));
  expect([400, 413]).toContain(status);
  expect(['INVALID_PAYLOAD', 'PAYLOAD_TOO_LARGE']).toContain(json.code);
  expect(JSON.stringify(json).length).toBeLessThan(10_000);
  expect(sent).toEqual([]);
});

test.each([
  [
    'columns of a name that means something',
    '{"columns":{"__proto__":"a","bookedOn":"b"},"dates":"DMY","decimal":","}',
  ],
  ['brackets in brackets', '['.repeat(100_000)],
  ['invalid JSON', '{'],
])('a mapping of %s is refused', async (_, mapping) => {
  const { status, json } = await post(Buffer.from(CSV), { mapping: [mapping] });
  expect({ status, code: json.code }).toEqual({ status: 400, code: 'INVALID_PARAMETER' });
  expect(JSON.stringify(json).length).toBeLessThan(10_000);
  expect(({} as Record<string, unknown>)['bookedOn']).toBeUndefined();
});

test('a fault says where it is, and not what else the file holds', async () => {
  const secret = 'TOP SECRET TITLE';
  const { json } = await post(Buffer.from(`${MT940}:61:2611191119D49,99NMSCNONREF\n:86:${secret}\n:61:nonsense\n`));
  expect(json.code).toBe('INVALID_PAYLOAD');
  expect(JSON.stringify(json)).not.toContain(secret);
});
