import { explanationAnswer } from '../../../../functions/contracts/http/explanations.ts';
import { dayOf } from '../../../../functions/domain/values/day.ts';
import {
  type ExplanationRequest,
  makeOwnerExplanation,
} from '../../../../functions/handlers/owner-explanation/recipe.ts';
import { ask, JSON_HEADERS } from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

captureLog();
const EXPLANATION = {
  profile: 'pet-owner',
  title: 'Keeps a pet',
  applies: false,
  judged: true,
  enteredOn: null,
  since: null,
  endsOn: null,
  summary: 'Does not apply: pets.months over 180d is 2, and at least 3 are needed.',
  missing: ['pets.months over 180d: at least 3'],
  conditions: [
    {
      part: 'enter' as const,
      path: 'all[0]',
      feature: 'pets.months',
      window: '180d',
      operator: 'atLeast',
      threshold: '3',
      value: '2',
      verdict: false,
      on: '2026-11-22',
      transactions: [
        {
          bookedOn: '2026-11-19',
          currencyAmount: '-49.99',
          currencyName: 'PLN',
          title: 'ZOOPLUS.PL MUENCHEN',
          party: null,
          labels: ['pets'],
          reasons: { pets: 'brand "zooplus"' },
        },
      ],
      transactionsOmitted: 0,
    },
  ],
};
const asked: ExplanationRequest[] = [];
const ownerExplanation = makeOwnerExplanation({
  explain: async (request) => {
    asked.push(request);
    if (request.ownerExternalId !== 'loan-4711') return undefined;
    const data = { dataFrom: dayOf(2026, 8, 1), dataTo: null, catalogueVersion: '2026-11-01', lastImportedAt: null };
    return { ...data, asOf: request.asOf, explanations: [EXPLANATION] };
  },
  profilesFor: async (_clientId, { enabledProfiles }) => ({
    profiles: [
      { id: 'pet-owner', enabled: true },
      { id: 'gambler', enabled: enabledProfiles.includes('gambler') },
      { id: 'debtor', enabled: enabledProfiles.includes('debtor') },
    ],
  }),
  now: () => Date.UTC(2026, 10, 22, 12),
});
const explain = (query: Record<string, string[]>) =>
  ask(ownerExplanation, {
    path: '/v1/owner-profiles/explanation',
    query: { ownerExternalId: ['loan-4711'], ...query },
  });
beforeEach(() => asked.splice(0));

test('answers what the service explains, under the head of all answers', async () => {
  const answer = await explain({});
  expect(answer).toEqual({
    status: 200,
    headers: JSON_HEADERS,
    json: {
      ownerExternalId: 'loan-4711',
      explanations: [EXPLANATION],
      asOf: '2026-11-22',
      dataFrom: '2026-08-01',
      dataTo: null,
      catalogueVersion: '2026-11-01',
      lastImportedAt: null,
    },
  });
  expect(explanationAnswer.strict().parse(answer.json)).toEqual(answer.json);
  expect(asked[0]).not.toHaveProperty('profile');
});

test('asks for one profile, a sensitive one too when it is turned on', async () => {
  await explain({ profile: ['gambler'], asOf: ['2026-11-01'] });
  expect(asked).toMatchObject([{ profile: 'gambler', asOf: dayOf(2026, 11, 1) }]);
});

test.each([
  ['pet-owners', '`profile` must be a profile of the catalogue: did you mean "pet-owner"?'],
  ['debtor', '`profile` must be turned on for this client: "debtor" is sensitive.'],
])('%s is refused', async (profile, detail) => {
  expect(await explain({ profile: [profile] })).toMatchObject({
    status: 400,
    json: { code: 'INVALID_PARAMETER', detail, errors: [{ path: 'profile' }] },
  });
  expect(asked).toEqual([]);
});

test('an unknown owner is 404', async () => {
  expect(await explain({ ownerExternalId: ['nobody'] })).toMatchObject({
    status: 404,
    json: { code: 'OWNER_NOT_FOUND' },
  });
});
