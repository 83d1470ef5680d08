import { openWebhookStore } from '../../adapters/webhooks/webhook-store.ts';
import { systemClock } from '../../runtime/clock.ts';
import { lazy } from '../../runtime/lazy.ts';
import { type Notify, notifyWebhooks } from './notify.ts';

type Dynamo = Parameters<typeof openWebhookStore>[0];

/** For functions that seldom have something to send: the client of the queue is loaded when they do. */
export function openNotifier(
  dynamo: Dynamo,
  { table, webhookQueue }: { readonly table: string; readonly webhookQueue: string },
): Notify {
  const store = openWebhookStore(dynamo, table);
  const queue = lazy(async () =>
    (await import('../../adapters/webhooks/delivery-queue.ts')).openDeliveryQueue(webhookQueue),
  );
  const parts = {
    store,
    queue: {
      send: async (...message: Parameters<Awaited<ReturnType<typeof queue>>['send']>) =>
        (await queue()).send(...message),
    },
    clock: systemClock,
  };
  return (clientId, notices) => notifyWebhooks(parts, clientId, notices);
}
