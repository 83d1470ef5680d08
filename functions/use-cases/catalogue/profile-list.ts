/** The profiles of the catalogue that holds for a client, as clients see them. */
import type { CatalogueProfile } from '../../contracts/http/owners.ts';
import type { CatalogueEntry } from '../../domain/catalogue/amendment.ts';
import type { ClientSettings } from '../../domain/catalogue/client-settings.ts';
import type { Service } from '../service/service.ts';

export type ProfileList = { readonly version: string; readonly profiles: readonly CatalogueProfile[] };

export async function profilesFor(
  { catalogues }: Pick<Service, 'catalogues'>,
  clientId: string,
  settings: ClientSettings,
): Promise<ProfileList> {
  const { entries } = await catalogues.of(clientId, settings);
  return { version: catalogues.versionFor(settings), profiles: entries.map(profileEntry) };
}

export function profileEntry({ definition, sensitive, enabled, origin }: CatalogueEntry): CatalogueProfile {
  const { id, title, description } = definition.document;
  return { id, title, description, sensitive, enabled, origin };
}
