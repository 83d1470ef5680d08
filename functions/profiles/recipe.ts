import type { CatalogueProfile } from '../contracts/http.ts';
import type { ClientSettings } from '../domain/client.ts';
import { answering, httpFunction, json } from '../runtime/http.ts';

export type ClientCatalogue = { readonly version: string; readonly profiles: readonly CatalogueProfile[] };

export type ProfilesParts = { readonly catalogueFor: (settings: ClientSettings) => ClientCatalogue };

/** `GET /v1/profiles`: the catalogue that holds for the client. */
export function makeProfiles({ catalogueFor }: ProfilesParts) {
  return httpFunction(answering('profiles'), async (event) => {
    const { version, profiles } = catalogueFor(event.caller.settings);
    const listed = profiles.map(({ id, title, description, sensitive, enabled }) => ({
      id,
      title,
      description,
      sensitive,
      enabled,
    }));
    return json(200, { profiles: listed, catalogueVersion: version });
  });
}
