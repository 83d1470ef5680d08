/** Requests as API Gateway passes them to a function, and their results. */
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';

export type Asked = {
  readonly method?: string;
  /** The gateway's resource: `/v1/catalogue/versions/{version}`. */
  readonly path?: string;
  /** Those in the path, as they are sent. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, readonly string[]>> | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | null;
  readonly base64?: boolean;
  readonly authorizer?: unknown;
  /** When and at which path the gateway received it. */
  readonly place?: { readonly domainName: string; readonly path: string };
};

export const CALLER = {
  clientId: 'demo',
  keyId: 'k1',
  scopes: 'read write erase catalogue:read catalogue:write',
  addressAllowed: 'true',
  enabledProfiles: 'gambler,smoker',
  amendment: '',
  amendmentFrom: '',
  amendmentBefore: '',
};

/** When the gateway took every request. */
export const ASKED_AT = Date.UTC(2026, 10, 22, 12);

export const REQUEST_ID = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';

export function httpEvent(asked: Asked = {}): APIGatewayProxyEvent {
  const {
    method = 'GET',
    path = '/v1/owner-profiles',
    parameters = {},
    query = null,
    headers = {},
    body = null,
    base64 = false,
  } = asked;
  return {
    httpMethod: method,
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? ''),
    resource: path,
    pathParameters: Object.keys(parameters).length > 0 ? parameters : null,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    body,
    isBase64Encoded: base64,
    multiValueQueryStringParameters: query,
    requestContext: {
      requestId: REQUEST_ID,
      requestTimeEpoch: ASKED_AT,
      domainName: 'profiles.example.com',
      identity: { sourceIp: '192.0.2.1' },
      ...asked.place,
      authorizer: 'authorizer' in asked ? asked.authorizer : { ...CALLER },
    },
  } as unknown as APIGatewayProxyEvent;
}

export const CONTEXT = {
  awsRequestId: 'lambda-request',
  functionName: 'under-test',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:under-test',
  memoryLimitInMB: '512',
  getRemainingTimeInMillis: () => 10_000,
} as unknown as Context;

type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** Calls a function; `json` is its body, parsed. Tags made of the body are left out: they would repeat it. */
export async function ask(handler: Handler, asked: Asked = {}) {
  const { statusCode, headers: all = {}, body } = await handler(httpEvent(asked), CONTEXT);
  const { ETag, Vary: _, ...others } = all;
  const headers: typeof all = { ...others, ...(ETag !== undefined && !String(ETag).startsWith('W/') && { ETag }) };
  return { status: statusCode, headers, json: body === '' ? undefined : JSON.parse(body) };
}

/** The headers of every answer with a JSON body. */
export const JSON_HEADERS = {
  'Content-Type': 'application/json',
  'Cache-Control': 'no-store',
  'X-Request-Id': REQUEST_ID,
};
export const PROBLEM_HEADERS = { ...JSON_HEADERS, 'Content-Type': 'application/problem+json' };
