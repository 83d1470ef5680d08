/**
 * The owners of a slice of a snapshot, in the order of their ids, with who has which profile as bits and each kept feature as a column.
 *
 * An owner who is erased leaves the slice but for the bits: their place has neither id nor values, so that counts stay what they were.
 */
import { compareCodePoints } from '../values/code-points.ts';
import { hasBit, setBit } from './bits.ts';

/** An owner as a visit found them. */
export type FoundOwner = {
  readonly id: string;
  readonly profiles: readonly string[];
  readonly notJudged: readonly string[];
  /** Kept values of the features, in their order. */
  readonly values: readonly (number | null)[];
  /** When the owner was erased before: milliseconds since 1970; 0: never. */
  readonly erasedAt: number;
};

/** As it is stored: plain JSON, sets of owners in Base64. */
export type SnapshotSlice = {
  readonly owners: number;
  /** Owners that could not be read; the log says why. */
  readonly failed: number;
  /** Sum of a digest of each owner, as hexadecimal: the same in whatever order and slices they come. */
  readonly sum: string;
  /** Sorted by code points; null: erased since. */
  readonly ids: readonly (string | null)[];
  readonly members: Readonly<Record<string, string>>;
  readonly notJudged: Readonly<Record<string, string>>;
  /** A column for each feature, by `pets.months/180d`. */
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
  /** Owners who had been erased before they were visited, with when. */
  readonly erasedBefore: readonly (readonly [id: string, erasedAt: number])[];
  /** Places of owners who were erased since, each with a mark that is the same in every snapshot that held them. */
  readonly erased: readonly (readonly [at: number, mark: string])[];
};

export type OpenSlice = {
  readonly ids: readonly (string | null)[];
  readonly members: ReadonlyMap<string, Uint8Array>;
  readonly notJudged: ReadonlyMap<string, Uint8Array>;
  readonly values: SnapshotSlice['values'];
  /** Names an owner for comparing with another snapshot: by the id, or by the mark where it is erased. */
  keyAt(at: number): string;
};

/** @param profiles all that are judged @param features keys of those that are kept */
export function packSlice(
  found: readonly FoundOwner[],
  { failed, sum }: Pick<SnapshotSlice, 'failed' | 'sum'>,
  profiles: readonly string[],
  features: readonly string[],
): SnapshotSlice {
  const owners = [...found].sort((a, b) => compareCodePoints(a.id, b.id));
  const bitsOf = (listOf: (owner: FoundOwner) => readonly string[]) => {
    const sets = new Map(profiles.map((profile) => [profile, new Uint8Array(Math.ceil(owners.length / 8))]));
    for (const [at, owner] of owners.entries()) {
      for (const profile of listOf(owner)) {
        const bits = sets.get(profile);
        if (bits) setBit(bits, at);
      }
    }
    return Object.fromEntries([...sets].map(([profile, bits]) => [profile, Buffer.from(bits).toString('base64')]));
  };
  return {
    owners: owners.length,
    failed,
    sum,
    ids: owners.map(({ id }) => id),
    members: bitsOf((owner) => owner.profiles),
    notJudged: bitsOf((owner) => owner.notJudged),
    values: Object.fromEntries(
      features.map((feature, at) => [feature, owners.map(({ values }) => values[at] ?? null)]),
    ),
    erasedBefore: owners.flatMap(({ id, erasedAt }) => (erasedAt > 0 ? [[id, erasedAt] as const] : [])),
    erased: [],
  };
}

export function openSlice({ ids, members, notJudged, values, erased }: SnapshotSlice): OpenSlice {
  const opened = (sets: Readonly<Record<string, string>>) =>
    new Map(Object.entries(sets).map(([profile, bits]) => [profile, new Uint8Array(Buffer.from(bits, 'base64'))]));
  const marks = new Map(erased);
  return {
    ids,
    members: opened(members),
    notJudged: opened(notJudged),
    values,
    // No id begins with a control character.
    keyAt: (at) => ids[at] ?? `\0${marks.get(at) ?? at}`,
  };
}

/** The profiles, or those not judged, of the owner at a place, sorted. */
export function listAt(sets: ReadonlyMap<string, Uint8Array>, at: number): string[] {
  return [...sets].flatMap(([profile, bits]) => (hasBit(bits, at) ? [profile] : [])).sort(compareCodePoints);
}

/**
 * The slice without an owner who was erased at an instant; undefined when they are not in it, or came after that instant.
 *
 * @param mark stands for the owner when snapshots are compared
 */
export function withoutOwner(
  slice: SnapshotSlice,
  id: string,
  erasedAt: number,
  mark: string,
): SnapshotSlice | undefined {
  const at = slice.ids.indexOf(id);
  if (at < 0) return undefined;
  if (slice.erasedBefore.some(([other, before]) => other === id && before >= erasedAt)) return undefined;
  return {
    ...slice,
    ids: slice.ids.with(at, null),
    values: Object.fromEntries(
      Object.entries(slice.values).map(([feature, column]) => [feature, column.with(at, null)]),
    ),
    erasedBefore: slice.erasedBefore.filter(([other]) => other !== id),
    erased: [...slice.erased, [at, mark]],
  };
}
