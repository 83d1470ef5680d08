/** Conditions that ask for at least so many rows, days or months: most are of this kind, and one walk over their rows finds all days. */

import type { Condition } from '../catalogue/definition.ts';
import type { Columns } from '../features/columns.ts';
import type { Day } from '../values/day.ts';

/** The days from `from` up to, not including, `to`. */
export type Span = { readonly from: Day; readonly to: Day };

/** The days on which such a condition holds, in ascending spans; undefined: the condition is of another kind. */
export function spansOfEnough({ feature, operator, low }: Condition, columns: Columns): Span[] | undefined {
  if (feature.of !== 'set' || (operator !== 'atLeast' && operator !== 'above')) return undefined;
  const { metric } = feature;
  if (metric !== 'count' && metric !== 'days' && metric !== 'months') return undefined;
  const least = operator === 'above' ? Math.floor(low) + 1 : Math.ceil(low);
  if (least < 1) return undefined;
  const rows = columns.rowsOf(feature.set);
  return spans(columns.daysOf(rows), columns.ranksOf(rows, metric), feature.window as number, least);
}

/**
 * While the last row before a day is `last`, its window holds enough as long as it reaches back to the latest row that is `least - 1`
 * ranks below. Rows to come only add: so the spans of all rows together are the days looked for.
 */
function spans(days: Int32Array, ranks: Int32Array, window: number, least: number): Span[] {
  const found: Span[] = [];
  let back = 0;
  let to = Number.NEGATIVE_INFINITY;
  for (let last = 0; last < days.length; last++) {
    const wanted = ranks[last]! - least + 1;
    if (wanted < 0) continue;
    while (back < last && ranks[back + 1]! <= wanted) back++;
    const from = Math.max(days[last]!, to);
    const end = days[back]! + window;
    if (from >= end) continue;
    found.push({ from, to: end });
    to = end;
  }
  return found;
}
