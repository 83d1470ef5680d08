/** Middleware: whatever is thrown is answered as a problem (RFC 9457), and nothing internal leaks. */
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { PROBLEM_MEDIA_TYPE, PROBLEMS, type ProblemCode, problem } from '../contracts/problems.ts';
import type { Fault } from '../domain/import.ts';
import { PermanentError } from './errors.ts';
import { requestIdOf } from './http-request-id.ts';
import { mayPass } from './passing.ts';

type Extras = { readonly errors?: readonly Fault[]; readonly headers?: Readonly<Record<string, string>> };

/** A problem to answer with. `detail` is for the caller to read, so it says nothing that is none of theirs. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly code: ProblemCode;
  readonly errors: readonly Fault[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, { errors, headers = {} }: Extras = {}) {
    super(detail);
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }
}

/** Long enough for a throttle to pass, short enough for someone who waits. */
const RETRY_AFTER_SECONDS = '2';

export function answerProblems(): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    onError: (request) => {
      const { code, message, errors, headers } = asProblem(request.error, request.event);
      request.response = {
        statusCode: PROBLEMS[code].status,
        headers: { 'Content-Type': PROBLEM_MEDIA_TYPE, ...headers },
        body: JSON.stringify(problem(code, message, requestIdOf(request.event), errors)),
      };
    },
  };
}

/** The problem that an error is to the caller. */
export function asProblem(error: unknown, event: Pick<APIGatewayProxyEvent, 'httpMethod'>): HttpProblem {
  if (error instanceof HttpProblem) return error;
  // Only an upload has a payload to blame; elsewhere a fault that no retry mends is in what we stored.
  if (error instanceof PermanentError && event.httpMethod === 'POST') {
    return new HttpProblem('INVALID_PAYLOAD', error.message);
  }
  if (mayPass(error)) {
    return new HttpProblem('SERVICE_UNAVAILABLE', 'The service is busy or cut off for a moment. Please try again.', {
      headers: { 'Retry-After': RETRY_AFTER_SECONDS },
    });
  }
  return new HttpProblem(
    'INTERNAL_ERROR',
    'The request could not be answered. If it happens again, please tell us the request id.',
  );
}
