/** Deliveries that are to be made, each a message of its own. Messages name what happened and do not hold it: an erasure reaches what waits. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { TEST_EVENT, WebhookEvent } from '../../contracts/http/webhook-events.ts';
import { leanClient } from '../sdk/lean-client.ts';

/** SQS API reference, "SendMessage". */
const MOST_DELAY_SECONDS = 900;

/** The data of an event, or where it is. Without `data`, the refusal of a known owner is looked up by its import. */
export type EventData =
  | { readonly kind: 'change'; readonly position: number }
  | { readonly kind: 'refused'; readonly hash: string; readonly importId: string; readonly data?: object }
  | { readonly kind: 'refused'; readonly hash: null; readonly importId: string; readonly data: object }
  | { readonly kind: 'data'; readonly data: object };

export type WebhookNotice = {
  /** The same in every delivery of the event: `webhook-id`. */
  readonly id: string;
  readonly type: WebhookEvent | typeof TEST_EVENT;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly data: EventData;
};
export type DeliveryMessage = {
  readonly clientId: string;
  readonly webhookId: string;
  readonly notice: WebhookNotice;
  /** From 1. */
  readonly attempt: number;
  /** When the first attempt was due, and when this one is. */
  readonly since: number;
  readonly due: number;
  /** A requested attempt: it is made in any case, and no other follows. */
  readonly isAskedFor?: true;
};
export type DeliveryQueue = ReturnType<typeof openDeliveryQueue>;

export function openDeliveryQueue(QueueUrl: string, sqs = leanClient(SQSClient)) {
  /** Sends it with the delay until it is due, at most the longest that SQS allows. */
  async function send(message: DeliveryMessage, now: number): Promise<void> {
    const DelaySeconds = Math.min(MOST_DELAY_SECONDS, Math.max(0, Math.ceil((message.due - now) / 1000)));
    // The group gives fair queuing: an endpoint with many deliveries does not delay the others.
    const MessageGroupId = message.webhookId;
    await sqs.send(
      new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message), DelaySeconds, MessageGroupId }),
    );
  }
  return { send };
}
