/** Metrics in CloudWatch's embedded format: lines in the log, no call. The dimension `service` is the function's name. */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { METRICS } from './names.ts';

export type MetricName = Exclude<(typeof METRICS)[keyof typeof METRICS], typeof METRICS.namespace>;

export const metrics = new Metrics({ namespace: METRICS.namespace });

export function count(name: MetricName, times = 1): void {
  metrics.addMetric(name, MetricUnit.Count, times);
}

/** @param milliseconds published as such; CloudWatch scales for display */
export function measureTime(name: MetricName, milliseconds: number): void {
  metrics.addMetric(name, MetricUnit.Milliseconds, milliseconds);
}

/** Writes what was counted since the last time; nothing when nothing was. Called once at the end of each invocation. */
export function publishMetrics(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}
