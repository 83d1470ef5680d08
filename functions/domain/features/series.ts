import type { Day } from '../values/day.ts';
import type { Fraction } from './sums.ts';

/** Values for days in ascending order. A series is walked once. */
export type Series = {
  /** The value on a day; null: there is none (an average of no rows). `lastSeen` of nothing is Infinity. */
  on(day: Day): number | null;
  /** The first day after the one last asked on which the value may be another. */
  nextChange(): Day;
  /** The last value that `on` gave, exactly; absent where that is a whole number already. It is asked after a value that is not null. */
  fraction?(): Fraction;
};

/** No later day changes anything. */
export const NEVER = Number.POSITIVE_INFINITY;
