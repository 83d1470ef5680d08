/** A rule as alternatives: lists of conditions, each of which must hold or must not. Where all of one list are so, the rule holds. */
import type { Condition, Rule } from '../catalogue/definition.ts';
import type { Columns } from '../features/columns.ts';
import type { Day } from '../values/day.ts';
import { holdsOn } from './explain.ts';

/** A condition, and whether it must hold. */
export type Literal = { readonly condition: Condition; readonly wanted: boolean };
export type Alternative = readonly Literal[];

/** A rule of many `any` in `all` has more alternatives than can be tried: the nearest are kept. */
const MOST_ALTERNATIVES = 16;

/**
 * At most `MOST_ALTERNATIVES`, those first of which least is missing; equal ones in the order of the rule.
 *
 * @param isMissing whether a condition is not as it must be
 */
export function alternativesOf(rule: Rule, isMissing: (literal: Literal) => boolean): Alternative[] {
  const missingOf = (alternative: Alternative) => alternative.filter(isMissing).length;
  const nearest = (alternatives: readonly Alternative[]) =>
    alternatives
      .map((alternative) => ({ alternative, missing: missingOf(alternative) }))
      .sort((a, b) => a.missing - b.missing)
      .slice(0, MOST_ALTERNATIVES)
      .map(({ alternative }) => alternative);
  const expand = (part: Rule, wanted: boolean): Alternative[] => {
    if (part.kind === 'condition') return [[{ condition: part.condition, wanted }]];
    if (part.kind === 'not') return expand(part.rule, !wanted);
    const inner = part.rules.map((each) => expand(each, wanted));
    // What is not all of them is one of them that does not hold, and the other way round.
    if ((part.kind === 'any') === wanted) return nearest(inner.flat());
    return inner.reduce<Alternative[]>(
      (before, next) => nearest(before.flatMap((left) => next.flatMap((right) => both(left, right) ?? []))),
      [[]],
    );
  };
  return nearest(expand(rule, true));
}

export function isAsWanted({ condition, wanted }: Literal, columns: Columns, day: Day): boolean {
  return holdsOn(condition, columns, day) === wanted;
}

/** Both together, each condition once; undefined: one asks for what the other forbids. */
function both(left: Alternative, right: Alternative): Alternative[] | undefined {
  const known = new Map(left.map(({ condition, wanted }) => [condition.key, wanted]));
  if (right.some(({ condition, wanted }) => known.get(condition.key) === !wanted)) return undefined;
  return [[...left, ...right.filter(({ condition }) => !known.has(condition.key))]];
}
