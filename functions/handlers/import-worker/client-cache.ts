/** Caches clients for a minute, so that a batch costs no read for each message. One that is not known is asked for again. */
import type { Client } from '../../adapters/clients/client-items.ts';
import type { Clock } from '../../runtime/clock.ts';

const CACHED_MS = 60_000;

export function cacheClients(getClient: (clientId: string) => Promise<Client | undefined>, now: Clock) {
  const known = new Map<string, { readonly client: Promise<Client | undefined>; readonly until: number }>();
  return async (clientId: string): Promise<Client | undefined> => {
    const cached = known.get(clientId);
    if (cached && cached.until > now()) return cached.client;
    const client = getClient(clientId);
    known.set(clientId, { client, until: now() + CACHED_MS });
    const forget = () => known.delete(clientId);
    client.then((found) => found ?? forget(), forget);
    return client;
  };
}
