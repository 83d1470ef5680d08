import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENV } from '../functions/runtime/names.ts';
import { acknowledge } from './acknowledge.ts';
import { FIVE_MINUTES, raiseAlarm } from './alarm.ts';
import { publish } from './output.ts';
import { publishers } from './publishers.ts';
import type { StageSettings } from './stages.ts';
import { bindRetry, queueProps, workQueue } from './work-queue.ts';

/** SQS keeps a message 14 days at most; an import that could not be taken in yet is not lost over a holiday. */
const RETENTION = Duration.days(14);

/** The greatest size SQS has, since August 2025. */
const MAX_MESSAGE_BYTES = 1_048_576;

/**
 * The import queue, with the two places where imports go that could not be taken in: the dead-letter queue (a failure
 * that might have passed, but did not) and the parked queue (a message that can never be processed, with the reason).
 *
 * A standard queue, because the order of imports does not matter. Publishers that set `MessageGroupId` to the client get fair queuing: one
 * client's flood does not delay the others. The queue needs no setting for it.
 */
export class ImportQueue extends Construct {
  readonly imports: Queue;
  readonly parked: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { settings }: { readonly settings: StageSettings }) {
    super(scope, id);
    const common = queueProps(settings, { retentionPeriod: RETENTION, maxMessageSizeBytes: MAX_MESSAGE_BYTES });
    ({ queue: this.imports, deadLetters: this.deadLetters } = workQueue(this, 'Imports', common, settings.worker));
    this.parked = new Queue(this, 'Parked', common);
    acknowledge(this.parked, {
      SQS3: 'The parked queue is itself an end: nothing receives from it but an operator, who may look at a message any number of times.',
    });
    const principals = publishers(settings);
    if (principals.length > 0) {
      const actions = ['sqs:SendMessage', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes'];
      this.imports.addToResourcePolicy(
        new PolicyStatement({ sid: 'Publishers', principals, actions, resources: [this.imports.queueArn] }),
      );
    }
    this.raiseAlarms(settings);
    publish(this, 'ImportQueueUrl', this.imports.queueUrl, 'Where publishers send imports');
    publish(this, 'ParkedQueueUrl', this.parked.queueUrl, 'Imports that can never be processed, with the reason');
    publish(this, 'DeadLetterQueueUrl', this.deadLetters.queueUrl, 'Imports that failed five times');
  }

  /** Lets the function send imports, and gives it the queue's URL. */
  bindSender(fn: LambdaFunction): void {
    fn.addEnvironment(ENV.importQueue, this.imports.queueUrl);
    grantSend(this.imports, fn);
  }

  /** Gives the worker the queue's URL; its event source grants the rest. */
  bindWorker(fn: LambdaFunction): void {
    fn.addEnvironment(ENV.importQueue, this.imports.queueUrl);
  }

  /** Lets the function park imports, and gives it the queue's URL. */
  bindParker(fn: LambdaFunction): void {
    fn.addEnvironment(ENV.parkedQueue, this.parked.queueUrl);
    grantSend(this.parked, fn);
  }

  /** Lets the function of operators see what failed, and send it back. */
  bindFailures(fn: LambdaFunction): void {
    const home = { variable: ENV.importQueue, queue: this.imports };
    bindRetry(fn, { variable: ENV.parkedQueue, queue: this.parked }, home);
    bindRetry(fn, { variable: ENV.importDeadLetters, queue: this.deadLetters }, home);
  }

  /** Imports waiting to be received, and the age of the oldest. */
  get backlog(): { readonly waiting: IMetric; readonly oldest: IMetric } {
    return {
      waiting: this.imports.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      oldest: this.imports.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: 'Maximum' }),
    };
  }

  get failures(): { readonly parked: IMetric; readonly dead: IMetric } {
    return {
      parked: this.parked.metricNumberOfMessagesSent({ period: FIVE_MINUTES, statistic: 'Sum' }),
      dead: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' }),
    };
  }

  private raiseAlarms(settings: StageSettings): void {
    raiseAlarm(this, 'DeadLettersAlarm', {
      settings,
      anchor: 'dead-letters',
      says: 'Imports failed five times and wait in the dead-letter queue.',
      metric: this.failures.dead,
      atLeast: 1,
    });
    raiseAlarm(this, 'ParkedAlarm', {
      settings,
      anchor: 'imports-parked',
      says: 'Imports arrive that can never be processed.',
      metric: this.failures.parked,
      atLeast: settings.alarms.parkedImports,
    });
    raiseAlarm(this, 'OldestAlarm', {
      settings,
      anchor: 'imports-late',
      says: 'Imports wait too long: answers lag behind the data.',
      metric: this.backlog.oldest,
      atLeast: settings.alarms.oldestImportSeconds,
      periods: 2,
      rollsBack: true,
    });
  }
}

/** Sending alone; `grantSendMessages` of the CDK would add two reads of the queue's attributes. */
function grantSend(queue: Queue, grantee: IGrantable): void {
  queue.grant(grantee, 'sqs:SendMessage');
}
