/** A typed client of the HTTP API: every route of the OpenAPI document, with retries, pages and the verification of webhooks. */
import createClient, { type Client } from 'openapi-fetch';
import { pause, retrying } from './retrying.ts';
import type { paths } from './schema.ts';

export { items, pages } from './pages.ts';
export { ApiProblem, answerOf, fullAnswerOf, type Problem } from './problem.ts';
export type { components, paths } from './schema.ts';
export { verifyWebhook, type WebhookEvent } from './webhooks.ts';

export type OwnerProfilesClient = Client<paths>;

export type OwnerProfilesOptions = {
  /** Where the API is, without `/v1`, e.g. the stack's output `ApiUrl`. */
  readonly url: string;
  readonly apiKey: string;
  /** For one attempt, in milliseconds (30,000 unless set). */
  readonly timeoutMs?: number;
  /** Requests in all, the first included (4 unless set). 1 turns retries off. */
  readonly attempts?: number;
  /** A service that asks for a longer pause than this is not asked again, in milliseconds (60,000 unless set). */
  readonly longestPauseMs?: number;
  /** Instead of the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
};

/**
 * `client.GET('/v1/owner-profiles', { params: { query: { ownerExternalId } } })` and so on: wrap it in `answerOf` to get the body or an
 * `ApiProblem`. Throttled requests are repeated after the pause that the service asks for; those that may be repeated also when they fail.
 */
export function ownerProfilesClient(options: OwnerProfilesOptions): OwnerProfilesClient {
  const { url, apiKey, timeoutMs = 30_000, attempts = 4, longestPauseMs = 60_000 } = options;
  // A caller in JavaScript may pass an unset variable.
  if (!url || !apiKey) throw new TypeError('ownerProfilesClient needs the url of the service and an apiKey');
  const send = options.fetch ?? ((request: Request) => fetch(request));
  const once = (request: Request) =>
    send(new Request(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]) }));
  return createClient<paths>({
    baseUrl: url.replace(/\/+$/, ''),
    headers: { 'X-Api-Key': apiKey },
    fetch: retrying(once, { attempts, longestPauseMs, pause }),
  });
}
