import { draftAnswer } from '../../../../functions/contracts/http/catalogue.ts';
import { NO_AMENDMENT } from '../../../../functions/domain/catalogue/amendment.ts';
import { makeCatalogueDraft } from '../../../../functions/handlers/catalogue-draft/recipe.ts';
import { RefusedError } from '../../../../functions/runtime/errors.ts';
import { AMENDMENT, AUTHOR, DEFINITION, DRAFT, VERSION } from '../../support/catalogue-views.ts';
import { ask, CALLER, JSON_HEADERS } from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

captureLog();
const asked: unknown[][] = [];
let refusal: Error | undefined;
const edit = async (...given: unknown[]) => {
  asked.push(given);
  if (refusal) throw refusal;
  return DRAFT;
};
const draft = makeCatalogueDraft({ read: edit, replace: edit, putProfile: edit, removeProfile: edit });
beforeEach(() => {
  asked.splice(0);
  refusal = undefined;
});

const TYPE = { 'Content-Type': 'application/json' };
const replace = (body: unknown, headers: Record<string, string> = {}) =>
  ask(draft, {
    method: 'PUT',
    path: '/v1/catalogue/draft',
    headers: { ...TYPE, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const put = (id: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(draft, {
    method: 'PUT',
    path: '/v1/catalogue/draft/profiles/{id}',
    parameters: { id },
    headers: { ...TYPE, ...headers },
    body: JSON.stringify(body),
  });
const remove = (id: string, headers: Record<string, string> = {}) =>
  ask(draft, { method: 'DELETE', path: '/v1/catalogue/draft/profiles/{id}', parameters: { id }, headers });
const ANSWERED = { status: 200, headers: { ...JSON_HEADERS, ETag: `"${VERSION}"` }, json: DRAFT };
const invalid = (errors: readonly object[]) => ({ status: 400, json: { code: 'INVALID_PAYLOAD', errors } });

test('is read with its tag', async () => {
  expect(await ask(draft, { path: '/v1/catalogue/draft' })).toEqual(ANSWERED);
  expect(asked).toEqual([[AUTHOR]]);
  expect(draftAnswer.strict().parse(DRAFT)).toEqual(DRAFT);
});

test('is not sent again to a client that has it', async () => {
  const asking = (tag: string) => ask(draft, { path: '/v1/catalogue/draft', headers: { 'If-None-Match': tag } });
  const { 'Content-Type': _, ...headers } = ANSWERED.headers;
  expect(await asking(`"${VERSION}"`)).toEqual({ status: 304, headers, json: undefined });
  expect(await asking('"aaaaaaaaaaaa"')).toEqual(ANSWERED);
});

describe('is replaced', () => {
  test('by an amendment', async () => {
    expect(await replace(AMENDMENT)).toEqual(ANSWERED);
    expect(asked).toEqual([[AUTHOR, AMENDMENT, undefined]]);
  });

  test('by one whose lists are left out, which are empty', async () => {
    expect(await replace({})).toEqual(ANSWERED);
    expect(asked).toEqual([[AUTHOR, NO_AMENDMENT, undefined]]);
  });

  test('if it is still the one that was read', async () => {
    await replace({}, { 'If-Match': `"${VERSION}", W/"aaaaaaaaaaaa"` });
    expect(asked.map(([, , ifMatch]) => ifMatch)).toEqual([[VERSION]]);
  });

  test.each([
    ['no object', 7, [{ path: '', message: expect.any(String) }]],
    [
      'an unknown field',
      { profile: [] },
      [{ path: 'profile', message: 'must be a known field: did you mean `profiles`?' }],
    ],
    ['a list that is none', { disabled: 'night-owl' }, [{ path: 'disabled', message: expect.any(String) }]],
    [
      'faults in definitions, each with its path',
      { profiles: [DEFINITION, { ...DEFINITION, id: 'Pet', enter: { all: [{ featre: 'pets.months' }] } }] },
      [
        { path: 'profiles[1].id', message: expect.any(String) },
        { path: 'profiles[1].enter.all[0].feature', message: expect.any(String) },
        { path: 'profiles[1].enter.all[0].featre', message: 'must be a known field: did you mean `feature`?' },
      ],
    ],
  ])('by nothing that has %s', async (_, body, errors) => {
    expect(await replace(body)).toMatchObject(invalid(errors));
    expect(asked).toEqual([]);
  });

  test('by no body that is invalid JSON, empty, or of another type', async () => {
    expect(await replace('{')).toMatchObject({ status: 400, json: { code: 'INVALID_PAYLOAD' } });
    expect(await replace('')).toMatchObject({ status: 400, json: { code: 'INVALID_PAYLOAD' } });
    expect(await replace('{}', { 'Content-Type': 'text/yaml' })).toMatchObject({ status: 415 });
    expect(asked).toEqual([]);
  });

  test('by at most 256 KiB, which nest no deeper than rules can', async () => {
    const most = 256 * 1024;
    expect(await replace('{}'.padEnd(most))).toMatchObject({ status: 200 });
    for (const body of ['{}'.padEnd(most + 1), '['.repeat(101)]) {
      expect(await replace(body)).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } });
    }
    expect(asked.length).toBe(1);
  });

  test('by nothing invalid: refusals of the service are passed on unchanged', async () => {
    const errors = [
      {
        path: 'profiles[0].enter.all[0].feature',
        message: 'must have a known label, and `pet` is not: did you mean `pets`?',
      },
    ];
    refusal = new RefusedError('INVALID_PAYLOAD', 'The draft does not hold.', errors);
    expect(await replace(AMENDMENT)).toMatchObject({
      status: 400,
      json: { code: 'INVALID_PAYLOAD', detail: 'The draft does not hold.', errors },
    });
  });
});

describe('takes one definition', () => {
  const { id: _, ...withoutId } = DEFINITION;

  test.each([
    ['with its id', DEFINITION],
    ['whose id the path says', withoutId],
  ])('%s', async (__, body) => {
    expect(await put('pet-owner', body, { 'if-match': '*' })).toEqual(ANSWERED);
    expect(asked).toEqual([[AUTHOR, DEFINITION, undefined]]);
  });

  test('no other than that of the path', async () => {
    expect(await put('pet-owner', { ...DEFINITION, id: 'traveller', title: '' })).toMatchObject(
      invalid([
        { path: 'id', message: 'must be that of the path, or be left out' },
        { path: 'title', message: expect.any(String) },
      ]),
    );
    expect(await put('pet-owner', { ...DEFINITION, id: null })).toMatchObject(
      invalid([{ path: 'id', message: 'must be that of the path, or be left out' }]),
    );
    expect(asked).toEqual([]);
  });

  test('none under an id that can be none, and no list of them', async () => {
    for (const id of ['Pet%20Owner', 'pet%2Fowner', '%F0%9F%98%80', 'a%2520b', '__proto__']) {
      expect(await put(id, withoutId)).toMatchObject(invalid([{ path: 'id', message: expect.any(String) }]));
    }
    expect(await put('pet-owner', [DEFINITION])).toMatchObject(invalid([{ path: '', message: expect.any(String) }]));
    expect(asked).toEqual([]);
  });

  test('with paths of faults that begin at the definition', async () => {
    const body = { ...DEFINITION, enter: { all: [{ feature: 7 }] } };
    expect(await put('pet-owner', body)).toMatchObject(
      invalid([{ path: 'enter.all[0].feature', message: expect.any(String) }]),
    );
  });
});

describe('loses one definition', () => {
  test('by its id, whatever that is', async () => {
    expect(await remove('pet-owner')).toEqual(ANSWERED);
    await remove('a%2Fb%20c', { 'If-Match': '"aaaaaaaaaaaa"' });
    expect(asked).toEqual([
      [AUTHOR, 'pet-owner', undefined],
      [AUTHOR, 'a/b c', ['aaaaaaaaaaaa']],
    ]);
  });

  test('unless it has none such', async () => {
    refusal = new RefusedError('PROFILE_NOT_FOUND', 'None such.');
    expect(await remove('pet-owner')).toMatchObject({ status: 404, json: { code: 'PROFILE_NOT_FOUND' } });
  });
});

test('a stale edit gets an error with what was changed since, and by whom', async () => {
  const errors = [{ path: 'profiles.pet-owner', message: 'changed by key k2 at 2026-11-22T10:00:00.000Z' }];
  refusal = new RefusedError('DRAFT_CHANGED', 'The draft was changed.', errors);
  expect(await replace({}, { 'If-Match': '"aaaaaaaaaaaa"' })).toMatchObject({
    status: 409,
    json: { code: 'DRAFT_CHANGED', errors },
  });
});

test('a tag that is none changes nothing', async () => {
  for (const edited of [replace({}, { 'If-Match': VERSION }), put('pet-owner', DEFINITION, { 'If-Match': '' })]) {
    expect(await edited).toMatchObject({ status: 400, json: { errors: [{ path: 'If-Match' }] } });
  }
  expect(asked).toEqual([]);
});

test('the right to read does not include editing, and the right to edit does not need reading', async () => {
  const path = '/v1/catalogue/draft';
  const reader = { ...CALLER, scopes: 'catalogue:read' };
  const editor = { ...CALLER, scopes: 'catalogue:write' };
  const statuses = [
    await ask(draft, { path, authorizer: reader }),
    await ask(draft, { path, method: 'PUT', headers: TYPE, body: '{}', authorizer: reader }),
    await ask(draft, { path: `${path}/profiles/{id}`, method: 'DELETE', parameters: { id: 'a' }, authorizer: reader }),
    await ask(draft, { path, authorizer: editor }),
    await ask(draft, { path, method: 'PUT', headers: TYPE, body: '{}', authorizer: editor }),
  ].map(({ status }) => status);
  expect(statuses).toEqual([200, 403, 403, 403, 200]);
});
