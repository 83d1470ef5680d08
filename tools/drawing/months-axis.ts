/** A row of months as the horizontal axis of a picture. */
import { type Day, firstDayOf, formatDay, monthOf } from '../../functions/domain/values/day.ts';
import { line, text } from './svg.ts';

export type Axis = { readonly first: Day; readonly last: Day; readonly left: number; readonly right: number };

export const placeOn = ({ first, last, left, right }: Axis) => {
  const perDay = (right - left) / (last - first + 1);
  return (day: Day) => Math.round((left + (day - first) * perDay) * 10) / 10;
};

/** Months with their names below, from `top` to `bottom`. */
export function months(axis: Axis, top: number, bottom: number): string[] {
  const at = placeOn(axis);
  const all = Array.from({ length: monthOf(axis.last) - monthOf(axis.first) + 1 }, (_, n) => monthOf(axis.first) + n);
  return all.flatMap((month) => {
    const day = firstDayOf(month);
    if (day < axis.first) return [];
    return [line(at(day), top, at(day), bottom, 'axis'), text(at(day) + 2, bottom + 13, nameOf(day), 'small')];
  });
}

/** The year for January, else `Feb`. */
function nameOf(day: Day): string {
  const [year = '', month = ''] = formatDay(day).split('-');
  const name = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')[Number(month) - 1] ?? '';
  return name === 'Jan' ? year : name;
}
