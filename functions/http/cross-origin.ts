/** Middleware: lets the console read answers where it is served from another origin, and no other page. */
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { crossOriginHeaders } from '../contracts/http/cross-origin.ts';
import { consoleOrigin } from '../runtime/configuration.ts';

type Ended = { readonly response?: APIGatewayProxyResult | null | undefined };

export function allowConsole(): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const origin = consoleOrigin();
  const headers = origin === undefined ? {} : crossOriginHeaders(origin);
  const complete = ({ response }: Ended) => {
    if (response) response.headers = { ...response.headers, ...headers };
  };
  return { after: complete, onError: complete };
}
