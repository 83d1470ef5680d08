import type { APIGatewayProxyEvent } from 'aws-lambda';
import { openApiDocument } from '../../contracts/openapi/document.ts';
import { answering, httpFunction, json } from '../../http/http-function.ts';

const DOCUMENT = openApiDocument();

/** `GET /v1/openapi.json`: the API's own description, for which no key is needed. */
export const handler = httpFunction(answering('openapi'), async (event) =>
  json(200, { ...DOCUMENT, servers: [{ url: baseUrlOf(event) }] }),
);

/**
 * Whole, for generators of clients take no relative one: with the gateway's stage, which an own domain does not have in its paths. The
 * gateway says by which protocol it was asked; on one machine nobody does.
 */
function baseUrlOf({ path, headers, requestContext }: APIGatewayProxyEvent): string {
  const { domainName = '', path: whole = path } = requestContext;
  const stage = whole.endsWith(path) ? whole.slice(0, -path.length) : '';
  return `${headers['X-Forwarded-Proto'] ?? 'http'}://${domainName}${stage}`;
}
