/** What the routes below `/v1/keys` take and answer. */
import * as z from 'zod';
import { PURPOSES } from '../../domain/catalogue/client-settings.ts';
import { MOST_ADDRESSES } from './limits.ts';
import { AUTHOR_ID, OUR_ID } from './our-ids.ts';
import { SCOPES } from './routes.ts';

const instant = (description: string) => z.iso.datetime().meta({ description, examples: ['2026-11-22T10:15:30.000Z'] });

export const keyId = z
  .string()
  .meta({ ...OUR_ID, description: 'Id of a key; it says nothing of its text', examples: ['k11hQPpsx6UCSX'] });
const purpose = z.enum(PURPOSES);

export const keyBody = z.strictObject({
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .transform((list) => [...new Set(list)])
    .meta({ description: 'What it may do; only what the key of the request may do itself', examples: [['read']] }),
  addresses: z
    .array(z.string().min(1).max(64))
    .max(MOST_ADDRESSES)
    .optional()
    .meta({
      description:
        'Addresses or CIDR blocks that it may be used from, each within one of the key of the request; none: the same as that key',
      examples: [['203.0.113.0/24']],
    }),
  purpose: purpose.optional().meta({
    description: 'Credit: it sees nothing about health, beliefs or addictions. A key for credit makes only such keys',
  }),
});

const boundsAnswer = z.object({
  scopes: z.array(z.string()).meta({ description: 'What it may do' }),
  addresses: z.array(z.string()).meta({ description: 'Where it may be used from; none: from anywhere' }),
  purpose: purpose
    .nullable()
    .meta({ description: 'What its answers may be used for; null: the same as for its client' }),
});
export const keyAnswer = z.object({
  keyId,
  ...boundsAnswer.shape,
  createdAt: instant('When it was made'),
  createdBy: z
    .string()
    .meta({ ...AUTHOR_ID, examples: ['k11hQPpsx6UCSX'] })
    .nullable()
    .meta({ description: 'The key that made it, or the person (`user:` and their id); null: an operator did' }),
  revokedAt: instant('When it was revoked; null: it works').nullable(),
  current: z.boolean().meta({ description: 'Whether it is the key of this request' }),
});
export const keysAnswer = z.object({
  keys: z.array(keyAnswer).meta({ description: 'Of the client, oldest first' }),
  own: boundsAnswer.meta({ description: 'What a new key may have: the rights of the caller' }),
});
export const keyCreatedAnswer = keyAnswer.extend({
  apiKey: z.string().meta({ description: 'The key itself. Shown only once', examples: ['op_…'] }),
});
