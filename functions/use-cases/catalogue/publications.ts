/**
 * Publications: an amendment becomes the one in force. Look-ups answer by it from one instant on; a replay then rewrites the stored answers
 * in the background. To roll back, publish an older version.
 */

import type { CatalogueStore, Publication } from '../../adapters/catalogue/catalogue-store.ts';
import type { Client } from '../../adapters/clients/client-items.ts';
import type { Clients, GetClient } from '../../adapters/clients/clients.ts';
import type { RunResults } from '../../adapters/runs/run-results.ts';
import type { Run } from '../../adapters/runs/run-store.ts';
import type { DraftView, PublicationRequest, PublicationView, ReplayView } from '../../contracts/http/catalogue.ts';
import { type AmendmentDocument, amendmentFaults, NO_AMENDMENT } from '../../domain/catalogue/amendment.ts';
import type { Catalogue } from '../../domain/catalogue/catalogue.ts';
import {
  type AmendmentInForce,
  BUILT_IN,
  settingsAt,
  versionAt,
  withAmendment,
} from '../../domain/catalogue/client-settings.ts';
import { RefusedError } from '../../runtime/errors.ts';
import { newSortableId } from '../../runtime/sortable-id.ts';
import { progressOf, type RunStartParts, startRun } from '../runs/runs.ts';
import { type Author, faulty, finishedPreview } from './drafts.ts';
import { versionNotFound } from './views.ts';

export type PublicationParts = Omit<RunStartParts, 'store'> & {
  readonly store: Pick<
    CatalogueStore,
    | 'readAmendment'
    | 'keepAmendment'
    | 'writePublication'
    | 'removePublication'
    | 'readPublication'
    | 'listPublications'
    | 'readRun'
    | 'listRuns'
    | 'createRun'
    | 'changeRun'
  >;
  readonly builtIn: { readonly version: string; load(): Catalogue };
  readonly clients: Pick<Clients, 'getClient' | 'setAmendment'>;
  readonly results: Pick<RunResults, 'countSlices'>;
  readonly readDraft: (author: Author) => Promise<DraftView>;
  /** How long callers' verdicts, and what they say of the catalogue in force, are remembered. */
  readonly callerCacheSeconds: number;
  readonly onFailure: (error: unknown) => void;
};

export function openPublications(parts: PublicationParts) {
  const { service, store, builtIn } = parts;

  /**
   * @throws RefusedError VERSION_NOT_FOUND, INVALID_PAYLOAD when it does not hold under the built-in catalogue of today, PREVIEW_REQUIRED,
   * CATALOGUE_CHANGED when another editor published meanwhile
   */
  async function publish(caller: Author, asked: PublicationRequest): Promise<PublicationView> {
    const { clientId, keyId } = caller;
    const client = await clientOf(parts, clientId);
    const publishedAt = service.clock();
    const previousVersion = versionAt(client.amendment, publishedAt);
    const author = { ...caller, settings: settingsAt(client.enabledProfiles, client.amendment, publishedAt) };
    const { version, amendment } = await wanted(parts, author, asked);
    const faults = amendmentFaults(builtIn.load(), amendment);
    if (faults.length > 0) throw faulty('The amendment is not valid under the current built-in catalogue', faults);
    const isNew = version !== previousVersion && !(await wasPublished(store, clientId, version));
    if (isNew && !asked.force && !(await finishedPreview(parts, author, version))) throw previewRequired();

    const publication: Publication = {
      publicationId: newSortableId(publishedAt),
      version,
      previousVersion,
      publishedAt,
      // The same version again changes nothing, and needs no wait.
      effectiveAt: version === previousVersion ? publishedAt : publishedAt + parts.callerCacheSeconds * 1000,
      keyId,
      note: asked.note,
      forced: asked.force,
    };
    await takeEffect(parts, clientId, client.amendment, publication, amendment);
    return viewOf(parts, client, publication, await replayFor(parts, clientId, client, publication));
  }

  async function list({ clientId }: Author): Promise<{ publications: PublicationView[] }> {
    const client = await clientOf(parts, clientId);
    const publications = await store.listPublications(clientId);
    const runs = new Map((await store.listRuns(clientId)).map((run) => [run.runId, run]));
    const views = publications.map(async (publication) =>
      viewOf(parts, client, publication, await replayOf(parts, clientId, runs.get(publication.publicationId))),
    );
    return { publications: await Promise.all(views) };
  }

  async function read({ clientId }: Author, publicationId: string): Promise<PublicationView> {
    const publication = await store.readPublication(clientId, publicationId);
    if (!publication) {
      throw new RefusedError('PUBLICATION_NOT_FOUND', `There is no publication "${publicationId}".`);
    }
    const replay = await replayOf(parts, clientId, await store.readRun(clientId, publicationId));
    return viewOf(parts, await clientOf(parts, clientId), publication, replay);
  }

  return { publish, list, read };
}

async function wanted(
  { store, readDraft }: Pick<PublicationParts, 'store' | 'readDraft'>,
  author: Author,
  { version, draft }: PublicationRequest,
): Promise<{ version: string; amendment: AmendmentDocument }> {
  if (draft) return readDraft(author);
  if (version === undefined || version === BUILT_IN) return { version: BUILT_IN, amendment: NO_AMENDMENT };
  const amendment = await store.readAmendment(author.clientId, version);
  if (!amendment) throw versionNotFound(version);
  return { version, amendment };
}

async function wasPublished(store: PublicationParts['store'], clientId: string, version: string): Promise<boolean> {
  if (version === BUILT_IN) return true;
  return (await store.listPublications(clientId)).some((publication) => publication.version === version);
}

/** Its items are written before it is in force, and removed on a conflict. */
async function takeEffect(
  { store, clients }: Pick<PublicationParts, 'store' | 'clients'>,
  clientId: string,
  read: AmendmentInForce | undefined,
  { publicationId, version, previousVersion, effectiveAt: from, ...rest }: Publication,
  amendment: AmendmentDocument,
): Promise<void> {
  if (version !== BUILT_IN) await store.keepAmendment(clientId, version, amendment);
  await store.writePublication(clientId, { publicationId, version, previousVersion, effectiveAt: from, ...rest });
  const inForce = { version, from, before: previousVersion, publicationId };
  if (await clients.setAmendment(clientId, inForce, read)) return;
  await store.removePublication(clientId, publicationId);
  throw new RefusedError(
    'CATALOGUE_CHANGED',
    'Another version was published meanwhile. Read it, and publish again if yours should replace it.',
  );
}

/** The version is in force by now: a replay that cannot start is reported, but undoes nothing. */
async function replayFor(
  parts: PublicationParts,
  clientId: string,
  client: Client,
  publication: Publication,
): Promise<ReplayView> {
  const { publicationId: runId, version, previousVersion, effectiveAt, keyId } = publication;
  const asked = {
    clientId,
    runId,
    keyId,
    kind: 'replay',
    from: previousVersion,
    to: version,
    visitFrom: effectiveAt,
  } as const;
  try {
    const run = await startRun(parts, { ...asked, enabledProfiles: client.enabledProfiles });
    return await replayOf(parts, clientId, run);
  } catch (error) {
    parts.onFailure(error);
    return { ...NO_REPLAY, status: 'failed' };
  }
}

async function clientOf({ clients }: Pick<PublicationParts, 'clients'>, clientId: string): Promise<Client> {
  const client = await clients.getClient(clientId);
  if (!client) throw new Error(`the client ${clientId} of a caller is not there`);
  return client;
}

function viewOf(
  { service }: Pick<PublicationParts, 'service'>,
  { enabledProfiles }: Client,
  publication: Publication,
  replay: ReplayView,
): PublicationView {
  const { publishedAt, effectiveAt, ...rest } = publication;
  return {
    ...rest,
    catalogueVersion: service.catalogues.versionFor(withAmendment({ enabledProfiles }, publication.version)),
    publishedAt: new Date(publishedAt).toISOString(),
    effectiveAt: new Date(effectiveAt).toISOString(),
    replay,
  };
}

const NO_REPLAY: ReplayView = { status: 'none', owners: 0, slices: { total: 0, done: 0 }, rewritten: 0, failed: 0 };

/** How far a replay is. */
export async function replayOf(
  parts: Pick<PublicationParts, 'results' | 'machine' | 'service'>,
  clientId: string,
  run: Run | undefined,
): Promise<ReplayView> {
  if (!run) return NO_REPLAY;
  const { owners, result } = run;
  const { status, slices } = await progressOf(parts, clientId, run);
  return {
    status: status as ReplayView['status'],
    owners,
    slices,
    rewritten: result?.rewritten ?? 0,
    failed: result?.failed ?? 0,
  };
}

export type ReplayStartParts = RunStartParts & { readonly getClient: GetClient };

/** Rewrites a client's answers under the catalogue that it has now: for operators, after a release with another built-in catalogue. */
export async function startReplay(parts: ReplayStartParts, clientId: string, keyId: string): Promise<Run> {
  const client = await parts.getClient(clientId);
  if (!client) throw new RefusedError('INVALID_PARAMETER', `There is no client "${clientId}".`);
  const version = versionAt(client.amendment, parts.service.clock());
  const { enabledProfiles } = client;
  return startRun(parts, { clientId, keyId, kind: 'replay', from: version, to: version, enabledProfiles });
}

function previewRequired(): RefusedError {
  return new RefusedError(
    'PREVIEW_REQUIRED',
    'This draft was not previewed against the catalogue in force, to the end. Preview it first, or publish with "force": true.',
  );
}
