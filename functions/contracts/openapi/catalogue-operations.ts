/** What the OpenAPI document says of the routes of a client's own catalogue. */
import { MOST_AMENDMENT_BYTES } from '../../domain/catalogue/amendment.ts';
import type { ProblemCode } from '../http/problems.ts';
import type { RouteName } from '../http/routes.ts';
import type { Operation, Success } from './operation.ts';
import { type ComponentName, type JsonSchema, refTo } from './schemas.ts';

type CatalogueRoute = RouteName<'catalogue' | 'catalogue-draft' | 'catalogue-previews' | 'catalogue-publications'>;

const tags = ['own catalogue'];
const BODY: readonly ProblemCode[] = ['INVALID_PAYLOAD', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];
const STRICT = `An unknown field is refused. At most ${MOST_AMENDMENT_BYTES / 1024} KiB.`;
const EDIT = [
  'Nothing takes effect before it is published.',
  'Every fault is reported with its path and, for a wrong name, the nearest right one; a body with a fault changes nothing.',
  'With `If-Match` a draft that somebody changed meanwhile is not overwritten: 409 `DRAFT_CHANGED` says what was changed, by whom and when.',
].join(' ');

const draft = (description: string): readonly Success[] => [
  { status: 200, description, schema: 'Draft', headers: ['ETag'] },
];
const answer = (schema: ComponentName, description: string): readonly Success[] => [
  { status: 200, description, schema },
];
const body = (schema: ComponentName, description: string, examples: Readonly<Record<string, unknown>>): JsonSchema => ({
  description,
  content: {
    'application/json': {
      schema: refTo(schema),
      examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
    },
  },
});

const { id: _, ...DEFINITION } = definitionExample();

export const CATALOGUE_OPERATIONS: Readonly<Record<CatalogueRoute, Operation>> = {
  'GET /v1/catalogue': {
    operationId: 'getClientCatalogue',
    summary: 'The active catalogue with its definitions',
    description:
      'The built-in profiles and your own, as they are active: after a publication the new ones from `effectiveAt` on. `faults` is empty unless the built-in catalogue changed under your amendment.',
    tags,
    successes: answer('ClientCatalogue', 'The catalogue'),
    problems: [],
  },
  'GET /v1/catalogue/versions': {
    operationId: 'listCatalogueVersions',
    summary: 'The amendments that were ever published',
    description: 'Newest publication first, each version once; `built-in`, the empty amendment, is always among them.',
    tags,
    successes: answer('Versions', 'The versions'),
    problems: [],
  },
  'GET /v1/catalogue/versions/{version}': {
    operationId: 'getCatalogueVersion',
    summary: 'One version of the amendment',
    description: 'What it says, and each time it was published.',
    tags,
    successes: answer('Version', 'The version'),
    problems: ['INVALID_PARAMETER', 'VERSION_NOT_FOUND'],
  },
  'GET /v1/catalogue/schema.json': {
    operationId: 'getAmendmentSchema',
    summary: 'The JSON Schema of an amendment',
    description:
      'JSON Schema 2020-12, for editors that complete and check while one types; `#/$defs/definition` is that of a single definition. Needs no key.',
    tags,
    successes: [{ status: 200, description: 'The schema', schema: 'any' }],
    problems: [],
  },
  'GET /v1/catalogue/draft': {
    operationId: 'getDraft',
    summary: 'The draft',
    description: 'The amendment that is being edited, at first the active one, and what differs from the active one.',
    tags,
    successes: [...draft('The draft')],
    problems: [],
  },
  'PUT /v1/catalogue/draft': {
    operationId: 'replaceDraft',
    summary: 'Replaces the draft',
    description: `${EDIT} A list that is left out is empty. ${STRICT}`,
    tags,
    isConditional: true,
    body: body('AmendmentBody', 'The amendment', {
      amendment: { profiles: [definitionExample()], disabled: ['night-owl'], enabled: [] },
    }),
    successes: draft('The draft as it is now'),
    problems: [...BODY, 'INVALID_PARAMETER', 'DRAFT_CHANGED'],
  },
  'PUT /v1/catalogue/draft/profiles/{id}': {
    operationId: 'putDraftProfile',
    summary: 'Puts one definition into the draft',
    description: `With the id of a built-in profile it replaces that profile. ${EDIT} Paths of faults begin at the definition. ${STRICT}`,
    tags,
    isConditional: true,
    body: body('DefinitionBody', 'The definition; its `id` may be left out, and is else that of the path', {
      definition: DEFINITION,
    }),
    successes: draft('The draft as it is now'),
    problems: [...BODY, 'INVALID_PARAMETER', 'DRAFT_CHANGED'],
  },
  'DELETE /v1/catalogue/draft/profiles/{id}': {
    operationId: 'removeDraftProfile',
    summary: 'Takes a definition of your own out of the draft',
    description: 'A built-in profile of that id applies again.',
    tags,
    isConditional: true,
    successes: draft('The draft as it is now'),
    problems: ['INVALID_PARAMETER', 'PROFILE_NOT_FOUND', 'DRAFT_CHANGED'],
  },
  'POST /v1/catalogue/previews': {
    operationId: 'startPreview',
    summary: 'Previews the draft on all your owners',
    description:
      'Derives every owner for today under the active catalogue and under that of the draft, in the background; nothing changes by it. Three may run at once. With `estimateOnly` nothing is started. The body may be left out.',
    tags,
    body: {
      ...body('PreviewBody', 'What is wanted', { preview: {}, estimate: { estimateOnly: true } }),
      required: false,
    },
    successes: [
      { status: 202, description: 'It is running', schema: 'Preview', headers: ['Location'] },
      { status: 200, description: 'What it would cost, with `estimateOnly`', schema: 'Estimate' },
    ],
    problems: BODY,
  },
  'GET /v1/catalogue/previews': {
    operationId: 'listPreviews',
    summary: 'The previews of the last 30 days',
    description: 'Newest first.',
    tags,
    successes: answer('Previews', 'The previews'),
    problems: [],
  },
  'GET /v1/catalogue/previews/{previewId}': {
    operationId: 'getPreview',
    summary: 'A preview: how far it is, and its result',
    description:
      'How many owners have each profile now, and how many would get it or lose it. A key without the scope `read` gets numbers of owners rounded down.',
    tags,
    successes: answer('Preview', 'The preview'),
    problems: ['INVALID_PARAMETER', 'PREVIEW_NOT_FOUND'],
  },
  'DELETE /v1/catalogue/previews/{previewId}': {
    operationId: 'cancelPreview',
    summary: 'Cancels a preview',
    description: 'One that has ended already stays as it is.',
    tags,
    successes: answer('Preview', 'The preview'),
    problems: ['INVALID_PARAMETER', 'PREVIEW_NOT_FOUND'],
  },
  'GET /v1/catalogue/previews/{previewId}/owners': {
    operationId: 'listPreviewOwners',
    summary: 'The owners who would get a profile, or lose it',
    description: 'Of a preview that has finished, page by page.',
    tags,
    pageParameters: ['profile', 'change', 'limit', 'cursor'],
    successes: answer('PreviewOwners', 'A page of owners'),
    problems: ['INVALID_PARAMETER', 'PREVIEW_NOT_FOUND', 'PREVIEW_NOT_FINISHED'],
  },
  'GET /v1/catalogue/previews/{previewId}/near-misses': {
    operationId: 'listNearMisses',
    summary: 'The owners closest to a threshold, on either side',
    description:
      'Of a profile that the draft defines, ten owners of each side at most, by distance and then by id. Of conditions that must all hold, the one that fails by most decides, or that only just holds; of those of which any is enough, the other way round. Owners who keep the profile without meeting today what is asked to get it are not among them.',
    tags,
    pageParameters: ['profile'],
    successes: answer('NearMisses', 'The owners'),
    problems: ['INVALID_PARAMETER', 'PREVIEW_NOT_FOUND', 'PREVIEW_NOT_FINISHED'],
  },
  'GET /v1/catalogue/previews/{previewId}/owners/{ownerExternalId}': {
    operationId: 'explainPreviewOwner',
    summary: 'What the draft would change for one owner, and why',
    description: 'For every profile of either catalogue, explained under both. Answers while the preview runs too.',
    tags,
    successes: answer('PreviewOwner', 'The owner under both catalogues'),
    problems: ['INVALID_OWNER_EXTERNAL_ID', 'INVALID_PARAMETER', 'OWNER_NOT_FOUND', 'PREVIEW_NOT_FOUND'],
  },
  'POST /v1/catalogue/publications': {
    operationId: 'publishCatalogue',
    summary: 'Makes the draft, or a version, the active amendment',
    description:
      'It is active from `effectiveAt` on, everywhere at once; the stored answers of all owners are derived again in the background. The draft must have a finished preview against the active version, or the request `force`. To roll back, publish an earlier version. Publishing the active version again restarts its replay.',
    tags,
    body: body('PublicationBody', `What is published, and why. ${STRICT}`, {
      draft: { draft: true, note: 'Fewer false pet owners' },
      wayBack: { version: '3fb2c1d0a9e8', note: 'As it was before' },
    }),
    successes: [{ status: 201, description: 'It is published', schema: 'Publication', headers: ['Location'] }],
    problems: [...BODY, 'VERSION_NOT_FOUND', 'PREVIEW_REQUIRED', 'CATALOGUE_CHANGED'],
  },
  'GET /v1/catalogue/publications': {
    operationId: 'listPublications',
    summary: 'All publications',
    description: 'Newest first: what was published when, by which key and why.',
    tags,
    successes: answer('Publications', 'The publications'),
    problems: [],
  },
  'GET /v1/catalogue/publications/{publicationId}': {
    operationId: 'getPublication',
    summary: 'A publication, with how far its replay is',
    description:
      'The replay rewrites stored answers; look-ups are right meanwhile, because they derive what is not fresh.',
    tags,
    successes: answer('Publication', 'The publication'),
    problems: ['INVALID_PARAMETER', 'PUBLICATION_NOT_FOUND'],
  },
};

function definitionExample() {
  return {
    id: 'pet-owner',
    title: 'Keeps a pet',
    description: 'Buys for a pet in most months of the last half year.',
    enter: {
      all: [
        { feature: 'pets.months', window: '180d', atLeast: 4 },
        { feature: 'pets|veterinary.total', window: '180d', atLeast: '80 EUR' },
      ],
    },
    stay: { all: [{ feature: 'pets.months', window: '180d', atLeast: 2 }] },
    needs: { history: '90d' },
  };
}
