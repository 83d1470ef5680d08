/**
 * Delivering one event to one endpoint: by the Standard Webhooks specification, again with growing pauses for 24 hours, and then the endpoint
 * is switched off. An endpoint that fails is left alone for a while as a whole, so that what waits for it does not delay the others.
 */
import type { ChangeFeed } from '../../adapters/changes/change-feed.ts';
import type { RefusedImports } from '../../adapters/imports/refused-imports.ts';
import type { DeliveryMessage, DeliveryQueue, WebhookNotice } from '../../adapters/webhooks/delivery-queue.ts';
import type { Answered } from '../../adapters/webhooks/endpoint.ts';
import { type SecretBox, signatures } from '../../adapters/webhooks/secret-box.ts';
import type { Failing, Webhook, WebhookStore } from '../../adapters/webhooks/webhook-store.ts';
import { changeView } from '../../contracts/http/change-view.ts';
import { TEST_EVENT } from '../../contracts/http/webhook-events.ts';
import type { Clock } from '../../runtime/clock.ts';
import { refusalData } from './notices.ts';
import { placeOfSecret } from './webhooks.ts';

export type DeliverParts = {
  readonly store: Pick<WebhookStore, 'readWebhook' | 'changeWebhook' | 'readFailing' | 'keepFailing' | 'keepDelivery'>;
  readonly queue: Pick<DeliveryQueue, 'send'>;
  readonly feed: Pick<ChangeFeed, 'at'>;
  readonly refused: Pick<RefusedImports, 'find'>;
  readonly box: SecretBox;
  readonly post: (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<Answered>;
  readonly clock: Clock;
};
export type Delivered = 'delivered' | 'failed' | 'put off' | 'dropped' | 'switched off';

const GONE = 'not sent: the owner was erased, or the import was taken since';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Before each attempt after the first. They add up to more than 24 hours. */
const PAUSES = [
  15 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
  6 * HOUR,
];
const GIVEN_UP_AFTER = 24 * HOUR;
/** An endpoint that fails is asked again after a third of the time that it has been failing, within these bounds. */
const [SHORTEST_REST, LONGEST_REST] = [10 * SECOND, HOUR];

export async function deliver(parts: DeliverParts, message: DeliveryMessage): Promise<Delivered> {
  const { store, queue, clock } = parts;
  const { clientId, webhookId, notice, due } = message;
  const now = clock();
  if (due - now > SECOND) {
    await queue.send(message, now);
    return 'put off';
  }
  const webhook = await store.readWebhook(clientId, webhookId);
  if (!webhook || !(isAskedFor(message) || isWanted(webhook, notice))) return 'dropped';
  const failing = await store.readFailing(clientId, webhookId);
  if (failing && failing.pausedUntil > now && !isAskedFor(message)) {
    await queue.send({ ...message, due: failing.pausedUntil }, now);
    return 'put off';
  }
  const data = await dataOf(parts, clientId, notice);
  if (!data) {
    if (message.isAskedFor) await keep(parts, message, now, { status: null, error: GONE }, null);
    return 'dropped';
  }
  const answered = await send(parts, clientId, webhook, notice, data);
  return conclude(parts, message, webhook, failing, now, answered);
}

/** Whether this attempt was requested. */
function isAskedFor({ notice, isAskedFor: isRetry }: DeliveryMessage): boolean {
  return isRetry === true || notice.type === TEST_EVENT;
}

function isWanted({ enabled, events }: Webhook, { type }: WebhookNotice): boolean {
  return enabled && events.some((event) => event === type);
}

/** Undefined: its owner was erased meanwhile. */
async function dataOf(
  { feed, refused }: DeliverParts,
  clientId: string,
  { data }: WebhookNotice,
): Promise<object | undefined> {
  switch (data.kind) {
    case 'change': {
      const listed = await feed.at(clientId, data.position);
      return listed && changeView(listed.change);
    }
    case 'refused': {
      if (data.hash === null) return data.data;
      const found = await refused.find({ clientId, hash: data.hash, externalId: '' }, data.importId);
      return found && (data.data ?? refusalData(found));
    }
    case 'data':
      return data.data;
  }
}

function send(
  { box, post, clock }: DeliverParts,
  clientId: string,
  { webhookId, url, secrets }: Webhook,
  { id, type, at }: WebhookNotice,
  data: object,
): Promise<Answered> {
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data });
  const now = clock();
  const holding = secrets
    .filter(({ until }) => until === null || until > now)
    .map(({ sealed }) => box.open(sealed, placeOfSecret(clientId, webhookId)));
  const timestamp = Math.floor(now / SECOND);
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': 'owner-profiles',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures(holding, id, timestamp, body),
  };
  return post(url, headers, body);
}

async function conclude(
  parts: DeliverParts,
  message: DeliveryMessage,
  webhook: Webhook,
  failing: Failing | undefined,
  begun: number,
  answered: Answered,
): Promise<Delivered> {
  const { store, queue, clock } = parts;
  const { clientId, webhookId, attempt, since } = message;
  const { status } = answered;
  const now = clock();
  const isDelivered = status !== null && status >= 200 && status < 300;
  const isOver = isDelivered || status === 410 || isAskedFor(message) || now - since >= GIVEN_UP_AFTER;
  const pause = PAUSES[Math.min(attempt, PAUSES.length) - 1]!;
  // The last attempt is made when 24 hours are over.
  const nextAttemptAt = isOver ? null : Math.max(now + SECOND, Math.min(now + pause, since + GIVEN_UP_AFTER));
  const error = isDelivered ? null : (answered.error ?? `answered ${status}`);
  await keep(parts, message, begun, { status, error }, nextAttemptAt);
  if (isDelivered) {
    if (failing) await store.keepFailing(clientId, webhookId, undefined, now);
    return 'delivered';
  }
  if (isAskedFor(message) && status !== 410) return 'failed';
  if (nextAttemptAt === null) {
    const reason = status === 410 ? 'it answered 410 Gone' : 'it failed for 24 hours';
    const off = { ...webhook, enabled: false, switchedOff: { at: now, reason } };
    // A change made meanwhile gives it another chance.
    return (await store.changeWebhook(clientId, webhook, off)) ? 'switched off' : 'failed';
  }
  const failingSince = failing?.since ?? now;
  const rest = Math.min(LONGEST_REST, Math.max(SHORTEST_REST, (now - failingSince) / 3));
  await queue.send({ ...message, attempt: attempt + 1, due: nextAttemptAt }, now);
  await store.keepFailing(clientId, webhookId, { since: failingSince, pausedUntil: now + rest }, now);
  return 'failed';
}

function keep(
  { store, clock }: DeliverParts,
  { clientId, webhookId, notice, attempt }: DeliveryMessage,
  at: number,
  answered: Answered,
  nextAttemptAt: number | null,
): Promise<void> {
  const { id, type } = notice;
  const delivery = { webhookId, id, type, at, attempt, ...answered, durationMs: clock() - at, nextAttemptAt };
  return store.keepDelivery(clientId, delivery, notice);
}
