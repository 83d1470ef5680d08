/** Who entered and left between two snapshots. Both are gone through side by side in the order of their slices, whatever their numbers are. */
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

/** An owner at a place of a slice. */
type Placed = { readonly slice: OpenSlice; readonly at: number };
/** An owner in the earlier snapshot and in the later one; absent where the owner is not in it. */
type Pair = readonly [before: Placed | undefined, after: Placed | undefined];

export function snapshotChanges(parts: ChangesParts) {
  const both = async ({ clientId }: Asker, snapshotId: string, since: string) => {
    const after = await finishedSnapshot(parts, clientId, snapshotId);
    const before = await finishedSnapshot(parts, clientId, since);
    const profiles = [...new Set([...profilesOf(before), ...profilesOf(after)])].sort(compareCodePoints);
    return { profiles, pairs: pairsOf(parts.files, clientId, [before, after]) };
  };

  async function changes(asker: Asker, snapshotId: string, since: string): Promise<ProfileChangesView> {
    const { profiles, pairs } = await both(asker, snapshotId, since);
    const changed = new Map(profiles.map((profile) => [profile, { entered: 0, left: 0 }]));
    for await (const pair of pairs) {
      for (const [profile, counts] of changed) {
        const change = changeOf(pair, profile);
        if (change) counts[change]++;
      }
    }
    return {
      profiles: [...changed].map(([profile, { entered, left }]) => ({
        profile,
        entered: rounded(asker, entered),
        left: rounded(asker, left),
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
    for await (const pair of pairs) {
      const id = idOf(pair);
      if (id === null || changeOf(pair, asked.profile) !== asked.change) continue;
      if (after !== undefined && compareCodePoints(id, after) <= 0) continue;
      ids.push(id);
      // Twice as many as a page holds are sorted at once, so that each is sorted a few times at most.
      if (ids.length > 2 * limit + 2) ids = ids.sort(compareCodePoints).slice(0, limit + 1);
    }
    ids.sort(compareCodePoints);
    const page = ids.slice(0, limit);
    return { owners: page, cursor: ids.length > limit ? cursorBehind(page.at(-1)) : null };
  }

  return { changes, changedOwners };
}

function changeOf([before, after]: Pair, profile: string): Change | undefined {
  const [had, has] = [isMember(before, profile), isMember(after, profile)];
  if (had === has) return undefined;
  return has ? 'entered' : 'left';
}

function isMember(placed: Placed | undefined, profile: string): boolean {
  const bits = placed?.slice.members.get(profile);
  return placed !== undefined && bits !== undefined && hasBit(bits, placed.at);
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
  next: number;
  readonly waiting: Waiting[];
};

/**
 * Each owner of either snapshot once. A slice waits until the other snapshot has been read to its end, so that no more is held than
 * the slices that overlap.
 */
async function* pairsOf(files: ReadSlices, clientId: string, runs: readonly [Run, Run]): AsyncGenerator<Pair> {
  const sides = runs.map(
    ({ runId, slices }): Side => ({
      slices: slicesOf(files, { clientId, runId }, slices),
      of: slices,
      next: 0,
      waiting: [],
    }),
  );
  const readUpTo = ({ next, of }: Side) => (next === 0 ? 0 : endOf({ number: next - 1, of }));
  for (;;) {
    const behind = readUpTo(sides[0]!) <= readUpTo(sides[1]!) ? 0 : 1;
    const step = await sides[behind]!.slices.next();
    if (step.done) break;
    yield* met(step.value, sides[behind]!, sides[1 - behind]!, behind === 0);
    for (const [index, side] of sides.entries()) {
      while (side.waiting.length > 0 && side.waiting[0]!.end <= readUpTo(sides[1 - index]!))
        yield* alone(side, index === 0);
    }
  }
}

function* met(slice: OpenSlice, own: Side, other: Side, isBefore: boolean): Generator<Pair> {
  const owners = new Map<string, Placed>();
  for (const at of slice.ids.keys()) {
    const [key, placed] = [slice.keyAt(at), { slice, at }];
    const group = other.waiting.find((waiting) => waiting.owners.has(key));
    const found = group?.owners.get(key);
    if (group && found) {
      group.owners.delete(key);
      yield isBefore ? [placed, found] : [found, placed];
    } else {
      owners.set(key, placed);
    }
  }
  own.waiting.push({ end: endOf({ number: own.next++, of: own.of }), owners });
}

function* alone(side: Side, isBefore: boolean): Generator<Pair> {
  for (const placed of side.waiting.shift()?.owners.values() ?? []) {
    yield isBefore ? [placed, undefined] : [undefined, placed];
  }
}
