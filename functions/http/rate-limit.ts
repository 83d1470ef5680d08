/**
 * Middleware: the limits of the client on every answer (draft-ietf-httpapi-ratelimit-headers). How much of them is left only the gateway
 * knows, which passes it on to nobody; of what is counted here the refusal says so itself.
 */
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { isUpload, type Route } from '../contracts/http/routes.ts';

const NAME = 'RateLimit-Policy';
const LIMITS = /^(\d+):(\d+):(\d+)$/;

type Ended = { readonly event: APIGatewayProxyEvent; readonly response?: APIGatewayProxyResult | null | undefined };

/** @param routes those of the function */
export function sayLimits(routes: readonly Route[]): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const uploads = routes.filter(isUpload);
  const complete = ({ event, response }: Ended) => {
    if (!response) return;
    const isOfUpload = uploads.some(({ method, path }) => method === event.httpMethod && path === event.resource);
    const policies = [policyOf(event, isOfUpload), response.headers?.[NAME]].filter((policy) => policy !== undefined);
    if (policies.length > 0) response.headers = { ...response.headers, [NAME]: policies.join(', ') };
  };
  return { after: complete, onError: complete };
}

/** `q` requests in `w` seconds on average, and `burst` at once. Undefined: the stage has no plans, or no key was needed. */
function policyOf({ requestContext }: APIGatewayProxyEvent, isOfUpload: boolean): string | undefined {
  const [, rate, burst, uploads] = LIMITS.exec(String(requestContext.authorizer?.['limits'] ?? '')) ?? [];
  if (rate === undefined) return undefined;
  return isOfUpload ? `"uploads";q=${uploads};w=60` : `"requests";q=${rate};w=1;burst=${burst}`;
}

/** Of a refusal because as many runs are under way as may be: none is left. */
export const runsExhausted = (most: number) => ({ RateLimit: '"runs";r=0', [NAME]: `"runs";q=${most}` });
