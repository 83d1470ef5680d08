/**
 * Texts without the digits that say nothing. Of most texts that banks print, only dates, cards and references change: "PAGO 19.05. LIDL".
 *
 * A number that stands alone and is in no match says how long it is, and whether it begins with a zero, as no house number does. So texts of
 * one frame are read alike. A number that is glued to letters ("LIDL1234") stays as it is.
 */
import {
  BEGINNING,
  firstLetterOf,
  HASH_OF_NOTHING,
  hashWith,
  isBreak,
  isDigit,
  isLeftOut,
  lastLetterOf,
} from './folding.ts';
import { BEFORE, type KnownNumbers } from './known-numbers.ts';

// Looked up once, as in folding.
const { charCodeAt } = String.prototype;
const mixed = hashWith;
const START = HASH_OF_NOTHING;
const [ZERO, NINE] = [48, 57];
/** In place of a digit that says nothing. As a character of a text it is a break like the one after it, which takes its place. */
const BLANK = 1;
/** Longer texts are read each time: banks print shorter ones, and messages full of long ones must not fill the memory. */
export const LONGEST_FRAMED = 512;

/** The frame of the text read last. */
export class Frame {
  hash = START;
  readonly #known: KnownNumbers;
  readonly #units = new Uint16Array(LONGEST_FRAMED);
  #text = '';
  #isText = true;

  constructor(known: KnownNumbers) {
    this.#known = known;
  }

  /** @param text of `LONGEST_FRAMED` units at most */
  read(text: string): this {
    const units = this.#units;
    const { length } = text;
    let hash = START;
    let isText = true;
    for (let at = 0; at < length; ) {
      const unit = charCodeAt.call(text, at);
      if (unit < ZERO || unit > NINE) {
        const shown = unit === BLANK ? BLANK + 1 : unit;
        if (shown !== unit) isText = false;
        units[at++] = shown;
        hash = mixed(hash, shown);
        continue;
      }
      const [first, end] = [at, endOfDigits(text, at)];
      const isBlank = this.#saysNothing(text, first, end);
      if (isBlank) isText = false;
      for (; at < end; at++) {
        const digit = charCodeAt.call(text, at);
        const shown = isBlank && (at > first || digit !== ZERO) ? BLANK : digit;
        units[at] = shown;
        hash = mixed(hash, shown);
      }
    }
    this.#text = text;
    this.#isText = isText;
    this.hash = hash;
    return this;
  }

  /** Whether the frame of another text is the same. */
  is(other: string): boolean {
    if (this.#isText) return other === this.#text;
    const { length } = this.#text;
    if (other.length !== length) return false;
    for (let at = 0; at < length; at++) if (charCodeAt.call(other, at) !== this.#units[at]) return false;
    return true;
  }

  toString(): string {
    if (this.#isText) return this.#text;
    // Spread, the units would each be an object on the way.
    return Reflect.apply(String.fromCharCode, undefined, this.#units.subarray(0, this.#text.length));
  }

  #saysNothing(text: string, start: number, end: number): boolean {
    const isApart =
      (start === 0 || isBreak(charCodeAt.call(text, start - 1))) &&
      (end === text.length || isBreak(charCodeAt.call(text, end)));
    if (!isApart) return false;
    let number = START;
    let beginning = START;
    for (let at = start; at < end; at++) {
      number = mixed(number, charCodeAt.call(text, at));
      if (at < start + BEGINNING) beginning = number;
    }
    const known = this.#known;
    return (
      !known.mayBeKnown(number, beginning) ||
      !known.mayMatch(number, beginning, letterBefore(text, start), letterBehind(text, end))
    );
  }
}

function endOfDigits(text: string, from: number): number {
  let end = from;
  while (end < text.length && isDigit(charCodeAt.call(text, end))) end++;
  return end;
}

/** The last letter of the token before a place, or what it has instead. */
function letterBefore(text: string, start: number): number {
  let end = start;
  while (end > 0 && isBetween(charCodeAt.call(text, end - 1))) end--;
  if (end === 0) return BEFORE.nothing;
  const letter = lastLetterOf(charCodeAt.call(text, end - 1));
  if (!isDigit(letter)) return letter;
  while (end > 0 && isOfNumber(charCodeAt.call(text, end - 1))) end--;
  return end === 0 || isBreak(charCodeAt.call(text, end - 1)) ? BEFORE.number : BEFORE.otherDigit;
}

/** The first letter of the token behind a place, or 0. */
function letterBehind(text: string, end: number): number {
  let start = end;
  while (start < text.length && isBetween(charCodeAt.call(text, start))) start++;
  return start === text.length ? 0 : firstLetterOf(charCodeAt.call(text, start));
}

function isBetween(unit: number): boolean {
  return isBreak(unit) || isLeftOut(unit);
}

function isOfNumber(unit: number): boolean {
  return isDigit(unit) || isLeftOut(unit);
}
