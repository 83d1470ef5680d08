import {
  estimateAnswer,
  nearMissesAnswer,
  previewAnswer,
  previewOwnerAnswer,
  previewOwnersAnswer,
} from '../../../../functions/contracts/http/previews.ts';
import { makeCataloguePreviews } from '../../../../functions/handlers/catalogue-previews/recipe.ts';
import { RefusedError, TooManyRunsError } from '../../../../functions/runtime/errors.ts';
import { AUTHOR, NEAR_MISSES, OWNER, OWNERS, PREVIEW, PREVIEW_ID } from '../../support/catalogue-views.ts';
import { type Asked, ask, CALLER, JSON_HEADERS } from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

captureLog();
const ESTIMATE = { owners: 2, estimated: false, estimatedCostUsd: 0.000083 };
const asked: unknown[][] = [];
let refusal: Error | undefined;
const answering =
  <Answer>(what: string, answer: Answer) =>
  async (...given: unknown[]) => {
    asked.push([what, ...given]);
    if (refusal) throw refusal;
    return answer;
  };
const previews = makeCataloguePreviews({
  estimate: answering('estimate', ESTIMATE),
  start: answering('start', PREVIEW),
  list: answering('list', { previews: [PREVIEW] }),
  read: answering('read', PREVIEW),
  cancel: answering('cancel', PREVIEW),
  owners: answering('owners', OWNERS),
  nearMisses: answering('nearMisses', NEAR_MISSES),
  owner: answering('owner', OWNER),
  askerOf: async ({ scopes }) => (scopes.includes('read') ? {} : { smallestGroup: 2 }),
});
beforeEach(() => {
  asked.splice(0);
  refusal = undefined;
});

const PATH = '/v1/catalogue/previews';
const start = (body: string | null, headers: Record<string, string> = { 'Content-Type': 'application/json' }) =>
  ask(previews, { method: 'POST', path: PATH, body, headers });
const of = (more: string, changed: Asked = {}) =>
  ask(previews, { path: `${PATH}/{previewId}${more}`, parameters: { previewId: PREVIEW_ID }, ...changed });
const owner = (ownerExternalId: string) =>
  of('/owners/{ownerExternalId}', { parameters: { previewId: PREVIEW_ID, ownerExternalId } });
const owners = (query: Record<string, string[]>) => of('/owners', { query });
const answered = (json: unknown) => ({ status: 200, headers: JSON_HEADERS, json });

describe('a preview', () => {
  test.each([
    ['no body', null, {}],
    ['an empty one', '', {}],
    ['an object', '{}', undefined],
    ['an estimate that is not wanted', '{"estimateOnly":false}', undefined],
  ])('is started with %s', async (_, body, headers) => {
    expect(await start(body, headers)).toEqual({
      status: 202,
      headers: { ...JSON_HEADERS, Location: `previews/${PREVIEW_ID}` },
      json: PREVIEW,
    });
    expect(asked).toEqual([['start', AUTHOR]]);
    expect(previewAnswer.strict().parse(PREVIEW)).toEqual(PREVIEW);
  });

  test('is estimated without being started', async () => {
    expect(await start('{"estimateOnly":true}')).toEqual(answered(ESTIMATE));
    expect(asked).toEqual([['estimate', AUTHOR]]);
    expect(estimateAnswer.strict().parse(ESTIMATE)).toEqual(ESTIMATE);
  });

  test.each([
    ['{"estimateOnly":"yes"}', 'estimateOnly'],
    ['{"estimate":true}', 'estimate'],
    ['[]', ''],
    ['null', ''],
  ])('is not started with %s', async (body, path) => {
    expect(await start(body)).toMatchObject({ status: 400, json: { code: 'INVALID_PAYLOAD', errors: [{ path }] } });
    expect(asked).toEqual([]);
  });

  test('is refused while too many run', async () => {
    refusal = new TooManyRunsError('previews', 3);
    expect(await start(null)).toMatchObject({ status: 429, headers: { 'Retry-After': '30' } });
  });

  test('is listed, read and cancelled', async () => {
    expect(await ask(previews, { path: PATH })).toEqual(answered({ previews: [PREVIEW] }));
    expect(await of('')).toEqual(answered(PREVIEW));
    expect(await of('', { method: 'DELETE' })).toEqual(answered(PREVIEW));
    expect(asked).toEqual([
      ['list', AUTHOR],
      ['read', AUTHOR, PREVIEW_ID],
      ['cancel', AUTHOR, PREVIEW_ID],
    ]);
  });

  test.each(['other%23catalogue', 'a%2Fb', 'x'.repeat(81), '%20', '%252E', '%F0%9F%98%80'])(
    'is not looked up by %s, which can be no id',
    async (previewId) => {
      const parameters = { previewId, ownerExternalId: 'a' };
      for (const more of ['', '/owners', '/owners/{ownerExternalId}']) {
        const answer = await of(more, { parameters });
        expect(answer).toMatchObject({ status: 404, json: { code: 'PREVIEW_NOT_FOUND' } });
      }
      expect(asked).toEqual([]);
    },
  );
});

test('a key without `read` gets numbers of owners rounded down, and no owner', async () => {
  const authorizer = { ...CALLER, scopes: 'catalogue:read catalogue:write' };
  const { result } = PREVIEW;
  const profiles = result?.profiles.map((one) => ({
    ...one,
    before: 0,
    after: 0,
    entered: 0,
    left: 0,
    notJudgedAfter: 0,
  }));
  const shown = { ...PREVIEW, result: { ...result, profiles } };
  expect((await of('', { authorizer })).json).toEqual(shown);
  expect((await ask(previews, { path: PATH, authorizer })).json).toEqual({ previews: [shown] });
  const headers = { 'Content-Type': 'application/json' };
  const estimate = { method: 'POST', path: PATH, body: '{"estimateOnly":true}', headers, authorizer };
  expect((await ask(previews, estimate)).json).toEqual(ESTIMATE);
  const query = { profile: ['pet-owner'], change: ['entered'] };
  for (const more of ['/owners', '/near-misses']) {
    expect(await of(more, { query, authorizer })).toMatchObject({ status: 403, json: { code: 'FORBIDDEN' } });
  }
});

test('near misses are of one profile', async () => {
  expect(await of('/near-misses', { query: { profile: ['pet-owner'] } })).toEqual(answered(NEAR_MISSES));
  expect(asked).toEqual([['nearMisses', AUTHOR, PREVIEW_ID, 'pet-owner']]);
  expect(nearMissesAnswer.strict().parse(NEAR_MISSES)).toEqual(NEAR_MISSES);
  for (const profile of [[], [''], ['a', 'b']]) {
    expect(await of('/near-misses', { query: { profile } })).toMatchObject({
      status: 400,
      json: { errors: [{ path: 'profile' }] },
    });
  }
});

describe('the owners', () => {
  const query = { profile: ['pet-owner'], change: ['entered'] };

  test('come by the page', async () => {
    expect(await owners(query)).toEqual(answered(OWNERS));
    await owners({ ...query, change: ['left'], limit: ['1000'], cursor: ['0.7'] });
    expect(asked).toEqual([
      ['owners', AUTHOR, PREVIEW_ID, { profile: 'pet-owner', change: 'entered', limit: 100 }],
      ['owners', AUTHOR, PREVIEW_ID, { profile: 'pet-owner', change: 'left', limit: 1000, cursor: '0.7' }],
    ]);
    expect(previewOwnersAnswer.strict().parse(OWNERS)).toEqual(OWNERS);
  });

  test.each([
    ['profile', { profile: [] }],
    ['profile', { profile: [''] }],
    ['profile', { profile: ['a', 'b'] }],
    ['change', { change: [] }],
    ['change', { change: ['stays'] }],
    ['limit', { limit: ['0'] }],
    ['limit', { limit: ['1001'] }],
    ['limit', { limit: ['1e2'] }],
    ['limit', { limit: [' 5'] }],
    ['limit', { limit: ['5', '5'] }],
    ['cursor', { cursor: [''] }],
    ['cursor', { cursor: ['x'.repeat(4097)] }],
  ])('are not asked for with a wrong %s (%j)', async (path, changed) => {
    expect(await owners({ ...query, ...changed })).toMatchObject({
      status: 400,
      json: { code: 'INVALID_PARAMETER', errors: [{ path }] },
    });
    expect(asked).toEqual([]);
  });

  test('are not there before the preview has finished', async () => {
    refusal = new RefusedError('PREVIEW_NOT_FINISHED', 'Wait.');
    expect(await owners(query)).toMatchObject({ status: 409, json: { code: 'PREVIEW_NOT_FINISHED' } });
  });
});

describe('one owner', () => {
  test.each([
    ['loan-4711', 'loan-4711'],
    ['a%2Fb', 'a/b'],
    ['100%25', '100%'],
    ['a%252Fb', 'a%2Fb'],
    ['+48%20600', '+48 600'],
    ['%2B48', '+48'],
    ['%F0%9F%98%80', '😀'],
    ['%7B%22S%22%3A%22x%22%7D', '{"S":"x"}'],
    ['..%2F..%2Fother%23owner', '../../other#owner'],
    ['%2E%2E', '..'],
  ])('written %s is %s', async (written, ownerExternalId) => {
    expect(await owner(written)).toEqual(answered(OWNER));
    expect(asked).toEqual([['owner', AUTHOR, PREVIEW_ID, ownerExternalId]]);
  });

  test.each(['%00', 'a%0Ab', `${'x'.repeat(257)}`, '%C2%85'])('%s can be none', async (written) => {
    expect(await owner(written)).toMatchObject({ status: 400, json: { code: 'INVALID_OWNER_EXTERNAL_ID' } });
    expect(asked).toEqual([]);
  });

  test.each(['%', '%ff', '%ED%A0%80', 'a%2'])('%s is not a text', async (written) => {
    expect(await owner(written)).toMatchObject({ status: 400, json: { code: 'INVALID_PARAMETER' } });
    expect(asked).toEqual([]);
  });

  test('needs both the scope of the catalogue and that of owners', async () => {
    const parameters = { previewId: PREVIEW_ID, ownerExternalId: 'a' };
    const statuses = ['catalogue:read read', 'read', 'catalogue:read', 'catalogue:write read'].map(
      async (scopes) =>
        (await of('/owners/{ownerExternalId}', { parameters, authorizer: { ...CALLER, scopes } })).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 403, 403, 403]);
    expect(previewOwnerAnswer.strict().parse(OWNER)).toEqual(OWNER);
  });
});
