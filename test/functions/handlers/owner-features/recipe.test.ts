import { featuresAnswer } from '../../../../functions/contracts/http/owners.ts';
import { makeOwnerFeatures } from '../../../../functions/handlers/owner-features/recipe.ts';
import { ask, JSON_HEADERS } from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

captureLog();
const FEATURES = { 'pets.months/180d': 2, 'pets.total/180d': '61.20 EUR', 'pets.lastSeen/365d': null };
const RATES = { asOf: '2026-10-30', source: 'European Central Bank' };
const ownerFeatures = makeOwnerFeatures({
  ownerFeatures: async ({ ownerExternalId, asOf }) =>
    ownerExternalId === 'loan-4711'
      ? {
          asOf,
          dataFrom: null,
          dataTo: asOf,
          catalogueVersion: '2026-11-01',
          lastImportedAt: 0,
          features: FEATURES,
          rates: RATES,
        }
      : undefined,
  now: () => Date.UTC(2026, 10, 22, 12),
});
const read = (ownerExternalId: string) =>
  ask(ownerFeatures, { path: '/v1/owner-features', query: { ownerExternalId: [ownerExternalId] } });

test('answers the numbers under the head of all answers', async () => {
  const answer = await read('loan-4711');
  expect(answer).toEqual({
    status: 200,
    headers: JSON_HEADERS,
    json: {
      ownerExternalId: 'loan-4711',
      features: FEATURES,
      rates: RATES,
      asOf: '2026-11-22',
      dataFrom: null,
      dataTo: '2026-11-22',
      catalogueVersion: '2026-11-01',
      lastImportedAt: '1970-01-01T00:00:00.000Z',
    },
  });
  expect(featuresAnswer.strict().parse(answer.json)).toEqual(answer.json);
});

test('an unknown owner is 404', async () => {
  expect(await read('nobody')).toMatchObject({ status: 404, json: { code: 'OWNER_NOT_FOUND' } });
});
