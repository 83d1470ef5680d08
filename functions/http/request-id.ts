/** Middleware: the headers of every response, whatever its status. */
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

/** The gateway's id of the request, as its own log and its own error responses have it. */
export function requestIdOf(event: APIGatewayProxyEvent): string {
  return event.requestContext.requestId;
}

export function nameRequest(): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const complete = ({
    event,
    response,
  }: {
    event: APIGatewayProxyEvent;
    response?: APIGatewayProxyResult | null | undefined;
  }) => {
    if (!response) return;
    // Answers are about persons: no cache on the way may keep them.
    response.headers = { 'Cache-Control': 'no-store', ...response.headers, 'X-Request-Id': requestIdOf(event) };
  };
  return { after: complete, onError: complete };
}
