/** Whether each client has a plan of requests that the stage knows: those without one share a limit, and can slow down each other. */
import { tableConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import type { CommonOptions } from '../options.ts';
import { plansIn } from '../usage-keys.ts';
import { type Finding, look, unknown, well } from './finding.ts';

export async function plansFinding(
  options: CommonOptions,
  outputs: Parameters<typeof plansIn>[0],
  { env, openClientStore }: Context,
): Promise<Finding> {
  const plans = plansIn(outputs);
  if (plans.size === 0) return unknown('the stage limits no client by itself');
  const clients = await (await openClientStore(tableConnection(options, env))).listClients();
  const without = clients.filter(({ usage }) => !plans.has(usage?.plan ?? '')).map(({ clientId }) => clientId);
  if (without.length === 0) return well(`each of ${clients.length} clients has one`);
  return look(`${without.join(', ')} share one limit`, 'owner-profiles clients set CLIENT --plan PLAN');
}
