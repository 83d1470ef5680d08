/**
 * What was worked out before, found by a hash. Each hash has a few places; what is new takes a free one or one in turn, so that memory
 * stays flat and nothing is forgotten all at once. Most of what is asked for is not cached: the hashes alone show it, and no value is
 * touched.
 */
const PLACES = 4;

export class Memory<Asked, Value> {
  readonly #hashes: Int32Array;
  readonly #values: (Value | undefined)[];
  readonly #answers: (value: Value, asked: Asked) => boolean;
  readonly #mask: number;
  #turn = 0;

  /**
   * @param size how much is remembered at most, a power of two
   * @param answers whether a value is the one for what is asked; two may share a hash
   */
  constructor(size: number, answers: (value: Value, asked: Asked) => boolean) {
    this.#hashes = new Int32Array(size);
    this.#values = new Array<Value | undefined>(size).fill(undefined);
    this.#mask = size / PLACES - 1;
    this.#answers = answers;
  }

  get(hash: number, asked: Asked): Value | undefined {
    const from = this.#placeOf(hash);
    for (let at = from; at < from + PLACES; at++) {
      if (this.#hashes[at] !== hash) continue;
      const value = this.#values[at];
      if (value !== undefined && this.#answers(value, asked)) return value;
    }
    return undefined;
  }

  set(hash: number, value: Value): void {
    const from = this.#placeOf(hash);
    let at = from;
    while (at < from + PLACES && this.#values[at] !== undefined) at++;
    if (at === from + PLACES) at = from + (this.#turn++ & (PLACES - 1));
    this.#hashes[at] = hash;
    this.#values[at] = value;
  }

  #placeOf(hash: number): number {
    return ((hash ^ (hash >>> 15)) & this.#mask) * PLACES;
  }
}
