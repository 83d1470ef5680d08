import type { CatalogueProfile } from '../../contracts/http/owners.ts';
import type { ClientSettings } from '../../domain/catalogue/client-settings.ts';
import { answering, httpFunction, json } from '../../http/http-function.ts';

export type ClientCatalogue = { readonly version: string; readonly profiles: readonly CatalogueProfile[] };

export type ProfilesParts = {
  readonly profilesFor: (clientId: string, settings: ClientSettings) => Promise<ClientCatalogue>;
};

/** `GET /v1/profiles`: the catalogue that holds for the client. */
export function makeProfiles({ profilesFor }: ProfilesParts) {
  return httpFunction(answering('profiles'), async (event) => {
    const { version, profiles } = await profilesFor(event.caller.clientId, event.caller.settings);
    const listed = profiles.map(({ id, title, description, sensitive, enabled, origin }) => ({
      id,
      title,
      description,
      sensitive,
      enabled,
      origin,
    }));
    return json(200, { profiles: listed, catalogueVersion: version });
  });
}
