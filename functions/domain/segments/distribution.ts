/**
 * How the values of a feature are spread over owners. Values are whole numbers in the least unit of the feature (cents of an amount,
 * ten-thousandths of a ratio), so that quantiles and edges are exact.
 */
import type { Unit } from '../features/feature.ts';
import { formatAmount } from '../values/money.ts';

/** Counts and days as numbers, money as "61.20 EUR", ratios as numbers with four decimals at most. */
export type ShownValue = number | string;

export type Distribution = {
  /** Owners with a value, and those without. */
  readonly owners: number;
  readonly missing: number;
  /** A quantile q is the smallest value that at least a share q of the owners with a value do not exceed. */
  readonly quantiles: Readonly<Record<string, ShownValue>>;
  /** Each from `from` up to, not including, `to`; the last holds its end, too. */
  readonly histogram: readonly { readonly from: ShownValue; readonly to: ShownValue; readonly owners: number }[];
  readonly atLeast: readonly { readonly value: ShownValue; readonly owners: number }[];
};

const QUANTILES = ['0', '0.01', '0.05', '0.1', '0.25', '0.5', '0.75', '0.9', '0.95', '0.99', '1'] as const;
const MOST_BINS = 20;

/** The whole number that a value is kept as: what `formatValue` shows, in its least unit. Null: there is none. */
export function keptValue(unit: Unit, value: number | null): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  const kept = Math.round(unit === 'ratio' ? Number(value.toFixed(4)) * 10_000 : value);
  return kept === 0 ? 0 : kept;
}

/** A kept value as answers show it. */
export function shownValue(unit: Unit, kept: number): ShownValue {
  if (unit === 'money') return `${formatAmount(kept, 'EUR')} EUR`;
  return unit === 'ratio' ? kept / 10_000 : kept;
}

/** A kept value as a number for tables: EUR of an amount. */
export function tableValue(unit: Unit, kept: number): number {
  if (unit === 'money') return kept / 100;
  return unit === 'ratio' ? kept / 10_000 : kept;
}

/**
 * @param sorted kept values, ascending
 * @param smallestGroup with it, values beyond which there are fewer owners than this are left out, and numbers are rounded down to its
 * multiples
 */
export function distributionOf(
  unit: Unit,
  sorted: Float64Array,
  missing: number,
  smallestGroup?: number,
): Distribution {
  const count = sorted.length;
  const rounded = (owners: number) =>
    smallestGroup === undefined ? owners : owners - (owners % Math.max(1, smallestGroup));
  const told = QUANTILES.filter((quantile) => count > 0 && mayTell(sorted, Number(quantile), smallestGroup));
  const quantiles = told.map((quantile) => [quantile, quantileOf(sorted, Number(quantile))] as const);
  const values = quantiles.map(([, value]) => value);
  const bins = values.length === 0 ? [] : binsOver(values[0]!, values.at(-1)!);
  const last = bins.at(-1);
  const histogram = bins.map(({ from, to }) => ({
    from: shownValue(unit, from),
    to: shownValue(unit, to),
    owners: rounded((to === last?.to ? countUpTo(sorted, to) : countBelow(sorted, to)) - countBelow(sorted, from)),
  }));
  const atLeast = bins.map(({ from }) => ({
    value: shownValue(unit, from),
    owners: rounded(count - countBelow(sorted, from)),
  }));
  return {
    owners: rounded(count),
    missing: rounded(missing),
    quantiles: Object.fromEntries(quantiles.map(([quantile, value]) => [quantile, shownValue(unit, value)])),
    histogram,
    atLeast: smallestGroup === undefined ? atLeast : atLeast.filter(({ owners }) => owners > 0),
  };
}

function quantileOf(sorted: Float64Array, quantile: number): number {
  const count = sorted.length;
  // Products of decimals may be slightly above the whole number that is meant.
  const rank = Math.max(1, Math.ceil(Number((quantile * count).toFixed(6))));
  return sorted[Math.min(rank, count) - 1]!;
}

/** Beyond a low quantile are those below it, beyond a high one those above, and beyond the middle both. */
function mayTell(sorted: Float64Array, quantile: number, smallestGroup: number | undefined): boolean {
  if (smallestGroup === undefined) return true;
  const value = quantileOf(sorted, quantile);
  const below = countBelow(sorted, value);
  const above = sorted.length - countUpTo(sorted, value);
  return (quantile > 0.5 || below >= smallestGroup) && (quantile < 0.5 || above >= smallestGroup);
}

/** Bins of a round width: 1, 2 or 5 times a power of ten. */
function binsOver(least: number, greatest: number): { readonly from: number; readonly to: number }[] {
  if (least === greatest) return [{ from: least, to: greatest }];
  let width = 1;
  for (let power = 1; (greatest - least) / width > MOST_BINS - 1; power *= 10) {
    for (const factor of [1, 2, 5, 10]) {
      width = power * factor;
      if ((greatest - least) / width <= MOST_BINS - 1) break;
    }
  }
  const bins: { from: number; to: number }[] = [];
  for (let from = Math.floor(least / width) * width; from < greatest; from += width) {
    bins.push({ from, to: from + width });
  }
  return bins;
}

/** How many values are less, or not greater. */
const countBelow = (sorted: Float64Array, value: number) => position(sorted, (at) => sorted[at]! < value);
const countUpTo = (sorted: Float64Array, value: number) => position(sorted, (at) => sorted[at]! <= value);

function position(sorted: Float64Array, isBefore: (at: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
