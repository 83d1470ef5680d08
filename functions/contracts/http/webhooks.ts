/** What the routes below `/v1/webhooks` take and answer. */
import * as z from 'zod';
import { DELIVERIES_OF_A_PAGE, LONGEST_CURSOR, LONGEST_URL, MOST_DELIVERIES_OF_A_PAGE } from './limits.ts';
import { OUR_ID } from './our-ids.ts';
import { WEBHOOK_EVENTS } from './webhook-events.ts';

const INSTANT = '2026-11-22T10:15:30.000Z';
const instant = (description: string) => z.iso.datetime().meta({ description, examples: [INSTANT] });

export const webhookId = z
  .string()
  .meta({ ...OUR_ID, description: 'Id of a webhook', examples: ['01KAPV3D6M8W1C0J5R9XQZ2T4B'] });

const url = z
  .string()
  .min(1)
  .max(LONGEST_URL)
  .meta({
    description: 'Where events are sent: https, at a public address; no redirect is followed',
    examples: ['https://example.com/owner-profiles'],
  });
const events = z
  .array(z.enum(WEBHOOK_EVENTS))
  .min(1)
  .transform((list) => [...new Set(list)])
  .meta({ description: 'What is sent there', examples: [['owner-profiles.changed']] });

export const webhookBody = z.strictObject({
  url,
  events,
  enabled: z.boolean().default(true).meta({ description: 'False: nothing is sent' }),
});

export const webhookAnswer = z.object({
  webhookId,
  url,
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  enabled: z.boolean(),
  createdAt: instant('When it was made'),
  switchedOff: z
    .object({ at: instant('When'), reason: z.string() })
    .nullable()
    .meta({ description: 'That the service switched it off, after 24 hours of failures or `410`; null: it did not' }),
});

const secret = z.string().meta({
  description: 'Key of the signatures, as the Standard Webhooks specification has it. Shown only once',
  examples: ['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'],
});
export const webhookCreatedAnswer = webhookAnswer.extend({ secret });
export const webhookSecretAnswer = z.object({ webhookId, secret });
export const webhooksAnswer = z.object({ webhooks: z.array(webhookAnswer) });
export const webhookTestAnswer = z.object({
  id: z.string().meta({ description: 'The `webhook-id` of the event `webhook.test`; see the deliveries' }),
});

export const deliveryId = z.string().meta({
  ...OUR_ID,
  description: 'Id of one attempt, as the list of deliveries has it',
  examples: ['01KAPV3D6M8W1C0J5R9XQZ2T4B'],
});
export const deliveryRetryAnswer = z.object({
  id: z.string().meta({ description: 'The `webhook-id` of the event, the same as before; see the deliveries' }),
});

export const DELIVERIES_PARAMETERS = {
  limit: z
    .int()
    .min(1)
    .max(MOST_DELIVERIES_OF_A_PAGE)
    .default(DELIVERIES_OF_A_PAGE)
    .meta({ description: 'How many attempts at most' }),
  cursor: z
    .string()
    .max(LONGEST_CURSOR)
    .regex(/^\w+$/)
    .meta({ description: 'Where the page before ended, as its answer says' }),
} as const;

export const deliveriesAnswer = z.object({
  deliveries: z.array(
    z.object({
      deliveryId,
      webhookId,
      id: z.string().meta({ description: 'The `webhook-id` of the event: that of a change is its id' }),
      type: z.string().meta({ examples: ['owner-profiles.changed'] }),
      at: instant('When the attempt started'),
      attempt: z.int().min(1),
      status: z.int().nullable().meta({ description: 'Status of the answer; null: there was none' }),
      error: z.string().nullable().meta({ description: 'Why it failed; null: it did not' }),
      durationMs: z.int().min(0),
      nextAttemptAt: instant('When it is tried again; null: it is not').nullable(),
    }),
  ),
  cursor: z.string().nullable().meta({ description: 'For the next page; null: this is the last' }),
});
