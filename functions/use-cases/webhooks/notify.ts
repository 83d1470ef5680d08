/**
 * Sends events to a client's webhooks: the entrance for all senders.
 *
 * Called again with the same event, it sends it again under the same id, as deliveries do at worst.
 */
import type { DeliveryQueue, WebhookNotice } from '../../adapters/webhooks/delivery-queue.ts';
import type { WebhookStore } from '../../adapters/webhooks/webhook-store.ts';
import type { Clock } from '../../runtime/clock.ts';

export type NotifyParts = {
  readonly store: Pick<WebhookStore, 'listWebhooks'>;
  readonly queue: Pick<DeliveryQueue, 'send'>;
  readonly clock: Clock;
};

/** Sends notices to a client's webhooks; for callers that need nothing else of them. */
export type Notify = (clientId: string, notices: readonly WebhookNotice[]) => Promise<void>;

export async function notifyWebhooks(
  { store, queue, clock }: NotifyParts,
  clientId: string,
  notices: readonly WebhookNotice[],
): Promise<void> {
  if (notices.length === 0) return;
  const webhooks = (await store.listWebhooks(clientId)).filter(({ enabled }) => enabled);
  const now = clock();
  for (const notice of notices) {
    for (const { webhookId, events } of webhooks) {
      if (!events.some((event) => event === notice.type)) continue;
      await queue.send({ clientId, webhookId, notice, attempt: 1, since: now, due: now }, now);
    }
  }
}
