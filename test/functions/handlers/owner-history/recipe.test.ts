import { historyAnswer } from '../../../../functions/contracts/http/owners.ts';
import type { HistoryRequest } from '../../../../functions/domain/profiles/owner-answer.ts';
import { dayOf } from '../../../../functions/domain/values/day.ts';
import { makeOwnerHistory } from '../../../../functions/handlers/owner-history/recipe.ts';
import { ask, JSON_HEADERS } from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

captureLog();
const asked: HistoryRequest[] = [];
const ownerHistory = makeOwnerHistory({
  ownerHistory: async (request) => {
    asked.push(request);
    if (request.ownerExternalId !== 'loan-4711') return undefined;
    const { from, to } = request;
    const spans = [
      { from, to: from + 9, profiles: [] },
      { from: from + 10, to, profiles: ['parent', 'traveller'] },
    ];
    return { dataFrom: from, dataTo: null, catalogueVersion: '2026-11-01', lastImportedAt: 0, spans };
  },
  now: () => Date.UTC(2026, 10, 22, 12),
});
const history = (query: Record<string, string[]>) =>
  ask(ownerHistory, { path: '/v1/owner-profiles/history', query: { ownerExternalId: ['loan-4711'], ...query } });
beforeEach(() => asked.splice(0));

test('answers the spans, of the last 365 days when no range is given', async () => {
  const answer = await history({});
  expect(answer).toEqual({
    status: 200,
    headers: JSON_HEADERS,
    json: {
      ownerExternalId: 'loan-4711',
      spans: [
        { from: '2025-11-23', to: '2025-12-02', profiles: [] },
        { from: '2025-12-03', to: '2026-11-22', profiles: ['parent', 'traveller'] },
      ],
      dataFrom: '2025-11-23',
      dataTo: null,
      catalogueVersion: '2026-11-01',
      lastImportedAt: '1970-01-01T00:00:00.000Z',
    },
  });
  expect(historyAnswer.strict().parse(answer.json)).toEqual(answer.json);
});

test.each([
  [{ to: ['2026-05-31'] }, dayOf(2025, 6, 1), dayOf(2026, 5, 31)],
  [{ from: ['2026-11-22'] }, dayOf(2026, 11, 22), dayOf(2026, 11, 22)],
  [{ from: ['2025-01-18'], to: ['2028-01-22'] }, dayOf(2025, 1, 18), dayOf(2028, 1, 22)],
])('%j is taken', async (query, from, to) => {
  await history(query);
  expect(asked).toMatchObject([{ clientId: 'demo', ownerExternalId: 'loan-4711', from, to }]);
});

test.each([
  [{ from: ['2026-02-30'] }, 'from', 'must be a day of the calendar, written YYYY-MM-DD'],
  [{ to: ['', '2026-01-01'] }, 'to', 'must be given at most once'],
  [{ to: ['2028-01-23'] }, 'to', 'must not be later than 2028-01-22, 426 days from now'],
  [{ from: ['2026-11-23'] }, 'from', 'must not be later than `to`, 2026-11-22'],
  [{ from: ['2025-01-18'], to: ['2028-01-23'] }, 'to', 'must not be later than 2028-01-22, 426 days from now'],
  [{ from: ['2025-01-17'], to: ['2028-01-22'] }, 'from', 'must not be more than 1099 days before `to`, 2028-01-22'],
])('%j is refused', async (query, path, message) => {
  expect(await history(query)).toMatchObject({
    status: 400,
    json: { code: 'INVALID_PARAMETER', errors: [{ path, message }] },
  });
  expect(asked).toEqual([]);
});

test('an unknown owner is 404', async () => {
  expect(await history({ ownerExternalId: ['nobody'] })).toMatchObject({
    status: 404,
    json: { code: 'OWNER_NOT_FOUND' },
  });
});
