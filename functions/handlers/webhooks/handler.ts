import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { openDeliveryQueue } from '../../adapters/webhooks/delivery-queue.ts';
import { urlFault } from '../../adapters/webhooks/public-addresses.ts';
import { openSecretBox } from '../../adapters/webhooks/secret-box.ts';
import { openWebhookStore } from '../../adapters/webhooks/webhook-store.ts';
import { systemClock } from '../../runtime/clock.ts';
import { isOnOneMachine, readConfiguration } from '../../runtime/configuration.ts';
import { openWebhooks } from '../../use-cases/webhooks/webhooks.ts';
import { makeWebhooks } from './recipe.ts';

const { table, webhookQueue, webhookKeySecret } = readConfiguration(['table', 'webhookQueue', 'webhookKeySecret']);
const toLoopback = isOnOneMachine();

export const handler = makeWebhooks(
  openWebhooks({
    store: openWebhookStore(leanClient(DynamoDBClient), table),
    queue: openDeliveryQueue(webhookQueue),
    box: openSecretBox(webhookKeySecret),
    clock: systemClock,
    urlFault: (url) => urlFault(url, toLoopback),
  }),
);
