import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { CfnQueuePolicy, Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENV, UPLOAD_PREFIX } from '../functions/runtime/names.ts';
import { FIVE_MINUTES, raiseAlarm } from './alarm.ts';
import type { PayloadBucket } from './payload-bucket.ts';
import type { StageSettings } from './stages.ts';
import { bindRetry, queueProps, workQueue } from './work-queue.ts';

type Props = { readonly settings: StageSettings; readonly payloads: PayloadBucket };

/**
 * Where the bucket announces that a large file has arrived. A queue rather than the function itself: a direct call by S3 is tried three
 * times within minutes and then lost, while a message waits for as long as the object does.
 */
export class StatementUploads extends Construct {
  readonly arrivals: Queue;
  private readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { settings, payloads }: Props) {
    super(scope, id);
    const common = queueProps(settings, { retentionPeriod: Duration.days(14) });
    ({ queue: this.arrivals, deadLetters: this.deadLetters } = workQueue(this, 'Arrivals', common, settings.reading));
    this.announce(payloads);
    raiseAlarm(this, 'DeadLettersAlarm', {
      settings,
      anchor: 'uploads-unread',
      says: 'Large files that clients uploaded could not be read for a reason of ours.',
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      atLeast: 1,
    });
  }

  /** Lets the function of operators see what failed, and send it back. */
  bindFailures(fn: LambdaFunction): void {
    const home = { variable: ENV.uploadQueue, queue: this.arrivals };
    bindRetry(fn, { variable: ENV.uploadDeadLetters, queue: this.deadLetters }, home);
  }

  /**
   * By the properties of the bucket, because the CDK's own way is a function of its own with rights on every bucket. The queue names the
   * account and not the bucket: each would have to be made before the other.
   */
  private announce({ bucket }: PayloadBucket): void {
    const { account } = Stack.of(this);
    const s3 = new ServicePrincipal('s3.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    });
    this.arrivals.grant(s3, 'sqs:SendMessage');
    const resource = bucket.node.defaultChild as CfnBucket;
    resource.notificationConfiguration = {
      queueConfigurations: [
        {
          event: 's3:ObjectCreated:*',
          queue: this.arrivals.queueArn,
          filter: { s3Key: { rules: [{ name: 'prefix', value: UPLOAD_PREFIX }] } },
        },
      ],
    };
    // S3 sends a test message to the queue when notifications are configured.
    resource.addResourceDependency(this.arrivals.node.findChild('Policy').node.defaultChild as CfnQueuePolicy);
  }
}
