/** Deliveries over days, by a clock of their own: when they are retried, and when they end. */
import type { DeliveryMessage } from '../../../../functions/adapters/webhooks/delivery-queue.ts';
import type { Answered } from '../../../../functions/adapters/webhooks/endpoint.ts';
import { newWebhookSecret, secretBoxOf } from '../../../../functions/adapters/webhooks/secret-box.ts';
import type { Delivery, Failing, Webhook } from '../../../../functions/adapters/webhooks/webhook-store.ts';
import { deliver } from '../../../../functions/use-cases/webhooks/deliver.ts';
import { notifyWebhooks } from '../../../../functions/use-cases/webhooks/notify.ts';
import { placeOfSecret } from '../../../../functions/use-cases/webhooks/webhooks.ts';

const START = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const box = secretBoxOf('a key of the tests, of more than thirty-two letters');

/** One webhook, a queue that delivers messages when they are due, and an endpoint with prepared answers. */
function world(answer: (now: number) => Answered) {
  let now = START;
  const sealed = box.seal(newWebhookSecret(), placeOfSecret('demo', 'w'));
  let webhook: Webhook = {
    ...{ webhookId: 'w', url: 'https://example.com/', events: ['owner-profiles.changed'], enabled: true },
    ...{ createdAt: START, switchedOff: null, secrets: [{ sealed, until: null }] },
  };
  let failing: Failing | undefined;
  const waiting: DeliveryMessage[] = [];
  const deliveries: Delivery[] = [];
  const erased = new Set<number>();
  const parts = {
    store: {
      readWebhook: async () => webhook,
      listWebhooks: async () => [webhook],
      changeWebhook: async (_: string, __: Webhook, changed: Webhook) => {
        webhook = changed;
        return true;
      },
      readFailing: async () => failing,
      keepFailing: async (_: string, __: string, kept: Failing | undefined) => {
        failing = kept;
      },
      keepDelivery: async (_: string, delivery: Delivery) => {
        deliveries.push(delivery);
      },
    },
    queue: {
      send: async (message: DeliveryMessage) => {
        waiting.push(message);
      },
    },
    feed: {
      at: async (_: string, position: number) =>
        erased.has(position)
          ? undefined
          : {
              ...{ position, hash: 'h', publishedAt: START },
              change: {
                ...{ id: `c${position}`, sequence: position, ownerExternalId: 'o', at: START, asOf: 20_000 },
                ...{
                  entered: ['parent'],
                  left: [],
                  profiles: ['parent'],
                  catalogueVersion: 'v',
                  cause: 'import' as const,
                },
              },
            },
    },
    refused: { find: async () => undefined },
    box,
    post: async () => answer(now),
    clock: () => now,
  };
  const change = (position: number) =>
    notifyWebhooks(parts, 'demo', [
      { id: `c${position}`, type: 'owner-profiles.changed', at: now, data: { kind: 'change', position } },
    ]);
  /** Delivers due messages, one after the other, until none waits or this much time has passed. */
  async function run(until: number): Promise<void> {
    for (;;) {
      const next = waiting.sort((a, b) => a.due - b.due)[0];
      if (!next || next.due > until) return;
      waiting.shift();
      now = Math.max(now, next.due);
      await deliver(parts, next);
    }
  }
  const retry = (position: number) => {
    const { id, type, attempt } = deliveries.find((one) => one.id === `c${position}`)!;
    const notice = {
      id,
      type: type as 'owner-profiles.changed',
      at: START,
      data: { kind: 'change', position },
    } as const;
    return parts.queue.send({
      ...{ clientId: 'demo', webhookId: 'w', notice, attempt: attempt + 1, since: now, due: now },
      isAskedFor: true,
    });
  };
  return { change, run, retry, deliveries, erased, webhook: () => webhook, waiting, failing: () => failing };
}

test('an endpoint that fails is tried for 24 hours with growing pauses, and then switched off', async () => {
  const { change, run, deliveries, webhook, waiting } = world(() => ({ status: 503, error: null }));
  await change(1);
  await run(START + 48 * HOUR);
  const pauses = deliveries.slice(1).map(({ at }, index) => at - deliveries[index]!.at);
  expect(pauses[0]).toBeLessThan(60_000);
  for (const [index, pause] of pauses.slice(1, -1).entries()) expect(pause).toBeGreaterThanOrEqual(pauses[index]!);
  expect(deliveries.at(-1)).toMatchObject({ attempt: deliveries.length, status: 503, nextAttemptAt: null });
  expect(deliveries.at(-1)!.at - START).toBeGreaterThanOrEqual(24 * HOUR - 1);
  expect(deliveries.at(-1)!.at - START).toBeLessThan(25 * HOUR);
  expect(new Set(deliveries.map(({ id }) => id))).toEqual(new Set(['c1']));
  expect(webhook()).toMatchObject({ enabled: false, switchedOff: { reason: 'it failed for 24 hours' } });
  expect(waiting).toEqual([]);
});

test('what waits for an endpoint that fails is put off, and comes when it is well again', async () => {
  const well = START + 2 * HOUR;
  const { change, run, deliveries, failing, waiting } = world((now) => ({
    status: now < well ? null : 200,
    error: now < well ? 'ECONNREFUSED' : null,
  }));
  for (let position = 1; position <= 50; position++) await change(position);
  await run(START + 1);
  // The others were not even tried.
  expect(deliveries).toHaveLength(1);
  expect(failing()).toBeDefined();
  await run(START + 24 * HOUR);
  const delivered = deliveries.filter(({ status }) => status === 200).map(({ id }) => id);
  expect(new Set(delivered).size).toBe(50);
  expect(delivered).toHaveLength(50);
  expect([failing(), waiting]).toEqual([undefined, []]);
});

test('nothing of an erased owner is sent, though it waits', async () => {
  const { change, run, deliveries, erased } = world(() => ({ status: 200, error: null }));
  await change(1);
  await change(2);
  erased.add(1);
  await run(START + HOUR);
  expect(deliveries.map(({ id }) => id)).toEqual(['c2']);
});

test('what somebody asks to be sent again is sent once, whatever the endpoint did before, and ends its rest', async () => {
  let status = 503;
  const { change, run, retry, deliveries, failing, erased, waiting } = world(() => ({ status, error: null }));
  await change(1);
  await run(START + 1);
  const [automatic] = waiting;
  await retry(1);
  await run(START + 2);
  expect(deliveries.at(-1)).toMatchObject({ id: 'c1', attempt: 2, status: 503, nextAttemptAt: null });
  expect(waiting).toEqual([automatic]);
  status = 204;
  await retry(1);
  await run(START + 3);
  expect(deliveries.at(-1)).toMatchObject({ id: 'c1', status: 204, error: null });
  expect(failing()).toBeUndefined();
  erased.add(1);
  await retry(1);
  await run(START + 4);
  expect(deliveries.at(-1)).toMatchObject({ id: 'c1', status: null, error: expect.stringContaining('erased') });
  await run(START + 48 * HOUR);
  expect(deliveries).toHaveLength(4);
});
