/** What the OpenAPI document says of webhooks. */
import type { ProblemCode } from '../http/problems.ts';
import type { RouteName } from '../http/routes.ts';
import { DELIVERIES_PARAMETERS } from '../http/webhooks.ts';
import type { Operation } from './operation.ts';
import { refTo } from './schemas.ts';

const tags = ['webhooks'];
const BODY: readonly ProblemCode[] = ['INVALID_PAYLOAD', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];
const UNKNOWN: readonly ProblemCode[] = ['WEBHOOK_NOT_FOUND', 'INVALID_PARAMETER'];
const DELIVERED = [
  'Events are delivered by the Standard Webhooks specification: `webhook-id`, `webhook-timestamp` and `webhook-signature`, and the body',
  '`{"type","timestamp","data"}`. Any answer but 2xx is a failure, a redirect too, and so is none within 15 s. It is tried again within a',
  'minute, then with growing pauses for 24 hours; after that, and at once after `410`, the webhook is switched off.',
].join(' ');
const body = {
  description: 'Where and what. An unknown field is refused',
  content: {
    'application/json': {
      schema: refTo('WebhookBody'),
      examples: {
        webhook: {
          value: { url: 'https://example.com/owner-profiles', events: ['owner-profiles.changed'], enabled: true },
        },
      },
    },
  },
};

export const WEBHOOK_OPERATIONS: Readonly<Record<RouteName<'webhooks'>, Operation>> = {
  'GET /v1/webhooks': {
    operationId: 'listWebhooks',
    summary: 'Where you receive events',
    description: 'All webhooks of the client.',
    tags,
    successes: [{ status: 200, description: 'The webhooks', schema: 'Webhooks' }],
    problems: [],
  },
  'POST /v1/webhooks': {
    operationId: 'createWebhook',
    summary: 'Creates a webhook',
    description: `${DELIVERED} The secret of the signatures is shown in this answer alone.`,
    tags,
    body,
    successes: [
      { status: 201, description: 'The webhook, with its secret', schema: 'WebhookCreated', headers: ['Location'] },
    ],
    problems: [...BODY, 'TOO_MANY_WEBHOOKS'],
  },
  'GET /v1/webhooks/{webhookId}': {
    operationId: 'getWebhook',
    summary: 'One webhook',
    description: 'Without its secret.',
    tags,
    successes: [{ status: 200, description: 'The webhook', schema: 'Webhook' }],
    problems: UNKNOWN,
  },
  'PUT /v1/webhooks/{webhookId}': {
    operationId: 'changeWebhook',
    summary: 'Changes a webhook',
    description: 'Its address, events, and whether it is enabled. One that was switched off is enabled again by this.',
    tags,
    body,
    successes: [{ status: 200, description: 'The webhook', schema: 'Webhook' }],
    problems: [...BODY, ...UNKNOWN, 'WEBHOOK_CHANGED'],
  },
  'DELETE /v1/webhooks/{webhookId}': {
    operationId: 'deleteWebhook',
    summary: 'Deletes a webhook',
    description: 'What waits to be sent to it is dropped.',
    tags,
    successes: [{ status: 204, description: 'It is deleted' }],
    problems: UNKNOWN,
  },
  'POST /v1/webhooks/{webhookId}/secret': {
    operationId: 'rotateWebhookSecret',
    summary: 'Gives a webhook a new secret',
    description: 'For 24 hours events are signed with the new secret and with the one before it.',
    tags,
    successes: [{ status: 200, description: 'The new secret, shown only once', schema: 'WebhookSecret' }],
    problems: [...UNKNOWN, 'WEBHOOK_CHANGED'],
  },
  'POST /v1/webhooks/{webhookId}/test': {
    operationId: 'testWebhook',
    summary: 'Sends a test event',
    description: 'Of the type `webhook.test`, once, also to a webhook that is switched off.',
    tags,
    successes: [{ status: 202, description: 'It is sent within moments', schema: 'WebhookTest' }],
    problems: UNKNOWN,
  },
  'GET /v1/webhooks/{webhookId}/deliveries': {
    operationId: 'listDeliveries',
    summary: 'How deliveries went',
    description: 'The attempts of the last 14 days, the newest first.',
    tags,
    query: DELIVERIES_PARAMETERS,
    successes: [{ status: 200, description: 'A page of attempts', schema: 'Deliveries' }],
    problems: UNKNOWN,
  },
  'POST /v1/webhooks/{webhookId}/deliveries/{deliveryId}/retry': {
    operationId: 'retryDelivery',
    summary: 'Sends an event again',
    description: [
      'The event of this attempt, once and at once, with the same `webhook-id`; also to a webhook that is switched off or rests after failures,',
      'and whether the attempt failed or not. What is not kept any more, because its owner was erased, is in the list with this as its error.',
    ].join(' '),
    tags,
    successes: [{ status: 202, description: 'It is sent within moments', schema: 'DeliveryRetry' }],
    problems: [...UNKNOWN, 'DELIVERY_NOT_FOUND'],
  },
};
