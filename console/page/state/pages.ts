/** Lists that come page by page: the first at once, the others on demand. */
import { useState } from 'preact/hooks';
import { type ApiProblem, problemOf } from '../api/client.ts';
import { type Query, useQuery } from './query.ts';

export type Page<Item> = { readonly items: readonly Item[]; readonly cursor: string | null };

export type Pages<Item> = {
  /** The items of all loaded pages; undefined: not even the first. */
  readonly items: Query<readonly Item[]>;
  readonly hasMore: boolean;
  /** Why the next page failed to load. */
  readonly problem: ApiProblem | undefined;
  readonly showMore: () => void;
};

type Further<Item> = Page<Item> & { readonly key: string; readonly problem?: ApiProblem };

export function usePages<Item>(
  key: string,
  ask: (cursor: string | undefined, signal?: AbortSignal) => Promise<Page<Item>>,
): Pages<Item> {
  const first = useQuery(key, (signal) => ask(undefined, signal));
  const [further, setFurther] = useState<Further<Item>>();
  // Pages after another first page belong to that one.
  const own = further?.key === key ? further : undefined;
  const cursor = own ? own.cursor : (first.data?.cursor ?? null);
  const showMore = () => {
    if (cursor === null) return;
    const before = own?.items ?? [];
    ask(cursor).then(
      (page) => setFurther({ key, items: [...before, ...page.items], cursor: page.cursor }),
      (failure) => setFurther({ key, items: before, cursor, problem: problemOf(failure) }),
    );
  };
  const reload = () => {
    setFurther(undefined);
    first.reload();
  };
  const data = first.data && [...first.data.items, ...(own?.items ?? [])];
  return { items: { ...first, data, reload }, hasMore: cursor !== null, problem: own?.problem, showMore };
}
