/** Runs in front of dynalite, which checks no caller: reads the body, and passes on what the caller may request. */
import { EventEmitter } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { readBody } from '../http.ts';
import type { Access } from '../iam/access.ts';
import type { Request } from '../iam/statements.ts';

/** dynalite's own. */
const MAX_REQUEST = 16 * 1_048_576;

export function guardTable(
  server: Server,
  access: Access,
  requestsOf: (action: string, input: Readonly<Record<string, unknown>>) => Request[],
): void {
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request, MAX_REQUEST).catch(() => undefined);
    if (!body) return response.writeHead(413).end();
    const refusal = refusalOf(access, requestsOf, request, body);
    if (refusal === undefined) {
      const { headers, method, url } = request;
      // dynalite listens to what comes, and reads nothing else: a stream took a fifth of its time.
      const again = Object.assign(new EventEmitter(), { headers, method, url });
      for (const listener of listeners) listener.call(server, again, response);
      if (body.length > 0) again.emit('data', body);
      again.emit('end');
      return;
    }
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException', Message: refusal }));
  });
}

function refusalOf(
  access: Access,
  requestsOf: (action: string, input: Readonly<Record<string, unknown>>) => Request[],
  request: IncomingMessage,
  body: Buffer,
): string | undefined {
  const action = /\.(\w+)$/.exec(String(request.headers['x-amz-target'] ?? ''))?.[1];
  if (action === undefined) return undefined;
  let input: unknown;
  try {
    input = JSON.parse(body.toString());
  } catch {
    // dynalite reports what is wrong with it.
    return undefined;
  }
  return access.refusal(request, requestsOf(action, input as Readonly<Record<string, unknown>>));
}
