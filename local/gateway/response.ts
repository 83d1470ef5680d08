/** A function's answer to the gateway, checked as the proxy integration does. */

import { isBinary } from './events.ts';
import type { GatewayRequest } from './request.ts';
import { header } from './request.ts';

export type HttpAnswer = {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
};

/** The gateway itself sets the connection and the length. */
const OWN_HEADERS = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
]);

/** @returns nothing when the integration does not understand the answer: the caller then gets a 5xx */
export function toHttp(
  payload: string,
  request: GatewayRequest,
  binaryTypes: readonly string[],
): HttpAnswer | undefined {
  const answer: unknown = JSON.parse(payload);
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = answer as Record<string, unknown>;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined;
  if (body !== undefined && body !== null && typeof body !== 'string') return undefined;
  const single = pairs(headers, (value) => [value]);
  const multiple = pairs(multiValueHeaders, (value) => (Array.isArray(value) ? value : undefined));
  if (!single || !multiple) return undefined;
  // A header in both counts once, with the values of the list.
  const listed = new Set(multiple.map(([name]) => name.toLowerCase()));
  const all = [...single.filter(([name]) => !listed.has(name.toLowerCase())), ...multiple];
  const accepted = header(request.headers, 'accept')?.split(',')[0];
  const decode = isBase64Encoded === true && isBinary(binaryTypes, accepted);
  return {
    status,
    headers: all.filter(([name]) => !OWN_HEADERS.has(name.toLowerCase())),
    body: Buffer.from(body ?? '', decode ? 'base64' : 'utf8'),
  };
}

function pairs(headers: unknown, values: (value: unknown) => unknown[] | undefined): [string, string][] | undefined {
  if (headers === undefined || headers === null) return [];
  if (typeof headers !== 'object' || Array.isArray(headers)) return undefined;
  const all: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    const list = values(value);
    if (!list) return undefined;
    for (const item of list) if (item !== null && item !== undefined) all.push([name, String(item)]);
  }
  return all;
}
