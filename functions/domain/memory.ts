/**
 * What was worked out before, found by a hash. Each hash has a few places; what is new takes a free one or one in turn, so that memory stays
 * flat and nothing is forgotten all at once. Most of what is asked for was never met: the hashes alone tell, and no value is touched.
 */
const PLACES = 4;

export class Memory<Key, Value> {
  readonly #hashes: Int32Array;
  readonly #keys: (Key | undefined)[];
  readonly #values: (Value | undefined)[];
  readonly #isSame: (a: Key, b: Key) => boolean;
  readonly #mask: number;
  #turn = 0;

  /** @param size how much is remembered at most, a power of two */
  constructor(size: number, isSame: (a: Key, b: Key) => boolean) {
    this.#hashes = new Int32Array(size);
    this.#keys = new Array<Key | undefined>(size).fill(undefined);
    this.#values = new Array<Value | undefined>(size).fill(undefined);
    this.#mask = size / PLACES - 1;
    this.#isSame = isSame;
  }

  get(hash: number, key: Key): Value | undefined {
    const from = this.#placeOf(hash);
    for (let at = from; at < from + PLACES; at++) {
      if (this.#hashes[at] !== hash) continue;
      const known = this.#keys[at];
      if (known !== undefined && this.#isSame(known, key)) return this.#values[at];
    }
    return undefined;
  }

  set(hash: number, key: Key, value: Value): void {
    const from = this.#placeOf(hash);
    let at = from;
    while (at < from + PLACES && this.#keys[at] !== undefined) at++;
    if (at === from + PLACES) at = from + (this.#turn++ & (PLACES - 1));
    this.#hashes[at] = hash;
    this.#keys[at] = key;
    this.#values[at] = value;
  }

  #placeOf(hash: number): number {
    return ((hash ^ (hash >>> 15)) & this.#mask) * PLACES;
  }
}
