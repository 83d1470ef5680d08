/** The HTTP API, as a client application uses it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiConnection } from './connection.ts';
import { CliError, EXIT, type ExitCode, messageOf } from './errors.ts';

export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/v1/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
};

/** An answer with an error status and its problem document (RFC 9457). */
export class ApiError extends CliError {
  readonly status: number;
  readonly code: string | undefined;
  readonly problem: unknown;

  constructor(status: number, problem: Problem, hint: string | undefined, exitCode: ExitCode) {
    super(sentenceOf(status, problem), hint, exitCode);
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code;
    this.problem = problem;
  }
}

type Problem = {
  title?: string;
  detail?: string;
  code?: string;
  requestId?: string;
  errors?: { path?: string; message?: string }[];
};

const TIMEOUT_MS = 60_000;
const RETRIED = new Set([429, 503]);
const MOST_RETRIES = 4;
const LONGEST_PAUSE_MS = 10_000;

/** `body` is the JSON of the answer, `undefined` for 204. */
export type Answer = { readonly body: unknown; readonly headers: Headers };

/** Only the JSON of an answer; throws as `exchange` does. */
export async function call(connection: ApiConnection, request: Call): Promise<unknown> {
  return (await exchange(connection, request)).body;
}

/**
 * An answer that is not an error. Answers 429 and 503 are retried, as `Retry-After` says.
 *
 * @throws {ApiError} for an error answer; {CliError} when there is no answer
 */
export async function exchange(connection: ApiConnection, request: Call): Promise<Answer> {
  for (let retry = 0; ; retry++) {
    const response = await send(connection, request);
    if (RETRIED.has(response.status) && retry < MOST_RETRIES) {
      await response.body?.cancel();
      await sleep(pause(response.headers.get('retry-after'), retry));
      continue;
    }
    return { body: await bodyOf(response), headers: response.headers };
  }
}

async function send(connection: ApiConnection, request: Call): Promise<Response> {
  const url = new URL(`${connection.baseUrl}/v1/${request.path}`);
  // Percent-encoded throughout: `URLSearchParams` writes a blank as `+`, which percent-decoding leaves a plus.
  const query = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  if (query.length > 0) url.search = query.join('&');
  try {
    return await fetch(url, {
      method: request.method,
      headers: { accept: 'application/json', 'x-api-key': connection.key, ...request.headers },
      // A redirect could carry the key to another host.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(request.body && { body: request.body as Uint8Array<ArrayBuffer> }),
    });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = (cause as NodeJS.ErrnoException).code ?? messageOf(cause);
    throw new CliError(
      `cannot reach ${connection.baseUrl}: ${reason}`,
      'is the service running, and the address right?',
    );
  }
}

function pause(retryAfter: string | null, retry: number): number {
  const seconds = Number(retryAfter);
  const wanted = retryAfter !== null && seconds >= 0 ? seconds * 1000 : 250 * 2 ** retry;
  return Math.min(wanted, LONGEST_PAUSE_MS);
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  const json = parsed(text);
  if (response.ok) {
    if (json === undefined && text !== '')
      throw new CliError('the answer is not JSON', 'is --url the address of the service?');
    return json;
  }
  const problem = typeof json === 'object' && json !== null ? (json as Problem) : {};
  throw new ApiError(
    response.status,
    problem,
    hintFor(response.status, problem),
    exitCodeFor(response.status, problem),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function exitCodeFor(status: number, { code }: Problem): ExitCode {
  if (status === 401 || status === 403) return EXIT.refused;
  return status === 404 && code !== undefined && code !== 'ROUTE_NOT_FOUND' ? EXIT.notFound : EXIT.failed;
}

const HINTS: Readonly<Record<string, string | undefined>> = {
  OWNER_NOT_FOUND: 'import bank data of the owner first: owner-profiles import FILE --owner OWNER',
  VERSION_NOT_FOUND: 'see `owner-profiles catalogue versions`',
  PREVIEW_REQUIRED: 'preview it first: owner-profiles catalogue preview; or publish it unseen: --force',
  DRAFT_CHANGED: 'see the draft: owner-profiles catalogue pull --draft OTHER_DIR; or overwrite it: --replace-draft',
  CATALOGUE_CHANGED: 'see what was published: owner-profiles catalogue status; then preview again',
};

function hintFor(status: number, { code }: Problem): string | undefined {
  if (code !== undefined && HINTS[code]) return HINTS[code];
  if (status === 401) return 'give a valid key by --key or OWNER_PROFILES_KEY';
  if (status === 403) return 'the key may not do this, or not from this address: see `owner-profiles keys list CLIENT`';
  if (status === 404 && (code === undefined || code === 'ROUTE_NOT_FOUND'))
    return 'is --url the address of the service?';
  if (status === 413) return 'send it through the queue: --via queue';
  if (status >= 300 && status < 400)
    return 'redirects are not followed, for they could carry the key away: give the final --url';
  return status >= 500 ? 'try again later; if it stays, give the request id to the operator' : undefined;
}

function sentenceOf(status: number, { title, detail, code, requestId, errors }: Problem): string {
  const faults = (errors ?? []).map((error) => `\n  ${error.path ?? ''}: ${error.message ?? ''}`).join('');
  const marks = [code ?? `HTTP ${status}`, requestId && `request ${requestId}`].filter(Boolean).join(', ');
  return `${detail ?? title ?? 'the service answered with an error'} (${marks})${faults}`;
}
