import type { RouteName } from './routes.ts';

/** Names of the parameters in the query of each route that has any, to know a misspelt one without loading their schemas. */
export const QUERY_NAMES: Readonly<Partial<Record<RouteName, readonly string[]>>> = {
  'GET /v1/owner-profiles': ['ownerExternalId', 'asOf'],
  'GET /v1/owner-profiles/explanation': ['ownerExternalId', 'profile', 'asOf'],
  'GET /v1/owner-profiles/history': ['ownerExternalId', 'from', 'to'],
  'GET /v1/owner-transactions': ['ownerExternalId', 'from', 'to', 'label', 'unlabelled', 'limit', 'cursor'],
  'GET /v1/owner-features': ['ownerExternalId', 'asOf'],
  'DELETE /v1/owner': ['ownerExternalId'],
  'POST /v1/owner/statements': [
    'ownerExternalId',
    'format',
    'mapping',
    'account',
    'currency',
    'encoding',
    'wholeDays',
    'large',
  ],
  'GET /v1/imports': ['status', 'limit', 'cursor'],
  'GET /v1/imports/{importId}': ['ownerExternalId'],
  'GET /v1/snapshots': ['samples', 'limit', 'cursor'],
  'GET /v1/snapshots/{snapshotId}/owners': ['where', 'limit', 'cursor'],
  'GET /v1/snapshots/{snapshotId}/counts': ['where', 'by'],
  'GET /v1/snapshots/{snapshotId}/changes': ['since', 'profile', 'change', 'limit', 'cursor'],
  'GET /v1/snapshots/{snapshotId}/distributions': ['feature', 'window'],
  'GET /v1/snapshots/{snapshotId}/unlabelled': ['limit'],
  'GET /v1/snapshots/{snapshotId}/files': ['limit', 'cursor'],
  'GET /v1/changes': ['after', 'limit'],
  'GET /v1/webhooks/{webhookId}/deliveries': ['limit', 'cursor'],
  'GET /v1/catalogue/previews/{previewId}/owners': ['profile', 'change', 'limit', 'cursor'],
  'GET /v1/catalogue/previews/{previewId}/near-misses': ['profile'],
};
