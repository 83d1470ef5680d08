/** One request through the gateway of the local service: its reading of paths and queries, its authorizer, its own answers. */
import type { IncomingMessage } from 'node:http';
import { request as httpRequest } from 'node:http';
import { type ResponseType, renderAnswer } from '../../local/gateway/answers.ts';
import { type Authorize, createAuthorize } from '../../local/gateway/authorize.ts';
import { proxyEvent, type Scene } from '../../local/gateway/events.ts';
import { readRequest, UnreadableRequest } from '../../local/gateway/request.ts';
import { toHttp } from '../../local/gateway/response.ts';
import { findRoute } from '../../local/gateway/router.ts';
import type { ApiSpec } from '../../local/template/api.ts';
import type { Functions } from './functions.ts';

export type Asked = {
  readonly method: string;
  /** Path and query as they are written on the wire. */
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
};
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};
export type Ask = (asked: Asked) => Promise<Answer>;

export const SOURCE_IP = '198.51.100.7';

export function askInProcess(api: ApiSpec, functions: Functions, folderOf: (functionName: string) => string): Ask {
  const invoke = functions.invoke(folderOf);
  const authorize: Authorize = createAuthorize(invoke);
  let count = 0;
  return async ({ method, target, headers, body }) => {
    const id = `fuzz-${++count}`;
    const message = { url: target, method, rawHeaders: headers.flat(), socket: { remoteAddress: SOURCE_IP } };
    const own = (type: ResponseType): Answer => {
      const accept = headers.find(([name]) => name.toLowerCase() === 'accept')?.[1];
      const answer = renderAnswer(api.responses, type, { requestId: id, stage: api.stage }, accept);
      return { ...answer, headers: lowerCased(Object.entries(answer.headers)) };
    };
    let request: ReturnType<typeof readRequest>;
    try {
      request = readRequest(message as unknown as IncomingMessage, id, 443);
    } catch (error) {
      if (error instanceof UnreadableRequest) return own('BAD_REQUEST_PARAMETERS');
      throw error;
    }
    const match = findRoute(api.routes, request);
    if (!match) return own('MISSING_AUTHENTICATION_TOKEN');
    const scene: Scene = { api, request, match, region: 'eu-central-1', account: '000000000000' };
    const { authorizer, functionName } = match.method;
    const verdict = authorizer && (await authorize(authorizer, scene));
    if (verdict && !verdict.allowed) return own(verdict.answer);
    const outcome = await invoke(functionName)(proxyEvent(scene, verdict?.context, body));
    if (!outcome.ok) return own('DEFAULT_5XX');
    const answer = toHttp(outcome.payload, request, api.binaryTypes);
    if (!answer) return own('DEFAULT_5XX');
    const all = lowerCased(answer.headers);
    return {
      status: answer.status,
      headers: { 'content-type': 'application/json', ...all },
      body: answer.body.toString(),
    };
  };
}

/** The same over a real connection; requests that Node's client refuses to send are left out. */
export function askOverHttp(url: string): Ask {
  const { hostname, port } = new URL(url);
  return ({ method, target, headers, body }) =>
    new Promise((resolve, reject) => {
      const grouped: Record<string, string[]> = {};
      for (const [name, value] of headers) grouped[name] = [...(grouped[name] ?? []), value];
      if (body.length > 0) grouped['content-length'] = [String(body.length)];
      const outgoing = httpRequest({ hostname, port, path: target, method, headers: grouped }, (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part) => parts.push(part));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const all = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as const);
          resolve({
            status: incoming.statusCode ?? 0,
            headers: lowerCased(all),
            body: Buffer.concat(parts).toString(),
          });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
}

const lowerCased = (headers: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
