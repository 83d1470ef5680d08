import { gzipSync } from 'node:zlib';
import { fc, test as property } from '@fast-check/jest';
import { MOST_BODY_BYTES, MOST_INFLATED_BYTES } from '../../../../functions/contracts/http/limits.ts';
import { problemAnswer, uploadAnswer } from '../../../../functions/contracts/http/owners.ts';
import { parseImportMessage } from '../../../../functions/contracts/import/parse-import.ts';
import { makeOwnerUpload, type OwnerUploadParts } from '../../../../functions/handlers/owner-upload/recipe.ts';
import { TransientError } from '../../../../functions/runtime/errors.ts';
import { type Asked, ask, CALLER, JSON_HEADERS, REQUEST_ID } from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

type Message = Parameters<OwnerUploadParts['send']>[0];

const log = captureLog();
const NOW = Date.UTC(2026, 10, 22, 12);
const sent: Message[] = [];
const upload = makeOwnerUpload({
  send: async (message) => {
    sent.push(message);
  },
  now: () => NOW,
  newImportId: () => 'fresh-id',
});
beforeEach(() => {
  sent.splice(0);
  log.counted.splice(0);
});

const row = { bookedOn: '2026-11-19', currencyAmount: '-49.99', title: 'ZOOPLUS.PL MUENCHEN' };
const account = { iban: 'PL61109010140000071219812874', currencyName: 'PLN', transactions: [row] };
const BODY = { ownerExternalId: 'loan-4711', accounts: [account] };
const JSON_TYPE = { 'Content-Type': 'application/json' };
const GZIP = { ...JSON_TYPE, 'Content-Encoding': 'gzip' };

const post = (body: unknown, asked: Asked = {}) =>
  ask(upload, {
    method: 'POST',
    path: '/v1/owner',
    headers: JSON_TYPE,
    body: typeof body === 'string' || body === null ? body : JSON.stringify(body),
    ...asked,
  });
const postBytes = (bytes: Buffer, headers: Record<string, string> = JSON_TYPE) =>
  post(bytes.toString('base64'), { base64: true, headers });
const accepted = (importId = 'fresh-id', ownerExternalId = 'loan-4711') => ({
  status: 202,
  headers: { ...JSON_HEADERS, Location: `/v1/imports/${importId}?ownerExternalId=${ownerExternalId}` },
  json: { requestId: REQUEST_ID, importId },
});
const ACCEPTED = accepted();
const QUEUED = {
  type: 'owner-import',
  version: 1,
  clientId: 'demo',
  importId: 'fresh-id',
  ownerExternalId: 'loan-4711',
  source: 'OWNER_UPLOAD',
  importedAt: '2026-11-22T12:00:00.000Z',
  accounts: [account],
};

describe('an upload', () => {
  test('is queued as an import of the client of the key', async () => {
    const answer = await post(BODY);
    expect(answer).toEqual(ACCEPTED);
    expect(log.counted).toEqual([{ name: 'UploadsQueued', unit: 'Count', value: 1 }]);
    expect(uploadAnswer.strict().parse(answer.json)).toEqual(answer.json);
    expect(sent).toEqual([QUEUED]);
    expect(parseImportMessage(JSON.parse(JSON.stringify(sent[0]))).faults).toBeUndefined();
  });

  test('keeps the id and the time it brings', async () => {
    const own = { importId: 'mine', importedAt: '2026-11-20T23:30:00+01:00' };
    await post({ ...BODY, ...own });
    expect(sent).toEqual([{ ...QUEUED, ...own }]);
  });

  test('whose optional texts are empty is as one without them', async () => {
    const blanks = { party: '', status: '', transactionOn: '', merchantCategoryCode: '' };
    const accounts = [{ ...account, accountId: '', transactions: [{ ...row, ...blanks }] }];
    expect(await post({ ...BODY, importId: '', importedAt: '', accounts })).toEqual(ACCEPTED);
    expect(sent).toEqual([QUEUED]);
  });

  test('whose fields are misspelt is taken, and the names are counted', async () => {
    expect(await post({ ...BODY, accounts: [{ ...account, cover: {} }] })).toEqual(ACCEPTED);
    expect(log.counted).toContainEqual({ name: 'NamesMisspelt', unit: 'Count', value: 1 });
  });

  test('cannot name a client, type, version or source', async () => {
    await post({
      ...BODY,
      clientId: 'other',
      type: 'x',
      version: 9,
      source: 'AIS',
      accountsAt: { bucket: 'b', key: 'k' },
    });
    expect(sent).toEqual([QUEUED]);
  });

  test('may be gzipped, in Base64 as the gateway hands it on', async () => {
    const bytes = gzipSync(JSON.stringify(BODY));
    expect(await postBytes(bytes, GZIP)).toEqual(ACCEPTED);
    expect(await postBytes(bytes, { 'content-type': 'application/json', 'content-encoding': ' GZIP ' })).toEqual(
      ACCEPTED,
    );
    expect(sent).toEqual([QUEUED, QUEUED]);
  });

  test('may be Base64 without gzip, begin with a byte order mark, or be identity', async () => {
    expect(await postBytes(Buffer.from(`\ufeff${JSON.stringify(BODY)}`))).toEqual(ACCEPTED);
    expect(await post(BODY, { headers: { ...JSON_TYPE, 'Content-Encoding': 'identity' } })).toEqual(ACCEPTED);
  });

  test('keeps every text as it was', async () => {
    const title = '😀 שלום \u202eعربي\u202c \u0000 \ud800 \u{1f468}\u200d\u{1f469} ẞ';
    const accounts = [{ ...account, transactions: [{ ...row, title }] }];
    expect(await post({ ownerExternalId: 'عميل-😀', accounts })).toEqual(
      accepted('fresh-id', '%D8%B9%D9%85%D9%8A%D9%84-%F0%9F%98%80'),
    );
    expect(sent).toEqual([{ ...QUEUED, ownerExternalId: 'عميل-😀', accounts }]);
  });

  test('may have equal names, of which the last counts, and names that mean something to JavaScript', async () => {
    const text = `{"ownerExternalId":"first","__proto__":{"clientId":"other"},"constructor":1,"toString":2,
      "ownerExternalId":"loan-4711","accounts":${JSON.stringify([account])}}`;
    expect(await post(text)).toEqual(ACCEPTED);
    expect(sent).toEqual([QUEUED]);
    expect(Object.getPrototypeOf(sent[0])).toBe(Object.prototype);
  });

  test('may nest what is ignored 10,000 deep', async () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    expect(await post(`{"ownerExternalId":"loan-4711","accounts":[],"extra":${deep}}`)).toEqual(ACCEPTED);
    expect(sent).toEqual([{ ...QUEUED, accounts: [] }]);
  });

  test('that cannot be queued is not answered as if it were', async () => {
    const down = makeOwnerUpload({
      send: () => Promise.reject(new TransientError('SQS')),
      now: () => NOW,
      newImportId: () => 'x',
    });
    const asked = { method: 'POST', path: '/v1/owner', headers: JSON_TYPE, body: JSON.stringify(BODY) };
    expect(await ask(down, asked)).toMatchObject({ status: 503, headers: { 'Retry-After': '2' } });
  });

  test('needs the scope', async () => {
    expect(await post(BODY, { authorizer: { ...CALLER, scopes: 'read erase' } })).toMatchObject({ status: 403 });
    expect(sent).toEqual([]);
  });
});

describe('a body of another form', () => {
  test.each([
    [{}],
    [{ 'Content-Type': 'text/plain' }],
    [{ 'Content-Type': 'application/jsonp' }],
    [{ 'Content-Type': 'application/json; charset=iso-8859-2' }],
    [{ ...JSON_TYPE, 'Content-Encoding': 'br' }],
    [{ ...JSON_TYPE, 'Content-Encoding': 'gzip, gzip' }],
  ])('%j is 415', async (headers) => {
    expect(await post(BODY, { headers })).toMatchObject({ status: 415, json: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
    expect(sent).toEqual([]);
  });

  test.each(['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"', 'application/json ; profile=x'])(
    '%s is taken',
    async (type) => {
      expect(await post(BODY, { headers: { 'Content-Type': type } })).toEqual(ACCEPTED);
    },
  );
});

describe('a body beyond the bounds', () => {
  const tooLarge = { status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } };

  test('is 413 as sent', async () => {
    expect(await post(`"${'x'.repeat(MOST_BODY_BYTES)}"`)).toMatchObject(tooLarge);
    expect(await postBytes(Buffer.alloc(MOST_BODY_BYTES + 1, ' '))).toMatchObject(tooLarge);
    expect(await post('ż'.repeat(MOST_BODY_BYTES / 2 + 1))).toMatchObject(tooLarge);
  });

  test('is 413 inflated', async () => {
    const bomb = gzipSync(Buffer.alloc(MOST_INFLATED_BYTES + 1, ' '));
    expect(bomb.length).toBeLessThan(MOST_BODY_BYTES);
    expect(await postBytes(bomb, GZIP)).toMatchObject(tooLarge);
  });

  test('of the greatest size is read', async () => {
    const text = JSON.stringify(BODY);
    expect(await post(text + ' '.repeat(MOST_BODY_BYTES - text.length))).toEqual(ACCEPTED);
  });
});

describe('a body that is not an import', () => {
  const details: [string, string | null, string][] = [
    ['nothing', null, 'The body must not be empty.'],
    ['blanks', ' \n ', 'The body must not be empty.'],
    ['a cut text', '{"accounts":[', 'The body must be JSON: line 1, column 14: the text ends inside [.'],
    ['a wrong sign', '{\n  "a": 1,\n  b: 2\n}', 'The body must be JSON: line 3, column 3: expected a name in quotes.'],
    [
      '10,000 open brackets',
      '['.repeat(10_000),
      'The body must be JSON: line 1, column 10001: the text ends inside [.',
    ],
    [
      'XML',
      '<Document/>',
      "The body must be JSON, and is XML; if it is a bank's file, send it to POST /v1/owner/statements, or read it " +
        'with `owner-profiles import`.',
    ],
    ['a raw NUL', '{"a":"\0"}', 'The body must be JSON: line 1, column 7: a control character inside quotes.'],
  ];
  test.each(details)('%s is 400 with the place', async (_, body, detail) => {
    expect(await post(body)).toMatchObject({ status: 400, json: { code: 'INVALID_PAYLOAD', detail } });
  });

  test.each([
    [[0xff], 0],
    [[0x22, 0xc5], 1],
    [[0x22, 0xef, 0xbf, 0xbd, 0xed, 0xa0, 0x80, 0x22], 4],
    [[0xef, 0xbb, 0xbf, 0x22, 0xc0, 0x80, 0x22], 4],
  ])('bytes %j are no UTF-8 from %i on', async (bytes, at) => {
    const answer = await postBytes(Buffer.from(bytes));
    expect(answer).toMatchObject({
      status: 400,
      json: { detail: `The body must be UTF-8, and is not from byte ${at} on.` },
    });
  });

  test.each([
    ['plain', Buffer.from(JSON.stringify(BODY))],
    ['cut', gzipSync(JSON.stringify(BODY)).subarray(0, 40)],
  ])('%s bytes are no gzip', async (_, bytes) => {
    expect(await postBytes(bytes, GZIP)).toMatchObject({
      status: 400,
      json: { detail: 'The body must be a whole gzip, as Content-Encoding says.' },
    });
  });

  test.each(['null', '[]', '"text"', '7', '{}', '{"ownerExternalId":"a"}', '{"ownerExternalId":"a","accounts":{}}'])(
    '%s is 400 with its faults',
    async (body) => {
      const answer = await post(body);
      expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_PAYLOAD' } });
      expect(problemAnswer.parse(answer.json).errors?.length).toBeGreaterThan(0);
    },
  );

  test('is named where it is an envelope, before what it lacks', async () => {
    const { json } = await post({ 'detail-type': 'import', detail: BODY });
    expect(json.errors.map(({ path }: { path: string }) => path)).toEqual(['', 'ownerExternalId', 'accounts']);
    expect(json.errors[0].message).toMatch(
      /^must be an import, and is an EventBridge envelope; send the content of its field "detail"/,
    );
  });

  test('reports every fault of form at once, and nothing of it is accepted', async () => {
    const bad = { ...row, bookedOn: 19, currencyAmount: true, labels: ['pets', 7] };
    const { status, json } = await post({
      ownerExternalId: '\ud800',
      accounts: [{ ...account, transactions: [row, bad] }],
    });
    expect(status).toBe(400);
    expect(json.errors.map(({ path }: { path: string }) => path)).toEqual([
      'ownerExternalId',
      'accounts[0].transactions[1].bookedOn',
      'accounts[0].transactions[1].currencyAmount',
      'accounts[0].transactions[1].labels[1]',
    ]);
    expect(sent).toEqual([]);
    expect(log.counted).toEqual([]);
  });

  test.each([
    ['accounts', `[${'0,'.repeat(1_000_000)}0]`, 'accounts[19]'],
    ['rows', `[{"currencyName":"PLN","transactions":[${'0,'.repeat(1_000_000)}0]}]`, 'accounts[0].transactions[19]'],
  ])('reports 20 faults of a million %s, without counting the others', async (_, accounts, last) => {
    const { status, json } = await post(`{"ownerExternalId":"a","accounts":${accounts}}`);
    expect(status).toBe(400);
    expect(json.errors).toHaveLength(20);
    expect(json.errors.at(-1).path).toBe(last);
  });

  test('reports every fault of meaning at once', async () => {
    const { status, json } = await post({
      ...BODY,
      importedAt: '2026-11-22T12:11:00Z',
      accounts: [account, { ...account, iban: 'PL6110901014' }, account],
    });
    expect(status).toBe(400);
    expect(json.detail).toBe('The import has 3 faults; nothing of it was taken.');
    expect(json.errors.map(({ path }: { path: string }) => path)).toEqual([
      'importedAt',
      'accounts[1].iban',
      'accounts[2]',
    ]);
    expect(sent).toEqual([]);
  });
});

property.prop([fc.oneof(fc.json(), fc.string({ unit: 'binary' })), fc.boolean(), fc.boolean()], { numRuns: 200 })(
  'no garbage is answered with 5xx',
  async (body, base64, gzipped) => {
    const { status } = await post(body, { base64, headers: gzipped ? GZIP : JSON_TYPE });
    expect([202, 400, 413, 415]).toContain(status);
  },
);

property.prop([fc.anything({ withNullPrototype: false, maxDepth: 4 })], { numRuns: 200 })(
  'no value inside an import is answered with 5xx',
  async (value) => {
    const odd = JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'null';
    const text = JSON.stringify(BODY);
    for (const field of ['"loan-4711"', '"2026-11-19"', '"-49.99"', '"PLN"', '"ZOOPLUS.PL MUENCHEN"']) {
      const { status } = await post(text.replace(field, () => odd));
      expect([202, 400]).toContain(status);
    }
  },
);
