/** What a client may ask of the API, by plan: settings of a stage. */
import { z } from 'zod';

const positive = z.int().positive();
const plan = z.strictObject({
  /** On average, and how many at once. */
  requestsPerSecond: positive,
  burst: positive,
  /** Of `POST /v1/owner` and `POST /v1/owner/statements` each. A whole minute's may come at once. */
  uploadsPerMinute: positive,
});

/** Absent: clients share the limit of the stage, and one can slow down the others. */
export const CLIENT_LIMITS = z
  .strictObject({
    plans: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,30}$/), plan),
    /** The plan of new clients, and the one that clients without a plan share. */
    default: z.string(),
  })
  .refine((limits) => Object.hasOwn(limits.plans, limits.default), {
    path: ['default'],
    error: 'must be one of the plans',
  });

export type ClientLimits = z.infer<typeof CLIENT_LIMITS>;
