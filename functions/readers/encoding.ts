/**
 * Character sets of bank files: found out in one place, for all readers.
 *
 * A byte order mark decides, then the form (UTF-16 without a mark shows by its zero bytes; bytes that are valid UTF-8 are
 * UTF-8, for no other character set fills its rules by chance). What is left are the one-byte sets of Europe. They differ in
 * some thirty letters, so the words that hold such letters decide: read in the right set they are made of the letters of one
 * language, read in a wrong one of signs, boxes and capitals inside words. Guessers that weigh pairs of letters need
 * running text and fail on a page of abbreviated titles; this one needs a word or two.
 */
import iconv from 'iconv-lite';
import { ReaderError } from './reader-error.ts';
import type { Reading } from './statement.ts';

/** One-byte sets that are tried; of equals the first. */
const CANDIDATES = ['windows-1252', 'windows-1250', 'iso-8859-15', 'iso-8859-2', 'windows-1257', 'cp852'] as const;

/** Letters beyond ASCII of languages whose banks print them, in lower case. */
const LETTERS: readonly ReadonlySet<string>[] = [
  'äöüß',
  'àâæçéèêëîïôœùûüÿ',
  'áéíóúüñçàèìòïªº',
  'ãõáâàéêíóôúç',
  'åäöæøé',
  'ąćęłńóśźż',
  'áčďéěíňóřšťúůýž',
  'áäčďéíĺľňóôŕšťúýž',
  'áéíóöőúüű',
  'ăâîșțşţ',
  'čćđšž',
  'ąčęėįšųūž',
  'āčēģīķļņšūž',
  'äõöüšž',
].map((letters) => new Set(letters));

/** Signs that text holds in every language. */
const NEUTRAL = new Set('€£§°«»„“”‚‘’–—…·²³½¼\u00a0\u00ad×');
const MOST_WORDS = 2000;
/** As much of a file as is looked at to find out; its letters beyond ASCII may come late. */
const LOOKED_AT = 1024 * 1024;

export type Decoded = {
  readonly text: string;
  /** Name of the character set that was used. */
  readonly encoding: string;
  /** Whether only the letters decided it: then the user should know. */
  readonly guessed: boolean;
};

/**
 * The text of a file, without its byte order mark.
 *
 * @param encoding a name or alias (`windows-1250`, `latin2`, `cp852`, `utf-16le`, …); without it the set is found out
 * @throws {ReaderError} when the name is unknown or the bytes are wrong in it: never a question mark instead of a letter
 */
export function decodeText(bytes: Uint8Array, encoding?: string): Decoded {
  if (encoding !== undefined) return { text: decodeAs(bytes, encoding), encoding, guessed: false };
  const marked = markOf(bytes) ?? unmarkedUtf16(bytes);
  if (marked) return { text: decodeAs(bytes, marked), encoding: marked, guessed: false };
  try {
    return { text: decodeAs(bytes, 'utf-8'), encoding: 'utf-8', guessed: false };
  } catch {
    const guess = guessOf(bytes);
    return { text: decodeAs(bytes, guess), encoding: guess, guessed: true };
  }
}

/** The text of a file, with a warning when its character set was only guessed. */
export function decodeSaying(bytes: Uint8Array, { encoding, warn }: Pick<Reading, 'encoding' | 'warn'>): Decoded {
  const decoded = decodeText(bytes, encoding);
  if (decoded.guessed)
    warn(`read as ${decoded.encoding}, by its letters; if names look wrong, give the right encoding (--encoding)`);
  return decoded;
}

/** The text of the beginning of a file, which may be cut inside a letter. */
export function decodeStart(bytes: Uint8Array): string {
  const utf16 = unmarkedUtf16(bytes) ?? markOf(bytes);
  if (utf16 !== undefined) return new TextDecoder(utf16).decode(bytes);
  return decodeText(bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1 || bytes.length)).text;
}

/** The text by a named character set, without its byte order mark. @throws {ReaderError} */
export function decodeAs(bytes: Uint8Array, encoding: string): string {
  const name = encoding.trim().toLowerCase();
  if (name === 'utf-8' || name === 'utf8' || name.startsWith('utf-16') || name.startsWith('utf16')) {
    const label = name.replace(/^utf(?=\d)/, 'utf-').replace(/^utf-16-(?=[lb]e$)/, 'utf-16');
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch (error) {
      throw new ReaderError(
        error instanceof RangeError ? unknown(encoding) : `contains bytes that are not ${encoding}`,
      );
    }
  }
  if (!iconv.encodingExists(name)) throw new ReaderError(unknown(encoding));
  const text = iconv.decode(bytes, name);
  if (text.includes('\uFFFD')) throw new ReaderError(`contains bytes that are not ${encoding}`);
  return text;
}

function unknown(encoding: string): string {
  return `"${encoding}" is not a known character set`;
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined;
}

/** UTF-16 of a European text has a zero in nearly every second byte, and other text has none. */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const looked = Math.min(bytes.length - (bytes.length % 2), 4096);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < looked; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  if (odd > looked * 0.4 && even < looked * 0.05) return 'utf-16le';
  return even > looked * 0.4 && odd < looked * 0.05 ? 'utf-16be' : undefined;
}

function guessOf(bytes: Uint8Array): string {
  const words = wordsOf(bytes);
  const scores = CANDIDATES.map((encoding) => {
    const read = words.map((word) => iconv.decode(word, encoding));
    return Math.max(...LETTERS.map((letters) => read.reduce((sum, word) => sum + scoreOf(word, letters), 0)));
  });
  return CANDIDATES[scores.indexOf(Math.max(...scores))]!;
}

/** The different words that hold a byte beyond ASCII, as bytes. */
function wordsOf(bytes: Uint8Array): Uint8Array[] {
  const words = new Map<string, Uint8Array>();
  const end = Math.min(bytes.length, LOOKED_AT);
  for (let at = 0; at < end && words.size < MOST_WORDS; at++) {
    const start = at;
    let beyond = false;
    for (; at < end && inWord(bytes[at]!); at++) beyond ||= bytes[at]! > 127;
    if (!beyond) continue;
    const word = bytes.subarray(start, Math.min(at, start + 64));
    words.set(Buffer.from(word).toString('latin1'), word);
  }
  return [...words.values()];
}

function inWord(byte: number): boolean {
  return byte > 127 || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
}

/** How much a word looks like one of the language with these letters. */
function scoreOf(word: string, letters: ReadonlySet<string>): number {
  let score = 0;
  let before = '';
  for (const character of word) {
    if (character.charCodeAt(0) > 127) {
      const lower = character.toLowerCase();
      const capitalInside = character !== lower && before !== '' && before === before.toLowerCase() && isLetter(before);
      if (isLetter(character)) score += capitalInside ? -1 : letters.has(lower) ? 1 : -0.25;
      else if (!NEUTRAL.has(character)) score -= 1;
    }
    before = character;
  }
  return score;
}

function isLetter(character: string): boolean {
  return character.toLowerCase() !== character.toUpperCase();
}
