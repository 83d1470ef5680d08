import { makeOwnerErasure } from '../../../../functions/handlers/owner-erasure/recipe.ts';
import { ask, CALLER, CONTEXT, httpEvent, REQUEST_ID } from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

const log = captureLog();
const erased: unknown[] = [];
const ownerErasure = makeOwnerErasure({
  eraseOwner: async (owner) => {
    erased.push(owner);
  },
});
const request = { method: 'DELETE', path: '/v1/owner', query: { ownerExternalId: ['loan-4711'] } };
beforeEach(() => {
  erased.splice(0);
  log.counted.splice(0);
});

test('erases and answers with nothing', async () => {
  expect(await ownerErasure(httpEvent(request), CONTEXT)).toEqual({
    statusCode: 204,
    headers: { 'Cache-Control': 'no-store', 'X-Request-Id': REQUEST_ID },
    body: '',
  });
  expect(erased).toEqual([{ clientId: 'demo', ownerExternalId: 'loan-4711' }]);
  expect(log.counted).toEqual([{ name: 'OwnersErased', unit: 'Count', value: 1 }]);
});

test.each([
  ['without an owner', { query: {} }, 400],
  ['with two owners', { query: { ownerExternalId: ['a', 'b'] } }, 400],
  ['with a key that may only read and write', { authorizer: { ...CALLER, scopes: 'read write' } }, 403],
  ['by another method', { method: 'GET' }, 405],
])('%s nothing is erased', async (_, changed, status) => {
  expect(await ask(ownerErasure, { ...request, ...changed })).toMatchObject({ status });
  expect(erased).toEqual([]);
  expect(log.counted).toEqual([]);
});
