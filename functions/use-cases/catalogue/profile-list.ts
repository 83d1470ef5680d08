/** The profiles of the catalogue that holds for a client, as clients see them. */
import type { CatalogueEntry, Origin } from '../../domain/catalogue/amendment.ts';
import type { ClientSettings } from '../../domain/catalogue/client-settings.ts';
import type { Service } from '../service/service.ts';

export type ProfileEntry = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly sensitive: boolean;
  readonly enabled: boolean;
  readonly origin: Origin;
};
export type ProfileList = { readonly version: string; readonly profiles: readonly ProfileEntry[] };

export async function profilesFor(
  { catalogues }: Pick<Service, 'catalogues'>,
  clientId: string,
  settings: ClientSettings,
): Promise<ProfileList> {
  const { entries } = await catalogues.of(clientId, settings);
  return { version: catalogues.versionFor(settings), profiles: entries.map(profileEntry) };
}

export function profileEntry({ definition, sensitive, enabled, origin }: CatalogueEntry): ProfileEntry {
  const { id, title, description } = definition.document;
  return { id, title, description, sensitive, enabled, origin };
}
