/** What the routes below `/v1/snapshots` take and answer: every owner's profiles on one day, and queries of them. */
import * as z from 'zod';
import { LONGEST_EXPRESSION } from '../../domain/segments/expression.ts';
import {
  MERCHANTS_OF_AN_ANSWER,
  MOST_FEATURES,
  MOST_FILES_OF_A_PAGE,
  MOST_MERCHANTS,
  MOST_OWNERS_OF_A_PAGE,
  MOST_SNAPSHOTS_OF_A_PAGE,
  OWNERS_OF_A_PAGE,
  SNAPSHOTS_OF_A_PAGE,
} from './limits.ts';
import { OUR_ID } from './our-ids.ts';
import { catalogueVersion, day, type Immutable, owner, profileId } from './owners.ts';

const A_SNAPSHOT = 'snapshot-01JD9YB2M0X7Q4W8ZC5R1T6KHN';

const instant = (description: string) => z.iso.datetime().meta({ description, examples: ['2026-11-22T01:30:00.000Z'] });
const count = (description: string) => z.int().min(0).meta({ description });
const cursor = z.string().nullable().meta({ description: 'For the next page; null: this is the last' });
const feature = z.string().min(1).max(2_000);

export const snapshotId = z.string().meta({ ...OUR_ID, description: 'Id of a snapshot', examples: [A_SNAPSHOT] });

export const snapshotBody = z.strictObject({
  features: z
    .union([z.literal('definitions'), z.array(feature).max(MOST_FEATURES)])
    .exactOptional()
    .meta({
      description: `Features to keep of every owner, ${MOST_FEATURES} at most, each with its window; \`definitions\` means all that your definitions read`,
      examples: [['cafe.count 180d', 'pets.months 180d']],
    }),
  unlabelled: z.boolean().exactOptional().meta({ description: 'Whether to keep the merchants without a label' }),
  sample: z
    .union([z.number().min(0.0001).lt(1), z.int().min(2)])
    .exactOptional()
    .meta({
      description:
        'Only of a sample of the owners, always the same ones: below 1 a share of them (two digits count), else about so many',
      examples: [0.05, 2000],
    }),
  estimateOnly: z.boolean().exactOptional().meta({ description: 'Only say what it would cost' }),
});

export const snapshotStarted = z.object({ snapshotId });

export const snapshotAnswer = z.object({
  snapshotId,
  status: z.enum(['running', 'finished', 'failed', 'cancelled']),
  asOf: day('The day that it is for', '2026-11-22'),
  startedAt: instant('When it was started'),
  finishedAt: instant('When it ended; null: not yet, or it failed').nullable(),
  catalogueVersion,
  owners: count('Owners in it; while it runs, those there were when it was started'),
  failed: count('Owners that could not be derived, and are not in it'),
  watermark: instant('Every import that was joined before is in it'),
  hash: z.string().nullable().meta({
    description: 'The same for the same data, day, catalogue and features; null until it has finished',
  }),
  features: z.array(feature).meta({ description: 'Features that it keeps', examples: [['cafe.count 180d']] }),
  unlabelled: z.boolean().meta({ description: 'Whether the nightly snapshot keeps the merchants without a label' }),
  sample: z.number().exactOptional().meta({
    description: 'The share of the owners that it has, and that all its numbers are of; absent: all of them',
  }),
  slices: z.object({ total: count('All'), done: count('Done so far') }).meta({ description: 'Parts of the work' }),
  profiles: z
    .array(
      z.object({
        profile: profileId,
        members: count('Owners that have it'),
        notJudged: count('Owners of whom too little is known to say'),
      }),
    )
    .meta({ description: 'Every profile that is judged, sorted; empty until it has finished' }),
});

export const snapshotsAnswer = z.object({ snapshots: z.array(snapshotAnswer), cursor });

const limit = (description: string, most: number, usual: number) =>
  z.int().min(1).max(most).default(usual).meta({ description });
const where = z
  .string()
  .min(1)
  .max(LONGEST_EXPRESSION)
  .meta({
    description: 'Profiles with `&`, `|`, `!` and parentheses; `!` binds before `&` before `|`',
    examples: ['parent & pet-owner & !tenant'],
  });
const pageCursor = z
  .string()
  .min(1)
  .max(2_000)
  .regex(/^[\w-]+$/)
  .meta({ description: 'Where the page before ended, as its answer says' });

export const SNAPSHOT_PARAMETERS = {
  list: {
    samples: z.boolean().default(false).meta({ description: 'Also those of a sample of the owners' }),
    limit: limit('How many snapshots at most', MOST_SNAPSHOTS_OF_A_PAGE, SNAPSHOTS_OF_A_PAGE),
    cursor: pageCursor,
  },
  owners: {
    where,
    limit: limit('How many owners at most', MOST_OWNERS_OF_A_PAGE, OWNERS_OF_A_PAGE),
    cursor: pageCursor,
  },
  counts: { where, by: z.literal('profile').meta({ description: 'Also how many of them have each profile' }) },
  changes: {
    since: snapshotId.meta({ description: 'The earlier snapshot', examples: [A_SNAPSHOT] }),
    profile: profileId,
    change: z.enum(['entered', 'left']).meta({ description: 'With `profile`: who entered it, or left it' }),
    limit: limit('How many owners at most', MOST_OWNERS_OF_A_PAGE, OWNERS_OF_A_PAGE),
    cursor: pageCursor,
  },
  distributions: {
    feature: z
      .string()
      .min(1)
      .max(2_000)
      .meta({ description: 'Name of a feature', examples: ['cafe.count'] }),
    window: z
      .string()
      .regex(/^\d{1,3}d$/)
      .meta({ description: 'Its window; left out for one of the whole history', examples: ['180d'] }),
  },
  unlabelled: { limit: limit('How many merchants at most', MOST_MERCHANTS, MERCHANTS_OF_AN_ANSWER) },
  files: {
    limit: limit('How many files at most', MOST_FILES_OF_A_PAGE, MOST_FILES_OF_A_PAGE),
    cursor: pageCursor,
  },
} as const;

export const ownersAnswer = z.object({
  total: count('Owners that are meant'),
  owners: z
    .array(z.object({ ownerExternalId: owner, profiles: z.array(profileId) }))
    .meta({ description: 'Sorted by the code points of their ids' }),
  cursor,
});

export const countsAnswer = z.object({
  total: count('Owners that are meant'),
  profiles: z
    .array(z.object({ profile: profileId, owners: count('Of them, those that have it') }))
    .optional()
    .meta({ description: 'With `by=profile`' }),
});

export const changesAnswer = z
  .object({
    profiles: z
      .array(z.object({ profile: profileId, entered: count('Owners that got it'), left: count('Owners that lost it') }))
      .optional()
      .meta({ description: 'Without `profile` and `change`' }),
    owners: z.array(z.string()).optional().meta({ description: 'With both, sorted by code points' }),
    cursor: cursor.optional(),
  })
  .meta({ description: 'Owners who were erased in between count as left, and are not listed' });

const value = z
  .union([z.number(), z.string()])
  .meta({ description: 'A number, or an amount such as `61.20 EUR`', examples: [4, '61.20 EUR'] });

export const distributionAnswer = z.object({
  owners: count('Owners with a value'),
  missing: count('Owners without one'),
  quantiles: z.record(z.string(), value).meta({
    description: 'A quantile q is the smallest value that at least a share q of the owners with a value do not exceed',
    examples: [{ 0: 0, '0.5': 4, 1: 61 }],
  }),
  histogram: z
    .array(z.object({ from: value, to: value, owners: count('Owners in the bin') }))
    .meta({ description: 'Each from `from` up to, not including, `to`; the last holds its end, too' }),
  atLeast: z.array(z.object({ value, owners: count('Owners that have so much, or more') })),
});

export const unlabelledAnswer = z.object({
  merchants: z
    .array(
      z.object({
        text: z.string().meta({ description: '`#` replaces numbers, `*` names of people' }),
        owners: count('Owners that paid there'),
        transactions: count('Payments'),
        total: z.string().meta({ description: 'Altogether', examples: ['1234.50 EUR'] }),
      }),
    )
    .meta({ description: 'Of the last 365 days; those of most owners first' }),
});

export const filesAnswer = z.object({
  files: z.array(
    z.object({
      format: z.enum(['parquet', 'csv']),
      part: count('Number of the part; each format has all owners'),
      rows: count('Owners in it'),
      bytes: count('Size'),
      url: z.url().meta({ description: 'Signed; valid for 15 minutes' }),
    }),
  ),
  cursor,
});

export type SnapshotBody = Immutable<z.infer<typeof snapshotBody>>;
export type SnapshotView = Immutable<z.infer<typeof snapshotAnswer>>;
export type SnapshotsPage = Immutable<z.infer<typeof snapshotsAnswer>>;
export type FilesView = Immutable<z.infer<typeof filesAnswer>>;
export type OwnersView = Immutable<z.infer<typeof ownersAnswer>>;
export type CountsView = Immutable<z.infer<typeof countsAnswer>>;
type Changes = Immutable<z.infer<typeof changesAnswer>>;
export type ProfileChangesView = { readonly profiles: NonNullable<Changes['profiles']> };
export type ChangedOwnersView = { readonly owners: readonly string[]; readonly cursor: string | null };
export type DistributionView = Immutable<z.infer<typeof distributionAnswer>>;
export type UnlabelledView = Immutable<z.infer<typeof unlabelledAnswer>>;
