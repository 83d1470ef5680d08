/** What the OpenAPI document says of snapshots and what is asked of them. */
import type { ProblemCode } from '../http/problems.ts';
import type { RouteName } from '../http/routes.ts';
import { SNAPSHOT_PARAMETERS } from '../http/segments.ts';
import type { Operation } from './operation.ts';
import { refTo } from './schemas.ts';

const tags = ['segments'];
const KNOWN: readonly ProblemCode[] = ['INVALID_PARAMETER', 'SNAPSHOT_NOT_FOUND'];
const FINISHED: readonly ProblemCode[] = [...KNOWN, 'SNAPSHOT_NOT_FINISHED'];
const ROUNDED =
  "A key without the scope `read` gets every number of owners rounded down to a multiple of the client's smallest group, 10 unless set.";

export const SNAPSHOT_OPERATIONS: Readonly<Record<RouteName<'snapshots'>, Operation>> = {
  'POST /v1/snapshots': {
    operationId: 'startSnapshot',
    summary: "Takes a snapshot of all owners' profiles",
    description:
      'In the background. It renews the answers that have expired, and is kept for 400 days. Features and merchants cost as much as a derivation of every owner; answers alone cost little. With `estimateOnly` nothing is started. Five may run at once. The body may be left out.',
    tags,
    body: {
      description: 'What is kept besides profiles',
      required: false,
      content: {
        'application/json': {
          schema: refTo('SnapshotBody'),
          examples: {
            answers: { value: {} },
            features: { value: { features: ['cafe.count 180d', 'pets.months 180d'], unlabelled: true } },
            sample: { value: { features: ['cafe.count 180d'], sample: 0.05 } },
            estimate: { value: { features: ['cafe.count 180d'], estimateOnly: true } },
          },
        },
      },
    },
    successes: [
      { status: 202, description: 'It is running', schema: 'SnapshotStarted', headers: ['Location'] },
      { status: 200, description: 'What it would cost, with `estimateOnly`', schema: 'Estimate' },
    ],
    problems: ['INVALID_PAYLOAD', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
  },
  'GET /v1/snapshots': {
    operationId: 'listSnapshots',
    summary: 'The snapshots of the last 400 days',
    description: `Newest first. Those of a sample are listed only with \`samples=true\`. ${ROUNDED}`,
    tags,
    query: SNAPSHOT_PARAMETERS.list,
    successes: [{ status: 200, description: 'A page of snapshots', schema: 'Snapshots' }],
    problems: ['INVALID_PARAMETER'],
  },
  'GET /v1/snapshots/{snapshotId}': {
    operationId: 'getSnapshot',
    summary: 'A snapshot: how far it is, and how many owners have each profile',
    description: ROUNDED,
    tags,
    successes: [{ status: 200, description: 'The snapshot', schema: 'Snapshot' }],
    problems: KNOWN,
  },
  'DELETE /v1/snapshots/{snapshotId}': {
    operationId: 'cancelSnapshot',
    summary: 'Cancels a snapshot',
    description: 'One that has ended already stays as it is.',
    tags,
    successes: [{ status: 200, description: 'The snapshot', schema: 'Snapshot' }],
    problems: KNOWN,
  },
  'GET /v1/snapshots/{snapshotId}/owners': {
    operationId: 'listSnapshotOwners',
    summary: 'The owners of a segment',
    description:
      'Sorted by the code points of their ids. An owner who is not judged for a profile does not have it. Who was erased since is still counted in `total`, and not listed.',
    tags,
    query: SNAPSHOT_PARAMETERS.owners,
    successes: [{ status: 200, description: 'A page of owners', schema: 'SnapshotOwners' }],
    problems: FINISHED,
  },
  'GET /v1/snapshots/{snapshotId}/counts': {
    operationId: 'countSnapshotOwners',
    summary: 'How many owners are in a segment',
    description: `With \`by=profile\` also how many of them have each profile. ${ROUNDED}`,
    tags,
    query: SNAPSHOT_PARAMETERS.counts,
    successes: [{ status: 200, description: 'The numbers', schema: 'SnapshotCounts' }],
    problems: FINISHED,
  },
  'GET /v1/snapshots/{snapshotId}/changes': {
    operationId: 'getSnapshotChanges',
    summary: 'How many owners entered and left each profile since another snapshot, or who',
    description: `With \`profile\` and \`change\` the owners are listed, which needs the scope \`read\`. Both snapshots must have all owners, or the same share of them. ${ROUNDED}`,
    tags,
    query: SNAPSHOT_PARAMETERS.changes,
    successes: [{ status: 200, description: 'The numbers, or a page of owners', schema: 'SnapshotChanges' }],
    problems: FINISHED,
  },
  'GET /v1/snapshots/{snapshotId}/distributions': {
    operationId: 'getSnapshotDistribution',
    summary: 'How a feature is spread over owners',
    description: `Of a feature that the snapshot keeps. A key without the scope \`read\` gets no quantile beyond which there are fewer owners than the smallest group. ${ROUNDED}`,
    tags,
    query: SNAPSHOT_PARAMETERS.distributions,
    successes: [{ status: 200, description: 'Quantiles, bins and numbers', schema: 'SnapshotDistribution' }],
    problems: [...FINISHED, 'NOT_KEPT'],
  },
  'GET /v1/snapshots/{snapshotId}/unlabelled': {
    operationId: 'listSnapshotUnlabelled',
    summary: 'The merchants without a label that most owners have',
    description: `Numbers and names of people are masked; none of fewer owners than the smallest group. ${ROUNDED}`,
    tags,
    query: SNAPSHOT_PARAMETERS.unlabelled,
    successes: [{ status: 200, description: 'The merchants', schema: 'SnapshotUnlabelled' }],
    problems: [...FINISHED, 'NOT_KEPT'],
  },
  'GET /v1/snapshots/{snapshotId}/files': {
    operationId: 'listSnapshotFiles',
    summary: 'The snapshot as tables: Parquet and CSV',
    description:
      'Columns `ownerExternalId`, `profiles`, `notJudged`, then each kept feature as `feature/window`; amounts are in EUR. In CSV (RFC 4180) lists are joined by `;`. Anyone who has a URL may read the file for 15 minutes.',
    tags,
    query: SNAPSHOT_PARAMETERS.files,
    successes: [{ status: 200, description: 'A page of the parts of both formats', schema: 'SnapshotFiles' }],
    problems: FINISHED,
  },
};
