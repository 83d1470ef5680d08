/** The form of a client's own labels and rules; what their names mean is checked when they are compiled. */
import * as z from 'zod';
import { OPERATORS } from '../../domain/catalogue/definition.ts';

const WORDS = /^[a-z0-9]+([ -][a-z0-9]+)*\+?$/;
const id = z
  .string()
  .regex(WORDS, 'must be lower-case words, joined by single blanks or hyphens')
  .max(64, 'must not have more than 64 characters');
const title = z.string().min(1, 'must say something').max(200);
/** Characters of one pattern. */
const LONGEST_PATTERN = 100;
/** Labels that one rule gives or takes. */
const MOST_LABELS_OF_A_RULE = 20;

export const ownLabelSchema = z.strictObject({
  id: id.describe('As features and answers name it; no built-in label'),
  title: title.describe('What it means, in a few words'),
  group: z.string().max(64).describe('A built-in group, such as `leisure`'),
});

const listOf = (entry: z.ZodString) => z.array(entry).min(1, 'must have at least one');
const patterns = listOf(z.string().min(1, 'must not be empty').max(LONGEST_PATTERN));
const money = z.string().max(40);

const amountSchema = z.strictObject({
  atLeast: money.optional(),
  atMost: money.optional(),
  above: money.optional(),
  below: money.optional(),
  between: z.tuple([money, money]).optional(),
});

const whenSchema = z.strictObject({
  words: patterns
    .optional()
    .describe('Words in title, party or kind; case and accents do not matter; `golf*` matches all that begin so'),
  party: patterns.optional().describe('The same in the party alone'),
  iban: listOf(z.string().min(1).max(64)).optional().describe("The other party's, whole or with a `*` at the end"),
  merchantCategoryCode: listOf(z.string().regex(/^\d{4}$/, 'must be four digits in quotes, such as "7992"'))
    .optional()
    .describe("Codes of the card's network (ISO 18245)"),
  direction: z.enum(['out', 'in']).optional().describe('Whether money goes out or comes in'),
  amount: amountSchema
    .optional()
    .describe(`The absolute amount by one of ${OPERATORS.join(', ')}, such as { atLeast: 40 EUR }`),
});

const labels = z.array(z.string().min(1).max(64)).max(MOST_LABELS_OF_A_RULE);

export const ownRuleSchema = z.strictObject({
  id: id.describe('Named as the reason of what it gives'),
  when: whenSchema.describe('Each field given must hold, of a list any one'),
  give: labels.optional().describe('Labels that are added'),
  take: labels.optional().describe('Built-in labels that are removed; what the publisher gave stays'),
});

/** What can be written in them, for the nearest of a mistyped field. */
export const OWN_FIELDS = {
  label: Object.keys(ownLabelSchema.shape),
  rule: Object.keys(ownRuleSchema.shape),
  when: Object.keys(whenSchema.shape),
  amount: Object.keys(amountSchema.shape),
};
