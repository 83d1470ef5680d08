/** Runs as the table holds them: items `run#<id>` of the client's catalogue. */
import { type CatalogueItems, expiry } from '../catalogue/catalogue-items.ts';

export type RunKind = 'preview' | 'replay';
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
  /** Version of the built-in catalogue that it began under. */
  readonly builtIn: string;
  /** Versions of the amendment: the active one, and the one that is previewed or replayed. */
  readonly from: string;
  readonly to: string;
  readonly enabledProfiles: readonly string[];
  /** Counted when it began. */
  readonly owners: number;
  readonly estimated: boolean;
  readonly estimatedCostUsd: number;
  /** 0 until it is planned. */
  readonly slices: number;
  readonly result: RunResult | null;
};
export type RunResult = {
  readonly owners: number;
  /** Owners that could not be derived; the log says why. */
  readonly failed: number;
  /** Of a replay: owners whose answer was written anew. */
  readonly rewritten?: number;
  /** Of a preview: the same for every preview that derived the same of the same owners. */
  readonly hash?: string;
  readonly profiles?: readonly ProfileDiff[];
};
export type ProfileDiff = {
  readonly profile: string;
  /** Members under the active and under the previewed catalogue. */
  readonly before: number;
  readonly after: number;
  readonly entered: number;
  readonly left: number;
};

export function openRunStore({ valueAt, valuesUnder, put }: CatalogueItems) {
  const readRun = (clientId: string, runId: string): Promise<Run | undefined> => valueAt<Run>(clientId, `run#${runId}`);
  const listRuns = (clientId: string): Promise<Run[]> => valuesUnder<Run>(clientId, 'run#');

  async function createRun(clientId: string, run: Run): Promise<void> {
    await put(clientId, `run#${run.runId}`, run, { runStatus: { S: run.status }, ...expiry(run.createdAt) });
  }

  /** Changes a run that has one of these statuses still; the run as it then stands. */
  async function changeRun(
    clientId: string,
    run: Run,
    change: Partial<Pick<Run, 'status' | 'slices' | 'result'>>,
  ): Promise<Run | undefined> {
    const changed = { ...run, ...change };
    const more = { runStatus: { S: changed.status }, ...expiry(run.createdAt) };
    const written = await put(clientId, `run#${run.runId}`, changed, more, {
      ConditionExpression: 'runStatus = :read',
      ExpressionAttributeValues: { ':read': { S: run.status } },
    });
    return written ? changed : undefined;
  }

  return { readRun, listRuns, createRun, changeRun };
}
