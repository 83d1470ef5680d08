/** Whether a text is one pattern and hardly anything else: a bare title, or a name as terminals print it. */
import type { FoldedText } from './matching/folding.ts';
import type { Patterns } from './matching/pattern-index.ts';
import { NOISE, TRAITS } from './prepared-rules.ts';

/** Descriptors of cards are short. */
const MOST_TOKENS = 8;
const LOWER_CASE = /\p{Ll}/u;

export type Standing = {
  /** Whether nothing but numbers and months is behind the pattern that the text begins with: "Internet 11/2026". */
  readonly isAlone: boolean;
  /** Whether the text is in capitals, and at most numbers, cities and words of statements are behind it: "IBERIA 0752". */
  readonly isPrinted: boolean;
};

const AMONG_WORDS: Standing = { isAlone: false, isPrinted: false };

/** @param patterns what was found in the text last */
export function standingOf(text: string, folded: FoldedText, patterns: Patterns): Standing {
  const named = folded.count > MOST_TOKENS ? 0 : endOfFirst(patterns);
  if (named === 0) return AMONG_WORDS;
  const { count, starts, ends, values } = patterns;
  let noiseUntil = 0;
  let isAlone = true;
  for (let at = named, next = 0; at < folded.count; at++) {
    if (folded.hasDigit(at) || patterns.traitsOf(at) & TRAITS.month) continue;
    for (; next < count && starts[next]! <= at; next++) {
      if (values[next] === NOISE) noiseUntil = Math.max(noiseUntil, ends[next]!);
    }
    if (at >= noiseUntil) return AMONG_WORDS;
    isAlone = false;
  }
  const isOfPerson = (patterns.traitsOf(0) & (TRAITS.firstName | TRAITS.surname)) !== 0;
  return { isAlone, isPrinted: !isOfPerson && !LOWER_CASE.test(text) };
}

/** Where the longest pattern of a rule that the text begins with ends; 0 where there is none. */
function endOfFirst({ count, starts, ends, values }: Patterns): number {
  let end = 0;
  for (let at = 0; at < count && starts[at] === 0; at++) {
    if (values[at]! > NOISE) end = Math.max(end, ends[at]!);
  }
  return end;
}
