/** Previews: what a draft would change for every owner of the client, before it counts. */

import type { CatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import type { GetClient } from '../../adapters/clients/clients.ts';
import type { OwnerDirectory } from '../../adapters/owners/owner-directory.ts';
import type { RunResults } from '../../adapters/runs/run-results.ts';
import type { Run, RunResult } from '../../adapters/runs/run-store.ts';
import type { StateMachine } from '../../adapters/runs/state-machine.ts';
import type { DraftView } from '../../contracts/http/catalogue.ts';
import type { Estimate, PreviewView } from '../../contracts/http/previews.ts';
import { activeVersion, BUILT_IN, purposeOf, withAmendment } from '../../domain/catalogue/client-settings.ts';
import { formatDay } from '../../domain/values/day.ts';
import { RefusedError, TooManyRunsError } from '../../runtime/errors.ts';
import { estimateRun, progressOf, type RunStartParts, shownStatus, startRun } from '../runs/runs.ts';
import type { Service } from '../service/service.ts';
import { settingsNow } from '../service/settings-now.ts';
import { amendmentVersion } from './amendment-version.ts';
import type { Author } from './drafts.ts';

export type PreviewParts = Omit<RunStartParts, 'service' | 'store' | 'directory'> & {
  readonly service: Service;
  readonly store: Pick<CatalogueStore, 'readRun' | 'listRuns' | 'createRun' | 'changeRun' | 'lendAmendment'>;
  readonly directory: Pick<OwnerDirectory, 'count'>;
  readonly machine: StateMachine;
  readonly results: Pick<RunResults, 'countSlices'>;
  readonly getClient: GetClient;
  readonly readDraft: (author: Author) => Promise<DraftView>;
};
/** Previews of a client that may run at a time: each reads all its owners. */
const MOST_RUNNING = 3;

export function openPreviews(parts: PreviewParts) {
  const { service, store, machine } = parts;

  const estimate = ({ clientId }: Author): Promise<Estimate> => estimateRun(parts, clientId, { kind: 'preview' });

  /** @throws RefusedError RATE_LIMITED while as many as may be are running */
  async function start(author: Author): Promise<PreviewView> {
    const { clientId, keyId } = author;
    const begun = (await store.listRuns(clientId)).filter(
      ({ kind, status }) => kind === 'preview' && status === 'running',
    );
    const shown = await Promise.all(begun.map((run) => shownStatus(parts, run)));
    if (shown.filter((status) => status === 'running').length >= MOST_RUNNING) {
      throw new TooManyRunsError('previews', MOST_RUNNING);
    }
    const settings = await settingsNow(parts, clientId, purposeOf(author.settings));
    const { amendment } = await parts.readDraft({ ...author, settings });
    const to = amendmentVersion(amendment);
    if (to !== BUILT_IN) await store.lendAmendment(clientId, to, amendment, service.clock());
    const { enabledProfiles } = settings;
    const asked = {
      clientId,
      keyId,
      kind: 'preview',
      from: activeVersion(settings),
      to,
      enabledProfiles,
    } as const;
    return viewOf(parts, clientId, await startRun(parts, asked));
  }

  async function list(author: Author): Promise<{ previews: PreviewView[] }> {
    const { clientId } = author;
    const runs = (await store.listRuns(clientId)).filter((run) => isSeenBy(author, run));
    return { previews: await Promise.all(runs.map((run) => viewOf(parts, clientId, run))) };
  }

  const read = async (author: Author, previewId: string): Promise<PreviewView> =>
    viewOf(parts, author.clientId, await readPreview(parts, author, previewId));

  /** Ends a preview that runs; of one that has ended nothing changes. */
  async function cancel(author: Author, previewId: string): Promise<PreviewView> {
    const { clientId } = author;
    const run = await readPreview(parts, author, previewId);
    if (run.status !== 'running') return viewOf(parts, clientId, run);
    // The status first: a task that the machine still starts then finds nothing to do.
    const cancelled = await store.changeRun(clientId, run, { status: 'cancelled' });
    await machine.stop(previewId);
    return viewOf(parts, clientId, cancelled ?? (await readPreview(parts, author, previewId)));
  }

  return { estimate, start, list, read, cancel };
}

/** What a run found that was a preview: neither more nor less. */
function resultOf({ owners, failed, hash = '', profiles = [] }: RunResult): NonNullable<PreviewView['result']> {
  return { owners, failed, hash, profiles };
}

/** @throws RefusedError PREVIEW_NOT_FOUND */
export async function readPreview(
  { store }: { readonly store: Pick<CatalogueStore, 'readRun'> },
  author: Pick<Author, 'clientId' | 'settings'>,
  previewId: string,
): Promise<Run> {
  const run = await store.readRun(author.clientId, previewId);
  if (run && isSeenBy(author, run)) return run;
  throw new RefusedError('PREVIEW_NOT_FOUND', `There is no preview "${previewId}". Previews are kept for 30 days.`);
}

/** Previews of the same purpose are seen, and no others. */
function isSeenBy({ settings }: Pick<Author, 'settings'>, run: Run): boolean {
  return run.kind === 'preview' && purposeOf(run) === purposeOf(settings);
}

async function viewOf(parts: PreviewParts, clientId: string, run: Run): Promise<PreviewView> {
  const { status, slices } = await progressOf(parts, clientId, run);
  const versionOf = (version: string): PreviewView['from'] => ({
    version,
    catalogueVersion: parts.service.catalogues.versionFor(
      withAmendment({ enabledProfiles: run.enabledProfiles }, version),
      run.builtIn,
    ),
  });
  return {
    previewId: run.runId,
    status: status as PreviewView['status'],
    createdAt: new Date(run.createdAt).toISOString(),
    keyId: run.keyId,
    asOf: formatDay(run.asOf),
    from: versionOf(run.from),
    to: versionOf(run.to),
    owners: run.owners,
    estimated: run.estimated,
    estimatedCostUsd: run.estimatedCostUsd,
    slices,
    result: run.result && resultOf(run.result),
  };
}
