/**
 * Where clients want to be told of events, and how it went.
 *
 * | partition           | sort key                 |                                                    |
 * |---------------------|--------------------------|----------------------------------------------------|
 * | `<client>#webhooks` | `webhook#<id>`           | address, events, sealed secrets                    |
 * | `<client>#webhooks` | `failing#<id>`           | since when its endpoint fails; gone when it does not |
 * | `<client>#webhooks` | `delivery#<id>#<time>`   | an attempt, kept for 14 days                       |
 */
import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { WebhookEvent } from '../../contracts/http/webhook-events.ts';
import { newSortableId } from '../../runtime/sortable-id.ts';
import { conditionHeld } from '../dynamodb/condition-held.ts';
import { everyItem } from '../dynamodb/every-item.ts';

type Item = Record<string, AttributeValue>;

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

const DELIVERIES_KEPT_SECONDS = 14 * 86_400;
const FAILING_KEPT_SECONDS = 3 * 86_400;

export function openWebhookStore(dynamo: DynamoDBClient, TableName: string) {
  const read = async (Key: Item) =>
    (await dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
  const put = async (item: Item, value: object): Promise<void> => {
    await dynamo.send(new PutItemCommand({ TableName, Item: { ...item, value: { S: JSON.stringify(value) } } }));
  };
  const remove = async (Key: Item): Promise<void> => {
    await dynamo.send(new DeleteItemCommand({ TableName, Key }));
  };

  async function readFailing(clientId: string, webhookId: string): Promise<Failing | undefined> {
    const item = await read(place(clientId, `failing#${webhookId}`));
    return item && valueIn<Failing>(item);
  }

  /** Undefined: it does not fail any more. */
  function keepFailing(clientId: string, webhookId: string, failing: Failing | undefined, now: number): Promise<void> {
    const at = place(clientId, `failing#${webhookId}`);
    return failing ? put({ ...at, ttl: seconds(now, FAILING_KEPT_SECONDS) }, failing) : remove(at);
  }

  async function deleteWebhook(clientId: string, webhookId: string): Promise<void> {
    await remove(place(clientId, `webhook#${webhookId}`));
    await remove(place(clientId, `failing#${webhookId}`));
  }

  return {
    ...webhooksIn(dynamo, TableName),
    ...deliveriesIn(dynamo, TableName),
    createWebhook: (clientId: string, webhook: Webhook) =>
      put(place(clientId, `webhook#${webhook.webhookId}`), webhook),
    async readWebhook(clientId: string, webhookId: string): Promise<Webhook | undefined> {
      const item = await read(place(clientId, `webhook#${webhookId}`));
      return item && valueIn<Webhook>(item);
    },
    deleteWebhook,
    readFailing,
    keepFailing,
    keepDelivery: (clientId: string, delivery: Delivery) => {
      const sort = `delivery#${delivery.webhookId}#${newSortableId(delivery.at)}`;
      return put({ ...place(clientId, sort), ttl: seconds(delivery.at, DELIVERIES_KEPT_SECONDS) }, delivery);
    },
  };
}

function webhooksIn(dynamo: DynamoDBClient, TableName: string) {
  /** In the order in which they were made. */
  async function listWebhooks(clientId: string): Promise<Webhook[]> {
    const items = everyItem(dynamo, {
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': { S: `${clientId}#webhooks` }, ':prefix': { S: 'webhook#' } },
    });
    return Array.fromAsync(items, valueIn<Webhook>);
  }

  /** Writes a webhook that is as it was read. False: somebody changed or deleted it meanwhile. */
  function changeWebhook(clientId: string, read: Webhook, webhook: Webhook): Promise<boolean> {
    const Item = { ...place(clientId, `webhook#${webhook.webhookId}`), value: { S: JSON.stringify(webhook) } };
    return conditionHeld(
      dynamo.send(
        new PutItemCommand({
          TableName,
          Item,
          ConditionExpression: '#value = :read',
          ExpressionAttributeNames: { '#value': 'value' },
          ExpressionAttributeValues: { ':read': { S: JSON.stringify(read) } },
        }),
      ),
    );
  }

  return { listWebhooks, changeWebhook };
}

function deliveriesIn(dynamo: DynamoDBClient, TableName: string) {
  /** The attempts of the last 14 days, the newest first. */
  async function listDeliveries(clientId: string, webhookId: string, limit: number, cursor?: string) {
    const prefix = `delivery#${webhookId}#`;
    const { Items = [], LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        Limit: limit,
        ScanIndexForward: false,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': { S: `${clientId}#webhooks` }, ':prefix': { S: prefix } },
        ...(cursor !== undefined && { ExclusiveStartKey: place(clientId, prefix + cursor) }),
      }),
    );
    return {
      deliveries: Items.map(valueIn<Delivery>),
      cursor: LastEvaluatedKey?.['sk']?.S?.slice(prefix.length) ?? null,
    };
  }

  return { listDeliveries };
}

const place = (clientId: string, sort: string): Item => ({ pk: { S: `${clientId}#webhooks` }, sk: { S: sort } });
const valueIn = <Value>(item: Item): Value => JSON.parse(String(item['value']?.S)) as Value;
const seconds = (now: number, more: number) => ({ N: String(Math.ceil(now / 1000) + more) });
