/** Counting hits: precision, recall and F1 of named things. */

export type Tally = { hits: number; wrong: number; missed: number };

/** Tallies by name; a name exists from its first count on. */
export class Tallies {
  readonly #byName = new Map<string, Tally>();

  of(name: string): Tally {
    const known = this.#byName.get(name);
    if (known) return known;
    const tally = { hits: 0, wrong: 0, missed: 0 };
    this.#byName.set(name, tally);
    return tally;
  }

  /** Counts given names against the expected ones; `open` names count neither way. */
  add(given: readonly string[], expected: readonly string[], open: readonly string[] = []): void {
    for (const name of expected) this.of(name)[given.includes(name) ? 'hits' : 'missed']++;
    for (const name of given) if (!expected.includes(name) && !open.includes(name)) this.of(name).wrong++;
  }

  addAll(other: Tallies): void {
    for (const [name, { hits, wrong, missed }] of other.entries) {
      const tally = this.of(name);
      tally.hits += hits;
      tally.wrong += wrong;
      tally.missed += missed;
    }
  }

  get entries(): readonly (readonly [string, Tally])[] {
    return [...this.#byName].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  get sum(): Tally {
    const sum = { hits: 0, wrong: 0, missed: 0 };
    for (const [, tally] of this.entries) {
      sum.hits += tally.hits;
      sum.wrong += tally.wrong;
      sum.missed += tally.missed;
    }
    return sum;
  }

  /** The mean of the F1 of each name that is expected somewhere or given wrongly. */
  get macroF1(): number {
    const each = this.entries.map(([, tally]) => f1(tally));
    return each.reduce((sum, value) => sum + value, 0) / Math.max(1, each.length);
  }
}

/** The share of the given ones that is right; 1 when nothing was given. */
export function precision({ hits, wrong }: Tally): number {
  return hits + wrong === 0 ? 1 : hits / (hits + wrong);
}

/** The share of the right ones that was given; 1 when there is nothing to give. */
export function recall({ hits, missed }: Tally): number {
  return hits + missed === 0 ? 1 : hits / (hits + missed);
}

export function f1({ hits, wrong, missed }: Tally): number {
  const all = 2 * hits + wrong + missed;
  return all === 0 ? 1 : (2 * hits) / all;
}

export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
