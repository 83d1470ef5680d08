/** Snapshots: every owner's profiles on one day. Here one is started, watched and cancelled; what it holds is asked for in questions.ts. */
import type { CatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import type { GetClient } from '../../adapters/clients/clients.ts';
import type { RunResults } from '../../adapters/runs/run-results.ts';
import { type KeptFeature, type Run, SNAPSHOT_PREFIX } from '../../adapters/runs/run-store.ts';
import type { StateMachine } from '../../adapters/runs/state-machine.ts';
import type { Estimate } from '../../contracts/http/previews.ts';
import type { SnapshotBody, SnapshotsPage, SnapshotView } from '../../contracts/http/segments.ts';
import type { AmendedCatalogue } from '../../domain/catalogue/amendment.ts';
import { activeVersion, purposeOf, withAmendment } from '../../domain/catalogue/client-settings.ts';
import { conditionsOf } from '../../domain/catalogue/definition.ts';
import { featureAsked, featureKey, isWindow, readFeature } from '../../domain/features/feature.ts';
import { formatDay } from '../../domain/values/day.ts';
import type { Fault } from '../../domain/values/fault.ts';
import { RefusedError, TooManyRunsError } from '../../runtime/errors.ts';
import { newSortableId } from '../../runtime/sortable-id.ts';
import { estimateRun, progressOf, type RunStartParts, shownStatus, startRun } from '../runs/runs.ts';
import type { Service } from '../service/service.ts';
import { settingsNow } from '../service/settings-now.ts';
import { type Asker, rounded } from './asker.ts';

/** What starting a snapshot needs. */
export type SnapshotStartParts = Omit<RunStartParts, 'service' | 'store'> & {
  readonly service: Pick<Service, 'clock' | 'catalogues'>;
  readonly store: Pick<CatalogueStore, 'readRun' | 'listSnapshots' | 'createRun' | 'changeRun'>;
  readonly getClient: GetClient;
};
export type SnapshotsParts = SnapshotStartParts & {
  readonly machine: StateMachine;
  readonly results: Pick<RunResults, 'countSlices'>;
};
/** Without a purpose: the client itself, with whatever purpose it has. */
type Author = Pick<Asker, 'clientId' | 'keyId'> & Partial<Pick<Asker, 'purpose'>>;
export type ReadRun = { readonly store: Pick<CatalogueStore, 'readRun'> };

/** Replicas of the table and its index are mostly less than a second late. */
const REPLICAS_LATE_MS = 10_000;
/** Snapshots of a client that may run at a time. Those that run are among the latest. */
const MOST_RUNNING = 5;
const LATEST = 50;
/** Means all features that the client's definitions read. */
const DEFINITIONS = 'definitions';

export type Snapshots = ReturnType<typeof openSnapshots>;

export function openSnapshots(parts: SnapshotsParts) {
  const { service, store, machine } = parts;

  const start = (author: Author, body: SnapshotBody) => startSnapshot(parts, author, body);

  /** What one would visit, and about what it would cost. @throws RefusedError INVALID_PAYLOAD for unknown features */
  async function estimate(asker: Asker, body: SnapshotBody): Promise<Estimate> {
    const { keeps } = await plannedFor(parts, asker, body);
    const estimated = await estimateRun(parts, asker.clientId, { kind: 'snapshot', keeps, sample: body.sample });
    return { ...estimated, owners: rounded(asker, estimated.owners) };
  }

  /** @param samples also those of a sample of the owners, which nobody must take for one of all */
  async function list(
    asker: Asker,
    {
      limit,
      cursor,
      samples = false,
    }: { readonly limit: number; readonly cursor?: string | undefined; readonly samples?: boolean },
  ): Promise<SnapshotsPage> {
    const seen: Run[] = [];
    const isListed = (run: Run) => isSeenBy(asker, run) && (samples || run.sample === undefined);
    // Those that are not listed take no place on a page. Samples may be many: where the first read did not fill it, more are read at once.
    for (let after = cursor, most = limit + 1; seen.length <= limit; most = Math.max(most, LATEST)) {
      const runs = await store.listSnapshots(asker.clientId, most, after);
      seen.push(...runs.filter(isListed));
      if (runs.length < most) break;
      after = runs.at(-1)?.runId;
    }
    const page = seen.slice(0, limit);
    const snapshots = await Promise.all(page.map((run) => viewOf(parts, asker, run)));
    return { snapshots, cursor: seen.length > limit ? (page.at(-1)?.runId ?? null) : null };
  }

  const read = async (asker: Asker, snapshotId: string): Promise<SnapshotView> =>
    viewOf(parts, asker, await readSnapshot(parts, asker, snapshotId));

  /** Ends a snapshot that runs; of one that has ended nothing changes. */
  async function cancel(asker: Asker, snapshotId: string): Promise<SnapshotView> {
    const { clientId } = asker;
    const run = await readSnapshot(parts, asker, snapshotId);
    if (run.status !== 'running') return viewOf(parts, asker, run);
    // The status first: a task that the machine still starts then finds nothing to do.
    const cancelled = await store.changeRun(clientId, run, { status: 'cancelled', finishedAt: service.clock() });
    await machine.stop(snapshotId);
    return viewOf(parts, asker, cancelled ?? (await readSnapshot(parts, asker, snapshotId)));
  }

  return { start, estimate, list, read, cancel };
}

/** @throws RefusedError RATE_LIMITED while as many as may be are running; INVALID_PAYLOAD for unknown features */
export async function startSnapshot(
  parts: SnapshotStartParts,
  author: Author,
  body: SnapshotBody,
): Promise<{ readonly snapshotId: string }> {
  const { service, store } = parts;
  const { clientId, keyId } = author;
  const latest = (await store.listSnapshots(clientId, LATEST)).filter(({ status }) => status === 'running');
  const shown = await Promise.all(latest.map((run) => shownStatus(parts, run)));
  if (shown.filter((status) => status === 'running').length >= MOST_RUNNING) {
    throw new TooManyRunsError('snapshots', MOST_RUNNING);
  }
  const { settings, keeps } = await plannedFor(parts, author, body);
  const version = activeVersion(settings);
  const { enabledProfiles } = settings;
  const runId = `${SNAPSHOT_PREFIX}${newSortableId(service.clock())}`;
  await startRun(parts, {
    runId,
    clientId,
    keyId,
    kind: 'snapshot',
    from: version,
    to: version,
    enabledProfiles,
    keeps,
    sample: body.sample,
  });
  return { snapshotId: runId };
}

/** What holds for a client now, and what a snapshot keeps. @throws RefusedError INVALID_PAYLOAD for unknown features */
async function plannedFor(
  parts: Pick<SnapshotStartParts, 'service' | 'getClient'>,
  { clientId, purpose }: Pick<Author, 'clientId' | 'purpose'>,
  { features = [], unlabelled = false }: SnapshotBody,
) {
  const settings = await settingsNow(parts, clientId, purpose);
  const catalogue = await parts.service.catalogues.of(clientId, settings);
  const asked = typeof features === 'string' ? [features] : features;
  return { settings, keeps: { features: featuresAsked(asked, catalogue), unlabelled } };
}

/** @throws RefusedError SNAPSHOT_NOT_FOUND */
export async function readSnapshot({ store }: ReadRun, asker: Asker, snapshotId: string): Promise<Run> {
  const run = await store.readRun(asker.clientId, snapshotId);
  if (run?.kind === 'snapshot' && isSeenBy(asker, run)) return run;
  throw new RefusedError(
    'SNAPSHOT_NOT_FOUND',
    `There is no snapshot "${snapshotId}". Snapshots are kept for 400 days.`,
  );
}

function isSeenBy({ purpose }: Asker, run: Run): boolean {
  return purposeOf(run) === purpose;
}

/** Features as they are kept, each once. @throws RefusedError INVALID_PAYLOAD */
function featuresAsked(asked: readonly string[], { labels, judged }: AmendedCatalogue): KeptFeature[] {
  const features = new Map<string, KeptFeature>();
  const faults: Fault[] = [];
  for (const [at, text] of asked.entries()) {
    if (text.trim() === DEFINITIONS) {
      for (const { enter, stay } of judged) {
        for (const { feature } of [...conditionsOf(enter), ...conditionsOf(stay)]) {
          features.set(featureKey(feature), kept(feature));
        }
      }
      continue;
    }
    const { name, window } = featureAsked(text);
    const path = `features[${at}]`;
    if (window !== null && !isWindow(window)) faults.push({ path, message: 'must have a window of 1d to 365d' });
    else {
      const feature = readFeature(name, window, { labels });
      if (typeof feature === 'string') faults.push({ path, message: feature });
      else features.set(featureKey(feature), kept(feature));
    }
  }
  if (faults.length > 0) throw new RefusedError('INVALID_PAYLOAD', 'The body names unknown features.', faults);
  return [...features].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, feature]) => feature);
}

const kept = ({ name, window, unit }: KeptFeature): KeptFeature => ({ name, window, unit });

async function viewOf(parts: SnapshotsParts, asker: Asker, run: Run): Promise<SnapshotView> {
  const { status, slices } = await progressOf(parts, asker.clientId, run);
  const { result, keeps, sample, finishedAt } = run;
  return {
    snapshotId: run.runId,
    status: status as SnapshotView['status'],
    asOf: formatDay(run.asOf),
    startedAt: instant(run.createdAt),
    finishedAt: finishedAt === undefined ? null : instant(finishedAt),
    catalogueVersion: parts.service.catalogues.versionFor(withAmendment(run, run.to), run.builtIn),
    owners: rounded(asker, result?.owners ?? run.owners),
    failed: rounded(asker, result?.failed ?? 0),
    watermark: instant(run.createdAt - REPLICAS_LATE_MS),
    hash: result?.hash ?? null,
    features: (keeps?.features ?? []).map(({ name, window }) => (window === null ? name : `${name} ${window}d`)),
    unlabelled: keeps?.unlabelled ?? false,
    ...(sample !== undefined && { sample }),
    slices,
    profiles: (result?.sizes ?? []).map(({ profile, members, notJudged }) => ({
      profile,
      members: rounded(asker, members),
      notJudged: rounded(asker, notJudged),
    })),
  };
}

const instant = (at: number) => new Date(at).toISOString();
