import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openChangeFeed } from '../../adapters/changes/change-feed.ts';
import { openEventBus } from '../../adapters/changes/event-bus.ts';
import { openOwnerStore } from '../../adapters/owners/owner-store.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { openDeliveryQueue } from '../../adapters/webhooks/delivery-queue.ts';
import { openWebhookStore } from '../../adapters/webhooks/webhook-store.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration } from '../../runtime/configuration.ts';
import { publishChanges } from '../../use-cases/changes/publish.ts';
import { tellOthers } from '../../use-cases/changes/tell-others.ts';
import { makeChangePublisher } from './recipe.ts';

const { table, retentionMonths, webhookQueue, eventBus } = readConfiguration([
  'table',
  'retentionMonths',
  'webhookQueue',
  'eventBus',
]);
const dynamo = leanClient(DynamoDBClient);
const keeping = { clock: systemClock, retentionMonths };
/** Pages are neither read nor written here, and no account is named. */
const noHash = (): never => {
  throw new Error('changes name no accounts');
};
const webhooks = {
  store: openWebhookStore(dynamo, table),
  queue: openDeliveryQueue(webhookQueue),
  clock: systemClock,
};
const parts = {
  clock: systemClock,
  store: openOwnerStore(dynamo, table, noHash, keeping),
  feed: openChangeFeed(dynamo, table),
  tell: tellOthers({ bus: openEventBus(eventBus), webhooks, clock: systemClock }),
};

export const handler = makeChangePublisher({ publish: (notice) => publishChanges(parts, notice) });
