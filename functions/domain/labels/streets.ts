/** Names of streets and squares in texts: "ul. Apteczna 3", "Calle de la Farmacia", "Skolas iela", "Apothekenstr. 4". */
import type { FoldedText } from './matching/folding.ts';
import type { Patterns } from './matching/pattern-index.ts';
import { TRAITS } from './prepared-rules.ts';
import type { NameRules } from './rules.ts';

const SHORTEST_AFTER_INITIAL = 4;
/** Letters before an ending at least: of a genitive, of an adjective, of a name and the word for a street in one. */
const BEFORE_GENITIVE = 4;
const BEFORE_ADJECTIVE = 3;
const BEFORE_JOINED = 4;
const MOST_DIGITS = 4;
const MOST_DIGITS_OF_HOUSE = 3;

const NONE: readonly number[] = [];
const [ZERO, NINE, A, Z] = [48, 57, 97, 122];

export type Streets = (text: FoldedText, patterns: Patterns) => readonly number[];

/** The tokens of a text, just looked up, that are the name of a street or a square; some of them twice. */
export function openStreets({ streets }: NameRules): Streets {
  const [genitives, adjectives, joined] = [streets.genitives, streets.adjectives, streets.joined].map(unitsOf) as [
    Endings,
    Endings,
    Endings,
  ];
  return (text, patterns) => {
    let found: number[] | undefined;
    const add = (at: number) => {
      found ??= [];
      found.push(at);
    };
    for (let at = 0; at < text.count; at++) {
      const traits = patterns.traitsOf(at);
      if (traits !== 0) {
        if (traits & TRAITS.beforeStreet) addAfter(text, patterns, at + 1, add);
        else if (traits & TRAITS.initialOfStreet) addAfterInitial(text, patterns, at + 1, add);
        if (at > 0) {
          if (traits & TRAITS.afterStreet) add(at - 1);
          if (traits & TRAITS.afterGenitive && endsIn(text, at - 1, genitives, BEFORE_GENITIVE)) add(at - 1);
        }
      }
      if (endsIn(text, at, joined, BEFORE_JOINED)) add(at);
      if (isBesideAdjective(text, patterns, at + 1) && endsIn(text, at, adjectives, BEFORE_ADJECTIVE)) add(at);
    }
    return found ?? NONE;
  };
}

/** The name of a street goes up to the house number if that is near, else it is one word, articles aside. */
function addAfter(text: FoldedText, patterns: Patterns, from: number, add: (at: number) => void): void {
  const start = afterArticles(text, patterns, from);
  if (isNumber(text, start, MOST_DIGITS)) return;
  add(start);
  if (isNumber(text, start + 2, MOST_DIGITS)) add(start + 1);
}

/** "C/ FARMACIA 9", "R TEATRO": a letter says so only before a longer word. */
function addAfterInitial(text: FoldedText, patterns: Patterns, from: number, add: (at: number) => void): void {
  const start = afterArticles(text, patterns, from);
  if (start < text.count && text.lengthOf(start) >= SHORTEST_AFTER_INITIAL) add(start);
}

function afterArticles(text: FoldedText, patterns: Patterns, from: number): number {
  let start = from;
  while (start < text.count && patterns.traitsOf(start) & TRAITS.article) start++;
  return start;
}

/** "Szpitalna 12", "Lekárenská 12", "Školní 3"; nouns of shops (pekarna, lekarna) end otherwise. A house number begins no date. */
function isBesideAdjective(text: FoldedText, patterns: Patterns, at: number): boolean {
  if (at >= text.count) return false;
  if (patterns.traitsOf(at) & TRAITS.afterAdjective) return true;
  if (text.unit(at, 0) === ZERO || !isNumber(text, at, MOST_DIGITS_OF_HOUSE)) return false;
  return at + 1 >= text.count || text.lengthOf(at + 1) < 2 || digitsOf(text, at + 1) < text.lengthOf(at + 1);
}

/** Digits, and perhaps one letter. */
function isNumber(text: FoldedText, at: number, mostDigits: number): boolean {
  if (at >= text.count) return false;
  const digits = digitsOf(text, at);
  const length = text.lengthOf(at);
  if (digits === 0 || digits > mostDigits || length > digits + 1) return false;
  return length === digits || isLetter(text.unit(at, digits));
}

/** How many digits a token begins with. */
function digitsOf(text: FoldedText, at: number): number {
  let digits = 0;
  while (digits < text.lengthOf(at) && text.unit(at, digits) >= ZERO && text.unit(at, digits) <= NINE) digits++;
  return digits;
}

function isLetter(unit: number): boolean {
  return unit >= A && unit <= Z;
}

/** Endings by their last letter: for most tokens that alone shows that they have none. */
type Endings = readonly (readonly (readonly number[])[] | undefined)[];

function unitsOf(endings: readonly string[]): Endings {
  const byLast: number[][][] = [];
  for (const ending of endings) {
    const units = Array.from(ending, (letter) => letter.charCodeAt(0));
    const last = units.at(-1);
    if (last !== undefined) byLast[last] = [...(byLast[last] ?? []), units];
  }
  return Array.from(byLast);
}

/** Whether a token is so many plain letters at least and one of these endings. */
function endsIn(text: FoldedText, at: number, endings: Endings, lettersBefore: number): boolean {
  const length = text.lengthOf(at);
  const likely = length === 0 ? undefined : endings[text.unit(at, length - 1)];
  if (likely === undefined) return false;
  for (const ending of likely) {
    if (length < ending.length + lettersBefore) continue;
    let same = ending.length - 1;
    while (same >= 0 && text.unit(at, length - ending.length + same) === ending[same]) same--;
    if (same < 0) return hasLettersAlone(text, at);
  }
  return false;
}

function hasLettersAlone(text: FoldedText, at: number): boolean {
  for (let offset = 0; offset < text.lengthOf(at); offset++) if (!isLetter(text.unit(at, offset))) return false;
  return true;
}
