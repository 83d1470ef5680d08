import { openApiDocument } from '../../contracts/openapi/document.ts';
import { answering, httpFunction } from '../../http/http-function.ts';

/** The same for everyone, so it is made once. */
const DOCUMENT = JSON.stringify(openApiDocument());

/** `GET /v1/openapi.json`: the API's own description, for which no key is needed. */
export const handler = httpFunction(answering('openapi'), async () => ({
  statusCode: 200,
  headers: { 'Content-Type': 'application/json' },
  body: DOCUMENT,
}));
