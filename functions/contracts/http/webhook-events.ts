/** The events that webhooks receive. Apart from the schemas, for code that only sends them. */
export const WEBHOOK_EVENTS = ['owner-profiles.changed', 'import.refused', 'snapshot.finished'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];
/** What `POST /v1/webhooks/{webhookId}/test` sends. */
export const TEST_EVENT = 'webhook.test';
