/** Settings of names of your own, and of the console under one. */
import { z } from 'zod';

export const arn = (service: string) =>
  z
    .string()
    .regex(new RegExp(`^arn:aws[a-z-]*:${service}:`), { error: `must be an ARN that begins with arn:aws:${service}:` });

export const ownDomain = z.strictObject({ name: z.string().regex(/^[a-z0-9.-]+$/), certificateArn: arn('acm') });

/** Cognito refuses the three words anywhere in it (Cognito developer guide, "Using the Amazon Cognito domain"). */
const domainPrefix = z.string().regex(/^(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
  error: 'must be 1 to 63 of a-z, 0-9 and inner hyphens, without the words aws, amazon and cognito',
});

export const consoleSettings = ownDomain.extend({
  /** Lets people sign in by a page of Amazon Cognito, beside keys. Its address begins with the prefix, which nobody else in the region has. */
  cognito: z.strictObject({ domainPrefix }).optional(),
});
