/** What `GET /v1/changes` takes and answers, and what webhooks and the event bus carry of a change. */
import * as z from 'zod';
import { CAUSES } from '../../domain/profiles/change.ts';
import { CHANGES_OF_A_PAGE, MOST_CHANGES_OF_A_PAGE } from './limits.ts';
import { catalogueVersion, day, owner, profileId } from './owners.ts';

export const CHANGES_PARAMETERS = {
  after: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[0-9a-z]+-[0-9a-z]+$/)
    .meta({
      description: 'Where an earlier answer ended, as its `cursor` says; without it, from the beginning',
      examples: ['1a-mhq3c0w0'],
    }),
  limit: z
    .int()
    .min(1)
    .max(MOST_CHANGES_OF_A_PAGE)
    .default(CHANGES_OF_A_PAGE)
    .meta({ description: 'How many changes at most' }),
} as const;

export const change = z.object({
  id: z
    .string()
    .meta({ description: 'The same however often the change is delivered', examples: ['01KAPV3D6M8W1C0J5R9XQZ2T4B'] }),
  sequence: z.int().min(1).meta({ description: 'Number of the change among those of this owner: 1, 2, 3 …' }),
  ownerExternalId: owner,
  at: z.iso.datetime().meta({ description: 'When it was found', examples: ['2026-11-22T10:15:31.000Z'] }),
  asOf: day('The day from which it is valid', '2026-11-22'),
  entered: z.array(profileId).meta({ description: 'Profiles that apply now and did not before, sorted' }),
  left: z.array(profileId).meta({ description: 'Profiles that applied before and do not now, sorted' }),
  profiles: z.array(profileId).meta({ description: 'The list after the change, sorted' }),
  catalogueVersion,
  cause: z.enum(CAUSES).meta({
    description: 'An import; a day that passed; another catalogue; the erasure of the owner',
  }),
});

export const changeFeedAnswer = z.object({
  changes: z.array(change).meta({ description: 'Oldest first, those of an owner in the order of their sequence' }),
  cursor: z.string().meta({ description: 'For what comes next, also where nothing came; good for 30 days' }),
});
