import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Duration } from 'aws-cdk-lib/core';
import type { METRICS } from '../functions/runtime/names.ts';
import { FIVE_MINUTES } from './alarm.ts';
import type { FunctionName } from './bundle.ts';

type CustomMetric = (typeof METRICS)[keyof typeof METRICS];

/** What the functions of one stack write themselves (`functions/runtime/metrics.ts`), found under that stack's namespace alone. */
export class ServiceMetrics {
  private readonly namespace: string;

  /** @param namespace the stack's name */
  constructor(namespace: string) {
    this.namespace = namespace;
  }

  of(metricName: CustomMetric, service: FunctionName, statistic: string, period: Duration = FIVE_MINUTES): Metric {
    return new Metric({ namespace: this.namespace, metricName, dimensionsMap: { service }, statistic, period });
  }

  counted(metricName: CustomMetric, service: FunctionName): Metric {
    return this.of(metricName, service, 'Sum');
  }

  spread(metricName: CustomMetric, service: FunctionName): Metric[] {
    return ['p50', 'p99'].map((statistic) => this.of(metricName, service, statistic));
  }

  /** One line for each value of the dimensions that there is. */
  searched(metricName: CustomMetric, ...dimensions: readonly string[]): IMetric {
    const schema = ['service', ...dimensions].join(',');
    return new MathExpression({
      expression: `SEARCH('{${this.namespace},${schema}} MetricName="${metricName}"', 'Sum', ${FIVE_MINUTES.toSeconds()})`,
      usingMetrics: {},
      period: FIVE_MINUTES,
      label: '',
    });
  }
}
