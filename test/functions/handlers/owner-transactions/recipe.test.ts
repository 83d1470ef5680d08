import { transactionsAnswer } from '../../../../functions/contracts/http/transactions.ts';
import type { TransactionsRequest } from '../../../../functions/domain/profiles/owner-answer.ts';
import { dayOf } from '../../../../functions/domain/values/day.ts';
import { makeOwnerTransactions } from '../../../../functions/handlers/owner-transactions/recipe.ts';
import { ask, JSON_HEADERS } from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

captureLog();
const ROW = {
  ...{ bookedOn: '2026-11-19', currencyAmount: '-49.99', currencyName: 'PLN', title: 'ZOOPLUS', party: null },
  ...{ account: '****2874', merchant: 'zooplus', country: null, labels: [{ label: 'pets', reason: 'brand zooplus' }] },
};
const asked: TransactionsRequest[] = [];
const ownerTransactions = makeOwnerTransactions({
  ownerTransactions: async (request) => {
    asked.push(request);
    if (request.cursor === 'made-up') return 'cursor';
    if (request.ownerExternalId !== 'loan-4711') return undefined;
    return { transactions: [ROW], cursor: null, catalogueVersion: '2026-11-01' };
  },
  labelsFor: async () => ['pets', 'golf'],
  now: () => Date.UTC(2026, 10, 22, 12),
});
const list = (query: Record<string, string[]>) =>
  ask(ownerTransactions, { path: '/v1/owner-transactions', query: { ownerExternalId: ['loan-4711'], ...query } });
beforeEach(() => asked.splice(0));

test('answers a page', async () => {
  const answer = await list({});
  expect(answer).toEqual({
    status: 200,
    headers: JSON_HEADERS,
    json: { ownerExternalId: 'loan-4711', transactions: [ROW], cursor: null, catalogueVersion: '2026-11-01' },
  });
  expect(transactionsAnswer.strict().parse(answer.json)).toEqual(answer.json);
});

const TO = dayOf(2026, 11, 22);
test.each([
  [{}, { from: undefined, to: TO, filter: undefined, limit: 100, cursor: undefined }],
  [
    { from: ['2020-02-29'], to: ['2026-05-31'] },
    { from: dayOf(2020, 2, 29), to: dayOf(2026, 5, 31) },
  ],
  [
    { label: ['golf'], limit: ['1000'], cursor: ['abc'] },
    { filter: { label: 'golf' }, limit: 1000, cursor: 'abc' },
  ],
  [{ unlabelled: ['true'] }, { filter: 'unlabelled' }],
  [{ unlabelled: ['false'] }, { filter: undefined }],
])('%j is taken', async (query, request) => {
  await list(query as Record<string, string[]>);
  expect(asked).toMatchObject([{ clientId: 'demo', ownerExternalId: 'loan-4711', ...request }]);
});

test.each([
  [{ label: ['gulf'] }, 'label', 'must be a label of the catalogue: did you mean "golf"?'],
  [{ label: [''] }, 'label', 'must be a label of the catalogue'],
  [{ label: ['golf'], unlabelled: ['true'] }, 'label', 'must not be given together with `unlabelled`'],
  [{ unlabelled: ['yes'] }, 'unlabelled', 'must be `true` or `false`'],
  [{ limit: ['0'] }, 'limit', 'must be a whole number from 1 to 1000'],
  [{ limit: ['1001'] }, 'limit', 'must be a whole number from 1 to 1000'],
  [{ from: ['2026-11-23'] }, 'from', 'must not be later than `to`, 2026-11-22'],
  [{ to: ['yesterday'] }, 'to', 'must be a day of the calendar, written YYYY-MM-DD'],
  [{ cursor: ['made-up'] }, 'cursor', 'must be what the answer before says'],
  [{ cursor: ['x'.repeat(4097)] }, 'cursor', 'must be what the answer before says'],
])('%j is refused', async (query, path, message) => {
  expect(await list(query as Record<string, string[]>)).toMatchObject({
    status: 400,
    json: { code: 'INVALID_PARAMETER', errors: [{ path, message }] },
  });
});

test('an unknown owner is 404', async () => {
  expect(await list({ ownerExternalId: ['nobody'] })).toMatchObject({ status: 404, json: { code: 'OWNER_NOT_FOUND' } });
});
