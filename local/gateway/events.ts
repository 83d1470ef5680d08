/** Events as API Gateway makes them for Lambda: proxy integration (payload version 1) and REQUEST authorizer. */
import type { ApiSpec } from '../template/api.ts';
import type { GatewayRequest } from './request.ts';
import { header, lastOf } from './request.ts';
import type { Match } from './router.ts';

export type Scene = {
  readonly api: ApiSpec;
  readonly request: GatewayRequest;
  readonly match: Match;
  readonly region: string;
  readonly account: string;
};

export const methodArnOf = ({ api, request, region, account }: Scene): string =>
  `arn:aws:execute-api:${region}:${account}:${api.id}/${api.stage}/${request.method}${request.path}`;

const common = ({ api, request, match, account }: Scene) => ({
  resource: match.resource,
  path: request.path,
  httpMethod: request.method,
  headers: lastOf(request.headers),
  multiValueHeaders: request.headers,
  queryStringParameters: lastOf(request.query),
  multiValueQueryStringParameters: Object.keys(request.query).length > 0 ? request.query : null,
  pathParameters: match.pathParameters,
  stageVariables: null,
  requestContext: {
    accountId: account,
    apiId: api.id,
    domainName: header(request.headers, 'host') ?? '',
    domainPrefix: api.id,
    extendedRequestId: request.id,
    httpMethod: request.method,
    identity: { sourceIp: request.sourceIp, userAgent: header(request.headers, 'user-agent') ?? null },
    // As with a custom domain: the stage is not in the address.
    path: request.path,
    protocol: 'HTTP/1.1',
    requestId: request.id,
    requestTime: request.receivedAt.toUTCString(),
    requestTimeEpoch: request.receivedAt.getTime(),
    resourceId: match.resource,
    resourcePath: match.resource,
    stage: api.stage,
  },
});

export const authorizerEvent = (scene: Scene) => ({ type: 'REQUEST', methodArn: methodArnOf(scene), ...common(scene) });

export const tokenEvent = (scene: Scene, token: string) => ({
  type: 'TOKEN',
  methodArn: methodArnOf(scene),
  authorizationToken: token,
});

export function proxyEvent(scene: Scene, authorizer: Readonly<Record<string, string>> | undefined, body: Buffer) {
  const event = common(scene);
  const isBase64Encoded =
    body.length > 0 && isBinary(scene.api.binaryTypes, header(scene.request.headers, 'content-type'));
  return {
    ...event,
    requestContext: { ...event.requestContext, ...(authorizer ? { authorizer } : {}) },
    body: body.length === 0 ? null : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}

/** Whether a media type counts as binary for the API. */
export function isBinary(binaryTypes: readonly string[], mediaType: string | undefined): boolean {
  const plain = (mediaType ?? '').split(';')[0]!.trim().toLowerCase();
  return binaryTypes.some(
    (type) =>
      type === '*/*' ||
      (plain !== '' && (type === plain || (type.endsWith('/*') && plain.startsWith(type.slice(0, -1))))),
  );
}
