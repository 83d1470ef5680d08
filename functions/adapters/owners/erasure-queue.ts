/** Erasures that have started and may not be finished: the tombstone is written, and what it covers is removed until nothing is left. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { leanClient } from '../sdk/lean-client.ts';
import type { Erased } from './erased.ts';

/** Longer than a request takes: by then the one that started is done or dead. */
const LATER_SECONDS = 60;

export function openErasureQueue(QueueUrl: string, sqs = leanClient(SQSClient)) {
  const send = async ({ clientId, ownerExternalId }: Erased, DelaySeconds: number): Promise<void> => {
    const MessageBody = JSON.stringify({ clientId, ownerExternalId } satisfies Erased);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds, MessageGroupId: clientId }));
  };
  return {
    /** In a minute, when the request that asks is done or dead. */
    later: (owner: Erased) => send(owner, LATER_SECONDS),
    now: (owner: Erased) => send(owner, 0),
  };
}
