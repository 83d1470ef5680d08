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

/** Whom a visit finds, one after the other: kept as what the slice holds, so that memory grows by little more than the slice does. */
export class FoundOwners {
  readonly #ids: string[] = [];
  readonly #members: ReadonlyMap<string, number[]>;
  readonly #notJudged: ReadonlyMap<string, number[]>;
  readonly #features: readonly string[];
  readonly #values: (number | null)[][];
  readonly #erasedBefore: (readonly [id: string, erasedAt: number])[] = [];

  /** @param profiles all that are judged @param features keys of those that are kept */
  constructor(profiles: readonly string[], features: readonly string[]) {
    this.#members = new Map(profiles.map((profile) => [profile, []]));
    this.#notJudged = new Map(profiles.map((profile) => [profile, []]));
    this.#features = features;
    this.#values = features.map(() => []);
  }

  add({ id, profiles, notJudged, values, erasedAt }: FoundOwner): void {
    const number = this.#ids.push(id) - 1;
    for (const profile of profiles) this.#members.get(profile)?.push(number);
    for (const profile of notJudged) this.#notJudged.get(profile)?.push(number);
    for (const [at, column] of this.#values.entries()) column.push(values[at] ?? null);
    if (erasedAt > 0) this.#erasedBefore.push([id, erasedAt]);
  }

  pack({ failed, sum }: Pick<SnapshotSlice, 'failed' | 'sum'>): SnapshotSlice {
    const ids = this.#ids;
    const order = ids.map((_, number) => number).sort((a, b) => compareCodePoints(ids[a]!, ids[b]!));
    const places = new Uint32Array(ids.length);
    for (const [place, number] of order.entries()) places[number] = place;
    const bitsOf = (sets: ReadonlyMap<string, number[]>) =>
      Object.fromEntries([...sets].map(([profile, numbers]) => [profile, packBits(numbers, places)]));
    return {
      owners: ids.length,
      failed,
      sum,
      ids: order.map((number) => ids[number]!),
      members: bitsOf(this.#members),
      notJudged: bitsOf(this.#notJudged),
      values: Object.fromEntries(
        this.#features.map((feature, at) => [feature, order.map((number) => this.#values[at]![number]!)]),
      ),
      erasedBefore: this.#erasedBefore.toSorted(([a], [b]) => compareCodePoints(a, b)),
      erased: [],
    };
  }
}

function packBits(numbers: readonly number[], places: Uint32Array): string {
  const bits = new Uint8Array(Math.ceil(places.length / 8));
  for (const number of numbers) setBit(bits, places[number]!);
  return Buffer.from(bits).toString('base64');
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
  return listsIn(sets)(at);
}

/** The same for many owners. */
export function listsIn(sets: ReadonlyMap<string, Uint8Array>): (at: number) => string[] {
  const sorted = [...sets].sort(([a], [b]) => compareCodePoints(a, b));
  return (at) => {
    const list: string[] = [];
    for (const [profile, bits] of sorted) if (hasBit(bits, at)) list.push(profile);
    return list;
  };
}

/**
 * The slice without an owner who was erased at an instant; undefined when they are not in it, or came after that instant.
 *
 * @param mark represents the owner when snapshots are compared
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
