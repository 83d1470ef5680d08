/** Retries of requests that may pass next time. */

export type RetryOptions = {
  /** Requests in all, the first included. */
  readonly attempts: number;
  /** A service that asks for a longer pause is not asked again. */
  readonly longestPauseMs: number;
  /** Resolves after so many milliseconds; rejects when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** They may be repeated whatever became of the first one (RFC 9110, 9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);
const PASSING = new Set([502, 503, 504]);
const FIRST_PAUSE_MS = 250;

/** @returns a `fetch` that repeats a throttled request (429), and an idempotent one that failed or met 502, 503 or 504 */
export function retrying(send: (request: Request) => Promise<Response>, options: RetryOptions) {
  return async function attempt(request: Request, count = 1): Promise<Response> {
    const isLast = count >= options.attempts;
    const isIdempotent = IDEMPOTENT.has(request.method);
    let pauseMs = FIRST_PAUSE_MS * 2 ** (count - 1);
    try {
      const response = await send(isLast ? request : request.clone());
      const mayPass = response.status === 429 || (isIdempotent && PASSING.has(response.status));
      const asked = retryAfterMs(response);
      if (isLast || !mayPass || (asked ?? 0) > options.longestPauseMs) return response;
      pauseMs = asked ?? pauseMs;
      await response.body?.cancel();
    } catch (error) {
      if (isLast || !isIdempotent || request.signal.aborted) throw error;
    }
    await options.pause(Math.min(pauseMs, options.longestPauseMs), request.signal);
    return attempt(request, count + 1);
  };
}

/** `Retry-After` in seconds; our service never sends a date. */
function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    if (signal.aborted) return reject(signal.reason);
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
