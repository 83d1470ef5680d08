import { type PublicationRequest, type PublicationView, publicationBody } from '../../contracts/http/catalogue.ts';
import { parseWith } from '../../contracts/import/import-message.ts';
import { readCatalogueBody } from '../../http/body.ts';
import type { Caller } from '../../http/caller.ts';
import { httpRoutes, json } from '../../http/http-function.ts';
import { locationOf } from '../../http/location.ts';
import { readId } from '../../http/path.ts';

export type CataloguePublicationsParts = {
  readonly publish: (caller: Caller, request: PublicationRequest) => Promise<PublicationView>;
  readonly list: (caller: Caller) => Promise<{ readonly publications: readonly PublicationView[] }>;
  readonly read: (caller: Caller, publicationId: string) => Promise<PublicationView>;
};

/** Publications: the draft, or an earlier version, made the active amendment. */
export function makeCataloguePublications({ publish, list, read }: CataloguePublicationsParts) {
  return httpRoutes('catalogue-publications', {
    'POST /v1/catalogue/publications': async (event) => {
      const request = await readCatalogueBody(event, (value) => parseWith(publicationBody, value));
      const publication = await publish(event.caller, request);
      return json(201, publication, { Location: locationOf(event, publication.publicationId) });
    },
    'GET /v1/catalogue/publications': async ({ caller }) => json(200, await list(caller)),
    'GET /v1/catalogue/publications/{publicationId}': async (event) =>
      json(200, await read(event.caller, readId(event, 'publicationId'))),
  });
}
