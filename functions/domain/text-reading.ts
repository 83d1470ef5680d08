/**
 * What can be read in a text by itself: its tokens, the patterns in it, a name, a person, a place. Banks print the same texts again
 * and again, so readings are remembered.
 */
import { type Place, placeIn } from './abroad.ts';
import { tokensOf } from './folding.ts';
import type { Match, Patterns } from './patterns.ts';

export type Reading<Value> = {
  readonly tokens: readonly string[];
  readonly matches: readonly Match<Value>[];
  /** What is left without legal forms, cities, statement words and numbers. */
  readonly name: string;
  readonly isPerson: boolean;
  readonly place: Place;
};

/** Texts remembered at most; then all are forgotten, which costs little and keeps memory flat. */
const MOST_REMEMBERED = 20_000;
const MOST_NAME_TOKENS = 4;
const LONGEST_PERSON = 4;

const LEGAL_FORMS: ReadonlySet<string> = new Set(
  (
    'sp sa s a z o zoo sro spol srl sl slu lda uab ab mb as sia ou oy gmbh ag kg se ltd plc llc inc bv nv ' +
    'bank banka banco'
  ).split(' '),
);

/** A reader of texts. `noise` are patterns that name nobody. */
export function openReader<Value>(patterns: Patterns<Value>, noise: Patterns<true>): (text: string) => Reading<Value> {
  const remembered = new Map<string, Reading<Value>>();
  return (text) => {
    const known = remembered.get(text);
    if (known) return known;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    const reading = read(text, patterns, noise);
    remembered.set(text, reading);
    return reading;
  };
}

function read<Value>(text: string, patterns: Patterns<Value>, noise: Patterns<true>): Reading<Value> {
  const tokens = tokensOf(text);
  let name: string | undefined;
  let isPerson: boolean | undefined;
  let place: Place | undefined;
  return {
    tokens,
    matches: patterns.find(tokens),
    get name() {
      name ??= nameIn(tokens, noise);
      return name;
    },
    get isPerson() {
      isPerson ??= namesPerson(text, tokens);
      return isPerson;
    },
    get place() {
      place ??= placeIn(text);
      return place;
    },
  };
}

function nameIn(tokens: readonly string[], noise: Patterns<true>): string {
  const isNoise = new Set<number>();
  for (const { start, end } of noise.find(tokens)) for (let at = start; at < end; at++) isNoise.add(at);
  const telling = tokens.filter((token, at) => !isNoise.has(at) && !/\d/.test(token) && token.length > 1);
  return telling.slice(0, MOST_NAME_TOKENS).join(' ');
}

/** Two to four words, none with a digit, each with a capital letter, and no legal form. */
function namesPerson(text: string, tokens: readonly string[]): boolean {
  if (tokens.length < 2 || tokens.length > LONGEST_PERSON) return false;
  const words = text.trim().split(/\s+/);
  return words.every((word) => /^\p{Lu}[\p{L}.'-]*$/u.test(word)) && !tokens.some((token) => LEGAL_FORMS.has(token));
}
