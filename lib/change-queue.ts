import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENV } from '../functions/runtime/names.ts';
import { FIVE_MINUTES, raiseAlarm } from './alarm.ts';
import type { StageSettings } from './stages.ts';
import { bindRetry, queueProps, workQueue } from './work-queue.ts';

const RETENTION = Duration.days(14);

/**
 * Asks whether an owner has changes to publish. What is lost here is not lost: changes wait in the answers of their owners, and the next
 * look at an owner finds them.
 */
export class ChangeQueue extends Construct {
  readonly looks: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { settings }: { readonly settings: StageSettings }) {
    super(scope, id);
    const common = queueProps(settings, { retentionPeriod: RETENTION });
    ({ queue: this.looks, deadLetters: this.deadLetters } = workQueue(this, 'Looks', common, settings.changes));
    raiseAlarm(this, 'DeadLettersAlarm', {
      settings,
      anchor: 'changes-unpublished',
      says: 'Changes of profiles could not be published: feed, event bus and webhooks lag behind.',
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      atLeast: 1,
    });
    raiseAlarm(this, 'OldestAlarm', {
      settings,
      anchor: 'changes-unpublished',
      says: 'Changes of profiles wait too long to be published.',
      metric: this.looks.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      atLeast: settings.alarms.oldestChangeSeconds,
      periods: 2,
    });
  }

  /** Lets the function of operators see what failed, and send it back. */
  bindFailures(fn: LambdaFunction): void {
    const home = { variable: ENV.changeQueue, queue: this.looks };
    bindRetry(fn, { variable: ENV.changeDeadLetters, queue: this.deadLetters }, home);
  }

  /** Lets a function that writes answers ask for a look, and gives it the queue. */
  bindAnnouncer(fn: LambdaFunction): void {
    fn.addEnvironment(ENV.changeQueue, this.looks.queueUrl);
    this.looks.grant(fn, 'sqs:SendMessage');
  }
}
