import { fc, test as property } from '@fast-check/jest';
import { ownerProfilesAnswer } from '../../../../functions/contracts/http/owners.ts';
import type { OwnerRequest } from '../../../../functions/domain/profiles/owner-answer.ts';
import { dayOf } from '../../../../functions/domain/values/day.ts';
import { makeOwnerProfiles } from '../../../../functions/handlers/owner-profiles/recipe.ts';
import type { LookUp } from '../../../../functions/use-cases/owners/look-up.ts';
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
  now: () => NOW,
});
beforeEach(() => {
  asked.splice(0);
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
      type: 'urn:owner-profiles:problem:owner-not-found',
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
