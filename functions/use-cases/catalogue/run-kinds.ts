import type { RunKind } from '../../adapters/runs/run-store.ts';
import type { RunWork } from '../runs/run-tasks.ts';
import { PREVIEW } from './preview-slices.ts';
import { REPLAY } from './replay-slices.ts';

/** What the runs of each kind do. */
export const RUN_KINDS: Readonly<Record<RunKind, RunWork>> = { preview: PREVIEW, replay: REPLAY };
