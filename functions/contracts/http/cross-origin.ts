/** CORS headers for the pages that may call the API: the console alone, where it is served from another origin. */

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];
const REQUEST_HEADERS = ['X-Api-Key', 'Content-Type', 'If-Match', 'If-None-Match'];
const ANSWER_HEADERS = ['ETag', 'Location', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'];

/** On every answer. */
export const crossOriginHeaders = (origin: string): Readonly<Record<string, string>> => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Expose-Headers': ANSWER_HEADERS.join(', '),
});

/** On the answer to the question whether a request may be made, which browsers may keep for ten minutes. */
export const preflightHeaders = (origin: string): Readonly<Record<string, string>> => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Allow-Methods': METHODS.join(', '),
  'Access-Control-Allow-Headers': REQUEST_HEADERS.join(', '),
  'Access-Control-Max-Age': '600',
});
