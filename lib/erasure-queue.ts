import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENV } from '../functions/runtime/names.ts';
import { FIVE_MINUTES, raiseAlarm } from './alarm.ts';
import type { ServiceFunction } from './service-function.ts';
import type { StageSettings } from './stages.ts';
import { bindRetry, queueProps, workQueue } from './work-queue.ts';

const RETENTION = Duration.days(14);
/** Each owner is worked on with the whole time of an invocation. */
const ERASURES_AT_ONCE = 2;

/** Erasures that have started and may not be finished: a request has no time for owners of any size, and may die. */
export class ErasureQueue extends Construct {
  readonly erasures: Queue;
  private readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { settings }: { readonly settings: StageSettings }) {
    super(scope, id);
    const common = queueProps(settings, { retentionPeriod: RETENTION });
    ({ queue: this.erasures, deadLetters: this.deadLetters } = workQueue(this, 'Erasures', common, settings.functions));
    raiseAlarm(this, 'DeadLettersAlarm', {
      settings,
      anchor: 'erasures-unfinished',
      says: 'Data of an erased owner could not be removed. No client can see it, but it is still stored.',
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      atLeast: 1,
    });
  }

  /** Lets the function of operators see what failed, and send it back. */
  bindFailures(fn: LambdaFunction): void {
    const home = { variable: ENV.erasureQueue, queue: this.erasures };
    bindRetry(fn, { variable: ENV.erasureDeadLetters, queue: this.deadLetters }, home);
  }

  /** Lets the function that erases have the rest done, and do it. */
  bindEraser(fn: ServiceFunction): void {
    fn.addEnvironment(ENV.erasureQueue, this.erasures.queueUrl);
    this.erasures.grant(fn, 'sqs:SendMessage');
    fn.live.addEventSource(
      new SqsEventSource(this.erasures, {
        batchSize: 1,
        maxConcurrency: ERASURES_AT_ONCE,
        reportBatchItemFailures: true,
      }),
    );
  }
}
