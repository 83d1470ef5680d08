/**
 * What every HTTP function does around its recipe, once:
 *
 *     httpFunction(answering('owner-profiles'), async (event) => json(200, await …))
 *
 * From the outside in: one log line and the metrics; the request's id on whatever is answered; thrown errors as problems; who
 * calls and whether they may. The recipe only meets requests that may be answered.
 */
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { ROUTES, type Route, type RouteFunction } from '../contracts/routes.ts';
import { type CalledEvent, callerOf, checkMethod } from './http-caller.ts';
import { answerProblems } from './http-problems.ts';
import { recordRequest } from './http-record.ts';
import { nameRequest } from './http-request-id.ts';

export type HttpFunction = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** What a function answers. `allowed` are the methods of its paths, those that other functions answer included. */
export type Answering = {
  readonly scope: Route['scope'];
  readonly methods: readonly string[];
  readonly allowed?: readonly string[];
};

/** This long before Lambda would end the function, the caller is told 503: a killed function could tell nothing. */
const TIME_TO_ANSWER_MS = 250;

/** A Lambda function for these methods; the caller's key must have the scope. */
export function httpFunction(
  { scope, methods, allowed = methods }: Answering,
  recipe: (event: CalledEvent) => Promise<APIGatewayProxyResult>,
): HttpFunction {
  // The caller's middleware is what makes a called event of the gateway's; middy's types have no words for that.
  const answer = recipe as (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;
  const pipeline = middy<APIGatewayProxyEvent, APIGatewayProxyResult>(answer, {
    timeoutEarlyInMillis: TIME_TO_ANSWER_MS,
  })
    .use(recordRequest())
    .use(nameRequest())
    .use(answerProblems())
    .use(checkMethod(methods, allowed));
  if (scope !== null) pipeline.use(callerOf(scope));
  return pipeline;
}

/** What the routes say of a function, so that handlers repeat neither methods nor scopes. */
export function answering(name: RouteFunction): Answering {
  const routes = ROUTES.filter(({ answeredBy }) => answeredBy === name);
  const paths = new Set(routes.map(({ path }) => path));
  const sorted = (of: readonly Route[]) => [...new Set(of.map(({ method }) => method))].sort();
  return {
    scope: routes[0]?.scope ?? null,
    methods: sorted(routes),
    allowed: sorted(ROUTES.filter(({ path }) => paths.has(path))),
  };
}

export function json(statusCode: number, body: unknown): APIGatewayProxyResult {
  return { statusCode, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

export function noContent(): APIGatewayProxyResult {
  return { statusCode: 204, body: '' };
}
