import type { GetClient } from '../../adapters/clients/clients.ts';
import {
  type ClientSettings,
  type Purpose,
  settingsAt,
  settingsOfKey,
} from '../../domain/catalogue/client-settings.ts';
import type { Service } from './service.ts';

type Parts = { readonly service: Pick<Service, 'clock'>; readonly getClient: GetClient };

/** What holds for a client now, as the client has it stored and not as a gateway cached it, for a key of this purpose. */
export async function settingsNow(
  { service, getClient }: Parts,
  clientId: string,
  purpose: Purpose | undefined,
): Promise<ClientSettings> {
  const client = await getClient(clientId);
  const ofClient = settingsAt(client?.enabledProfiles ?? [], client?.amendment, service.clock());
  return settingsOfKey(ofClient, purpose);
}
