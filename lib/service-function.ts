import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  Code,
  type IFunction,
  type IVersion,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENV } from '../functions/runtime/names.ts';
import { acknowledge, acknowledgeIn } from './acknowledge.ts';
import { FIVE_MINUTES } from './alarm.ts';
import type { FunctionName } from './bundle.ts';
import type { StageSettings } from './stages.ts';

/** Of the alias by which a function is called. */
const LIVE = 'live';

/**
 * A function that may have an alias, which leads to a published version, during a deployment perhaps to two. What calls such a function
 * (routes, queues, schedules, the state machine) does so by the alias; what it may do and what is measured is the function's.
 */
export class ServiceFunction extends LambdaFunction {
  #alias: Alias | undefined;

  /** Made when it is first asked for: a stack has no room for aliases that nobody calls. */
  get alias(): Alias {
    this.#alias ??= new Alias(this, 'Live', { aliasName: LIVE, version: this.currentVersion as IVersion });
    return this.#alias;
  }

  // The CDK's classes have `role: … | undefined` where their interfaces have `role?: …`: hence what `as` says here.
  get live(): IFunction {
    return this.alias as IFunction;
  }
}

export type ServiceFunctionProps = {
  readonly settings: StageSettings;
  readonly name: FunctionName;
  /** The folder of a function's code. */
  readonly folderOf: (name: FunctionName) => string;
  readonly description: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
};

/**
 * A Lambda function as all of ours are. Its role may write its own log and its traces, nothing else: what more it needs,
 * the `bind…` methods of the other constructs grant together with the environment variable that says where it is.
 */
export function serviceFunction(scope: Construct, props: ServiceFunctionProps): ServiceFunction {
  const { settings, name, folderOf, description, memoryMb, timeoutSeconds } = props;
  const home = new Construct(scope, pascalCase(name));

  const logGroup = new LogGroup(home, 'Logs', {
    retention: settings.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  // A role of our own, because the CDK's would have AWSLambdaBasicExecutionRole: every log group of the account.
  const role = new Role(home, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(
    new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
  );
  acknowledge(role, {
    'IAM5[Resource::*]':
      'X-Ray has no resources to name: xray:PutTraceSegments and xray:PutTelemetryRecords are only granted on all of them.',
  });

  acknowledgeIn(home, 'all', {
    CloudWatchLogGroupEncrypted:
      'CloudWatch encrypts logs with keys of its own. They hold neither owner ids nor bank data, so a key of ours would guard nothing that its cost is worth.',
    IAMNoInlinePolicy:
      'A policy made for one role is inline on purpose: it cannot be attached to another, and goes when its function goes.',
    LambdaInsideVPC:
      'The functions reach AWS services alone, by TLS and with their own roles, and nothing reaches them but by invocation. A VPC would add endpoints to keep, and guard nothing more.',
  });
  acknowledgeIn(home, ['nist', 'hipaa'], {
    LambdaConcurrency:
      'Imports are bounded by the concurrency of the event source, runs by that of their map, look-ups by the throttling of the API. A reserve would be taken from the whole account.',
    LambdaDLQ:
      'No function is invoked asynchronously: the API and the state machine wait for its answer, and the import queue has a dead-letter queue of its own.',
  });

  return new ServiceFunction(home, 'Function', {
    description,
    role,
    logGroup,
    code: Code.fromAsset(folderOf(name)),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: memoryMb,
    timeout: Duration.seconds(timeoutSeconds),
    tracing: Tracing.ACTIVE,
    environment: {
      POWERTOOLS_SERVICE_NAME: name,
      POWERTOOLS_METRICS_NAMESPACE: settings.stackName,
      [ENV.stage]: settings.name,
    },
  });
}

function pascalCase(name: FunctionName): string {
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** What an operator watches of a function. */
export function functionMetrics(fn: LambdaFunction): Readonly<Record<'invocations' | 'errors' | 'throttles', IMetric>> {
  const options = { period: FIVE_MINUTES, statistic: 'Sum' };
  return {
    invocations: fn.metricInvocations(options),
    errors: fn.metricErrors(options),
    throttles: fn.metricThrottles(options),
  };
}
