/**
 * The requests whose answers are the examples of the OpenAPI document: of every operation and each of its answers with a body, and of every
 * problem that a request can bring about. They are made in this order, on the sample owners.
 */
import type { AmendmentDocument } from '../../functions/domain/catalogue/amendment.ts';

export type Step = {
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  /** Below `/v1/`; `{name}` is what an earlier step kept under that name. */
  readonly path: string;
  readonly status: number;
  /** The operation whose answer this is, for that status. */
  readonly of?: string;
  /** JSON, with `{name}` as above; text is sent as it is. */
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Null: without a key; absent: that of the client. With `{name}` as above; `{operator}` is that of operators. */
  readonly key?: string | null;
  /** Asked again until the answer has this value at this field. */
  readonly until?: readonly [field: string, value: unknown];
  /** Names for later steps, by where they are in the answer. */
  readonly keep?: Readonly<Record<string, string>>;
  /** Lists and tables are cut to so many entries: they are long and all alike. */
  readonly few?: number;
};

const ANNA = 'ownerExternalId=anna-pl';
const OWNER = 'loan-4711';
const EVERYBODY = `where=${encodeURIComponent('salaried | !salaried')}`;

const UPLOAD = {
  ownerExternalId: OWNER,
  importId: 'feed-2026-11-20',
  importedAt: '2026-11-20T06:00:00Z',
  accounts: [
    {
      iban: 'PL61109010140000071219812874',
      currencyName: 'PLN',
      covers: { from: '2026-08-01', to: '2026-11-18' },
      transactions: [
        { bookedOn: '2026-11-17', currencyAmount: '-49.99', title: 'ZOOPLUS.PL MUENCHEN', party: 'ZOOPLUS SE' },
      ],
    },
  ],
};

const PET_OWNER = {
  id: 'pet-owner',
  title: 'Keeps a pet',
  description: 'Buys for a pet in most months.',
  enter: { all: [{ feature: 'pets.months', window: '180d', atLeast: 7 }] },
  needs: { history: '90d' },
};
const DRAFT: AmendmentDocument = {
  profiles: [PET_OWNER],
  disabled: ['beauty-lover'],
  enabled: [],
  labels: [{ id: 'golf', title: 'Golf', group: 'leisure' }],
  rules: [{ id: 'golf-clubs', when: { words: ['club de golf', 'golfov*'], direction: 'out' }, give: ['golf'] }],
};
const EMPTY: AmendmentDocument = { profiles: [], disabled: [], enabled: [], labels: [], rules: [] };

const OWNERS: readonly Step[] = [
  { path: `owner-profiles?${ANNA}`, status: 200, of: 'getOwnerProfiles' },
  {
    method: 'POST',
    path: 'owner-profiles/batch',
    body: { ownerExternalIds: ['anna-pl', 'elena-es', 'nobody'] },
    status: 200,
    of: 'getOwnerProfilesBatch',
  },
  { path: `owner-profiles/explanation?${ANNA}&profile=pet-owner`, status: 200, of: 'explainOwnerProfiles' },
  { path: `owner-profiles/history?${ANNA}`, status: 200, of: 'getOwnerProfilesHistory' },
  { path: `owner-transactions?${ANNA}&limit=3`, status: 200, of: 'listOwnerTransactions' },
  { path: `owner-features?${ANNA}`, status: 200, of: 'getOwnerFeatures', few: 12 },
  { path: 'profiles', status: 200, of: 'getCatalogue', few: 3 },
  { path: 'owner-profiles', status: 400 },
  { path: `owner-profiles?${ANNA}&asof=2026-05-31`, status: 400 },
  { path: 'owner-profiles?ownerExternalId=nobody', status: 404 },
  { path: 'profiles', status: 401, key: null },
  { path: 'profiles', status: 401, key: 'op_wrong' },
  { path: 'profile', status: 404 },
  { method: 'DELETE', path: 'profiles', status: 405 },
];

const IMPORTS: readonly Step[] = [
  { method: 'POST', path: 'owner', body: UPLOAD, status: 202, of: 'uploadOwner' },
  {
    path: `imports/${UPLOAD.importId}?ownerExternalId=${OWNER}`,
    status: 200,
    until: ['status', 'joined'],
    of: 'getImportStatus',
  },
  {
    path: 'imports?status=refused',
    status: 200,
    until: ['imports.0.reason', 'INVALID_MESSAGE'],
    of: 'listRefusedImports',
  },
  {
    method: 'POST',
    path: `owner/statements?ownerExternalId=${OWNER}`,
    body: '{statement}',
    status: 202,
    of: 'uploadStatements',
  },
  {
    method: 'POST',
    path: `owner/statements?ownerExternalId=${OWNER}&large=true`,
    status: 200,
    of: 'uploadStatements',
  },
  { path: 'failures', key: '{operator}', status: 200, of: 'listFailureQueues' },
  { path: 'failures/parked', key: '{operator}', status: 200, of: 'listFailures' },
  {
    method: 'POST',
    path: 'failures/parked',
    body: { reason: 'INVALID_MESSAGE' },
    key: '{operator}',
    status: 202,
    of: 'retryFailures',
  },
  { path: 'failures/unknown', key: '{operator}', status: 404 },
  { method: 'POST', path: 'owner', body: { accounts: [{ currencyName: 'zl' }] }, status: 400 },
  { method: 'POST', path: 'owner', body: UPLOAD, headers: { 'Content-Type': 'text/plain' }, status: 415 },
  { method: 'POST', path: 'owner-profiles/batch', body: ' '.repeat(600_000), status: 413 },
  { method: 'DELETE', path: `owner?ownerExternalId=${OWNER}`, status: 204 },
];

const SNAPSHOTS: readonly Step[] = [
  { method: 'POST', path: 'snapshots', body: { estimateOnly: true }, status: 200, of: 'startSnapshot' },
  { method: 'POST', path: 'snapshots', body: {}, status: 202, keep: { earlier: 'snapshotId' } },
  { path: 'snapshots/{earlier}', status: 200, until: ['status', 'finished'] },
  {
    method: 'POST',
    path: 'snapshots',
    body: { features: ['grocery.count 90d'], unlabelled: true },
    status: 202,
    keep: { snapshotId: 'snapshotId' },
    of: 'startSnapshot',
  },
  { path: 'snapshots/{snapshotId}', status: 200, until: ['status', 'finished'], of: 'getSnapshot', few: 4 },
  { path: 'snapshots?limit=1', status: 200, of: 'listSnapshots', few: 4 },
  { path: `snapshots/{snapshotId}/owners?${EVERYBODY}&limit=3`, status: 200, of: 'listSnapshotOwners' },
  { path: `snapshots/{snapshotId}/counts?${EVERYBODY}&by=profile`, status: 200, of: 'countSnapshotOwners', few: 4 },
  { path: 'snapshots/{snapshotId}/changes?since={earlier}', status: 200, of: 'getSnapshotChanges', few: 4 },
  {
    path: 'snapshots/{snapshotId}/distributions?feature=grocery.count&window=90d',
    status: 200,
    of: 'getSnapshotDistribution',
  },
  { path: 'snapshots/{snapshotId}/unlabelled?limit=3', status: 200, of: 'listSnapshotUnlabelled' },
  { path: 'snapshots/{snapshotId}/files', status: 200, of: 'listSnapshotFiles' },
  { path: 'snapshots/{earlier}/distributions?feature=grocery.count&window=90d', status: 409 },
  { path: 'snapshots/unknown', status: 404 },
  { method: 'DELETE', path: 'snapshots/{earlier}', status: 200, of: 'cancelSnapshot', few: 4 },
];

const HOOK = { url: '{receiver}', events: ['owner-profiles.changed', 'snapshot.finished'] };
const WEBHOOKS: readonly Step[] = [
  { method: 'POST', path: 'webhooks', body: HOOK, status: 201, keep: { webhookId: 'webhookId' }, of: 'createWebhook' },
  { path: 'webhooks', status: 200, of: 'listWebhooks', few: 2 },
  { path: 'webhooks/{webhookId}', status: 200, of: 'getWebhook' },
  { method: 'PUT', path: 'webhooks/{webhookId}', body: { ...HOOK, enabled: true }, status: 200, of: 'changeWebhook' },
  { method: 'POST', path: 'webhooks/{webhookId}/secret', status: 200, of: 'rotateWebhookSecret' },
  { method: 'POST', path: 'webhooks/{webhookId}/test', status: 202, of: 'testWebhook' },
  {
    path: 'webhooks/{webhookId}/deliveries',
    status: 200,
    until: ['deliveries.0.status', 204],
    keep: { deliveryId: 'deliveries.0.deliveryId' },
    of: 'listDeliveries',
  },
  {
    method: 'POST',
    path: 'webhooks/{webhookId}/deliveries/{deliveryId}/retry',
    status: 202,
    of: 'retryDelivery',
  },
  { method: 'POST', path: 'webhooks/{webhookId}/deliveries/unknown/retry', status: 404 },
  { method: 'DELETE', path: 'webhooks/{webhookId}', status: 204 },
  { path: 'webhooks/{webhookId}', status: 404 },
];

const KEYS: readonly Step[] = [
  {
    method: 'POST',
    path: 'keys',
    body: { scopes: ['read'], addresses: ['127.0.0.0/8'] },
    status: 201,
    keep: { keyId: 'keyId', narrow: 'apiKey' },
    of: 'createKey',
  },
  { path: 'keys', status: 200, of: 'listKeys', few: 2 },
  { method: 'DELETE', path: `owner?ownerExternalId=${OWNER}`, key: '{narrow}', status: 403 },
  { method: 'DELETE', path: 'keys/{keyId}', status: 204 },
  { method: 'DELETE', path: 'keys/unknown', status: 404 },
];

const CATALOGUE: readonly Step[] = [
  { path: 'changes?limit=1000', status: 200, keep: { place: 'cursor' } },
  { path: 'catalogue', status: 200, of: 'getClientCatalogue', few: 2 },
  { path: 'catalogue/draft', status: 200, keep: { tag: 'ETag' } },
  { method: 'PUT', path: 'catalogue/draft', body: DRAFT, status: 200, of: 'replaceDraft' },
  { path: 'catalogue/draft', status: 200, of: 'getDraft' },
  { method: 'PUT', path: 'catalogue/draft', body: EMPTY, headers: { 'If-Match': '{tag}' }, status: 409 },
  {
    method: 'PUT',
    path: 'catalogue/draft/profiles/pet-owner',
    body: { ...PET_OWNER, title: 'Has a pet' },
    status: 200,
    of: 'putDraftProfile',
  },
  { method: 'POST', path: 'catalogue/publications', body: { draft: true, note: 'Too early' }, status: 409 },
  { method: 'POST', path: 'catalogue/previews', body: { estimateOnly: true }, status: 200, of: 'startPreview' },
  { method: 'POST', path: 'catalogue/previews', status: 202, keep: { previewId: 'previewId' }, of: 'startPreview' },
  { path: 'catalogue/previews/{previewId}', status: 200, until: ['status', 'finished'], of: 'getPreview', few: 4 },
  { path: 'catalogue/previews', status: 200, of: 'listPreviews', few: 1 },
  { path: 'catalogue/previews/{previewId}/owners?profile=pet-owner&change=left', status: 200, of: 'listPreviewOwners' },
  { path: 'catalogue/previews/{previewId}/near-misses?profile=pet-owner', status: 200, of: 'listNearMisses', few: 1 },
  { path: 'catalogue/previews/{previewId}/owners/anna-pl', status: 200, of: 'explainPreviewOwner', few: 3 },
  { path: 'catalogue/previews/unknown', status: 404 },
  { method: 'DELETE', path: 'catalogue/previews/{previewId}', status: 200, of: 'cancelPreview', few: 4 },
  {
    method: 'POST',
    path: 'catalogue/publications',
    body: { draft: true, note: 'Fewer false pet owners' },
    status: 201,
    keep: { publicationId: 'publicationId' },
    of: 'publishCatalogue',
  },
  {
    path: 'catalogue/publications/{publicationId}',
    status: 200,
    until: ['replay.status', 'finished'],
    of: 'getPublication',
  },
  { path: 'catalogue/publications', status: 200, of: 'listPublications', few: 1 },
  // The draft changes nobody else, so it is the only one.
  { path: 'changes?after={place}', status: 200, until: ['changes.0.cause', 'catalogue'], of: 'listChanges' },
  {
    path: 'catalogue/versions',
    status: 200,
    keep: { version: 'versions.0.version' },
    of: 'listCatalogueVersions',
    few: 2,
  },
  { path: 'catalogue/versions/{version}', status: 200, of: 'getCatalogueVersion' },
  { path: 'catalogue/versions/000000000000', status: 404 },
  { path: 'catalogue/publications/unknown', status: 404 },
  { method: 'DELETE', path: 'catalogue/draft/profiles/pet-owner', status: 200, of: 'removeDraftProfile' },
  { method: 'DELETE', path: 'catalogue/draft/profiles/pet-owner', status: 404 },
  // As it was before.
  { method: 'PUT', path: 'catalogue/draft', body: EMPTY, status: 200 },
  { method: 'POST', path: 'catalogue/publications', body: { version: 'built-in', note: 'As before' }, status: 201 },
];

export const STEPS: readonly Step[] = [...OWNERS, ...IMPORTS, ...SNAPSHOTS, ...WEBHOOKS, ...KEYS, ...CATALOGUE];
