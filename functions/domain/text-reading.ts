/**
 * What can be read in a text by itself: the patterns in it, a name, a person. Banks print the same texts again and again,
 * so readings are remembered.
 */
import type { CompiledRule } from './compiled-rule.ts';
import { FoldedText, hashOf } from './folding.ts';
import type { Meaning } from './meaning.ts';
import { Memory } from './memory.ts';
import type { Patterns } from './patterns.ts';
import { NOISE, type OpenedRules, openRules, type PreparedRules, TRAITS } from './prepared-rules.ts';
import { openStreets, type Streets } from './streets.ts';

/** Where a rule's pattern was found: tokens `start` up to, not including, `end`. */
export type Match = { readonly start: number; readonly end: number; readonly value: CompiledRule };

/** Texts remembered at most. */
const MOST_REMEMBERED = 8_192;
const MOST_NAME_TOKENS = 4;
const LONGEST_PERSON = 4;

const NO_MATCHES: readonly Match[] = [];
const NONE: readonly number[] = [];

export class Reading {
  readonly text: string;
  /** Number of tokens. */
  readonly length: number;
  readonly matches: readonly Match[];
  /** Numbers of the clues in it: what rules want or forbid beside their patterns. */
  readonly clues: readonly number[];
  /** Tokens that are the name of a street or a square; looked for where there are words that might name one. */
  readonly streets: readonly number[];
  /** Whether a rule in it asks for an amount. */
  readonly dependsOnAmount: boolean;
  readonly #reader: TextReader;
  #name: string | undefined;
  #isPerson: boolean | undefined;
  #isFullName: boolean | undefined;

  constructor(
    reader: TextReader,
    text: string,
    length: number,
    matches: readonly Match[],
    clues: readonly number[],
    streets: readonly number[],
    dependsOnAmount: boolean,
  ) {
    this.text = text;
    this.length = length;
    this.matches = matches;
    this.clues = clues;
    this.streets = streets;
    this.dependsOnAmount = dependsOnAmount;
    this.#reader = reader;
    this.#name = undefined;
    this.#isPerson = undefined;
    this.#isFullName = undefined;
  }

  /** What is left without legal forms, cities, statement words and numbers. */
  get name(): string {
    this.#name ??= this.#reader.nameIn(this.text);
    return this.#name;
  }

  get isPerson(): boolean {
    this.#isPerson ??= this.#reader.namesPerson(this.text) || this.#reader.namesPersonAtAddress(this.text);
    return this.#isPerson;
  }

  /** A person by the first name: the last word is a surname, whatever trade they name. */
  get isFullName(): boolean {
    this.#isFullName ??= this.#reader.namesPersonInFull(this.text);
    return this.#isFullName;
  }
}

export class TextReader {
  readonly #text = new FoldedText();
  readonly #patterns: Patterns;
  readonly #rules: OpenedRules;
  readonly #streets: Streets;
  readonly #beforeAddress: RegExp;
  readonly #remembered = new Memory<string, Reading>(MOST_REMEMBERED, (text, other) => text === other);

  constructor(rules: PreparedRules, meaning: Meaning) {
    this.#rules = openRules(rules, meaning);
    this.#patterns = this.#rules.patterns;
    this.#streets = openStreets(rules.names);
    this.#beforeAddress = new RegExp(`[,;\\d]|\\s(${rules.names.streets.beforeAddress.join('|')})\\b`, 'i');
  }

  /** For texts that come again: parties, kinds. */
  remembered(text: string): Reading {
    const hash = hashOf(text);
    const known = this.#remembered.get(hash, text);
    if (known) return known;
    const reading = this.once(text);
    this.#remembered.set(hash, text, reading);
    return reading;
  }

  /** For texts that mostly do not come again: titles. */
  once(text: string): Reading {
    const [folded, patterns] = [this.#text.read(text), this.#patterns];
    patterns.find(folded);
    let matches: Match[] | undefined;
    let clues: number[] | undefined;
    let hasWords = false;
    let dependsOnAmount = false;
    for (let at = 0; at < patterns.count; at++) {
      const number = patterns.values[at] as number;
      if (number === NOISE) continue;
      if (number < 0) {
        clues ??= [];
        clues.push(-1 - number);
        continue;
      }
      const value = this.#rules.ruleOf(number);
      matches ??= [];
      matches.push({ start: patterns.starts[at] as number, end: patterns.ends[at] as number, value });
      hasWords ||= value.family === 'word' || value.family === 'weak';
      dependsOnAmount ||= value.dependsOnAmount;
    }
    const streets = hasWords ? this.#streets(folded, patterns) : NONE;
    return new Reading(this, text, folded.count, matches ?? NO_MATCHES, clues ?? NONE, streets, dependsOnAmount);
  }

  nameIn(text: string): string {
    const folded = this.#text.read(text);
    this.#patterns.find(folded);
    const { starts, ends, values, count } = this.#patterns;
    let name = '';
    let told = 0;
    for (let at = 0, noiseUntil = 0, next = 0; at < folded.count && told < MOST_NAME_TOKENS; at++) {
      for (; next < count && (starts[next] as number) <= at; next++) {
        if (values[next] === NOISE) noiseUntil = Math.max(noiseUntil, ends[next] as number);
      }
      if (at < noiseUntil || folded.lengthOf(at) < 2 || folded.hasDigit(at)) continue;
      name = told++ === 0 ? folded.token(at) : `${name} ${folded.token(at)}`;
    }
    return name;
  }

  /** Two to four words, none with a digit, each with a capital letter, and no legal form; an initial may stand first. */
  namesPerson(text: string): boolean {
    const folded = this.#text.read(text);
    const { count } = folded;
    if (count < 2 || count > LONGEST_PERSON) return false;
    this.#patterns.lookUp(folded);
    for (let at = 0; at < count; at++) {
      const isInitial = at === 0 && count === 2 && folded.lengthOf(0) === 1;
      if (this.#patterns.traitsOf(at) & TRAITS.legalForm && !isInitial) return false;
    }
    return text
      .trim()
      .split(/\s+/)
      .every((word) => /^\p{Lu}[\p{L}.'-]*$/u.test(word));
  }

  /** One or two first names, and one word more. */
  namesPersonInFull(text: string): boolean {
    const folded = this.#text.read(text);
    if (folded.count !== 2 && folded.count !== 3) return false;
    this.#patterns.lookUp(folded);
    for (let at = 0; at < folded.count - 1; at++) {
      if (!(this.#patterns.traitsOf(at) & TRAITS.firstName)) return false;
    }
    return this.namesPerson(text);
  }

  /** "JAN KOWALSKI UL. DLUGA 5": a full name, then where its bearer lives. */
  namesPersonAtAddress(text: string): boolean {
    const end = text.search(this.#beforeAddress);
    if (end <= 0) return false;
    const name = text.slice(0, end);
    return (this.#patterns.lookUp(this.#text.read(name)) & TRAITS.firstName) !== 0 && this.namesPerson(name);
  }
}
