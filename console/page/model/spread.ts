/** How a number is distributed over owners, for the histogram. */
import type { Schemas } from '../api/schema-types.ts';

export type Distribution = Schemas['SnapshotDistribution'];
type Value = number | string;

/** `61.20 EUR` is 61.2. */
export const plain = (value: Value): number => (typeof value === 'number' ? value : Number.parseFloat(value));

/** A threshold as a number of the distribution's unit: `42%` is 0.42. */
export const plainThreshold = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const number = Number.parseFloat(value);
  if (Number.isNaN(number)) return undefined;
  return value.endsWith('%') ? number / 100 : number;
};

/** A value of the distribution in the form of a definition, to replace another. */
export function writtenLike(threshold: unknown, value: Value): Value {
  if (typeof threshold === 'string' && threshold.endsWith('%')) {
    return `${Number((plain(value) * 100).toFixed(4))}%`;
  }
  return value;
}

/** How many owners meet a threshold: exact at the start of a bin. Only for the operators `atLeast` and `below`. */
export function meant(distribution: Distribution, operator: string, at: number): number | undefined {
  const atLeast = distribution.atLeast[at]?.owners;
  if (atLeast === undefined) return undefined;
  if (operator === 'atLeast') return atLeast;
  return operator === 'below' ? distribution.owners - atLeast : undefined;
}
