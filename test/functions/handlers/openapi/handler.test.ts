import { openApiDocument } from '../../../../functions/contracts/openapi/document.ts';
import { handler } from '../../../../functions/handlers/openapi/handler.ts';
import { ask, JSON_HEADERS } from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

captureLog();

test('answers the document to anyone', async () => {
  expect(await ask(handler, { path: '/v1/openapi.json', authorizer: undefined })).toEqual({
    status: 200,
    headers: JSON_HEADERS,
    json: JSON.parse(JSON.stringify(openApiDocument())),
  });
});

test('takes GET alone', async () => {
  const answer = await ask(handler, { method: 'POST', path: '/v1/openapi.json', authorizer: undefined });
  expect(answer).toMatchObject({ status: 405, headers: { Allow: 'GET' } });
});
