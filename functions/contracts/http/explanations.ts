/** Explanations of profiles in the HTTP API: each condition, the transactions behind it, and what would change or keep the profile. */
import * as z from 'zod';
import { amount, day, head, type Immutable, profileId, rowFields } from './owners.ts';

export const evidenceTransaction = z.object({
  ...rowFields,
  labels: z.array(z.string()).meta({ examples: [['pets']] }),
  reasons: z.record(z.string(), z.string()).meta({ description: 'Of each label: why it is there' }),
});

export const explanationCondition = z.object({
  part: z.enum(['needs', 'enter', 'stay']).meta({ description: 'The part of the definition it is in' }),
  path: z.string().meta({ description: 'Its place in that part', examples: ['enter.all[0]'] }),
  feature: z.string().meta({ examples: ['pets.months'] }),
  window: z
    .string()
    .nullable()
    .meta({ examples: ['180d'] }),
  operator: z.string().meta({ examples: ['atLeast'] }),
  threshold: z.string().meta({ examples: ['3'] }),
  value: z
    .string()
    .nullable()
    .meta({ description: 'Null: there is no data for it', examples: ['2'] }),
  verdict: z.boolean().meta({ description: 'Whether the condition holds' }),
  on: day('The day on which it was judged', '2026-11-22'),
  transactions: z.array(evidenceTransaction).meta({ description: 'The transactions behind the value' }),
  transactionsOmitted: z.int().min(0).meta({ description: 'How many more there are' }),
});

export const furtherTransactions = z.object({
  label: z
    .string()
    .nullable()
    .meta({ description: 'Null: without a label', examples: ['pets'] }),
  direction: z.enum(['in', 'out']).meta({ description: 'Whether money comes in or goes out' }),
  days: z.array(day('Day of booking', '2026-12-01')).meta({ description: 'Of each, ascending; some may share a day' }),
  differentParties: z.boolean().meta({ description: 'Whether each needs another counterparty' }),
  amountIs: z.enum(['any', 'atLeast', 'atMost']).meta({ description: 'How each must compare with the amount' }),
  currencyAmount: amount.meta({ description: 'Of each, without a sign', examples: ['60.00'] }),
  currencyName: z.string().meta({ examples: ['PLN'] }),
});

export const whatIf = z.object({
  transactions: z.array(furtherTransactions).meta({ description: 'All of them together; may be empty' }),
  on: day(
    'The day on which it applies with these transactions; on which it would have ended, where it applies',
    '2026-12-01',
  ).nullable(),
  byItselfOn: day('Where it does not apply: the first day on which it does without new data', '2027-01-12').nullable(),
  endsOn: day(
    'Where it applies: the day on which it ends with these transactions and no more',
    '2027-03-02',
  ).nullable(),
  without: z
    .array(evidenceTransaction)
    .meta({ description: 'Past transactions without which it would apply on the day asked, at most 20 of them' }),
  withoutOmitted: z.int().min(0).meta({ description: 'How many more of those there are' }),
});

export const explanation = z.object({
  profile: profileId,
  title: z.string().meta({ examples: ['Keeps a pet'] }),
  applies: z.boolean(),
  judged: z.boolean().meta({ description: 'False: there is too little data to say' }),
  enteredOn: day('While it applies: the last day on which `enter` held', '2026-10-03').nullable(),
  since: day(
    'While it applies: the day on which it was entered, and since which it has applied',
    '2026-10-03',
  ).nullable(),
  endsOn: day(
    'While it applies: the first day on which it would end without new data; null: not within 426 days',
    '2027-01-14',
  ).nullable(),
  summary: z.string().meta({
    description: 'The verdict in one sentence; a second one where the data ends more than 35 days before the day asked',
  }),
  missing: z.array(z.string()).meta({
    description: 'What would be needed, when it does not apply; last of it newer data, where the data is that old',
  }),
  wouldChange: z
    .string()
    .nullable()
    .exactOptional()
    .meta({
      description:
        'Of the one profile that is asked for, where it does not apply: the fewest further transactions that would make it apply, the day on which it applies without new data, and without which past transactions it would apply today, as far as there are such; each tried by deriving again. Null: it applies, or none was found',
      examples: [
        '2 more transactions labelled pets (2026-11-30, 2026-12-01) would make it apply on 2026-12-01; without new data it applies on 2027-01-12',
      ],
    }),
  wouldKeep: z
    .string()
    .nullable()
    .exactOptional()
    .meta({
      description:
        'Of the one profile that is asked for, where it applies: the fewest further transactions that would keep it beyond `endsOn`, tried by deriving again. Null: it does not apply, has no end in sight, or none were found',
      examples: [
        '1 more transaction labelled pets (2027-01-14) would keep it beyond 2027-01-13; without more it then ends on 2027-03-02',
      ],
    }),
  whatIf: whatIf.nullable().exactOptional().meta({
    description: 'The same for programs; null: neither sentence is there',
  }),
  conditions: z.array(explanationCondition),
});

export const explanationAnswer = z.object({ ...head, explanations: z.array(explanation) });

export type Explanation = Immutable<z.infer<typeof explanation>>;
