import { gunzipSync } from 'node:zlib';
import { importMessageSchema } from '../../../../functions/contracts/import/import-message.ts';
import { openApiDocument } from '../../../../functions/contracts/openapi/document.ts';
import { importMessageJsonSchema } from '../../../../functions/contracts/openapi/import-message-schema.ts';
import { handler } from '../../../../functions/handlers/openapi/handler.ts';
import { ask, CONTEXT, httpEvent, JSON_HEADERS } from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

captureLog();
const HTTPS = { 'X-Forwarded-Proto': 'https' };
const DEPLOYED = { domainName: 'abc.execute-api.eu-central-1.amazonaws.com', path: '/live/v1/openapi.json' };

test('answers the document to anyone', async () => {
  const asked = { path: '/v1/openapi.json', authorizer: undefined, place: DEPLOYED, headers: HTTPS };
  expect(await ask(handler, asked)).toEqual({
    status: 200,
    headers: JSON_HEADERS,
    json: {
      ...JSON.parse(JSON.stringify(openApiDocument())),
      servers: [{ url: 'https://abc.execute-api.eu-central-1.amazonaws.com/live' }],
    },
  });
});

test.each([
  ['on one machine', { domainName: '127.0.0.1:3000', path: '/v1/openapi.json' }, 'http://127.0.0.1:3000', {}],
  [
    'at a domain of its own',
    { domainName: 'profiles.example.com', path: '/v1/openapi.json' },
    'https://profiles.example.com',
    HTTPS,
  ],
  [
    'whatever a caller says of the protocol',
    { domainName: 'profiles.example.com', path: '/v1/openapi.json' },
    'http://profiles.example.com',
    { 'X-Forwarded-Proto': 'https://elsewhere.example/?' },
  ],
])('names the server %s', async (_, place, url, headers) => {
  const { json } = await ask(handler, { path: '/v1/openapi.json', authorizer: undefined, place, headers });
  expect(json.servers).toEqual([{ url }]);
});

test('answers the form of an import message to anyone', async () => {
  const { status, json } = await ask(handler, { path: '/v1/import-message.schema.json', authorizer: undefined });
  expect({ status, json }).toEqual({ status: 200, json: JSON.parse(JSON.stringify(importMessageJsonSchema())) });
  expect(Object.keys(json.properties)).toEqual(Object.keys(importMessageSchema.shape));
  expect(json.required).toEqual(['type', 'version', 'clientId', 'importId', 'source', 'importedAt', 'ownerExternalId']);
});

test('explains the problems to anyone, on a page that loads nothing', async () => {
  const asked = httpEvent({ path: '/v1/problems', authorizer: undefined, headers: { 'Accept-Encoding': 'gzip' } });
  const { statusCode, headers, body } = await handler(asked, CONTEXT);
  expect({ statusCode, headers }).toMatchObject({
    statusCode: 200,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Encoding': 'gzip' },
  });
  const page = gunzipSync(Buffer.from(body, 'base64')).toString();
  expect(page).toContain('<h2 id="owner_not_found">OWNER_NOT_FOUND</h2>');
  expect(page).not.toMatch(/<script|<link|<img|src=|url\(/);
});

test('takes GET alone', async () => {
  const answer = await ask(handler, { method: 'POST', path: '/v1/openapi.json', authorizer: undefined });
  expect(answer).toMatchObject({ status: 405, headers: { Allow: 'GET, HEAD' } });
});
