/**
 * How near an owner is to being judged otherwise: by which share of themselves the thresholds of a rule would have to be moved.
 *
 * Of `all`, the condition that fails by most decides while one fails, and the one that only just holds once all do; of `any` the
 * other way round; `not` turns the verdict and leaves the distance.
 */
import type { Condition, Definition, Rule } from '../catalogue/definition.ts';
import type { Columns } from '../features/columns.ts';
import type { Unit } from '../features/feature.ts';
import type { Day } from '../values/day.ts';
import { judgedOn } from './explain.ts';

/** The condition that decides a rule. */
export type Margin = {
  /** Whether the rule holds. */
  readonly holds: boolean;
  /** From the value to the threshold as a share of the threshold; of a threshold of 0 in its own unit. Infinite without a value. */
  readonly distance: number;
  readonly condition: Condition;
  /** In the unit of the condition's feature. */
  readonly value: number | null;
};

/** Margins of what definitions ask for to be entered, for one owner on one day. */
export function openMargins(columns: Columns, day: Day): (definition: Pick<Definition, 'enter'>) => Margin {
  const known = new Map<string, Margin>();
  const ofCondition = (condition: Condition): Margin => {
    const margin = known.get(condition.key) ?? conditionMargin(condition, columns, day);
    known.set(condition.key, margin);
    return margin;
  };
  return ({ enter }) => ruleMargin(enter, ofCondition);
}

function ruleMargin(rule: Rule, ofCondition: (condition: Condition) => Margin): Margin {
  if (rule.kind === 'condition') return ofCondition(rule.condition);
  if (rule.kind === 'not') {
    const inner = ruleMargin(rule.rule, ofCondition);
    return { ...inner, holds: !inner.holds };
  }
  const margins = rule.rules.map((inner) => ruleMargin(inner, ofCondition));
  // One that fails decides `all`, one that holds decides `any`.
  const decisive = rule.kind === 'any';
  const deciding = margins.filter(({ holds }) => holds === decisive);
  return deciding.length > 0 ? extreme(deciding, 1) : extreme(margins, -1);
}

/** The first of the farthest, or of the nearest. */
function extreme(margins: readonly Margin[], direction: 1 | -1): Margin {
  return margins.reduce((best, next) => (direction * (next.distance - best.distance) > 0 ? next : best));
}

function conditionMargin(condition: Condition, columns: Columns, day: Day): Margin {
  const { value, verdict: holds } = judgedOn(condition, columns, day);
  return {
    holds,
    distance: value === null ? Number.POSITIVE_INFINITY : distanceTo(condition, value, holds, condition.feature.unit),
    condition,
    value,
  };
}

function distanceTo({ operator, low, high }: Condition, value: number, holds: boolean, unit: Unit): number {
  const fromLow = shareOf(low, Math.abs(value - low), unit);
  if (operator !== 'between') return fromLow;
  const fromHigh = shareOf(high, Math.abs(value - high), unit);
  if (holds) return Math.min(fromLow, fromHigh);
  return value < low ? fromLow : fromHigh;
}

function shareOf(threshold: number, difference: number, unit: Unit): number {
  return difference / (Math.abs(threshold) || (unit === 'money' ? CENTS : 1));
}

const CENTS = 100;
