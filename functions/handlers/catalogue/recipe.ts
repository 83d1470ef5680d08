import type { CatalogueView, Versions, VersionView } from '../../contracts/http/catalogue.ts';
import type { Caller } from '../../http/caller.ts';
import { httpRoutes, json } from '../../http/http-function.ts';
import { readId } from '../../http/path.ts';

export type CatalogueParts = {
  readonly view: (caller: Caller) => Promise<CatalogueView>;
  readonly versions: (caller: Caller) => Promise<Versions>;
  readonly version: (caller: Caller, version: string) => Promise<VersionView>;
  /** Of an amendment: the same for everyone. */
  readonly schema: () => object;
};

/** The active catalogue of the client, the versions there were, and the form of an amendment. */
export function makeCatalogue({ view, versions, version, schema }: CatalogueParts) {
  return httpRoutes('catalogue', {
    'GET /v1/catalogue': async ({ caller }) => json(200, await view(caller)),
    'GET /v1/catalogue/versions': async ({ caller }) => json(200, await versions(caller)),
    'GET /v1/catalogue/versions/{version}': async (event) =>
      json(200, await version(event.caller, readId(event, 'version'))),
    'GET /v1/catalogue/schema.json': async () => json(200, schema()),
  });
}
