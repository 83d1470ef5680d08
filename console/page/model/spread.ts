/** How a number is spread over owners, as the histogram draws it. */
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

/** A value of the distribution as the definition would write it in the place of another. */
export function writtenLike(threshold: unknown, value: Value): Value {
  if (typeof threshold === 'string' && threshold.endsWith('%')) {
    return `${Number((plain(value) * 100).toFixed(4))}%`;
  }
  return value;
}

/** How many owners a threshold means: exact where a bin begins. Only for operators that ask for so much or more, or for less. */
export function meant(distribution: Distribution, operator: string, at: number): number | undefined {
  const atLeast = distribution.atLeast[at]?.owners;
  if (atLeast === undefined) return undefined;
  if (operator === 'atLeast') return atLeast;
  return operator === 'below' ? distribution.owners - atLeast : undefined;
}
