/**
 * What the routes below `/v1/catalogue` take and answer: a client's own catalogue, its draft, previews and publications. Requests are
 * strict, so that a mistyped field is a fault; answers may grow.
 */
import * as z from 'zod';
import { definitionSchema } from '../catalogue/definition.ts';
import { ownLabelSchema, ownRuleSchema } from '../catalogue/own-words.ts';
import { failureQueue } from './failures.ts';
import { askedImportId } from './import-id.ts';
import { keyId as ownKeyId } from './keys.ts';
import { LONGEST_NOTE } from './limits.ts';
import { AUTHOR_ID, OUR_ID } from './our-ids.ts';
import { catalogueVersion, type Immutable, owner, profileId } from './owners.ts';
import { snapshotId } from './segments.ts';
import { deliveryId, webhookId } from './webhooks.ts';

const AN_INSTANT = '2026-11-22T10:15:30.000Z';
const A_VERSION = '3fb2c1d0a9e8';
const A_PREVIEW = '01JD9YB2M0X7Q4W8ZC5R1T6KHN';
const A_PUBLICATION = '01JD9YF8S3V2J6D0PA9G4E7BXM';

export const instant = (description: string) => z.iso.datetime().meta({ description, examples: [AN_INSTANT] });
export const keyId = z.string().meta({
  ...AUTHOR_ID,
  description: 'Key that did it, or person (`user:` and their id)',
  examples: ['k11hQPpsx6UCSX'],
});
export const count = (description: string) => z.int().min(0).meta({ description });
export const profiles = z.array(profileId);

/** Of an amendment: the empty one has a name, any other is known by its content. */
export const VERSION_FORM = /^(?:built-in|[0-9a-f]{12})$/;
export const version = z
  .string()
  .regex(VERSION_FORM, 'must be `built-in` or twelve of 0-9 and a-f')
  .meta({ description: 'Version of an amendment; `built-in`: the empty one', examples: [A_VERSION] });
export const previewId = z.string().meta({ ...OUR_ID, description: 'Id of a preview', examples: [A_PREVIEW] });
const publicationId = z.string().meta({ ...OUR_ID, description: 'Id of a publication', examples: [A_PUBLICATION] });

/** Parameters in the path, by their names in the routes. */
export const PATH_PARAMETERS = {
  version,
  previewId,
  publicationId,
  id: profileId,
  ownerExternalId: owner,
  importId: askedImportId,
  snapshotId,
  webhookId,
  deliveryId,
  keyId: ownKeyId,
  queue: failureQueue,
} as const;

export const amendmentAnswer = z.object({
  profiles: z.array(definitionSchema).meta({
    description: 'Definitions of your own; one with the id of a built-in profile replaces it',
  }),
  disabled: profiles.meta({ description: 'Built-in profiles that are not judged' }),
  enabled: profiles.meta({ description: 'Sensitive profiles that are judged' }),
  labels: z.array(ownLabelSchema).meta({ description: 'Labels of your own' }),
  rules: z.array(ownRuleSchema).meta({
    description: 'What gives labels to transactions, and takes built-in ones away',
  }),
});

const faults = z.array(z.object({ path: z.string(), message: z.string() }));

export const clientCatalogueProfile = z.object({
  id: profileId,
  title: z.string(),
  description: z.string(),
  sensitive: z.boolean(),
  enabled: z.boolean().meta({ description: 'Whether it is judged' }),
  origin: z.enum(['built-in', 'own', 'overridden', 'disabled']),
  definition: definitionSchema,
});

export const clientCatalogueAnswer = z.object({
  version,
  catalogueVersion,
  publishedAt: instant('When it was published; null: nothing ever was').nullable(),
  effectiveAt: instant('From when it is active: until then the one before is').nullable(),
  keyId: keyId.nullable(),
  note: z.string().nullable(),
  profiles: z.array(clientCatalogueProfile),
  amendment: amendmentAnswer,
  faults: faults.meta({
    description: 'Parts of the amendment that are not valid under the current built-in catalogue; they are not judged',
  }),
});

export const draftAnswer = z.object({
  version,
  changedAt: instant('When it was changed last').nullable(),
  keyId: keyId.nullable(),
  amendment: amendmentAnswer,
  changes: z
    .array(
      z.object({
        path: z.string().meta({ examples: ['profiles.pet-owner', 'disabled.night-owl', 'rules.golf-clubs'] }),
        change: z.enum(['added', 'changed', 'removed']),
      }),
    )
    .meta({ description: 'What differs from the active amendment' }),
  previewed: previewId.nullable().meta({
    description: 'The preview of just this draft against the active amendment that came to its end',
  }),
});

export const versionsAnswer = z.object({
  versions: z.array(
    z.object({
      version,
      publishedAt: instant('When it was published last').nullable(),
      keyId: keyId.nullable(),
      note: z.string().nullable(),
      active: z.boolean(),
    }),
  ),
});

export const versionAnswer = z.object({
  version,
  active: z.boolean(),
  publications: z.array(z.object({ publicationId, publishedAt: instant('When'), keyId, note: z.string() })),
  amendment: amendmentAnswer,
});

export const slices = z
  .object({ total: count('All'), done: count('Done so far') })
  .meta({ description: 'Parts of the work' });

export const publicationAnswer = z.object({
  publicationId,
  version,
  previousVersion: version,
  catalogueVersion,
  publishedAt: instant('When it was published'),
  effectiveAt: instant('From when it is active, everywhere at once'),
  keyId,
  note: z.string(),
  forced: z.boolean().meta({ description: 'Whether it was published without a preview' }),
  replay: z
    .object({
      status: z.enum(['running', 'finished', 'failed', 'superseded', 'none']).meta({
        description: 'Superseded: another publication started its own; none: so long ago that nothing is kept of it',
      }),
      owners: count('Owners of yours'),
      slices,
      rewritten: count('Stored answers that were rewritten'),
      failed: count('Owners that could not be derived'),
    })
    .meta({ description: 'The stored answers of all owners are derived again in the background' }),
});

export const publicationsAnswer = z.object({ publications: z.array(publicationAnswer) });

const note = z
  .string()
  .max(LONGEST_NOTE)
  .refine((text) => text.trim() !== '', 'must say something')
  .refine((text) => text.isWellFormed(), 'must be well-formed Unicode (it contains a lone surrogate)')
  .meta({ description: 'Why; kept with the publication', minLength: 1, examples: ['Fewer false pet owners'] });
const force = z
  .boolean()
  .default(false)
  .meta({ description: 'Publish although the draft was not previewed to the end' });

// No literal: generators of Java clients make code of it that does not compile.
const draft = z
  .boolean()
  .refine((isGiven) => isGiven, 'must be true, or left out')
  .meta({ description: '`true`: publish the draft' });

/** The two forms of `publicationBody`, for those who read schemas. */
export const publicationForms = {
  PublicationOfDraft: z.strictObject({ draft, note, force }),
  PublicationOfVersion: z.strictObject({ version, note, force }),
} as const;

export const publicationBody = z
  .strictObject({ version: version.exactOptional(), draft: draft.exactOptional(), note, force })
  .refine(
    ({ version: given, draft }) => (given === undefined) !== (draft === undefined),
    'must have one of `version` and `draft`, and not both',
  );

/** The definition's id is the path's; it may be left out. */
export const definitionBody = definitionSchema.partial({ id: true });

export type CatalogueView = Immutable<z.infer<typeof clientCatalogueAnswer>>;
export type Versions = Immutable<z.infer<typeof versionsAnswer>>;
export type VersionView = Immutable<z.infer<typeof versionAnswer>>;
export type DraftView = Immutable<z.infer<typeof draftAnswer>>;
export type PublicationView = Immutable<z.infer<typeof publicationAnswer>>;
export type ReplayView = PublicationView['replay'];
/** One of `version` and `draft`. */
export type PublicationRequest = Immutable<z.infer<typeof publicationBody>>;
