/** The owners that a preview found: who would enter or leave a profile, and one owner under both catalogues. */
import type { CatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import type { OwnerDirectory } from '../../adapters/owners/owner-directory.ts';
import type { RunResults } from '../../adapters/runs/run-results.ts';
import type { Run } from '../../adapters/runs/run-store.ts';
import { MOST_ANSWER_BYTES } from '../../contracts/http/answer-bytes.ts';
import type { NearMissesView, OwnerPreview, OwnersPage } from '../../contracts/http/previews.ts';
import type { AmendedCatalogue } from '../../domain/catalogue/amendment.ts';
import { withAmendment } from '../../domain/catalogue/client-settings.ts';
import type { Columns } from '../../domain/features/columns.ts';
import { columnsFor, type DerivationInput, rowsOf } from '../../domain/profiles/derive.ts';
import { type Explanation, explain } from '../../domain/profiles/explain.ts';
import { compareCodePoints } from '../../domain/values/code-points.ts';
import { formatDay } from '../../domain/values/day.ts';
import { nearest } from '../../domain/values/nearest.ts';
import { RefusedError } from '../../runtime/errors.ts';
import { mostTransactions } from '../owners/explain.ts';
import { fittingTransactions } from '../owners/fitting-transactions.ts';
import { firstDayFor, openYears, withPeriods, type Years } from '../owners/periods.ts';
import { readOwnerDays } from '../owners/read-day.ts';
import type { Service } from '../service/service.ts';
import type { Author } from './drafts.ts';
import type { NearMiss } from './near-misses.ts';
import { type Change, comparedBy, type PreviewSlice, type PreviewSummary } from './preview-slices.ts';
import { readPreview } from './previews.ts';

export type PreviewOwnersParts = {
  readonly service: Service;
  readonly store: Pick<CatalogueStore, 'readRun'>;
  readonly directory: Pick<OwnerDirectory, 'externalIds' | 'idsByHash'>;
  readonly results: Pick<RunResults, 'getSlice' | 'getSummary'>;
};
export type PageAsked = {
  readonly profile: string;
  readonly change: Change;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

const SLICES_AT_ONCE = 16;

export function openPreviewOwners(parts: PreviewOwnersParts) {
  return {
    owners: (author: Author, previewId: string, asked: PageAsked) => pageOfOwners(parts, author, previewId, asked),
    nearMisses: (author: Author, previewId: string, profile: string) => nearMissesOf(parts, author, previewId, profile),
    owner: (author: Author, previewId: string, ownerExternalId: string) =>
      explainOwner(parts, author, previewId, ownerExternalId),
  };
}

/**
 * Owners that would enter or leave a profile, in an order that stays. Who was erased since is not among them.
 *
 * @throws RefusedError PREVIEW_NOT_FOUND, PREVIEW_NOT_FINISHED, INVALID_PARAMETER
 */
async function pageOfOwners(
  parts: PreviewOwnersParts,
  author: Author,
  previewId: string,
  asked: PageAsked,
): Promise<OwnersPage> {
  const { clientId } = author;
  const { results, directory } = parts;
  const summary = await finishedSummary(parts, author, previewId);
  const place = { clientId, runId: previewId };
  const { profile, change, limit } = asked;
  const slices = foundOf(summary, profile)[change];
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

/** @throws RefusedError INVALID_PARAMETER when neither of the two catalogues has the profile */
function foundOf(summary: PreviewSummary, profile: string): PreviewSummary[string] {
  const found = Object.hasOwn(summary, profile) ? summary[profile] : undefined;
  if (found) return found;
  const likely = nearest(profile, Object.keys(summary));
  const message = `must be a profile of the preview${likely === undefined ? '' : `: did you mean "${likely}"?`}`;
  const end = likely === undefined ? '.' : '';
  throw new RefusedError('INVALID_PARAMETER', `\`profile\` ${message}${end}`, [{ path: 'profile', message }]);
}

/** @throws RefusedError PREVIEW_NOT_FOUND, PREVIEW_NOT_FINISHED */
async function finishedSummary(parts: PreviewOwnersParts, author: Author, runId: string): Promise<PreviewSummary> {
  const { clientId } = author;
  const { status } = await readPreview(parts, author, runId);
  const summary =
    status === 'finished' ? await parts.results.getSummary<PreviewSummary>({ clientId, runId }) : undefined;
  if (summary) return summary;
  throw new RefusedError('PREVIEW_NOT_FINISHED', `The preview is ${status}: only one that has finished lists owners.`);
}

/**
 * Owners close to a threshold of a definition of the client's own. Who was erased since is not among them.
 *
 * @throws RefusedError PREVIEW_NOT_FOUND, PREVIEW_NOT_FINISHED, INVALID_PARAMETER for a profile that the draft does not define
 */
async function nearMissesOf(
  parts: PreviewOwnersParts,
  author: Author,
  previewId: string,
  profile: string,
): Promise<NearMissesView> {
  const summary = await finishedSummary(parts, author, previewId);
  const { near } = foundOf(summary, profile);
  if (!near) {
    const message = 'must be defined by the draft: only of what it defines the closest owners are kept';
    throw new RefusedError('INVALID_PARAMETER', `\`profile\` ${message}.`, [{ path: 'profile', message }]);
  }
  const { inside, outside } = near;
  const ids = await parts.directory.idsByHash(
    author.clientId,
    [...inside, ...outside].map(({ hash }) => hash),
  );
  return { profile, inside: namedMisses(inside, ids), outside: namedMisses(outside, ids) };
}

function namedMisses(misses: readonly NearMiss[], ids: ReadonlyMap<string, string>): NearMissesView['inside'] {
  return misses
    .flatMap(({ hash, window, ...miss }) => {
      const ownerExternalId = ids.get(hash);
      if (ownerExternalId === undefined) return [];
      return { ownerExternalId, ...miss, window: window === null ? null : `${window}d` };
    })
    .sort((a, b) => a.distance - b.distance || compareCodePoints(a.ownerExternalId, b.ownerExternalId));
}

/** @throws RefusedError PREVIEW_NOT_FOUND, OWNER_NOT_FOUND */
async function explainOwner(
  parts: PreviewOwnersParts,
  author: Author,
  previewId: string,
  ownerExternalId: string,
): Promise<OwnerPreview> {
  const { clientId } = author;
  const { service } = parts;
  const run = await readPreview(parts, author, previewId);
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
  const rows = rowsOf(pages);
  const years = openYears(service, { rows, owner: key, erasedAt }, run.asOf);
  const columnsUnder = ({ base }: AmendedCatalogue) => columnsFor({ catalogue: base, rows, dataFrom }, run.asOf);
  const under = (version: string, { base, judged }: AmendedCatalogue, columns: Columns) =>
    explained(service, run, version, { catalogue: base, rows, dataFrom, definitions: judged }, columns, years);
  const columns = columnsUnder(active);
  const before = await under(run.from, active, columns);
  const after = await under(run.to, previewed, previewed.words === active.words ? columns : columnsUnder(previewed));
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
  service: Service,
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
  const dated = await withPeriods(service, input, years, undated, asOf);
  const explanations = fittingTransactions(dated, MOST_ANSWER_BYTES / 2);
  const profiles = explanations.filter(({ applies }) => applies).map(({ profile }) => profile);
  const catalogueVersion = service.catalogues.versionFor(withAmendment({ enabledProfiles }, version));
  return {
    side: { catalogueVersion, profiles },
    explanations: new Map(explanations.map((explanation) => [explanation.profile, explanation])),
  };
}

/** `12.40`: the 41st change in slice 12. */
function startOf(cursor: string | undefined): { slice: number; at: number } {
  if (cursor === undefined) return { slice: 0, at: 0 };
  const read = /^(\d{1,6})\.(\d{1,6})$/.exec(cursor);
  if (read) return { slice: Number(read[1]), at: Number(read[2]) };
  const message = 'must be one that an earlier page gave';
  throw new RefusedError('INVALID_PARAMETER', `\`cursor\` ${message}.`, [{ path: 'cursor', message }]);
}

function changeOf(before: Explanation | undefined, after: Explanation | undefined): Change | 'stays' | 'none' {
  if (before?.applies) return after?.applies ? 'stays' : 'left';
  return after?.applies ? 'entered' : 'none';
}
