/** The gateway, with functions that are plain functions here. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Invoke } from '../../local/functions/pool.ts';
import { startGateway } from '../../local/gateway/server.ts';
import { tokenBucket } from '../../local/gateway/throttle.ts';
import type { ApiSpec, AuthorizerSpec, GatewayResponseSpec } from '../../local/template/api.ts';

type Event = Record<string, unknown> & { requestContext: Record<string, unknown> };

const answer = (status: number, code: string): GatewayResponseSpec => ({
  status,
  headers: { 'X-Request-Id': 'context.requestId', 'Content-Type': "'application/problem+json'" },
  templates: {
    'application/json': `{"code":"${code}","requestId":"$context.requestId","said":$context.error.messageString}`,
  },
});
const keyed = (id: string, ttlMs: number): AuthorizerSpec => ({
  id,
  functionName: 'authorizer',
  kind: 'REQUEST',
  identitySources: ['method.request.header.X-Api-Key'],
  ttlMs,
});
const method = (functionName: string, authorizer?: AuthorizerSpec, timeoutMs = 5000) => ({
  functionName,
  timeoutMs,
  authorizer,
});

const api: ApiSpec = {
  id: 'local',
  stage: 'live',
  binaryTypes: ['application/json'],
  throttle: undefined,
  routes: [
    {
      path: '/v1/echo',
      methods: new Map([
        ['ANY', method('echo')],
        ['DELETE', method('empty')],
      ]),
    },
    { path: '/v1/echo/{id}', methods: new Map([['GET', method('echo')]]) },
    { path: '/v1/mine', methods: new Map([['ANY', method('echo', keyed('plain', 0))]]) },
    { path: '/v1/remembered', methods: new Map([['ANY', method('echo', keyed('remembering', 60_000))]]) },
    ...['throws', 'malformed', 'binary'].map((name) => ({
      path: `/${name}`,
      methods: new Map([['ANY', method(name)]]),
    })),
    { path: '/slow', methods: new Map([['ANY', method('slow', undefined, 20)]]) },
  ],
  responses: new Map([
    ['UNAUTHORIZED', answer(401, 'MISSING_API_KEY')],
    ['ACCESS_DENIED', answer(401, 'INVALID_API_KEY')],
    ['MISSING_AUTHENTICATION_TOKEN', answer(404, 'ROUTE_NOT_FOUND')],
    ['REQUEST_TOO_LARGE', answer(413, 'PAYLOAD_TOO_LARGE')],
    ['INTEGRATION_TIMEOUT', answer(503, 'SERVICE_UNAVAILABLE')],
    ['DEFAULT_5XX', answer(500, 'INTERNAL_ERROR')],
    ['DEFAULT_4XX', { ...answer(400, 'BAD'), status: undefined }],
  ]),
};

const policy = (Effect: string, Resource: string) => ({
  Version: '2012-10-17',
  Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }],
});
let asked = 0;
const functions: Record<string, (event: Event) => unknown> = {
  echo: (event) => ({ statusCode: 200, multiValueHeaders: { 'X-Many': ['a', 'b'] }, body: JSON.stringify(event) }),
  empty: () => ({ statusCode: 204 }),
  throws: () => {
    throw new Error('internal detail');
  },
  malformed: () => 'just text',
  binary: () => ({
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from([0, 255]).toString('base64'),
    isBase64Encoded: true,
  }),
  slow: () => new Promise(() => {}),
  authorizer: (event) => {
    asked += 1;
    const key = (event['headers'] as Record<string, string>)['X-Api-Key'];
    if (key === 'unauthorized') throw new Error('Unauthorized');
    if (key === 'broken') throw new Error('Broken');
    if (key === 'nonsense') return { principalId: 1 };
    return {
      principalId: 'demo',
      policyDocument: policy(
        key === 'denied' ? 'Deny' : 'Allow',
        key === 'elsewhere' ? 'arn:aws:execute-api:*/live/GET/v1/other' : 'arn:aws:execute-api:*:*:local/live/*',
      ),
      context: { clientId: 'demo', limit: 3, ok: true },
    };
  },
};
const invoke =
  (name: string): Invoke =>
  async (event) => {
    try {
      return { ok: true, payload: JSON.stringify((await functions[name]!(event as Event)) ?? null) };
    } catch (error) {
      return { ok: false, error: { errorType: 'Error', errorMessage: (error as Error).message } };
    }
  };

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway({ api, region: 'eu-central-1', account: '000000000000', port: 0, invoke });
});
afterAll(() => gateway.close());

const get = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(gateway.url + path, init);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text.startsWith('{') ? JSON.parse(text) : undefined,
  };
};
const withKey = (key: string): RequestInit => ({ headers: { 'X-Api-Key': key } });

test('the event of a request', async () => {
  const { json, headers, status } = await get('/v1/echo/%C5%BC%2F1?a=1&a=x+y%2B&b', { headers: { 'X-One': '1' } });
  expect(status).toBe(200);
  expect(headers.get('x-many')).toBe('a, b');
  expect(json).toMatchObject({
    resource: '/v1/echo/{id}',
    // The path as it was sent, the query decoded, as REST APIs pass them on.
    path: '/v1/echo/%C5%BC%2F1',
    pathParameters: { id: '%C5%BC%2F1' },
    httpMethod: 'GET',
    headers: { 'X-One': '1', 'X-Forwarded-For': '127.0.0.1' },
    multiValueQueryStringParameters: { a: ['1', 'x y+'], b: [''] },
    queryStringParameters: { a: 'x y+', b: '' },
    body: null,
    isBase64Encoded: false,
    requestContext: { stage: 'live', identity: { sourceIp: '127.0.0.1' }, requestId: headers.get('x-amzn-requestid') },
  });
});

test('path parameters, no query, body as text or, for a binary type, as base64', async () => {
  expect((await get('/v1/echo/ab%20c')).json).toMatchObject({
    resource: '/v1/echo/{id}',
    pathParameters: { id: 'ab%20c' },
    queryStringParameters: null,
  });
  expect(
    (await get('/v1/echo', { method: 'POST', body: 'żółw', headers: { 'content-type': 'text/plain' } })).json,
  ).toMatchObject({ body: 'żółw', isBase64Encoded: false, pathParameters: null });
  const body = gzipSync('{}');
  const { json } = await get('/v1/echo', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json; charset=utf-8', 'content-encoding': 'gzip' },
  });
  expect(json).toMatchObject({ body: body.toString('base64'), isBase64Encoded: true });
});

test('a named method goes before ANY; HEAD has no body', async () => {
  expect((await get('/v1/echo', { method: 'DELETE' })).status).toBe(204);
  const head = await get('/v1/echo', { method: 'HEAD' });
  expect([head.status, head.text]).toEqual([200, '']);
});

test('the authorizer and what the gateway says for it', async () => {
  const says = async (init: RequestInit) => {
    const { status, json, headers } = await get('/v1/mine', init);
    expect(headers.get('x-request-id') ?? json.requestContext.requestId).toBe(headers.get('x-amzn-requestid'));
    return [status, json.code ?? json.requestContext.authorizer];
  };
  expect(await says({})).toEqual([401, 'MISSING_API_KEY']);
  expect(await says(withKey('unauthorized'))).toEqual([401, 'MISSING_API_KEY']);
  expect(await says(withKey('denied'))).toEqual([401, 'INVALID_API_KEY']);
  expect(await says(withKey('elsewhere'))).toEqual([401, 'INVALID_API_KEY']);
  expect(await says(withKey('broken'))).toEqual([500, 'INTERNAL_ERROR']);
  expect(await says(withKey('nonsense'))).toEqual([500, 'INTERNAL_ERROR']);
  expect(await says(withKey('good'))).toEqual([200, { clientId: 'demo', limit: '3', ok: 'true', principalId: 'demo' }]);
});

test('an authorizer answer is cached for its time, if the template says so', async () => {
  asked = 0;
  for (let n = 0; n < 3; n += 1) await get('/v1/remembered', withKey('good'));
  expect(asked).toBe(1);
  for (let n = 0; n < 3; n += 1) await get('/v1/mine', withKey('good'));
  expect(asked).toBe(4);
});

test('answers of the gateway itself reveal nothing internal', async () => {
  const code = async (path: string, init?: RequestInit) => {
    const { status, json, headers } = await get(path, init);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(json.requestId).toBe(headers.get('x-request-id'));
    return [status, json.code];
  };
  expect(await code('/nowhere')).toEqual([404, 'ROUTE_NOT_FOUND']);
  expect(await code('/v1/echo/1', { method: 'PUT' })).toEqual([404, 'ROUTE_NOT_FOUND']);
  expect(await code('/v1/echo?%ff=a')).toEqual([400, 'BAD']);
  expect(await code('/throws')).toEqual([500, 'INTERNAL_ERROR']);
  expect(await code('/malformed')).toEqual([500, 'INTERNAL_ERROR']);
  expect(await code('/slow')).toEqual([503, 'SERVICE_UNAVAILABLE']);
  expect(await code('/v1/echo', { method: 'POST', body: Buffer.alloc(10_485_761) })).toEqual([
    413,
    'PAYLOAD_TOO_LARGE',
  ]);
});

test('base64 of a function is decoded for those who accept the binary type', async () => {
  expect((await get('/binary', { headers: { accept: 'application/json' } })).text).toBe(
    Buffer.from([0, 255]).toString(),
  );
  expect((await get('/binary', { headers: { accept: 'text/html' } })).text).toBe('AP8=');
});

test('what is not HTTP gets an answer too', async () => {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  socket.end('GET / HTTP/9\r\nnonsense\r\n\r\n');
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  expect(text).toMatch(/^HTTP\/1\.1 400 .*"code":"BAD"/s);
});

test('throttling: a bucket that fills with time', () => {
  let now = 0;
  const mayPass = tokenBucket(2, 3, () => now);
  expect([mayPass(), mayPass(), mayPass(), mayPass()]).toEqual([true, true, true, false]);
  now = 500;
  expect([mayPass(), mayPass()]).toEqual([true, false]);
  now = 60_000;
  expect([mayPass(), mayPass(), mayPass(), mayPass()]).toEqual([true, true, true, false]);
});
