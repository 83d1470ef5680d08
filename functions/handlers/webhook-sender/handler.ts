import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openChangeFeed } from '../../adapters/changes/change-feed.ts';
import { openRefusedImports } from '../../adapters/imports/refused-imports.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { openDeliveryQueue } from '../../adapters/webhooks/delivery-queue.ts';
import { postTo } from '../../adapters/webhooks/endpoint.ts';
import { openSecretBox } from '../../adapters/webhooks/secret-box.ts';
import { openWebhookStore } from '../../adapters/webhooks/webhook-store.ts';
import { systemClock } from '../../runtime/clock.ts';
import { isOnOneMachine, readConfiguration } from '../../runtime/configuration.ts';
import { deliver } from '../../use-cases/webhooks/deliver.ts';
import { makeWebhookSender } from './recipe.ts';

const { table, webhookQueue, webhookKeySecret } = readConfiguration(['table', 'webhookQueue', 'webhookKeySecret']);
const toLoopback = isOnOneMachine();
const dynamo = leanClient(DynamoDBClient);
const box = openSecretBox(webhookKeySecret);
const parts = {
  store: openWebhookStore(dynamo, table),
  queue: openDeliveryQueue(webhookQueue),
  feed: openChangeFeed(dynamo, table),
  refused: openRefusedImports(dynamo, table),
  post: (url: string, headers: Readonly<Record<string, string>>, body: string) =>
    postTo(url, headers, body, { toLoopback }),
  clock: systemClock,
};

export const handler = makeWebhookSender({
  deliver: async (message) => deliver({ ...parts, box: await box() }, message),
});
