import { crc32, gzipSync } from 'node:zlib';
import { fc, test as property } from '@fast-check/jest';
import {
  MOST_BODY_BYTES,
  MOST_LARGE_BYTES,
  MOST_STATEMENT_BYTES,
} from '../../../../functions/contracts/http/limits.ts';
import { problemAnswer } from '../../../../functions/contracts/http/owners.ts';
import { statementsAnswer, statementsUploadAnswer } from '../../../../functions/contracts/http/statements.ts';
import { parseImportMessage } from '../../../../functions/contracts/import/parse-import.ts';
import { STATEMENTS_OPERATION } from '../../../../functions/contracts/openapi/statements-operation.ts';
import {
  makeOwnerStatements,
  type OwnerStatementsParts,
} from '../../../../functions/handlers/owner-statements/recipe.ts';
import { TransientError } from '../../../../functions/runtime/errors.ts';
import { type Asked, ask, CALLER, JSON_HEADERS, REQUEST_ID } from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

type Message = Parameters<OwnerStatementsParts['send']>[0];

const log = captureLog();
const NOW = Date.UTC(2026, 10, 22, 12);
const sent: Message[] = [];
const asked: unknown[] = [];
const statements = makeOwnerStatements({
  send: async (message) => {
    sent.push(message);
  },
  askForUpload: async (...given) => {
    asked.push(given);
    return { url: 'https://s3.test/uploads', expiresAt: NOW + 900_000 };
  },
  now: () => NOW,
  newImportId: () => `import-${sent.length + 1}`,
});
beforeEach(() => {
  sent.splice(0);
  asked.splice(0);
  log.counted.splice(0);
});

const IBAN = 'DE89370400440532013000';
const EXAMPLES = STATEMENTS_OPERATION.body?.['content'] as {
  'text/plain': { examples: Record<'mt940' | 'csv', { value: string }> };
};
const MT940 = EXAMPLES['text/plain'].examples.mt940.value;
const CSV = EXAMPLES['text/plain'].examples.csv.value;

function camt({ made = '2026-11-21T06:00:00+01:00', amount = '49.99' } = {}): string {
  return `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>1</MsgId><CreDtTm>${made}</CreDtTm></GrpHdr>
<Stmt><Id>1</Id><FrToDt><FrDtTm>2026-11-01T00:00:00+01:00</FrDtTm><ToDtTm>2026-11-20T23:59:59+01:00</ToDtTm></FrToDt>
<Acct><Id><IBAN>${IBAN}</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-11-19</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>`;
}

/** A ZIP of uncompressed files (APPNOTE.TXT of PKWARE, 4.3). */
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const [locals, directory]: [Buffer[], Buffer[]] = [[], []];
  for (const [name, text] of Object.entries(files)) {
    const [path, content] = [Buffer.from(name), Buffer.from(text)];
    const common = Buffer.alloc(26);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(path.length, 22);
    const at = Buffer.concat(locals).length;
    locals.push(Buffer.from('PK\u0003\u0004'), common, path, content);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\u0001\u0002'), Buffer.alloc(2), common, rest, path);
  }
  const [contents, entries] = [Buffer.concat(locals), Buffer.concat(directory)];
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(contents.length, 16);
  return Buffer.concat([contents, entries, end]);
}

type Query = Readonly<Record<string, string>>;
const post = (body: string | Uint8Array, query: Query = {}, asked: Asked = {}) =>
  ask(statements, {
    method: 'POST',
    path: '/v1/owner/statements',
    query: Object.fromEntries(Object.entries({ ownerExternalId: 'loan-4711', ...query }).map(([k, v]) => [k, [v]])),
    ...(typeof body === 'string' ? { body } : { body: Buffer.from(body).toString('base64'), base64: true }),
    ...asked,
  });

const row = { bookedOn: '2026-11-19', currencyAmount: '-49.99', status: 'DONE' };
const account = { iban: IBAN, currencyName: 'EUR', covers: { from: '2026-11-01', to: '2026-11-20' } };
const ofMt940 = { transactionOn: '2026-11-19', title: 'ZOOPLUS.DE MUENCHEN', bankTransactionCode: 'NMSC' };
const QUEUED = {
  type: 'owner-import',
  version: 1,
  clientId: 'demo',
  importId: 'import-1',
  ownerExternalId: 'loan-4711',
  source: 'OWNER_UPLOAD',
  importedAt: '2026-11-22T12:00:00.000Z',
  accounts: [{ ...account, transactions: [{ ...row, ...ofMt940 }] }],
};
const REPORTED = { account: '••••3000', currencyName: 'EUR', from: '2026-11-01', to: '2026-11-20', transactions: 1 };
const ACCEPTED = {
  status: 202,
  headers: JSON_HEADERS,
  json: {
    requestId: REQUEST_ID,
    importIds: ['import-1'],
    report: { format: 'mt940', accounts: [REPORTED], warnings: [] },
  },
};

describe('a file', () => {
  test('is queued as an import of the client of the key, and reported', async () => {
    const answer = await post(MT940);
    expect(answer).toEqual(ACCEPTED);
    expect(statementsAnswer.strict().parse(answer.json)).toEqual(answer.json);
    expect(sent).toEqual([QUEUED]);
    expect(parseImportMessage(JSON.parse(JSON.stringify(sent[0]))).faults).toBeUndefined();
    expect(log.counted).toEqual([{ name: 'UploadsQueued', unit: 'Count', value: 1 }]);
  });

  test.each<[string, Uint8Array | string, Asked]>([
    ['as text', MT940, {}],
    ['as Base64', Buffer.from(MT940), {}],
    ['gzipped as a file', gzipSync(MT940), {}],
    ['gzipped on the way', gzipSync(MT940), { headers: { 'content-encoding': 'gzip' } }],
    ['gzipped twice', gzipSync(gzipSync(MT940)), { headers: { 'Content-Encoding': 'GZIP' } }],
    ['behind a byte order mark', Buffer.from(`\ufeff${MT940}`), {}],
    ['in UTF-16', Buffer.from(`\ufeff${MT940}`, 'utf16le'), {}],
    ['as JSON, it says', MT940, { headers: { 'Content-Type': 'application/json' } }],
    ['as a form, it says', MT940, { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }],
    ['as nonsense, it says', MT940, { headers: { 'Content-Type': ';;;' } }],
  ])('is the same %s', async (_, body, asked) => {
    expect(await post(body, {}, asked)).toEqual(ACCEPTED);
    expect(sent).toEqual([QUEUED]);
  });

  test.each([
    ['its own instant, when it is past', camt(), '2026-11-21T05:00:00.000Z'],
    ['the instant of its arrival, when its own is ahead', camt({ made: '2026-11-22T12:00:01Z' }), QUEUED.importedAt],
  ])('has %s', async (_, body, importedAt) => {
    const answer = await post(body);
    expect(answer.json.report).toEqual({ format: expect.stringMatching(/^camt/), accounts: [REPORTED], warnings: [] });
    const transactions = [expect.objectContaining(row)];
    expect(sent).toEqual([{ ...QUEUED, importedAt, accounts: [{ ...account, transactions }] }]);
  });

  test('that names no account is read with the one that is given; its ends are named when it names no range', async () => {
    const { status, json } = await post(CSV, { account: IBAN, currency: '' });
    expect(status).toBe(202);
    expect(json.report).toEqual({
      format: 'csv',
      accounts: [{ ...REPORTED, from: '2026-11-09', to: '2026-11-11', transactions: 3 }],
      warnings: [expect.stringMatching(/^line 1: names no range of days; its ends \(2026-11-09, 2026-11-11\)/)],
    });
    expect(JSON.stringify(json)).not.toContain(IBAN);
  });

  test('that is an archive joins the files in it', async () => {
    const next = MT940.replace('11/1', '12/1')
      .replace('C261031EUR100,00', 'C261120EUR50,01')
      .replace('2611191119D49,99', '2611211121D49,99')
      .replace('C261120EUR50,01\n-', 'C261121EUR0,02\n-');
    const { json } = await post(zipOf({ 'b.sta': next, 'a.sta': MT940, 'read me.txt': 'hello' }));
    expect(json.report).toEqual({
      format: 'mt940',
      accounts: [{ ...REPORTED, to: '2026-11-21', transactions: 2 }],
      warnings: [expect.stringMatching(/^read me\.txt left out: /)],
    });
    expect(sent).toHaveLength(1);
  });

  test('that shows no whole day is taken with no import, and its days are named', async () => {
    const row = { transaction_id: 't1', account_id: 'a', amount: 1.5, iso_currency_code: 'EUR', date: '2026-11-09' };
    const delta = JSON.stringify({ added: [row], removed: [{ transaction_id: 't0' }], next_cursor: 'c' });
    const { status, json } = await post(delta, { account: IBAN });
    expect({ status, importIds: json.importIds, accounts: json.report.accounts }).toEqual({
      status: 202,
      importIds: [],
      accounts: [],
    });
    expect(json.report.warnings).toEqual([
      expect.stringContaining('contains only what changed'),
      expect.stringMatching(/^1 row of 2026-11-09 \(••••3000, EUR\) left out: .*wholeDays=true/),
    ]);
    expect(sent).toEqual([]);
    const whole = await post(delta, { account: IBAN, wholeDays: 'true', format: 'plaid' });
    expect(whole.json.report.accounts).toEqual([
      { ...REPORTED, from: '2026-11-09', to: '2026-11-09', transactions: 1 },
    ]);
  });

  test('is read by a mapping that is given as JSON', async () => {
    const mapping = { columns: { bookedOn: 'Tag', amount: 'Wert', title: 'Text' }, dates: 'DMY', decimal: ',' };
    const body = 'Tag;Wert;Text\n09.11.2026;-1,50;Brot\n10.11.2026;-2,50;Milch\n';
    const { json } = await post(body, {
      mapping: JSON.stringify(mapping),
      account: IBAN,
      currency: 'eur',
      wholeDays: 'true',
    });
    expect(json.report).toEqual({
      format: 'csv',
      accounts: [{ ...REPORTED, from: '2026-11-09', to: '2026-11-10', transactions: 2 }],
      warnings: [expect.stringContaining('names no range of days')],
    });
  });
});

describe('refused as a whole:', () => {
  afterEach(() => expect(sent).toEqual([]));
  const CSV_SAYS = 'CSV of Revolut does not say the account: give it as account (--account)';

  test.each<[string, string | Uint8Array, Query, string, string]>([
    ['an empty body', '', {}, '', 'must not be empty'],
    ['nothing, gzipped', gzipSync(''), {}, '', 'must not be empty'],
    ['a torn gzip', gzipSync(MT940).subarray(0, 60), {}, '', 'must be whole, and is a gzip that is cut or damaged'],
    ['a PDF', '%PDF-1.7', {}, 'line 1', 'is a PDF; ask the bank for camt.053, MT940 or CSV'],
    ['a line that is none', MT940.replace('D49,99', 'D49,9x'), {}, 'line 5', expect.any(String)],
    ['an element that is none', camt({ amount: 'x' }), {}, expect.stringMatching(/Ntry.*\/Amt$/), expect.any(String)],
    ['a CSV of no account', CSV, {}, 'line 2', CSV_SAYS],
    ['a wrong character set', MT940, { encoding: 'klingon' }, '', '"klingon" is not a known character set'],
    ['bytes that are none of their set', Buffer.from('\ufeff:20:\ud800', 'utf16le'), {}, '', expect.any(String)],
  ])('%s', async (_, body, query, path, message) => {
    const { status, json } = await post(body, query);
    expect({ status, code: json.code, errors: json.errors }).toEqual({
      status: 400,
      code: 'INVALID_PAYLOAD',
      errors: [{ path, message }],
    });
    problemAnswer.parse(json);
  });

  test('days to come, with the path in the import', async () => {
    const { json } = await post(CSV.replaceAll('2026-11', '2027-01'), { account: IBAN, wholeDays: 'true' });
    expect(json).toMatchObject({ code: 'INVALID_PAYLOAD', errors: [{ path: 'accounts[0].covers' }] });
  });

  test.each<[Query, string]>([
    [{ format: 'mt490' }, 'format'],
    [{ mapping: 'no-bank' }, 'mapping'],
    [{ mapping: '{"columns":{}}' }, 'mapping'],
    [{ currency: 'euro' }, 'currency'],
    [{ account: 'x'.repeat(65) }, 'account'],
    [{ wholeDays: 'yes' }, 'wholeDays'],
  ])('%j', async (query, path) => {
    const { status, json } = await post(MT940, query);
    expect({ status, code: json.code, path: json.errors[0].path }).toEqual({
      status: 400,
      code: 'INVALID_PARAMETER',
      path,
    });
  });

  test('a parameter that is given twice, no owner, no scope, another method, another encoding', async () => {
    const query = { ownerExternalId: ['loan-4711'], format: ['mt940', 'csv'] };
    expect(await post(MT940, {}, { query })).toMatchObject({ status: 400, json: { code: 'INVALID_PARAMETER' } });
    expect(await post(MT940, { ownerExternalId: '' })).toMatchObject({
      status: 400,
      json: { code: 'INVALID_OWNER_EXTERNAL_ID' },
    });
    const authorizer = { ...CALLER, scopes: 'read' };
    expect(await post(MT940, {}, { authorizer })).toMatchObject({ status: 403 });
    expect(await post(MT940, {}, { method: 'GET' })).toMatchObject({ status: 405 });
    expect(await post(MT940, {}, { headers: { 'Content-Encoding': 'br' } })).toMatchObject({ status: 415 });
  });

  test('more than is accepted, as sent and unpacked', async () => {
    expect(await post(Buffer.alloc(MOST_BODY_BYTES + 1))).toMatchObject({ status: 413 });
    const bomb = gzipSync(Buffer.alloc(MOST_STATEMENT_BYTES + 1));
    expect(await post(bomb)).toMatchObject({ status: 413 });
    expect(await post(bomb, {}, { headers: { 'Content-Encoding': 'gzip' } })).toMatchObject({ status: 413 });
    expect(await post(gzipSync(bomb), {}, { headers: { 'Content-Encoding': 'gzip' } })).toMatchObject({ status: 413 });
  });

  property.prop([fc.uint8Array({ maxLength: 200 })])('any bytes that are no file', async (bytes) => {
    const { status, json } = await post(bytes);
    expect({ status, code: json.code }).toEqual({ status: 400, code: 'INVALID_PAYLOAD' });
  });
});

describe('a file too large for a request', () => {
  const large = { large: 'true' };

  test('is asked for, with what is said of it', async () => {
    const answer = await post('', { ...large, format: 'mt940', account: IBAN, wholeDays: 'true' }, { body: null });
    expect(answer).toEqual({
      status: 200,
      headers: { ...JSON_HEADERS, Location: '/v1/imports/import-1?ownerExternalId=loan-4711' },
      json: {
        requestId: REQUEST_ID,
        importId: 'import-1',
        url: 'https://s3.test/uploads',
        expiresAt: '2026-11-22T12:15:00.000Z',
        mostBytes: MOST_LARGE_BYTES,
      },
    });
    expect(statementsUploadAnswer.strict().parse(answer.json)).toEqual(answer.json);
    const said = { format: 'mt940', account: IBAN, wholeDays: true };
    expect(asked).toEqual([['demo', 'loan-4711', 'import-1', said, NOW]]);
  });

  test.each<[string, Query, string]>([
    [MT940, large, 'large'],
    ['', { large: 'yes' }, 'large'],
    ['', { ...large, currency: 'euro' }, 'currency'],
  ])('is refused at once where something is said wrongly: %#', async (body, query, path) => {
    const { status, json } = await post(body, query);
    expect({ status, code: json.code, path: json.errors[0].path }).toEqual({
      status: 400,
      code: 'INVALID_PARAMETER',
      path,
    });
    expect(asked).toEqual([]);
  });

  test('is a file like any other where it is not asked for as large', async () => {
    expect(await post(MT940, { large: 'false' })).toEqual(ACCEPTED);
    expect(await post(MT940, { large: '' })).toMatchObject({ status: 202 });
  });
});

test('a queue that is busy is 503', async () => {
  const busy = makeOwnerStatements({
    send: async () => {
      throw new TransientError('throttled');
    },
    now: () => NOW,
    askForUpload: () => Promise.reject(new TransientError('throttled')),
    newImportId: () => 'x',
  });
  const asked = { method: 'POST', path: '/v1/owner/statements', query: { ownerExternalId: ['a'] }, body: MT940 };
  const large = { ...asked, query: { ownerExternalId: ['a'], large: ['true'] }, body: null };
  for (const one of [asked, large]) {
    expect(await ask(busy, one)).toMatchObject({ status: 503, json: { code: 'SERVICE_UNAVAILABLE' } });
  }
});
