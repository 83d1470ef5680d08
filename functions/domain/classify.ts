/**
 * From features to profiles, for a span of days at once.
 *
 * A profile applies on day D when there is a day E among the last `hold` days (D included) on which `enter` held, and `stay`
 * held on every day from E to D. So the verdicts of every condition are wanted for the days before D (whether it applies) and
 * for those after it (when that ends). They stand as bits, one for each day, because a condition changes on few of them.
 */
import type { Columns } from './columns.ts';
import type { Day } from './day.ts';
import { type Condition, type Definition, LONGEST_HOLD, LONGEST_WINDOW, meets, type Rule } from './definition.ts';
import { featureKey } from './feature.ts';
import { seriesOf } from './series.ts';

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
  const known = new Map<string, DayBits>();
  const bitsOf = (condition: Condition): DayBits => {
    const key = `${featureKey(condition.feature)} ${condition.operator} ${condition.low} ${condition.high}`;
    const bits = known.get(key) ?? conditionBits(condition, columns, first, length);
    known.set(key, bits);
    return bits;
  };
  return definitions.map((definition) => {
    const judged = historyBits(definition.history, columns, first, length);
    const enter = and(ruleBits(definition.enter, bitsOf), judged);
    const stay = definition.stay === definition.enter ? enter : and(ruleBits(definition.stay, bitsOf), judged);
    return { definition, enter, stay };
  });
}

/** For each day from `from` on: the last day on which `enter` held and which still counts; undefined where the profile does not apply. */
export function* enteredOn({ definition, enter, stay }: Verdicts, from: Day): Generator<Day | undefined> {
  const last = enter.first + enter.length - 1;
  let entered: Day | undefined;
  for (let day = enter.first; day <= last; day++) {
    if (!has(stay, day)) entered = undefined;
    else if (has(enter, day)) entered = day;
    if (day >= from) yield entered !== undefined && entered > day - definition.hold ? entered : undefined;
  }
}

/** Whether a bit is set. */
export function has(bits: DayBits, day: Day): boolean {
  const at = day - bits.first;
  return ((bits.words[at >>> 5] as number) & (1 << (at & 31))) !== 0;
}

function conditionBits(condition: Condition, columns: Columns, first: Day, length: number): DayBits {
  const words = new Uint32Array((length + 31) >>> 5);
  const series = seriesOf(condition.feature, columns);
  const end = first + length;
  for (let day = first; day < end; ) {
    const verdict = meets(condition, series.on(day));
    const next = Math.min(series.nextChange(), end);
    if (verdict) fill(words, day - first, next - first);
    day = next;
  }
  return { first, length, words };
}

function historyBits(needed: number, columns: Columns, first: Day, length: number): DayBits {
  const words = new Uint32Array((length + 31) >>> 5);
  if (columns.dataFrom !== null) {
    const judgedFrom = columns.dataFrom + Math.max(needed, 1) - 1;
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
  const combine = rule.kind === 'all' ? and : or;
  return rule.rules.map((inner) => ruleBits(inner, bitsOf)).reduce(combine);
}

function and(a: DayBits, b: DayBits): DayBits {
  return { ...a, words: a.words.map((word, index) => word & (b.words[index] as number)) };
}

function or(a: DayBits, b: DayBits): DayBits {
  return { ...a, words: a.words.map((word, index) => word | (b.words[index] as number)) };
}

function fill(words: Uint32Array, start: number, end: number): void {
  for (let at = start; at < end; ) {
    const bit = at & 31;
    const count = Math.min(32 - bit, end - at);
    const mask = count === 32 ? 0xffffffff : ((1 << count) - 1) << bit;
    words[at >>> 5] = (words[at >>> 5] as number) | mask;
    at += count;
  }
}
