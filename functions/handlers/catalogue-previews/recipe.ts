import type { Estimate, NearMissesView, OwnerPreview, OwnersPage, PreviewView } from '../../contracts/http/previews.ts';
import { previewBody } from '../../contracts/http/previews.ts';
import { parseWith } from '../../contracts/import/import-message.ts';
import { hasBody, readCheckedBody } from '../../http/body.ts';
import type { CalledEvent, Caller } from '../../http/caller.ts';
import { httpRoutes, json } from '../../http/http-function.ts';
import { locationOf } from '../../http/location.ts';
import { readId, readOwnerInPath } from '../../http/path.ts';
import { estimateFor, type Knowing, previewFor } from '../../use-cases/catalogue/rounded-views.ts';
import { type PageRequest, readPage, readProfile } from './read-page.ts';

type Of<Answer, More extends unknown[] = []> = (caller: Caller, ...more: More) => Promise<Answer>;
export type CataloguePreviewsParts = {
  readonly askerOf: Of<Knowing>;
  readonly estimate: Of<Estimate>;
  readonly start: Of<PreviewView>;
  readonly list: Of<{ readonly previews: readonly PreviewView[] }>;
  readonly read: Of<PreviewView, [previewId: string]>;
  readonly cancel: Of<PreviewView, [previewId: string]>;
  readonly owners: Of<OwnersPage, [previewId: string, page: PageRequest]>;
  readonly nearMisses: Of<NearMissesView, [previewId: string, profile: string]>;
  readonly owner: Of<OwnerPreview, [previewId: string, ownerExternalId: string]>;
};

/** Previews of the draft: what it would change for all owners of the client, and for one of them. */
export function makeCataloguePreviews(parts: CataloguePreviewsParts) {
  const { askerOf, estimate, start, list, read, cancel, owners, nearMisses, owner } = parts;
  const idOf = (event: CalledEvent) => readId(event, 'previewId');
  const shown = async ({ caller }: CalledEvent, preview: PreviewView) => previewFor(await askerOf(caller), preview);
  return httpRoutes('catalogue-previews', {
    'POST /v1/catalogue/previews': async (event) => {
      const { caller } = event;
      if (await wantsEstimate(event)) return json(200, estimateFor(await askerOf(caller), await estimate(caller)));
      const preview = await start(caller);
      return json(202, await shown(event, preview), { Location: locationOf(event, preview.previewId) });
    },
    'GET /v1/catalogue/previews': async (event) => {
      const [asker, { previews }] = [await askerOf(event.caller), await list(event.caller)];
      return json(200, { previews: previews.map((preview) => previewFor(asker, preview)) });
    },
    'GET /v1/catalogue/previews/{previewId}': async (event) =>
      json(200, await shown(event, await read(event.caller, idOf(event)))),
    'DELETE /v1/catalogue/previews/{previewId}': async (event) =>
      json(200, await shown(event, await cancel(event.caller, idOf(event)))),
    'GET /v1/catalogue/previews/{previewId}/owners': async (event) =>
      json(200, await owners(event.caller, idOf(event), readPage(event))),
    'GET /v1/catalogue/previews/{previewId}/near-misses': async (event) =>
      json(200, await nearMisses(event.caller, idOf(event), readProfile(event))),
    'GET /v1/catalogue/previews/{previewId}/owners/{ownerExternalId}': async (event) =>
      json(200, await owner(event.caller, idOf(event), readOwnerInPath(event))),
  });
}

/** The body may be left out: there is one thing to ask for, and it is the default. */
async function wantsEstimate(event: CalledEvent): Promise<boolean> {
  if (!hasBody(event)) return false;
  const { estimateOnly } = await readCheckedBody(event, (value) => parseWith(previewBody, value));
  return estimateOnly === true;
}
