/** What a preview finds: of each slice who would enter and leave what, and of all of them the members before and after. */
import { createHash } from 'node:crypto';
import type { Slice } from '../../adapters/owners/owner-directory.ts';
import type { ProfileDiff, Run, RunResult } from '../../adapters/runs/run-store.ts';
import type { AmendedCatalogue } from '../../domain/catalogue/amendment.ts';
import { withAmendment } from '../../domain/catalogue/client-settings.ts';
import type { Definition } from '../../domain/catalogue/definition.ts';
import { type Derived, deriveUnder, rowsOf } from '../../domain/profiles/derive.ts';
import { compareCodePoints } from '../../domain/values/code-points.ts';
import { readOwnerDay } from '../owners/read-day.ts';
import { DigestSum } from '../runs/digest-sum.ts';
import { everySlice } from '../runs/every-slice.ts';
import { visitOwners } from '../runs/owner-visits.ts';
import type { RunWork, VisitParts } from '../runs/run-tasks.ts';
import { seenOwners } from '../runs/seen-owners.ts';
import type { Service } from '../service/service.ts';
import { NearestOwners, type NearMisses, type NearMissesByProfile, nearestOfBoth } from './near-misses.ts';

/** Owners are listed by their hashes, so that nothing of an owner who is erased later is left in a result. */
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
  /** Of the profiles that the active catalogue judges, and of those that the previewed one judges. */
  readonly before: Counts;
  readonly after: Counts;
  /** In the order of hashes. */
  readonly changes: readonly OwnerChange[];
  /** Of the client's own definitions. */
  readonly near: NearMissesByProfile;
};
/** Profile → owners who have it, and owners who are not judged. */
type Counts = Readonly<Record<string, readonly [members: number, notJudged: number]>>;
export type Change = 'entered' | 'left';
/** Of each profile the slices in which owners enter and leave it, each with how many, and who is close to a threshold of it. */
export type PreviewSummary = Readonly<
  Record<string, Readonly<Record<Change, readonly SliceCount[]>> & { readonly near?: NearMisses | undefined }>
>;
type SliceCount = readonly [slice: number, owners: number];

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
      `the preview started under the built-in catalogue ${run.builtIn}, and now it is ${service.catalogues.builtIn}`,
    );
  }
  const [active, previewed] = await comparedBy(service, clientId, run);
  const [before, after] = [new Tally(active.judged), new Tally(previewed.judged)];
  const near = new NearestOwners(previewed);
  const changes: OwnerChange[] = [];
  let owners = 0;
  const sum = new DigestSum();
  const visited = seenOwners(service, directory.owners(clientId, slice));
  const failed = await visitOwners(visited, parts, async ({ owner, seen }) => {
    const { hash } = owner;
    const read = await readOwnerDay(service, owner, run.asOf, seen);
    if (!read) return;
    const input = { rows: rowsOf(read.pages), dataFrom: read.dataFrom };
    const [was, becomes] = deriveUnder(active, previewed, input, run.asOf);
    owners++;
    sum.add([hash, was.profiles, becomes.profiles]);
    before.add(was);
    after.add(becomes);
    near.add(hash, becomes, run.asOf);
    const entered = becomes.profiles.filter((profile) => !was.profiles.includes(profile));
    const left = was.profiles.filter((profile) => !becomes.profiles.includes(profile));
    if (entered.length > 0 || left.length > 0) changes.push({ hash, entered, left });
  });
  changes.sort((a, b) => compareCodePoints(a.hash, b.hash));
  return {
    ...{ owners, failed, sum: sum.hex, changes },
    ...{ before: before.counts, after: after.counts, near: near.byProfile },
  };
}

/** Counts the owners of each profile. */
class Tally {
  readonly #counts: ReadonlyMap<string, [members: number, notJudged: number]>;

  constructor(judged: readonly Definition[]) {
    this.#counts = new Map(judged.map(({ document }) => [document.id, [0, 0]]));
  }

  add({ profiles, notJudged }: Pick<Derived, 'profiles' | 'notJudged'>): void {
    for (const profile of profiles) this.#counts.get(profile)![0]++;
    for (const profile of notJudged) this.#counts.get(profile)![1]++;
  }

  get counts(): Counts {
    return Object.fromEntries(this.#counts);
  }
}

/** The catalogue that was in force when a preview started, and the previewed one. */
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
): Promise<{ readonly result: RunResult; readonly summary: PreviewSummary }> {
  const diffs = new Map<string, DiffSum>();
  const sum = new DigestSum();
  let [owners, failed] = [0, 0];
  for await (const [slice, number] of everySlice(run, sliceOf)) {
    owners += slice.owners;
    failed += slice.failed;
    sum.addSum(slice.sum);
    for (const profile of new Set([...Object.keys(slice.before), ...Object.keys(slice.after)])) {
      const diff = diffs.get(profile) ?? new DiffSum(profile);
      diffs.set(profile, diff);
      diff.add(slice, number);
    }
  }
  const inOrder = [...diffs.values()].sort((a, b) => compareCodePoints(a.profile, b.profile));
  return {
    result: { owners, failed, hash: hashOf(run, owners, sum.hex), profiles: inOrder.map(({ diff }) => diff) },
    summary: Object.fromEntries(inOrder.map(({ profile, found }) => [profile, found])),
  };
}

/** What all slices found of one profile. */
class DiffSum {
  readonly profile: string;
  readonly #counts = { before: { members: 0, notJudged: 0 }, after: { members: 0, notJudged: 0 } };
  readonly #changes: Readonly<Record<Change, SliceCount[]>> = { entered: [], left: [] };
  #added = false;
  #near: NearMisses | undefined;

  constructor(profile: string) {
    this.profile = profile;
  }

  add(slice: PreviewSlice, number: number): void {
    const { profile } = this;
    for (const side of ['before', 'after'] as const) {
      const [members, notJudged] = Object.hasOwn(slice[side], profile) ? slice[side][profile]! : [0, 0];
      this.#counts[side].members += members;
      this.#counts[side].notJudged += notJudged;
    }
    for (const change of ['entered', 'left'] as const) {
      const changed = slice.changes.filter((owner) => owner[change].includes(profile)).length;
      if (changed > 0) this.#changes[change].push([number, changed]);
    }
    // As every slice has it: what the catalogues judge does not depend on the owners.
    this.#added = !Object.hasOwn(slice.before, profile);
    const near = Object.hasOwn(slice.near, profile) ? slice.near[profile] : undefined;
    if (near) this.#near = nearestOfBoth(this.#near, near);
  }

  get diff(): ProfileDiff {
    const { before, after } = this.#counts;
    const total = (change: Change) => this.#changes[change].reduce((all, [, one]) => all + one, 0);
    return {
      profile: this.profile,
      added: this.#added,
      ...{ before: before.members, after: after.members, entered: total('entered'), left: total('left') },
      ...{ notJudgedBefore: before.notJudged, notJudgedAfter: after.notJudged },
    };
  }

  get found(): PreviewSummary[string] {
    return { ...this.#changes, ...(this.#near && { near: this.#near }) };
  }
}

/** Digest of what was compared, for which day, and what came out for every owner. */
function hashOf({ asOf, builtIn, from, to, enabledProfiles }: Run, owners: number, sum: string): string {
  const text = JSON.stringify([asOf, builtIn, from, to, enabledProfiles, owners, sum]);
  return createHash('sha256').update(text).digest('hex');
}
