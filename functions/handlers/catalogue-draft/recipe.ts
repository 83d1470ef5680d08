import { readAmendment } from '../../contracts/catalogue/amendment.ts';
import type { DraftView } from '../../contracts/http/catalogue.ts';
import type { AmendmentDocument } from '../../domain/catalogue/amendment.ts';
import type { DefinitionDocument } from '../../domain/catalogue/definition.ts';
import { readCheckedBody } from '../../http/body.ts';
import type { Caller } from '../../http/caller.ts';
import { etagOf, readIfMatch } from '../../http/etag.ts';
import { httpRoutes, json } from '../../http/http-function.ts';
import { readPathParameter } from '../../http/path.ts';
import { readDefinitionOf } from './read-definition.ts';

/** `ifMatch`: the versions that the draft may have for the change to be made; any when absent, none when empty. */
export type CatalogueDraftParts = {
  readonly read: (caller: Caller) => Promise<DraftView>;
  readonly replace: (
    caller: Caller,
    amendment: AmendmentDocument,
    ifMatch: readonly string[] | undefined,
  ) => Promise<DraftView>;
  readonly putProfile: (
    caller: Caller,
    definition: DefinitionDocument,
    ifMatch: readonly string[] | undefined,
  ) => Promise<DraftView>;
  readonly removeProfile: (caller: Caller, id: string, ifMatch: readonly string[] | undefined) => Promise<DraftView>;
};

/** The draft of the client's amendment: read, replaced, and edited definition by definition. */
export function makeCatalogueDraft({ read, replace, putProfile, removeProfile }: CatalogueDraftParts) {
  return httpRoutes('catalogue-draft', {
    'GET /v1/catalogue/draft': async (event) => {
      const draft = await read(event.caller);
      return answer(draft);
    },
    'PUT /v1/catalogue/draft': async (event) => {
      const ifMatch = readIfMatch(event);
      const amendment = await readCheckedBody(event, readAmendment);
      return answer(await replace(event.caller, amendment, ifMatch));
    },
    'PUT /v1/catalogue/draft/profiles/{id}': async (event) => {
      const ifMatch = readIfMatch(event);
      const id = readPathParameter(event, 'id');
      const definition = await readCheckedBody(event, (value) => readDefinitionOf(id, value));
      return answer(await putProfile(event.caller, definition, ifMatch));
    },
    'DELETE /v1/catalogue/draft/profiles/{id}': async (event) => {
      const id = readPathParameter(event, 'id');
      return answer(await removeProfile(event.caller, id, readIfMatch(event)));
    },
  });
}

function answer(draft: DraftView) {
  return json(200, draft, { ETag: etagOf(draft.version) });
}
