import { publicationAnswer } from '../../../../functions/contracts/http/catalogue.ts';
import { makeCataloguePublications } from '../../../../functions/handlers/catalogue-publications/recipe.ts';
import { RefusedError } from '../../../../functions/runtime/errors.ts';
import { AUTHOR, PUBLICATION, PUBLICATION_ID, VERSION } from '../../support/catalogue-views.ts';
import { ask, CALLER, JSON_HEADERS } from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

captureLog();
const asked: unknown[][] = [];
let refusal: Error | undefined;
const answering =
  <Answer>(what: string, answer: Answer) =>
  async (...given: unknown[]) => {
    asked.push([what, ...given]);
    if (refusal) throw refusal;
    return answer;
  };
const publications = makeCataloguePublications({
  askerOf: async ({ scopes }) => (scopes.includes('read') ? {} : { smallestGroup: 10 }),
  publish: answering('publish', PUBLICATION),
  list: answering('list', { publications: [PUBLICATION] }),
  read: answering('read', PUBLICATION),
});
beforeEach(() => {
  asked.splice(0);
  refusal = undefined;
});

const PATH = '/v1/catalogue/publications';
const publish = (body: unknown, authorizer: object = CALLER) =>
  ask(publications, {
    method: 'POST',
    path: PATH,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    authorizer,
  });
const read = (publicationId: string) =>
  ask(publications, { path: `${PATH}/{publicationId}`, parameters: { publicationId } });

test.each([
  ['the draft', { draft: true, note: 'Why' }, { draft: true, note: 'Why', force: false }],
  ['the draft, by force', { draft: true, note: 'Why', force: true }, { draft: true, note: 'Why', force: true }],
  ['a version', { version: VERSION, note: 'Why' }, { version: VERSION, note: 'Why', force: false }],
  ['what is built in', { version: 'built-in', note: '😀' }, { version: 'built-in', note: '😀', force: false }],
])('%s is published', async (_, body, request) => {
  expect(await publish(body)).toEqual({
    status: 201,
    headers: { ...JSON_HEADERS, Location: `publications/${PUBLICATION_ID}` },
    json: PUBLICATION,
  });
  expect(asked).toEqual([['publish', AUTHOR, request]]);
  expect(publicationAnswer.strict().parse(PUBLICATION)).toEqual(PUBLICATION);
});

test.each([
  ['neither draft nor version', { note: 'Why' }, ['']],
  ['both', { draft: true, version: VERSION, note: 'Why' }, ['']],
  ['a draft that is not', { draft: false, note: 'Why' }, ['draft']],
  ['a version that can be none', { version: '../x', note: 'Why' }, ['version']],
  ['a number for a version', { version: 7, note: 'Why' }, ['version']],
  ['no note', { draft: true }, ['note']],
  ['an empty note', { draft: true, note: '  ' }, ['note']],
  ['a note too long', { draft: true, note: 'x'.repeat(501) }, ['note']],
  ['half a character', { draft: true, note: '\ud83d' }, ['note']],
  ['a force that is none', { draft: true, note: 'Why', force: 'yes' }, ['force']],
  ['an unknown field', { draft: true, note: 'Why', when: 'now' }, ['when']],
  ['no object', ['draft'], ['']],
])('nothing is published with %s', async (_, body, paths) => {
  const { status, json } = await publish(body);
  expect([status, json.code, json.errors.map(({ path }: { path: string }) => path)]).toEqual([
    400,
    'INVALID_PAYLOAD',
    paths,
  ]);
  expect(asked).toEqual([]);
});

test.each(['VERSION_NOT_FOUND', 'PREVIEW_REQUIRED', 'CATALOGUE_CHANGED'] as const)('%s is reported', async (code) => {
  refusal = new RefusedError(code, 'So it is.');
  const status = code === 'VERSION_NOT_FOUND' ? 404 : 409;
  expect(await publish({ draft: true, note: 'Why' })).toMatchObject({ status, json: { code, detail: 'So it is.' } });
});

test('publications are listed and read', async () => {
  expect(await ask(publications, { path: PATH })).toMatchObject({ status: 200, json: { publications: [PUBLICATION] } });
  expect(await read(PUBLICATION_ID)).toEqual({ status: 200, headers: JSON_HEADERS, json: PUBLICATION });
  expect(asked).toEqual([
    ['list', AUTHOR],
    ['read', AUTHOR, PUBLICATION_ID],
  ]);
});

test('a key without `read` gets numbers of owners rounded down', async () => {
  const authorizer = { ...CALLER, scopes: 'catalogue:read' };
  const shown = { ...PUBLICATION, replay: { ...PUBLICATION.replay, owners: 0 } };
  expect((await ask(publications, { path: PATH, authorizer })).json).toEqual({ publications: [shown] });
});

test('what can be no id names no publication', async () => {
  for (const id of ['other%23catalogue', 'a%2Fb', '%2e%2e', 'x'.repeat(81)]) {
    expect(await read(id)).toMatchObject({ status: 404, json: { code: 'PUBLICATION_NOT_FOUND' } });
  }
  expect(asked).toEqual([]);
});

test('to publish, reading is not enough', async () => {
  expect(await publish({ draft: true, note: 'Why' }, { ...CALLER, scopes: 'catalogue:read write' })).toMatchObject({
    status: 403,
  });
  expect(asked).toEqual([]);
});
