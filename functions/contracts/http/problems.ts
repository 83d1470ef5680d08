/**
 * Every problem the HTTP API can answer with (RFC 9457), once: functions, gateway responses and the OpenAPI document are made
 * from it. Imports nothing that weighs, for the stack imports it too.
 */
import type { Fault } from '../../domain/values/fault.ts';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

type Kind = { readonly status: number; readonly title: string };

export const PROBLEMS = {
  INVALID_OWNER_EXTERNAL_ID: { status: 400, title: 'The owner id is not valid' },
  INVALID_PARAMETER: { status: 400, title: 'A parameter is not valid' },
  INVALID_PAYLOAD: { status: 400, title: 'The payload is not valid' },
  MISSING_API_KEY: { status: 401, title: 'The API key is missing' },
  INVALID_API_KEY: { status: 401, title: 'The API key is not valid' },
  FORBIDDEN: { status: 403, title: 'The API key may not do this' },
  USER_WITHOUT_CLIENT: { status: 403, title: 'The groups of the user name no client' },
  OWNER_NOT_FOUND: { status: 404, title: 'The owner is not known' },
  PROFILE_NOT_FOUND: { status: 404, title: 'The draft has no such definition' },
  VERSION_NOT_FOUND: { status: 404, title: 'The version is not known' },
  PREVIEW_NOT_FOUND: { status: 404, title: 'The preview is not known' },
  WEBHOOK_NOT_FOUND: { status: 404, title: 'The webhook is not known' },
  DELIVERY_NOT_FOUND: { status: 404, title: 'The delivery is not known' },
  SNAPSHOT_NOT_FOUND: { status: 404, title: 'The snapshot is not known' },
  KEY_NOT_FOUND: { status: 404, title: 'The key is not known' },
  QUEUE_NOT_FOUND: { status: 404, title: 'There is no such queue of failures' },
  PUBLICATION_NOT_FOUND: { status: 404, title: 'The publication is not known' },
  ROUTE_NOT_FOUND: { status: 404, title: 'The route does not exist' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The route does not take this method' },
  DRAFT_CHANGED: { status: 409, title: 'The draft was changed meanwhile' },
  PREVIEW_REQUIRED: { status: 409, title: 'The draft was not previewed to the end' },
  PREVIEW_NOT_FINISHED: { status: 409, title: 'The preview has not finished' },
  SNAPSHOT_NOT_FINISHED: { status: 409, title: 'The snapshot has not finished' },
  WEBHOOK_CHANGED: { status: 409, title: 'The webhook was changed meanwhile' },
  TOO_MANY_WEBHOOKS: { status: 409, title: 'There are too many webhooks' },
  TOO_MANY_KEYS: { status: 409, title: 'There are too many keys' },
  LAST_KEY: { status: 409, title: 'It is the last key that makes keys' },
  NOT_KEPT: { status: 409, title: 'The snapshot does not keep this' },
  CATALOGUE_CHANGED: { status: 409, title: 'Another catalogue was published meanwhile' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The payload is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The content type is not supported' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  INTERNAL_ERROR: { status: 500, title: 'Something went wrong on our side' },
  SERVICE_UNAVAILABLE: { status: 503, title: 'The service cannot answer just now' },
} as const satisfies Readonly<Record<string, Kind>>;

export type ProblemCode = keyof typeof PROBLEMS;

/** Body of an `application/problem+json` answer. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly Fault[];
};

/** What a problem says of one request: `baseUrl` is the address of the API, without a slash at its end. */
type Occurrence = {
  readonly requestId: string;
  readonly baseUrl: string;
  readonly errors?: readonly Fault[] | undefined;
};

/** The problem with this code; `errors` say where bad input is bad. */
export function problem(code: ProblemCode, detail: string, { requestId, baseUrl, errors }: Occurrence): Problem {
  const { status, title } = PROBLEMS[code];
  const type = problemType(code, baseUrl);
  return { type, title, status, code, detail, requestId, ...(errors && { errors }) };
}

/** Where the problems are explained: the API serves it, so that it is there wherever the API is, and of the same release. */
export const PROBLEMS_PATH = '/v1/problems';

/** `https://…/v1/problems#owner_not_found`: an address to read, with a section for each code. */
export function problemType(code: ProblemCode, baseUrl: string): string {
  return `${baseUrl}${PROBLEMS_PATH}#${problemAnchor(code)}`;
}

/** As Markdown pages name a heading that is the code. */
export function problemAnchor(code: ProblemCode): string {
  return code.toLowerCase();
}
