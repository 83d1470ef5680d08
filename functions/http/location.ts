/** Addresses: of the API itself, and of what a request made. */
import type { APIGatewayProxyEvent } from 'aws-lambda';

/**
 * The address of the API, without a slash at its end: with the gateway's stage, which an own domain does not have in its paths.
 * The gateway says which protocol was used; where a caller may say it, nothing else can get into the address by it.
 */
export function baseUrlOf({ path, headers, requestContext }: APIGatewayProxyEvent): string {
  const { domainName = '', path: whole = path } = requestContext;
  const stage = whole.endsWith(path) ? whole.slice(0, -path.length) : '';
  const protocol = headers?.['X-Forwarded-Proto'] === 'https' ? 'https' : 'http';
  return `${protocol}://${domainName}${stage}`;
}

/**
 * An address below the one that was asked, relative to it: neither the stage nor a domain of the client's own that leads to it
 * need be known (RFC 9110, section 10.2.2).
 */
export function locationOf({ path }: APIGatewayProxyEvent, id: string): string {
  if (path.endsWith('/')) return id;
  return `${path.slice(path.lastIndexOf('/') + 1)}/${id}`;
}

/** Where the status of an import is asked for. */
export function importPlace(importId: string, ownerExternalId: string): string {
  return `/v1/imports/${encodeURIComponent(importId)}?ownerExternalId=${encodeURIComponent(ownerExternalId)}`;
}
