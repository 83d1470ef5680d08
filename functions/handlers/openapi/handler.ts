import { openApiDocument } from '../../contracts/openapi/document.ts';
import { importMessageJsonSchema } from '../../contracts/openapi/import-message-schema.ts';
import { problemsPage } from '../../contracts/openapi/problems-page.ts';
import { httpRoutes, json } from '../../http/http-function.ts';
import { baseUrlOf } from '../../http/location.ts';

const DOCUMENT = openApiDocument();
const IMPORT_MESSAGE = importMessageJsonSchema();
const PROBLEMS_PAGE = {
  statusCode: 200,
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    // It loads and runs nothing, wherever it is shown.
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
  },
  body: problemsPage(),
};

/** The descriptions of the API, of its problems and of the import message; they need no key. */
export const handler = httpRoutes('openapi', {
  // Absolute, because generators of clients take no relative one.
  'GET /v1/openapi.json': async (event) => json(200, { ...DOCUMENT, servers: [{ url: baseUrlOf(event) }] }),
  'GET /v1/import-message.schema.json': async () => json(200, IMPORT_MESSAGE),
  'GET /v1/problems': async () => ({ ...PROBLEMS_PAGE }),
});
