import { makeImports } from '../../../../functions/handlers/imports/recipe.ts';
import type { ImportStatus } from '../../../../functions/use-cases/imports/import-status.ts';
import { ask, CALLER } from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

captureLog();
const AT = Date.UTC(2026, 10, 22, 10);
const asked: unknown[] = [];
let status: ImportStatus = { status: 'unknown' };
const owner = { clientId: 'demo', hash: 'h', externalId: 'loan-4711' };
const imports = makeImports({
  status: async (one) => {
    asked.push(one);
    return status;
  },
  refused: async (clientId, page) => {
    asked.push([clientId, page]);
    const refused = { importId: '01', at: AT, reason: 'INVALID_MESSAGE', detail: 'accounts: is missing' };
    return {
      imports: [
        { ...refused, owner },
        { ...refused, owner: undefined },
      ],
      cursor: 'next',
    };
  },
});
const one = {
  path: '/v1/imports/{importId}',
  parameters: { importId: 'a%2Fb' },
  query: { ownerExternalId: ['loan-4711'] },
};
const list = { path: '/v1/imports', query: { status: ['refused'] } };
beforeEach(() => asked.splice(0));

test.each([
  [{ status: 'unknown' } as const, { status: 'unknown', at: null, reason: null, detail: null }],
  [
    { status: 'joined', at: AT } as const,
    { status: 'joined', at: '2026-11-22T10:00:00.000Z', reason: null, detail: null },
  ],
  [
    { status: 'refused', at: AT, reason: 'INVALID_MESSAGE', detail: 'x' } as const,
    { status: 'refused', at: '2026-11-22T10:00:00.000Z', reason: 'INVALID_MESSAGE', detail: 'x' },
  ],
])('%j', async (found, answered) => {
  status = found;
  expect(await ask(imports, one)).toMatchObject({ status: 200, json: { importId: 'a/b', ...answered } });
  expect(asked).toEqual([{ clientId: 'demo', ownerExternalId: 'loan-4711', importId: 'a/b' }]);
});

test('lists what was refused', async () => {
  const refused = {
    importId: '01',
    at: '2026-11-22T10:00:00.000Z',
    reason: 'INVALID_MESSAGE',
    detail: 'accounts: is missing',
  };
  expect(await ask(imports, { ...list, query: { ...list.query, limit: ['7'], cursor: ['c'] } })).toMatchObject({
    status: 200,
    json: {
      imports: [
        { ...refused, ownerExternalId: 'loan-4711' },
        { ...refused, ownerExternalId: null },
      ],
      cursor: 'next',
    },
  });
  expect(asked).toEqual([['demo', { limit: 7, cursor: 'c' }]]);
});

test.each([
  ['an import without an owner', { ...one, query: {} }, 400],
  ['a list of no status', { ...list, query: {} }, 400],
  ['a list of joined ones', { ...list, query: { status: ['joined'] } }, 400],
  ['a limit of 0', { ...list, query: { status: ['refused'], limit: ['0'] } }, 400],
  ['a limit of 101', { ...list, query: { status: ['refused'], limit: ['101'] } }, 400],
  ['an empty cursor', { ...list, query: { status: ['refused'], cursor: [''] } }, 400],
  ['a key that may only erase', { ...list, authorizer: { ...CALLER, scopes: 'erase' } }, 403],
  ['another method', { ...list, method: 'POST' }, 405],
])('%s is refused', async (_, request, refused) => {
  expect(await ask(imports, request)).toMatchObject({ status: refused });
  expect(asked).toEqual([]);
});

test.each(['read', 'write'])('a key with the scope %s alone may ask', async (scopes) => {
  expect(await ask(imports, { ...list, authorizer: { ...CALLER, scopes } })).toMatchObject({ status: 200 });
});
