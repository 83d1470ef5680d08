/** The operations of the OpenAPI document, a route each. */
import { CHANGES_PARAMETERS } from '../http/changes.ts';
import { REFUSED_IMPORTS_PARAMETERS } from '../http/imports.ts';
import {
  DEFAULT_HISTORY,
  LONGEST_HISTORY,
  MOST_BODY_BYTES,
  MOST_INFLATED_BYTES,
  MOST_OWNERS_OF_A_BATCH,
} from '../http/limits.ts';
import type { ProblemCode } from '../http/problems.ts';
import type { RouteName } from '../http/routes.ts';
import { TRANSACTIONS_PARAMETERS } from '../http/transactions.ts';
import { CATALOGUE_OPERATIONS } from './catalogue-operations.ts';
import { FAILURE_OPERATIONS } from './failure-operations.ts';
import { KEY_OPERATIONS } from './key-operations.ts';
import type { Operation } from './operation.ts';
import { refTo } from './schemas.ts';
import { SNAPSHOT_OPERATIONS } from './snapshot-operations.ts';
import { STATEMENTS_OPERATION } from './statements-operation.ts';
import { WEBHOOK_OPERATIONS } from './webhook-operations.ts';

export const TAGS = [
  { name: 'owners', description: 'Profiles, explanations and numbers of owners' },
  { name: 'imports', description: 'What comes in, and what is erased' },
  { name: 'segments', description: 'From one owner to all: snapshots, counts, lists and tables' },
  { name: 'changes', description: 'Who got which profile and who lost it, as it happens' },
  { name: 'webhooks', description: 'Where you receive changes, refused imports and snapshots' },
  { name: 'keys', description: 'The API keys of the client' },
  { name: 'operations', description: 'For operators, with a key of their own: what failed, of all clients' },
  { name: 'catalogue', description: 'What can be asked' },
  { name: 'own catalogue', description: 'Definitions of your own: drafted, previewed on your owners, published' },
];

const ABOUT_OWNER: readonly ProblemCode[] = ['INVALID_OWNER_EXTERNAL_ID', 'INVALID_PARAMETER', 'OWNER_NOT_FOUND'];
const MEBIBYTE = 1024 * 1024;

export const OPERATIONS: Readonly<Record<RouteName, Operation>> = {
  'GET /v1/owner-profiles': {
    operationId: 'getOwnerProfiles',
    summary: 'Which profiles apply to an owner',
    description: 'For today, or for a past day from what is known now.',
    tags: ['owners'],
    parameters: ['ownerExternalId', 'asOf'],
    successes: [{ status: 200, description: 'The profiles that apply', schema: 'OwnerProfiles' }],
    problems: ABOUT_OWNER,
  },
  'POST /v1/owner-profiles/batch': {
    operationId: 'getOwnerProfilesBatch',
    summary: `Which profiles apply to each of up to ${MOST_OWNERS_OF_A_BATCH} owners`,
    description: [
      'For today: the answers of single look-ups, in the order asked. Where many have to be derived and the time of the request does not',
      'suffice, the others are listed in `later` and are right when they are asked for again.',
    ].join(' '),
    tags: ['owners'],
    body: {
      description: 'Whom to look up',
      content: {
        'application/json': {
          schema: refTo('OwnerBatchBody'),
          examples: { owners: { value: { ownerExternalIds: ['loan-4711', 'loan-4712'] } } },
        },
      },
    },
    successes: [{ status: 200, description: 'The answers, and who is not known', schema: 'OwnerBatch' }],
    problems: ['INVALID_PAYLOAD', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
  },
  'GET /v1/owner-profiles/explanation': {
    operationId: 'explainOwnerProfiles',
    summary: 'Why profiles apply to an owner, or do not',
    description:
      'For every definition that is enabled, or for one: each condition with its value, threshold and verdict, and the transactions behind it.',
    tags: ['owners'],
    parameters: ['ownerExternalId', 'profile', 'asOf'],
    successes: [{ status: 200, description: 'An explanation of each definition', schema: 'OwnerExplanation' }],
    problems: ABOUT_OWNER,
  },
  'GET /v1/owner-profiles/history': {
    operationId: 'getOwnerProfilesHistory',
    summary: 'Which profiles applied to an owner, and until when',
    description: [
      `The days from \`from\` to \`to\`, ${LONGEST_HISTORY} at most; without either the last ${DEFAULT_HISTORY} up to today. Each day is in one`,
      'span, whose list is what `asOf` answers for that day. Days after today are answered as if nothing new came.',
    ].join(' '),
    tags: ['owners'],
    parameters: ['ownerExternalId', 'from', 'to'],
    successes: [{ status: 200, description: 'The lists of profiles, day by day', schema: 'OwnerHistory' }],
    problems: ABOUT_OWNER,
  },
  'GET /v1/owner-transactions': {
    operationId: 'listOwnerTransactions',
    summary: 'The transactions of an owner with their labels',
    description: [
      'The booked rows of the days from `from` to `to`, the last 365 when neither is given: newest first, with the labels that the',
      'profiles of today are derived from. The `cursor` of a page gives the next one. An import between two pages moves',
      'nothing: a row that was there all the time is on one of the pages, once.',
    ].join(' '),
    tags: ['owners'],
    parameters: ['ownerExternalId'],
    query: TRANSACTIONS_PARAMETERS,
    successes: [{ status: 200, description: 'A page of transactions', schema: 'OwnerTransactions' }],
    problems: ABOUT_OWNER,
  },
  'GET /v1/owner-features': {
    operationId: 'getOwnerFeatures',
    summary: 'The numbers that definitions read',
    description: 'The numbers by which the profiles of that day were judged.',
    tags: ['owners'],
    parameters: ['ownerExternalId', 'asOf'],
    successes: [{ status: 200, description: 'The numbers', schema: 'OwnerFeatures' }],
    problems: ABOUT_OWNER,
  },
  'GET /v1/profiles': {
    operationId: 'getCatalogue',
    summary: 'The active catalogue of the client',
    description:
      'Every profile, whether it is judged for this client, and whether it is built in or of your own. Sensitive ones are off until they are turned on.',
    tags: ['catalogue'],
    successes: [{ status: 200, description: 'The catalogue', schema: 'Catalogue' }],
    problems: [],
  },
  'POST /v1/owner': {
    operationId: 'uploadOwner',
    summary: 'Uploads an import of an owner',
    description: [
      'The import is checked as a whole and queued durably; answers change within moments. A body with a fault is refused as a whole,',
      'and all its faults are reported at once (20 at most). Days are whole: each account has every transaction of the days it covers.',
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
    successes: [
      { status: 202, description: 'The import is queued durably', schema: 'UploadAccepted', headers: ['Location'] },
    ],
    problems: ['INVALID_PAYLOAD', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
  },
  'GET /v1/imports/{importId}': {
    operationId: 'getImportStatus',
    summary: 'The outcome of an import',
    description: 'Also answered for an owner or an import that is not known: the status is then `unknown`.',
    tags: ['imports'],
    parameters: ['ownerExternalId'],
    successes: [{ status: 200, description: 'The status', schema: 'ImportStatus' }],
    problems: ['INVALID_OWNER_EXTERNAL_ID', 'INVALID_PARAMETER'],
  },
  'GET /v1/imports': {
    operationId: 'listRefusedImports',
    summary: 'The refused imports of the last 14 days',
    description:
      'Newest first, with the reason and what is wrong. An import that was joined later under its id, or whose owner was erased, leaves the list.',
    tags: ['imports'],
    query: REFUSED_IMPORTS_PARAMETERS,
    successes: [{ status: 200, description: 'A page of imports', schema: 'RefusedImports' }],
    problems: ['INVALID_PARAMETER'],
  },
  'GET /v1/changes': {
    operationId: 'listChanges',
    summary: 'How the lists of profiles of all owners changed',
    description: [
      'The changes of the last 30 days, oldest first. Every new list of an owner yields exactly one change; applying those of an',
      'owner in order gives the list that a look-up answers. Ask again with the `cursor` of the last answer: no change is ever added before it.',
      'At worst a change is listed twice, under the same id. For an erased owner only the change by the erasure stays.',
    ].join(' '),
    tags: ['changes'],
    query: CHANGES_PARAMETERS,
    successes: [{ status: 200, description: 'A page of changes', schema: 'Changes' }],
    problems: ['INVALID_PARAMETER'],
  },
  ...WEBHOOK_OPERATIONS,
  ...KEY_OPERATIONS,
  ...FAILURE_OPERATIONS,
  'POST /v1/owner/statements': STATEMENTS_OPERATION,
  'DELETE /v1/owner': {
    operationId: 'eraseOwner',
    summary: 'Erases everything about an owner',
    description:
      'Also answered with 204 when there was nothing. An import made (`importedAt`) before the erasure does not bring the data back, however late it arrives.',
    tags: ['imports'],
    parameters: ['ownerExternalId'],
    successes: [{ status: 204, description: 'Nothing about the owner is left' }],
    problems: ['INVALID_OWNER_EXTERNAL_ID'],
  },
  'GET /v1/openapi.json': {
    operationId: 'getOpenApi',
    summary: 'This document',
    description: 'OpenAPI 3.1. Needs no key.',
    tags: ['catalogue'],
    successes: [{ status: 200, description: 'The document', schema: 'any' }],
    problems: [],
  },
  'GET /v1/import-message.schema.json': {
    operationId: 'getImportMessageSchema',
    summary: 'The JSON Schema of an import message',
    description: 'JSON Schema 2020-12 of what the import queue takes. Needs no key.',
    tags: ['imports'],
    successes: [{ status: 200, description: 'The schema', schema: 'any' }],
    problems: [],
  },
  'GET /v1/problems': {
    operationId: 'getProblems',
    summary: 'What each problem means',
    description: 'A page to read, with a section for each `code`, to which `type` of a problem leads. Needs no key.',
    tags: ['catalogue'],
    successes: [{ status: 200, description: 'The page', schema: 'page' }],
    problems: [],
  },
  ...SNAPSHOT_OPERATIONS,
  ...CATALOGUE_OPERATIONS,
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
