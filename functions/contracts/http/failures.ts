/** What the routes below `/v1/failures` take and answer. Nothing in a request names a client, and no answer an owner. */
import * as z from 'zod';
import { FAILURES_OF_A_LOOK, MOST_FAILURES_OF_A_LOOK, MOST_FAILURES_OF_A_RETRY } from './limits.ts';

/** Where messages are that failed: `parked` with what is wrong with them, the others as often as they are received. */
export const FAILURE_QUEUES = ['parked', 'imports', 'uploads', 'changes', 'erasures', 'webhooks'] as const;
export type FailureQueueName = (typeof FAILURE_QUEUES)[number];

const count = (description: string) => z.int().min(0).meta({ description });
const instant = (description: string) => z.iso.datetime().meta({ description, examples: ['2026-11-22T10:15:30.000Z'] });

export const failureQueue = z.enum(FAILURE_QUEUES).meta({
  description: [
    'Where the messages are: `parked`: imports that cannot be processed as they are. The others failed at five receives:',
    '`imports`, `uploads` (large files), `changes` to publish, `erasures` to finish, `webhooks` to deliver',
  ].join(' '),
});

export const FAILURES_PARAMETERS = {
  limit: z
    .int()
    .min(1)
    .max(MOST_FAILURES_OF_A_LOOK)
    .default(FAILURES_OF_A_LOOK)
    .meta({ description: 'How many messages at most' }),
} as const;

const depth = z.object({
  queue: failureQueue,
  waiting: count('Messages that a look shows'),
  hidden: count('Messages that somebody else looks at, or sends again; shown within a minute'),
});
export const failureQueuesAnswer = z.object({ queues: z.array(depth).meta({ description: 'Always all of them' }) });

const failure = z.object({
  id: z
    .string()
    .meta({ description: 'Id by which its publisher and the logs know it', examples: ['5fea7756-0ea4-451a-a703'] }),
  reason: z
    .string()
    .nullable()
    .meta({ description: 'Why it was parked, as a stable code; null: a dead letter', examples: ['UNKNOWN_CLIENT'] }),
  detail: z.string().nullable().meta({ description: 'The same in words' }),
  clientId: z
    .string()
    .nullable()
    .meta({ description: 'The client, if the message names one', examples: ['demo'] }),
  importId: z
    .string()
    .nullable()
    .meta({ description: 'Id of the import; masked where it contains the id of the owner, or an account' }),
  source: z
    .string()
    .nullable()
    .meta({ description: 'Source of the import', examples: ['AIS'] }),
  sentAt: instant('When the message was sent to this queue; for dead letters, to the queue where it failed'),
  receives: count('How often it was received, this look included'),
  bytes: count('Size of the message'),
});

export const failuresAnswer = z.object({
  queue: failureQueue,
  failures: z.array(failure).meta({ description: 'The oldest first, of those that SQS gave' }),
  more: z.boolean().meta({ description: 'Whether there may be others' }),
});

export const retryBody = z.strictObject({
  reason: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({
      description: 'Only messages that were parked for this reason; absent: all, but for SENDER_NOT_ALLOWED',
      examples: ['UNKNOWN_CLIENT'],
    }),
  before: instant(
    'Only messages sent before this instant; absent: before now. So a retry that fails again is not repeated',
  ).optional(),
});

export const retryAnswer = z.object({
  queue: failureQueue,
  sent: count('Messages that were sent back to where they failed'),
  notSent: count('Messages that could not be sent, and are where they were'),
  before: instant('For the next request, if there are more'),
  more: z.boolean().meta({
    description: `Whether there may be others: a request looks at ${MOST_FAILURES_OF_A_RETRY} messages at most`,
  }),
});
