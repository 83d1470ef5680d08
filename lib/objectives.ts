import { Alarm, type IMetric, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { METRICS } from '../functions/runtime/names.ts';
import { acknowledgeIn } from './acknowledge.ts';
import { raiseJointAlarm, silentAlarm } from './alarm.ts';
import type { Api } from './api.ts';
import { ServiceMetrics } from './service-metrics.ts';
import type { StageSettings } from './stages.ts';

export type ObjectivesProps = { readonly settings: StageSettings; readonly api: Api };

/** A promise about events: of all of them, at most `budget` (0 to 1) may be bad. */
type Objective = {
  readonly id: string;
  readonly anchor: string;
  /** What suffers, for someone who has just been woken. */
  readonly suffers: string;
  readonly budget: number;
  /** The share of bad events, and all events, as expressions over `metrics`; the dashboard shows them together: ids differ. */
  readonly badShare: string;
  readonly events: string;
  readonly metrics: (period: Duration) => Record<string, IMetric>;
};

/**
 * Burn rates and windows by Google's "The Site Reliability Workbook", chapter 5, table 5-8: at 14.4 times the rate that the
 * budget allows, an hour takes 2 % of the budget of 30 days; at 6 times, six hours take 5 %. The short window is a twelfth
 * of the long one: without it, an alarm would stay on long after the trouble is over.
 */
const BURN_RATES = [
  { id: 'Fast', rate: 14.4, long: Duration.hours(1), short: Duration.minutes(5), eats: '2 % of the month in an hour' },
  { id: 'Slow', rate: 6, long: Duration.hours(6), short: Duration.minutes(30), eats: '5 % of the month in six hours' },
] as const;

/**
 * Alarms that go off when a promise of the stage is being broken too fast (docs/reference/slo.md): one for each objective and burn
 * rate, and each only while a long and a short window both say so.
 */
export class Objectives extends Construct {
  /** Shares of good events, in percent. */
  readonly met: readonly IMetric[];

  constructor(scope: Construct, id: string, { settings, api }: ObjectivesProps) {
    super(scope, id);
    const objectives = objectivesOf(settings, api);
    for (const objective of objectives) this.raiseAlarms(settings, objective);
    this.met = objectives.map(({ id: label, badShare, metrics }) => {
      const period = Duration.hours(1);
      return new MathExpression({
        expression: `100 * (1 - ${badShare})`,
        usingMetrics: metrics(period),
        period,
        label,
      });
    });
    if (settings.alarms.topicArn !== undefined) {
      const parts = this.node.findAll().filter((node) => node instanceof Alarm);
      for (const part of parts) {
        acknowledgeIn(part, ['nist', 'hipaa'], {
          CloudWatchAlarmAction:
            'One of two windows of a joint alarm, which notifies the topic when both are in alarm.',
        });
      }
    }
  }

  private raiseAlarms(settings: StageSettings, objective: Objective): void {
    const { id, anchor, suffers, budget, badShare, events, metrics } = objective;
    const home = new Construct(this, id);
    for (const { id: speed, rate, long, short, eats } of BURN_RATES) {
      const window = (name: string, period: Duration, expression: string) =>
        silentAlarm(home, `${speed}${name}`, {
          settings,
          anchor,
          says: `One window: ${suffers}`,
          metric: new MathExpression({ expression, usingMetrics: metrics(period), period, label: 'bad share' }),
          atLeast: rounded(rate * budget),
        });
      const parts = [
        window('Long', long, `IF(${events} >= ${settings.slo.fewestEvents}, ${badShare}, 0)`),
        window('Short', short, badShare),
      ];
      raiseJointAlarm(home, `${speed}Alarm`, { settings, anchor, says: `${suffers.slice(0, -1)}: ${eats}.` }, parts);
    }
  }
}

function objectivesOf({ slo, stackName }: StageSettings, { restApi }: Api): readonly Objective[] {
  const custom = new ServiceMetrics(stackName);
  const imports = (period: Duration, statistic: string) =>
    custom.of(METRICS.importToAnswer, 'import-worker', statistic, period);
  return [
    {
      id: 'Availability',
      anchor: 'availability-promise',
      suffers: 'Too many requests are answered with 5xx for what is promised.',
      budget: 1 - slo.availability,
      badShare: '(errors / requests)',
      events: 'requests',
      metrics: (period) => ({
        errors: restApi.metricServerError({ period, statistic: Stats.SUM }),
        requests: restApi.metricCount({ period, statistic: Stats.SAMPLE_COUNT }),
      }),
    },
    {
      id: 'Latency',
      anchor: 'latency-promise',
      suffers: 'Too many requests are answered more slowly than is promised.',
      budget: 1 - slo.latencyShare,
      badShare: '(1 - fast / 100)',
      events: 'timed',
      metrics: (period) => ({
        fast: restApi.metricLatency({ period, statistic: Stats.percentileRank(slo.latencyMs) }),
        timed: restApi.metricLatency({ period, statistic: Stats.SAMPLE_COUNT }),
      }),
    },
    {
      id: 'ImportToAnswer',
      anchor: 'import-promise',
      suffers: 'Too many imports take longer to reach the answer than is promised.',
      budget: 1 - slo.importShare,
      badShare: '(1 - prompt / 100)',
      events: 'joined',
      metrics: (period) => ({
        prompt: imports(period, Stats.percentileRank(slo.importSeconds * 1000)),
        joined: imports(period, Stats.SAMPLE_COUNT),
      }),
    },
  ];
}

/** 14.4 × (1 − 0.999) is 0.0144, not 0.014400000000000012. */
function rounded(share: number): number {
  return Number(share.toFixed(6));
}
