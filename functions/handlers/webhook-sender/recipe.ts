/** Makes the deliveries of a batch side by side; each has its own outcome, and its own line of log without what it held. */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { DeliveryMessage } from '../../adapters/webhooks/delivery-queue.ts';
import { logger } from '../../runtime/logging.ts';
import { count, countBy, publishMetrics } from '../../runtime/metrics.ts';
import { METRICS } from '../../runtime/names.ts';
import type { Delivered } from '../../use-cases/webhooks/deliver.ts';

export type WebhookSenderParts = { readonly deliver: (message: DeliveryMessage) => Promise<Delivered> };

export function makeWebhookSender({ deliver }: WebhookSenderParts) {
  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const done = await Promise.all(Records.map((record) => attempt(record, deliver)));
    publishMetrics();
    const failed = Records.filter((_, index) => !done[index]);
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

/** False: we failed, not the endpoint, and it is tried again. */
async function attempt({ body }: SQSRecord, deliver: WebhookSenderParts['deliver']): Promise<boolean> {
  const begun = performance.now();
  const message = JSON.parse(body) as DeliveryMessage;
  const { clientId, webhookId, attempt: number, notice } = message;
  const line = { clientId, webhookId, type: notice.type, attempt: number };
  try {
    const outcome = await deliver(message);
    logger.info('delivery', { ...line, outcome, durationMs: Math.round(performance.now() - begun) });
    countBy(METRICS.deliveries, { outcome });
    if (outcome === 'switched off') count(METRICS.webhooksSwitchedOff);
    return true;
  } catch (error) {
    logger.error('delivery', { ...line, outcome: 'retried', error: error as Error });
    return false;
  }
}
