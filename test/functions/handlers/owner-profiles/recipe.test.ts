import { fc, test as property } from '@fast-check/jest';
import { ownerBatchAnswer, ownerBatchBody, ownerProfilesAnswer } from '../../../../functions/contracts/http/owners.ts';
import type { OwnerRequest } from '../../../../functions/domain/profiles/owner-answer.ts';
import { dayOf } from '../../../../functions/domain/values/day.ts';
import { makeOwnerProfiles } from '../../../../functions/handlers/owner-profiles/recipe.ts';
import type { LookUp } from '../../../../functions/use-cases/owners/look-up.ts';
import type { BatchedLookUp, BatchRequest } from '../../../../functions/use-cases/owners/look-up-batch.ts';
import {
  ask,
  CALLER,
  CONTEXT,
  httpEvent,
  JSON_HEADERS,
  PROBLEM_HEADERS,
  REQUEST_ID,
} from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

const log = captureLog();
const NOW = Date.UTC(2026, 10, 22, 12);
const asked: OwnerRequest[] = [];
const batches: [BatchRequest, timeLeft: number][] = [];
/** Knows two owners of the client `demo`. */
const ownerProfiles = makeOwnerProfiles({
  lookUp: async (request): Promise<LookUp | undefined> => {
    asked.push(request);
    const { clientId, ownerExternalId, asOf } = request;
    const answer = { asOf, catalogueVersion: '2026-11-01' };
    if (clientId === 'demo' && ownerExternalId === 'loan-4711') {
      const data = { dataFrom: dayOf(2026, 8, 1), dataTo: dayOf(2026, 11, 20), lastImportedAt: Date.UTC(2026, 10, 21) };
      return {
        answer: { ...answer, ...data, profiles: ['parent', 'traveller'], notJudged: ['saver'] },
        from: 'derived',
      };
    }
    if (clientId === 'demo' && ownerExternalId === 'empty')
      return {
        answer: { ...answer, dataFrom: null, dataTo: null, lastImportedAt: null, profiles: [], notJudged: [] },
        from: 'stored',
      };
    return undefined;
  },
  lookUpBatch: async (request, timeLeft): Promise<readonly BatchedLookUp[]> => {
    batches.push([request, timeLeft()]);
    const data = { dataFrom: null, dataTo: null, lastImportedAt: null, catalogueVersion: 'c' };
    const answer = { asOf: dayOf(2026, 11, 22), ...data, profiles: ['parent'], notJudged: [] };
    return request.ownerExternalIds.map((ownerExternalId) => {
      if (/^(unknown|later)/.test(ownerExternalId)) {
        return { ownerExternalId, found: ownerExternalId.startsWith('later') ? 'later' : 'unknown' };
      }
      return { ownerExternalId, found: { answer, from: ownerExternalId === 'old' ? 'derived' : 'stored' } };
    });
  },
  now: () => NOW,
});
const BATCH = { method: 'POST', path: '/v1/owner-profiles/batch', headers: { 'Content-Type': 'application/json' } };
const askMany = (body: unknown) => ask(ownerProfiles, { ...BATCH, body: JSON.stringify(body) });
beforeEach(() => {
  asked.splice(0);
  batches.splice(0);
  log.counted.splice(0);
});

test('answers exactly what the contract says', async () => {
  const answer = await ask(ownerProfiles, { query: { ownerExternalId: ['loan-4711'], asOf: ['2026-05-31'] } });
  expect(answer).toEqual({
    status: 200,
    headers: JSON_HEADERS,
    json: {
      ownerExternalId: 'loan-4711',
      profiles: ['parent', 'traveller'],
      notJudged: ['saver'],
      asOf: '2026-05-31',
      dataFrom: '2026-08-01',
      dataTo: '2026-11-20',
      catalogueVersion: '2026-11-01',
      lastImportedAt: '2026-11-21T00:00:00.000Z',
    },
  });
  expect(ownerProfilesAnswer.strict().parse(answer.json)).toEqual(answer.json);
  expect(log.counted).toEqual([
    { name: 'LookUpsDerived', unit: 'Count', value: 1 },
    { name: 'DerivationTime', unit: 'Milliseconds', value: 0 },
  ]);
  expect(asked).toEqual([
    {
      clientId: 'demo',
      ownerExternalId: 'loan-4711',
      settings: { enabledProfiles: ['gambler', 'smoker'] },
      asOf: dayOf(2026, 5, 31),
    },
  ]);
});

test('answers for today, and with null where no day is known', async () => {
  const { json } = await ask(ownerProfiles, { query: { ownerExternalId: ['empty'] } });
  expect(json).toEqual({
    ownerExternalId: 'empty',
    profiles: [],
    notJudged: [],
    asOf: '2026-11-22',
    dataFrom: null,
    dataTo: null,
    catalogueVersion: '2026-11-01',
    lastImportedAt: null,
  });
  expect(ownerProfilesAnswer.strict().parse(json)).toEqual(json);
  expect(log.counted).toEqual([{ name: 'LookUpsFresh', unit: 'Count', value: 1 }]);
});

test('an owner of another client is not known', async () => {
  const authorizer = { ...CALLER, clientId: 'other' };
  expect(await ask(ownerProfiles, { authorizer, query: { ownerExternalId: ['loan-4711'] } })).toEqual({
    status: 404,
    headers: PROBLEM_HEADERS,
    json: {
      type: 'http://profiles.example.com/v1/problems#owner_not_found',
      title: 'The owner is not known',
      status: 404,
      code: 'OWNER_NOT_FOUND',
      detail: 'No import of this owner was ever processed, or everything about the owner was erased.',
      requestId: REQUEST_ID,
    },
  });
});

test('a refused request asks nothing of the service', async () => {
  for (const query of [null, { ownerExternalId: [''] }, { ownerExternalId: ['a'], asOf: ['2026-11-23'] }]) {
    expect(await ask(ownerProfiles, { query })).toMatchObject({ status: 400 });
  }
  expect(asked).toEqual([]);
});

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom('__proto__', 'asOf', 'ownerExternalId'),
);
property.prop(
  [
    fc.option(fc.dictionary(text, fc.array(text, { maxLength: 3 }))),
    fc.array(text, { maxLength: 3 }),
    fc.array(text, { maxLength: 3 }),
    fc.dictionary(text, text),
  ],
  { numRuns: 500 },
)('no garbage in query or headers is answered with 5xx', async (query, ownerExternalId, asOf, headers) => {
  for (const parameters of [query, { ...query, ownerExternalId, asOf }]) {
    const { statusCode, headers: answered } = await ownerProfiles(httpEvent({ query: parameters, headers }), CONTEXT);
    expect([400, 404]).toContain(statusCode);
    expect(answered?.['X-Request-Id']).toBe(REQUEST_ID);
  }
});

describe('a batch', () => {
  const one = (ownerExternalId: string) => ({
    ownerExternalId,
    profiles: ['parent'],
    notJudged: [],
    asOf: '2026-11-22',
    dataFrom: null,
    dataTo: null,
    catalogueVersion: 'c',
    lastImportedAt: null,
  });

  test('answers in the requested order', async () => {
    const ownerExternalIds = ['unknown 1', 'b', 'old', 'unknown 0', 'a'];
    const answer = await askMany({ ownerExternalIds, clientId: 'other' });
    expect(answer).toEqual({
      status: 200,
      headers: JSON_HEADERS,
      json: { answers: [one('b'), one('old'), one('a')], unknown: ['unknown 1', 'unknown 0'] },
    });
    expect(ownerBatchAnswer.strict().parse(answer.json)).toEqual(answer.json);
    expect(batches).toEqual([
      [{ clientId: 'demo', settings: { enabledProfiles: ['gambler', 'smoker'] }, ownerExternalIds }, 8000],
    ]);
    expect(log.counted).toEqual([
      { name: 'LookUpsFresh', unit: 'Count', value: 2 },
      { name: 'LookUpsDerived', unit: 'Count', value: 1 },
    ]);
    const rushed = await askMany({ ownerExternalIds: ['later b', 'a', 'later a'] });
    expect(rushed.json).toEqual({ answers: [one('a')], unknown: [], later: ['later b', 'later a'] });
    expect(ownerBatchAnswer.strict().parse(rushed.json)).toEqual(rushed.json);
  });

  const ids = (many: number) => Array.from({ length: many }, (_, number) => String(number));
  test.each([
    ['no list', { ownerExternalId: ['a'] }, [['ownerExternalIds', 'must be given']]],
    ['a text', { ownerExternalIds: 'a' }, [['ownerExternalIds', 'must be a list of owner ids']]],
    ['nobody', { ownerExternalIds: [] }, [['ownerExternalIds', 'must have 1 to 100 owner ids, and has 0']]],
    ['too many', { ownerExternalIds: ids(101) }, [['ownerExternalIds', 'must have 1 to 100 owner ids, and has 101']]],
    ['a list', ['a'], [['', 'must be an object with the field `ownerExternalIds`']]],
    ['null', null, [['', 'must be an object with the field `ownerExternalIds`']]],
    [
      'bad ids',
      { ownerExternalIds: ['a', '', 7, 'b\u0000', 'x'.repeat(257), 'a', '\ud800'] },
      [
        ['ownerExternalIds[1]', 'must have 1 to 256 characters'],
        ['ownerExternalIds[2]', 'must be a text'],
        ['ownerExternalIds[3]', 'must not contain control characters'],
        ['ownerExternalIds[4]', 'must have 1 to 256 characters'],
        ['ownerExternalIds[5]', 'must not be the same as ownerExternalIds[0]: name each owner once'],
        ['ownerExternalIds[6]', 'must be well-formed Unicode (it contains a lone surrogate)'],
      ],
    ],
  ])('refuses %s', async (_, body, faults) => {
    const { status, json } = await askMany(body);
    expect({ status, code: json.code }).toEqual({ status: 400, code: 'INVALID_PAYLOAD' });
    expect(json.errors).toEqual(faults.map(([path, message]) => ({ path, message })));
    expect(batches).toEqual([]);
  });

  test('accepts a hundred of the longest ids, in any encoding', async () => {
    const longest = ids(100).map((id) => '\u{1f415}'.repeat(256 - id.length) + id);
    const escaped = JSON.stringify({ ownerExternalIds: longest }).replace(
      /[\ud800-\udfff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16)}`,
    );
    expect((await ask(ownerProfiles, { ...BATCH, body: escaped })).json.answers).toHaveLength(100);
    expect(ownerBatchBody.safeParse(JSON.parse(escaped)).success).toBe(true);
  });

  test('other media types, and bodies without an end, are refused', async () => {
    const plain = { ...BATCH, headers: { 'Content-Type': 'text/plain' }, body: '{"ownerExternalIds":["a"]}' };
    expect((await ask(ownerProfiles, plain)).status).toBe(415);
    expect((await ask(ownerProfiles, { ...BATCH, body: '{"ownerExternalIds":["a"' })).status).toBe(400);
    expect((await askMany({ ownerExternalIds: ['a'.repeat(600_000)] })).status).toBe(413);
  });
});
