import type { ListedDelivery, Webhook } from '../../adapters/webhooks/webhook-store.ts';
import { DELIVERIES_OF_A_PAGE, LONGEST_CURSOR, MOST_DELIVERIES_OF_A_PAGE } from '../../contracts/http/limits.ts';
import { webhookBody } from '../../contracts/http/webhooks.ts';
import { parseWith } from '../../contracts/import/import-message.ts';
import { readCheckedBody } from '../../http/body.ts';
import type { CalledEvent } from '../../http/caller.ts';
import { httpRoutes, json, noContent } from '../../http/http-function.ts';
import { locationOf } from '../../http/location.ts';
import { readId } from '../../http/path.ts';
import { invalidParameter, readLimit, readOnce } from '../../http/query.ts';
import type { Webhooks } from '../../use-cases/webhooks/webhooks.ts';

/** The client's webhooks. */
export function makeWebhooks({ create, list, read, change, rotate, test, retry, remove, deliveries }: Webhooks) {
  const idIn = (event: CalledEvent) => [event.caller.clientId, readId(event, 'webhookId')] as const;
  return httpRoutes('webhooks', {
    'GET /v1/webhooks': async ({ caller }) => json(200, { webhooks: (await list(caller.clientId)).map(viewOf) }),
    'POST /v1/webhooks': async (event) => {
      const { webhook, secret } = await create(event.caller.clientId, await readBody(event));
      const { webhookId } = webhook;
      return json(201, { ...viewOf(webhook), secret }, { Location: locationOf(event, webhookId) });
    },
    'GET /v1/webhooks/{webhookId}': async (event) => json(200, viewOf(await read(...idIn(event)))),
    'PUT /v1/webhooks/{webhookId}': async (event) =>
      json(200, viewOf(await change(...idIn(event), await readBody(event)))),
    'DELETE /v1/webhooks/{webhookId}': async (event) => {
      await remove(...idIn(event));
      return noContent();
    },
    'POST /v1/webhooks/{webhookId}/secret': async (event) => {
      const [clientId, webhookId] = idIn(event);
      return json(200, { webhookId, secret: await rotate(clientId, webhookId) });
    },
    'POST /v1/webhooks/{webhookId}/test': async (event) => json(202, { id: await test(...idIn(event)) }),
    'POST /v1/webhooks/{webhookId}/deliveries/{deliveryId}/retry': async (event) =>
      json(202, { id: await retry(...idIn(event), readId(event, 'deliveryId')) }),
    'GET /v1/webhooks/{webhookId}/deliveries': async (event) => {
      const limit = readLimit(event, DELIVERIES_OF_A_PAGE, MOST_DELIVERIES_OF_A_PAGE);
      const cursor = readOnce(event, 'cursor');
      if (cursor !== undefined && !(cursor.length <= LONGEST_CURSOR && /^\w+$/.test(cursor))) {
        throw invalidParameter('cursor', 'must be what the answer before says');
      }
      const page = await deliveries(...idIn(event), { limit, cursor });
      return json(200, { deliveries: page.deliveries.map(deliveryView), cursor: page.cursor });
    },
  });
}

const readBody = (event: CalledEvent) => readCheckedBody(event, (value) => parseWith(webhookBody, value));
const iso = (at: number) => new Date(at).toISOString();

function viewOf({ webhookId, url, events, enabled, createdAt, switchedOff }: Webhook) {
  const off = switchedOff && { at: iso(switchedOff.at), reason: switchedOff.reason };
  return { webhookId, url, events, enabled, createdAt: iso(createdAt), switchedOff: off };
}

function deliveryView({ at, nextAttemptAt, ...delivery }: ListedDelivery) {
  return { ...delivery, at: iso(at), nextAttemptAt: nextAttemptAt === null ? null : iso(nextAttemptAt) };
}
