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
 * request can name another's. `owner-profiles clients` makes them; the stack makes the one that all other clients share.
 */
export class UsagePlans extends Construct {
  constructor(scope: Construct, id: string, { limits, stackName, restApi, uploads, authorizer }: UsagePlansProps) {
    super(scope, id);
    const names = [limits.default, ...Object.keys(limits.plans).filter((name) => name !== limits.default)];
    const plans = names.map((name) => {
      const { requestsPerSecond, burst, uploadsPerMinute } = limits.plans[name]!;
      const ofUploads = { rateLimit: uploadsPerMinute / 60, burstLimit: uploadsPerMinute };
      return new UsagePlan(this, name, {
        name: `${stackName}-${name}`,
        throttle: { rateLimit: requestsPerSecond, burstLimit: burst },
        apiStages: [
          {
            stage: restApi.deploymentStage,
            throttle: uploads.map((method) => ({ method, throttle: ofUploads })),
          },
        ],
      });
    });
    // At least twenty letters and digits, and the same in no other stack of the region.
    const shared = `ownerProfilesShared${restApi.restApiId}`;
    plans[0]?.addApiKey(new ApiKey(this, 'SharedKey', { apiKeyName: `${stackName}-shared`, value: shared }));
    authorizer.addEnvironment(SHARED_USAGE_KEY, shared);
    authorizer.addEnvironment(USAGE_PLANS, names.join(','));
    const ids = plans.map(({ usagePlanId }, index) => `${names[index]}=${usagePlanId}`);
    publish(this, 'UsagePlans', ids.join(' '), 'Plans of requests, the one of new clients first');
  }
}
