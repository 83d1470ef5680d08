/** Data that ended long before the day that is asked for: what an answer does not know it must say. */
import { type Day, formatDay } from '../values/day.ts';
import type { Explanation } from './explain.ts';

/** An account that is fed daily or weekly has newer data than this. */
export const STALE_AFTER_DAYS = 35;

/** How many days before a day the data ended, if it is old; undefined: it is not, or there is none. */
export function staleDays(dataTo: Day | null | undefined, asOf: Day): number | undefined {
  if (dataTo === null || dataTo === undefined) return undefined;
  const days = asOf - dataTo;
  return days > STALE_AFTER_DAYS ? days : undefined;
}

/** Each verdict says that its data is old; what does not apply says that newer data is missing. */
export function withStaleness<Told extends Explanation>(
  explanations: readonly Told[],
  dataTo: Day | null,
  asOf: Day,
): readonly Told[] {
  const days = staleDays(dataTo, asOf);
  if (days === undefined || dataTo === null) return explanations;
  const since = `data after ${formatDay(dataTo)}: it ends ${days} days before the day asked, what happened since is not known`;
  return explanations.map((explanation) => ({
    ...explanation,
    summary: `${explanation.summary} The data ends ${days} days before that day.`,
    missing: explanation.applies ? explanation.missing : [...explanation.missing, since],
  }));
}
