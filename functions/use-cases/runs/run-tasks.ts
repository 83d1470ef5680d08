/**
 * The tasks of a run: it is planned, its slices are visited, and what they found is added up.
 *
 * A slice stores what it found under its number and does nothing when that is there. So everything that runs twice (a retry, a redrive, a
 * restarted machine) goes on where it was.
 */

import type { Client } from '../../adapters/clients/client-items.ts';
import type { GetClient } from '../../adapters/clients/clients.ts';
import type { OwnerDirectory, Slice } from '../../adapters/owners/owner-directory.ts';
import type { RunResults } from '../../adapters/runs/run-results.ts';
import type { Run, RunKind, RunResult } from '../../adapters/runs/run-store.ts';
import type { Service } from '../service/service.ts';
import type { Visits } from './owner-visits.ts';
import { type RunStore, type SliceSizes, sliceSizeOf, slicesFor } from './runs.ts';

export type VisitParts = Visits & { readonly service: Service; readonly directory: Pick<OwnerDirectory, 'owners'> };

/** What runs of one kind do. `Found` is what a slice leaves: plain JSON. */
export type RunWork<Found extends object = object> = {
  /** Whether the run has lost its purpose meanwhile. It then ends as superseded. */
  isSuperseded?(run: Run, client: Client, now: number): boolean;
  visit(parts: VisitParts, client: Client, run: Run, slice: Slice): Promise<Found>;
  /** What is to be done once that is kept. A slice that is visited again does it again. */
  settle?(parts: VisitParts, client: Client, run: Run, slice: number): Promise<void>;
  /** Adds up all slices. A summary is kept beside the result, for pages of owners to be read from. */
  sum(
    run: Run,
    sliceOf: (number: number) => Promise<Found | undefined>,
    clientId: string,
  ): Promise<{ readonly result: RunResult; readonly summary?: object }>;
};

export type RunTaskParts = VisitParts &
  SliceSizes & {
    readonly kinds: Readonly<Record<RunKind, RunWork>>;
    readonly store: RunStore;
    readonly directory: OwnerDirectory;
    readonly results: RunResults;
    readonly getClient: GetClient;
    /** Announces that a run has finished; now and then twice. */
    readonly onFinished?: (clientId: string, run: Run) => Promise<void>;
  };
export type RunName = { readonly clientId: string; readonly runId: string };

/** The numbers of the slices to visit. A restarted run keeps its slices, because some may be done. */
export async function planRun(parts: RunTaskParts, { clientId, runId }: RunName): Promise<number[]> {
  const { store } = parts;
  const run = await store.readRun(clientId, runId);
  if (run?.status !== 'running') return [];
  const slices = run.slices || slicesFor(run.owners, sliceSizeOf(parts, run));
  const planned = await store.changeRun(clientId, run, { slices });
  return planned ? Array.from({ length: slices }, (_, number) => number) : [];
}

/** Visits the owners of a slice, unless that is done, or the run is over. */
export async function visitSlice(
  parts: RunTaskParts,
  { clientId, runId, slice }: RunName & { slice: number },
): Promise<void> {
  const place = { clientId, runId };
  const run = await parts.store.readRun(clientId, runId);
  if (run?.status !== 'running') return;
  const client = await parts.getClient(clientId);
  if (!client) throw new Error(`the client ${clientId} of the run ${runId} is not there`);
  const work = parts.kinds[run.kind];
  if (work.isSuperseded?.(run, client, parts.service.clock())) {
    await parts.store.changeRun(clientId, run, { status: 'superseded' });
    return;
  }
  const visited = { number: slice, of: run.slices, share: run.sample };
  if (!(await parts.results.getSlice(place, slice))) {
    await parts.results.putSlice(place, slice, await work.visit(parts, client, run, visited));
  }
  await work.settle?.(parts, client, run, slice);
}

/** Adds up what the slices found. */
export async function finishRun(
  { kinds, store, results, service, onFinished }: RunTaskParts,
  { clientId, runId }: RunName,
): Promise<void> {
  const run = await store.readRun(clientId, runId);
  // Cut off before the notification, it is sent when this is tried again.
  if (run?.status === 'finished') await onFinished?.(clientId, run);
  if (run?.status !== 'running') return;
  const place = { clientId, runId };
  const { result, summary } = await kinds[run.kind].sum(run, (slice) => results.getSlice(place, slice), clientId);
  if (summary !== undefined) await results.putSummary(place, summary);
  const finished = await store.changeRun(clientId, run, { status: 'finished', result, finishedAt: service.clock() });
  if (finished) await onFinished?.(clientId, finished);
}
