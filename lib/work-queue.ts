import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { MOST_RECEIVES } from '../functions/runtime/names.ts';
import { removalPolicyOf } from './removal-policy.ts';
import type { StageSettings } from './stages.ts';

/**
 * What all queues have in common. Encrypted with keys that SQS owns rather than a KMS key: publishers in other accounts would each need a
 * grant on the key, every receive would cost a KMS call, and who may read is said by IAM either way.
 */
export function queueProps(settings: StageSettings, own: Pick<QueueProps, 'retentionPeriod' | 'maxMessageSizeBytes'>) {
  return {
    ...own,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    removalPolicy: removalPolicyOf(settings),
  } satisfies QueueProps;
}

/**
 * A queue that a function works off, and the one where messages go that failed five times: `DeadLetters`.
 *
 * A received message is hidden for six times the function's timeout, plus the batching window, so that a throttled batch is not delivered
 * twice while it is still waiting (Lambda developer guide, "Creating and configuring an Amazon SQS event source mapping").
 */
export function workQueue(
  home: Construct,
  id: string,
  common: QueueProps,
  {
    timeoutSeconds,
    batchingWindowSeconds = 0,
  }: { readonly timeoutSeconds: number; readonly batchingWindowSeconds?: number },
): { readonly queue: Queue; readonly deadLetters: Queue } {
  const deadLetters = new Queue(home, 'DeadLetters', common);
  const queue = new Queue(home, id, {
    ...common,
    visibilityTimeout: Duration.seconds(6 * timeoutSeconds + batchingWindowSeconds),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: MOST_RECEIVES },
  });
  return { queue, deadLetters };
}

type Named = { readonly variable: string; readonly queue: Queue };

/** Lets a function look at failures and send them back to the queue where they failed, and gives it the URLs of both. */
export function bindRetry(fn: LambdaFunction, failures: Named, home: Named): void {
  for (const { variable, queue } of [failures, home]) fn.addEnvironment(variable, queue.queueUrl);
  failures.queue.grant(
    fn,
    'sqs:GetQueueAttributes',
    'sqs:ReceiveMessage',
    'sqs:ChangeMessageVisibility',
    'sqs:DeleteMessage',
  );
  home.queue.grant(fn, 'sqs:SendMessage');
}
