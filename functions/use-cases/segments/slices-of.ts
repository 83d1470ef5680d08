import type { Run } from '../../adapters/runs/run-store.ts';
import type { SnapshotFiles } from '../../adapters/segments/snapshot-files.ts';
import { type OpenSlice, openSlice } from '../../domain/segments/snapshot-slice.ts';
import { everySlice } from '../runs/every-slice.ts';

export type ReadSlices = Pick<SnapshotFiles, 'readSlice'>;

/** The slices of a finished snapshot of a client, one after another. */
export async function* slicesOf(files: ReadSlices, clientId: string, run: Run): AsyncGenerator<OpenSlice> {
  const place = { clientId, runId: run.runId };
  for await (const [{ value }] of everySlice(run, (number) => files.readSlice(place, number))) yield openSlice(value);
}
