/** `GET /v1/owner-transactions`: what it takes and answers. */
import * as z from 'zod';
import { LONGEST_SEALED_CURSOR, MOST_TRANSACTIONS_OF_A_PAGE, TRANSACTIONS_OF_A_PAGE } from './limits.ts';
import { catalogueVersion, day, owner, rowFields } from './owners.ts';

export const TRANSACTIONS_PARAMETERS = {
  from: day('The first day; 364 days before the last one when it is not given', '2025-11-23'),
  to: day('The last day; today (UTC) when it is not given', '2026-11-22'),
  label: z.string().meta({ description: 'Those with this label alone', examples: ['pets'] }),
  unlabelled: z
    .enum(['true', 'false'])
    .meta({ description: '`true`: those without any label alone; not together with `label`' }),
  limit: z
    .int()
    .min(1)
    .max(MOST_TRANSACTIONS_OF_A_PAGE)
    .default(TRANSACTIONS_OF_A_PAGE)
    .meta({ description: 'The largest number of transactions; a page may have fewer' }),
  cursor: z
    .string()
    .min(1)
    .max(LONGEST_SEALED_CURSOR)
    .regex(/^[\w-]+$/)
    .meta({ description: 'Where the page before ended, as its answer says' }),
} as const;

export const listedTransaction = z.object({
  ...rowFields,
  account: z.string().meta({
    description: 'IBAN or id of the account, masked but for its last four characters',
    examples: ['************************2874'],
  }),
  merchant: z
    .string()
    .nullable()
    .meta({ description: 'Normalised name of the other party; null: not known', examples: ['zooplus'] }),
  country: z
    .string()
    .nullable()
    .meta({ description: "Where a card was present, when that is not the account's country", examples: ['DE'] }),
  labels: z
    .array(
      z.object({
        label: z.string().meta({ examples: ['pets'] }),
        reason: z.string().meta({ examples: ['brand zooplus'] }),
      }),
    )
    .meta({ description: 'The labels behind the profiles, each with why it is there' }),
});

export const transactionsAnswer = z.object({
  ownerExternalId: owner,
  catalogueVersion,
  transactions: z
    .array(listedTransaction)
    .meta({ description: 'The booked rows, newest first, within a day in the order of the ledger' }),
  cursor: z.string().nullable().meta({ description: 'For the next page; null: this is the last' }),
});
