import { problemAnswer } from '../../../../functions/contracts/http/owners.ts';
import { DESCRIBED_PROBLEMS } from '../../../../functions/contracts/http/problem-texts.ts';
import { PROBLEMS, type ProblemCode, problem, problemType } from '../../../../functions/contracts/http/problems.ts';
import { problemsPage } from '../../../../functions/contracts/openapi/problems-page.ts';

const ONE = { requestId: 'id', baseUrl: 'https://profiles.example.com' };

/** As the contract lists them. */
const STATUS_OF: Record<ProblemCode, number> = {
  INVALID_OWNER_EXTERNAL_ID: 400,
  INVALID_PARAMETER: 400,
  INVALID_PAYLOAD: 400,
  MISSING_API_KEY: 401,
  INVALID_API_KEY: 401,
  FORBIDDEN: 403,
  USER_WITHOUT_CLIENT: 403,
  OWNER_NOT_FOUND: 404,
  PROFILE_NOT_FOUND: 404,
  VERSION_NOT_FOUND: 404,
  PREVIEW_NOT_FOUND: 404,
  WEBHOOK_NOT_FOUND: 404,
  DELIVERY_NOT_FOUND: 404,
  KEY_NOT_FOUND: 404,
  TOO_MANY_KEYS: 409,
  LAST_KEY: 409,
  WEBHOOK_CHANGED: 409,
  TOO_MANY_WEBHOOKS: 409,
  SNAPSHOT_NOT_FOUND: 404,
  QUEUE_NOT_FOUND: 404,
  PUBLICATION_NOT_FOUND: 404,
  ROUTE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  DRAFT_CHANGED: 409,
  PREVIEW_REQUIRED: 409,
  PREVIEW_NOT_FINISHED: 409,
  SNAPSHOT_NOT_FINISHED: 409,
  NOT_KEPT: 409,
  CATALOGUE_CHANGED: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  INTERNAL_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
};

test('every code has its status', () => {
  expect(Object.fromEntries(Object.entries(PROBLEMS).map(([code, { status }]) => [code, status]))).toEqual(STATUS_OF);
});

test('a problem has all that the contract names, and errors when there are some', () => {
  expect(problem('OWNER_NOT_FOUND', 'Not here.', ONE)).toEqual({
    type: 'https://profiles.example.com/v1/problems#owner_not_found',
    title: 'The owner is not known',
    status: 404,
    code: 'OWNER_NOT_FOUND',
    detail: 'Not here.',
    requestId: 'id',
  });
  const errors = [{ path: 'accounts[0].iban', message: 'is none' }];
  expect(problem('INVALID_PAYLOAD', 'A fault.', { ...ONE, errors })).toMatchObject({ status: 400, errors });
});

test('every problem is one by the schema', () => {
  for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
    expect(problemAnswer.strict().safeParse(problem(code, 'detail', { ...ONE, errors: [] })).success).toBe(true);
  }
});

test('every problem says when it comes, how to mend it and whether to try again', () => {
  expect(DESCRIBED_PROBLEMS.map(({ code }) => code)).toEqual(Object.keys(PROBLEMS));
  for (const { when, mend, retry } of DESCRIBED_PROBLEMS) {
    for (const text of [when, mend, retry]) expect(text).toMatch(/^[A-Z`].+\.$/);
  }
});

test('the type of every problem leads to its section, once', () => {
  const page = problemsPage();
  for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
    const [, anchor] = problemType(code, '').split('#');
    expect(page.split(`id="${anchor}"`)).toHaveLength(2);
  }
});
