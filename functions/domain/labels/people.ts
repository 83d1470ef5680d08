/** Names of people in texts: "Jan Kowalski", "KRUK JAN", "J. Evans", "Rosa Flores Gil", "JAN KOWALSKI UL. DLUGA 5". */
import { FoldedText } from './matching/folding.ts';
import { TRAITS } from './prepared-rules.ts';
import type { NameRules } from './rules.ts';

const LONGEST_PERSON = 4;
/** "P", "de", "do" */
const LONGEST_PARTICLE = 2;

/** A text whose tokens are known by what they are. */
export type NamedText = {
  readonly text: string;
  readonly folded: FoldedText;
  readonly traitsOf: (at: number) => number;
};

/** Tokens of a text that are surnames, whatever else they may mean. */
export type Surnames = {
  /** Where a word is the name alone. */
  readonly words: readonly number[];
  /** Where a brand does. */
  readonly brands: readonly number[];
  /** Where a brand does if the text names whom money was transferred to or from: "DARTY JEROME" and "J. Blokker" may be shops as well. */
  readonly ofParty: readonly number[];
};

const NO_SURNAMES: Surnames = { words: [], brands: [], ofParty: [] };
const NOBODY = { behind: [], before: [] };
const MOST_PARTICLES = 2;
const PARTICLE =
  /^(van|von|zu|vom|ten|ter|te|in|op|aan|bij|'?t|de|den|der|des|du|da|do|das|dos|di|la|las|los|le|del|dal|della|y|e|i)$/;
/** What follows an initial and its point in a name at the end of a text: " de Groot", " B. Timmerman". */
const SURNAME_BEHIND = /^\s?(\p{Ll}{1,3}\s){0,2}\p{Lu}[\p{L}'-]+\s*$/u;
const INITIAL = /^\p{Lu}$/u;
const BEFORE_INITIAL = /^[\s.]?$/;

export class People {
  readonly #beforeAddress: RegExp;
  readonly #saints: ReadonlySet<string>;
  readonly #prefix = new FoldedText();

  constructor({ streets, saints }: NameRules) {
    this.#beforeAddress = new RegExp(`[,;\\d]|\\s(${streets.beforeAddress.join('|')})\\b`, 'i');
    this.#saints = new Set(saints);
  }

  /** "JAN KOWALSKI UL. DLUGA 5": the text before the address; the whole text where there is none. */
  beforeAddress(text: string): string {
    const end = text.search(this.#beforeAddress);
    return end < 0 ? text : text.slice(0, end);
  }

  surnamesIn(named: NamedText): Surnames {
    const { folded, traitsOf } = named;
    let traits = 0;
    for (let at = 0; at < folded.count; at++) traits |= traitsOf(at);
    if (!(traits & TRAITS.firstName)) {
      const behindInitial = this.#behindInitial(named);
      if (behindInitial || !(traits & TRAITS.surname && hasInitial(folded))) return behindInitial ?? NO_SURNAMES;
    }
    const { words, brands, ofParty } = this.#inName(named, (traits & TRAITS.firstName) !== 0);
    const transferred = traits & TRAITS.beforePerson ? this.#behindTransfer(named) : [];
    return { words, brands: [...new Set([...brands, ...transferred])], ofParty };
  }

  /** The surname at the end of a text without first names: "J. Blokker", "Huur K. van der Berg", "Cinema J EVANS". */
  #behindInitial({ text, folded, traitsOf }: NamedText): Surnames | undefined {
    const last = folded.count - 1;
    if (last < 1 || folded.hasDigit(last)) return undefined;
    const isKnown = (at: number) => (traitsOf(at) & TRAITS.surname) !== 0;
    const behind = behindLastInitial(text);
    const isNamed = behind !== undefined && SURNAME_BEHIND.test(behind);
    const count = isNamed ? this.#prefix.read(behind).count : isKnown(last) && folded.lengthOf(last - 1) === 1 ? 1 : 0;
    if (count === 0) return undefined;
    const ofParty = Array.from({ length: count }, (_, at) => folded.count - count + at);
    const known = ofParty.filter(isKnown);
    return { words: known, brands: known, ofParty };
  }

  /**
   * Where the whole text is a name (but for an address behind it), any word behind a first name is a surname, as far as brands go: no shop
   * has such a name. Words follow first names in names of shops, too ("Anna Nowak Fryzjer"): they are surnames where nothing but first
   * names is before them, or where they are known to be.
   */
  #inName(named: NamedText, hasFirst: boolean): Surnames {
    const { text, folded, traitsOf } = named;
    const isKnown = (at: number) => (traitsOf(at) & TRAITS.surname) !== 0;
    const isFirst = (at: number) => isFirstName(at, named);
    const before = this.beforeAddress(text);
    const count = before === text ? folded.count : this.#prefix.read(before).count;
    const tokens = [...folded.hashes.subarray(0, folded.count).keys()];
    // "KRUK J": an initial behind is no name of its own.
    const endsInInitial = count === 2 && folded.lengthOf(1) === 1 && folded.lengthOf(0) > 1;
    if (endsInInitial && isKnown(0)) return { words: [0], brands: [0], ofParty: [] };
    if (!isName(before, count, named)) {
      // Behind a first name, or one word behind, as a second surname; or before it.
      const beside = tokens.filter((at) => isKnown(at) && (isFirst(at - 1) || isFirst(at - 2) || isFirst(at + 1)));
      const within = this.#besideFirstNames(named);
      const brands = [...new Set([...beside, ...within.behind])];
      return { words: beside, brands, ofParty: [...within.behind, ...within.before] };
    }
    const name = tokens.slice(0, count);
    const known = name.filter((at) => isKnown(at) && (hasFirst || folded.lengthOf(0) === 1));
    if (!isFirst(0)) {
      const within = this.#besideFirstNames(named);
      const ofParty = new Set([...this.#beforeFirstName(0, named, count), ...within.behind, ...within.before]);
      return { words: known, brands: [...new Set([...known, ...within.behind])], ofParty: [...ofParty] };
    }
    const others = name.filter((at) => !isFirst(at));
    const last = count - 1;
    const isFull = others.length === 1 && others[0] === last;
    return { words: isFull ? [...new Set([...known, last])] : known, brands: name.slice(1), ofParty: [] };
  }

  /**
   * In a longer text, the words behind a first name within it ("etentje Femke Praxis"), and before one that a number or nothing follows
   * ("Miete GAMMA SOPHIE 05/2026"); none where a legal form is among the words.
   */
  #besideFirstNames(named: NamedText): { readonly behind: readonly number[]; readonly before: readonly number[] } {
    const { folded, traitsOf } = named;
    const { count } = folded;
    const behind = new Set<number>();
    const before: number[] = [];
    for (let at = 0; at < count; at++) {
      if (folded.lengthOf(at) > 1 && traitsOf(at) & TRAITS.legalForm) return NOBODY;
      if (at === 0 || !isFirstName(at, named) || this.#saints.has(folded.token(at - 1))) continue;
      const isLast = at + 1 === count || folded.hasDigit(at + 1);
      if (isLast && !folded.hasDigit(at - 1)) before.push(at - 1);
      let next = at + 1;
      while (next < count && traitsOf(next) & TRAITS.article) behind.add(next++);
      if (next < count) behind.add(next);
    }
    return { behind: [...behind], before };
  }

  /** Behind the bank's words for a transfer, and words of courtesy: "VIR DE M DARTY JEROME", "Przelew od: LIDIA ŻABKA obiad". */
  #behindTransfer(named: NamedText): readonly number[] {
    const { folded, traitsOf } = named;
    let start = 0;
    let isTransfer = false;
    for (; start < folded.count && !isFirstName(start, named); start++) {
      const isBefore = (traitsOf(start) & TRAITS.beforePerson) !== 0;
      if (!isBefore && !(traitsOf(start) & TRAITS.article) && folded.lengthOf(start) > LONGEST_PARTICLE) break;
      isTransfer ||= isBefore;
    }
    if (!isTransfer) return [];
    const end = Math.min(folded.count, start + LONGEST_PERSON);
    if (!isFirstName(start, named)) return this.#beforeFirstName(start, named, end);
    const hasSecond = isFirstName(start + 1, named) || start + 3 === folded.count;
    return hasSecond ? [start + 1, start + 2] : [start + 1];
  }

  /** The words from one on, up to a first name before `end`: "CORTEFIEL LOPEZ ANA"; none where a number or a legal form is among them. */
  #beforeFirstName(start: number, named: NamedText, end: number): readonly number[] {
    const { folded, traitsOf } = named;
    const surnames: number[] = [];
    for (let at = start; at < end; at++) {
      if (isFirstName(at, named)) {
        const isOfPlace = at > 0 && this.#saints.has(folded.token(at - 1));
        return isOfPlace ? [] : surnames;
      }
      if (folded.hasDigit(at) || traitsOf(at) & TRAITS.legalForm) return [];
      surnames.push(at);
    }
    return [];
  }
}

/** What follows the last point of a text, if an initial is before it. */
function behindLastInitial(text: string): string | undefined {
  const point = text.lastIndexOf('.');
  // Most points end longer words.
  if (point < 1 || !BEFORE_INITIAL.test(text.charAt(point - 2)) || !INITIAL.test(text.charAt(point - 1)))
    return undefined;
  return text.slice(point + 1);
}

/** Where no first name is, a surname is known by an initial before or behind it alone. */
function hasInitial(folded: FoldedText): boolean {
  return folded.lengthOf(0) === 1 || (folded.count > 1 && folded.lengthOf(1) === 1);
}

function isFirstName(at: number, { folded, traitsOf }: NamedText): boolean {
  return at >= 0 && at < folded.count && (traitsOf(at) & TRAITS.firstName) !== 0;
}

/** One or two first names, and one word more. */
export function isFullName({ text, folded, traitsOf }: NamedText): boolean {
  if (folded.count < 2 || folded.count > LONGEST_PERSON) return false;
  for (let at = 0; at < folded.count - 1; at++) {
    if (!(traitsOf(at) & TRAITS.firstName) && !(at > 0 && traitsOf(at) & TRAITS.article)) return false;
  }
  return isName(text, folded.count, { folded, traitsOf });
}

/**
 * Two to four words, none with a digit, each with a capital letter, and no legal form; an initial may come first. Particles between them
 * have small letters: "Eva van der Berg".
 */
export function isName(text: string, count: number, { folded, traitsOf }: Omit<NamedText, 'text'>): boolean {
  if (count < 2 || count > LONGEST_PERSON + MOST_PARTICLES) return false;
  const words = text.trim().split(/\s+/);
  const particles = words.filter((word, at) => at > 0 && at < words.length - 1 && PARTICLE.test(word)).length;
  const named = count - particles;
  if (named < 2 || named > LONGEST_PERSON || particles > MOST_PARTICLES) return false;
  for (let at = 0; at < count; at++) {
    const isInitial = at === 0 && count === 2 && folded.lengthOf(at) === 1;
    if (traitsOf(at) & TRAITS.legalForm && !isInitial) return false;
  }
  return words.every((word, at) => /^\p{Lu}[\p{L}.'-]*$/u.test(word) || (at > 0 && PARTICLE.test(word)));
}
