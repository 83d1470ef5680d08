/**
 * The value of a feature on one day after another. A window slides over the rows of the feature's set; rows enter and leave it, and between
 * two such days the value does not change, so that a span of 500 days costs what its rows cost.
 */

import { countUpTo, type Day } from '../values/day.ts';
import { type Columns, numbersOf } from './columns.ts';
import type { Feature, LabelSet, SetMetric, SpecialSet } from './feature.ts';
import { NEVER, type Series } from './series.ts';
import type { Fraction } from './sums.ts';
import { netShare, numberOf, ratio, savingsRate, sumOf } from './window-sums.ts';

export function seriesOf(feature: Feature, columns: Columns): Series {
  if (feature.of === 'set') {
    const rows = columns.rowsOf(feature.set);
    const window = feature.window as number;
    if (feature.metric === 'total') return sumOf(rows, window, columns);
    if (feature.metric === 'share') {
      const debits = rows.filter((index) => columns.cents[index]! < 0);
      return ratio(sumOf(debits, window, columns), sumOf(columns.rowsOf('spending'), window, columns));
    }
    if (feature.metric === 'netShare') return netShare(rows, window, columns);
    return sliding(rows, window, columns, ACCUMULATORS[feature.metric](rows, columns));
  }
  const window = feature.window ?? 0;
  switch (feature.metric) {
    case 'history':
      return history(columns);
    case 'savingsRate':
      return savingsRate(window, columns);
    case 'weekendShare':
      return ratio(
        numberOf(columns.weekendSpending, window, columns),
        numberOf(columns.rowsOf('spending'), window, columns),
      );
    case 'monthStartShare':
      return ratio(
        sumOf(columns.monthStartSpending, window, columns),
        sumOf(columns.rowsOf('spending'), window, columns),
      );
    case 'foreignCountries':
      return countries(columns, window);
    case 'foreignCurrencies':
      return foreignCurrencies(columns, window);
    case 'recurringStreams': {
      const { streams } = columns;
      return sliding(streams, window, columns, distinct(columns.partiesOf(streams)));
    }
    case 'regularIncomeMonths': {
      const { regularIncome } = columns;
      return sliding(regularIncome, window, columns, ACCUMULATORS.months(regularIncome, columns));
    }
  }
}

/** The sum of all amounts of a set, in EUR cents: no window holds more. */
export function totalOf(set: SpecialSet | LabelSet, columns: Columns): number {
  const rows = columns.rowsOf(set);
  return columns.sumsOf(rows).between(0, rows.length);
}

/** Positions (into the rows of the set) that are in the window of a day: from `start` up to, not including, `end`. */
export function windowOf(
  rows: readonly number[],
  window: number,
  columns: Columns,
  day: Day,
): { start: number; end: number } {
  const numberUpTo = (last: Day) => countUpTo(last, rows.length, (at) => columns.day[rows[at]!]!);
  return { start: numberUpTo(day - window), end: numberUpTo(day) };
}

/** What a window holds, kept up to date as rows enter and leave. */
type Accumulator = {
  /** Absent where the ends of the window say it all. */
  enter?(position: number): void;
  leave?(position: number): void;
  /** @param start first position inside, @param end first position behind */
  value(start: number, end: number, day: Day): number | null;
  /** The value exactly, where it is no whole number. */
  fraction?(start: number, end: number): Fraction;
  /** Whether the value moves with the day alone. */
  readonly daily?: boolean;
};

function sliding(rows: readonly number[], window: number, columns: Columns, accumulator: Accumulator): Series {
  const { enter, leave, daily, fraction } = accumulator;
  const days = columns.daysOf(rows);
  let start = 0;
  let end = 0;
  let current = 0;
  return {
    on(day) {
      current = day;
      for (; end < days.length && days[end]! <= day; end++) enter?.(end);
      for (; start < end && days[start]! <= day - window; start++) leave?.(start);
      return accumulator.value(start, end, day);
    },
    nextChange() {
      if (daily && start < end) return current + 1;
      const entering = end < days.length ? days[end]! : NEVER;
      const leaving = start < end ? days[start]! + window : NEVER;
      return Math.min(entering, leaving);
    },
    ...(fraction && { fraction: () => fraction(start, end) }),
  };
}

const ACCUMULATORS: Record<
  Exclude<SetMetric, 'share' | 'netShare' | 'total'>,
  (rows: readonly number[], columns: Columns) => Accumulator
> = {
  count: () => ({ value: (start, end) => end - start }),
  average: (rows, columns) => {
    const sums = columns.sumsOf(rows);
    let known = 0;
    const weigh = (sign: number) => (position: number) => {
      known += sign * columns.hasRate[rows[position]!]!;
    };
    return {
      enter: weigh(1),
      leave: weigh(-1),
      value: (start, end) => (known === 0 ? null : sums.between(start, end) / known),
      fraction: (start, end) => ({ numerator: sums.exactly(start, end), denominator: BigInt(known) }),
    };
  },
  largest: (rows, columns) => {
    // Positions whose amount no later one in the window exceeds, in order: the first holds the maximum.
    const candidates: number[] = [];
    let head = 0;
    const amount = (position: number) => Math.abs(columns.cents[rows[position]!]!);
    return {
      enter(position) {
        if (columns.hasRate[rows[position]!] === 0) return;
        while (candidates.length > head && amount(candidates.at(-1)!) <= amount(position)) candidates.pop();
        candidates.push(position);
      },
      leave(position) {
        if (candidates[head] === position) head++;
      },
      value: () => (head === candidates.length ? null : amount(candidates[head]!)),
    };
  },
  months: (rows, columns) => steps(columns.ranksOf(rows, 'months')),
  days: (rows, columns) => steps(columns.ranksOf(rows, 'days')),
  parties: (rows, columns) => distinct(columns.partiesOf(rows)),
  lastSeen: (rows, columns) => ({
    daily: true,
    value: (start, end, day) => (start === end ? NEVER : day - columns.day[rows[end - 1]!]!),
  }),
};

/** Distinct values of a column that ascends with the rows: the number of its steps inside the window. */
function steps(rank: Int32Array): Accumulator {
  return {
    value: (start, end) => (start === end ? 0 : rank[end - 1]! - rank[start]! + 1),
  };
}

/** @param values of the rows, one for each; below 0: none, which counts for nothing */
function distinct(values: Int32Array): Accumulator {
  const counts = new Map<number, number>();
  return {
    enter(position) {
      const value = values[position]!;
      if (value >= 0) counts.set(value, (counts.get(value) ?? 0) + 1);
    },
    leave(position) {
      const value = values[position]!;
      if (value < 0) return;
      const left = (counts.get(value) ?? 0) - 1;
      if (left === 0) counts.delete(value);
      else counts.set(value, left);
    },
    value: () => counts.size,
  };
}

function countries(columns: Columns, window: number): Series {
  const known = columns.rowsOf('all').filter((index) => columns.country[index] !== -1);
  return sliding(known, window, columns, distinct(numbersOf(known, (row) => columns.country[row]!)));
}

/** One currency of the window is the owner's own, that of most rows; which one it is makes no difference to the number. */
function foreignCurrencies(columns: Columns, window: number): Series {
  const rows = columns.rowsOf('all');
  const all = distinct(numbersOf(rows, (row) => columns.currency[row]!));
  return sliding(rows, window, columns, {
    ...all,
    value: (...args) => Math.max(0, (all.value(...args) as number) - 1),
  });
}

function history({ dataFrom }: Columns): Series {
  let current = 0;
  return {
    on(day) {
      current = day;
      return dataFrom === null || day < dataFrom ? 0 : day - dataFrom + 1;
    },
    nextChange: () => (dataFrom === null ? NEVER : Math.max(current + 1, dataFrom)),
  };
}
