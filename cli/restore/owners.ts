/** One owner: read from the restored table, identified, repaired where parts are lost, and written to the live one. */

import { openOwnerDirectory } from '../../functions/adapters/owners/owner-directory.ts';
import type { OwnerKey } from '../../functions/adapters/owners/owner-key.ts';
import { TornPageError } from '../../functions/adapters/owners/owner-pages.ts';
import { openOwnerStore } from '../../functions/adapters/owners/owner-store.ts';
import { type Mended, openPageMender } from '../../functions/adapters/owners/page-mender.ts';
import type { Keeping } from '../../functions/runtime/clock.ts';
import { PermanentError } from '../../functions/runtime/errors.ts';
import { type PutBack, putBack, type RestoredOwner } from '../../functions/use-cases/imports/restore-owner.ts';
import { everyMonth } from '../../functions/use-cases/service/service.ts';
import { CliError } from '../errors.ts';
import type { Tables } from './tables.ts';

export type OwnerParts = Tables &
  Keeping & {
    readonly hashOf: (text: string) => string;
    readonly ownerKey: (clientId: string, ownerExternalId: string) => string;
    /** Nothing is written, so the repaired owner cannot be read. */
    readonly dryRun: boolean;
    /** Pages of more bytes are stored in parts. */
    readonly largestItemBytes?: number | undefined;
  };
export type OwnerPutBack = PutBack & Mended;

/** What a dry run can say about an owner who would need a repair first. */
const UNREAD: PutBack = {
  ...{ changed: true, pages: 0, erasurePutBack: false, answerLost: false, erasedSince: false, nameless: false },
};

export function openOwners(parts: OwnerParts) {
  const { live, restored, hashOf, largestItemBytes } = parts;
  const store = openOwnerStore(live.dynamo, live.table, hashOf, parts, largestItemBytes);
  const restoredStore = openOwnerStore(restored.dynamo, restored.table, hashOf, parts, largestItemBytes);
  const directories = [live, restored].map(({ dynamo, table }) => openOwnerDirectory(dynamo, table));
  const mender = openPageMender(live, restored);
  const service = { store, clock: parts.clock, retentionMonths: parts.retentionMonths };

  /** The owner's id from one of the tables: the live one first, though both have the same. */
  async function idOf(clientId: string, hash: string): Promise<string> {
    for (const { externalIds } of directories) {
      const [id] = await externalIds(clientId, [hash]);
      if (id !== undefined) return id;
    }
    return '';
  }

  async function readRestored(owner: OwnerKey): Promise<RestoredOwner> {
    const { from, to } = everyMonth(service);
    const answer = await restoredStore.readAnswer(owner, { consistent: true });
    try {
      return { answer, pages: await restoredStore.readPages(owner, from, to) };
    } catch (error) {
      // Distinct from a torn live page, which is repaired.
      if (error instanceof TornPageError) {
        throw new PermanentError('PARTS_MISSING', 'parts of a page are missing in the restored table too');
      }
      throw error;
    }
  }

  /** @param toldErasedAt an erasure reported by the operator; 0: none */
  async function visit(clientId: string, hash: string, told?: { id: string; erasedAt: number }): Promise<OwnerPutBack> {
    const externalId = told?.id ?? (await idOf(clientId, hash));
    // Pages stored under other keys than the service's would exist twice.
    if (externalId !== '' && parts.ownerKey(clientId, externalId) !== hash) {
      throw new CliError(
        'the owners of the restored table are named under another secret than the one given',
        'is --from a table of this stage, and --hash-key-secret the secret of this stage?',
      );
    }
    const owner = { clientId, hash, externalId };
    const read = await readRestored(owner);
    try {
      return { ...(await putBack(service, owner, read, told?.erasedAt)), parts: 0, givenUp: 0 };
    } catch (error) {
      if (!(error instanceof TornPageError)) throw error;
      const mended = await mender.mend(owner);
      if (parts.dryRun) return { ...UNREAD, ...mended };
      return { ...(await putBack(service, owner, read, told?.erasedAt)), changed: true, ...mended };
    }
  }

  return { visit };
}
