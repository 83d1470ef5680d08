/** Whether each client has a key in a plan of requests that the stage knows: those without one share a limit, and can slow down each other. */
import { tableConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import type { Client } from '../operator.ts';
import type { CommonOptions } from '../options.ts';
import { plansIn } from '../usage-keys.ts';
import { type Finding, look, unknown, well } from './finding.ts';

export async function plansFinding(
  options: CommonOptions,
  outputs: Parameters<typeof plansIn>[0],
  { env, openClientStore }: Context,
): Promise<Finding> {
  const plans = plansIn(outputs);
  if (plans.size === 0) return unknown('this stage has no limits for single clients');
  const clients = await (await openClientStore(tableConnection(options, env))).listClients();
  return planOfEach(plans, clients);
}

/** @param plans ids by name */
export function planOfEach(plans: ReadonlyMap<string, string>, clients: readonly Client[]): Finding {
  const idOf = ({ usage }: Client) => plans.get(usage?.plan ?? '');
  const named = (says: string, test: (client: Client) => boolean) => {
    const ids = clients.filter(test).map(({ clientId }) => clientId);
    return ids.length === 0 ? [] : [`${ids.join(', ')} ${says}`];
  };
  const faults = [
    ...named('share one limit', (client) => idOf(client) === undefined),
    // The authorizer goes by the name: API Gateway refuses a key of the plan that was there before.
    ...named(
      'get 503: their plan was made again, and has no key of theirs',
      (client) => idOf(client) !== undefined && idOf(client) !== client.usage?.planId,
    ),
  ];
  if (faults.length === 0) return well(`each of ${clients.length} clients has one`);
  return look(faults.join('; '), 'owner-profiles clients set CLIENT --plan PLAN');
}
