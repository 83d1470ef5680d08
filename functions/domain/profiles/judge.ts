/**
 * From features to profiles, for a span of days at once.
 *
 * A profile applies on day D when there is a day E among the last `hold` days (D included) on which `enter` held, and `stay` held on every
 * day from E to D. So the verdicts of every condition are wanted for the days before D (whether it applies) and for those after it (when
 * that ends). They are stored as bits, one for each day, because a condition changes on few of them.
 */

import {
  type Condition,
  type Definition,
  LONGEST_HOLD,
  LONGEST_WINDOW,
  meets,
  type Rule,
} from '../catalogue/definition.ts';
import type { Columns } from '../features/columns.ts';
import { seriesOf, totalOf } from '../features/feature-series.ts';
import type { Day } from '../values/day.ts';
import { spansOfEnough } from './days-at-least.ts';

/**
 * After this many days without new rows nothing changes any more: the longest window is empty and every threshold on history
 * is passed after 365, and another 60 days end every hold.
 */
export const HORIZON = LONGEST_WINDOW + LONGEST_HOLD + 1;

/** One bit for each day of a span. */
export type DayBits = { readonly first: Day; readonly length: number; readonly words: Uint32Array };

export type Verdicts = {
  readonly definition: Definition;
  readonly enter: DayBits;
  readonly stay: DayBits;
};

/**
 * Verdicts of `enter` and `stay` of each definition for the days `first` to `last`. A day with less history than the
 * definition needs is not judged: neither holds.
 */
export function judge(definitions: readonly Definition[], columns: Columns, first: Day, last: Day): Verdicts[] {
  const length = last - first + 1;
  const never: DayBits = { first, length, words: new Uint32Array((length + 31) >>> 5) };
  const known = new Map<string, DayBits>();
  const bitsOf = (condition: Condition): DayBits => {
    const seen = known.get(condition.key);
    if (seen) return seen;
    const bits = isOutOfReach(condition, columns) ? never : conditionBits(condition, columns, first, length);
    known.set(condition.key, bits);
    return bits;
  };
  const ofHistory = new Map<number, DayBits>();
  const judgedFrom = (history: number): DayBits => {
    const bits = ofHistory.get(history) ?? historyBits(history, columns, first, length);
    ofHistory.set(history, bits);
    return bits;
  };
  return definitions.map((definition) => {
    const judged = judgedFrom(definition.history);
    const enter = and(ruleBits(definition.enter, bitsOf), judged);
    // Who never enters has nothing to keep.
    if (definition.stay === definition.enter || isEmpty(enter)) return { definition, enter, stay: enter };
    return { definition, enter, stay: and(ruleBits(definition.stay, bitsOf), judged) };
  });
}

/** The last day on which `enter` held and which still counts on a day; undefined where the profile does not apply. */
export function enteredOn({ definition, enter, stay }: Verdicts, day: Day): Day | undefined {
  const earliest = Math.max(enter.first, day - definition.hold + 1);
  for (let at = day; at >= earliest && has(stay, at); at--) if (has(enter, at)) return at;
  return undefined;
}

/** The first day after `day` on which the profile applies if it does not on `day`, or the other way; undefined: none is known. */
export function changeAfter(verdict: Verdicts, day: Day): Day | undefined {
  const { definition, enter, stay } = verdict;
  let entered = enteredOn(verdict, day);
  const applies = entered !== undefined;
  const last = enter.first + enter.length - 1;
  for (let at = day + 1; at <= last; at++) {
    if (!has(stay, at)) entered = undefined;
    else if (has(enter, at)) entered = at;
    else if (entered !== undefined && entered <= at - definition.hold) entered = undefined;
    if ((entered !== undefined) !== applies) return at;
  }
  return undefined;
}

/** Whether a bit is set. */
export function has(bits: DayBits, day: Day): boolean {
  const at = day - bits.first;
  return (bits.words[at >>> 5]! & (1 << (at & 31))) !== 0;
}

function conditionBits(condition: Condition, columns: Columns, first: Day, length: number): DayBits {
  const words = new Uint32Array((length + 31) >>> 5);
  const end = first + length;
  const spans = spansOfEnough(condition, columns);
  if (spans) {
    for (const { from, to } of spans) fill(words, Math.max(from, first) - first, Math.min(to, end) - first);
    return { first, length, words };
  }
  const series = seriesOf(condition.feature, columns);
  let since = first;
  let verdict = false;
  for (let day = first; day < end; ) {
    const next = meets(condition, series.on(day), series.fraction);
    if (next !== verdict) {
      if (verdict) fill(words, since - first, day - first);
      verdict = next;
      since = day;
    }
    day = series.nextChange();
  }
  if (verdict) fill(words, since - first, length);
  return { first, length, words };
}

/** Three rows never make four months, nor 50 euros 60: most conditions are settled by all the rows that their set has. */
function isOutOfReach({ feature, operator, low }: Condition, columns: Columns): boolean {
  if (feature.of !== 'set' || (operator !== 'atLeast' && operator !== 'above' && operator !== 'between')) return false;
  switch (feature.metric) {
    case 'lastSeen':
      return false;
    case 'total':
      return totalOf(feature.set, columns) < low;
    case 'average':
    case 'largest':
    case 'share':
    case 'netShare':
      return low > 0 && columns.rowsOf(feature.set).length === 0;
    default:
      return columns.rowsOf(feature.set).length < low;
  }
}

/** The first day on which a definition that needs so many days of data is judged; undefined: there is no data. */
export function firstJudgedDay(history: number, dataFrom: Day | null): Day | undefined {
  return dataFrom === null ? undefined : dataFrom + Math.max(history, 1) - 1;
}

function historyBits(needed: number, columns: Columns, first: Day, length: number): DayBits {
  const words = new Uint32Array((length + 31) >>> 5);
  const judgedFrom = firstJudgedDay(needed, columns.dataFrom);
  if (judgedFrom !== undefined) {
    const at = Math.max(0, judgedFrom - first);
    if (at < length) fill(words, at, length);
  }
  return { first, length, words };
}

function ruleBits(rule: Rule, bitsOf: (condition: Condition) => DayBits): DayBits {
  if (rule.kind === 'condition') return bitsOf(rule.condition);
  if (rule.kind === 'not') {
    const bits = ruleBits(rule.rule, bitsOf);
    return { ...bits, words: bits.words.map((word) => ~word) };
  }
  let bits: DayBits | undefined;
  for (const inner of rule.rules) {
    const next = ruleBits(inner, bitsOf);
    bits = bits === undefined ? next : rule.kind === 'all' ? and(bits, next) : or(bits, next);
    if (rule.kind === 'all' && isEmpty(bits)) break;
  }
  return bits as DayBits;
}

/** Whether no bit is set. */
export function isEmpty({ words }: DayBits): boolean {
  for (let at = 0; at < words.length; at++) if (words[at] !== 0) return false;
  return true;
}

function and(a: DayBits, b: DayBits): DayBits {
  const words = new Uint32Array(a.words.length);
  for (let at = 0; at < words.length; at++) words[at] = a.words[at]! & b.words[at]!;
  return { first: a.first, length: a.length, words };
}

function or(a: DayBits, b: DayBits): DayBits {
  const words = new Uint32Array(a.words.length);
  for (let at = 0; at < words.length; at++) words[at] = a.words[at]! | b.words[at]!;
  return { first: a.first, length: a.length, words };
}

/** Sets the bits from `start` up to, not including, `end`. */
export function fill(words: Uint32Array, start: number, end: number): void {
  for (let at = start; at < end; ) {
    const bit = at & 31;
    const count = Math.min(32 - bit, end - at);
    const mask = count === 32 ? 0xffffffff : ((1 << count) - 1) << bit;
    words[at >>> 5]! |= mask;
    at += count;
  }
}
