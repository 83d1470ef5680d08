/**
 * The numbers that patterns hold, each with what is beside it there: "paris 11" has 11 behind an s. A number that stands elsewhere in a
 * text is part of no match. They are bits by hashes, so that a few numbers too many may be taken for known, but none too few.
 */
import { BEGINNING, hashOf, hashWith, isDigit } from './folding.ts';
import { spread } from './hash-table.ts';

const BITS = 0x1_00_00;

/** What is before a number, where it is no letter. */
export const BEFORE = { nothing: 0, number: 1, otherDigit: 2 } as const;
/** Salts of what is marked. */
const ANYWHERE = 1;
const BEHIND_IT = 2;
const BEFORE_IT = 3;
const BEGINNINGS = 4;
const SOMEWHERE = 5;

export class KnownNumbers {
  readonly #bits: Int32Array;

  constructor(bits: Int32Array) {
    this.#bits = bits;
  }

  get isNone(): boolean {
    return this.#bits.every((bits) => bits === 0);
  }

  /** Whether a number may be in a pattern at all. `beginning` is a hash of its first digits as patterns with a `*` have them. */
  mayBeKnown(number: number, beginning: number): boolean {
    return this.#has(number, SOMEWHERE) || this.#has(hashWith(beginning, BEGINNINGS), SOMEWHERE);
  }

  /**
   * Whether a number may be in a match between these neighbours.
   *
   * @param before the last unit before it, or one of `BEFORE`
   * @param behind the first unit behind it, or 0
   */
  mayMatch(number: number, beginning: number, before: number, behind: number): boolean {
    return this.#isBeside(number, before, behind) || this.#isBeside(hashWith(beginning, BEGINNINGS), before, behind);
  }

  #isBeside(number: number, before: number, behind: number): boolean {
    return (
      this.#has(number, ANYWHERE) ||
      this.#has(hashWith(number, before), BEHIND_IT) ||
      this.#has(hashWith(number, behind), BEFORE_IT)
    );
  }

  #has(hash: number, salt: number): boolean {
    const place = placeOf(hash, salt);
    return (this.#bits[place >>> 5]! & (1 << (place & 31))) !== 0;
  }
}

/** Collects the numbers of patterns. */
export class NumberMarks {
  readonly bits = new Int32Array(BITS / 32);

  /** Marks the numbers of a pattern: its tokens, those that match all that starts with them marked as prefixes. */
  addAll(steps: readonly { readonly token: string; readonly isPrefix: boolean }[]): void {
    for (const [at, { token, isPrefix }] of steps.entries()) {
      if (!isNumber(token)) continue;
      const number = isPrefix ? hashWith(hashOf(token.slice(0, BEGINNING)), BEGINNINGS) : hashOf(token);
      this.#mark(number, SOMEWHERE);
      const [before, behind] = [steps[at - 1], steps[at + 1]];
      if (before && !before.isPrefix) {
        for (const end of endsOf(before.token)) this.#mark(hashWith(number, end), BEHIND_IT);
      } else if (!before && behind) this.#mark(hashWith(number, behind.token.charCodeAt(0)), BEFORE_IT);
      else this.#mark(number, ANYWHERE);
    }
  }

  #mark(hash: number, salt: number): void {
    const place = placeOf(hash, salt);
    this.bits[place >>> 5]! |= 1 << (place & 31);
  }
}

function placeOf(hash: number, salt: number): number {
  return spread(hashWith(hash, salt)) & (BITS - 1);
}

function isNumber(token: string): boolean {
  return Array.from(token).every((unit) => isDigit(unit.charCodeAt(0)));
}

/** What a text may have where a pattern has a token: names count without a number that is glued to them, too. */
function endsOf(token: string): readonly number[] {
  const last = token.charCodeAt(token.length - 1);
  if (isNumber(token)) return [BEFORE.number];
  return isDigit(last) ? [BEFORE.otherDigit] : [last, BEFORE.otherDigit];
}
