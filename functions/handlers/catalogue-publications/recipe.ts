import { type PublicationRequest, type PublicationView, publicationBody } from '../../contracts/http/catalogue.ts';
import { parseWith } from '../../contracts/import/import-message.ts';
import { readCheckedBody } from '../../http/body.ts';
import type { CalledEvent, Caller } from '../../http/caller.ts';
import { httpRoutes, json } from '../../http/http-function.ts';
import { locationOf } from '../../http/location.ts';
import { readId } from '../../http/path.ts';
import { type Knowing, publicationFor } from '../../use-cases/catalogue/rounded-views.ts';

export type CataloguePublicationsParts = {
  readonly askerOf: (caller: Caller) => Promise<Knowing>;
  readonly publish: (caller: Caller, request: PublicationRequest) => Promise<PublicationView>;
  readonly list: (caller: Caller) => Promise<{ readonly publications: readonly PublicationView[] }>;
  readonly read: (caller: Caller, publicationId: string) => Promise<PublicationView>;
};

/** Publications: the draft, or an earlier version, made the active amendment. */
export function makeCataloguePublications({ askerOf, publish, list, read }: CataloguePublicationsParts) {
  const shown = async ({ caller }: CalledEvent, publication: PublicationView) =>
    publicationFor(await askerOf(caller), publication);
  return httpRoutes('catalogue-publications', {
    'POST /v1/catalogue/publications': async (event) => {
      const request = await readCheckedBody(event, (value) => parseWith(publicationBody, value));
      const publication = await publish(event.caller, request);
      return json(201, await shown(event, publication), { Location: locationOf(event, publication.publicationId) });
    },
    'GET /v1/catalogue/publications': async (event) => {
      const [asker, { publications }] = [await askerOf(event.caller), await list(event.caller)];
      return json(200, { publications: publications.map((publication) => publicationFor(asker, publication)) });
    },
    'GET /v1/catalogue/publications/{publicationId}': async (event) =>
      json(200, await shown(event, await read(event.caller, readId(event, 'publicationId')))),
  });
}
