/** Plans of requests (stage setting `limits`), and the keys of API Gateway by which it counts a client's requests for one. */
import type { Usage } from '../functions/adapters/clients/client-items.ts';
import { answered, clientOptions, GATEWAY } from './aws.ts';
import type { Outputs, TableConnection } from './connection.ts';
import { usage } from './errors.ts';

/** Ids by name, the plan of new clients first; none: the stage has no plans, or the outputs are not known. */
export function plansIn({ UsagePlans = '' }: Outputs): ReadonlyMap<string, string> {
  const pairs = UsagePlans.split(' ').map((pair) => pair.split('='));
  return new Map(pairs.flatMap(([name, id]) => (name && id ? [[name, id] as const] : [])));
}

/** @throws {CliError} when there is no such plan */
export function checkPlan(outputs: Outputs, plan: string): void {
  const plans = [...plansIn(outputs).keys()];
  if (plans.includes(plan)) return;
  const hint = plans.length > 0 ? `the plans are ${plans.join(', ')}` : 'give --outputs of a stack that has `limits`';
  throw usage(`there is no plan "${plan}"`, hint);
}

/**
 * The client's key in the plan, made if it is missing. There is one for each client and plan, and none is removed: requests that the
 * gateway still counts by the key before go on.
 */
export async function usageKey({ outputs, region }: TableConnection, clientId: string, plan: string): Promise<Usage> {
  checkPlan(outputs, plan);
  const usagePlanId = plansIn(outputs).get(plan) ?? '';
  const { APIGatewayClient, CreateApiKeyCommand, CreateUsagePlanKeyCommand, paginateGetApiKeys } = await import(
    '@aws-sdk/client-api-gateway'
  );
  const gateway = new APIGatewayClient(clientOptions(region, outputs['ApiGatewayEndpoint']));
  const name = `owner-profiles/${usagePlanId}/${clientId}`;
  const find = async () => {
    // By its beginning: the name of another client may go on.
    for await (const { items = [] } of paginateGetApiKeys(
      { client: gateway },
      { nameQuery: name, includeValues: true },
    )) {
      const found = items.find((key) => key.name === name);
      if (found) return found;
    }
    return undefined;
  };
  const isThere = (error: Error) => {
    if (error.name !== 'ConflictException') throw error;
  };
  const make = async () => {
    const key = (await find()) ?? (await gateway.send(new CreateApiKeyCommand({ name, enabled: true })));
    await gateway
      .send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: key.id, keyType: 'API_KEY' }))
      .catch(isThere);
    return { plan, planId: usagePlanId, key: key.value ?? '' };
  };
  try {
    return await answered(GATEWAY, make());
  } finally {
    gateway.destroy();
  }
}
