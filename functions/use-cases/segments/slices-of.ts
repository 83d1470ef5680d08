import type { RunPlace } from '../../adapters/runs/run-results.ts';
import type { SnapshotFiles } from '../../adapters/segments/snapshot-files.ts';
import { type OpenSlice, openSlice } from '../../domain/segments/snapshot-slice.ts';

export type ReadSlices = Pick<SnapshotFiles, 'readSlice'>;

const AHEAD = 12;

/** The slices of a finished snapshot one after another; the next dozen are read meanwhile. */
export async function* slicesOf(files: ReadSlices, place: RunPlace, slices: number): AsyncGenerator<OpenSlice> {
  const reading: Promise<OpenSlice>[] = [];
  for (let number = 0; number < slices + AHEAD; number++) {
    if (number < slices) {
      const read = sliceAt(files, place, number);
      // It is awaited later, when those before it have been looked at.
      read.catch(() => {});
      reading.push(read);
    }
    if (number >= AHEAD - 1 || number >= slices) {
      const next = reading.shift();
      if (!next) return;
      yield await next;
    }
  }
}

async function sliceAt(files: ReadSlices, place: RunPlace, number: number): Promise<OpenSlice> {
  const read = await files.readSlice(place, number);
  if (!read) throw new Error(`the slice ${number} of the snapshot ${place.runId} is not there`);
  return openSlice(read.value);
}
