/**
 * How a client of the SDK sends requests whose answers are small and JSON: over connections that are kept, each answer read whole. The SDK
 * makes of it what it makes of its own handler's, retries and errors included; streams, waiting for "100 Continue" and HTTP/2 are left out.
 */
import { Agent as HttpAgent, type IncomingMessage, type OutgoingHttpHeaders, request as sendPlain } from 'node:http';
import { Agent as HttpsAgent, request as sendEncrypted } from 'node:https';

/** As the SDK has them. */
const AGENT = { keepAlive: true, maxSockets: 50 } as const;
const LONGEST_SILENCE_MS = 300_000;
const DROPPED = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** What the SDK asks for, as far as its JSON protocols do. */
type Asked = {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
};
type Options = { readonly abortSignal?: unknown; readonly requestTimeout?: number };
type Answered = {
  readonly response: { statusCode: number; reason?: string; headers: Record<string, string>; body: Uint8Array };
};

export class JsonRequests {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #plain = new HttpAgent(AGENT);
  readonly #encrypted = new HttpsAgent(AGENT);
  readonly #longestSilenceMs: number;

  constructor(longestSilenceMs = LONGEST_SILENCE_MS) {
    this.#longestSilenceMs = longestSilenceMs;
  }

  /** @throws Error named TimeoutError when the connection was dropped or said nothing for long, AbortError when the caller gave up */
  handle(
    { protocol, hostname, port, method, path, headers, body }: Asked,
    { abortSignal, requestTimeout = this.#longestSilenceMs }: Options = {},
  ): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const signal = abortSignal instanceof AbortSignal ? abortSignal : undefined;
      const options = {
        // An IPv6 address has brackets in a URL, and none here.
        host: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
        port,
        method,
        path,
        headers,
        timeout: requestTimeout,
        ...(signal && { signal }),
      };
      const fail = (error: Error) => reject(named(error));
      const read = (answer: IncomingMessage) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', fail);
        answer.on('end', () => {
          resolve({
            response: {
              statusCode: answer.statusCode ?? 0,
              ...(answer.statusMessage !== undefined && { reason: answer.statusMessage }),
              headers: joined(answer.headers),
              body: Buffer.concat(chunks),
            },
          });
        });
      };
      const sent =
        protocol === 'http:'
          ? sendPlain({ ...options, agent: this.#plain }, read)
          : sendEncrypted({ ...options, agent: this.#encrypted }, read);
      sent.on('timeout', () => {
        sent.destroy(Object.assign(new Error(`no answer for ${requestTimeout} ms`), { code: 'ETIMEDOUT' }));
      });
      sent.on('error', fail);
      sent.end(body);
    });
  }

  destroy(): void {
    this.#plain.destroy();
    this.#encrypted.destroy();
  }

  /** The SDK asks its handlers for these two; there is nothing to set. */
  updateHttpClientConfig(): void {}
  httpHandlerConfigs(): object {
    return {};
  }
}

/** The SDK retries what is called so. */
function named(error: Error & { readonly code?: unknown }): Error {
  return DROPPED.has(String(error.code)) ? Object.assign(error, { name: 'TimeoutError' }) : error;
}

function joined(headers: IncomingMessage['headers']): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) texts[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return texts;
}
