/** What the OpenAPI document says of each route beyond its method, path and scope. */
import type { PARAMETERS } from './http.ts';
import { MOST_BODY_BYTES, MOST_INFLATED_BYTES } from './limits.ts';
import { type ComponentName, type JsonSchema, refTo } from './openapi-schemas.ts';
import type { ProblemCode } from './problems.ts';
import type { RouteFunction } from './routes.ts';

export type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly (keyof typeof PARAMETERS)[];
  readonly body?: JsonSchema;
  readonly success: { readonly status: number; readonly description: string; readonly schema?: ComponentName | 'any' };
  /** Those beyond what any request may meet. */
  readonly problems: readonly ProblemCode[];
};

export const TAGS = [
  { name: 'owners', description: 'Profiles, explanations and numbers of owners' },
  { name: 'imports', description: 'What comes in, and what is erased' },
  { name: 'catalogue', description: 'What can be asked' },
];

const ABOUT_OWNER: readonly ProblemCode[] = ['INVALID_OWNER_EXTERNAL_ID', 'INVALID_PARAMETER', 'OWNER_NOT_FOUND'];
const MEBIBYTE = 1024 * 1024;

export const OPERATIONS: Readonly<Record<RouteFunction, Operation>> = {
  'owner-profiles': {
    operationId: 'getOwnerProfiles',
    summary: 'Which profiles apply to an owner',
    description: 'For today, or for a past day from what is known now.',
    tags: ['owners'],
    parameters: ['ownerExternalId', 'asOf'],
    success: { status: 200, description: 'The profiles that apply', schema: 'OwnerProfiles' },
    problems: ABOUT_OWNER,
  },
  'owner-explanation': {
    operationId: 'explainOwnerProfiles',
    summary: 'Why profiles apply to an owner, or do not',
    description:
      'For every definition that is enabled, or for one: each condition with its value, threshold and verdict, and the transactions behind it.',
    tags: ['owners'],
    parameters: ['ownerExternalId', 'profile', 'asOf'],
    success: { status: 200, description: 'An explanation of each definition', schema: 'OwnerExplanation' },
    problems: ABOUT_OWNER,
  },
  'owner-features': {
    operationId: 'getOwnerFeatures',
    summary: 'The numbers that definitions read',
    description: 'The very numbers that the profiles of that day were judged by.',
    tags: ['owners'],
    parameters: ['ownerExternalId', 'asOf'],
    success: { status: 200, description: 'The numbers', schema: 'OwnerFeatures' },
    problems: ABOUT_OWNER,
  },
  profiles: {
    operationId: 'getCatalogue',
    summary: 'The catalogue that holds for the client',
    description:
      'Every profile, and whether it is judged for this client. Sensitive ones are off until they are turned on.',
    tags: ['catalogue'],
    success: { status: 200, description: 'The catalogue', schema: 'Catalogue' },
    problems: [],
  },
  'owner-upload': {
    operationId: 'uploadOwner',
    summary: 'Uploads an import of an owner',
    description: [
      'The import is checked as a whole and queued durably; answers change within moments. Of a body with a fault nothing is taken,',
      'and all its faults are told at once (20 at most). Days speak whole: each account tells every transaction of the days it covers.',
      `\n\nThe body may be gzipped (\`Content-Encoding: gzip\`). At most ${MOST_BODY_BYTES / MEBIBYTE} MiB as sent and`,
      `${MOST_INFLATED_BYTES / MEBIBYTE} MiB inflated. Of equal names in an object the last counts; unknown fields are ignored, so are`,
      '`clientId`, `type`, `version` and `source`: the key decides the client, and the source is OWNER_UPLOAD. Without `importId` the',
      'import gets a fresh one, without `importedAt` the time of its arrival.',
    ].join(' '),
    tags: ['imports'],
    parameters: [],
    body: {
      description: 'One import of one owner',
      content: {
        'application/json': { schema: refTo('OwnerUpload'), examples: { import: { value: uploadExample() } } },
      },
    },
    success: { status: 202, description: 'The import is queued durably', schema: 'UploadAccepted' },
    problems: ['INVALID_PAYLOAD', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
  },
  'owner-erasure': {
    operationId: 'eraseOwner',
    summary: 'Erases everything about an owner',
    description:
      'Also answered with 204 when there was nothing. An import made (`importedAt`) before the erasure does not bring the data back, however late it arrives.',
    tags: ['imports'],
    parameters: ['ownerExternalId'],
    success: { status: 204, description: 'Nothing about the owner is left' },
    problems: ['INVALID_OWNER_EXTERNAL_ID'],
  },
  openapi: {
    operationId: 'getOpenApi',
    summary: 'This document',
    description: 'OpenAPI 3.1. Needs no key.',
    tags: ['catalogue'],
    success: { status: 200, description: 'The document', schema: 'any' },
    problems: [],
  },
};

function uploadExample() {
  return {
    ownerExternalId: 'loan-4711',
    accounts: [
      {
        iban: 'PL61109010140000071219812874',
        currencyName: 'PLN',
        covers: { from: '2026-08-01', to: '2026-11-20' },
        transactions: [
          {
            bookedOn: '2026-11-19',
            currencyAmount: '-49.99',
            title: 'ZOOPLUS.PL MUENCHEN',
            party: 'ZOOPLUS SE',
            merchantCategoryCode: '5995',
          },
        ],
      },
    ],
  };
}
