/**
 * Runs: visits of all owners of a client, by a state machine whose children take a slice of the owners each. A preview derives
 * every owner under two catalogues and writes nothing; a replay writes every answer anew that is of another catalogue.
 *
 * A slice leaves what it found under its number and does nothing when that is there. So whatever is run twice (a retry, a
 * redrive, a machine that was started again) goes on where it was.
 */
import type { CatalogueStore, Run, RunKind, RunResult, RunStatus } from '../../adapters/catalogue/catalogue-store.ts';
import type { Client } from '../../adapters/clients/client-items.ts';
import type { OwnerDirectory } from '../../adapters/owners/owner-directory.ts';
import type { RunResults } from '../../adapters/runs/run-results.ts';
import type { RunStart, StateMachine } from '../../adapters/runs/state-machine.ts';
import type { Estimate } from '../../contracts/http/catalogue.ts';
import { versionAt } from '../../domain/catalogue/client-settings.ts';
import { newSortableId } from '../../runtime/sortable-id.ts';
import { type PreviewSlice, summaryOfPreview, visitForPreview } from '../catalogue/preview-slices.ts';
import { type ReplaySlice, resultOfReplay, visitForReplay } from '../catalogue/replay-slices.ts';
import type { GetClient } from '../catalogue/views.ts';
import { type Service, today } from '../service/service.ts';

/** The list of slices is in the state of the machine, which holds 256 KiB (Step Functions quotas, "Payload"). */
export const MOST_SLICES = 30_000;
/** A count is exact up to here; a query counts some 10,000 owners. */
const COUNTED_EXACTLY = 500_000;

/**
 * USD for an owner of 500 transactions at list prices. A million of them, as docs/benchmarks.md has a whole base: compute 0.07, reads
 * 0.66 (twice as much as there, for these are strongly consistent), writing an answer 0.63. And for a slice the transitions of
 * its child, its object and its invocation.
 */
const USD = { previewOwner: 0.73e-6, replayOwner: 1.36e-6, slice: 0.081e-3 } as const;

export type RunStore = Pick<CatalogueStore, 'readRun' | 'createRun' | 'changeRun'>;
export type RunStartParts = {
  readonly service: Pick<Service, 'clock' | 'catalogues'>;
  readonly store: RunStore;
  readonly directory: Pick<OwnerDirectory, 'count'>;
  readonly machine: Pick<StateMachine, 'start' | 'conditionOf'>;
  readonly ownersPerSlice: number;
};

/** What a run would visit, and about what it would cost. */
export async function estimateRun(
  { directory, ownersPerSlice }: Pick<RunStartParts, 'directory' | 'ownersPerSlice'>,
  clientId: string,
  kind: RunKind,
): Promise<Estimate> {
  const { owners, estimated } = await directory.count(clientId, COUNTED_EXACTLY);
  const perOwner = kind === 'preview' ? USD.previewOwner : USD.replayOwner;
  const usd = owners * perOwner + slicesFor(owners, ownersPerSlice) * USD.slice;
  return { owners, estimated, estimatedCostUsd: Number(usd.toPrecision(2)) };
}

export type NewRun = Pick<Run, 'kind' | 'from' | 'to' | 'enabledProfiles' | 'keyId'> & {
  readonly clientId: string;
  readonly runId?: string;
  /** Nobody is visited before; milliseconds since 1970. */
  readonly visitFrom?: number;
};

/** A run as it is shown: the machine may have failed and tells nobody. */
export type ShownStatus = RunStatus | 'failed';

/** The machine may not know at once what it was told (Step Functions API reference, "DescribeExecution"). */
const KNOWN_AFTER_MS = 60_000;

type ShownParts = {
  readonly service: Pick<Service, 'clock'>;
  readonly machine: Pick<StateMachine, 'conditionOf'>;
};

export async function shownStatus(
  { machine, service }: ShownParts,
  { runId, status, createdAt }: Run,
): Promise<ShownStatus> {
  if (status !== 'running') return status;
  const condition = await machine.conditionOf(runId);
  if (condition === 'not known') return service.clock() - createdAt > KNOWN_AFTER_MS ? 'failed' : 'running';
  return condition === 'given up' ? 'failed' : 'running';
}

/** How far a run is. */
export type Progress = {
  readonly status: ShownStatus;
  readonly slices: { readonly total: number; readonly done: number };
};

export async function progressOf(
  parts: ShownParts & { readonly results: Pick<RunResults, 'countSlices'> },
  clientId: string,
  run: Run,
): Promise<Progress> {
  const { runId, slices: total } = run;
  const status = await shownStatus(parts, run);
  const done = status === 'finished' ? total : total === 0 ? 0 : await parts.results.countSlices({ clientId, runId });
  return { status, slices: { total, done } };
}

/** Begins a run. When the machine cannot be started, the run is there and is shown as failed. */
export async function startRun(parts: RunStartParts, asked: NewRun): Promise<Run> {
  const { service, store, machine } = parts;
  const { clientId, kind, from, to, enabledProfiles, keyId } = asked;
  const createdAt = service.clock();
  const run: Run = {
    runId: asked.runId ?? newSortableId(createdAt),
    kind,
    status: 'running',
    createdAt,
    keyId,
    asOf: today(service),
    builtIn: service.catalogues.builtIn,
    from,
    to,
    enabledProfiles,
    ...(await estimateRun(parts, clientId, kind)),
    slices: 0,
    result: null,
  };
  await store.createRun(clientId, run);
  const start: RunStart = {
    clientId,
    runId: run.runId,
    kind,
    from: new Date(asked.visitFrom ?? createdAt).toISOString(),
  };
  await machine.start(start);
  return run;
}

export type RunTaskParts = {
  readonly service: Service;
  readonly store: RunStore;
  readonly directory: OwnerDirectory;
  readonly results: RunResults;
  readonly getClient: GetClient;
  readonly ownersPerSlice: number;
  readonly ownersPerSecond: number;
  /** An owner that could not be derived; the others go on. */
  readonly onFailure: (error: unknown) => void;
};
export type RunName = { readonly clientId: string; readonly runId: string };

/** The numbers of the slices to visit. A run that is begun again keeps its slices, for some may be done. */
export async function planRun(
  { store, ownersPerSlice }: RunTaskParts,
  { clientId, runId }: RunName,
): Promise<number[]> {
  const run = await store.readRun(clientId, runId);
  if (run?.status !== 'running') return [];
  const slices = run.slices || slicesFor(run.owners, ownersPerSlice);
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
  if (run?.status !== 'running' || (await parts.results.getSlice(place, slice))) return;
  const client = await parts.getClient(clientId);
  if (!client) throw new Error(`the client ${clientId} of the run ${runId} is not there`);
  if (run.kind === 'replay' && isSuperseded(run, client, parts.service.clock())) {
    await parts.store.changeRun(clientId, run, { status: 'superseded' });
    return;
  }
  const visited = { number: slice, of: run.slices };
  const found =
    run.kind === 'preview'
      ? await visitForPreview(parts, clientId, run, visited)
      : await visitForReplay(parts, client, visited);
  await parts.results.putSlice(place, slice, found);
}

/** Adds up what the slices found. */
export async function finishRun({ store, results }: RunTaskParts, { clientId, runId }: RunName): Promise<void> {
  const run = await store.readRun(clientId, runId);
  if (run?.status !== 'running') return;
  const place = { clientId, runId };
  let result: RunResult;
  if (run.kind === 'preview') {
    const summary = await summaryOfPreview(run, (slice) => results.getSlice<PreviewSlice>(place, slice));
    await results.putSummary(place, summary.index);
    result = summary.result;
  } else {
    result = await resultOfReplay(run.slices, (slice) => results.getSlice<ReplaySlice>(place, slice));
  }
  await store.changeRun(clientId, run, { status: 'finished', result });
}

function slicesFor(owners: number, ownersPerSlice: number): number {
  return Math.min(MOST_SLICES, Math.max(1, Math.ceil(owners / ownersPerSlice)));
}

/** Somebody published another version meanwhile, whose own replay is on its way. */
function isSuperseded(run: Run, client: Client, now: number): boolean {
  return versionAt(client.amendment, now) !== run.to;
}
