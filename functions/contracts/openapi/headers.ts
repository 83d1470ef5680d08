/** Headers of requests and of answers, as the OpenAPI document describes them. */
import type { JsonSchema } from './schemas.ts';

/** `*`, or entity tags (RFC 9110, 8.8.3) with commas between them. */
const ENTITY_TAG = '(W/)?"[!#-~]*"';
const TAG_LIST = `^(\\*|${ENTITY_TAG}([ \\t]*,[ \\t]*${ENTITY_TAG})*)$`;

export const IF_MATCH = header(
  'If-Match',
  'The `ETag` that the draft was read with, or several, or `*`: without it, and with `*`, the draft is changed in any case. Weak tags match nothing.',
  TAG_LIST,
);
export const IF_NONE_MATCH = header(
  'If-None-Match',
  'The `ETag` of an earlier answer, or several: while the answer is the same, it is 304 without a body. What is no tag is ignored.',
);

function header(name: string, description: string, pattern?: string): JsonSchema {
  return {
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string', ...(pattern && { pattern }), examples: ['"3fb2c1d0a9e8"'] },
  };
}

/** Those that several answers share, as components. */
export const SHARED_HEADERS: Readonly<Record<string, JsonSchema>> = {
  RequestId: { description: 'Id of the request, for questions about it', schema: { type: 'string' } },
  RateLimitPolicy: {
    description: [
      'The limits of your plan, where there are plans: `q` requests in `w` seconds on average and `burst` at once, or `q` uploads in `w`',
      'seconds; where too many runs are under way, how many `runs` there may be (draft-ietf-httpapi-ratelimit-headers). How much is left',
      'is not known.',
    ].join(' '),
    schema: { type: 'string', examples: ['"requests";q=100;w=1;burst=200'] },
  },
};

export const EVERY_ANSWER = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };
export const WITH_PLAN = { 'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' } };
export const SUCCESS_HEADERS = {
  ETag: {
    description: 'Tag of this answer, for `If-None-Match`; that of a draft also for `If-Match`',
    schema: { type: 'string' },
  },
  Location: {
    description: 'Where it is, relative to the address that was asked',
    schema: { type: 'string', format: 'uri-reference' },
  },
};
export const PROBLEM_HEADERS: Readonly<Record<string, JsonSchema>> = {
  '405': { Allow: { description: 'The methods that the route takes', schema: { type: 'string' } } },
  '429': {
    'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } },
    ...WITH_PLAN,
    RateLimit: {
      description: 'How much is left of what the service itself counts: of runs, none',
      schema: { type: 'string', examples: ['"runs";r=0'] },
    },
  },
  '503': { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } },
};
