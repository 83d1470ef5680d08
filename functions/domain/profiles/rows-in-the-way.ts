/** The fewest past transactions without which a profile would apply on a day, where nothing else is missing. */
import { type Columns, columnsOf } from '../features/columns.ts';
import type { Day } from '../values/day.ts';
import { type Alternative, isAsWanted, type Literal } from './alternatives.ts';
import { type DerivationInput, deriveProfiles, rowsReadFor } from './derive.ts';
import { rowsBehind } from './explain.ts';
import { fewest } from './least-addition.ts';
import type { Tries } from './tries.ts';

/**
 * @param input with the one definition that is asked for
 * @param columns of the rows that a derivation for the day reads
 * @returns indices into the rows of `columns`, ascending; none: there are no such rows. Tried by deriving again
 */
export function rowsInTheWay(
  input: DerivationInput,
  alternative: Alternative,
  day: Day,
  columns: Columns,
  tries: Tries,
): readonly number[] {
  const rowsBut = <Row>(rows: readonly Row[], gone: ReadonlySet<number>) => rows.filter((_, index) => !gone.has(index));
  const isMetWithout = (literal: Literal, gone: ReadonlySet<number>) =>
    tries.look(columns.rows.length) &&
    isAsWanted(literal, columnsOf(rowsBut(columns.rows, gone), columns.dataFrom, input.catalogue), day);
  let gone: ReadonlySet<number> = new Set();
  for (const literal of alternative) {
    if (isMetWithout(literal, gone)) continue;
    const groups = groupsBehind(literal, columns, day);
    const goneWith = (count: number) => new Set([...gone, ...groups.slice(0, count).flat()]);
    const enough = fewest(groups.length, (count) => isMetWithout(literal, goneWith(count)));
    if (enough === undefined) return [];
    gone = goneWith(enough);
  }
  if (gone.size === 0 || !tries.derive(columns.rows.length)) return [];
  const applies = deriveProfiles({ ...input, rows: rowsBut(rowsReadFor(input.rows, day), gone) }, day).length > 0;
  return applies ? [...gone].sort((a, b) => a - b) : [];
}

/** Rows that count together, those that are to go first before others: a month is gone when all its rows are. */
function groupsBehind({ condition: { feature } }: Literal, columns: Columns, day: Day): number[][] {
  if (feature.of === 'owner') return [];
  const isShare = feature.metric === 'share' || feature.metric === 'netShare';
  const rows = rowsBehind({ ...feature, metric: isShare ? 'share' : 'count' }, columns, day);
  const by = (name: (index: number) => unknown) =>
    [...Map.groupBy(rows, name).values()].sort((a, b) => a.length - b.length);
  const nameOf = (index: number) => columns.rows[index]!.party.name;
  const sizeOf = (index: number) => Math.abs(columns.cents[index]!);
  const alone = (index: number) => [index];
  switch (feature.metric) {
    case 'months':
      return by((index) => columns.month[index]);
    case 'days':
      return by((index) => columns.day[index]);
    case 'parties':
      return by(nameOf).filter(([index]) => nameOf(index!) !== '');
    case 'count':
      return rows.map(alone);
    case 'lastSeen':
      return [...rows].reverse().map(alone);
    default:
      return [...rows].sort((a, b) => sizeOf(b) - sizeOf(a)).map(alone);
  }
}
