import { changeView } from '../../contracts/http/change-view.ts';
import { CHANGES_OF_A_PAGE, MOST_CHANGES_OF_A_PAGE } from '../../contracts/http/limits.ts';
import type { Caller } from '../../http/caller.ts';
import { answering, httpFunction, json } from '../../http/http-function.ts';
import { readLimit, readOnce } from '../../http/query.ts';
import type { ChangesPage } from '../../use-cases/changes/list.ts';

type Page = { readonly limit: number; readonly cursor: string | undefined };
export type ChangesParts = {
  readonly list: (caller: Pick<Caller, 'clientId' | 'settings'>, page: Page) => Promise<ChangesPage>;
};

/** `GET /v1/changes`: how the lists of the client's owners changed. */
export function makeChanges({ list }: ChangesParts) {
  return httpFunction(answering('changes'), async (event) => {
    const limit = readLimit(event, CHANGES_OF_A_PAGE, MOST_CHANGES_OF_A_PAGE);
    const { changes, cursor } = await list(event.caller, { limit, cursor: readOnce(event, 'after') });
    return json(200, { changes: changes.map(changeView), cursor });
  });
}
