/** The OpenAPI 3.1 document of the HTTP API, made from the routes and from the schemas that validate. */

import type * as z from 'zod';
import { PATH_PARAMETERS } from '../http/catalogue.ts';
import { PARAMETERS } from '../http/owners.ts';
import { PAGE_PARAMETERS } from '../http/previews.ts';
import { PROBLEM_MEDIA_TYPE, PROBLEMS, type ProblemCode } from '../http/problems.ts';
import { OPERATE, ROUTES, type Route, routeName } from '../http/routes.ts';
import { answerExample, problemExamples } from './examples.ts';
import {
  EVERY_ANSWER,
  IF_MATCH,
  IF_NONE_MATCH,
  PROBLEM_HEADERS,
  SHARED_HEADERS,
  SUCCESS_HEADERS,
  WITH_PLAN,
} from './headers.ts';
import type { Operation, Success } from './operation.ts';
import { OPERATIONS, TAGS } from './operations.ts';
import { componentSchemas, inlineSchema, type JsonSchema, refTo } from './schemas.ts';

/** Problems of any request with a key. */
const WITH_KEY: readonly ProblemCode[] = ['MISSING_API_KEY', 'INVALID_API_KEY', 'FORBIDDEN', 'USER_WITHOUT_CLIENT'];
const ALWAYS: readonly ProblemCode[] = ['METHOD_NOT_ALLOWED', 'RATE_LIMITED', 'INTERNAL_ERROR', 'SERVICE_UNAVAILABLE'];

/** Parameters without which a question has no meaning. */
const NEEDED: ReadonlySet<string> = new Set(['status', 'where', 'since', 'feature']);

const ABOUT = `Which lifestyle profiles apply to an owner, and why, from the bank transactions that were imported.

A **client** is an application with an API key; an **owner** is one of its customers, known by \`ownerExternalId\` alone.
The key identifies the client: no request reaches another client's data.

- JSON in UTF-8, dates as YYYY-MM-DD (days in UTC), amounts as decimal strings with their currency.
- Parameters that are not listed are ignored, but one that is nearly a listed one (\`asof\`) is refused. In a query, a blank is \`%20\` and a plus sign \`%2B\`.
- A parameter in the path is one step of it, percent-encoded: a slash is \`%2F\`, a percent sign \`%25\`, and a plus sign is itself.
  It is decoded once. The owner ids \`.\` and \`..\` cannot be in a path, because clients and proxies resolve them.
- Every response has \`X-Request-Id\`; quote it when you ask about a request. Caches must not store answers, but every
  answer to a GET has an \`ETag\`: with \`If-None-Match\` you get 304 while nothing has changed. HEAD works wherever GET does, and
  answers of more than a kilobyte are gzipped if you accept that.
- Every request can be repeated safely, except a \`POST\` that makes a snapshot, preview, publication, webhook or key: it may make another.
  An upload counts once for each \`importId\`.
- Errors are RFC 9457 problems. Programs should use \`code\`: codes are stable, texts may change. \`type\` links to what the code means. A path that does not exist is answered
  with 404 \`ROUTE_NOT_FOUND\`. After 429 and 503 wait as \`Retry-After\` says, or a second and longer each time, and try again. \`RateLimit-Policy\` says your limits.
- Answers may get new fields: ignore those that you do not know. Examples are answers of the sample owners; long lists are cut.`;

/** The document as a plain value. */
export function openApiDocument() {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Owner Profiles',
      version: '1.0.0',
      summary: 'Lifestyle profiles of bank customers, explained by their transactions',
      description: ABOUT,
      contact: { name: 'The operator of this service' },
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    // Relative to the place of this document; who serves it says the whole address.
    servers: [{ url: '..' }],
    tags: TAGS,
    paths: paths(),
    components: {
      schemas: componentSchemas(),
      headers: SHARED_HEADERS,
      examples: problemExamples(),
      responses: {
        NotModified: {
          description: 'The answer is still the one that `If-None-Match` names',
          headers: { ...EVERY_ANSWER, ETag: SUCCESS_HEADERS.ETag },
        },
      },
      securitySchemes: {
        apiKey: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Api-Key',
          description: 'The key of a client, or of an operator',
        },
        userToken: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Api-Key',
          description:
            'The access token (JWT) of a person who signed in to the console by Amazon Cognito, where the operator offers that',
        },
      },
    },
  };
}

function paths(): Record<string, Record<string, JsonSchema>> {
  const byPath: Record<string, Record<string, JsonSchema>> = {};
  for (const route of ROUTES) {
    byPath[route.path] = {
      ...byPath[route.path],
      [route.method.toLowerCase()]: operation(route, OPERATIONS[routeName(route)]),
    };
  }
  return byPath;
}

function operation(route: Route, described: Operation): JsonSchema {
  const {
    successes,
    body,
    problems,
    parameters: _,
    pageParameters: __,
    query: ___,
    isConditional: ____,
    ...texts
  } = described;
  const withKey = route.scopes.length > 0;
  const parameters = parametersOf(route, described);
  return {
    ...texts,
    description: texts.description + scopesNeeded(route),
    security: securityOf(route),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, ...body } }),
    responses: {
      ...Object.fromEntries(
        successes.map((success) => [success.status, successResponse(success, route, texts.operationId)]),
      ),
      ...(route.method === 'GET' && { 304: { $ref: '#/components/responses/NotModified' } }),
      ...problemResponses([...problems, ...(withKey ? WITH_KEY : []), ...ALWAYS]),
    },
  };
}

/** People who sign in have rights of a client alone. */
function securityOf({ scopes }: Route): readonly Readonly<Record<string, readonly string[]>>[] {
  if (scopes.length === 0) return [];
  return scopes.includes(OPERATE) ? [{ apiKey: [] }] : [{ apiKey: [] }, { userToken: [] }];
}

function scopesNeeded({ scopes, anyScope, ofWholeClient }: Route): string {
  const names = scopes.map((scope) => `\`${scope}\``);
  if (names.length === 0) return '';
  if (scopes.includes(OPERATE))
    return `\n\nOnly an operator's key has the scope \`${OPERATE}\`; it belongs to no client.`;
  const held = ofWholeClient ? ' Its purpose may not be stricter than that of its client (a key for credit).' : '';
  const list = names.join(anyScope ? ' or ' : ' and ');
  return `\n\nThe key must have the scope${names.length > 1 && !anyScope ? 's' : ''} ${list}.${held}`;
}

function parametersOf(
  { path, method }: Route,
  { parameters = [], pageParameters = [], query = {}, isConditional }: Operation,
): JsonSchema[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as keyof typeof PATH_PARAMETERS);
  return [
    ...inPath.map((name) => parameter(name, 'path', PATH_PARAMETERS[name], true)),
    ...parameters.map((name) => parameter(name, 'query', PARAMETERS[name], name === 'ownerExternalId')),
    ...pageParameters.map((name) =>
      parameter(name, 'query', PAGE_PARAMETERS[name], name === 'profile' || name === 'change'),
    ),
    ...Object.entries(query).map(([name, type]) => parameter(name, 'query', type, NEEDED.has(name))),
    ...(isConditional ? [IF_MATCH] : []),
    ...(method === 'GET' ? [IF_NONE_MATCH] : []),
  ];
}

function parameter(name: string, place: 'path' | 'query', type: z.ZodType, required: boolean): JsonSchema {
  const { description, ...schema } = inlineSchema(type);
  return { name, in: place, required, description, schema };
}

function successResponse(success: Success, { method, scopes }: Route, operationId: string): JsonSchema {
  const { status, description, schema, headers = [] } = success;
  const content = contentOf(schema, answerExample(operationId, status));
  const names = method === 'GET' ? new Set([...headers, 'ETag' as const]) : headers;
  const own = Object.fromEntries([...names].map((name) => [name, SUCCESS_HEADERS[name]]));
  return {
    description,
    headers: { ...EVERY_ANSWER, ...(scopes.length > 0 && WITH_PLAN), ...own },
    ...(content && { content }),
  };
}

function contentOf(schema: Success['schema'], example: unknown): JsonSchema | undefined {
  if (schema === undefined) return undefined;
  if (schema === 'page') return { 'text/html': { schema: { type: 'string' } } };
  if (schema === 'any') return { 'application/json': { schema: { type: 'object' } } };
  return { 'application/json': { schema: refTo(schema), ...(example !== undefined && { example }) } };
}

/** One response for each status, with an example of each code. */
function problemResponses(codes: readonly ProblemCode[]): Record<string, JsonSchema> {
  const byStatus = Object.groupBy(codes, (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, sameStatus]) => [status, problemResponse(sameStatus as ProblemCode[])]),
  );
}

function problemResponse(codes: readonly ProblemCode[]): JsonSchema {
  const status = String(codes[0] && PROBLEMS[codes[0]].status);
  const examples = codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]);
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title.toLowerCase()}`).join('; '),
    headers: { ...EVERY_ANSWER, ...PROBLEM_HEADERS[status] },
    content: { [PROBLEM_MEDIA_TYPE]: { schema: refTo('Problem'), examples: Object.fromEntries(examples) } },
  };
}
