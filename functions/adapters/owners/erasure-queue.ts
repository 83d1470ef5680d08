/** Erasures that are begun and may not be finished: the tombstone is written, and what it covers is removed until nothing is left. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { leanClient } from '../sdk/lean-client.ts';

export type Erased = { readonly clientId: string; readonly ownerExternalId: string };

/** Longer than a request takes: by then whoever began is done or dead. */
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

/** Undefined: not one of ours. */
export function readErased(body: string): Erased | undefined {
  try {
    const { clientId, ownerExternalId } = JSON.parse(body) as Record<string, unknown>;
    const isRead = typeof clientId === 'string' && typeof ownerExternalId === 'string';
    return isRead ? { clientId, ownerExternalId } : undefined;
  } catch {
    return undefined;
  }
}
