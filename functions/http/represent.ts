/**
 * Middleware: how an answer travels. `HEAD` is answered as `GET` without its body; an answer that the asker has already (`If-None-Match`)
 * is 304; one of more than a kilobyte is gzipped where that is accepted (RFC 9110, sections 9.3.2, 13.1.2 and 12.5.3).
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { headerOf, isKnownTo } from './etag.ts';

/** Below it a packet holds the answer either way. */
const WORTH_PACKING = 1_024;

export function represent(): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    after: ({ event, response }) => {
      if (!response || response.statusCode === 204) return;
      if (isReading(event) && response.statusCode === 200) tag(event, response);
      if (event.httpMethod === 'HEAD') response.body = '';
      pack(event, response);
    },
    onError: ({ event, response }) => {
      if (response && event.httpMethod === 'HEAD') response.body = '';
    },
  };
}

function isReading({ httpMethod }: APIGatewayProxyEvent): boolean {
  return httpMethod === 'GET' || httpMethod === 'HEAD';
}

/** The tag is weak, because a gzipped answer has other bytes. */
function tag(event: APIGatewayProxyEvent, response: APIGatewayProxyResult): void {
  const known = response.headers?.['ETag'];
  const version =
    known === undefined
      ? createHash('sha256').update(response.body).digest('base64url').slice(0, 22)
      : String(known).slice(1, -1);
  response.headers = { ...response.headers, ETag: String(known ?? `W/"${version}"`) };
  if (!isKnownTo(event, version)) return;
  const { 'Content-Type': _, ...headers } = response.headers;
  Object.assign(response, { statusCode: 304, headers, body: '' });
}

function pack(event: APIGatewayProxyEvent, response: APIGatewayProxyResult): void {
  if (response.body.length < WORTH_PACKING || response.isBase64Encoded) return;
  response.headers = { ...response.headers, Vary: 'Accept-Encoding' };
  if (!takesGzip(headerOf(event, 'accept-encoding') ?? '')) return;
  response.headers['Content-Encoding'] = 'gzip';
  response.body = gzipSync(response.body).toString('base64');
  response.isBase64Encoded = true;
}

/** Without a word of it, or refused by `q=0`, the answer stays plain. */
function takesGzip(accepted: string): boolean {
  const codings = accepted.split(',').map((each) =>
    each
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/),
  );
  const found = codings.find(([name]) => name === 'gzip') ?? codings.find(([name]) => name === '*');
  return found !== undefined && !/^q=0(\.0*)?$/.test(found[1] ?? '');
}
