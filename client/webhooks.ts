import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { components } from './schema.ts';

type Schemas = components['schemas'];
type Event<Type extends string, Data> = { readonly type: Type; readonly timestamp: string; readonly data: Data };

/** The body of a delivery. Ignore types that you do not know: new ones may come. */
export type WebhookEvent =
  | Event<'owner-profiles.changed', Schemas['Change']>
  | Event<'import.refused', Schemas['RefusedImports']['imports'][number]>
  | Event<
      'snapshot.finished',
      Pick<
        Schemas['Snapshot'],
        'snapshotId' | 'status' | 'asOf' | 'startedAt' | 'finishedAt' | 'owners' | 'hash' | 'sample'
      >
    >
  | Event<'webhook.test', Readonly<Record<string, unknown>>>;

/**
 * Verifies a delivery by Standard Webhooks: its signature and that it is at most five minutes old. A delivery may come twice; its header
 * `webhook-id` is the same then.
 *
 * @param secrets the webhook's; around a rotation the old and the new one
 * @param body exactly as received, not parsed and written again
 * @throws WebhookVerificationError answer it with a status of 400 or above
 */
export function verifyWebhook(
  secrets: string | readonly string[],
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>,
  body: string,
): WebhookEvent {
  const signed = Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, headerOf(headers, name)]),
  );
  const candidates = [secrets].flat();
  for (const secret of candidates) {
    try {
      return new Webhook(secret).verify(body, signed) as WebhookEvent;
    } catch (error) {
      if (!(error instanceof WebhookVerificationError) || secret === candidates.at(-1)) throw error;
    }
  }
  throw new TypeError('verifyWebhook needs a secret');
}

function headerOf(headers: Parameters<typeof verifyWebhook>[1], name: string): string {
  if (headers instanceof Headers) return headers.get(name) ?? '';
  // Some gateways keep the letters as they were sent.
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? [];
  return String(value ?? '');
}
