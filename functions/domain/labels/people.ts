/** Names of people in texts: "Jan Kowalski", "KRUK JAN", "J. Evans", "Rosa Flores Gil", "JAN KOWALSKI UL. DLUGA 5". */
import { FoldedText } from './matching/folding.ts';
import { TRAITS } from './prepared-rules.ts';
import type { NameRules } from './rules.ts';

const LONGEST_PERSON = 4;

/** A text whose tokens are known by what they are. */
export type NamedText = {
  readonly text: string;
  readonly folded: FoldedText;
  readonly traitsOf: (at: number) => number;
};

/** Tokens of a text that are surnames, whatever else they may mean. */
export type Surnames = {
  /** Where a word stands for the name alone. */
  readonly words: readonly number[];
  /** Where a brand does. */
  readonly brands: readonly number[];
};

const NO_SURNAMES: Surnames = { words: [], brands: [] };

export class People {
  readonly #beforeAddress: RegExp;
  readonly #prefix = new FoldedText();

  constructor({ streets }: NameRules) {
    this.#beforeAddress = new RegExp(`[,;\\d]|\\s(${streets.beforeAddress.join('|')})\\b`, 'i');
  }

  /** "JAN KOWALSKI UL. DLUGA 5": the text before the address; the whole text where there is none. */
  beforeAddress(text: string): string {
    const end = text.search(this.#beforeAddress);
    return end < 0 ? text : text.slice(0, end);
  }

  /**
   * The surnames in a text. Where the whole text is a name (but for an address behind it), any word behind a first name is one, as far as
   * brands go: nobody calls a shop so. Words stand behind first names in names of shops, too ("Anna Nowak Fryzjer"): they are
   * surnames where nothing else than first names stands before them, or where they are known to be.
   */
  surnamesIn(named: NamedText): Surnames {
    const { text, folded, traitsOf } = named;
    const isKnown = (at: number) => (traitsOf(at) & TRAITS.surname) !== 0;
    const isFirst = (at: number) => at >= 0 && at < folded.count && (traitsOf(at) & TRAITS.firstName) !== 0;
    let hasFirst = false;
    let hasKnown = false;
    for (let at = 0; at < folded.count; at++) {
      hasFirst ||= isFirst(at);
      hasKnown ||= isKnown(at);
    }
    if (!hasFirst && !hasKnown) return NO_SURNAMES;
    const before = this.beforeAddress(text);
    const count = before === text ? folded.count : this.#prefix.read(before).count;
    const tokens = [...folded.hashes.subarray(0, folded.count).keys()];
    // "KRUK J": an initial behind is no name of its own.
    const endsInInitial = count === 2 && folded.lengthOf(1) === 1 && folded.lengthOf(0) > 1;
    if (endsInInitial && isKnown(0)) return { words: [0], brands: [0] };
    if (!isName(before, count, named)) {
      // Behind a first name, or one word behind, as a second surname; or before it.
      const beside = tokens.filter((at) => isKnown(at) && (isFirst(at - 1) || isFirst(at - 2) || isFirst(at + 1)));
      return { words: beside, brands: beside };
    }
    const name = tokens.slice(0, count);
    const known = name.filter((at) => isKnown(at) && (hasFirst || folded.lengthOf(0) === 1));
    if (!isFirst(0)) return { words: known, brands: known };
    const brands = name.filter((at) => !isFirst(at));
    const last = count - 1;
    const isFull = brands.length === 1 && brands[0] === last;
    return { words: isFull ? [...new Set([...known, last])] : known, brands };
  }
}

/** One or two first names, and one word more. */
export function isFullName({ text, folded, traitsOf }: NamedText): boolean {
  if (folded.count !== 2 && folded.count !== 3) return false;
  for (let at = 0; at < folded.count - 1; at++) if (!(traitsOf(at) & TRAITS.firstName)) return false;
  return isName(text, folded.count, { folded, traitsOf });
}

/** Two to four words, none with a digit, each with a capital letter, and no legal form; an initial may stand first. */
export function isName(text: string, count: number, { folded, traitsOf }: Omit<NamedText, 'text'>): boolean {
  if (count < 2 || count > LONGEST_PERSON) return false;
  for (let at = 0; at < count; at++) {
    const isInitial = at === 0 && count === 2 && folded.lengthOf(at) === 1;
    if (traitsOf(at) & TRAITS.legalForm && !isInitial) return false;
  }
  return text
    .trim()
    .split(/\s+/)
    .every((word) => /^\p{Lu}[\p{L}.'-]*$/u.test(word));
}
