/**
 * What the HTTP API takes and answers. The OpenAPI document is made from these schemas, and the tests hold the functions' answers against
 * them. Objects may get more fields; a field that is here keeps its name and its meaning.
 */
import * as z from 'zod';
import { LONGEST_OWNER_ID } from '../import/import-form.ts';
import { ownerExternalId } from '../import/import-message.ts';
import { MOST_OWNERS_OF_A_BATCH } from './limits.ts';
import { PROBLEMS } from './problems.ts';

/** What JSON Schema can say of an owner id; the refinements of the schema itself stay in code. */
export const OWNER_ID_LIMITS = {
  minLength: 1,
  maxLength: LONGEST_OWNER_ID,
  pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$',
};

export const owner = ownerExternalId.meta({
  description: 'Name of the owner at the client. Compared byte for byte after percent-decoding.',
  examples: ['loan-4711'],
  ...OWNER_ID_LIMITS,
});
export const profileId = z.string().meta({ description: 'Id of a profile', examples: ['traveller'] });
export const day = (description: string, example: string) => z.iso.date().meta({ description, examples: [example] });
export const amount = z.string().regex(/^-?\d+(\.\d+)?$/);

export const PARAMETERS = {
  ownerExternalId: owner,
  asOf: day('The day to answer for: today (UTC, the default) or a past day, from what is known now', '2026-05-31'),
  from: day('The first day; 364 days before the last one when it is not given', '2025-11-23'),
  to: day('The last day: today (UTC, the default), an earlier day, or one of the next 426', '2026-11-22'),
  profile: profileId.meta({ description: 'Explain this profile alone', examples: ['traveller'] }),
} as const;

export const catalogueVersion = z
  .string()
  .meta({ description: 'Version of labels and definitions', examples: ['8e2083afe4dd'] });

/** What an answer about an owner rests on. */
const data = {
  ownerExternalId: owner,
  dataFrom: day('Day of the first booked transaction', '2026-08-01').nullable(),
  dataTo: day('Last day that an import covers', '2026-11-20').nullable(),
  catalogueVersion,
  lastImportedAt: z.iso
    .datetime()
    .nullable()
    .meta({
      description: 'The latest `importedAt` of the imports that were joined',
      examples: ['2026-11-21T10:15:30.000Z'],
    }),
};

/** Head of an answer about an owner for a day. */
export const head = { ...data, asOf: day('The day that is answered for', '2026-11-22') };

export const ownerProfilesAnswer = z
  .object({
    ...head,
    profiles: z.array(profileId).meta({ description: 'Those that apply, sorted; may be empty' }),
    notJudged: z.array(profileId).meta({
      description: 'Those that need more days of data than there are, sorted: not known, which is not "no"',
    }),
  })
  .meta({
    examples: [
      {
        ownerExternalId: 'loan-4711',
        profiles: ['parent', 'traveller'],
        notJudged: ['saver'],
        asOf: '2026-11-22',
        dataFrom: '2026-08-01',
        dataTo: '2026-11-20',
        catalogueVersion: '8e2083afe4dd',
        lastImportedAt: '2026-11-21T10:15:30.000Z',
      },
    ],
  });

/** What `POST /v1/owner-profiles/batch` takes. The function reads it without zod (http/owner-ids.ts), as it reads queries. */
export const ownerBatchBody = z.object({
  ownerExternalIds: z
    .array(owner)
    .min(1)
    .max(MOST_OWNERS_OF_A_BATCH)
    .meta({ description: 'Different ids', uniqueItems: true, examples: [['loan-4711', 'loan-4712']] }),
});

export const ownerBatchAnswer = z.object({
  answers: z
    .array(ownerProfilesAnswer)
    .meta({ description: 'In the order asked, each as a single look-up answers it' }),
  unknown: z
    .array(owner)
    .meta({ description: 'Those of whom a single look-up says OWNER_NOT_FOUND, in the order asked' }),
  later: z.array(owner).optional().meta({
    description:
      'Only where there are some: those whose answer has to be derived and was not within the time of this request, in the order asked. Ask for them again',
  }),
});

/** What every list of transactions shows of a row. */
export const rowFields = {
  bookedOn: day('Day of booking', '2026-11-19'),
  currencyAmount: amount.meta({ description: 'Signed, a debit is negative', examples: ['-49.99'] }),
  currencyName: z.string().meta({ examples: ['PLN'] }),
  title: z.string().meta({ examples: ['ZOOPLUS.PL MUENCHEN'] }),
  party: z
    .string()
    .nullable()
    .meta({ examples: ['ZOOPLUS SE'] }),
} as const;

export const historySpan = z.object({
  from: day('First day of the span', '2026-08-01'),
  to: day('Last day of the span', '2026-11-22'),
  profiles: z.array(profileId).meta({ description: 'Those that apply on each day of the span, sorted' }),
});

export const historyAnswer = z.object({
  ...data,
  spans: z.array(historySpan).meta({
    description: 'In the order of days, without a gap; spans that follow each other differ',
  }),
});

export const featuresAnswer = z.object({
  ...head,
  rates: z
    .object({
      asOf: day('Last day of the rates: later months have those of its month', '2026-10-30'),
      source: z.string().meta({ examples: ['European Central Bank'] }),
    })
    .meta({
      description: 'The reference rates by which amounts were converted to EUR, each by the month it was booked in',
    }),
  features: z.record(z.string(), z.union([z.number(), z.string(), z.null()])).meta({
    description:
      'The numbers that definitions read, by name and window: counts, days and ratios as numbers, money as text; null: there is none',
  }),
});

export const catalogueProfile = z.object({
  id: profileId,
  title: z.string().meta({ examples: ['Travels'] }),
  description: z.string(),
  sensitive: z.boolean().meta({ description: 'Off until the client turns it on' }),
  enabled: z.boolean().meta({ description: 'Whether it is judged for this client' }),
  origin: z.enum(['built-in', 'own', 'overridden', 'disabled']).meta({
    description: 'Built in; your own; your own in place of a built-in one; built in and switched off',
  }),
});

export const catalogueAnswer = z.object({
  profiles: z.array(catalogueProfile),
  catalogueVersion,
});

export const uploadAnswer = z
  .object({
    requestId: z.string().min(1).meta({ description: 'The same as in `X-Request-Id`' }),
    importId: z.string().min(1).meta({ description: 'The id of the import: its own, or the one that it was given' }),
  })
  .meta({ examples: [{ requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef', importId: '01JCTZ5W3M' }] });

export const problemAnswer = z.object({
  type: z.url().meta({ examples: ['https://profiles.example.com/v1/problems#owner_not_found'] }),
  title: z.string(),
  status: z.int().min(400).max(599),
  // No enumeration: a generated client would fail at a code that a later release adds.
  code: z.string().meta({
    description: 'Stable: use it in programs. New codes may be added: for one that you do not know, go by the status',
    'x-extensible-enum': Object.keys(PROBLEMS),
  }),
  detail: z.string().meta({ description: 'For a person to read' }),
  requestId: z.string(),
  errors: z
    .array(
      z.object({
        path: z.string().meta({ examples: ['accounts[0].transactions[3].bookedOn'] }),
        message: z.string(),
      }),
    )
    .optional()
    .meta({ description: 'Of bad input: where it is bad and how' }),
});

/** For those who make answers: nothing changes one that is made. */
export type Immutable<Value> = Value extends object ? { readonly [Key in keyof Value]: Immutable<Value[Key]> } : Value;

export type Features = Pick<Immutable<z.infer<typeof featuresAnswer>>, 'features' | 'rates'>;
export type CatalogueProfile = Immutable<z.infer<typeof catalogueProfile>>;
