/**
 * The owners closest to a threshold of a definition, on either side: a fixed number of each side at most, however many owners there are.
 */
import type { AmendedCatalogue } from '../../domain/catalogue/amendment.ts';
import type { Definition } from '../../domain/catalogue/definition.ts';
import { formatValue } from '../../domain/features/feature.ts';
import type { Derived } from '../../domain/profiles/derive.ts';
import { type Margin, openMargins } from '../../domain/profiles/margin.ts';
import { compareCodePoints } from '../../domain/values/code-points.ts';
import type { Day } from '../../domain/values/day.ts';

/** An owner by the hash, and the condition that decides. Value and threshold are texts, as in explanations. */
export type NearMiss = {
  readonly hash: string;
  /** From the value to the threshold, as a share of the threshold. */
  readonly distance: number;
  readonly feature: string;
  readonly window: number | null;
  readonly operator: string;
  readonly threshold: string;
  readonly value: string | null;
};
/** `inside`: owners who meet `enter` on the day. `outside`: owners who are judged and do not have the profile. */
export type NearMisses = { readonly inside: readonly NearMiss[]; readonly outside: readonly NearMiss[] };
/** By profile. */
export type NearMissesByProfile = Readonly<Record<string, NearMisses>>;

const MOST_NEAR_MISSES = 10;
const NONE: NearMisses = { inside: [], outside: [] };

/** Collects owners one by one, in any order, and holds only those that may be among the nearest. */
export class NearestOwners {
  readonly #definitions: readonly Definition[];
  readonly #found: ReadonlyMap<string, { inside: NearMiss[]; outside: NearMiss[] }>;

  /** @param catalogue of whose own definitions they are looked for: a built-in one asks for nothing new */
  constructor({ entries }: Pick<AmendedCatalogue, 'entries'>) {
    const own = entries.filter(({ enabled, origin }) => enabled && origin !== 'built-in');
    this.#definitions = own.map(({ definition }) => definition);
    this.#found = new Map(
      this.#definitions.map(({ document }) => [document.id, { inside: [] as NearMiss[], outside: [] as NearMiss[] }]),
    );
  }

  add(hash: string, { profiles, notJudged, columns }: Derived, day: Day): void {
    const marginOf = openMargins(columns, day);
    for (const definition of this.#definitions) {
      const { id } = definition.document;
      if (notJudged.includes(id)) continue;
      const margin = marginOf(definition);
      // Owners who have it but do not meet `enter` today keep it by other thresholds; without a value there is no distance.
      if (margin.holds !== profiles.includes(id) || !Number.isFinite(margin.distance)) continue;
      const list = this.#found.get(id)![margin.holds ? 'inside' : 'outside'];
      list.push(nearMiss(hash, margin));
      if (list.length >= 4 * MOST_NEAR_MISSES) list.splice(0, list.length, ...nearestOf(list));
    }
  }

  get byProfile(): NearMissesByProfile {
    return Object.fromEntries(
      [...this.#found].map(([id, { inside, outside }]) => [
        id,
        { inside: nearestOf(inside), outside: nearestOf(outside) },
      ]),
    );
  }
}

/** The nearest of two. */
export function nearestOfBoth(one: NearMisses = NONE, other: NearMisses = NONE): NearMisses {
  return {
    inside: nearestOf([...one.inside, ...other.inside]),
    outside: nearestOf([...one.outside, ...other.outside]),
  };
}

function nearestOf(misses: readonly NearMiss[]): NearMiss[] {
  return [...misses]
    .sort((a, b) => a.distance - b.distance || compareCodePoints(a.hash, b.hash))
    .slice(0, MOST_NEAR_MISSES);
}

function nearMiss(hash: string, { distance, condition, value }: Margin): NearMiss {
  const { feature, operator, threshold } = condition;
  const { name, window, unit } = feature;
  return { hash, distance, feature: name, window, operator, threshold, value: formatValue(unit, value) };
}
