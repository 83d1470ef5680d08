/**
 * What can be read in a text by itself: the patterns in it, a name, a person. Banks print the same texts again and again, and of others
 * only dates and numbers change: so readings are remembered by the frame of their text, and what was found by what it is.
 */

import { FoldedText, HASH_OF_NOTHING, hashOf, hashWith } from './matching/folding.ts';
import { Frame, LONGEST_FRAMED } from './matching/frame.ts';
import { Memory } from './matching/hash-cache.ts';
import type { Patterns } from './matching/pattern-index.ts';
import type { Meaning } from './meaning.ts';
import { isFullName, isName, type NamedText, People } from './people.ts';
import { Places } from './place.ts';
import { NOISE, type OpenedRules, openRules, type PreparedRules, TRAITS } from './prepared-rules.ts';
import { type AsksText, type Findings, type Match, Reading } from './reading.ts';
import { standingOf } from './standing.ts';
import { openStreets, type Streets } from './streets.ts';

/** Texts remembered at most, and findings. */
const MOST_TEXTS = 8_192;
const MOST_FINDINGS = 4_096;
const MOST_NAME_TOKENS = 4;
const MOST_SPOKEN_IN = 8;
const MOST_MASKED_TOKENS = 6;

const NONE: ReadonlySet<number> = new Set();
const NO_TOKENS: readonly number[] = [];
/** Not behind the letters that hide a card's number: "XXXX*1234". */
const BEHIND_A_WORD = /(?:(?!x)[\p{L}_]|(?<!x)x) {0,2}\*/iu;
const NOTHING_FOUND: Findings = {
  matches: [],
  clues: NONE,
  streets: NONE,
  surnames: { words: NONE, brands: NONE, ofParty: NONE },
  speaksFor: [],
  hasAsterisk: false,
  isAlone: false,
  isPrinted: false,
  dependsOnAmount: false,
  key: [],
  hash: HASH_OF_NOTHING,
};

type Ask = (reading: Reading) => unknown;
/** A text that was met before. */
type Known = { readonly text: string; readonly reading: Reading };

export class TextReader implements AsksText {
  readonly places: Places;
  /** Clues that a card paid. */
  readonly cardClues: ReadonlySet<number>;
  /** Clues that a debit was collected. */
  readonly debitClues: ReadonlySet<number>;
  readonly #text = new FoldedText();
  readonly #patterns: Patterns;
  readonly #rules: OpenedRules;
  readonly #streets: Streets;
  readonly #people: People;
  readonly #frame: Frame;
  readonly #texts = new Memory<string, Known>(MOST_TEXTS, (known, text) => known.text === text);
  readonly #readings = new Memory<Frame, Reading>(MOST_TEXTS, (reading, frame) => frame.is(reading.frame));
  readonly #findings = new Memory<number, Findings>(MOST_FINDINGS, ({ key }, length) => this.#isKey(key, length));
  /** The key of what is found, while it is looked up. */
  readonly #key: number[] = [];
  /** The text that the patterns were looked for in last. */
  #searched: string | undefined;

  constructor(rules: PreparedRules, meaning: Meaning) {
    this.places = new Places(rules.countries);
    this.#rules = openRules(rules, meaning);
    this.#patterns = this.#rules.patterns;
    this.#streets = openStreets(rules.names);
    this.#people = new People(rules.names);
    this.#frame = new Frame(this.#patterns.numbers);
    this.cardClues = new Set(rules.cards);
    this.debitClues = new Set(rules.debits);
  }

  /**
   * Reads a title, a party or a kind of transaction; most come again, if not with this owner, then with another.
   *
   * @param ask what will be asked of it, which costs less while its text is the one that was looked through last
   * @param onNew is given a new reading while its text is folded
   */
  read(text: string, ask?: Ask, onNew?: Ask): Reading {
    if (text.length > LONGEST_FRAMED) return this.#readNew(text, undefined, ask, onNew);
    const hash = hashOf(text);
    const known = this.#texts.get(hash, text);
    if (known) return known.reading;
    const frame = this.#frame.read(text);
    const alike = this.#readings.get(frame.hash, frame);
    const reading = alike ?? this.#readNew(text, frame, ask, onNew);
    if (!alike) this.#readings.set(frame.hash, reading);
    this.#texts.set(hash, { text, reading });
    return reading;
  }

  #readNew(text: string, frame: Frame | undefined, ...asks: readonly (Ask | undefined)[]): Reading {
    const reading = new Reading(this, text, this.#find(text), frame);
    for (const ask of asks) ask?.(reading);
    return reading;
  }

  #find(text: string): Findings {
    const folded = this.#search(text);
    const { count, starts, ends, values } = this.#patterns;
    const key = this.#key;
    let length = 0;
    let hash = HASH_OF_NOTHING;
    let hasWords = false;
    for (let at = 0; at < count; at++) {
      const number = values[at]!;
      if (number === NOISE) continue;
      const start = starts[at]!;
      key[length++] = number;
      key[length++] = start;
      key[length++] = ends[at]!;
      hash = hashWith(hashWith(hash, number), start);
      hasWords ||= this.#rules.isWord(number);
    }
    if (length === 0) return NOTHING_FOUND;
    const streets = hasWords ? this.#streets(folded, this.#patterns) : NO_TOKENS;
    const { words, brands, ofParty } = this.#people.surnamesIn({
      text,
      folded,
      traitsOf: (at) => this.#patterns.traitsOf(at),
    });
    // No pattern has this number, so it separates the matches from what follows; tokens are counted from 1 on.
    length = this.#addToKey(words, length);
    length = this.#addToKey(brands, length);
    length = this.#addToKey(ofParty, length);
    length = this.#addToKey(streets, length);
    const hasAsterisk = text.includes('*') && BEHIND_A_WORD.test(text);
    const { isAlone, isPrinted } = standingOf(text, folded, this.#patterns);
    key[length++] = (hasAsterisk ? 1 : 0) + (isAlone ? 2 : 0) + (isPrinted ? 4 : 0);
    const known = this.#findings.get(hash, length);
    if (known) return known;
    const surnames = { words: setOf(words), brands: setOf(brands), ofParty: setOf(ofParty) };
    const found = {
      ...this.#found(),
      streets: setOf(streets),
      surnames,
      hasAsterisk,
      isAlone,
      isPrinted,
      key: key.slice(0, length),
      hash,
    };
    if (text.length <= LONGEST_FRAMED) this.#findings.set(hash, found);
    return found;
  }

  /** Returns the new length of the key. */
  #addToKey(tokens: readonly number[], length: number): number {
    this.#key[length] = NOISE;
    for (let at = 0; at < tokens.length; at++) this.#key[length + 1 + at] = tokens[at]! + 1;
    return length + 1 + tokens.length;
  }

  /** Looks for the patterns in a text; the one looked at last costs nothing. */
  #search(text: string): FoldedText {
    const folded = this.#text.read(text);
    if (text !== this.#searched) this.#patterns.find(folded);
    this.#searched = text;
    return folded;
  }

  fold(text: string): FoldedText {
    return this.#text.read(text);
  }

  /** Looks at the tokens of a text alone; gives what they are by themselves, all together. */
  #lookUp(text: string): number {
    this.#searched = undefined;
    return this.#patterns.lookUp(this.#text.read(text));
  }

  #isKey(key: readonly number[], length: number): boolean {
    if (key.length !== length) return false;
    for (let at = 0; at < length; at++) if (key[at] !== this.#key[at]) return false;
    return true;
  }

  #found(): Pick<Findings, 'matches' | 'clues' | 'speaksFor' | 'dependsOnAmount'> {
    const { count, starts, ends, values } = this.#patterns;
    const matches: Match[] = [];
    let clues: Set<number> | undefined;
    for (let at = 0; at < count; at++) {
      const number = values[at]!;
      if (number < NOISE) clues = (clues ?? new Set()).add(-1 - number);
      if (number <= NOISE) continue;
      matches.push({ start: starts[at]!, end: ends[at]!, value: this.#rules.ruleOf(number) });
    }
    const countries = new Set<string>();
    for (const { value } of matches) {
      // What is said in many countries speaks for none.
      if (value.countries && value.countries.size <= MOST_SPOKEN_IN)
        for (const country of value.countries) countries.add(country);
    }
    return {
      matches,
      clues: clues ?? NONE,
      speaksFor: Array.from(countries, (country) => this.places.numberOf(country)),
      dependsOnAmount: matches.some(({ value }) => value.dependsOnAmount),
    };
  }

  /** @param leftOut traits of tokens that are left out as well */
  nameIn(text: string, leftOut = 0): string {
    const folded = this.#search(text);
    let name = '';
    let count = 0;
    this.#eachWord(folded, (at) => {
      if (folded.hasDigit(at) || (leftOut !== 0 && this.#patterns.traitsOf(at) & leftOut)) return true;
      name = count === 0 ? folded.token(at) : `${name} ${folded.token(at)}`;
      return ++count < MOST_NAME_TOKENS;
    });
    return name;
  }

  /** The tokens of two characters or more that are no legal forms, cities or statement words, until `visit` has had enough. */
  #eachWord(folded: FoldedText, visit: (at: number) => boolean): void {
    const { starts, ends, values, count } = this.#patterns;
    for (let at = 0, noiseUntil = 0, next = 0; at < folded.count; at++) {
      for (; next < count && starts[next]! <= at; next++) {
        if (values[next] === NOISE) noiseUntil = Math.max(noiseUntil, ends[next]!);
      }
      if (at >= noiseUntil && folded.lengthOf(at) >= 2 && !visit(at)) return;
    }
  }

  /**
   * Who a text may name, in a form that many owners share and that identifies no person: words as in `nameIn`, `#` for what has digits, `*`
   * for first names, the word behind them, and surnames. Empty when nothing else is left, or when all of it may be the name of a person.
   */
  maskedIn(text: string): string {
    if (this.namesPerson(text) && (this.#lookUp(text) & TRAITS.firstName) !== 0) return '';
    const folded = this.#search(text);
    const shown: string[] = [];
    let [hasWord, isBesideName] = [false, false];
    this.#eachWord(folded, (at) => {
      const isFirst = (this.#patterns.traitsOf(at) & TRAITS.firstName) !== 0;
      const isSurname = (this.#patterns.traitsOf(at) & TRAITS.surname) !== 0;
      const token = folded.hasDigit(at) ? '#' : isFirst || isSurname || isBesideName ? '*' : folded.token(at);
      isBesideName = isFirst && token === '*';
      hasWord ||= token.length > 1;
      if (token.length > 1 || shown.at(-1) !== token) shown.push(token);
      return shown.length < MOST_MASKED_TOKENS;
    });
    return hasWord ? shown.join(' ') : '';
  }

  namesTransfer(text: string): boolean {
    return (this.#lookUp(text) & TRAITS.beforePerson) !== 0;
  }

  namesPerson(text: string): boolean {
    return this.#isName(text) || this.#namesPersonAtAddress(text);
  }

  namesPersonInFull(text: string): boolean {
    return isFullName(this.#named(text));
  }

  hasKnownName(text: string): boolean {
    if (this.#lookUp(text) & (TRAITS.firstName | TRAITS.surname)) return true;
    const { count } = this.#text;
    for (let at = 0; at < count; at++) if (this.#text.lengthOf(at) === 1) return true;
    return false;
  }

  #isName(text: string): boolean {
    const named = this.#named(text);
    return isName(text, named.folded.count, named);
  }

  /** A name with a first name in it, then where its bearer lives. */
  #namesPersonAtAddress(text: string): boolean {
    const name = this.#people.beforeAddress(text);
    return name !== text && name !== '' && (this.#lookUp(name) & TRAITS.firstName) !== 0 && this.#isName(name);
  }

  #named(text: string): NamedText {
    this.#lookUp(text);
    return { text, folded: this.#text, traitsOf: (at) => this.#patterns.traitsOf(at) };
  }
}

function setOf(tokens: readonly number[]): ReadonlySet<number> {
  return tokens.length === 0 ? NONE : new Set(tokens);
}
