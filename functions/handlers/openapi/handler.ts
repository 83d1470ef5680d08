import type { APIGatewayProxyEvent } from 'aws-lambda';
import { openApiDocument } from '../../contracts/openapi/document.ts';
import { importMessageJsonSchema } from '../../contracts/openapi/import-message-schema.ts';
import { httpRoutes, json } from '../../http/http-function.ts';

const DOCUMENT = openApiDocument();
const IMPORT_MESSAGE = importMessageJsonSchema();

/** The descriptions of the API and of the import message; they need no key. */
export const handler = httpRoutes('openapi', {
  'GET /v1/openapi.json': async (event) => json(200, { ...DOCUMENT, servers: [{ url: baseUrlOf(event) }] }),
  'GET /v1/import-message.schema.json': async () => json(200, IMPORT_MESSAGE),
});

/**
 * Absolute, because generators of clients take no relative one: with the gateway's stage, which an own domain does not have in its paths.
 * The gateway says which protocol was used; on one machine nothing does.
 */
function baseUrlOf({ path, headers, requestContext }: APIGatewayProxyEvent): string {
  const { domainName = '', path: whole = path } = requestContext;
  const stage = whole.endsWith(path) ? whole.slice(0, -path.length) : '';
  return `${headers['X-Forwarded-Proto'] ?? 'http'}://${domainName}${stage}`;
}
