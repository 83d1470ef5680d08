import type { RunPlace } from '../../adapters/runs/run-results.ts';
import type { KeptFeature } from '../../adapters/runs/run-store.ts';
import type { SnapshotFiles } from '../../adapters/segments/snapshot-files.ts';
import { type TableForm, tableOf } from '../../adapters/segments/tables.ts';
import { openSlice, type SnapshotSlice } from '../../domain/segments/snapshot-slice.ts';

/** The tables of a slice: the last one is for Athena, and only needed where there are features. */
export function tableForms(features: readonly KeptFeature[]): readonly TableForm[] {
  return features.length > 0 ? ['parquet', 'csv', 'sql'] : ['parquet', 'csv'];
}

/** Writes the tables of a slice, which say the same as it. */
export async function writeTables(
  files: Pick<SnapshotFiles, 'putTable'>,
  place: RunPlace,
  part: number,
  slice: SnapshotSlice,
  features: readonly KeptFeature[],
): Promise<void> {
  const opened = openSlice(slice);
  for (const form of tableForms(features)) await files.putTable(place, part, form, tableOf(opened, features, form));
}
