import {
  AccessLogField,
  AccessLogFormat,
  ApiKeySourceType,
  AwsIntegration,
  EndpointType,
  IdentitySource,
  LogGroupLogDestination,
  type Method,
  type MethodOptions,
  RequestAuthorizer,
  RestApi,
  type RestApiProps,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { crossOriginHeaders } from '../functions/contracts/http/cross-origin.ts';
import { isUpload, ROUTES, type Route, type RouteFunction } from '../functions/contracts/http/routes.ts';
import { acknowledge, acknowledgeIn } from './acknowledge.ts';
import { FIVE_MINUTES, raiseAlarm } from './alarm.ts';
import type { ApiFunctions } from './api-functions.ts';
import { allowOrigin, quoted } from './cross-origin.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import { publish } from './output.ts';
import type { StageSettings } from './stages.ts';
import { UsagePlans } from './usage-plans.ts';

export type ApiProps = { readonly settings: StageSettings; readonly functions: ApiFunctions };

/** Name of the gateway's only stage; our stages are stacks. */
const GATEWAY_STAGE = 'live';

/**
 * The access log: what was asked and how it went, but neither query string nor address, because an owner's id is in the one and the other
 * is personal data. `responseType` is there when the gateway answered by itself.
 */
const ACCESS_LOG_FORMAT = AccessLogFormat.custom(
  JSON.stringify({
    requestId: AccessLogField.contextRequestId(),
    time: AccessLogField.contextRequestTimeEpoch(),
    httpMethod: AccessLogField.contextHttpMethod(),
    resourcePath: AccessLogField.contextResourcePath(),
    status: AccessLogField.contextStatus(),
    latency: AccessLogField.contextResponseLatency(),
    clientId: AccessLogField.contextAuthorizer('clientId'),
    responseType: AccessLogField.contextErrorResponseType(),
  }),
);

const NO_WEB_ACL =
  'The web ACL is an option of the stage (webAclArn), because most accounts share one. Without it there are throttling, keys and address lists.';
const NO_EXECUTION_LOG =
  'Execution logs print query strings, and with them owner ids, which must never be logged in clear. Access log, function logs and traces show the rest.';

/**
 * The HTTP API, made from the table of routes.
 *
 * Calls are throttled for the stage as a whole, and for each client where the stage has plans (usage-plans.ts).
 */
export class Api extends Construct {
  readonly restApi: RestApi;
  /** Without a slash at its end. */
  readonly url: string;
  readonly metrics: Readonly<
    Record<'requests' | 'clientErrors' | 'serverErrorRate' | 'latencyP50' | 'latencyP99', IMetric>
  >;

  constructor(scope: Construct, id: string, { settings, functions }: ApiProps) {
    super(scope, id);
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.restApi = new RestApi(this, 'RestApi', {
      restApiName: settings.stackName,
      description: 'Owner Profiles',
      endpointTypes: [EndpointType.REGIONAL],
      // What counts as binary reaches the function unharmed, as base64: a gzipped body, and a bank's file under any media type.
      binaryMediaTypes: ['*/*'],
      ...(settings.limits && { apiKeySourceType: ApiKeySourceType.AUTHORIZER }),
      // The gateway may write logs only by a role that is set for the whole account, perhaps by another stack.
      cloudWatchRole: settings.api.setsLoggingRole,
      ...ownDomain(this, settings.api.domain),
      deployOptions: {
        stageName: GATEWAY_STAGE,
        // The gateway's trace segments hold the whole URL, and with it owner ids; traces start at the functions.
        tracingEnabled: false,
        throttlingRateLimit: settings.api.throttlingRatePerSecond,
        throttlingBurstLimit: settings.api.throttlingBurst,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat: ACCESS_LOG_FORMAT,
      },
    });
    // The construct's own output ends with a slash; `ApiUrl` below does not.
    this.restApi.node.tryRemoveChild('Endpoint');
    const uploads = this.addRoutes(settings, functions);
    if (settings.limits) {
      const { authorizer } = functions;
      const { limits, stackName } = settings;
      new UsagePlans(this, 'UsagePlans', { limits, stackName, restApi: this.restApi, uploads, authorizer });
    }
    const { console: page } = settings;
    this.url = this.urlOf(settings.api.domain);
    addGatewayResponses(this.restApi, this.url, page && quoted(crossOriginHeaders(`https://${page.name}`)));
    if (page) allowOrigin(this.restApi, `https://${page.name}`);
    this.protect(settings);

    this.metrics = {
      requests: this.restApi.metricCount({ period: FIVE_MINUTES }),
      clientErrors: this.restApi.metricClientError({ period: FIVE_MINUTES, statistic: 'Sum' }),
      // The average of a count that is 0 or 1 for each request is the rate.
      serverErrorRate: this.restApi.metricServerError({ period: FIVE_MINUTES, statistic: 'Average' }),
      latencyP50: this.restApi.metricLatency({ period: FIVE_MINUTES, statistic: 'p50' }),
      latencyP99: this.restApi.metricLatency({ period: FIVE_MINUTES, statistic: 'p99' }),
    };
    this.raiseAlarms(settings);
    this.acknowledgeFindings();
    publish(this, 'ApiUrl', this.url, 'Base URL of the API, without a slash at its end');
    const { domainName } = this.restApi;
    if (domainName !== undefined) {
      const target = domainName.domainNameAliasDomainName;
      publish(this, 'ApiDomainTarget', target, 'What a CNAME or alias record of the API points to');
    }
  }

  private urlOf(domain: StageSettings['api']['domain']): string {
    if (domain !== undefined) return `https://${domain.name}`;
    const { region, urlSuffix } = Stack.of(this);
    return `https://${this.restApi.restApiId}.execute-api.${region}.${urlSuffix}/${GATEWAY_STAGE}`;
  }

  /**
   * Each path answers any method by the function of its first route, which says 405 to those it does not know. Where
   * several functions share a path, each has its own method besides. So has an upload, which has a limit of its own.
   *
   * @returns the methods of uploads
   */
  private addRoutes(settings: StageSettings, functions: ApiFunctions): Method[] {
    const authorizer = this.keyAuthorizer(settings, functions);
    const withKey: MethodOptions = { authorizer, ...(settings.limits && { apiKeyRequired: true }) };
    const uploads: Method[] = [];
    for (const name of Object.keys(functions.answering) as RouteFunction[]) this.letInvoke(functions.called(name));
    for (const [path, routes] of Map.groupBy(ROUTES, (route) => route.path)) {
      const resource = this.restApi.root.resourceForPath(path);
      const add = (method: string, { answeredBy, scopes }: Route) => {
        const added = resource.addMethod(
          method,
          invoking(functions.called(answeredBy)),
          scopes.length === 0 ? {} : withKey,
        );
        if (scopes.length === 0) {
          acknowledge(added, { APIG4: 'It describes the API, is public by contract and holds no data of any client.' });
        }
        return added;
      };
      const [first, ...others] = routes as [Route, ...Route[]];
      add('ANY', first);
      const isShared = others.some(({ answeredBy }) => answeredBy !== first.answeredBy);
      for (const route of routes) {
        if (!isShared && !isUpload(route)) continue;
        const added = add(route.method, route);
        if (isUpload(route)) uploads.push(added);
      }
    }
    return uploads;
  }

  /** Once for each function: the CDK's integration would do so for each of its methods, which a stack has no room for. */
  private letInvoke(fn: IFunction): void {
    fn.addPermission('Api', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: this.restApi.arnForExecuteApi('*', '/*', GATEWAY_STAGE),
    });
  }

  private keyAuthorizer(settings: StageSettings, functions: ApiFunctions): RequestAuthorizer {
    const { authorizerCacheSeconds } = settings.api;
    const apiKey = IdentitySource.header('X-Api-Key');
    return new RequestAuthorizer(this, 'KeyAuthorizer', {
      handler: functions.authorizer.live,
      // The authorizer judges the address as well, so what it said of a key holds only for that address.
      identitySources: authorizerCacheSeconds === 0 ? [apiKey] : [apiKey, IdentitySource.context('identity.sourceIp')],
      resultsCacheTtl: Duration.seconds(authorizerCacheSeconds),
    });
  }

  private protect({ api: { webAclArn } }: StageSettings): void {
    if (webAclArn === undefined) {
      acknowledge(this.restApi.deploymentStage, { APIG3: NO_WEB_ACL });
      acknowledgeIn(this.restApi.deploymentStage, ['nist', 'pci'], { APIGWAssociatedWithWAF: NO_WEB_ACL });
      return;
    }
    const { stageArn } = this.restApi.deploymentStage;
    new CfnWebACLAssociation(this, 'WebAcl', { resourceArn: stageArn, webAclArn });
  }

  private raiseAlarms(settings: StageSettings): void {
    raiseAlarm(this, 'ServerErrorsAlarm', {
      settings,
      anchor: 'api-server-errors',
      says: 'The API answers too many requests with 5xx.',
      metric: this.metrics.serverErrorRate,
      atLeast: settings.alarms.serverErrorRate,
      rollsBack: true,
    });
    raiseAlarm(this, 'LatencyAlarm', {
      settings,
      anchor: 'api-slow',
      says: 'One request in a hundred takes too long.',
      metric: this.metrics.latencyP99,
      atLeast: settings.alarms.latencyP99Ms,
      periods: 3,
    });
  }

  private acknowledgeFindings(): void {
    acknowledge(this.restApi, {
      APIG2:
        'The functions validate against the schemas that also make the OpenAPI document, and name the path of every fault; the gateway cannot.',
      APIG6: NO_EXECUTION_LOG,
      COG4: 'Clients are companies with API keys. The Lambda authorizer checks these, and the tokens of people who sign in by Cognito.',
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
        'The role is a setting of the whole account, shared by all its APIs; this policy is the one that API Gateway documents for it.',
    });
    acknowledgeIn(this, ['hipaa'], {
      APIGWXrayEnabled:
        "The gateway's trace segments hold the URL with its query string, and with it owner ids, which must never be logged in clear. The functions trace themselves.",
    });
    acknowledgeIn(this, 'all', {
      APIGWCacheEnabledAndEncrypted:
        'Answers are about persons and differ by key: nothing on the way may keep them, so there is no cache to encrypt.',
      APIGWExecutionLoggingEnabled: NO_EXECUTION_LOG,
      APIGWSSLEnabled:
        'A client certificate proves the gateway to an HTTP backend. Here there is none: functions are invoked by IAM, and by this API alone.',
      CloudWatchLogGroupEncrypted:
        'The access log names neither owners nor addresses; CloudWatch encrypts it with a key of its own.',
    });
  }
}

function invoking({ functionArn }: IFunction): AwsIntegration {
  return new AwsIntegration({
    proxy: true,
    service: 'lambda',
    path: `2015-03-31/functions/${functionArn}/invocations`,
  });
}

/** The default address is switched off: it would bypass what is in front of the domain, such as an allow-list. */
function ownDomain(scope: Construct, domain: StageSettings['api']['domain']): Partial<RestApiProps> {
  if (domain === undefined) return {};
  return {
    disableExecuteApiEndpoint: true,
    domainName: {
      domainName: domain.name,
      certificate: Certificate.fromCertificateArn(scope, 'Certificate', domain.certificateArn),
      securityPolicy: SecurityPolicy.TLS_1_2,
    },
  };
}
