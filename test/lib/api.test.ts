import { PROBLEMS, type ProblemCode, problemType } from '../../functions/contracts/http/problems.ts';
import { ROUTES } from '../../functions/contracts/http/routes.ts';
import { SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';
import { type Json, type Synthesized, synthesized } from './synthesized.ts';

let dev: Synthesized;
let prod: Synthesized;
beforeAll(async () => {
  dev = await synthesized('dev');
  prod = await synthesized('prod');
}, SYNTHESIS_TIMEOUT_MS);

const METHOD = /^Api\/RestApi\/Default(\/.*)\/([A-Z]+)$/;

/** `GET /v1/x` → function and authorizer. */
function methods(): Map<string, { readonly answeredBy: string; readonly authorizer: string | undefined }> {
  return new Map(
    dev.ofType('AWS::ApiGateway::Method').map(({ path, properties }) => {
      const [, route, method] = METHOD.exec(path) ?? [];
      expect(properties.Integration).toMatchObject({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' });
      const fn = /functions\/\{(.+?)(?:\/Live|\.Arn)\}\/invocations$/.exec(properties.Integration.Uri)?.[1] as string;
      const answeredBy = dev.at(fn).properties.Environment.Variables.POWERTOOLS_SERVICE_NAME;
      expect(properties.AuthorizationType).toBe(properties.AuthorizerId ? 'CUSTOM' : 'NONE');
      return [`${method} ${route}`, { answeredBy, authorizer: properties.AuthorizerId }];
    }),
  );
}

test('every route is answered by its function, and asks for a key unless it needs none', () => {
  const made = methods();
  for (const { method, path, answeredBy, scopes } of ROUTES) {
    const authorizer = scopes.length === 0 ? undefined : '{Api/KeyAuthorizer}';
    expect([method, path, made.get(`${method} ${path}`) ?? made.get(`ANY ${path}`)]).toEqual([
      method,
      path,
      { answeredBy, authorizer },
    ]);
  }
});

test('a path answers methods it does not know by a function too, which says 405', () => {
  expect([...methods().keys()].sort()).toEqual([
    'ANY /v1/catalogue',
    'ANY /v1/catalogue/draft',
    'ANY /v1/catalogue/draft/profiles/{id}',
    'ANY /v1/catalogue/previews',
    'ANY /v1/catalogue/previews/{previewId}',
    'ANY /v1/catalogue/previews/{previewId}/near-misses',
    'ANY /v1/catalogue/previews/{previewId}/owners',
    'ANY /v1/catalogue/previews/{previewId}/owners/{ownerExternalId}',
    'ANY /v1/catalogue/publications',
    'ANY /v1/catalogue/publications/{publicationId}',
    'ANY /v1/catalogue/schema.json',
    'ANY /v1/catalogue/versions',
    'ANY /v1/catalogue/versions/{version}',
    'ANY /v1/changes',
    'ANY /v1/failures',
    'ANY /v1/failures/{queue}',
    'ANY /v1/import-message.schema.json',
    'ANY /v1/imports',
    'ANY /v1/imports/{importId}',
    'ANY /v1/keys',
    'ANY /v1/keys/{keyId}',
    'ANY /v1/openapi.json',
    'ANY /v1/owner',
    'ANY /v1/owner-features',
    'ANY /v1/owner-profiles',
    'ANY /v1/owner-profiles/batch',
    'ANY /v1/owner-profiles/explanation',
    'ANY /v1/owner-profiles/history',
    'ANY /v1/owner-transactions',
    'ANY /v1/owner/statements',
    'ANY /v1/problems',
    'ANY /v1/profiles',
    'ANY /v1/snapshots',
    'ANY /v1/snapshots/{snapshotId}',
    'ANY /v1/snapshots/{snapshotId}/changes',
    'ANY /v1/snapshots/{snapshotId}/counts',
    'ANY /v1/snapshots/{snapshotId}/distributions',
    'ANY /v1/snapshots/{snapshotId}/files',
    'ANY /v1/snapshots/{snapshotId}/owners',
    'ANY /v1/snapshots/{snapshotId}/unlabelled',
    'ANY /v1/webhooks',
    'ANY /v1/webhooks/{webhookId}',
    'ANY /v1/webhooks/{webhookId}/deliveries',
    'ANY /v1/webhooks/{webhookId}/deliveries/{deliveryId}/retry',
    'ANY /v1/webhooks/{webhookId}/secret',
    'ANY /v1/webhooks/{webhookId}/test',
    'DELETE /v1/owner',
    'POST /v1/owner',
    'POST /v1/owner/statements',
  ]);
});

test('the authorizer is called with the key; its answers are cached for each address separately', () => {
  const authorizers = [dev, prod].map(({ at }) => at('Api/KeyAuthorizer').properties);
  expect(authorizers).toMatchObject([
    { Type: 'REQUEST', IdentitySource: 'method.request.header.X-Api-Key', AuthorizerResultTtlInSeconds: 0 },
    {
      Type: 'REQUEST',
      IdentitySource: 'method.request.header.X-Api-Key,context.identity.sourceIp',
      AuthorizerResultTtlInSeconds: 60,
    },
  ]);
});

test('a gzipped JSON body passes unharmed', () => {
  expect(dev.at('Api/RestApi').properties.BinaryMediaTypes).toEqual(['*/*']);
});

test('the stage is throttled and logged, without anything about owners or addresses', () => {
  const { properties } = prod.at('Api/RestApi/DeploymentStage.live');
  expect(properties).toMatchObject({
    StageName: 'live',
    TracingEnabled: false,
    MethodSettings: [
      {
        HttpMethod: '*',
        ResourcePath: '/*',
        DataTraceEnabled: false,
        ThrottlingRateLimit: 500,
        ThrottlingBurstLimit: 1000,
      },
    ],
  });
  expect(JSON.parse(properties.AccessLogSetting.Format)).toEqual({
    requestId: '$context.requestId',
    time: '$context.requestTimeEpoch',
    httpMethod: '$context.httpMethod',
    resourcePath: '$context.resourcePath',
    status: '$context.status',
    latency: '$context.responseLatency',
    clientId: '$context.authorizer.clientId',
    responseType: '$context.error.responseType',
  });
});

test('prod limits each client by the key that the authorizer names, and dev no client', () => {
  const [plan, ...others] = prod.ofType('AWS::ApiGateway::UsagePlan').map(({ properties }) => properties);
  expect([plan.Throttle, plan.ApiStages[0].Throttle, others]).toEqual([
    { RateLimit: 100, BurstLimit: 200 },
    {
      '/v1/owner/POST': { RateLimit: 10, BurstLimit: 600 },
      '/v1/owner/statements/POST': { RateLimit: 10, BurstLimit: 600 },
    },
    [],
  ]);
  const counted = (stage: Synthesized) =>
    stage
      .ofType('AWS::ApiGateway::Method')
      .filter(({ properties }) => (properties.ApiKeyRequired ?? false) !== (properties.AuthorizerId !== undefined));
  expect(counted(prod)).toEqual([]);
  expect(prod.at('Api/RestApi').properties.ApiKeySourceType).toBe('AUTHORIZER');
  const { SHARED_USAGE_KEY, USAGE_PLANS } = prod.at('ApiFunctions/Authorizer/Function').properties.Environment
    .Variables;
  expect([SHARED_USAGE_KEY, USAGE_PLANS]).toEqual([
    prod.at('Api/UsagePlans/SharedKey-standard').properties.Value,
    'standard=100:200:600',
  ]);

  expect(dev.ofType('AWS::ApiGateway::UsagePlan')).toEqual([]);
  expect(dev.at('Api/RestApi').properties).not.toHaveProperty('ApiKeySourceType');
});

/** Every type API Gateway has (developer guide, "Gateway response types"), and the problem it answers with. */
const GATEWAY_RESPONSES: Readonly<Record<string, ProblemCode>> = {
  ACCESS_DENIED: 'INVALID_API_KEY',
  API_CONFIGURATION_ERROR: 'INTERNAL_ERROR',
  AUTHORIZER_CONFIGURATION_ERROR: 'INTERNAL_ERROR',
  AUTHORIZER_FAILURE: 'INTERNAL_ERROR',
  BAD_REQUEST_BODY: 'INVALID_PARAMETER',
  BAD_REQUEST_PARAMETERS: 'INVALID_PARAMETER',
  DEFAULT_4XX: 'INVALID_PARAMETER',
  DEFAULT_5XX: 'INTERNAL_ERROR',
  EXPIRED_TOKEN: 'FORBIDDEN',
  INTEGRATION_FAILURE: 'SERVICE_UNAVAILABLE',
  INTEGRATION_TIMEOUT: 'SERVICE_UNAVAILABLE',
  INVALID_API_KEY: 'SERVICE_UNAVAILABLE',
  INVALID_SIGNATURE: 'FORBIDDEN',
  MISSING_AUTHENTICATION_TOKEN: 'ROUTE_NOT_FOUND',
  QUOTA_EXCEEDED: 'RATE_LIMITED',
  REQUEST_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  RESOURCE_NOT_FOUND: 'ROUTE_NOT_FOUND',
  THROTTLED: 'RATE_LIMITED',
  UNAUTHORIZED: 'MISSING_API_KEY',
  UNSUPPORTED_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  WAF_FILTERED: 'FORBIDDEN',
};

test('whatever the gateway answers by itself is a problem document', () => {
  const responses = new Map(
    dev.ofType('AWS::ApiGateway::GatewayResponse').map(({ properties }) => [properties.ResponseType, properties]),
  );
  expect([...responses.keys()].sort()).toEqual(Object.keys(GATEWAY_RESPONSES).sort());

  for (const [type, code] of Object.entries(GATEWAY_RESPONSES)) {
    const { StatusCode, ResponseParameters, ResponseTemplates }: Json = responses.get(type);
    const { status, title } = PROBLEMS[code];
    expect(ResponseParameters).toEqual({
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      'gatewayresponse.header.X-Request-Id': 'context.requestId',
      ...(code === 'RATE_LIMITED' && { 'gatewayresponse.header.Retry-After': "'1'" }),
    });
    expect(Object.keys(ResponseTemplates)).toEqual(['application/json', 'application/problem+json']);
    for (const template of Object.values<string>(ResponseTemplates)) {
      expect(JSON.parse(template)).toEqual({
        type: problemType(code, 'https://{Api/RestApi}.execute-api.{AWS::Region}.{AWS::URLSuffix}/live'),
        title,
        // The fallback must leave every other 4xx the status it has.
        ...(type !== 'DEFAULT_4XX' && { status }),
        code,
        detail: expect.stringMatching(/^[A-Z].{10,}\.$/),
        requestId: '$context.requestId',
      });
    }
    expect(StatusCode).toBe(type === 'DEFAULT_4XX' ? undefined : String(status));
  }
  const { ResponseTemplates }: Json = responses.get('INVALID_API_KEY');
  expect(JSON.parse(ResponseTemplates['application/json']).detail).toMatch('limits of this client are being set up');
});
