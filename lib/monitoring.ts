import { Dashboard, GraphWidget, type IMetric, MathExpression, Metric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { METRICS } from '../functions/runtime/names.ts';
import { FIVE_MINUTES, RUNBOOK, raiseAlarm } from './alarm.ts';
import type { Api } from './api.ts';
import type { ApiFunctions } from './api-functions.ts';
import type { FunctionName } from './bundle.ts';
import type { ImportQueue } from './import-queue.ts';
import type { ImportWorker } from './import-worker.ts';
import type { LedgerTable } from './ledger-table.ts';
import { functionMetrics } from './service-function.ts';
import type { StageSettings } from './stages.ts';

export type MonitoringProps = {
  readonly settings: StageSettings;
  readonly queue: ImportQueue;
  readonly worker: ImportWorker;
  readonly functions: ApiFunctions;
  readonly api: Api;
  readonly table: LedgerTable;
};

/**
 * One dashboard that answers "is it well?" from top to bottom as a client would ask it: does the API answer, do imports
 * come in, and what failed. Alarms are where their constructs are; here is only the one that is about all functions.
 */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, { settings, queue, worker, functions, api, table }: MonitoringProps) {
    super(scope, id);
    const all = [worker.fn, functions.authorizer, ...Object.values(functions.answering)].map(functionMetrics);
    const throttles = sum(
      'throttled invocations',
      all.map((metrics) => metrics.throttles),
    );
    raiseAlarm(this, 'ThrottledAlarm', {
      settings,
      anchor: 'functions-throttled',
      says: 'Lambda refuses to start our functions: the concurrency of the account is used up.',
      metric: throttles,
      atLeast: settings.alarms.throttledRequests,
      periods: 2,
    });
    const { waiting, oldest } = queue.backlog;
    const { parked, dead } = queue.failures;

    new Dashboard(this, 'Dashboard', {
      widgets: [
        [
          new TextWidget({
            width: 24,
            height: 1,
            markdown: `Owner Profiles, ${settings.name}: what to do is in ${RUNBOOK}`,
          }),
        ],
        [
          graph('Requests', [api.metrics.requests, api.metrics.clientErrors]),
          graph('Share of answers that are 5xx', [api.metrics.serverErrorRate]),
          graph('Latency of the API, ms', [api.metrics.latencyP50, api.metrics.latencyP99]),
        ],
        [
          graph('Imports waiting', [waiting]),
          graph('Age of the oldest import, s', [oldest]),
          graph('Imports joined and retried', [
            counted(METRICS.importsJoined, 'import-worker'),
            counted(METRICS.importsRetried, 'import-worker'),
          ]),
        ],
        [
          graph('Imports that could not be taken in', [parked, dead]),
          graph('Errors of functions', [
            functionMetrics(worker.fn).errors,
            sum(
              'all functions',
              all.map((m) => m.errors),
            ),
          ]),
          graph('Refused for want of capacity', [throttles, table.throttledRequests]),
        ],
        [
          graph('Look-ups: answer at hand, or derived anew', [
            counted(METRICS.lookUpsFresh, 'owner-profiles'),
            counted(METRICS.lookUpsDerived, 'owner-profiles'),
          ]),
          graph('Uploads and erasures', [
            counted(METRICS.uploadsQueued, 'owner-upload'),
            counted(METRICS.ownersErased, 'owner-erasure'),
          ]),
          graph('Workers met at an answer', [counted(METRICS.answerConflicts, 'import-worker')]),
        ],
      ],
    });
  }
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, height: 6, leftYAxis: { min: 0 } });
}

function counted(metricName: string, service: FunctionName): Metric {
  const dimensionsMap = { service };
  return new Metric({
    namespace: METRICS.namespace,
    metricName,
    dimensionsMap,
    statistic: 'Sum',
    period: FIVE_MINUTES,
  });
}

/** At most ten metrics: an alarm cannot add more (CloudWatch user guide, "Using metric math"). */
function sum(label: string, metrics: readonly IMetric[]): MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  const expression = `SUM([${Object.keys(usingMetrics)
    .map((id) => `FILL(${id}, 0)`)
    .join(', ')}])`;
  return new MathExpression({ expression, usingMetrics, period: FIVE_MINUTES, label });
}
