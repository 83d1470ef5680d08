/** The environment of a function's process: the template's variables, those that Lambda adds, and the addresses of the local servers. */
import { ON_ONE_MACHINE, USER_POOL_ENDPOINT } from '../../functions/runtime/names.ts';
import type { FunctionSpec } from '../template/wiring.ts';

export type Endpoints = {
  readonly dynamoDb: string;
  readonly sqs: string;
  readonly s3: string;
  readonly secretsManager: string;
  readonly states: string;
  readonly events: string;
  /** Absent: nobody signs in here. */
  readonly login?: string | undefined;
};

/** Nothing of the developer's own environment but what a process needs to run: functions see what they see when deployed. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'NODE_COMPILE_CACHE'];

export function environmentOf(spec: FunctionSpec, region: string, endpoints: Endpoints): Record<string, string> {
  const inherited = Object.fromEntries(
    INHERITED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
  const environment = spec.environment();
  // Options of this process (another clock, more memory) apply to its functions too, beside those of the stack.
  const nodeOptions = [environment['NODE_OPTIONS'], process.env['NODE_OPTIONS']].filter(Boolean).join(' ');
  return {
    ...inherited,
    TZ: 'UTC',
    LANG: 'en_US.UTF-8',
    ...environment,
    ...(nodeOptions && { NODE_OPTIONS: nodeOptions }),
    _HANDLER: spec.handler,
    LAMBDA_TASK_ROOT: spec.codePath,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // It signs with its own name: the local servers judge it by its role's policies.
    AWS_ACCESS_KEY_ID: spec.name,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamoDb,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
    AWS_ENDPOINT_URL_SFN: endpoints.states,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.events,
    ...(endpoints.login && { [USER_POOL_ENDPOINT]: endpoints.login }),
    [ON_ONE_MACHINE]: 'true',
    // There is no X-Ray daemon to send traces to.
    POWERTOOLS_TRACE_ENABLED: 'false',
    AWS_XRAY_CONTEXT_MISSING: 'IGNORE_ERROR',
  };
}
