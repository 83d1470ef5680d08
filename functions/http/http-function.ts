/**
 * What every HTTP function does around its recipe, once:
 *
 *     httpFunction(answering('owner-profiles'), async (event) => json(200, await …))
 *     httpRoutes('catalogue', { 'GET /v1/catalogue': async (event) => json(200, await …), … })
 *
 * From the outside in: one log line and the metrics; the request's id and the client's limits on every answer; tags and compression; thrown
 * errors as problems; which route is asked for, who calls and whether they may, and whether a parameter is misspelt. The recipe only meets
 * requests that may be answered.
 */
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { ROUTES, type Route, type RouteFunction, type RouteName, routeName } from '../contracts/http/routes.ts';
import { type CalledEvent, callerOf } from './caller.ts';
import { allowConsole } from './cross-origin.ts';
import { answerProblems, HttpProblem } from './problems.ts';
import { refuseMisspelt } from './query.ts';
import { sayLimits } from './rate-limit.ts';
import { recordRequest } from './record.ts';
import { represent } from './represent.ts';
import { nameRequest } from './request-id.ts';

export type HttpFunction = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;
export type Recipe = (event: CalledEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** What a function answers. `allowed` are the methods of each of its paths, those that other functions answer included. */
export type Answering = {
  readonly routes: readonly Route[];
  readonly allowed: ReadonlyMap<string, readonly string[]>;
};

/** This long before Lambda would end the function, the caller gets 503: a killed function could answer nothing. */
const TIME_TO_ANSWER_MS = 250;

/** A Lambda function for these routes; the caller's key must have the scopes of the one that is asked for. */
export function httpFunction(answering: Answering, recipe: Recipe): HttpFunction {
  // The caller's middleware is what makes a called event of the gateway's; middy's types have no words for that.
  const answer = recipe as HttpFunction;
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>(answer, { timeoutEarlyInMillis: TIME_TO_ANSWER_MS })
    .use(recordRequest())
    .use(nameRequest())
    .use(allowConsole())
    .use(sayLimits(answering.routes))
    .use(represent())
    .use(answerProblems())
    .use({
      before: ({ event }) => {
        const route = routeOf(event, answering);
        callerOf(event, route);
        refuseMisspelt(event, route);
      },
    });
}

/** A Lambda function with a recipe for each of its routes. */
export function httpRoutes<Name extends RouteFunction>(
  name: Name,
  recipes: Readonly<Record<RouteName<Name>, Recipe>>,
): HttpFunction {
  const answers = answering(name);
  const byName: Readonly<Partial<Record<RouteName, Recipe>>> = recipes;
  return httpFunction(answers, (event, context) => byName[routeName(routeOf(event, answers))]!(event, context));
}

/** What the route table has for a function, so that handlers repeat neither methods nor scopes. */
export function answering(name: RouteFunction): Answering {
  const routes = ROUTES.filter(({ answeredBy }) => answeredBy === name);
  const methodsOf = (path: string) => {
    const methods: string[] = ROUTES.filter((route) => route.path === path).map(({ method }) => method);
    return methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  };
  return { routes, allowed: new Map(routes.map(({ path }) => [path, methodsOf(path).sort()])) };
}

/** The route that is asked for, `HEAD` as `GET`: by the gateway's name of the resource, never by the path as it was written. */
function routeOf({ resource, httpMethod }: APIGatewayProxyEvent, { routes, allowed }: Answering): Route {
  const methods = allowed.get(resource);
  if (!methods) throw new Error(`the gateway is wired wrongly: ${resource} is none of this function's`);
  const asked = httpMethod === 'HEAD' ? 'GET' : httpMethod;
  const route = routes.find(({ method, path }) => path === resource && method === asked);
  if (route) return route;
  throw new HttpProblem('METHOD_NOT_ALLOWED', `This route takes ${methods.join(' and ')}.`, {
    headers: { Allow: methods.join(', ') },
  });
}

export function json(
  statusCode: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyResult {
  return { statusCode, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

export function noContent(): APIGatewayProxyResult {
  return { statusCode: 204, body: '' };
}
