import type { APIGatewayProxyResult } from 'aws-lambda';
import { problemAnswer } from '../../../functions/contracts/http/owners.ts';
import type { ProblemCode } from '../../../functions/contracts/http/problems.ts';
import type { Route, Scope } from '../../../functions/contracts/http/routes.ts';
import type { CalledEvent } from '../../../functions/http/caller.ts';
import {
  type Answering,
  answering,
  httpFunction,
  httpRoutes,
  json,
  noContent,
} from '../../../functions/http/http-function.ts';
import { HttpProblem } from '../../../functions/http/problems.ts';
import { PermanentError, RefusedError, TooManyRunsError, TransientError } from '../../../functions/runtime/errors.ts';
import {
  ASKED_AT,
  ask,
  CALLER,
  CONTEXT,
  httpEvent,
  JSON_HEADERS,
  PROBLEM_HEADERS,
  REQUEST_ID,
} from '../support/http-event.ts';
import { captureLog } from '../support/log.ts';

const log = captureLog();
beforeEach(() => log.lines.splice(0));

/** One path, answered by one function. */
function taking(methods: readonly Route['method'][], scopes: readonly Scope[] = ['read']): Answering {
  const path = '/v1/owner-profiles';
  const routes = methods.map((method): Route => ({ method, path, answeredBy: 'owner-profiles', scopes }));
  return { routes, allowed: new Map([[path, methods]]) };
}
const READ = taking(['GET']);
const greeting = async (event: CalledEvent) => json(200, event.caller);
const failing = (error: unknown, method: Route['method'] = 'GET') =>
  httpFunction(taking([method]), async () => {
    throw error;
  });
const body = (status: number, code: ProblemCode, title: string, detail: string) => ({
  type: `http://profiles.example.com/v1/problems#${code.toLowerCase()}`,
  title,
  status,
  code,
  detail,
  requestId: REQUEST_ID,
});
const INTERNAL = {
  status: 500,
  headers: PROBLEM_HEADERS,
  json: body(
    500,
    'INTERNAL_ERROR',
    'Something went wrong on our side',
    'The request could not be answered. If it happens again, please send us the request id.',
  ),
};
const forbidden = (detail: string) => ({
  status: 403,
  headers: PROBLEM_HEADERS,
  json: body(403, 'FORBIDDEN', 'The API key may not do this', detail),
});

describe('a request that may be answered', () => {
  test('reaches the recipe with its caller; the answer has the request id', async () => {
    expect(await ask(httpFunction(READ, greeting))).toEqual({
      status: 200,
      headers: JSON_HEADERS,
      json: {
        clientId: 'demo',
        keyId: 'k1',
        scopes: CALLER.scopes.split(' '),
        settings: { enabledProfiles: ['gambler', 'smoker'] },
      },
    });
  });

  test('is one line in the log, without query, path parameters or body', async () => {
    await ask(httpFunction(READ, greeting), { query: { ownerExternalId: ['loan-4711'] } });
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'request',
        requestId: REQUEST_ID,
        method: 'GET',
        route: '/v1/owner-profiles',
        outcome: 'answered',
        status: 200,
        durationMs: expect.any(Number),
        clientId: 'demo',
        keyId: 'k1',
      },
    ]);
  });

  test('without a body has no content type', async () => {
    const handler = httpFunction(READ, async () => noContent());
    expect(await handler(httpEvent(), CONTEXT)).toEqual({
      statusCode: 204,
      headers: { 'Cache-Control': 'no-store', 'X-Request-Id': REQUEST_ID },
      body: '',
    });
  });

  test('needs no caller where no key is needed', async () => {
    const handler = httpFunction(taking(['GET'], []), async () => json(200, { open: true }));
    expect(await ask(handler, { authorizer: undefined })).toEqual({
      status: 200,
      headers: JSON_HEADERS,
      json: { open: true },
    });
  });

  test('of a client without enabled profiles has none', async () => {
    const { json } = await ask(httpFunction(READ, greeting), { authorizer: { ...CALLER, enabledProfiles: '' } });
    expect(json.settings).toEqual({ enabledProfiles: [] });
  });
});

describe('the amendment that holds', () => {
  const caller = { ...CALLER, enabledProfiles: '', amendment: '3fb2c1d0a9e8', amendmentBefore: 'aaaaaaaaaaaa' };
  const settingsOf = async (authorizer: object) =>
    (await ask(httpFunction(READ, greeting), { authorizer })).json.settings;

  test('is the new one from its instant on, by the clock of the gateway', async () => {
    expect([
      await settingsOf({ ...caller, amendmentFrom: String(ASKED_AT + 1) }),
      await settingsOf({ ...caller, amendmentFrom: String(ASKED_AT) }),
      await settingsOf({ ...caller, amendmentFrom: String(ASKED_AT + 1), amendmentBefore: 'built-in' }),
    ]).toEqual([
      { enabledProfiles: [], amendment: 'aaaaaaaaaaaa' },
      { enabledProfiles: [], amendment: '3fb2c1d0a9e8' },
      { enabledProfiles: [] },
    ]);
  });

  test('is none while the authorizer that spoke knew no amendments', async () => {
    const { amendment: _, amendmentFrom: __, amendmentBefore: ___, ...before } = CALLER;
    expect(await settingsOf(before)).toEqual({ enabledProfiles: ['gambler', 'smoker'] });
  });

  test.each([
    ['without its instant', { amendmentFrom: undefined }],
    ['with an instant that is none', { amendmentFrom: 'soon' }],
    ['without what held before', { amendmentFrom: '1', amendmentBefore: '' }],
    ['that is no text', { amendment: 7 }],
  ])('%s fails closed', async (_, changed) => {
    const authorizer = { ...caller, amendmentFrom: '1', ...changed };
    expect(await ask(httpFunction(READ, greeting), { authorizer })).toEqual(INTERNAL);
  });
});

describe('a key of its own purpose', () => {
  const settingsOf = async (more: object) =>
    (await ask(httpFunction(READ, greeting), { authorizer: { ...CALLER, purposeOfKey: 'credit', ...more } })).json
      .settings;

  test('holds the stricter of client and key', async () => {
    expect(await settingsOf({})).toEqual({ enabledProfiles: ['gambler', 'smoker', 'purpose:credit'], isOfKey: true });
    expect(await settingsOf({ enabledProfiles: 'purpose:credit' })).toEqual({ enabledProfiles: ['purpose:credit'] });
    expect(await settingsOf({ purposeOfKey: '' })).toEqual({ enabledProfiles: ['gambler', 'smoker'] });
  });

  test('sees nothing about the client as a whole', async () => {
    const handler = httpFunction(
      { ...READ, routes: READ.routes.map((route) => ({ ...route, ofWholeClient: true })) },
      greeting,
    );
    const statusOf = async (more: object) =>
      (await ask(handler, { authorizer: { ...CALLER, purposeOfKey: 'credit', ...more } })).status;
    expect(await statusOf({})).toBe(403);
    expect(await statusOf({ enabledProfiles: 'purpose:credit' })).toBe(200);
    expect(await statusOf({ purposeOfKey: '' })).toBe(200);
  });

  test('that nobody knows fails closed', async () => {
    const authorizer = { ...CALLER, purposeOfKey: 'fun' };
    expect(await ask(httpFunction(READ, greeting), { authorizer })).toEqual(INTERNAL);
  });
});

describe('a function of several routes', () => {
  const said = (what: string) => async (event: CalledEvent) => json(200, { what, caller: event.caller?.clientId });
  const handler = httpRoutes('catalogue', {
    'GET /v1/catalogue': said('view'),
    'GET /v1/catalogue/versions': said('versions'),
    'GET /v1/catalogue/versions/{version}': said('version'),
    'GET /v1/catalogue/schema.json': said('schema'),
  });

  test.each([
    ['/v1/catalogue', 'view', 'demo'],
    ['/v1/catalogue/versions', 'versions', 'demo'],
    ['/v1/catalogue/versions/{version}', 'version', 'demo'],
    ['/v1/catalogue/schema.json', 'schema', undefined],
  ])('answers %s by its recipe', async (path, what, caller) => {
    expect(await ask(handler, { path })).toEqual({
      status: 200,
      headers: JSON_HEADERS,
      json: { what, ...(caller && { caller }) },
    });
  });

  test('asks for the scopes of the route, all of them', async () => {
    const { routes } = answering('catalogue-previews');
    const previews = httpFunction(answering('catalogue-previews'), greeting);
    for (const { method, path, scopes } of routes) {
      for (const lacking of scopes) {
        const authorizer = { ...CALLER, scopes: CALLER.scopes.replace(lacking, '').trim() };
        const given = { ...CALLER, scopes: scopes.join(' ') };
        expect(await ask(previews, { method, path, authorizer: given })).toMatchObject({ status: 200 });
        expect([path, await ask(previews, { method, path, authorizer })]).toEqual([
          path,
          forbidden(`The API key does not have the scope "${lacking}".`),
        ]);
      }
    }
  });

  test('of operators is for them alone, and they for no other', async () => {
    const operator = { operator: 'true', keyId: 'k9', addressAllowed: 'true' };
    const failures = httpFunction(answering('failures'), async () => json(200, {}));
    const asked = (authorizer: object) => ask(failures, { path: '/v1/failures', authorizer });
    expect(await asked(operator)).toMatchObject({ status: 200 });
    expect(await asked({ ...operator, addressAllowed: 'false' })).toEqual(
      forbidden('The API key may not be used from this address.'),
    );
    // Not even with the scope, which no key of a client can get.
    expect(await asked({ ...CALLER, scopes: 'read operate' })).toEqual(
      forbidden("This needs an operator's key, which belongs to no client."),
    );
    // Nor do the scopes of clients help an operator.
    expect(await ask(handler, { path: '/v1/catalogue', authorizer: { ...CALLER, ...operator } })).toEqual(
      forbidden("An operator's key sees no client's data."),
    );
  });

  test('answers 405 with the methods of the requested path', async () => {
    const draft = httpFunction(answering('catalogue-draft'), greeting);
    expect([
      (await ask(draft, { method: 'POST', path: '/v1/catalogue/draft' })).headers['Allow'],
      (await ask(draft, { method: 'GET', path: '/v1/catalogue/draft/profiles/{id}' })).headers['Allow'],
    ]).toEqual(['GET, HEAD, PUT', 'DELETE, PUT']);
  });

  test('goes by the resource and not by the path as it was written', async () => {
    const event = { ...httpEvent({ path: '/v1/catalogue' }), path: '/v1/catalogue/schema.json' };
    expect(JSON.parse((await handler(event, CONTEXT)).body)).toEqual({ what: 'view', caller: 'demo' });
  });

  test('that is asked for a resource of others is wired wrongly', async () => {
    expect(await ask(handler, { path: '/v1/owner' })).toEqual(INTERNAL);
  });
});

describe('a request that may not be answered', () => {
  test.each([
    [
      'an address outside the allow-list',
      { addressAllowed: 'false' },
      'The API key may not be used from this address.',
    ],
    ['an address verdict that is odd', { addressAllowed: 'TRUE' }, 'The API key may not be used from this address.'],
    ['a key without the scope', { scopes: 'write reader' }, 'The API key does not have the scope "read".'],
    ['a key without scopes', { scopes: '' }, 'The API key does not have the scope "read".'],
  ])('%s is 403', async (_, changed, detail) => {
    const answer = await ask(httpFunction(READ, greeting), { authorizer: { ...CALLER, ...changed } });
    expect(answer).toEqual(forbidden(detail));
  });

  test('a person whose groups name no client reads why', async () => {
    const refused = { ...CALLER, clientId: '-', scopes: '', addressAllowed: 'false', refusal: 'You are in no group.' };
    const title = 'The groups of the user name no client';
    expect(await ask(httpFunction(READ, greeting), { authorizer: refused })).toEqual({
      status: 403,
      headers: PROBLEM_HEADERS,
      json: body(403, 'USER_WITHOUT_CLIENT', title, 'You are in no group.'),
    });
  });

  test.each([
    ['no authorizer', undefined],
    ['null', null],
    ['an empty context', {}],
    ['no client', { ...CALLER, clientId: undefined }],
    ['an empty client', { ...CALLER, clientId: '' }],
    ['a client that is no text', { ...CALLER, clientId: 7 }],
    ['no scopes', { ...CALLER, scopes: undefined }],
    ['no address verdict', { ...CALLER, addressAllowed: undefined }],
  ])('fails closed with %s: 500, logged with its cause', async (_, authorizer) => {
    expect(await ask(httpFunction(READ, greeting), { authorizer })).toEqual(INTERNAL);
    expect(log.lines).toMatchObject([{ level: 'error', code: 'INTERNAL_ERROR', error: expect.any(Error) }]);
  });

  test('another method is 405 with the allowed ones, before anything about the key', async () => {
    const asked = { method: 'PUT', path: '/v1/owner', authorizer: {} };
    const answer = await ask(httpFunction(answering('owner-upload'), greeting), asked);
    expect(answer).toEqual({
      status: 405,
      headers: { ...PROBLEM_HEADERS, Allow: 'DELETE, POST' },
      json: body(405, 'METHOD_NOT_ALLOWED', 'The route does not take this method', 'This route takes DELETE and POST.'),
    });
    expect(log.lines).toMatchObject([{ level: 'info', outcome: 'refused', status: 405, code: 'METHOD_NOT_ALLOWED' }]);
  });
});

describe('what a recipe throws', () => {
  test('as a problem is that problem', async () => {
    const errors = [{ path: 'asOf', message: 'must be a day' }];
    expect(await ask(failing(new HttpProblem('INVALID_PARAMETER', 'Bad day.', { errors })))).toEqual({
      status: 400,
      headers: PROBLEM_HEADERS,
      json: { ...body(400, 'INVALID_PARAMETER', 'A parameter is not valid', 'Bad day.'), errors },
    });
  });

  test('as a refusal is the problem of its code, with what is wrong', async () => {
    const errors = [{ path: 'profiles.pet-owner', message: 'changed by key k2 at 2026-11-22T10:00:00.000Z' }];
    expect(await ask(failing(new RefusedError('DRAFT_CHANGED', 'Read the draft again.', errors)))).toEqual({
      status: 409,
      headers: PROBLEM_HEADERS,
      json: {
        ...body(409, 'DRAFT_CHANGED', 'The draft was changed meanwhile', 'Read the draft again.'),
        errors,
      },
    });
    expect(log.lines).toMatchObject([{ level: 'info', outcome: 'refused', status: 409, code: 'DRAFT_CHANGED' }]);
  });

  test('as too many runs at once is 429 with Retry-After', async () => {
    expect(await ask(failing(new TooManyRunsError('previews', 3)))).toEqual({
      status: 429,
      headers: { ...PROBLEM_HEADERS, 'Retry-After': '30', RateLimit: '"runs";r=0', 'RateLimit-Policy': '"runs";q=3' },
      json: body(429, 'RATE_LIMITED', 'Too many requests', '3 previews are running. Wait for one, or cancel it.'),
    });
  });

  test.each(['GET', 'POST'] as const)('as a permanent fault is ours, whatever was sent (%s)', async (method) => {
    const handler = failing(new PermanentError('PAGE_DAMAGED', 'secret detail'), method);
    expect(await ask(handler, { method })).toEqual(INTERNAL);
  });

  const named = (name: string) => Object.assign(new Error('secret detail'), { name });
  test.each([
    ['a passing error', new TransientError('secret detail')],
    ['a throttle', named('ProvisionedThroughputExceededException')],
    ['a time-out', named('TimeoutError')],
    ['a dropped connection', Object.assign(new Error('secret detail'), { code: 'ECONNRESET' })],
    ['a fault of AWS', Object.assign(new Error('secret detail'), { $metadata: { httpStatusCode: 502 } })],
    ['a wrapped throttle', new Error('secret detail', { cause: named('ThrottlingException') })],
  ])('as %s is 503 with Retry-After', async (_, error) => {
    expect(await ask(failing(error))).toEqual({
      status: 503,
      headers: { ...PROBLEM_HEADERS, 'Retry-After': '2' },
      json: body(
        503,
        'SERVICE_UNAVAILABLE',
        'The service cannot answer just now',
        'The service is busy or cut off for a moment. Please try again.',
      ),
    });
    expect(log.lines).toMatchObject([{ level: 'warn', outcome: 'failed', status: 503, error }]);
  });

  test.each([
    ['an error', new Error('secret detail')],
    ['a refusal of AWS', named('AccessDeniedException')],
    ['a text', 'secret detail'],
    ['a hostile object', { name: {}, cause: null }],
  ])('as %s is 500, reveals nothing and is logged once', async (_, error) => {
    expect(await ask(failing(error))).toEqual(INTERNAL);
    expect(log.lines).toMatchObject([{ level: 'error', outcome: 'failed', status: 500, error }]);
  });

  test('a cause that goes in circles ends', async () => {
    const error = new Error('circle');
    error.cause = error;
    expect(await ask(failing(error))).toEqual(INTERNAL);
  });

  test('all are problems by the contract', async () => {
    for (const error of [new TransientError('x'), new Error('x'), new HttpProblem('OWNER_NOT_FOUND', 'x')]) {
      expect(problemAnswer.parse((await ask(failing(error))).json)).toBeDefined();
    }
  });
});

test('a recipe that hangs is answered with 503 before Lambda would end it', async () => {
  const handler = httpFunction(READ, () => new Promise<APIGatewayProxyResult>(() => {}));
  const context = { ...CONTEXT, getRemainingTimeInMillis: () => 300 };
  expect((await handler(httpEvent(), context)).statusCode).toBe(503);
});
