/**
 * Webhooks of clients, and their deliveries.
 *
 * | partition           | sort key                 |                                                    |
 * |---------------------|--------------------------|----------------------------------------------------|
 * | `<client>#webhooks` | `webhook#<id>`           | address, events, sealed secrets                    |
 * | `<client>#webhooks` | `failing#<id>`           | since when its endpoint fails; gone when it does not |
 * | `<client>#webhooks` | `delivery#<id>#<time>`   | an attempt, kept for 14 days                       |
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { WebhookEvent } from '../../contracts/http/webhook-events.ts';
import { newSortableId } from '../../runtime/sortable-id.ts';
import { expiry, openPartitionValues, type PartitionValues } from '../dynamodb/partition-values.ts';
import type { WebhookNotice } from './delivery-queue.ts';

export type SealedSecret = {
  readonly sealed: string;
  /** Milliseconds since 1970 until which it signs beside its successor; null: it is the newest. */
  readonly until: number | null;
};
export type Webhook = {
  readonly webhookId: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly enabled: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** That we switched it off, and why; null: we did not. */
  readonly switchedOff: { readonly at: number; readonly reason: string } | null;
  /** The newest first. */
  readonly secrets: readonly SealedSecret[];
};
export type Failing = { readonly since: number; readonly pausedUntil: number };
/** One attempt. `status` is that of the answer; null: there was none, and `error` says why. */
export type Delivery = {
  readonly webhookId: string;
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly attempt: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  readonly nextAttemptAt: number | null;
};
export type WebhookStore = ReturnType<typeof openWebhookStore>;

/** An attempt as it is listed. */
export type ListedDelivery = Delivery & { readonly deliveryId: string };
/** An attempt as stored: with the end of its sort key and the notice that was to be sent. Older ones have no notice. */
type KeptDelivery = Delivery & { readonly attemptId: string; readonly notice?: WebhookNotice };

const DELIVERIES_KEPT_DAYS = 14;
const FAILING_KEPT_DAYS = 3;

const webhookAt = (webhookId: string) => `webhook#${webhookId}`;
const failingAt = (webhookId: string) => `failing#${webhookId}`;
const deliveriesOf = (webhookId: string) => `delivery#${webhookId}#`;

export function openWebhookStore(dynamo: DynamoDBClient, table: string) {
  const values = openPartitionValues(dynamo, table, 'webhooks');
  const { valueAt, valuesUnder, put, remove } = values;

  const readWebhook = (clientId: string, webhookId: string) => valueAt<Webhook>(clientId, webhookAt(webhookId));

  /** In the order in which they were made. */
  async function listWebhooks(clientId: string): Promise<Webhook[]> {
    return (await valuesUnder<Webhook>(clientId, webhookAt(''))).reverse();
  }

  async function createWebhook(clientId: string, webhook: Webhook): Promise<void> {
    await put(clientId, webhookAt(webhook.webhookId), webhook);
  }

  /** Writes a webhook if it is unchanged. False: somebody changed or deleted it meanwhile. */
  function changeWebhook(clientId: string, read: Webhook, webhook: Webhook): Promise<boolean> {
    return put(
      clientId,
      webhookAt(webhook.webhookId),
      webhook,
      {},
      {
        ConditionExpression: '#value = :read',
        ExpressionAttributeNames: { '#value': 'value' },
        ExpressionAttributeValues: { ':read': { S: JSON.stringify(read) } },
      },
    );
  }

  async function deleteWebhook(clientId: string, webhookId: string): Promise<void> {
    await remove(clientId, webhookAt(webhookId));
    await remove(clientId, failingAt(webhookId));
  }

  const readFailing = (clientId: string, webhookId: string) => valueAt<Failing>(clientId, failingAt(webhookId));

  /** Undefined: it does not fail any more. */
  async function keepFailing(
    clientId: string,
    webhookId: string,
    failing: Failing | undefined,
    now: number,
  ): Promise<void> {
    const at = failingAt(webhookId);
    await (failing ? put(clientId, at, failing, expiry(now, FAILING_KEPT_DAYS)) : remove(clientId, at));
  }

  return {
    ...deliveriesIn(values),
    readWebhook,
    listWebhooks,
    createWebhook,
    changeWebhook,
    deleteWebhook,
    readFailing,
    keepFailing,
  };
}

function deliveriesIn({ valueAt, pageUnder, put }: PartitionValues) {
  async function keepDelivery(clientId: string, delivery: Delivery, notice: WebhookNotice): Promise<void> {
    const attemptId = newSortableId(delivery.at);
    const kept: KeptDelivery = { ...delivery, attemptId, notice: nameless(notice) };
    await put(clientId, deliveriesOf(delivery.webhookId) + attemptId, kept, expiry(delivery.at, DELIVERIES_KEPT_DAYS));
  }

  /** The attempts of the last 14 days, the newest first. @param cursor where the page before ended */
  async function listDeliveries(clientId: string, webhookId: string, limit: number, cursor?: string) {
    const prefix = deliveriesOf(webhookId);
    const before = cursor === undefined ? undefined : prefix + cursor;
    const found = await pageUnder<KeptDelivery>(clientId, prefix, limit + 1, before);
    const page = found.slice(0, limit);
    return {
      deliveries: page.map(
        ({ attemptId, notice: _, ...delivery }): ListedDelivery => ({ deliveryId: attemptId, ...delivery }),
      ),
      cursor: found.length > limit ? (page.at(-1)?.attemptId ?? null) : null,
    };
  }

  /** The notice of an attempt of the last 14 days, and its number; undefined: not kept. */
  async function readDelivery(clientId: string, webhookId: string, deliveryId: string) {
    const kept = await valueAt<KeptDelivery>(clientId, deliveriesOf(webhookId) + deliveryId);
    return kept?.notice && { notice: kept.notice, attempt: kept.attempt };
  }

  return { keepDelivery, listDeliveries, readDelivery };
}

/** Deliveries outlive an erasure: they say where a refusal of an owner is, and not what it says. */
function nameless({ data, ...notice }: WebhookNotice): WebhookNotice {
  if (data.kind !== 'refused' || data.hash === null) return { ...notice, data };
  const { kind, hash, importId } = data;
  return { ...notice, data: { kind, hash, importId } };
}
