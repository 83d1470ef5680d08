/** Runs as the table holds them: items `run#<id>` of the client's catalogue, and `snapshot#<id>` of its snapshots. */
import type { Feature } from '../../domain/features/feature.ts';
import { expiry, type PartitionValues, RUN_DAYS } from '../dynamodb/partition-values.ts';

export type RunKind = 'preview' | 'replay' | 'snapshot';
/** Snapshots, and what they hold, expire after this many days. */
export const SNAPSHOT_DAYS = 400;
/** The prefix of ids of snapshots, so that an id alone says where the run is. */
export const SNAPSHOT_PREFIX = 'snapshot-';
/** Of a run that is `running`, the state machine knows whether it has failed since; when it goes on, so does the run. */
export type RunStatus = 'running' | 'finished' | 'cancelled' | 'superseded';
/** A visit of all owners of a client. */
export type Run = {
  readonly runId: string;
  readonly kind: RunKind;
  readonly status: RunStatus;
  readonly createdAt: number;
  readonly keyId: string;
  /** Days since 1970: the day that a preview derives for. */
  readonly asOf: number;
  /** Version of the built-in catalogue that it started under. */
  readonly builtIn: string;
  /** Versions of the amendment: the active one, and the one that is previewed or replayed. */
  readonly from: string;
  readonly to: string;
  readonly enabledProfiles: readonly string[];
  /** Counted when it started. */
  readonly owners: number;
  readonly estimated: boolean;
  readonly estimatedCostUsd: number;
  /** 0 until it is planned. */
  readonly slices: number;
  readonly result: RunResult | null;
  /** Milliseconds since 1970; absent until it has come to its end. */
  readonly finishedAt?: number;
  /** Of a snapshot: what it keeps besides answers. */
  readonly keeps?: Keeps;
  /** Of a snapshot of a sample: the share of the owners that it has, below 1. */
  readonly sample?: number;
};
/** Features by name and window in days; whether the merchants without a label are kept. */
export type Keeps = { readonly features: readonly KeptFeature[]; readonly unlabelled: boolean };
export type KeptFeature = Pick<Feature, 'name' | 'window' | 'unit'>;
export type RunResult = {
  readonly owners: number;
  /** Owners that could not be derived; the log says why. */
  readonly failed: number;
  /** Of a replay: owners whose answer was rewritten. */
  readonly rewritten?: number;
  /** Of a preview or a snapshot: the same for every one that found the same of the same owners. */
  readonly hash?: string;
  readonly profiles?: readonly ProfileDiff[];
  /** Of a snapshot. */
  readonly sizes?: readonly ProfileSize[];
};
/** How many owners have a profile, and of how many it is not known. */
export type ProfileSize = { readonly profile: string; readonly members: number; readonly notJudged: number };
/** The last three are absent in what was kept before they were counted. */
export type ProfileDiff = {
  readonly profile: string;
  /** Members under the active and under the previewed catalogue. */
  readonly before: number;
  readonly after: number;
  readonly entered: number;
  readonly left: number;
  /** Whether the active catalogue does not judge it. */
  readonly added?: boolean;
  /** Owners for whom it is not known. */
  readonly notJudgedBefore?: number;
  readonly notJudgedAfter?: number;
};

/** Whether a run is a snapshot, by its id. */
export function isSnapshotId(runId: string): boolean {
  return runId.startsWith(SNAPSHOT_PREFIX);
}

export function openRunStore(catalogue: PartitionValues, snapshots: PartitionValues) {
  const homeOf = (runId: string) => (isSnapshotId(runId) ? snapshots : catalogue);
  const readRun = (clientId: string, runId: string): Promise<Run | undefined> =>
    homeOf(runId).valueAt<Run>(clientId, sortOf(runId));
  /** Previews and replays. */
  const listRuns = (clientId: string): Promise<Run[]> => catalogue.valuesUnder<Run>(clientId, 'run#');
  /** At most this many snapshots, the newest first; with `before`, those older than the one with this id. */
  const listSnapshots = (clientId: string, most: number, before?: string): Promise<Run[]> =>
    snapshots.pageUnder<Run>(clientId, 'snapshot#', most, before === undefined ? undefined : `snapshot#${before}`);

  async function createRun(clientId: string, run: Run): Promise<void> {
    await homeOf(run.runId).put(clientId, sortOf(run.runId), run, attributesOf(run));
  }

  /** Changes a run that still has one of these statuses; returns the changed run. */
  async function changeRun(
    clientId: string,
    run: Run,
    change: Partial<Pick<Run, 'status' | 'slices' | 'result' | 'finishedAt'>>,
  ): Promise<Run | undefined> {
    const changed = { ...run, ...change };
    const written = await homeOf(run.runId).put(clientId, sortOf(run.runId), changed, attributesOf(changed), {
      ConditionExpression: 'runStatus = :read',
      ExpressionAttributeValues: { ':read': { S: run.status } },
    });
    return written ? changed : undefined;
  }

  return { readRun, listRuns, listSnapshots, createRun, changeRun };
}

const sortOf = (runId: string) => `${isSnapshotId(runId) ? 'snapshot' : 'run'}#${runId}`;

function attributesOf({ runId, status, createdAt }: Run) {
  const days = isSnapshotId(runId) ? SNAPSHOT_DAYS : RUN_DAYS;
  return { runStatus: { S: status }, ...expiry(createdAt, days) };
}
