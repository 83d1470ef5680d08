/** What to do about each problem: the page that `type` leads to and the reference of the docs are made from it. */
import { PROBLEMS, type ProblemCode } from './problems.ts';

export type ProblemText = {
  /** When it comes. */
  readonly when: string;
  readonly mend: string;
  /** Whether to send the same request again. */
  readonly retry: string;
};

const NOT_AS_IT_IS = 'Not as it is: the answer would be the same.';
const AFTER_A_WHILE = 'Yes, after `Retry-After`, and longer each time.';
const READ_ERRORS = '`errors` names each place and what it must be.';

const gone = (kept: string, list: string): ProblemText => ({
  when: `The id is misspelt or another client's${kept}.`,
  mend: `Take the id from ${list}.`,
  retry: NOT_AS_IT_IS,
});

const TEXTS: Readonly<Record<ProblemCode, ProblemText>> = {
  INVALID_OWNER_EXTERNAL_ID: {
    when: 'It is missing, given twice, empty, longer than 256 characters, or has control characters.',
    mend: 'Send it once, percent-encoded; a plus sign is `%2B`.',
    retry: NOT_AS_IT_IS,
  },
  INVALID_PARAMETER: {
    when: 'It has the wrong form, is out of range or given twice, is nearly a known name, or is a cursor that is no longer valid.',
    mend: READ_ERRORS,
    retry: NOT_AS_IT_IS,
  },
  INVALID_PAYLOAD: {
    when: 'It is not JSON, does not fit the schema, contradicts itself, or is a file that cannot be read. Nothing of it was taken.',
    mend: READ_ERRORS,
    retry: NOT_AS_IT_IS,
  },
  MISSING_API_KEY: {
    when: 'The header `X-Api-Key` is missing or empty.',
    mend: 'Send the key in this header.',
    retry: NOT_AS_IT_IS,
  },
  INVALID_API_KEY: {
    when: 'It is unknown or was revoked, or its client is switched off. A token is not valid, or expired.',
    mend: 'Ask for a new key, or sign in again.',
    retry: NOT_AS_IT_IS,
  },
  FORBIDDEN: {
    when: 'It lacks a scope, is used from an address that is not listed, or is for credit and asks for data of the whole client.',
    mend: 'Use another key: `detail` says what this one lacks.',
    retry: NOT_AS_IT_IS,
  },
  USER_WITHOUT_CLIENT: {
    when: 'The person who signed in is in no group of a client, in groups of two clients, or in one with an unknown right.',
    mend: 'Have an operator change the groups; `detail` says what is wrong.',
    retry: 'Yes, after signing in again.',
  },
  OWNER_NOT_FOUND: {
    when: 'No import of the owner was processed yet, or the owner was erased.',
    mend: 'Compare the id with that of the import, byte for byte; `GET /v1/imports/{importId}` says its outcome.',
    retry: 'Yes, some seconds after an import was sent.',
  },
  PROFILE_NOT_FOUND: gone('', '`GET /v1/catalogue/draft`'),
  VERSION_NOT_FOUND: gone('', '`GET /v1/catalogue/versions`'),
  PREVIEW_NOT_FOUND: gone(', or the preview is older than 30 days', '`GET /v1/catalogue/previews`'),
  WEBHOOK_NOT_FOUND: gone(', or the webhook was removed', '`GET /v1/webhooks`'),
  DELIVERY_NOT_FOUND: gone(', or the delivery is older than 14 days', '`GET /v1/webhooks/{webhookId}/deliveries`'),
  SNAPSHOT_NOT_FOUND: gone(', or the snapshot is older than 400 days', '`GET /v1/snapshots`'),
  KEY_NOT_FOUND: gone('', '`GET /v1/keys`'),
  QUEUE_NOT_FOUND: {
    when: 'The name is misspelt.',
    mend: 'Take it from `GET /v1/failures`.',
    retry: NOT_AS_IT_IS,
  },
  PUBLICATION_NOT_FOUND: gone('', '`GET /v1/catalogue/publications`'),
  ROUTE_NOT_FOUND: {
    when: 'The path is misspelt: capitals count.',
    mend: '`GET /v1/openapi.json` lists all paths.',
    retry: NOT_AS_IT_IS,
  },
  METHOD_NOT_ALLOWED: {
    when: 'The path exists, but not with this method.',
    mend: 'Use one of those that the header `Allow` lists.',
    retry: NOT_AS_IT_IS,
  },
  DRAFT_CHANGED: {
    when: '`If-Match` names another version. Yours was not stored; `errors` names who changed what.',
    mend: 'Read the draft again, make your change in it, and send its new `ETag`.',
    retry: NOT_AS_IT_IS,
  },
  PREVIEW_REQUIRED: {
    when: 'It has no finished preview against the active version.',
    mend: 'Start a preview and wait for its end, or publish with `"force": true`.',
    retry: 'Yes, when the preview has finished.',
  },
  PREVIEW_NOT_FINISHED: {
    when: 'It is running, failed or was cancelled.',
    mend: 'Ask for its `status`; start another one where it did not finish.',
    retry: 'Yes, when its `status` is `finished`.',
  },
  SNAPSHOT_NOT_FINISHED: {
    when: 'It is running, failed or was cancelled.',
    mend: 'Ask for its `status`; start another one where it did not finish.',
    retry: 'Yes, when its `status` is `finished`.',
  },
  WEBHOOK_CHANGED: {
    when: 'Another request changed it at the same time.',
    mend: 'Read it again, and decide whether your change is still right.',
    retry: 'Yes, after that.',
  },
  TOO_MANY_WEBHOOKS: {
    when: 'The client has as many as it may have.',
    mend: 'Remove one, or use one for several events.',
    retry: NOT_AS_IT_IS,
  },
  TOO_MANY_KEYS: {
    when: 'The client has as many as it may have, revoked ones included.',
    mend: 'Ask an operator.',
    retry: NOT_AS_IT_IS,
  },
  LAST_KEY: {
    when: 'No other key of the client has the scope `keys`.',
    mend: 'Make another key with it first, or ask an operator.',
    retry: NOT_AS_IT_IS,
  },
  NOT_KEPT: {
    when: 'The feature, or the merchants without a label, were not asked for when it was started.',
    mend: 'Start a snapshot with `features` or `"unlabelled": true`.',
    retry: NOT_AS_IT_IS,
  },
  CATALOGUE_CHANGED: {
    when: 'Another version became the active one meanwhile.',
    mend: 'Compare your draft with it, and preview again.',
    retry: NOT_AS_IT_IS,
  },
  PAYLOAD_TOO_LARGE: {
    when: 'It has more bytes than the route takes, as sent or inflated. Nothing of it was taken.',
    mend: 'Split an import by account or by whole days; gzip it; send a large file by `large=true`.',
    retry: NOT_AS_IT_IS,
  },
  UNSUPPORTED_MEDIA_TYPE: {
    when: '`Content-Type` is not `application/json` in UTF-8, or `Content-Encoding` is not `gzip`.',
    mend: 'Set the headers to what the body is.',
    retry: NOT_AS_IT_IS,
  },
  RATE_LIMITED: {
    when: "There are more requests than the client's plan allows, or too many runs. Nothing was done.",
    mend: 'Send fewer a second; ask for many owners by one batch.',
    retry: AFTER_A_WHILE,
  },
  INTERNAL_ERROR: {
    when: 'The service has a fault; operators see it.',
    mend: 'Send the request id to an operator if it persists.',
    retry: 'Once or twice; after a `POST` look first whether it was done.',
  },
  SERVICE_UNAVAILABLE: {
    when: 'A part of it is throttled or unavailable for a moment, or the limits of a new client are being set up.',
    mend: 'Wait.',
    retry: AFTER_A_WHILE,
  },
};

export type DescribedProblem = ProblemText & {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
};

/** All of them, in the order of their statuses. */
export const DESCRIBED_PROBLEMS: readonly DescribedProblem[] = (Object.keys(PROBLEMS) as ProblemCode[]).map((code) => ({
  code,
  ...PROBLEMS[code],
  ...TEXTS[code],
}));
