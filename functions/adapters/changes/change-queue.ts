/** Asks for a look whether an owner has changes to publish. The message names the owner by the keyed hash alone. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { OwnerKey } from '../owners/owner-key.ts';
import { leanClient } from '../sdk/lean-client.ts';

/**
 * Longer than any function runs that writes answers, and than one that publishes after it: by then every writer, and every publisher
 * of a change that an erasure takes away, is done or dead.
 */
const LATER_SECONDS = 600;

/** A queue that takes no message must not keep a look-up waiting: that is answered without it. Imports are tried again. */
const QUICK = { maxAttempts: 2, longestSilenceMs: 2000 };

export type ChangeNotice = { readonly clientId: string; readonly hash: string };

export function openChangeQueue(QueueUrl: string, sqs = leanClient(SQSClient, QUICK)) {
  const send = async ({ clientId, hash }: OwnerKey, DelaySeconds: number): Promise<void> => {
    const MessageBody = JSON.stringify({ clientId, hash } satisfies ChangeNotice);
    // The group gives fair queuing: a client whose whole base changes does not delay the others.
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds, MessageGroupId: clientId }));
  };
  return {
    later: (owner: OwnerKey) => send(owner, LATER_SECONDS),
    now: (owner: OwnerKey) => send(owner, 0),
  };
}

/** Undefined: not one of ours. */
export function readNotice(body: string): ChangeNotice | undefined {
  try {
    const { clientId, hash } = JSON.parse(body) as Record<string, unknown>;
    return typeof clientId === 'string' && typeof hash === 'string' ? { clientId, hash } : undefined;
  } catch {
    return undefined;
  }
}
