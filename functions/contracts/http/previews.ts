/** What the routes of previews take and answer: what the draft would change for the owners of a client. */
import * as z from 'zod';
import { count, instant, keyId, previewId, profiles, slices, version } from './catalogue.ts';
import { explanation } from './explanations.ts';
import { MOST_OWNERS_OF_A_PAGE, OWNERS_OF_A_PAGE } from './limits.ts';
import { catalogueVersion, day, type Immutable, owner, profileId } from './owners.ts';

export const PAGE_PARAMETERS = {
  profile: profileId,
  change: z.enum(['entered', 'left']).meta({ description: 'Owners who would get the profile, or lose it' }),
  limit: z
    .int()
    .min(1)
    .max(MOST_OWNERS_OF_A_PAGE)
    .default(OWNERS_OF_A_PAGE)
    .meta({ description: 'How many owners at most' }),
  cursor: z
    .string()
    .regex(/^\d{1,6}\.\d{1,6}$/)
    .meta({ description: 'Where the page before ended, as its answer says' }),
} as const;

const side = z.object({ version, catalogueVersion });

export const previewAnswer = z.object({
  previewId,
  status: z.enum(['running', 'finished', 'failed', 'cancelled']),
  createdAt: instant('When it was started'),
  keyId,
  asOf: day('The day that both catalogues are asked for', '2026-11-22'),
  from: side.meta({ description: 'The active catalogue' }),
  to: side.meta({ description: 'The catalogue of the draft' }),
  owners: count('Owners of yours when it was started'),
  estimated: z.boolean().meta({ description: 'Whether `owners` was extrapolated and not counted' }),
  estimatedCostUsd: z.number(),
  slices,
  result: z
    .object({
      owners: count('Owners that were derived'),
      failed: count('Owners that could not be derived'),
      hash: z.string().meta({ description: 'The same for the same result' }),
      profiles: z
        .array(
          z.object({
            profile: profileId,
            before: count('Owners that have it'),
            after: count('Owners that would have it'),
            entered: count('Owners that would get it'),
            left: count('Owners that would lose it'),
            added: z.boolean().exactOptional().meta({ description: 'Whether the active catalogue does not judge it' }),
            notJudgedBefore: count('Owners of whom there is too little data to say').exactOptional(),
            notJudgedAfter: count('The same under the catalogue of the draft').exactOptional(),
          }),
        )
        .meta({ description: 'Every profile of either catalogue, sorted' }),
    })
    .nullable()
    .meta({ description: 'Null until it has finished' }),
});

export const previewsAnswer = z.object({ previews: z.array(previewAnswer) });

export const estimateAnswer = z.object({
  owners: count('Owners of yours'),
  estimated: z.boolean().meta({ description: 'Whether that was extrapolated and not counted' }),
  estimatedCostUsd: z.number(),
});

export const previewOwnersAnswer = z.object({
  profile: profileId,
  change: PAGE_PARAMETERS.change,
  total: count('On all pages'),
  owners: z.array(z.string()).meta({ examples: [['loan-4711']] }),
  cursor: z.string().nullable().meta({ description: 'For the next page; null: this is the last' }),
});

const nearMiss = z.object({
  ownerExternalId: owner,
  distance: z
    .number()
    .min(0)
    .meta({
      description: 'By which share of itself the threshold would have to be moved to decide otherwise',
      examples: [0.25],
    }),
  feature: z.string().meta({ description: 'Of the condition that decides', examples: ['pets.months'] }),
  window: z
    .string()
    .nullable()
    .meta({ examples: ['180d'] }),
  operator: z.string().meta({ examples: ['atLeast'] }),
  threshold: z.string().meta({ examples: ['4'] }),
  value: z
    .string()
    .nullable()
    .meta({ examples: ['3'] }),
});

export const nearMissesAnswer = z.object({
  profile: profileId,
  inside: z.array(nearMiss).meta({ description: 'Owners who only just meet what is asked to get it' }),
  outside: z.array(nearMiss).meta({ description: 'Owners who do not have it, and miss it by least' }),
});

const judged = z.object({ catalogueVersion, profiles });

export const previewOwnerAnswer = z.object({
  ownerExternalId: owner,
  asOf: day('The day of the preview', '2026-11-22'),
  dataFrom: day('Day of the first booked transaction', '2026-08-01').nullable(),
  dataTo: day('Last day that an import covers', '2026-11-20').nullable(),
  before: judged,
  after: judged,
  profiles: z.array(
    z.object({
      profile: profileId,
      change: z.enum(['entered', 'left', 'stays', 'none']),
      before: explanation.nullable().meta({ description: 'Null: the active catalogue does not judge it' }),
      after: explanation.nullable().meta({ description: 'Null: the catalogue of the draft does not judge it' }),
    }),
  ),
});

export const previewBody = z.strictObject({
  estimateOnly: z.boolean().optional().meta({ description: 'Only say what it would cost' }),
});

export type PreviewView = Immutable<z.infer<typeof previewAnswer>>;
export type Estimate = Immutable<z.infer<typeof estimateAnswer>>;
export type OwnersPage = Immutable<z.infer<typeof previewOwnersAnswer>>;
export type NearMissesView = Immutable<z.infer<typeof nearMissesAnswer>>;
export type OwnerPreview = Immutable<z.infer<typeof previewOwnerAnswer>>;
