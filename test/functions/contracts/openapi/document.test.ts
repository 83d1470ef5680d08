import { publicationBody, publicationForms } from '../../../../functions/contracts/http/catalogue.ts';
import { PROBLEMS } from '../../../../functions/contracts/http/problems.ts';
import { QUERY_NAMES } from '../../../../functions/contracts/http/query-names.ts';
import { OPERATE, ROUTES, routeName } from '../../../../functions/contracts/http/routes.ts';
import { ownerUploadSchema } from '../../../../functions/contracts/import/import-message.ts';
import { openApiDocument } from '../../../../functions/contracts/openapi/document.ts';
import { FIELD_TEXTS } from '../../../../functions/contracts/openapi/field-texts.ts';
import { importMessageJsonSchema } from '../../../../functions/contracts/openapi/import-message-schema.ts';
import { OPERATIONS } from '../../../../functions/contracts/openapi/operations.ts';
import { USER_PREFIX } from '../../../../functions/runtime/names.ts';
import manifest from '../../../../package.json' with { type: 'json' };

type Json = { readonly [key: string]: Json } & { readonly $ref?: string };
const text = JSON.stringify(openApiDocument());
const document = JSON.parse(text) as Json;

/** Every object in the document with where it is. */
function* objectsIn(value: unknown, path = '#'): Generator<[string, Json]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Json];
  for (const [key, inner] of Object.entries(value)) {
    yield* objectsIn(inner, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
}
const places = new Map(objectsIn(document));
const messagePlaces = new Map(objectsIn(importMessageJsonSchema(), '#/components/schemas/ImportMessage'));
const operations = ROUTES.map((route) => ({
  route,
  operation: document['paths']?.[route.path]?.[route.method.toLowerCase()] as Json,
}));

test('is OpenAPI 3.1 with what that asks for', () => {
  expect(document['openapi']).toMatch(/^3\.1\.\d$/);
  expect(document['info']).toMatchObject({ title: expect.any(String), version: expect.any(String) });
  const known = ['openapi', 'info', 'servers', 'tags', 'paths', 'components'];
  expect(Object.keys(document)).toEqual(known);
});

test('has the version of the release', () => {
  expect(document['info']?.['version']).toBe(manifest.version);
});

test('every reference leads somewhere', () => {
  const references = [...places.values()].flatMap(({ $ref }) => $ref ?? []);
  expect(references.length).toBeGreaterThan(20);
  expect(references.filter((reference) => !places.has(reference))).toEqual([]);
});

test.each(['Key/properties/createdBy/anyOf/0', 'Draft/properties/keyId/anyOf/0', 'Preview/properties/keyId'])(
  '%s may be a key, or a person who signed in',
  (place) => {
    const form = new RegExp(String(places.get(`#/components/schemas/${place}`)?.['pattern']));
    const authors = ['k11hQPpsx6UCSX', `${USER_PREFIX}0f4b9c1e-5d51-4b0c-9a58-1d3c2f7e6a90`, 'other:k1', ''];
    expect(authors.map((author) => form.test(author))).toEqual([true, true, false, false]);
  },
);

test('lists just the routes there are', () => {
  const listed = Object.entries(document['paths']!).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(listed.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
});

/** Anybody; operators by their key; clients by a key or, of people, a token. */
const securityOf = ({ scopes: [scope] }: (typeof ROUTES)[number]) =>
  scope === undefined ? [] : [{ apiKey: [] }, ...(scope === OPERATE ? [] : [{ userToken: [] }])];

test.each(operations)('$route.method $route.path is described whole', ({ route, operation }) => {
  expect(operation).toMatchObject({
    operationId: expect.any(String),
    summary: expect.any(String),
    tags: [expect.any(String)],
    security: securityOf(route),
  });
  const resolve = (value: Json): Json => (value.$ref ? places.get(value.$ref)! : value);
  const responses = Object.entries(operation['responses']!).map(
    ([status, each]) => [status, resolve(each as Json)] as const,
  );
  const success = responses.filter(([status]) => Number(status) < 400).map(([status]) => Number(status));
  const described = OPERATIONS[routeName(route)].successes.map(({ status }) => status);
  expect(success).toEqual([...described, ...(route.method === 'GET' ? [304] : [])].sort());
  for (const [status, response] of responses) {
    expect(response).toMatchObject({
      description: expect.any(String),
      headers: { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } },
    });
    if (status >= '4') {
      expect(response['content']?.['application/problem+json']).toMatchObject({
        schema: { $ref: '#/components/schemas/Problem' },
      });
    }
  }
  // Any of them may be asked too often.
  expect(new Map(responses).get('429')?.['headers']).toHaveProperty('Retry-After');
  for (const scope of route.scopes) expect(operation['description']).toContain(`\`${scope}\``);
  if (route.scopes.length > 0)
    expect(Object.keys(operation['responses']!)).toEqual(expect.arrayContaining(['401', '403']));
});

test('the names of parameters by which misspelt ones are known are those described', () => {
  const described = operations.flatMap(({ route, operation }) => {
    const parameters = (operation['parameters'] ?? []) as unknown as { in: string; name: string }[];
    const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
    return names.length > 0 ? [[routeName(route), names]] : [];
  });
  expect(QUERY_NAMES).toEqual(Object.fromEntries(described));
});

test('every operation has a name of its own', () => {
  const names = operations.map(({ operation }) => operation['operationId']);
  expect(new Set(names).size).toBe(names.length);
});

test('shows every code of a route as an example, under its status', () => {
  const shown = new Map<string, unknown>();
  for (const { operation } of operations) {
    for (const [status, response] of Object.entries(operation['responses']!)) {
      const examples = (response as Json)['content']?.['application/problem+json']?.['examples'] ?? {};
      for (const [code, example] of Object.entries(examples)) {
        expect(places.get((example as Json).$ref ?? '')?.['value']).toMatchObject({ code, status: Number(status) });
        shown.set(code, Number(status));
      }
    }
  }
  const { ROUTE_NOT_FOUND: _, ...ofRoutes } = PROBLEMS;
  const statuses = Object.entries(ofRoutes).map(([code, { status }]) => [code, status] as const);
  expect([...shown].sort()).toEqual([...statuses].sort());
});

test('the upload leaves out what the key decides, and its example is an import', () => {
  const schema = document['components']?.['schemas']?.['OwnerUpload'] as Json;
  expect(Object.keys(schema['properties']!)).toEqual(['importId', 'importedAt', 'ownerExternalId', 'accounts']);
  expect(schema['required']).toEqual(['ownerExternalId', 'accounts']);
  expect(schema['properties']?.['ownerExternalId']).toMatchObject({ minLength: 1, maxLength: 256 });
  const body = document['paths']?.['/v1/owner']?.['post']?.['requestBody']?.['content']?.['application/json'] as Json;
  expect(ownerUploadSchema.safeParse(body['examples']?.['import']?.['value']).success).toBe(true);
});

test('answers may grow, and bodies that are read strictly say so', () => {
  const strict = [...places].filter(([, schema]) => (schema['additionalProperties'] as unknown) === false);
  expect(strict.map(([path]) => path.split('/').at(-1)).sort()).toEqual([
    'AmendmentBody',
    'DefinitionBody',
    'KeyBody',
    'PreviewBody',
    'PublicationOfDraft',
    'PublicationOfVersion',
    'RetryBody',
    'SnapshotBody',
    'WebhookBody',
  ]);
});

test('every field says what it means', () => {
  const silent = [...places, ...messagePlaces].filter(
    ([path, { description, $ref }]) =>
      path.startsWith('#/components/schemas/') && path.split('/').at(-2) === 'properties' && !description && !$ref,
  );
  expect(silent.map(([path]) => path)).toEqual([]);
});

test('no text of a field is for a field that there is not', () => {
  const texts = new Set(
    [...places.values(), ...messagePlaces.values()].map(({ description }) => description as unknown),
  );
  expect(Object.values(FIELD_TEXTS).filter((each) => !texts.has(each))).toEqual([]);
});

test('has no form at which generators of clients give up', () => {
  expect(text).not.toContain('"items":false');
  expect(text).not.toContain('prefixItems');
  expect(document['components']?.['schemas']?.['Rule']).toEqual({
    anyOf: ['RuleAll', 'RuleAny', 'RuleNot', 'RuleCondition'].map((name) => ({
      $ref: `#/components/schemas/${name}`,
    })),
  });
});

test.each(['*', '"3fb2c1d0a9e8"', 'W/"a"', '"a", "b"'])('If-Match may be %s', (value) => {
  const headers = [...places.values()].filter(({ name }) => (name as unknown) === 'If-Match');
  expect(headers.length).toBeGreaterThan(0);
  for (const { schema } of headers) expect(value).toMatch(new RegExp(String(schema?.['pattern'])));
});

test('ids that we give have a form, and so have cursors that can have one', () => {
  const parameters = operations.flatMap(
    ({ operation }) => (operation['parameters'] ?? []) as unknown as { name: string; schema: Json }[],
  );
  const given = new Set(['previewId', 'snapshotId', 'webhookId', 'deliveryId', 'keyId', 'publicationId', 'version']);
  const found = new Set(parameters.map(({ name }) => name).filter((name) => given.has(name)));
  expect(found).toEqual(given);
  for (const { name, schema } of parameters) {
    if (given.has(name)) expect(schema).toHaveProperty('pattern');
    // Of some the form depends on what a page ended with.
    if (name === 'cursor' || name === 'after') {
      expect(schema['pattern'] ?? schema['maxLength']).toBeDefined();
    }
  }
});

test('the code of a problem is open: a generated client takes one that it does not know', () => {
  const code = document['components']?.['schemas']?.['Problem']?.['properties']?.['code'];
  expect(code).toMatchObject({ type: 'string', 'x-extensible-enum': Object.keys(PROBLEMS) });
  expect(code).not.toHaveProperty('enum');
});

test.each([
  [{ draft: true, note: 'x' }, true],
  [{ version: 'built-in', note: 'x', force: true }, true],
  [{ version: 'built-in', draft: true, note: 'x' }, false],
  [{ note: 'x' }, false],
  [{ draft: true }, false],
  [{ draft: true, note: 'x', more: 1 }, false],
])('of a draft and a version one is published: %j', (body, isTaken) => {
  const forms = Object.values(publicationForms).filter((form) => form.safeParse(body).success);
  expect([publicationBody.safeParse(body).success, forms.length]).toEqual([isTaken, isTaken ? 1 : 0]);
  expect(document['components']?.['schemas']?.['PublicationBody']).toEqual({
    oneOf: Object.keys(publicationForms).map((name) => ({ $ref: `#/components/schemas/${name}` })),
  });
});
