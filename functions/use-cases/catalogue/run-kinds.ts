import type { RunKind } from '../../adapters/runs/run-store.ts';
import type { RunWork } from '../runs/run-tasks.ts';
import { type SnapshotParts, snapshotWork } from '../segments/snapshot-slices.ts';
import { PREVIEW } from './preview-slices.ts';
import { REPLAY } from './replay-slices.ts';

/** What the runs of each kind do. */
export function runKinds(parts: SnapshotParts): Readonly<Record<RunKind, RunWork>> {
  return { preview: PREVIEW, replay: REPLAY, snapshot: snapshotWork(parts) };
}
