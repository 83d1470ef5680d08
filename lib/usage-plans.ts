import { ApiKey, type Method, type RestApi, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { SHARED_USAGE_KEY, USAGE_PLANS } from '../functions/runtime/names.ts';
import type { ClientLimits } from './client-limits.ts';
import { publish } from './output.ts';

export type UsagePlansProps = {
  readonly limits: ClientLimits;
  /** Beginning of the names that people see. */
  readonly stackName: string;
  readonly restApi: RestApi;
  readonly uploads: readonly Method[];
  readonly authorizer: LambdaFunction;
};

/**
 * Limits of each client. The gateway counts by keys of its own, which nobody sends: the authorizer names the one of the client, and no
 * request can name another's. `owner-profiles clients` makes them; the stack makes those that clients without a plan share.
 */
export class UsagePlans extends Construct {
  constructor(scope: Construct, id: string, { limits, stackName, restApi, uploads, authorizer }: UsagePlansProps) {
    super(scope, id);
    const names = [limits.default, ...Object.keys(limits.plans).filter((name) => name !== limits.default)];
    const plans = names.map((name) => {
      const { requestsPerSecond, burst, uploadsPerMinute } = limits.plans[name]!;
      const ofUploads = { rateLimit: uploadsPerMinute / 60, burstLimit: uploadsPerMinute };
      const plan = new UsagePlan(this, name, {
        name: `${stackName}-${name}`,
        throttle: { rateLimit: requestsPerSecond, burstLimit: burst },
        apiStages: [
          {
            stage: restApi.deploymentStage,
            throttle: uploads.map((method) => ({ method, throttle: ofUploads })),
          },
        ],
      });
      // In every plan: a stage has a key in one plan only, so another `default` could not take the key of the one before.
      const apiKeyName = `${stackName}-shared-${name}`;
      plan.addApiKey(new ApiKey(this, `SharedKey-${name}`, { apiKeyName, value: sharedKey(name, restApi) }));
      return plan;
    });
    authorizer.addEnvironment(SHARED_USAGE_KEY, sharedKey(limits.default, restApi));
    authorizer.addEnvironment(USAGE_PLANS, names.map((name) => `${name}=${limitsOf(limits.plans[name]!)}`).join(','));
    const ids = plans.map(({ usagePlanId }, index) => `${names[index]}=${usagePlanId}`);
    publish(this, 'UsagePlans', ids.join(' '), 'Plans of requests, the one of new clients first');
  }
}

/** As functions read it, to say it to callers. */
function limitsOf({ requestsPerSecond, burst, uploadsPerMinute }: ClientLimits['plans'][string]): string {
  return [requestsPerSecond, burst, uploadsPerMinute].join(':');
}

/** At least twenty letters and digits, and the same in no other stack of the region. Names of plans have no capitals. */
function sharedKey(plan: string, { restApiId }: RestApi): string {
  return `ownerProfilesShared${plan.replaceAll('-', 'X')}${restApiId}`;
}
