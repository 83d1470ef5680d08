/** Bombs that are small as sent: what they would become is known before it is made. */
import { gzipSync } from 'node:zlib';
import { fc, test as property } from '@fast-check/jest';
import { MOST_BODY_BYTES } from '../../functions/contracts/limits.ts';
import { makeOwnerUpload } from '../../functions/owner-upload/recipe.ts';
import { beyondBounds, JSON_BOUNDS } from '../../functions/runtime/json-bounds.ts';
import { ask } from '../functions/support/http-event.ts';
import { captureLog } from '../functions/support/log.ts';

captureLog();
const upload = makeOwnerUpload({ send: async () => {}, now: Date.now, newImportId: () => 'x' });
const post = (body: Buffer) => {
  const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
  return ask(upload, { method: 'POST', path: '/v1/owner', headers, body: body.toString('base64'), base64: true });
};
const inside = (text: string) => gzipSync(`{"ownerExternalId":"a","accounts":[],"x":${text}}`);
const MIB = 1024 * 1024;

test.each([
  ['brackets', () => '['.repeat(15 * MIB) + ']'.repeat(15 * MIB)],
  ['objects in objects', () => `${'{"a":'.repeat(5 * MIB)}0${'}'.repeat(5 * MIB)}`],
  ['empty lists', () => `[${'[],'.repeat(10 * MIB)}0]`],
  ['names', () => `{${Array.from({ length: 200_000 }, (_, at) => `"${at}":0`).join()}}`],
])('an upload of millions of %s is 413 at once', async (_, text) => {
  const body = inside(text());
  expect(body.length).toBeLessThan(MOST_BODY_BYTES);
  expect(await post(body)).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } });
});

test('what bank data holds is far within', async () => {
  const row = { bookedOn: '2026-11-19', currencyAmount: '-1', title: '[{"' };
  const accounts = [
    { iban: 'PL61109010140000071219812874', currencyName: 'PLN', transactions: Array(20_000).fill(row) },
  ];
  expect(beyondBounds(Buffer.from(JSON.stringify(accounts)))).toBeUndefined();
  expect(await post(gzipSync(JSON.stringify({ ownerExternalId: 'a', accounts })))).toMatchObject({ status: 202 });
});

describe('bounds', () => {
  const most = { depth: 3, containers: 5, names: 2 };
  test.each([
    ['[[[]]]', undefined],
    ['[[[[', 'it nests deeper than 3'],
    ['[{},{},{},{}]', undefined],
    ['[{},{},{},{},{}]', 'it has more than 5 objects and lists'],
    ['{"a":1,"b":[1,2,3,4]}', undefined],
    ['{"a":1,"b":2,"c":3}', 'an object has more than 2 names'],
    ['[{"a":1,"b":{"c":1,"d":2}},{"e":1,"f":2}]', undefined],
    ['"[[[[[[[[,,,,"', undefined],
    ['"\\"[[[[[["', undefined],
    ['"\\\\"[[[[', 'it nests deeper than 3'],
    [']]]]]][', undefined],
    ['"[[[[', undefined],
  ])('%s', (text, says) => {
    expect(beyondBounds(Buffer.from(text), most)).toBe(says);
  });

  property.prop([fc.jsonValue(), fc.boolean()])('never refuse a document within them', (value, indented) => {
    expect(beyondBounds(Buffer.from(JSON.stringify(value, null, indented ? 1 : 0)), JSON_BOUNDS)).toBeUndefined();
  });
});
