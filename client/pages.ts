type Page = { readonly cursor?: string | null };

/**
 * All pages of a list, each asked for when the one before was used.
 *
 * @param ask asks for one page: without a cursor the first
 */
export async function* pages<P extends Page>(ask: (cursor: string | undefined) => Promise<P>): AsyncGenerator<P> {
  let cursor: string | undefined;
  do {
    const page = await ask(cursor);
    yield page;
    // A feed gives a cursor with its last page too: no progress means that nothing more is there.
    cursor = page.cursor === cursor ? undefined : (page.cursor ?? undefined);
  } while (cursor !== undefined);
}

/** All items of all pages, e.g. `items(ask, ({ transactions }) => transactions)`. */
export async function* items<P extends Page, Item>(
  ask: (cursor: string | undefined) => Promise<P>,
  of: (page: P) => readonly Item[],
): AsyncGenerator<Item> {
  for await (const page of pages(ask)) yield* of(page);
}
