/**
 * Texts of banks as plain tokens: lower case, without diacritics, cut at everything that is neither letter nor digit.
 *
 * Diacritics go by a table, not by Unicode decomposition at run time: ł, ø, ß, đ and their like do not decompose.
 */
const LETTERS_OF_THEIR_OWN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ŧ: 't',
  ĸ: 'k',
  ſ: 's',
};

/** Beyond these, letters fold to themselves. */
const LATIN = 0x250;
const UNMET = 0;
const BREAK = 1;
const NOTHING = 2;
/**
 * What each UTF-16 unit folds to: a letter, or two (see `PAIRS`), or one of the above. It is computed at the first use, because most are
 * never used.
 */
const FOLDED = new Uint16Array(0x1_00_00);
/** A pair of letters is written as its place here behind the first surrogate, because no letter is a surrogate. */
const PAIRS = ['ss', 'ae', 'oe', 'th'];
const FIRST_PAIR = 0xd800;
const LAST_SURROGATE = 0xdfff;

const [ZERO, NINE] = [48, 57];
const FIRST_COMBINING_MARK = 0x300;
const LAST_COMBINING_MARK = 0x36f;
/** First characters of a token: prefixes of patterns have no less, so these show whether one can hold. */
export const BEGINNING = 3;

/**
 * As a method of the text, this would be looked up again for every unit: the engine has half a dozen forms of strings, more than it caches
 * look-ups for.
 */
const { charCodeAt } = String.prototype;

/** FNV-1a over UTF-16 units. What loops use is not exported: the engine looks exported names up each time. */
const START = 0x811c9dc5 | 0;
function mixed(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}
export const HASH_OF_NOTHING = START;
export const hashWith = mixed;

/** A hash of a text without folding; `from` goes on with that of another. */
export function hashOf(text: string, from = START): number {
  let hash = from;
  for (let at = 0; at < text.length; at++) hash = mixed(hash, charCodeAt.call(text, at));
  return hash;
}

/**
 * The text read last, folded: its tokens one behind the other, with the hashes by which they are looked up. It holds one text at a time,
 * and reading the next allocates nothing: most of what banks print is only looked at.
 */
export class FoldedText {
  /** Number of tokens. */
  count = 0;
  /** UTF-16 units of all tokens; token `at` is from `starts[at]` up to `starts[at + 1]`. */
  chars = new Uint16Array(512);
  starts = new Int32Array(258);
  /** A hash of each token. */
  hashes = new Int32Array(257);

  #text = '';

  /** Reads a text; the same one again costs nothing. */
  read(text: string): this {
    if (text === this.#text) return this;
    this.#text = text;
    const { length } = text;
    if (length * 2 > this.chars.length) this.#grow(length * 2);
    const { chars, starts, hashes } = this;
    let count = 0;
    let end = 0;
    let start = 0;
    let hash = START;
    for (let index = 0; index < length; index++) {
      const code = charCodeAt.call(text, index);
      let folded = FOLDED[code]!;
      if (folded === UNMET) folded = meet(code);
      if (folded === BREAK) {
        if (end === start) continue;
        hashes[count] = hash;
        starts[++count] = end;
        start = end;
        hash = START;
      } else if (folded !== NOTHING) {
        let second = 0;
        if (folded >= FIRST_PAIR && folded <= LAST_SURROGATE) {
          const pair = PAIRS[folded - FIRST_PAIR]!;
          second = charCodeAt.call(pair, 1);
          folded = charCodeAt.call(pair, 0);
        }
        chars[end++] = folded;
        hash = mixed(hash, folded);
        if (second === 0) continue;
        chars[end++] = second;
        hash = mixed(hash, second);
      }
    }
    if (end > start) {
      hashes[count] = hash;
      starts[++count] = end;
    }
    this.count = count;
    return this;
  }

  lengthOf(at: number): number {
    return this.starts[at + 1]! - this.starts[at]!;
  }

  /** The unit of a token that is so many units behind its first one. */
  unit(at: number, offset: number): number {
    return this.chars[this.starts[at]! + offset]!;
  }

  /** A hash of the characters that prefixes of patterns have at least, of a token that has so many. */
  beginningOf(at: number): number {
    const first = this.starts[at]!;
    return this.hashOfUnits(first, first + BEGINNING);
  }

  /** A hash of the units from one up to another, as that of a token of these units. */
  hashOfUnits(first: number, end: number): number {
    let hash = START;
    for (let index = first; index < end; index++) hash = mixed(hash, this.chars[index]!);
    return hash;
  }

  hasDigit(at: number): boolean {
    for (let index = this.starts[at]!; index < this.starts[at + 1]!; index++) {
      if (isDigit(this.chars[index]!)) return true;
    }
    return false;
  }

  token(at: number): string {
    const { chars, starts } = this;
    let token = '';
    for (let index = starts[at]!; index < starts[at + 1]!; index++) {
      token += String.fromCharCode(chars[index]!);
    }
    return token;
  }

  tokens(): string[] {
    return Array.from({ length: this.count }, (_, at) => this.token(at));
  }

  #grow(units: number): void {
    this.chars = new Uint16Array(units);
    this.starts = new Int32Array(units + 2);
    this.hashes = new Int32Array(units + 1);
  }
}

export function isDigit(unit: number): boolean {
  return unit >= ZERO && unit <= NINE;
}

/** Whether a unit ends a token. */
export function isBreak(unit: number): boolean {
  return foldedOf(unit) === BREAK;
}

/** Whether a unit is left out of tokens: a mark on the letter before it. */
export function isLeftOut(unit: number): boolean {
  return foldedOf(unit) === NOTHING;
}

/** The first of the letters that a unit folds to. */
export function firstLetterOf(unit: number): number {
  return letterOf(foldedOf(unit), 0);
}

/** The last of the letters that a unit folds to. */
export function lastLetterOf(unit: number): number {
  return letterOf(foldedOf(unit), 1);
}

function letterOf(folded: number, ofPair: 0 | 1): number {
  return folded >= FIRST_PAIR && folded <= LAST_SURROGATE ? PAIRS[folded - FIRST_PAIR]!.charCodeAt(ofPair) : folded;
}

function foldedOf(unit: number): number {
  const folded = FOLDED[unit]!;
  return folded === UNMET ? meet(unit) : folded;
}

function meet(code: number): number {
  const folded = foldedUnit(code);
  FOLDED[code] = folded;
  return folded;
}

function foldedUnit(code: number): number {
  if (code >= FIRST_COMBINING_MARK && code <= LAST_COMBINING_MARK) return NOTHING;
  // In lower case first: capitals are not always where their small letters are (ẞ, Å, Ȿ, Ⱥ).
  const lower = String.fromCharCode(code).toLowerCase();
  if (lower.charCodeAt(0) >= LATIN) return /[\p{L}\p{N}]/u.test(lower) ? lower.charCodeAt(0) : BREAK;
  const folded = LETTERS_OF_THEIR_OWN[lower] ?? lower.normalize('NFD').charAt(0);
  if (!/^[a-z0-9]/.test(folded)) return BREAK;
  return folded.length > 1 ? FIRST_PAIR + PAIRS.indexOf(folded) : folded.charCodeAt(0);
}

/** The tokens of a text, folded. Letters of other scripts stay as they are, in lower case. */
export function tokensOf(text: string): string[] {
  return new FoldedText().read(text).tokens();
}
