/** The REST API of the template: paths, methods, authorizers, the gateway's own answers and its limits. */
import type { Assembly } from './assembly.ts';
import type { Place } from './place.ts';
import { createResolver, type Resolver } from './resolve.ts';
import { readUsage, type Throttle, type UsageSpec } from './usage.ts';
import { type Found, functionNameIn, resourcesOf } from './wiring.ts';

export type AuthorizerSpec = {
  readonly id: string;
  readonly functionName: string;
  readonly kind: 'REQUEST' | 'TOKEN';
  /** As `method.request.header.X-Api-Key` or `context.identity.sourceIp`. */
  readonly identitySources: readonly string[];
  readonly ttlMs: number;
};
export type MethodSpec = {
  readonly functionName: string;
  readonly timeoutMs: number;
  readonly authorizer: AuthorizerSpec | undefined;
  /** As usage plans name it (`/v1/owner/POST`); none: its requests are not counted for a plan. */
  readonly counted?: string;
};
export type RouteSpec = {
  /** As in the template: `/v1/owner-profiles`, `/things/{id}`, `/{proxy+}`. */
  readonly path: string;
  /** By HTTP method, or `ANY`. */
  readonly methods: ReadonlyMap<string, MethodSpec>;
};
export type GatewayResponseSpec = {
  readonly status: number | undefined;
  /** `gatewayresponse.header.X` → expression, without the prefix. */
  readonly headers: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
};
export type ApiSpec = {
  readonly id: string;
  readonly stage: string;
  /** Its address in the account, which its own answers have in their texts. */
  readonly deployedAt?: string | undefined;
  readonly binaryTypes: readonly string[];
  readonly routes: readonly RouteSpec[];
  readonly responses: ReadonlyMap<string, GatewayResponseSpec>;
  /** Requests per second and burst of the stage; none: not throttled. */
  readonly throttle: Throttle | undefined;
  /** Limits by the key that the authorizer names; none: there are no plans. */
  readonly usage?: UsageSpec | undefined;
};

/** API Gateway waits no longer unless its quota was raised. */
const INTEGRATION_TIMEOUT_MS = 29_000;

export function readApi(assembly: Assembly, place: Place): ApiSpec {
  const resolver = createResolver(assembly.template, place);
  const all = (type: string) => resourcesOf(assembly, resolver, type);
  const [api] = all('AWS::ApiGateway::RestApi');
  if (!api) throw new Error(`${assembly.stackName}: there is no AWS::ApiGateway::RestApi in the template`);
  const [stage] = all('AWS::ApiGateway::Stage');
  const parts = new Map(
    all('AWS::ApiGateway::Resource').map(({ id, properties }) => [
      id,
      { parent: resolver.text(properties['ParentId'], id), part: resolver.text(properties['PathPart'], id) },
    ]),
  );
  const pathOf = (id: string): string => {
    const found = parts.get(id);
    return found ? `${pathOf(found.parent)}/${found.part}` : '';
  };

  const authorizers = authorizersOf(all('AWS::ApiGateway::Authorizer'), resolver);
  const routes = new Map<string, Map<string, MethodSpec>>();
  for (const { id, properties } of all('AWS::ApiGateway::Method').filter((method) => !isPreflight(method))) {
    const integration = properties['Integration'] as { Type?: string; Uri?: unknown; TimeoutInMillis?: number };
    if (integration?.Type !== 'AWS_PROXY')
      throw new Error(`${id}: the local gateway knows AWS_PROXY integrations only, not ${integration?.Type}`);
    const kind = properties['AuthorizationType'] ?? 'NONE';
    if (kind !== 'NONE' && kind !== 'CUSTOM')
      throw new Error(`${id}: the local gateway does not know authorization ${String(kind)}`);
    const authorizer = kind === 'CUSTOM' ? authorizers.get(resolver.text(properties['AuthorizerId'], id)) : undefined;
    if (kind === 'CUSTOM' && !authorizer) throw new Error(`${id}: its authorizer is not in the template`);
    const path = pathOf(resolver.text(properties['ResourceId'], id)) || '/';
    const methods = routes.get(path) ?? new Map<string, MethodSpec>();
    methods.set(String(properties['HttpMethod']), {
      functionName: functionNameIn(resolver.text(integration.Uri, id)),
      timeoutMs: Math.min(integration.TimeoutInMillis ?? INTEGRATION_TIMEOUT_MS, INTEGRATION_TIMEOUT_MS),
      authorizer,
      ...(properties['ApiKeyRequired'] === true && { counted: `${path}/${String(properties['HttpMethod'])}` }),
    });
    routes.set(path, methods);
  }

  const url = assembly.template.Outputs?.['ApiUrl'];
  return {
    id: 'local',
    stage: stage ? resolver.text(stage.properties['StageName'], stage.id) : 'local',
    deployedAt: url && resolver.text(url.Value, 'output ApiUrl'),
    binaryTypes: (resolver.resolve(api.properties['BinaryMediaTypes'] ?? [], api.id) as string[]).map((type) =>
      type.toLowerCase(),
    ),
    routes: [...routes].map(([path, methods]) => ({ path, methods })),
    responses: responsesOf(all('AWS::ApiGateway::GatewayResponse'), resolver),
    throttle: stage && throttleOf(stage, resolver),
    ...(api.properties['ApiKeySourceType'] === 'AUTHORIZER' && { usage: readUsage(all, resolver) }),
  };
}

/** For a console on an origin of its own; here it is on the gateway's. */
function isPreflight({ properties }: Found): boolean {
  const { Type } = properties['Integration'] as { Type?: string };
  return Type === 'MOCK' && properties['HttpMethod'] === 'OPTIONS';
}

function authorizersOf(resources: readonly Found[], resolver: Resolver): Map<string, AuthorizerSpec> {
  return new Map(
    resources.map(({ id, properties }): [string, AuthorizerSpec] => [
      id,
      {
        id,
        functionName: functionNameIn(resolver.text(properties['AuthorizerUri'], id)),
        kind: properties['Type'] === 'TOKEN' ? 'TOKEN' : 'REQUEST',
        identitySources: String(properties['IdentitySource'] ?? '')
          .split(',')
          .map((source) => source.trim())
          .filter((source) => source !== ''),
        ttlMs: 1000 * Number(properties['AuthorizerResultTtlInSeconds'] ?? 300),
      },
    ]),
  );
}

function responsesOf(resources: readonly Found[], resolver: Resolver): Map<string, GatewayResponseSpec> {
  const prefix = 'gatewayresponse.header.';
  return new Map(
    resources.map(({ id, properties }) => [
      String(properties['ResponseType']),
      {
        status: properties['StatusCode'] === undefined ? undefined : Number(properties['StatusCode']),
        headers: Object.fromEntries(
          Object.entries((properties['ResponseParameters'] ?? {}) as Record<string, string>)
            .filter(([name]) => name.startsWith(prefix))
            .map(([name, value]) => [name.slice(prefix.length), value]),
        ),
        templates: resolver.resolve(properties['ResponseTemplates'] ?? {}, id) as Record<string, string>,
      },
    ]),
  );
}

/** The limits of the stage for all its methods. */
function throttleOf({ id, properties }: Found, resolver: Resolver): ApiSpec['throttle'] {
  const settings = resolver.resolve(properties['MethodSettings'], id) as
    | { HttpMethod?: string; ResourcePath?: string; ThrottlingRateLimit?: number; ThrottlingBurstLimit?: number }[]
    | undefined;
  const everywhere = settings?.find(({ HttpMethod, ResourcePath }) => HttpMethod === '*' && ResourcePath === '/*');
  const rate = everywhere?.ThrottlingRateLimit;
  return rate === undefined ? undefined : { rate, burst: everywhere?.ThrottlingBurstLimit ?? rate };
}
