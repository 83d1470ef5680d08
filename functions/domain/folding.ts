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

const TABLE_SIZE = 0x250;
/** For each of the first characters of Unicode: what it folds to; 0: it breaks tokens. */
const FIRST = new Uint8Array(TABLE_SIZE);
/** The second letter of those that fold to two. */
const SECOND = new Uint8Array(TABLE_SIZE);
for (let code = 0; code < TABLE_SIZE; code++) {
  const lower = String.fromCharCode(code).toLowerCase();
  const folded = LETTERS_OF_THEIR_OWN[lower] ?? lower.normalize('NFD').charAt(0);
  if (!/^[a-z0-9]/.test(folded)) continue;
  FIRST[code] = folded.charCodeAt(0);
  if (folded.length > 1) SECOND[code] = folded.charCodeAt(1);
}

const [ZERO, NINE] = [48, 57];
const FIRST_COMBINING_MARK = 0x300;
const LAST_COMBINING_MARK = 0x36f;
/** Characters that a token begins with: prefixes of patterns have no less, so these tell whether one can hold. */
export const BEGINNING = 3;

/** FNV-1a over UTF-16 units. */
export const HASH_OF_NOTHING = 0x811c9dc5 | 0;
export function hashWith(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}
/** A hash of a text as it stands; `from` goes on with that of another. */
export function hashOf(text: string, from = HASH_OF_NOTHING): number {
  let hash = from;
  for (let at = 0; at < text.length; at++) hash = hashWith(hash, text.charCodeAt(at));
  return hash;
}

/**
 * The text read last, folded: its tokens one behind the other, with the hashes by which they are looked up. One text at a time
 * stands in it, and reading the next makes nothing new: most of what banks print is only looked at.
 */
export class FoldedText {
  /** Number of tokens. */
  count = 0;
  /** UTF-16 units of all tokens; token `at` is from `starts[at]` up to `starts[at + 1]`. */
  chars = new Uint16Array(512);
  starts = new Int32Array(258);
  /** A hash of each token, and of the first `BEGINNING` characters of those that have so many. */
  hashes = new Int32Array(257);
  beginnings = new Int32Array(257);

  #text = '';

  /** Reads a text; the one that stands here already costs nothing. */
  read(text: string): this {
    if (text === this.#text) return this;
    this.#text = text;
    if (text.length * 2 > this.chars.length) this.#grow(text.length * 2);
    const { chars, starts, hashes, beginnings } = this;
    let count = 0;
    let end = 0;
    let start = 0;
    let hash = HASH_OF_NOTHING;
    for (let index = 0; index <= text.length; index++) {
      const code = index < text.length ? text.charCodeAt(index) : 0;
      let folded: number;
      if (code < TABLE_SIZE) folded = FIRST[code] as number;
      else if (code >= FIRST_COMBINING_MARK && code <= LAST_COMBINING_MARK) continue;
      else folded = otherLetter(code);
      if (folded !== 0) {
        chars[end++] = folded;
        hash = hashWith(hash, folded);
        if (end - start === BEGINNING) beginnings[count] = hash;
        if (code < TABLE_SIZE && SECOND[code] !== 0) {
          chars[end++] = SECOND[code] as number;
          hash = hashWith(hash, SECOND[code] as number);
          if (end - start === BEGINNING) beginnings[count] = hash;
        }
      } else if (end > start) {
        hashes[count] = hash;
        starts[++count] = end;
        start = end;
        hash = HASH_OF_NOTHING;
      }
    }
    this.count = count;
    return this;
  }

  lengthOf(at: number): number {
    return (this.starts[at + 1] as number) - (this.starts[at] as number);
  }

  /** The unit of a token that stands so many units behind its first one. */
  unit(at: number, offset: number): number {
    return this.chars[(this.starts[at] as number) + offset] as number;
  }

  hasDigit(at: number): boolean {
    for (let index = this.starts[at] as number; index < (this.starts[at + 1] as number); index++) {
      const unit = this.chars[index] as number;
      if (unit >= ZERO && unit <= NINE) return true;
    }
    return false;
  }

  token(at: number): string {
    const { chars, starts } = this;
    let token = '';
    for (let index = starts[at] as number; index < (starts[at + 1] as number); index++) {
      token += String.fromCharCode(chars[index] as number);
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
    this.beginnings = new Int32Array(units + 1);
  }
}

/** A letter or a digit of another script, in lower case; 0: it breaks tokens. */
function otherLetter(code: number): number {
  const letter = String.fromCharCode(code);
  return /[\p{L}\p{N}]/u.test(letter) ? letter.toLowerCase().charCodeAt(0) : 0;
}

/** The tokens of a text, folded. Letters of other scripts stay as they are, in lower case. */
export function tokensOf(text: string): string[] {
  return new FoldedText().read(text).tokens();
}
