import {
  Alarm,
  AlarmStatusWidget,
  CompositeAlarm,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { RouteFunction } from '../functions/contracts/http/routes.ts';
import { DIMENSIONS, METRICS } from '../functions/runtime/names.ts';
import { acknowledgeIn } from './acknowledge.ts';
import { FIVE_MINUTES, RUNBOOK, raiseAlarm, raiseJointAlarm, silentAlarm } from './alarm.ts';
import type { Api } from './api.ts';
import type { ApiFunctions } from './api-functions.ts';
import type { ChangePublisher } from './change-publisher.ts';
import type { ImportQueue } from './import-queue.ts';
import type { ImportWorker } from './import-worker.ts';
import type { LedgerTable } from './ledger-table.ts';
import type { NightlySnapshots } from './nightly-snapshots.ts';
import { Objectives } from './objectives.ts';
import type { ProfileRuns } from './profile-runs.ts';
import { functionMetrics } from './service-function.ts';
import { ServiceMetrics } from './service-metrics.ts';
import type { StageSettings } from './stages.ts';
import type { StatementReader } from './statement-reader.ts';
import type { WebhookSender } from './webhook-sender.ts';

export type MonitoringProps = {
  readonly settings: StageSettings;
  readonly queue: ImportQueue;
  readonly worker: ImportWorker;
  readonly publisher: ChangePublisher;
  readonly sender: WebhookSender;
  readonly reader: StatementReader;
  readonly runs: ProfileRuns;
  readonly nightly: NightlySnapshots;
  readonly functions: ApiFunctions;
  readonly api: Api;
  readonly table: LedgerTable;
};

/**
 * One dashboard that answers "is it well?" from top to bottom: does any alarm say no, are the promises kept, does the API
 * answer, do imports come in, and what failed. Alarms are where their constructs are; here are only those that are about all
 * functions, and those about promises.
 */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { settings, worker, publisher, sender, reader, runs, nightly, functions, api } = props;
    const { owners, imports, segments, catalogues } = partsOf(functions);
    // Several alarms, because one takes ten metrics.
    const watched = {
      ThrottledAlarm: [worker.fn, functions.authorizer, ...owners],
      ImportsThrottledAlarm: [publisher.fn, sender.fn, reader.fn, ...imports],
      SegmentsThrottledAlarm: [nightly.fn, ...segments],
      CatalogueThrottledAlarm: [runs.fn, ...catalogues],
    };
    for (const [name, those] of Object.entries(watched)) {
      raiseAlarm(this, name, {
        settings,
        anchor: 'functions-throttled',
        says: 'Lambda refuses to start our functions: the concurrency of the account is used up.',
        metric: sum(
          'throttled invocations',
          those.map((fn) => functionMetrics(fn).throttles),
        ),
        atLeast: settings.alarms.throttledRequests,
        periods: 2,
      });
    }
    this.watchAnswering(props, {
      OwnersNotRunning: owners,
      ImportsNotRunning: imports,
      SegmentsNotRunning: segments,
      CataloguesNotRunning: catalogues,
    });
    const objectives = new Objectives(this, 'Objectives', { settings, api });
    const all = Object.values(watched).flat().map(functionMetrics);
    const throttles = sum(
      'throttled invocations',
      all.map((metrics) => metrics.throttles),
    );
    const errors = sum(
      'all functions',
      all.map((metrics) => metrics.errors),
    );

    new Dashboard(this, 'Dashboard', {
      widgets: [
        [
          new TextWidget({
            width: 24,
            height: 1,
            markdown: `Owner Profiles, ${settings.stackName}: what to do is in ${RUNBOOK}, what is promised in docs/reference/slo.md`,
          }),
        ],
        [new AlarmStatusWidget({ title: 'Is it healthy?', width: 24, height: 4, alarms: alarmsToLookAt(this) })],
        [
          new SingleValueWidget({
            title: `Promises kept, % (${promises(settings)})`,
            width: 24,
            height: 3,
            sparkline: true,
            metrics: [...objectives.met],
          }),
        ],
        ...rows(props, throttles, errors),
      ],
    });
  }

  /** One alarm that goes off while no part of the API runs: the parts have too many metrics for one expression. */
  private watchAnswering({ settings, api }: MonitoringProps, parts: Readonly<Record<string, LambdaFunction[]>>): void {
    const home = new Construct(this, 'Answering');
    const told = { settings, anchor: 'api-not-running' };
    const alarms = Object.entries(parts).map(([name, those]) =>
      silentAlarm(home, name, {
        ...told,
        says: 'One part: requests come, and these functions do not run.',
        metric: notRunning(
          api,
          those.map((fn) => functionMetrics(fn).invocations),
        ),
        atLeast: 1,
        periods: 2,
      }),
    );
    const says = 'Requests come, none is refused as a fault of the caller, and no function runs.';
    raiseJointAlarm(home, 'NotRunningAlarm', { ...told, says }, alarms);
    if (settings.alarms.topicArn === undefined) return;
    for (const alarm of alarms) {
      acknowledgeIn(alarm, ['nist', 'hipaa'], {
        CloudWatchAlarmAction: 'One part of a joint alarm, which notifies the topic when no part of the API runs.',
      });
    }
  }
}

/** Parts of the API, because an expression takes ten metrics at most: a new function needs a part here, or nothing compiles. */
type Part = 'owners' | 'imports' | 'segments' | 'catalogues';
const PARTS: Readonly<Record<RouteFunction, Part>> = {
  'owner-profiles': 'owners',
  'owner-explanation': 'owners',
  'owner-features': 'owners',
  'owner-history': 'owners',
  'owner-transactions': 'owners',
  'owner-erasure': 'owners',
  'owner-upload': 'imports',
  'owner-statements': 'imports',
  imports: 'imports',
  snapshots: 'segments',
  changes: 'imports',
  webhooks: 'imports',
  keys: 'catalogues',
  failures: 'imports',
  profiles: 'catalogues',
  openapi: 'catalogues',
  catalogue: 'catalogues',
  'catalogue-draft': 'catalogues',
  'catalogue-previews': 'catalogues',
  'catalogue-publications': 'catalogues',
};

function partsOf({ answering }: ApiFunctions): Readonly<Record<Part, LambdaFunction[]>> {
  const of = (part: string) =>
    Object.entries(answering).flatMap(([name, fn]) => (PARTS[name as RouteFunction] === part ? [fn] : []));
  return { owners: of('owners'), imports: of('imports'), segments: of('segments'), catalogues: of('catalogues') };
}

function rows(
  { settings, queue, runs, api, table }: MonitoringProps,
  throttles: IMetric,
  errors: IMetric,
): GraphWidget[][] {
  const custom = new ServiceMetrics(settings.stackName);
  const { waiting, oldest } = queue.backlog;
  const { parked, dead } = queue.failures;
  return [
    [
      graph('Requests', [api.metrics.requests, api.metrics.clientErrors]),
      graph('Share of answers that are 5xx', [api.metrics.serverErrorRate]),
      graph('Latency of the API, ms', [api.metrics.latencyP50, api.metrics.latencyP99]),
    ],
    [
      graph('Imports waiting', [waiting]),
      graph('Age of the oldest import, s', [oldest]),
      graph('Imports joined and retried', [
        custom.counted(METRICS.importsJoined, 'import-worker'),
        custom.counted(METRICS.importsRetried, 'import-worker'),
      ]),
    ],
    [
      graph('Imports that could not be processed', [parked, dead]),
      graph('Errors of functions; runs that failed', [errors, runs.failed]),
      graph('Throttled', [throttles, table.throttledRequests]),
    ],
    [
      graph('From queue to answer, ms', custom.spread(METRICS.importToAnswer, 'import-worker')),
      graph('Age of imports when joined, ms', custom.spread(METRICS.importAge, 'import-worker')),
      graph('Imports by source and outcome', [custom.searched(METRICS.imports, DIMENSIONS.source, DIMENSIONS.outcome)]),
    ],
    [
      graph('Look-ups: answer at hand, or derived again', [
        custom.counted(METRICS.lookUpsFresh, 'owner-profiles'),
        custom.counted(METRICS.lookUpsDerived, 'owner-profiles'),
      ]),
      graph('Deriving an answer; joining an owner, ms', [
        ...custom.spread(METRICS.derivationTime, 'owner-profiles'),
        ...custom.spread(METRICS.joinTime, 'import-worker'),
      ]),
      graph('Workers met at an answer', [custom.counted(METRICS.answerConflicts, 'import-worker')]),
    ],
    [
      graph('Owners who got a profile', [custom.searched(METRICS.profilesEntered, DIMENSIONS.profile)]),
      graph('Owners who lost a profile', [custom.searched(METRICS.profilesLeft, DIMENSIONS.profile)]),
      graph('Uploads and erasures', [
        custom.counted(METRICS.uploadsQueued, 'owner-upload'),
        custom.searched(METRICS.uploadsRead, DIMENSIONS.outcome),
        custom.counted(METRICS.ownersErased, 'owner-erasure'),
      ]),
    ],
    [
      graph('Changes published, by cause', [custom.searched(METRICS.changesPublished, DIMENSIONS.cause)]),
      graph('Deliveries of webhooks, by outcome', [custom.searched(METRICS.deliveries, DIMENSIONS.outcome)]),
      graph('Webhooks switched off', [custom.counted(METRICS.webhooksSwitchedOff, 'webhook-sender')]),
    ],
  ];
}

/** All alarms of the stack but those that are parts of another. */
function alarmsToLookAt(scope: Construct): (Alarm | CompositeAlarm)[] {
  const alarms = Stack.of(scope).node.findAll();
  const joint = alarms.filter((node) => node instanceof CompositeAlarm);
  const homesOfParts = new Set(joint.map(({ node }) => node.scope));
  const single = alarms.filter((node) => node instanceof Alarm).filter(({ node }) => !homesOfParts.has(node.scope));
  return [...joint, ...single];
}

/**
 * Whether requests go unanswered by any function. No requests is no fault, and neither are requests that the gateway or the
 * authorizer refused for a reason of the caller's.
 */
function notRunning({ metrics: { requests, clientErrors } }: Api, invocations: readonly IMetric[]): MathExpression {
  const named = Object.fromEntries(invocations.map((metric, index) => [`f${index}`, metric]));
  const ran = Object.keys(named).map((id) => `FILL(${id}, 0)`);
  return new MathExpression({
    expression: `IF(FILL(requests, 0) > FILL(refused, 0) AND (${ran.join(' + ')}) == 0, 1, 0)`,
    usingMetrics: { requests, refused: clientErrors, ...named },
    period: FIVE_MINUTES,
    label: 'requests come, no function runs',
  });
}

function promises({ slo }: StageSettings): string {
  const percent = (share: number) => `${Number((share * 100).toFixed(3))} %`;
  return [
    `${percent(slo.availability)} answered`,
    `${percent(slo.latencyShare)} within ${slo.latencyMs} ms`,
    `${percent(slo.importShare)} of imports within ${slo.importSeconds} s`,
  ].join(', ');
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, height: 6, leftYAxis: { min: 0 } });
}

/** In an alarm at most ten metrics: it cannot add more (CloudWatch user guide, "Using metric math"). */
function sum(label: string, metrics: readonly IMetric[]): MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  const expression = `SUM([${Object.keys(usingMetrics)
    .map((id) => `FILL(${id}, 0)`)
    .join(', ')}])`;
  return new MathExpression({ expression, usingMetrics, period: FIVE_MINUTES, label });
}
