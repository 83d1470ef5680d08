/** What is asked of a snapshot that has finished: who, how many, how features are spread, and where its tables are. */
import type { GetClient } from '../../adapters/clients/clients.ts';
import type { RunResults } from '../../adapters/runs/run-results.ts';
import type { Run } from '../../adapters/runs/run-store.ts';
import type { SnapshotFiles } from '../../adapters/segments/snapshot-files.ts';
import type {
  CountsView,
  DistributionView,
  FilesView,
  OwnersView,
  UnlabelledView,
} from '../../contracts/http/segments.ts';
import { featureKey } from '../../domain/features/feature.ts';
import { countBits, hasBit, selectBits } from '../../domain/segments/bits.ts';
import { distributionOf } from '../../domain/segments/distribution.ts';
import { type Expression, readExpression } from '../../domain/segments/expression.ts';
import { listAt, type OpenSlice } from '../../domain/segments/snapshot-slice.ts';
import { compareCodePoints } from '../../domain/values/code-points.ts';
import { formatAmount } from '../../domain/values/money.ts';
import { RefusedError } from '../../runtime/errors.ts';
import { type Asker, rounded, smallestGroupOf } from './asker.ts';
import { type ChangesParts, snapshotChanges } from './changes.ts';
import { cursorBehind, finishedSnapshot, invalidParameter, type Page, profilesOf } from './finished.ts';
import { slicesOf } from './slices-of.ts';
import type { SnapshotSummary } from './snapshot-slices.ts';
import type { ReadRun } from './snapshots.ts';

export type QuestionParts = ReadRun & {
  readonly files: Pick<SnapshotFiles, 'readSlice' | 'listFiles'>;
  readonly results: Pick<RunResults, 'getSummary'>;
  readonly getClient: GetClient;
};
/** `window` in days; null: of the whole history. */
type AskedFeature = { readonly name: string; readonly window: number | null };
export type Questions = ReturnType<typeof openQuestions>;

export function openQuestions(parts: QuestionParts & ChangesParts) {
  const finished = (asker: Asker, snapshotId: string) => finishedSnapshot(parts, asker, snapshotId);

  async function owners(asker: Asker, snapshotId: string, where: string, { limit, after }: Page): Promise<OwnersView> {
    const run = await finished(asker, snapshotId);
    const expression = expressionOf(run, where);
    let total = 0;
    let found: { readonly ownerExternalId: string; readonly profiles: readonly string[] }[] = [];
    for await (const slice of openSlices(parts, asker, run)) {
      const selected = select(expression, slice);
      total += countBits(selected);
      let taken = 0;
      // Sorted within the slice: those behind the first of a page are of no use for it.
      for (const [at, id] of slice.ids.entries()) {
        if (taken > limit) break;
        if (id === null || !hasBit(selected, at)) continue;
        if (after !== undefined && compareCodePoints(id, after) <= 0) continue;
        taken++;
        found.push({ ownerExternalId: id, profiles: listAt(slice.members, at) });
      }
      found = found.sort((a, b) => compareCodePoints(a.ownerExternalId, b.ownerExternalId)).slice(0, limit + 1);
    }
    const page = found.slice(0, limit);
    return { total, owners: page, cursor: found.length > limit ? cursorBehind(page.at(-1)?.ownerExternalId) : null };
  }

  async function counts(asker: Asker, snapshotId: string, where: string, byProfile: boolean): Promise<CountsView> {
    const run = await finished(asker, snapshotId);
    const expression = expressionOf(run, where);
    const members = new Map(profilesOf(run).map((profile) => [profile, 0]));
    let total = 0;
    for await (const slice of openSlices(parts, asker, run)) {
      const selected = select(expression, slice);
      total += countBits(selected);
      if (!byProfile) continue;
      for (const [profile, bits] of slice.members) {
        members.set(profile, (members.get(profile) ?? 0) + countBits(selected, bits));
      }
    }
    const profiles = [...members].map(([profile, owners]) => ({ profile, owners: rounded(asker, owners) }));
    return { total: rounded(asker, total), ...(byProfile && { profiles }) };
  }

  async function files(asker: Asker, snapshotId: string, { limit, after }: Page): Promise<FilesView> {
    const place = placeOf(asker, await finished(asker, snapshotId));
    const page = await parts.files.listFiles(place, limit, after);
    return { files: page.files, cursor: cursorBehind(page.last) };
  }

  return {
    owners,
    counts,
    distribution: (asker: Asker, snapshotId: string, asked: AskedFeature) =>
      distribution(parts, asker, snapshotId, asked),
    unlabelled: (asker: Asker, snapshotId: string, limit: number) => unlabelled(parts, asker, snapshotId, limit),
    files,
    ...snapshotChanges(parts),
  };
}

/** @throws RefusedError NOT_KEPT, SNAPSHOT_NOT_FOUND, SNAPSHOT_NOT_FINISHED */
async function distribution(
  parts: QuestionParts,
  asker: Asker,
  snapshotId: string,
  asked: AskedFeature,
): Promise<DistributionView> {
  const run = await finishedSnapshot(parts, asker, snapshotId);
  const key = featureKey(asked);
  const feature = run.keeps?.features.find((kept) => featureKey(kept) === key);
  if (!feature) {
    const kept = run.keeps?.features.map(featureKey) ?? [];
    const list = kept.length === 0 ? 'It keeps none.' : `It keeps ${kept.slice(0, 20).join(', ')}.`;
    throw new RefusedError('NOT_KEPT', `The snapshot does not keep ${key}. ${list}`);
  }
  const values: number[] = [];
  for await (const slice of openSlices(parts, asker, run)) {
    for (const value of slice.values[key] ?? []) if (value !== null) values.push(value);
  }
  const owners = run.result?.owners ?? 0;
  const sorted = Float64Array.from(values).sort();
  return distributionOf(feature.unit, sorted, owners - sorted.length, asker.smallestGroup);
}

/** @throws RefusedError NOT_KEPT, SNAPSHOT_NOT_FOUND, SNAPSHOT_NOT_FINISHED */
async function unlabelled(
  parts: QuestionParts,
  asker: Asker,
  snapshotId: string,
  limit: number,
): Promise<UnlabelledView> {
  const run = await finishedSnapshot(parts, asker, snapshotId);
  if (!run.keeps?.unlabelled) {
    throw new RefusedError('NOT_KEPT', 'The snapshot does not keep merchants: start one with "unlabelled": true.');
  }
  const summary = await parts.results.getSummary<SnapshotSummary>(placeOf(asker, run));
  const least = await smallestGroupOf(parts.getClient, asker.clientId);
  const told = Object.entries(summary?.merchants ?? {}).filter(([, [owners]]) => owners >= least);
  return {
    merchants: told.slice(0, limit).map(([text, [owners, transactions, cents]]) => ({
      text,
      owners: rounded(asker, owners),
      transactions,
      total: `${formatAmount(cents, 'EUR')} EUR`,
    })),
  };
}

/** @throws RefusedError INVALID_PARAMETER */
function expressionOf(run: Run, where: string): Expression {
  const { expression, fault } = readExpression(where, profilesOf(run));
  if (expression) return expression;
  throw invalidParameter('where', fault);
}

const select = (expression: Expression, { ids, members }: OpenSlice) =>
  selectBits(expression, ids.length, (profile) => members.get(profile));
const placeOf = ({ clientId }: Asker, { runId }: Run) => ({ clientId, runId });
const openSlices = ({ files }: QuestionParts, asker: Asker, run: Run) => slicesOf(files, asker.clientId, run);
