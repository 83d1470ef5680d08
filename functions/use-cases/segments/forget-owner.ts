/**
 * Taking an erased owner out of every snapshot that is kept: out of the lists and out of the tables. Counts and hashes stay what they were.
 *
 * Tables are written before the slice that they say the same as: where the writer dies between the two, the owner is still in the slice, and
 * the next attempt writes both.
 */
import { randomUUID } from 'node:crypto';
import { sliceOf } from '../../adapters/owners/owner-directory.ts';
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import type { KeptFeature, Run } from '../../adapters/runs/run-store.ts';
import type { Erasures } from '../../adapters/segments/erasures.ts';
import type { SnapshotFiles } from '../../adapters/segments/snapshot-files.ts';
import { withoutOwner } from '../../domain/segments/snapshot-slice.ts';
import type { Service } from '../service/service.ts';
import { everySnapshot, type ListSnapshots } from './every-snapshot.ts';
import { writeTables } from './tables.ts';

export type ForgetParts = {
  readonly service: Pick<Service, 'clock' | 'ownerKey'> & { readonly store: Pick<Service['store'], 'readAnswer'> };
  readonly store: ListSnapshots;
  readonly files: Pick<SnapshotFiles, 'readSlice' | 'replaceSlice' | 'putTable'>;
  readonly erasures: Pick<Erasures, 'writeErasure'>;
};
type Erased = { readonly id: string; readonly erasedAt: number; readonly mark: string };

const SNAPSHOTS_AT_ONCE = 8;
const MOST_ATTEMPTS = 20;

/**
 * Runs after the erasure itself is written. A second run goes on where the first one ended.
 *
 * @param hasTime false: no more snapshots are started
 * @returns whether nothing is left to be done
 */
export async function forgetOwner(
  parts: ForgetParts,
  { clientId, ownerExternalId }: { readonly clientId: string; readonly ownerExternalId: string },
  hasTime: () => boolean = () => true,
): Promise<boolean> {
  const { service, store, files, erasures } = parts;
  const owner: OwnerKey = service.ownerKey(clientId, ownerExternalId);
  const answer = await service.store.readAnswer(owner, { consistent: true });
  const erasedAt = answer?.erasedAt ?? service.clock();
  const mark = randomUUID();
  // Also where no snapshot is under way: one that starts now may still find the owner in an index that lags.
  await erasures.writeErasure(owner, erasedAt, mark, service.clock());
  const snapshots = await Array.fromAsync(everySnapshot(store, clientId));
  const next = snapshots.filter(({ slices }) => slices > 0).values();
  let isFinished = true;
  const lane = async () => {
    for (const { runId, slices, keeps, sample } of next) {
      if (!hasTime()) {
        isFinished = false;
        return;
      }
      const slice = sliceOf(owner, { of: slices, share: sample });
      if (slice === undefined) continue;
      const erased = { id: ownerExternalId, erasedAt, mark };
      await forgetInSlice(files, { clientId, runId }, slice, keeps?.features ?? [], erased);
    }
  };
  await Promise.all(Array.from({ length: SNAPSHOTS_AT_ONCE }, lane));
  return isFinished;
}

export async function forgetInSlice(
  files: ForgetParts['files'],
  place: { readonly clientId: string; readonly runId: Run['runId'] },
  number: number,
  features: readonly KeptFeature[],
  { id, erasedAt, mark }: Erased,
): Promise<void> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const read = await files.readSlice(place, number);
    const without = read && withoutOwner(read.value, id, erasedAt, mark);
    if (!without) return;
    await writeTables(files, place, number, without, features);
    if (await files.replaceSlice(place, number, without, read.tag)) return;
  }
  throw new Error(`the slice ${number} of the snapshot ${place.runId} was changed by others ${MOST_ATTEMPTS} times`);
}
