import type { CatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import type { Run } from '../../adapters/runs/run-store.ts';

export type ListSnapshots = Pick<CatalogueStore, 'listSnapshots'>;

const SNAPSHOTS_AT_ONCE = 50;

/** All snapshots of a client that are kept, the newest first. */
export async function* everySnapshot({ listSnapshots }: ListSnapshots, clientId: string): AsyncGenerator<Run> {
  for (let before: string | undefined; ; ) {
    const page = await listSnapshots(clientId, SNAPSHOTS_AT_ONCE, before);
    yield* page;
    if (page.length < SNAPSHOTS_AT_ONCE) return;
    before = page.at(-1)?.runId;
  }
}
