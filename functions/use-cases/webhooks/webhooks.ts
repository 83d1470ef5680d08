/** A client's webhooks: create, change, test and remove. */
import type { DeliveryQueue } from '../../adapters/webhooks/delivery-queue.ts';
import { newWebhookSecret, type SecretBox } from '../../adapters/webhooks/secret-box.ts';
import type { ListedDelivery, SealedSecret, Webhook, WebhookStore } from '../../adapters/webhooks/webhook-store.ts';
import { MOST_WEBHOOKS } from '../../contracts/http/limits.ts';
import { TEST_EVENT, type WebhookEvent } from '../../contracts/http/webhook-events.ts';
import type { Clock } from '../../runtime/clock.ts';
import { RefusedError } from '../../runtime/errors.ts';
import { newSortableId } from '../../runtime/sortable-id.ts';

/** So long an old secret signs beside the new one. */
const OVERLAP_MS = 24 * 3_600_000;

export type WebhookParts = {
  readonly store: WebhookStore;
  readonly queue: Pick<DeliveryQueue, 'send'>;
  readonly box: () => Promise<SecretBox>;
  readonly clock: Clock;
  /** What is wrong with an address, or undefined. */
  readonly urlFault: (url: string) => string | undefined;
};
export type WebhookSettings = {
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly enabled: boolean;
};
export type Webhooks = ReturnType<typeof openWebhooks>;

/** What a sealed secret is bound to. */
export const placeOfSecret = (clientId: string, webhookId: string) => `${clientId}\0${webhookId}`;

export function openWebhooks(parts: WebhookParts) {
  const { store, clock } = parts;

  async function found(clientId: string, webhookId: string): Promise<Webhook> {
    const webhook = await store.readWebhook(clientId, webhookId);
    if (!webhook) throw new RefusedError('WEBHOOK_NOT_FOUND', 'There is no such webhook.');
    return webhook;
  }

  /** The webhook together with its secret, which is shown this once. */
  async function create(clientId: string, settings: WebhookSettings) {
    checkUrl(parts, settings);
    if ((await store.listWebhooks(clientId)).length >= MOST_WEBHOOKS) {
      throw new RefusedError('TOO_MANY_WEBHOOKS', `A client has ${MOST_WEBHOOKS} webhooks at most.`);
    }
    const createdAt = clock();
    const webhookId = newSortableId(createdAt);
    const { secret, sealed } = await newSecret(parts, clientId, webhookId);
    const secrets: SealedSecret[] = [{ sealed, until: null }];
    const webhook: Webhook = { webhookId, ...settings, createdAt, switchedOff: null, secrets };
    await store.createWebhook(clientId, webhook);
    return { webhook, secret };
  }

  /** What was switched off by us is given another chance when it is enabled again. */
  async function change(clientId: string, webhookId: string, settings: WebhookSettings): Promise<Webhook> {
    checkUrl(parts, settings);
    const webhook = await found(clientId, webhookId);
    const changed = { ...webhook, ...settings, switchedOff: settings.enabled ? null : webhook.switchedOff };
    await write(store, clientId, webhook, changed);
    await store.keepFailing(clientId, webhookId, undefined, clock());
    return changed;
  }

  /** A new secret; the one before goes on to sign beside it for a day. */
  async function rotate(clientId: string, webhookId: string): Promise<string> {
    const webhook = await found(clientId, webhookId);
    const { secret, sealed } = await newSecret(parts, clientId, webhookId);
    const until = clock() + OVERLAP_MS;
    const [newest] = webhook.secrets;
    const secrets = [{ sealed, until: null }, ...(newest ? [{ ...newest, until }] : [])];
    await write(store, clientId, webhook, { ...webhook, secrets });
    return secret;
  }

  async function remove(clientId: string, webhookId: string): Promise<void> {
    await found(clientId, webhookId);
    await store.deleteWebhook(clientId, webhookId);
  }

  return { create, list: store.listWebhooks, read: found, change, rotate, remove, ...deliveriesBy(parts, found) };
}

/** Past deliveries, and requested ones. */
function deliveriesBy(
  { store, queue, clock }: WebhookParts,
  found: (clientId: string, webhookId: string) => Promise<Webhook>,
) {
  async function deliveries(clientId: string, webhookId: string, { limit, cursor }: Page): Promise<DeliveriesPage> {
    await found(clientId, webhookId);
    return store.listDeliveries(clientId, webhookId, limit, cursor);
  }

  /** Sends a test event, also to a webhook that is switched off; its id. */
  async function test(clientId: string, webhookId: string): Promise<string> {
    await found(clientId, webhookId);
    const at = clock();
    const id = newSortableId(at);
    const notice = { id, type: TEST_EVENT, at, data: { kind: 'data', data: { webhookId } } } as const;
    await queue.send({ clientId, webhookId, notice, attempt: 1, since: at, due: at }, at);
    return id;
  }

  /** Sends the event of an attempt once more, under its own id. @throws RefusedError DELIVERY_NOT_FOUND */
  async function retry(clientId: string, webhookId: string, deliveryId: string): Promise<string> {
    await found(clientId, webhookId);
    const delivery = await store.readDelivery(clientId, webhookId, deliveryId);
    if (!delivery) {
      throw new RefusedError('DELIVERY_NOT_FOUND', 'There is no such delivery; they are kept for 14 days.');
    }
    const { notice, attempt } = delivery;
    const at = clock();
    const message = {
      clientId,
      webhookId,
      notice,
      attempt: attempt + 1,
      since: at,
      due: at,
      isAskedFor: true,
    } as const;
    await queue.send(message, at);
    return notice.id;
  }

  return { test, retry, deliveries };
}

type Page = { readonly limit: number; readonly cursor?: string | undefined };
export type DeliveriesPage = { readonly deliveries: readonly ListedDelivery[]; readonly cursor: string | null };

function checkUrl({ urlFault }: WebhookParts, { url }: WebhookSettings): void {
  const message = urlFault(url);
  if (message === undefined) return;
  throw new RefusedError('INVALID_PAYLOAD', `The body has a fault: \`url\` ${message}.`, [{ path: 'url', message }]);
}

async function newSecret({ box }: WebhookParts, clientId: string, webhookId: string) {
  const secret = newWebhookSecret();
  return { secret, sealed: (await box()).seal(secret, placeOfSecret(clientId, webhookId)) };
}

async function write(store: WebhookStore, clientId: string, read: Webhook, webhook: Webhook): Promise<void> {
  if (await store.changeWebhook(clientId, read, webhook)) return;
  throw new RefusedError('WEBHOOK_CHANGED', 'Somebody else changed the webhook meanwhile; read it again.');
}
