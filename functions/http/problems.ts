/** Middleware: answers every thrown error as a problem (RFC 9457), and leaks nothing internal. */
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { PROBLEM_MEDIA_TYPE, PROBLEMS, type ProblemCode, problem } from '../contracts/http/problems.ts';
import type { Fault } from '../domain/values/fault.ts';
import { RefusedError, TooManyRunsError } from '../runtime/errors.ts';
import { isTransient } from '../runtime/transient-errors.ts';
import { baseUrlOf } from './location.ts';
import { runsExhausted } from './rate-limit.ts';
import { requestIdOf } from './request-id.ts';

type Extras = { readonly errors?: readonly Fault[]; readonly headers?: Readonly<Record<string, string>> };

/** A problem to answer with. `detail` is for the caller to read, so it has nothing that they may not see. */
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
/** A run that has to end first takes longer. */
const RETRY_AFTER_RUN_SECONDS = '30';

export function answerProblems(): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    onError: (request) => {
      const { code, message, errors, headers } = asProblem(request.error);
      const requestId = requestIdOf(request.event);
      request.response = {
        statusCode: PROBLEMS[code].status,
        headers: { 'Content-Type': PROBLEM_MEDIA_TYPE, ...headers },
        body: JSON.stringify(problem(code, message, { requestId, baseUrl: baseUrlOf(request.event), errors })),
      };
    },
  };
}

/** The problem that an error is to the caller. */
export function asProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof RefusedError) return refused(error);
  if (isTransient(error)) {
    return new HttpProblem('SERVICE_UNAVAILABLE', 'The service is busy or cut off for a moment. Please try again.', {
      headers: { 'Retry-After': RETRY_AFTER_SECONDS },
    });
  }
  return new HttpProblem(
    'INTERNAL_ERROR',
    'The request could not be answered. If it happens again, please send us the request id.',
  );
}

function refused(error: RefusedError): HttpProblem {
  const { code, message, errors } = error;
  return new HttpProblem(code, message, {
    ...(errors && { errors }),
    ...(error instanceof TooManyRunsError && {
      headers: { 'Retry-After': RETRY_AFTER_RUN_SECONDS, ...runsExhausted(error.most) },
    }),
  });
}
