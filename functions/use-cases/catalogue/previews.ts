/** Previews: what a draft would change for every owner of the client, before it counts. */

import type { CatalogueStore, Run, RunResult } from '../../adapters/catalogue/catalogue-store.ts';
import type { GetClient } from '../../adapters/clients/clients.ts';
import type { OwnerDirectory } from '../../adapters/owners/owner-directory.ts';
import type { RunResults } from '../../adapters/runs/run-results.ts';
import type { StateMachine } from '../../adapters/runs/state-machine.ts';
import type { DraftView, Estimate, OwnerPreview, OwnersPage, PreviewView } from '../../contracts/http/catalogue.ts';
import type { AmendedCatalogue } from '../../domain/catalogue/amendment.ts';
import { activeVersion, BUILT_IN, settingsAt, withAmendment } from '../../domain/catalogue/client-settings.ts';
import type { Columns } from '../../domain/features/columns.ts';
import { columnsFor, type DerivationInput, rowsOf } from '../../domain/profiles/derive.ts';
import { type Explanation, explain } from '../../domain/profiles/explain.ts';
import { formatDay } from '../../domain/values/day.ts';
import { RefusedError } from '../../runtime/errors.ts';
import { mostTransactions } from '../owners/explain.ts';
import { firstDayFor, openYears, withPeriods, type Years } from '../owners/periods.ts';
import { readOwnerDays } from '../owners/read-day.ts';
import { estimateRun, progressOf, type RunStartParts, shownStatus, startRun } from '../runs/runs.ts';
import type { Service } from '../service/service.ts';
import { amendmentVersion } from './amendment-version.ts';
import type { Author } from './drafts.ts';
import { type Change, type ChangeIndex, comparedBy, type PreviewSlice } from './preview-slices.ts';

export type PreviewParts = Omit<RunStartParts, 'service' | 'store' | 'directory'> & {
  readonly service: Service;
  readonly store: Pick<CatalogueStore, 'readRun' | 'listRuns' | 'createRun' | 'changeRun' | 'lendAmendment'>;
  readonly directory: Pick<OwnerDirectory, 'count' | 'externalIds'>;
  readonly machine: StateMachine;
  readonly results: Pick<RunResults, 'countSlices' | 'getSlice' | 'getSummary'>;
  readonly getClient: GetClient;
  readonly readDraft: (author: Author) => Promise<DraftView>;
};
export type PageAsked = {
  readonly profile: string;
  readonly change: Change;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** Previews of a client that may run at a time: each reads all its owners. */
const MOST_RUNNING = 3;
const SLICES_AT_ONCE = 16;

export function openPreviews(parts: PreviewParts) {
  const { service, store, directory, results, machine } = parts;

  const estimate = ({ clientId }: Author): Promise<Estimate> => estimateRun(parts, clientId, 'preview');

  /** @throws RefusedError RATE_LIMITED while as many as may be are running */
  async function start(author: Author): Promise<PreviewView> {
    const { clientId, keyId } = author;
    const begun = (await store.listRuns(clientId)).filter(
      ({ kind, status }) => kind === 'preview' && status === 'running',
    );
    const shown = await Promise.all(begun.map((run) => shownStatus(parts, run)));
    if (shown.filter((status) => status === 'running').length >= MOST_RUNNING) {
      throw new RefusedError('RATE_LIMITED', `${MOST_RUNNING} previews are running. Wait for one, or cancel it.`);
    }
    const client = await parts.getClient(clientId);
    const settings = settingsAt(client?.enabledProfiles ?? [], client?.amendment, service.clock());
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
    return viewOf(clientId, await startRun(parts, asked));
  }

  async function list({ clientId }: Author): Promise<{ previews: PreviewView[] }> {
    const runs = (await store.listRuns(clientId)).filter(({ kind }) => kind === 'preview');
    return { previews: await Promise.all(runs.map((run) => viewOf(clientId, run))) };
  }

  const read = async ({ clientId }: Author, previewId: string): Promise<PreviewView> =>
    viewOf(clientId, await runOf(clientId, previewId));

  /** Ends a preview that runs; of one that has ended nothing changes. */
  async function cancel({ clientId }: Author, previewId: string): Promise<PreviewView> {
    const run = await runOf(clientId, previewId);
    if (run.status !== 'running') return viewOf(clientId, run);
    // The status first: what the machine still begins finds that there is nothing to do.
    const cancelled = await store.changeRun(clientId, run, { status: 'cancelled' });
    await machine.stop(previewId);
    return viewOf(clientId, cancelled ?? (await runOf(clientId, previewId)));
  }

  /**
   * Owners that would enter or leave a profile, in an order that stays. Who was erased since is not among them.
   *
   * @throws RefusedError PREVIEW_NOT_FOUND, PREVIEW_NOT_FINISHED, INVALID_PARAMETER
   */
  async function owners({ clientId }: Author, previewId: string, asked: PageAsked): Promise<OwnersPage> {
    const run = await runOf(clientId, previewId);
    const place = { clientId, runId: previewId };
    const index = run.status === 'finished' ? await results.getSummary<ChangeIndex>(place) : undefined;
    if (!index)
      throw new RefusedError(
        'PREVIEW_NOT_FINISHED',
        `The preview is ${run.status}: only one that has finished lists owners.`,
      );
    const { profile, change, limit } = asked;
    const slices = Object.hasOwn(index, profile) ? (index[profile]?.[change] ?? []) : [];
    const total = slices.reduce((all, [, one]) => all + one, 0);
    const from = startOf(asked.cursor);
    const waiting = slices.filter(([slice]) => slice >= from.slice);
    const hashes: { hash: string; slice: number; at: number }[] = [];
    while (hashes.length <= limit && waiting.length > 0) {
      const some = waiting.splice(0, SLICES_AT_ONCE);
      const read = await Promise.all(some.map(([slice]) => results.getSlice<PreviewSlice>(place, slice)));
      for (const [index, found] of read.entries()) {
        const slice = some[index]?.[0] ?? 0;
        const changed = (found?.changes ?? []).filter((owner) => owner[change].includes(profile));
        for (const [at, { hash }] of changed.entries()) {
          if (slice > from.slice || at >= from.at) hashes.push({ hash, slice, at });
        }
      }
    }
    const next = hashes[limit];
    const names = await directory.externalIds(
      clientId,
      hashes.slice(0, limit).map(({ hash }) => hash),
    );
    return { profile, change, total, owners: names, cursor: next ? `${next.slice}.${next.at}` : null };
  }

  /** @throws RefusedError PREVIEW_NOT_FOUND, OWNER_NOT_FOUND */
  async function owner({ clientId }: Author, previewId: string, ownerExternalId: string): Promise<OwnerPreview> {
    const run = await runOf(clientId, previewId);
    const key = service.ownerKey(clientId, ownerExternalId);
    const read = await readOwnerDays(service, key, firstDayFor(run.asOf), run.asOf);
    if (!read) {
      throw new RefusedError(
        'OWNER_NOT_FOUND',
        'No import of this owner was ever processed, or everything about the owner was erased.',
      );
    }
    const { pages, erasedAt, dataFrom, dataTo } = read;
    const [active, previewed] = await comparedBy(service, clientId, run);
    const input = { catalogue: active.base, rows: rowsOf(pages), dataFrom };
    const columns = columnsFor(input, run.asOf);
    const years = openYears(service, { rows: input.rows, owner: key, erasedAt }, run.asOf);
    const under = (version: string, { judged }: AmendedCatalogue) =>
      explained(run, version, { ...input, definitions: judged }, columns, years);
    const before = await under(run.from, active);
    const after = await under(run.to, previewed);
    const ids = [...new Set([...before.explanations.keys(), ...after.explanations.keys()])].sort();
    return {
      ownerExternalId,
      asOf: formatDay(run.asOf),
      dataFrom: dataFrom === null ? null : formatDay(dataFrom),
      dataTo: dataTo === null ? null : formatDay(dataTo),
      before: before.side,
      after: after.side,
      profiles: ids.map((profile) => {
        const [old, young] = [before.explanations.get(profile), after.explanations.get(profile)];
        return { profile, change: changeOf(old, young), before: old ?? null, after: young ?? null };
      }),
    };
  }

  async function explained(
    { asOf, enabledProfiles }: Run,
    version: string,
    input: DerivationInput,
    columns: Columns,
    years: Years,
  ) {
    const { definitions, catalogue } = input;
    // Two explanations share the room of one answer.
    const most = Math.ceil(mostTransactions(definitions) / 2);
    const undated = explain(definitions, columns, catalogue, asOf, most);
    const explanations = await withPeriods(service, input, years, undated, asOf);
    const profiles = explanations.filter(({ applies }) => applies).map(({ profile }) => profile);
    const catalogueVersion = service.catalogues.versionFor(withAmendment({ enabledProfiles }, version));
    return {
      side: { catalogueVersion, profiles },
      explanations: new Map(explanations.map((explanation) => [explanation.profile, explanation])),
    };
  }

  async function runOf(clientId: string, previewId: string): Promise<Run> {
    const run = await store.readRun(clientId, previewId);
    if (run?.kind === 'preview') return run;
    throw new RefusedError('PREVIEW_NOT_FOUND', `There is no preview "${previewId}". Previews are kept for 30 days.`);
  }

  async function viewOf(clientId: string, run: Run): Promise<PreviewView> {
    const { status, slices } = await progressOf(parts, clientId, run);
    const versionOf = (version: string): PreviewView['from'] => ({
      version,
      catalogueVersion: service.catalogues.versionFor(
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

  return { estimate, start, list, read, cancel, owners, owner };
}

/** What a run found that was a preview: neither more nor less. */
function resultOf({ owners, failed, hash = '', profiles = [] }: RunResult): NonNullable<PreviewView['result']> {
  return { owners, failed, hash, profiles };
}

/** `12.40`: the 41st change in slice 12. */
function startOf(cursor: string | undefined): { slice: number; at: number } {
  if (cursor === undefined) return { slice: 0, at: 0 };
  const read = /^(\d{1,6})\.(\d{1,6})$/.exec(cursor);
  if (read) return { slice: Number(read[1]), at: Number(read[2]) };
  const message = 'is not one that an earlier page gave';
  throw new RefusedError('INVALID_PARAMETER', `\`cursor\` ${message}.`, [{ path: 'cursor', message }]);
}

function changeOf(before: Explanation | undefined, after: Explanation | undefined): Change | 'stays' | 'none' {
  if (before?.applies) return after?.applies ? 'stays' : 'left';
  return after?.applies ? 'entered' : 'none';
}
