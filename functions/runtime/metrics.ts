/** Metrics in CloudWatch's embedded format: lines in the log, no call. The dimension `service` is the function's name. */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { DIMENSIONS, METRICS } from './names.ts';

export type MetricName = (typeof METRICS)[keyof typeof METRICS];

export const metrics = new Metrics();

export function count(name: MetricName, times = 1): void {
  metrics.addMetric(name, MetricUnit.Count, times);
}

/** @param milliseconds published as such; CloudWatch scales for display */
export function measureTime(name: MetricName, milliseconds: number): void {
  metrics.addMetric(name, MetricUnit.Milliseconds, milliseconds);
}

type Dimensions = Readonly<Partial<Record<keyof typeof DIMENSIONS, string>>>;
type Tally = { readonly name: MetricName; readonly dimensions: Dimensions; times: number };

/** A line of the embedded format holds one set of dimensions: what is counted by dimensions is added up for lines of its own. */
const tallies = new Map<string, Tally>();

export function countBy(name: MetricName, dimensions: Dimensions, times = 1): void {
  const key = JSON.stringify([name, ...Object.entries(dimensions).flat()]);
  const tally = tallies.get(key);
  if (tally) tally.times += times;
  else tallies.set(key, { name, dimensions, times });
}

/** Writes what was counted since the last time; nothing when nothing was. Called once at the end of each invocation. */
export function publishMetrics(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  for (const { name, dimensions, times } of tallies.values()) {
    const line = metrics.singleMetric();
    for (const [dimension, value] of Object.entries(dimensions)) line.addDimension(dimension, value);
    line.addMetric(name, MetricUnit.Count, times);
  }
  tallies.clear();
}
