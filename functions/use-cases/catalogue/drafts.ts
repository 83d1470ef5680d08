/** The draft of a client's amendment: what an analyst edits. There is always one; at first it is the active amendment. */

import type { CatalogueStore, DraftEdit, StoredDraft } from '../../adapters/catalogue/catalogue-store.ts';
import type { DraftView } from '../../contracts/http/catalogue.ts';
import {
  type AmendmentDocument,
  amendmentFaults,
  changesBetween,
  MOST_AMENDMENT_BYTES,
  normalised,
} from '../../domain/catalogue/amendment.ts';
import type { Catalogue } from '../../domain/catalogue/catalogue.ts';
import { activeVersion, type ClientSettings, purposeOf } from '../../domain/catalogue/client-settings.ts';
import type { DefinitionDocument } from '../../domain/catalogue/definition.ts';
import type { Fault } from '../../domain/values/fault.ts';
import type { Clock } from '../../runtime/clock.ts';
import { RefusedError } from '../../runtime/errors.ts';
import { amendmentOf } from '../service/catalogues.ts';
import { amendmentVersion } from './amendment-version.ts';

/** Who asks: the client, its key, and what holds for it. */
export type Author = { readonly clientId: string; readonly keyId: string; readonly settings: ClientSettings };

export type DraftParts = {
  readonly store: Pick<CatalogueStore, 'readDraft' | 'writeDraft' | 'readAmendment' | 'listRuns'>;
  readonly builtIn: { readonly version: string; load(): Catalogue };
  readonly now: Clock;
};

/** Edits that are kept, to show a late editor what changed meanwhile. */
const MOST_EDITS = 50;
/** So many conflicts are retried for editors who do not say which version they edit. */
const MOST_ATTEMPTS = 5;

/** `stored` is undefined while nobody has edited it. */
type Draft = {
  readonly stored: StoredDraft | undefined;
  readonly amendment: AmendmentDocument;
  readonly version: string;
};
type Edit = (amendment: AmendmentDocument) => AmendmentDocument;

export function openDrafts({ store, builtIn, now }: DraftParts) {
  const activeAmendment = ({ clientId, settings }: Author): Promise<AmendmentDocument> =>
    amendmentOf(store.readAmendment, clientId, activeVersion(settings));

  async function current(author: Author): Promise<Draft> {
    const stored = await store.readDraft(author.clientId);
    if (stored) return draftOf(stored);
    const amendment = await activeAmendment(author);
    return { stored, amendment, version: amendmentVersion(amendment) };
  }

  async function viewOf(author: Author, { stored, amendment, version }: Draft): Promise<DraftView> {
    const preview = await finishedPreview({ store, builtIn }, author, version);
    return {
      version,
      changedAt: stored ? new Date(stored.changedAt).toISOString() : null,
      keyId: stored?.keyId ?? null,
      amendment,
      changes: changesBetween(await activeAmendment(author), amendment),
      previewed: preview?.runId ?? null,
    };
  }

  const read = async (author: Author): Promise<DraftView> => viewOf(author, await current(author));

  /**
   * @param ifMatch versions that the editor knows; absent: any
   * @throws RefusedError DRAFT_CHANGED when the draft is another one by now, INVALID_PAYLOAD with every fault
   */
  async function change(
    author: Author,
    edit: Edit,
    ifMatch?: readonly string[],
    pathOf = (path: string) => path,
  ): Promise<DraftView> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const draft = await current(author);
      const { stored, version } = draft;
      if (ifMatch && !ifMatch.includes(version)) throw changedMeanwhile(stored, ifMatch);
      const amendment = edit(draft.amendment);
      check(builtIn.load(), amendment, pathOf);
      const next = edited(author, draft, normalised(amendment), now());
      if (await store.writeDraft(author.clientId, next, stored?.revision)) return viewOf(author, draftOf(next));
    }
    throw new RefusedError(
      'DRAFT_CHANGED',
      'Others are editing the draft just now. Read it again and repeat your edit.',
    );
  }

  /** The whole draft. */
  const replace = (author: Author, amendment: AmendmentDocument, ifMatch?: readonly string[]): Promise<DraftView> =>
    change(author, () => amendment, ifMatch);

  /** One definition, added or put in the place of the draft's own; paths of faults are relative to it. */
  const putProfile = (
    author: Author,
    definition: DefinitionDocument,
    ifMatch?: readonly string[],
  ): Promise<DraftView> => {
    const { edit, pathOf } = putting(definition);
    return change(author, edit, ifMatch, pathOf);
  };

  /** @throws RefusedError PROFILE_NOT_FOUND when the draft has no definition of its own with this id */
  const removeProfile = (author: Author, id: string, ifMatch?: readonly string[]): Promise<DraftView> =>
    change(author, (amendment) => without(amendment, id), ifMatch);

  return { read, replace, putProfile, removeProfile };
}

/** @throws RefusedError INVALID_PAYLOAD with every fault */
function check(builtIn: Catalogue, amendment: AmendmentDocument, pathOf: (path: string) => string): void {
  const faults = amendmentFaults(builtIn, amendment);
  const bytes = Buffer.byteLength(JSON.stringify(amendment));
  if (bytes > MOST_AMENDMENT_BYTES) {
    faults.push({
      path: '',
      message: `must not have more than ${MOST_AMENDMENT_BYTES} bytes (${MOST_AMENDMENT_BYTES / 1024} KiB) as JSON, and has ${bytes}`,
    });
  }
  if (faults.length > 0)
    throw faulty(
      'The draft is not valid',
      faults.map(({ path, message }) => ({ path: pathOf(path), message })),
    );
}

function edited(
  { keyId }: Author,
  { stored, ...before }: Draft,
  amendment: AmendmentDocument,
  at: number,
): StoredDraft {
  const paths = changesBetween(before.amendment, amendment).map(({ path }) => path);
  const edits: DraftEdit[] = [...(stored?.history ?? []), { before: before.version, at, keyId, paths }];
  return {
    revision: (stored?.revision ?? 0) + 1,
    version: amendmentVersion(amendment),
    amendment,
    changedAt: at,
    keyId,
    history: edits.slice(-MOST_EDITS),
  };
}

/** Puts a definition behind all others. `pathOf` makes the path of a fault in the draft one in the definition. */
function putting(definition: DefinitionDocument): { edit: Edit; pathOf: (path: string) => string } {
  let index = 0;
  return {
    edit: (amendment) => {
      const others = amendment.profiles.filter(({ id }) => id !== definition.id);
      index = others.length;
      return { ...amendment, profiles: [...others, definition] };
    },
    pathOf: (path) => (path.startsWith(`profiles[${index}].`) ? path.slice(`profiles[${index}].`.length) : path),
  };
}

function without(amendment: AmendmentDocument, id: string): AmendmentDocument {
  const profiles = amendment.profiles.filter((profile) => profile.id !== id);
  if (profiles.length === amendment.profiles.length) {
    throw new RefusedError('PROFILE_NOT_FOUND', `The draft has no definition of its own with the id "${id}".`);
  }
  return { ...amendment, profiles };
}

/** The newest preview that compared a version with the active one under the present built-in catalogue, to its end. */
export async function finishedPreview(
  { store, builtIn }: { store: Pick<CatalogueStore, 'listRuns'>; builtIn: { readonly version: string } },
  { clientId, settings }: Pick<Author, 'clientId' | 'settings'>,
  version: string,
) {
  const active = activeVersion(settings);
  return (await store.listRuns(clientId)).find(
    (run) =>
      run.kind === 'preview' &&
      purposeOf(run) === purposeOf(settings) &&
      run.status === 'finished' &&
      run.to === version &&
      run.from === active &&
      run.builtIn === builtIn.version,
  );
}

/** A refusal that names every fault. */
export function faulty(what: string, faults: readonly Fault[]): RefusedError {
  return new RefusedError(
    'INVALID_PAYLOAD',
    `${what}: ${faults.length === 1 ? 'it has a fault' : `it has ${faults.length} faults`}.`,
    faults,
  );
}

const draftOf = (stored: StoredDraft): Draft => ({ stored, amendment: stored.amendment, version: stored.version });

/** Reports what changed since the version that the editor knows, by whom and when. */
function changedMeanwhile(stored: StoredDraft | undefined, known: readonly string[]): RefusedError {
  const history = stored?.history ?? [];
  const from = history.findLastIndex(({ before }) => known.includes(before));
  const since = from === -1 ? history : history.slice(from);
  const errors = new Map<string, Fault>();
  for (const { paths, keyId, at } of since) {
    for (const path of paths)
      errors.set(path, { path, message: `changed by the key ${keyId} at ${new Date(at).toISOString()}` });
  }
  return new RefusedError(
    'DRAFT_CHANGED',
    'The draft was changed since you read it. Read it again and repeat your edit.',
    [...errors.values()],
  );
}
