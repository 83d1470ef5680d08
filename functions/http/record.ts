/** Middleware: one log line for each request, and what was counted meanwhile. Neither owner ids nor query strings go into it. */
import type { MiddlewareObj, Request } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { ProblemCode } from '../contracts/http/problems.ts';
import { logger } from '../runtime/logging.ts';
import { publishMetrics } from '../runtime/metrics.ts';
import type { CalledEvent } from './caller.ts';
import { asProblem } from './problems.ts';
import { requestIdOf } from './request-id.ts';

type HttpRequest = Request<APIGatewayProxyEvent, APIGatewayProxyResult>;

export function recordRequest(
  now: () => number = Date.now,
): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const begun = new WeakMap<object, number>();
  const record = (request: HttpRequest) => {
    const { event, error } = request;
    const code = error ? asProblem(error).code : undefined;
    const line = {
      requestId: requestIdOf(event),
      method: event.httpMethod,
      route: event.resource,
      outcome: outcomeOf(code),
      status: request.response?.statusCode,
      ...(code && { code }),
      durationMs: Math.round(now() - (begun.get(event) ?? now())),
      ...callerIn(event as Partial<CalledEvent>),
    };
    // The caller does not see the cause; it is logged here, once.
    if (code === 'INTERNAL_ERROR') logger.error('request', { ...line, error });
    else if (code === 'SERVICE_UNAVAILABLE') logger.warn('request', { ...line, error });
    else logger.info('request', line);
    publishMetrics();
  };
  return {
    before: ({ event, context }) => {
      begun.set(event, now());
      logger.addContext(context);
    },
    after: record,
    onError: record,
  };
}

function outcomeOf(code: ProblemCode | undefined): 'answered' | 'refused' | 'failed' {
  if (code === undefined) return 'answered';
  return code === 'INTERNAL_ERROR' || code === 'SERVICE_UNAVAILABLE' ? 'failed' : 'refused';
}

/** From the authorizer's context, so that the line of a refused request has its client too. */
function callerIn({ requestContext }: Partial<CalledEvent>): { clientId?: unknown; keyId?: unknown } {
  const { clientId, keyId } = requestContext?.authorizer ?? {};
  return { ...(clientId && { clientId }), ...(keyId && { keyId }) };
}
