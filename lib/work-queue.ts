import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Duration } from 'aws-cdk-lib/core';
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

/** A queue that a function works off, and the one where messages go that failed five times: `DeadLetters`. */
export function workQueue(
  home: Construct,
  id: string,
  common: QueueProps,
  visibilityTimeout: Duration,
): { readonly queue: Queue; readonly deadLetters: Queue } {
  const deadLetters = new Queue(home, 'DeadLetters', common);
  const queue = new Queue(home, id, {
    ...common,
    visibilityTimeout,
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: MOST_RECEIVES },
  });
  return { queue, deadLetters };
}
