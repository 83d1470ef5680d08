import type { Estimate, OwnerPreview, OwnersPage, PreviewView } from '../../contracts/http/catalogue.ts';
import { previewBody } from '../../contracts/http/catalogue.ts';
import { parseWith } from '../../contracts/import/import-message.ts';
import { hasBody, readCatalogueBody } from '../../http/body.ts';
import type { CalledEvent, Caller } from '../../http/caller.ts';
import { httpRoutes, json } from '../../http/http-function.ts';
import { locationOf } from '../../http/location.ts';
import { readId, readOwnerInPath } from '../../http/path.ts';
import { type PageRequest, readPage } from './read-page.ts';

export type CataloguePreviewsParts = {
  readonly estimate: (caller: Caller) => Promise<Estimate>;
  readonly start: (caller: Caller) => Promise<PreviewView>;
  readonly list: (caller: Caller) => Promise<{ readonly previews: readonly PreviewView[] }>;
  readonly read: (caller: Caller, previewId: string) => Promise<PreviewView>;
  readonly cancel: (caller: Caller, previewId: string) => Promise<PreviewView>;
  readonly owners: (caller: Caller, previewId: string, page: PageRequest) => Promise<OwnersPage>;
  readonly owner: (caller: Caller, previewId: string, ownerExternalId: string) => Promise<OwnerPreview>;
};

/** Previews of the draft: what it would change for all owners of the client, and for one of them. */
export function makeCataloguePreviews(parts: CataloguePreviewsParts) {
  const { estimate, start, list, read, cancel, owners, owner } = parts;
  return httpRoutes('catalogue-previews', {
    'POST /v1/catalogue/previews': async (event) => {
      if (await wantsEstimate(event)) return json(200, await estimate(event.caller));
      const preview = await start(event.caller);
      return json(202, preview, { Location: locationOf(event, preview.previewId) });
    },
    'GET /v1/catalogue/previews': async ({ caller }) => json(200, await list(caller)),
    'GET /v1/catalogue/previews/{previewId}': async (event) =>
      json(200, await read(event.caller, readId(event, 'previewId'))),
    'DELETE /v1/catalogue/previews/{previewId}': async (event) =>
      json(200, await cancel(event.caller, readId(event, 'previewId'))),
    'GET /v1/catalogue/previews/{previewId}/owners': async (event) => {
      const previewId = readId(event, 'previewId');
      return json(200, await owners(event.caller, previewId, readPage(event)));
    },
    'GET /v1/catalogue/previews/{previewId}/owners/{ownerExternalId}': async (event) => {
      const previewId = readId(event, 'previewId');
      return json(200, await owner(event.caller, previewId, readOwnerInPath(event)));
    },
  });
}

/** The body may be left out: there is one thing to ask for, and it is the default. */
async function wantsEstimate(event: CalledEvent): Promise<boolean> {
  if (!hasBody(event)) return false;
  const { estimateOnly } = await readCatalogueBody(event, (value) => parseWith(previewBody, value));
  return estimateOnly === true;
}
