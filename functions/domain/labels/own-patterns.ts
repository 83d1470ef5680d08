/** Patterns of a client's own rules: what tokens they are, and what of them cannot be looked for. */
import { tokensOf } from './matching/folding.ts';
import { NODE_HEAD } from './matching/pattern-index.ts';

/** The tokens of a pattern, folded; those that match all that start so end in `*`. */
export function stepsOf(pattern: string): string[] {
  return pattern.split(/\s+/).flatMap((word) => {
    const tokens = tokensOf(word);
    const last = tokens.pop();
    return last === undefined ? [] : [...tokens, word.endsWith('*') ? `${last}*` : last];
  });
}

/** Letters before a `*` at least, and in a word without a break at most. */
const SHORTEST_BEGINNING = 3;
const LONGEST_TOKEN = 63;
/** Words with a `*` and the same start: all of them are compared with a text that starts so, too. */
const MOST_ALIKE = 500;

const TOO_SHORT = `must have ${SHORTEST_BEGINNING} letters before a * at least`;

/** What is wrong with a pattern, or undefined. */
export function patternFault(pattern: string): string | undefined {
  if (pattern.split(/\s+/).some((word) => /\*./.test(word))) return 'must have a * at the end of a word only';
  const steps = stepsOf(pattern);
  if (pattern.split(/\s+/).some((word) => word.endsWith('*') && tokensOf(word).length === 0)) return TOO_SHORT;
  if (steps.length === 0) return 'must contain a letter or a digit';
  const long = steps.find((step) => step.replace('*', '').length > LONGEST_TOKEN);
  if (long !== undefined) return `must not have more than ${LONGEST_TOKEN} letters in a row`;
  const short = steps.find((step) => step.endsWith('*') && step.length <= SHORTEST_BEGINNING);
  return short === undefined ? undefined : TOO_SHORT;
}

/** What of all patterns together would make them slow to look for, or undefined. */
export function patternsFault(patterns: Iterable<string>): string | undefined {
  const behind = new Map<string, Set<string>>();
  for (const pattern of patterns) {
    let before = '';
    for (const step of stepsOf(pattern)) {
      const isBeginning = step.endsWith('*');
      // The first words are looked up, those behind them are searched among all that follow the same.
      const group = isBeginning && before === '' ? `${step.slice(0, SHORTEST_BEGINNING)}…` : before;
      const key = `${isBeginning ? '*' : ''} ${group}`;
      const steps = behind.get(key) ?? new Set();
      behind.set(key, steps.add(step));
      before = before === '' ? step : `${before} ${step}`;
      const most = isBeginning ? MOST_ALIKE : group === '' ? Number.POSITIVE_INFINITY : NODE_HEAD.mostExact;
      if (steps.size > most) {
        return `must not have more than ${most} words ${isBeginning ? 'with a * ' : ''}that begin with "${group}"`;
      }
    }
  }
  return undefined;
}
