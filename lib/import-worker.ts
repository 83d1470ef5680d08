import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { FIVE_MINUTES, raiseAlarm } from './alarm.ts';
import { READS_AMENDMENTS } from './api-functions.ts';
import { type Backing, READS_OWNERS } from './backing.ts';
import { publish } from './output.ts';
import { functionMetrics, type ServiceFunction, serviceFunction } from './service-function.ts';
import type { StageSettings } from './stages.ts';

/** Takes imports from the queue and joins them into the ledgers of their owners. */
export class ImportWorker extends Construct {
  readonly fn: ServiceFunction;

  constructor(
    scope: Construct,
    id: string,
    { settings, folderOf, queue, changes, webhooks, table, payloads, hashKey }: Backing,
  ) {
    super(scope, id);
    const { memoryMb, timeoutSeconds, batchSize, batchingWindowSeconds, maxConcurrency } = settings.worker;

    this.fn = serviceFunction(this, {
      settings,
      folderOf,
      name: 'import-worker',
      description: 'Joins imports into the ledgers of their owners',
      memoryMb,
      timeoutSeconds,
    });
    table.bind(
      this.fn,
      READS_OWNERS,
      { actions: ['PutItem', 'DeleteItem'], items: ['owner'] },
      { actions: ['PutItem', 'DeleteItem'], items: ['refused'] },
      { actions: ['GetItem'], items: ['client'] },
      READS_AMENDMENTS,
    );
    queue.bindWorker(this.fn);
    queue.bindParker(this.fn);
    changes.bindAnnouncer(this.fn);
    webhooks.bindNotifier(this.fn);
    payloads.bindReader(this.fn);
    hashKey.bind(this.fn);

    this.fn.live.addEventSource(
      new SqsEventSource(queue.imports, {
        batchSize,
        maxBatchingWindow: Duration.seconds(batchingWindowSeconds),
        maxConcurrency,
        // Without it, one import that fails would bring its whole batch back.
        reportBatchItemFailures: true,
      }),
    );
    publish(this, 'ImportWorkers', String(maxConcurrency), 'Import workers at a time, at most');
    this.raiseAlarms(settings, queue);
  }

  private raiseAlarms(settings: StageSettings, queue: Backing['queue']): void {
    const { errors, invocations } = functionMetrics(this.fn);
    raiseAlarm(this, 'ErrorsAlarm', {
      settings,
      anchor: 'import-worker-failing',
      says: 'The import worker itself fails: crash, timeout or wrong configuration. Whole batches are retried.',
      metric: errors,
      atLeast: settings.alarms.workerErrors,
      rollsBack: true,
    });
    raiseAlarm(this, 'NotRunningAlarm', {
      settings,
      anchor: 'import-worker-not-running',
      says: 'Imports wait and no worker runs.',
      metric: new MathExpression({
        expression: 'IF(FILL(waiting, 0) > 0 AND FILL(invocations, 0) == 0, 1, 0)',
        usingMetrics: { waiting: queue.backlog.waiting, invocations },
        period: FIVE_MINUTES,
        label: 'imports wait, no worker runs',
      }),
      atLeast: 1,
      periods: 2,
    });
  }
}
