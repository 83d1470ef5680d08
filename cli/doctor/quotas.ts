/** What the AWS account allows: new accounts begin with far less than the documented quotas. */
import { clientOptions } from '../aws.ts';
import type { Outputs } from '../connection.ts';
import { messageOf } from '../errors.ts';
import { type Finding, look, unknown, well } from './finding.ts';

/** Functions at a time for the API, besides the import workers. */
const FOR_REQUESTS = 50;
/** Requests a second, over all APIs of an account in a region. */
const FEW_REQUESTS = 1_000;

/** @param work asked only on AWS; a refusal is no fault of the service */
async function onAws(outputs: Outputs, work: () => Promise<Finding>): Promise<Finding> {
  if (outputs['ApiUrl'] === undefined) return unknown('not in the outputs');
  if (outputs['SqsEndpoint'] !== undefined) return unknown('one machine has no quotas');
  return work().catch((error: unknown) => unknown(`cannot be read: ${messageOf(error)}`));
}

export function lambdaFinding(outputs: Outputs, region: string | undefined): Promise<Finding> {
  return onAws(outputs, async () => {
    const { GetAccountSettingsCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
    const lambda = new LambdaClient(clientOptions(region, undefined));
    try {
      const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
      return concurrencyFinding(AccountLimit?.UnreservedConcurrentExecutions, Number(outputs['ImportWorkers'] ?? 0));
    } finally {
      lambda.destroy();
    }
  });
}

/** @param allowed functions at a time that no function has reserved */
export function concurrencyFinding(allowed: number | undefined, workers: number): Finding {
  if (allowed === undefined) return unknown('Lambda names no limit');
  const says = `${allowed} functions at a time, import workers take up to ${workers} of them`;
  if (allowed >= workers + FOR_REQUESTS) return well(says);
  return look(says, 'request a higher quota "Concurrent executions" of AWS Lambda, in Service Quotas');
}

export function gatewayFinding(outputs: Outputs, region: string | undefined): Promise<Finding> {
  return onAws(outputs, async () => {
    const { APIGatewayClient, GetAccountCommand } = await import('@aws-sdk/client-api-gateway');
    const gateway = new APIGatewayClient(clientOptions(region, undefined));
    try {
      const { rateLimit } = (await gateway.send(new GetAccountCommand({}))).throttleSettings ?? {};
      return requestsFinding(rateLimit);
    } finally {
      gateway.destroy();
    }
  });
}

export function requestsFinding(allowed: number | undefined): Finding {
  if (allowed === undefined) return unknown('API Gateway names no limit');
  const says = `${allowed} requests a second, over all APIs of the account`;
  if (allowed >= FEW_REQUESTS) return well(says);
  return look(says, 'request a higher quota "Throttle rate" of Amazon API Gateway, in Service Quotas');
}
