/**
 * API Gateway on one machine: throttles, finds the route, asks the authorizer, calls the function, and sends its own answers where the
 * gateway would.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Invoke } from '../functions/pool.ts';
import { BodyTooLarge, closeServer, LOOPBACK, listen, type Outside, readBody } from '../http.ts';
import type { ApiSpec } from '../template/api.ts';
import type { AnswerContext, ResponseType } from './answers.ts';
import { renderAnswer } from './answers.ts';
import { createAuthorize } from './authorize.ts';
import type { Scene } from './events.ts';
import { proxyEvent } from './events.ts';
import type { GatewayRequest } from './request.ts';
import { header, readRequest, UnreadableRequest } from './request.ts';
import { toHttp } from './response.ts';
import { findRoute } from './router.ts';
import { tokenBucket } from './throttle.ts';
import { openUsage, type PlanOf } from './usage.ts';

export type GatewayOptions = {
  readonly api: ApiSpec;
  readonly region: string;
  readonly account: string;
  readonly port: number;
  readonly outside?: Outside | undefined;
  readonly invoke: (functionName: string) => Invoke;
  /** The plan of a key that the authorizer names. */
  readonly planOf?: PlanOf;
  /** Milliseconds, for the limits. */
  readonly now?: () => number;
  /** What else is served on the same address; returns whether it handled a request. */
  readonly beside?: (message: IncomingMessage, response: ServerResponse) => boolean;
};

const MAX_BODY = 10 * 1_048_576;

export async function startGateway(options: GatewayOptions) {
  const { api, region, account, port, outside, invoke, beside, planOf = () => undefined, now } = options;
  const authorize = createAuthorize(invoke);
  const mayPass = api.throttle ? tokenBucket(api.throttle.rate, api.throttle.burst, now) : () => true;
  const counted = openUsage(planOf, now);
  let bound = port;

  const render = (type: ResponseType, id: string, request?: GatewayRequest) => {
    const known: AnswerContext = {
      requestId: id,
      extendedRequestId: id,
      stage: api.stage,
      ...(request && { httpMethod: request.method, path: request.path, 'identity.sourceIp': request.sourceIp }),
    };
    const answer = renderAnswer(api.responses, type, known, request && header(request.headers, 'accept'));
    if (api.deployedAt === undefined) return answer;
    const host = (request && header(request.headers, 'host')) ?? `${LOOPBACK}:${bound}`;
    const address = JSON.stringify(`http://${host}`).slice(1, -1);
    return { ...answer, body: answer.body.replaceAll(api.deployedAt, () => address) };
  };

  /** The gateway's own answer, or nothing when the function's answer was sent. */
  const serve = async (
    message: IncomingMessage,
    response: ServerResponse,
    request: GatewayRequest,
  ): Promise<ResponseType | undefined> => {
    if (!mayPass()) return 'THROTTLED';
    const match = findRoute(api.routes, request);
    if (!match) return 'MISSING_AUTHENTICATION_TOKEN';
    const scene: Scene = { api, request, match, region, account };
    const { authorizer, functionName, timeoutMs, counted: name } = match.method;
    // The body arrives while the authorizer runs.
    const body = readBody(message, MAX_BODY);
    body.catch(() => {});
    const verdict = authorizer && (await authorize(authorizer, scene));
    if (verdict && !verdict.allowed) return verdict.answer;
    const refusal = api.usage && name !== undefined ? counted(verdict?.usageKey, name) : undefined;
    if (refusal) return refusal;
    const event = proxyEvent(scene, verdict?.context, await body);
    const outcome = await inTime(invoke(functionName)(event), timeoutMs);
    if (outcome === 'late') return 'INTEGRATION_TIMEOUT';
    if (!outcome.ok)
      return outcome.error.errorType === 'RequestTooLargeException' ? 'REQUEST_TOO_LARGE' : 'DEFAULT_5XX';
    const answer = toHttp(outcome.payload, request, api.binaryTypes);
    if (!answer) return 'DEFAULT_5XX';
    send(response, answer);
    return undefined;
  };

  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, connectionsCheckingInterval: 5_000 });
  server.keepAliveTimeout = 65_000;
  server.on('request', async (message, response) => {
    if (beside?.(message, response)) return;
    const id = randomUUID();
    response.setHeader('x-amzn-RequestId', id);
    let request: GatewayRequest | undefined;
    let type: ResponseType | undefined;
    try {
      request = readRequest(message, id, bound);
      type = await serve(message, response, request);
    } catch (error) {
      type = typeOf(error, message);
    }
    if (type === undefined || response.headersSent) return;
    const { status, headers, body } = render(type, id, request);
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
    // Drain the rest of a body that is not used.
    message.resume();
  });
  server.on('clientError', (_, socket) => {
    const id = randomUUID();
    if (socket.writable) refuse(socket, id, render('BAD_REQUEST_PARAMETERS', id));
  });
  bound = await listen(server, port, { anyOrigin: true, ...(outside && { outside }) });
  return { url: `http://${addressOf(outside)}:${bound}`, close: () => closeServer(server, 2000) };
}

/** Its address on this machine. */
function addressOf(outside: Outside | undefined): string {
  if (!outside || outside.host === '0.0.0.0' || outside.host === '::') return LOOPBACK;
  return isIPv6(outside.host) ? `[${outside.host}]` : outside.host;
}

function send(response: ServerResponse, { status, headers, body }: NonNullable<ReturnType<typeof toHttp>>): void {
  response.statusCode = status;
  for (const [name, value] of headers) response.appendHeader(name, value);
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'application/json');
  if (status !== 204 && status !== 304) response.setHeader('content-length', body.length);
  response.end(body);
}

/** The gateway's answer when serving a request failed. */
function typeOf(error: unknown, message: IncomingMessage): ResponseType {
  if (error instanceof UnreadableRequest) return 'BAD_REQUEST_PARAMETERS';
  if (error instanceof BodyTooLarge) return 'REQUEST_TOO_LARGE';
  // A client that disconnects while sending is not a fault; anything else is ours.
  if (!message.destroyed || message.complete) process.stderr.write(`gateway: ${(error as Error).stack}\n`);
  return 'DEFAULT_5XX';
}

/** Answers input that is not HTTP, on the bare socket. */
function refuse(socket: Duplex, id: string, { status, headers, body }: ReturnType<typeof renderAnswer>): void {
  const lines = Object.entries({
    ...headers,
    'x-amzn-RequestId': id,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} Bad Request\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

async function inTime<Value>(work: Promise<Value>, ms: number): Promise<Value | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
