import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { PROBLEM_MEDIA_TYPE, PROBLEMS, type ProblemCode, problemType } from '../functions/contracts/http/problems.ts';

type Answer = { readonly code: ProblemCode; readonly detail: string };

const NO_KEY: Answer = { code: 'MISSING_API_KEY', detail: 'Send your API key in the header X-Api-Key.' };
const WRONG_KEY: Answer = { code: 'INVALID_API_KEY', detail: 'This API key is unknown or was revoked.' };
const NO_ROUTE: Answer = { code: 'ROUTE_NOT_FOUND', detail: 'There is nothing at this path.' };
const FORBIDDEN: Answer = { code: 'FORBIDDEN', detail: 'This request is not allowed.' };
const BAD_REQUEST: Answer = { code: 'INVALID_PARAMETER', detail: 'The request could not be read.' };
const TOO_LARGE: Answer = {
  code: 'PAYLOAD_TOO_LARGE',
  detail: 'The body is too large. Split the import by account or by days.',
};
const WRONG_TYPE: Answer = { code: 'UNSUPPORTED_MEDIA_TYPE', detail: 'Send application/json.' };
const TOO_FAST: Answer = { code: 'RATE_LIMITED', detail: 'Too many requests. Try again later.' };
const OUR_FAULT: Answer = { code: 'INTERNAL_ERROR', detail: 'Something went wrong on our side.' };
const UNAVAILABLE: Answer = { code: 'SERVICE_UNAVAILABLE', detail: 'No answer in time. Try again later.' };
const NOT_COUNTED_YET: Answer = {
  code: 'SERVICE_UNAVAILABLE',
  detail: 'The limits of this client are being set up. Try again in a minute.',
};

/**
 * What the gateway answers by itself, before or instead of a function: every type there is, so that none falls through.
 *
 * A type has one fixed status. So `ACCESS_DENIED` can mean only one thing, and it means a key that is unknown or revoked
 * (the authorizer says Deny); a valid key from a wrong address or without the scope passes, and the function answers 403.
 */
const ANSWERS: readonly (readonly [ResponseType, Answer])[] = [
  [ResponseType.UNAUTHORIZED, NO_KEY],
  [ResponseType.ACCESS_DENIED, WRONG_KEY],
  // Of the keys of usage plans, which only the authorizer names: API Gateway does not know yet one that was just made.
  [ResponseType.INVALID_API_KEY, NOT_COUNTED_YET],
  // An Authorization header that looks like an AWS signature is judged by the gateway though no route wants one.
  [ResponseType.INVALID_SIGNATURE, FORBIDDEN],
  [ResponseType.EXPIRED_TOKEN, FORBIDDEN],
  [ResponseType.WAF_FILTERED, FORBIDDEN],
  // The gateway's words for "no such route".
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, NO_ROUTE],
  [ResponseType.RESOURCE_NOT_FOUND, NO_ROUTE],
  [ResponseType.BAD_REQUEST_BODY, BAD_REQUEST],
  [ResponseType.BAD_REQUEST_PARAMETERS, BAD_REQUEST],
  [ResponseType.REQUEST_TOO_LARGE, TOO_LARGE],
  [ResponseType.UNSUPPORTED_MEDIA_TYPE, WRONG_TYPE],
  [ResponseType.THROTTLED, TOO_FAST],
  [ResponseType.QUOTA_EXCEEDED, TOO_FAST],
  [ResponseType.AUTHORIZER_FAILURE, OUR_FAULT],
  [ResponseType.AUTHORIZER_CONFIGURATION_ERROR, OUR_FAULT],
  [ResponseType.API_CONFIGURATION_ERROR, OUR_FAULT],
  [ResponseType.INTEGRATION_FAILURE, UNAVAILABLE],
  [ResponseType.INTEGRATION_TIMEOUT, UNAVAILABLE],
  [ResponseType.DEFAULT_5XX, OUR_FAULT],
];

const HEADERS = { 'Content-Type': `'${PROBLEM_MEDIA_TYPE}'`, 'X-Request-Id': 'context.requestId' };

/**
 * Makes the gateway's own answers problem documents (RFC 9457), as those of the functions are.
 *
 * @param baseUrl address of the API, without a slash at its end @param more headers of each
 */
export function addGatewayResponses(
  restApi: RestApi,
  baseUrl: string,
  more: Readonly<Record<string, string>> = {},
): void {
  for (const [type, answer] of ANSWERS) {
    const { status, title } = PROBLEMS[answer.code];
    restApi.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(status),
      responseHeaders: { ...HEADERS, ...more, ...(answer === TOO_FAST && { 'Retry-After': "'1'" }) },
      templates: templates({
        type: problemType(answer.code, baseUrl),
        title,
        status,
        ...answer,
        requestId: '$context.requestId',
      }),
    });
  }
  // For what AWS may add one day. Without a status: given one, it would become that of every 4xx not named above.
  const { code, detail } = BAD_REQUEST;
  const { title } = PROBLEMS[code];
  restApi.addGatewayResponse(ResponseType.DEFAULT_4XX.responseType, {
    type: ResponseType.DEFAULT_4XX,
    responseHeaders: { ...HEADERS, ...more },
    templates: templates({ type: problemType(code, baseUrl), title, code, detail, requestId: '$context.requestId' }),
  });
}

/** The gateway chooses a template by the Accept header, and `application/json` without one: every caller gets the same. */
function templates(problem: Readonly<Record<string, string | number>>): Record<string, string> {
  const body = JSON.stringify(problem);
  return { 'application/json': body, [PROBLEM_MEDIA_TYPE]: body };
}
