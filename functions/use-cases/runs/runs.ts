/**
 * Runs: visits of all owners of a client by a state machine whose children take a slice of the owners each. Here a run is
 * estimated, started and watched; run-tasks.ts does the work.
 */
import type { CatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import type { OwnerDirectory } from '../../adapters/owners/owner-directory.ts';
import type { RunResults } from '../../adapters/runs/run-results.ts';
import type { Run, RunStatus } from '../../adapters/runs/run-store.ts';
import type { RunStart, StateMachine } from '../../adapters/runs/state-machine.ts';
import type { Estimate } from '../../contracts/http/previews.ts';
import { sum } from '../../domain/costs/cost-model.ts';
import { pricesOf, REGIONS } from '../../domain/costs/prices.ts';
import { runCost, SEGMENT_UNITS, type VisitWork } from '../../domain/costs/segment-cost.ts';
import { newSortableId } from '../../runtime/sortable-id.ts';
import { type Service, today } from '../service/service.ts';

/** The list of slices is in the state of the machine, which holds 256 KiB (Step Functions quotas, "Payload"). */
export const MOST_SLICES = 30_000;
/** A count is exact up to here; a query counts some 10,000 owners. */
const COUNTED_EXACTLY = 500_000;

/** Of estimates. Other regions cost some tenths more. */
const PRICES = pricesOf(REGIONS[0]!);

export type RunStore = Pick<CatalogueStore, 'readRun' | 'createRun' | 'changeRun'>;
export type RunStartParts = {
  readonly service: Pick<Service, 'clock' | 'catalogues'>;
  readonly store: RunStore;
  readonly directory: Pick<OwnerDirectory, 'count'>;
  readonly machine: Pick<StateMachine, 'start' | 'conditionOf'>;
} & SliceSizes;

/** About so many owners make a slice, and so many where only their answers are read, which matters to snapshots alone. */
export type SliceSizes = { readonly ownersPerSlice: number; readonly answersPerSlice?: number };
type Work = Pick<Run, 'kind' | 'keeps'>;
/** Of a sample: below 1 a share of the owners, else about so many of them. */
type AskedWork = Work & { readonly sample?: number | undefined };

/** Whether a run reads more of an owner than the answer. */
export function readsPages({ kind, keeps }: Work): boolean {
  return kind !== 'snapshot' || (keeps !== undefined && (keeps.features.length > 0 || keeps.unlabelled));
}

export function sliceSizeOf({ ownersPerSlice, answersPerSlice = ownersPerSlice }: SliceSizes, work: Work): number {
  return readsPages(work) ? ownersPerSlice : answersPerSlice;
}

type EstimateParts = Pick<RunStartParts, 'directory'> & SliceSizes;

/** What a run would visit, and about what it would cost. */
export async function estimateRun(parts: EstimateParts, clientId: string, work: AskedWork): Promise<Estimate> {
  const { sample: _, ...estimate } = await sizeOf(parts, clientId, work);
  return estimate;
}

/** The same with the share of the owners that a sample has; undefined: it has all of them. */
async function sizeOf(
  { directory, ...sizes }: EstimateParts,
  clientId: string,
  work: AskedWork,
): Promise<Estimate & Pick<AskedWork, 'sample'>> {
  const counted = await directory.count(clientId, COUNTED_EXACTLY);
  const sample = work.sample === undefined ? undefined : shareOf(work.sample, counted.owners);
  const owners = Math.round(counted.owners * (sample ?? 1));
  const slices = slicesFor(owners, sliceSizeOf(sizes, work));
  const usd = sum(runCost(SEGMENT_UNITS, visitWorkOf(work), { owners, slices }, PRICES));
  return {
    owners,
    estimated: counted.estimated || sample !== undefined,
    estimatedCostUsd: Number(usd.toPrecision(2)),
    sample,
  };
}

/** To two digits, so that samples of about so many owners stay comparable while their number grows. */
function shareOf(sample: number, owners: number): number | undefined {
  const share = Number((sample < 1 ? sample : sample / Math.max(1, owners)).toPrecision(2));
  return share < 1 ? share : undefined;
}

function visitWorkOf(work: Work): VisitWork {
  if (work.kind !== 'snapshot') return work.kind;
  return readsPages(work) ? 'features' : 'answers';
}

export type NewRun = Pick<Run, 'kind' | 'from' | 'to' | 'enabledProfiles' | 'keyId' | 'keeps'> &
  AskedWork & {
    readonly clientId: string;
    readonly runId?: string;
    /** No owner is visited before; milliseconds since 1970. */
    readonly visitFrom?: number;
  };

/** The status as shown: the machine may have failed without writing it. */
export type ShownStatus = RunStatus | 'failed';

/** The machine is eventually consistent (Step Functions API reference, "DescribeExecution"). */
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

/** Starts a run. When the machine cannot be started, the run is there and is shown as failed. */
export async function startRun(parts: RunStartParts, asked: NewRun): Promise<Run> {
  const { service, store, machine } = parts;
  const { clientId, kind, from, to, enabledProfiles, keyId, keeps } = asked;
  const createdAt = service.clock();
  const { sample, ...estimate } = await sizeOf(parts, clientId, asked);
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
    ...(keeps && { keeps }),
    ...estimate,
    ...(sample !== undefined && { sample }),
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

/** How many slices so many owners are cut into. */
export function slicesFor(owners: number, ownersPerSlice: number): number {
  return Math.min(MOST_SLICES, Math.max(1, Math.ceil(owners / ownersPerSlice)));
}
