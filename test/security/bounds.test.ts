/** Bombs that are small as sent: their full size is known before they are expanded. */
import { gzipSync } from 'node:zlib';
import { fc, test as property } from '@fast-check/jest';
import { preparedCatalogue } from '../../catalogue/build/prepared.ts';
import { readAmendment } from '../../functions/contracts/catalogue/amendment.ts';
import { MOST_BODY_BYTES } from '../../functions/contracts/http/limits.ts';
import {
  amend,
  amendmentFaults,
  MOST_CONDITIONS_TOGETHER,
  NO_AMENDMENT,
} from '../../functions/domain/catalogue/amendment.ts';
import { openCatalogue } from '../../functions/domain/catalogue/catalogue.ts';
import type { ConditionDocument, RuleDocument } from '../../functions/domain/catalogue/definition.ts';
import { SET_METRICS } from '../../functions/domain/features/feature.ts';
import { columnsFor, deriveProfiles } from '../../functions/domain/profiles/derive.ts';
import { explain } from '../../functions/domain/profiles/explain.ts';
import { dayOf } from '../../functions/domain/values/day.ts';
import { makeOwnerUpload } from '../../functions/handlers/owner-upload/recipe.ts';
import { beyondBounds, JSON_BOUNDS } from '../../functions/runtime/json-bounds.ts';
import { ask } from '../functions/support/http-event.ts';
import { captureLog } from '../functions/support/log.ts';

captureLog();
const upload = makeOwnerUpload({ send: async () => {}, now: () => Date.UTC(2026, 10, 20), newImportId: () => 'x' });
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

describe('the worst amendment that is accepted', () => {
  const catalogue = openCatalogue(preparedCatalogue());
  const metrics = Object.entries(SET_METRICS);
  /** No two of them are equal: other labels, another metric, another window. */
  const condition = (number: number): ConditionDocument => {
    const labels = Array.from(
      { length: 9 },
      (_, at) => catalogue.labelNames[(number * 7 + at * 11) % catalogue.labelNames.length],
    );
    const [metric, { unit }] = metrics[number % metrics.length] as (typeof metrics)[number];
    const atLeast = unit === 'money' ? '1 EUR' : 0;
    return { feature: `${[...new Set(labels)].join('|')}.${metric}`, window: `${365 - (number % 300)}d`, atLeast };
  };
  const rule = (from: number): RuleDocument => ({ all: Array.from({ length: 20 }, (_, at) => condition(from + at)) });
  const profiles = Array.from({ length: MOST_CONDITIONS_TOGETHER / 40 }, (_, at) => ({
    id: `worst-${at}`,
    title: 'T',
    description: 'D',
    enter: rule(at * 40),
    stay: rule(at * 40 + 20),
  }));
  const worst = { ...NO_AMENDMENT, profiles };

  test('holds as many conditions as may be, and one more is refused', () => {
    expect(readAmendment(worst).value).toEqual(worst);
    expect(amendmentFaults(catalogue, worst)).toEqual([]);
    const more = {
      ...worst,
      profiles: [...profiles, { id: 'more', title: 'T', description: 'D', enter: condition(0) }],
    };
    expect(amendmentFaults(catalogue, more).map(({ path }) => path)).toEqual(['profiles']);
  });

  test('is judged for an owner of 20,000 rows, each condition as it is explained', () => {
    const today = dayOf(2026, 11, 22);
    const account = { iban: 'PL61109010140000071219812874', currency: 'PLN' };
    const shops = ['LIDL', 'ZOOPLUS', 'NETFLIX', 'ORLEN', 'RYANAIR', 'STEAM', 'IKEA', 'APTEKA'];
    const rows = Array.from({ length: 20_000 }, (_, at) => ({
      day: today - 480 + Math.floor(at / 42),
      account,
      row: { amount: -1000 - (at % 977), title: `${shops[at % 8]} ${at % 50} WARSZAWA` },
    }));
    const { judged } = amend(catalogue, worst, { enabledProfiles: [] });
    const input = { catalogue, definitions: judged, rows, dataFrom: today - 480 };
    const explained = explain(judged, columnsFor(input, today), catalogue, today, 1);
    expect(deriveProfiles(input, today)).toEqual(
      explained.filter(({ applies }) => applies).map(({ profile }) => profile),
    );
    expect(explained.flatMap(({ conditions }) => conditions).length).toBeGreaterThan(MOST_CONDITIONS_TOGETHER / 2);
  });
});
