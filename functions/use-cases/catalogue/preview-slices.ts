/** What a preview finds: of each slice who would enter and leave what, and of all of them the members before and after. */
import { createHash } from 'node:crypto';
import type { Slice } from '../../adapters/owners/owner-directory.ts';
import type { ProfileDiff, Run, RunResult } from '../../adapters/runs/run-store.ts';
import type { AmendedCatalogue } from '../../domain/catalogue/amendment.ts';
import { withAmendment } from '../../domain/catalogue/client-settings.ts';
import { deriveUnder, rowsOf } from '../../domain/profiles/derive.ts';
import { compareCodePoints } from '../../domain/values/code-points.ts';
import { readOwnerDays } from '../owners/read-day.ts';
import { DigestSum } from '../runs/digest-sum.ts';
import { everySlice } from '../runs/every-slice.ts';
import { visitOwners } from '../runs/owner-visits.ts';
import type { RunWork, VisitParts } from '../runs/run-tasks.ts';
import type { Service } from '../service/service.ts';

/** Owners stand by their hashes, so that nothing of an owner who is erased later is left in a result. */
export type OwnerChange = {
  readonly hash: string;
  readonly entered: readonly string[];
  readonly left: readonly string[];
};
export type PreviewSlice = {
  readonly owners: number;
  readonly failed: number;
  /** Sum of a digest of each owner, as hexadecimal: the same in whatever order and slices they come. */
  readonly sum: string;
  /** Profile → members before and after. */
  readonly members: Readonly<Record<string, readonly [before: number, after: number]>>;
  /** In the order of hashes. */
  readonly changes: readonly OwnerChange[];
};
export type Change = 'entered' | 'left';
/** Profile → the slices in which owners enter and leave it, each with how many. */
export type ChangeIndex = Readonly<Record<string, Readonly<Record<Change, readonly SliceCount[]>>>>;
type SliceCount = readonly [slice: number, owners: number];
type Diff = { before: number; after: number; readonly entered: SliceCount[]; readonly left: SliceCount[] };

/** A preview derives every owner under two catalogues and writes nothing but what it found. */
export const PREVIEW: RunWork<PreviewSlice> = {
  visit: (parts, { clientId }, run, slice) => visitForPreview(parts, clientId, run, slice),
  sum: summaryOfPreview,
};

/** Derives the owners of a slice under both catalogues. */
async function visitForPreview(parts: VisitParts, clientId: string, run: Run, slice: Slice): Promise<PreviewSlice> {
  const { service, directory } = parts;
  if (service.catalogues.builtIn !== run.builtIn) {
    throw new Error(
      `the preview began under the built-in catalogue ${run.builtIn}, and now it is ${service.catalogues.builtIn}`,
    );
  }
  const [active, previewed] = await comparedBy(service, clientId, run);
  const members = new Map<string, [number, number]>();
  for (const { document } of [...active.judged, ...previewed.judged]) members.set(document.id, [0, 0]);
  const count = (profile: string, side: 0 | 1) => {
    const counts = members.get(profile);
    if (counts) counts[side]++;
  };
  const changes: OwnerChange[] = [];
  let owners = 0;
  const sum = new DigestSum();
  const failed = await visitOwners(directory.owners(clientId, slice), parts, async (owner) => {
    const read = await readOwnerDays(service, owner, run.asOf);
    if (!read) return;
    const input = { rows: rowsOf(read.pages), dataFrom: read.dataFrom };
    const [before = [], after = []] = deriveUnder([active, previewed], input, run.asOf);
    owners++;
    sum.add([owner.hash, before, after]);
    for (const profile of before) count(profile, 0);
    for (const profile of after) count(profile, 1);
    const entered = after.filter((profile) => !before.includes(profile));
    const left = before.filter((profile) => !after.includes(profile));
    if (entered.length > 0 || left.length > 0) changes.push({ hash: owner.hash, entered, left });
  });
  changes.sort((a, b) => compareCodePoints(a.hash, b.hash));
  return { owners, failed, sum: sum.hex, members: Object.fromEntries(members), changes };
}

/** The catalogue that was in force when a preview began, and the previewed one. */
export function comparedBy(
  { catalogues }: Pick<Service, 'catalogues'>,
  clientId: string,
  { from, to, enabledProfiles }: Run,
): Promise<[active: AmendedCatalogue, previewed: AmendedCatalogue]> {
  const under = (version: string) => catalogues.of(clientId, withAmendment({ enabledProfiles }, version));
  return Promise.all([under(from), under(to)]);
}

/** All slices together. */
async function summaryOfPreview(
  run: Run,
  sliceOf: (number: number) => Promise<PreviewSlice | undefined>,
): Promise<{ readonly result: RunResult; readonly summary: ChangeIndex }> {
  const diffs = new Map<string, Diff>();
  const sum = new DigestSum();
  let [owners, failed] = [0, 0];
  for await (const [slice, number] of everySlice(run, sliceOf)) {
    owners += slice.owners;
    failed += slice.failed;
    sum.addSum(slice.sum);
    for (const [profile, [before, after]] of Object.entries(slice.members)) {
      const diff: Diff = diffs.get(profile) ?? { before: 0, after: 0, entered: [], left: [] };
      diffs.set(profile, diff);
      diff.before += before;
      diff.after += after;
      for (const change of ['entered', 'left'] as const) {
        const changed = slice.changes.filter((owner) => owner[change].includes(profile)).length;
        if (changed > 0) diff[change].push([number, changed]);
      }
    }
  }
  const inOrder = [...diffs].sort(([a], [b]) => compareCodePoints(a, b));
  const total = (counts: readonly SliceCount[]) => counts.reduce((all, [, one]) => all + one, 0);
  const profiles = inOrder.map(
    ([profile, { before, after, entered, left }]): ProfileDiff => ({
      profile,
      before,
      after,
      entered: total(entered),
      left: total(left),
    }),
  );
  const summary = Object.fromEntries(inOrder.map(([profile, { entered, left }]) => [profile, { entered, left }]));
  return { result: { owners, failed, hash: hashOf(run, owners, sum.hex), profiles }, summary };
}

/** Stands for what was compared, for which day, and what came out for every owner. */
function hashOf({ asOf, builtIn, from, to, enabledProfiles }: Run, owners: number, sum: string): string {
  const text = JSON.stringify([asOf, builtIn, from, to, enabledProfiles, owners, sum]);
  return createHash('sha256').update(text).digest('hex');
}
