/**
 * The tokens of the catalogue by number. They are found by hash, without making a string of what is looked for, and compared unit
 * by unit, for two tokens may share a hash.
 */
import { BEGINNING, type FoldedText, hashOf } from './folding.ts';

/** Numbers tokens while patterns are compiled. */
export class VocabularyWriter {
  readonly #numbers = new Map<string, number>();

  /** The number of a token, which is a new one when it has none. */
  numberOf(token: string): number {
    const number = this.#numbers.get(token) ?? this.#numbers.size;
    this.#numbers.set(token, number);
    return number;
  }

  get size(): number {
    return this.#numbers.size;
  }

  /** In the order of their numbers. */
  tokens(): string[] {
    return [...this.#numbers.keys()];
  }

  /** The lists that a `Vocabulary` is opened with. */
  lists(): [slots: Int32Array, starts: Int32Array, units: Int32Array] {
    const tokens = this.tokens();
    const all = tokens.join('');
    const starts = new Int32Array(tokens.length + 1);
    tokens.forEach((token, number) => {
      starts[number + 1] = (starts[number] as number) + token.length;
    });
    const units = new Int32Array(Math.ceil(all.length / 2));
    new Uint16Array(units.buffer).set(Array.from({ length: all.length }, (_, at) => all.charCodeAt(at)));
    return [slotsOf(tokens.map((token) => hashOf(token))), starts, units];
  }
}

/** Tokens that are not in it. */
export const UNKNOWN = -1;

export class Vocabulary {
  readonly #slots: Int32Array;
  readonly #starts: Int32Array;
  readonly #units: Uint16Array;

  /** @param units of UTF-16, two in a number */
  constructor(slots: Int32Array, starts: Int32Array, units: Int32Array) {
    this.#slots = slots;
    this.#starts = starts;
    this.#units = new Uint16Array(units.buffer, units.byteOffset, units.length * 2);
  }

  /** The number of a token of a text. */
  numberIn(text: FoldedText, at: number): number {
    const slots = this.#slots;
    const hash = text.hashes[at] as number;
    const mask = (slots.length >> 1) - 1;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const number = slots[slot * 2 + 1] as number;
      if (number === EMPTY) return UNKNOWN;
      if (slots[slot * 2] === hash && this.#lengthOf(number) === text.lengthOf(at) && this.begins(number, text, at)) {
        return number;
      }
    }
  }

  /** Whether a token of a text begins with a token of the vocabulary. */
  begins(number: number, text: FoldedText, at: number): boolean {
    const from = this.#starts[number] as number;
    const length = this.#lengthOf(number);
    if (text.lengthOf(at) < length) return false;
    const start = text.starts[at] as number;
    for (let offset = 0; offset < length; offset++) {
      if (text.chars[start + offset] !== this.#units[from + offset]) return false;
    }
    return true;
  }

  #lengthOf(number: number): number {
    return (this.#starts[number + 1] as number) - (this.#starts[number] as number);
  }
}

/** The hash of the first characters of a token: what tokens that begin with it have in common. */
export function beginningOf(token: string): number {
  return hashOf(token.slice(0, BEGINNING));
}

const EMPTY = -1;
/** Slots for each number at least: with half of them empty, most look-ups end at the first one. */
const ROOM = 2;

/** Numbers by their hashes, as pairs of hash and number in a table that is walked from the hash's own place to the first empty one. */
export function slotsOf(hashes: readonly number[]): Int32Array {
  let size = 1;
  while (size < hashes.length * ROOM + 1) size *= 2;
  const slots = new Int32Array(size * 2).fill(EMPTY);
  hashes.forEach((hash, number) => {
    let slot = spread(hash) & (size - 1);
    while (slots[slot * 2 + 1] !== EMPTY) slot = (slot + 1) & (size - 1);
    slots[slot * 2] = hash;
    slots[slot * 2 + 1] = number;
  });
  return slots;
}

/** The number of a hash that stands once in a table; UNKNOWN: it does not. */
export function slotNumber(slots: Int32Array, hash: number): number {
  const mask = (slots.length >> 1) - 1;
  for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
    const number = slots[slot * 2 + 1] as number;
    if (number === EMPTY || slots[slot * 2] === hash) return number;
  }
}

/** The low bits of FNV say little of the first characters: the high ones join them. */
function spread(hash: number): number {
  return hash ^ (hash >>> 15);
}
