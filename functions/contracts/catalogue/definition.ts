/** The form of a profile's definition document; what its names and thresholds mean is checked when it is compiled. */
import * as z from 'zod';
import type { RuleDocument } from '../../domain/catalogue/definition.ts';

const threshold = z.union([z.number(), z.string().max(40)]);

export const featureSchema = z
  .string()
  .min(1)
  .max(200)
  .describe('`<label>[|<label>…][ without <label>[|<label>…]].<metric>` or `owner.<metric>`, such as `pets.months`');

/** The four forms of a rule, by name: a rule within a rule is a reference, which generators of clients need. */
export const ruleForms = {
  RuleAll: z.strictObject({
    get all() {
      return z.array(ruleSchema).min(1).max(40);
    },
  }),
  RuleAny: z.strictObject({
    get any() {
      return z.array(ruleSchema).min(1).max(40);
    },
  }),
  RuleNot: z.strictObject({
    get not() {
      return ruleSchema;
    },
  }),
  RuleCondition: z.strictObject({
    feature: featureSchema,
    window: z
      .string()
      .max(8)
      .optional()
      .describe('Days back from the day asked, that day included: `180d`; at most 365d'),
    atLeast: threshold.optional(),
    atMost: threshold.optional(),
    above: threshold.optional(),
    below: threshold.optional(),
    between: z.tuple([threshold, threshold]).optional(),
  }),
};

export const ruleSchema: z.ZodType<RuleDocument> = z.union([
  ruleForms.RuleAll,
  ruleForms.RuleAny,
  ruleForms.RuleNot,
  ruleForms.RuleCondition,
]);

export const definitionSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')
    .max(64),
  title: z.string().min(1).max(200).describe('What the profile says of its owner, in a few words'),
  description: z.string().min(1).max(1000).describe('For the client who reads the answer'),
  why: z.string().max(2000).optional().describe('The reason for the thresholds'),
  sensitive: z.boolean().optional().describe('Off until a client turns it on'),
  enter: ruleSchema.describe('Must hold to get the profile'),
  stay: ruleSchema.optional().describe('Weaker; keeps the profile. The same as `enter` when absent'),
  needs: z
    .strictObject({ history: z.string().max(8) })
    .optional()
    .describe('With less data the profile is not judged'),
  hold: z.string().max(8).optional().describe('Days within which `enter` must have held; 60d when absent'),
});
