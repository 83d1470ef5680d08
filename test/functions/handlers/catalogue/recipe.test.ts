import {
  clientCatalogueAnswer,
  versionAnswer,
  versionsAnswer,
} from '../../../../functions/contracts/http/catalogue.ts';
import { makeCatalogue } from '../../../../functions/handlers/catalogue/recipe.ts';
import { RefusedError } from '../../../../functions/runtime/errors.ts';
import { AUTHOR, CATALOGUE, ONE_VERSION, VERSION, VERSIONS } from '../../support/catalogue-views.ts';
import { ask, CALLER, JSON_HEADERS } from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

captureLog();
const asked: unknown[][] = [];
const answering =
  <Answer>(answer: Answer) =>
  async (...given: unknown[]) => {
    asked.push(given);
    return answer;
  };
const catalogue = makeCatalogue({
  view: answering(CATALOGUE),
  versions: answering(VERSIONS),
  version: async (...given) => {
    asked.push(given);
    if (given[1] !== VERSION) throw new RefusedError('VERSION_NOT_FOUND', 'None such.');
    return ONE_VERSION;
  },
  schema: () => ({ $schema: 'https://json-schema.org/draft/2020-12/schema' }),
});
beforeEach(() => asked.splice(0));
const one = (version: string) => ask(catalogue, { path: '/v1/catalogue/versions/{version}', parameters: { version } });
const answered = (json: unknown) => ({ status: 200, headers: JSON_HEADERS, json });

test('answers the catalogue that holds for the caller', async () => {
  expect(await ask(catalogue, { path: '/v1/catalogue' })).toEqual(answered(CATALOGUE));
  expect(asked).toEqual([[AUTHOR]]);
  expect(clientCatalogueAnswer.strict().parse(CATALOGUE)).toEqual(CATALOGUE);
});

test('answers the versions, and one of them', async () => {
  expect(await ask(catalogue, { path: '/v1/catalogue/versions' })).toEqual(answered(VERSIONS));
  expect(await one(VERSION)).toEqual(answered(ONE_VERSION));
  expect(asked).toEqual([[AUTHOR], [AUTHOR, VERSION]]);
  expect([versionsAnswer.parse(VERSIONS), versionAnswer.strict().parse(ONE_VERSION)]).toEqual([VERSIONS, ONE_VERSION]);
});

test('answers the form of an amendment to every caller', async () => {
  const path = '/v1/catalogue/schema.json';
  expect(await ask(catalogue, { path, authorizer: undefined })).toEqual(
    answered({ $schema: 'https://json-schema.org/draft/2020-12/schema' }),
  );
});

test('a version that was never published is not found', async () => {
  expect(await one('aaaaaaaaaaaa')).toMatchObject({
    status: 404,
    json: { code: 'VERSION_NOT_FOUND', detail: 'None such.' },
  });
});

test.each(['other%23catalogue', '..%2F..%2Fother', 'x'.repeat(81), '%F0%9F%98%80', '%2525', '%00', '%20'])(
  'nothing is looked up for %s, which can be no version',
  async (version) => {
    expect(await one(version)).toMatchObject({ status: 404, json: { code: 'VERSION_NOT_FOUND' } });
    expect(asked).toEqual([]);
  },
);

test.each(['/v1/catalogue', '/v1/catalogue/versions', '/v1/catalogue/versions/{version}'])(
  '%s needs its scope, which no other includes',
  async (path) => {
    const authorizer = { ...CALLER, scopes: 'read write erase catalogue:write' };
    expect(await ask(catalogue, { path, parameters: { version: VERSION }, authorizer })).toMatchObject({ status: 403 });
    expect(asked).toEqual([]);
  },
);
