/** A request as API Gateway sees it, before any check. */
import type { IncomingMessage } from 'node:http';

export type GatewayRequest = {
  readonly id: string;
  readonly receivedAt: Date;
  readonly method: string;
  /** As it was sent: REST APIs pass it on percent-encoded, including its parameters. */
  readonly path: string;
  /** One by one, as they were sent: an encoded slash does not separate two steps. */
  readonly steps: readonly Step[];
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly sourceIp: string;
};

export type Step = { readonly sent: string; readonly text: string };

export class UnreadableRequest extends Error {}

/** @throws UnreadableRequest when the path, or the name of a parameter, is not valid percent-encoded UTF-8 */
export function readRequest(message: IncomingMessage, id: string, port: number): GatewayRequest {
  const target = message.url ?? '/';
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const sourceIp = (message.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const headers = headersOf(message);
  const forwarded = header(headers, 'x-forwarded-for');
  const add = (name: string, value: string) => {
    const present = Object.keys(headers).find((each) => each.toLowerCase() === name.toLowerCase());
    headers[present ?? name] = [value];
  };
  add('X-Forwarded-For', forwarded ? `${forwarded}, ${sourceIp}` : sourceIp);
  add('X-Forwarded-Port', String(port));
  add('X-Forwarded-Proto', 'http');
  return {
    id,
    receivedAt: new Date(),
    method: message.method ?? 'GET',
    path,
    steps: stepsOf(path).map((sent) => ({ sent, text: decode(sent) })),
    headers,
    query: mark < 0 ? {} : queryOf(target.slice(mark + 1)),
    sourceIp,
  };
}

/** One trailing slash is ignored, as API Gateway does. */
export const stepsOf = (path: string): string[] => (path === '/' ? [] : path.replace(/\/$/, '').split('/').slice(1));

/** The last value of a header, whatever its case. */
export function header(headers: GatewayRequest['headers'], name: string): string | undefined {
  const found = Object.keys(headers).find((each) => each.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : headers[found]?.at(-1);
}

/** The last value of each, for the single-valued fields of the event. */
export const lastOf = (values: Readonly<Record<string, readonly string[]>>): Record<string, string> | null => {
  const entries = Object.entries(values);
  return entries.length === 0 ? null : Object.fromEntries(entries.map(([name, list]) => [name, list.at(-1)!]));
};

/** Names as they were sent, because Node's own table of headers is in lower case. */
function headersOf({ rawHeaders }: IncomingMessage): Record<string, string[]> {
  const spelling = new Map<string, string>();
  // No prototype: a header may have any name.
  const headers: Record<string, string[]> = Object.create(null);
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name, value] = [rawHeaders[index]!, rawHeaders[index + 1]!];
    const known = spelling.get(name.toLowerCase()) ?? name;
    spelling.set(name.toLowerCase(), known);
    headers[known] = [...(headers[known] ?? []), value];
  }
  return headers;
}

function queryOf(text: string): Record<string, string[]> {
  // No prototype: a parameter may have any name.
  const query: Record<string, string[]> = Object.create(null);
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const sign = pair.indexOf('=');
    const name = decode((sign < 0 ? pair : pair.slice(0, sign)).replaceAll('+', ' '));
    const value = sign < 0 ? '' : decodeValue(pair.slice(sign + 1).replaceAll('+', ' '));
    query[name] = [...(query[name] ?? []), value];
  }
  return query;
}

/**
 * The text of a percent-encoded value. Bytes that are not UTF-8 become lone surrogates, which no valid text has: so the function can
 * say which parameter is wrong, and never mistakes another value for it.
 */
function decodeValue(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+|%/gi, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return '\udcff'.repeat(escaped.split('%').length - 1);
    }
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UnreadableRequest('The request is not valid percent-encoded UTF-8.');
  }
}
