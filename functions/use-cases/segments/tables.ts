import type { RunPlace } from '../../adapters/runs/run-results.ts';
import type { KeptFeature } from '../../adapters/runs/run-store.ts';
import type { SnapshotFiles } from '../../adapters/segments/snapshot-files.ts';
import { tableOf } from '../../adapters/segments/tables.ts';
import { openSlice, type SnapshotSlice } from '../../domain/segments/snapshot-slice.ts';

const FORMATS = ['parquet', 'csv'] as const;

/** Writes the tables of a slice, which say the same as it. */
export async function writeTables(
  files: Pick<SnapshotFiles, 'putTable'>,
  place: RunPlace,
  part: number,
  slice: SnapshotSlice,
  features: readonly KeptFeature[],
): Promise<void> {
  const opened = openSlice(slice);
  for (const format of FORMATS) await files.putTable(place, part, format, tableOf(opened, features, format));
}
