/** Who entered and left between two snapshots. Both are read side by side in the order of their slices, whatever the numbers of slices. */
import { endOf } from '../../adapters/owners/owner-directory.ts';
import type { Run } from '../../adapters/runs/run-store.ts';
import type { ChangedOwnersView, ProfileChangesView } from '../../contracts/http/segments.ts';
import { hasBit } from '../../domain/segments/bits.ts';
import { unknownProfile } from '../../domain/segments/expression.ts';
import type { OpenSlice } from '../../domain/segments/snapshot-slice.ts';
import { compareCodePoints } from '../../domain/values/code-points.ts';
import { type Asker, rounded } from './asker.ts';
import { cursorBehind, finishedSnapshot, invalidParameter, type Page, profilesOf } from './finished.ts';
import { type ReadSlices, slicesOf } from './slices-of.ts';
import type { ReadRun } from './snapshots.ts';

export type ChangesParts = ReadRun & { readonly files: ReadSlices };
export type Change = 'entered' | 'left';

const ownersOf = ({ sample }: Run) => (sample === undefined ? 'all owners' : `a sample of ${sample}`);

/** An owner at a place of a slice. */
type Placed = { readonly slice: OpenSlice; readonly at: number };
/** An owner in the earlier snapshot and in the later one; absent where the owner is not in it. */
type Pair = readonly [before: Placed | undefined, after: Placed | undefined];

export function snapshotChanges(parts: ChangesParts) {
  const both = async (asker: Asker, snapshotId: string, since: string) => {
    const after = await finishedSnapshot(parts, asker, snapshotId);
    const before = await finishedSnapshot(parts, asker, since);
    if (before.sample !== after.sample) {
      throw invalidParameter(
        'since',
        `must be a snapshot of ${ownersOf(after)}, as this one is, and is of ${ownersOf(before)}`,
      );
    }
    const profiles = [...new Set([...profilesOf(before), ...profilesOf(after)])].sort(compareCodePoints);
    return { profiles, pairs: pairsOf(parts.files, asker.clientId, [before, after]) };
  };

  async function changes(asker: Asker, snapshotId: string, since: string): Promise<ProfileChangesView> {
    const { profiles, pairs } = await both(asker, snapshotId, since);
    const changed = profiles.map(() => ({ entered: 0, left: 0 }));
    const bitsOf = openBits(profiles);
    for await (const some of pairs) {
      for (const [before, after] of some) {
        const [was, is] = [before && bitsOf(before.slice), after && bitsOf(after.slice)];
        for (const [index, counts] of changed.entries()) {
          const had = before !== undefined && isMember(was?.[index], before.at);
          const has = after !== undefined && isMember(is?.[index], after.at);
          if (had !== has) counts[has ? 'entered' : 'left']++;
        }
      }
    }
    return {
      profiles: profiles.map((profile, index) => ({
        profile,
        entered: rounded(asker, changed[index]!.entered),
        left: rounded(asker, changed[index]!.left),
      })),
    };
  }

  /** @throws RefusedError INVALID_PARAMETER for a profile that neither snapshot judges */
  async function changedOwners(
    asker: Asker,
    snapshotId: string,
    since: string,
    asked: { readonly profile: string; readonly change: Change },
    { limit, after }: Page,
  ): Promise<ChangedOwnersView> {
    const { profiles, pairs } = await both(asker, snapshotId, since);
    if (!profiles.includes(asked.profile)) {
      throw invalidParameter('profile', unknownProfile(asked.profile, profiles));
    }
    let ids: string[] = [];
    for await (const some of pairs) {
      for (const pair of some) {
        const id = idOf(pair);
        if (id === null || changeOf(pair, asked.profile) !== asked.change) continue;
        if (after === undefined || compareCodePoints(id, after) > 0) ids.push(id);
      }
      ids = ids.sort(compareCodePoints).slice(0, limit + 1);
    }
    const page = ids.slice(0, limit);
    return { owners: page, cursor: ids.length > limit ? cursorBehind(page.at(-1)) : null };
  }

  return { changes, changedOwners };
}

function changeOf([before, after]: Pair, profile: string): Change | undefined {
  const had = before !== undefined && isMember(before.slice.members.get(profile), before.at);
  const has = after !== undefined && isMember(after.slice.members.get(profile), after.at);
  if (had === has) return undefined;
  return has ? 'entered' : 'left';
}

function isMember(bits: Uint8Array | undefined, at: number): boolean {
  return bits !== undefined && hasBit(bits, at);
}

/** The bits of each profile in a slice, found once: the profiles are looked at for every owner. */
function openBits(profiles: readonly string[]) {
  const found = new WeakMap<OpenSlice, readonly (Uint8Array | undefined)[]>();
  return (slice: OpenSlice) => {
    const bits = found.get(slice) ?? profiles.map((profile) => slice.members.get(profile));
    found.set(slice, bits);
    return bits;
  };
}

/** Null: erased since. */
function idOf([before, after]: Pair): string | null {
  const { slice, at } = (after ?? before)!;
  return slice.ids[at] ?? null;
}

/** The owners of a slice that were not met in the other snapshot so far; `end`: where the slice ends. */
type Waiting = { readonly end: number; readonly owners: Map<string, Placed> };
type Side = {
  readonly slices: AsyncGenerator<OpenSlice>;
  readonly of: number;
  readonly share: number | undefined;
  next: number;
  readonly waiting: Waiting[];
};

/**
 * Each owner of either snapshot once, many at a time. A slice waits until the other snapshot has been read to its end, so that no more is held than
 * the slices that overlap.
 */
async function* pairsOf(
  files: ReadSlices,
  clientId: string,
  runs: readonly [Run, Run],
): AsyncGenerator<readonly Pair[]> {
  const sides = runs.map(
    (run): Side => ({
      ...{ slices: slicesOf(files, clientId, run), of: run.slices, share: run.sample },
      ...{ next: 0, waiting: [] },
    }),
  );
  const readUpTo = ({ next, of, share }: Side) => (next === 0 ? 0 : endOf({ number: next - 1, of, share }));
  for (;;) {
    const behind = readUpTo(sides[0]!) <= readUpTo(sides[1]!) ? 0 : 1;
    const step = await sides[behind]!.slices.next();
    if (step.done) break;
    yield met(step.value, sides[behind]!, sides[1 - behind]!, behind === 0);
    for (const [index, side] of sides.entries()) {
      while (side.waiting.length > 0 && side.waiting[0]!.end <= readUpTo(sides[1 - index]!))
        yield alone(side, index === 0);
    }
  }
}

function met(slice: OpenSlice, own: Side, other: Side, isBefore: boolean): Pair[] {
  const pairs: Pair[] = [];
  const owners = new Map<string, Placed>();
  for (const at of slice.ids.keys()) {
    const [key, placed] = [slice.keyAt(at), { slice, at }];
    const group = other.waiting.find((waiting) => waiting.owners.has(key));
    const found = group?.owners.get(key);
    if (group && found) {
      group.owners.delete(key);
      pairs.push(isBefore ? [placed, found] : [found, placed]);
    } else {
      owners.set(key, placed);
    }
  }
  own.waiting.push({ end: endOf({ number: own.next++, of: own.of, share: own.share }), owners });
  return pairs;
}

function alone(side: Side, isBefore: boolean): Pair[] {
  const owners = side.waiting.shift()?.owners.values() ?? [];
  return Array.from(owners, (placed): Pair => (isBefore ? [placed, undefined] : [undefined, placed]));
}
