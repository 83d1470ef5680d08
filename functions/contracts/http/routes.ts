/**
 * Every route of the HTTP API, once: the stack makes the gateway from it, the OpenAPI document lists it, the functions answer it.
 */

/** What keys may do. Each is given by name: none includes another. */
export const SCOPES = [
  'read',
  'write',
  'erase',
  'segments:read',
  'export',
  'catalogue:read',
  'catalogue:write',
  'webhooks',
  'keys',
] as const;

export type Scope = (typeof SCOPES)[number];

/** What an operator's key may do, and nothing else; no key of a client can have it. */
export const OPERATE = 'operate';

/** Folder below `functions/handlers/` whose handler answers. */
export type RouteFunction =
  | 'owner-profiles'
  | 'owner-explanation'
  | 'owner-features'
  | 'owner-history'
  | 'owner-transactions'
  | 'profiles'
  | 'owner-upload'
  | 'owner-statements'
  | 'owner-erasure'
  | 'imports'
  | 'snapshots'
  | 'changes'
  | 'webhooks'
  | 'keys'
  | 'catalogue'
  | 'catalogue-draft'
  | 'catalogue-previews'
  | 'catalogue-publications'
  | 'failures'
  | 'openapi';

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As the gateway names the resource: `{previewId}` is a parameter, one step of the path. */
  readonly path: string;
  readonly answeredBy: RouteFunction;
  /** The scopes the key must have, all of them; none: no key is needed. */
  readonly scopes: readonly (Scope | typeof OPERATE)[];
  /** Any one of the scopes is enough. */
  readonly anyScope?: true;
  /** Its data is about the client as a whole: a key with a stricter purpose than its client may not call it. */
  readonly ofWholeClient?: true;
};

/** Counts need either; without `read` they are rounded, and no owner is named. */
const COUNTS = ['segments:read', 'read'] as const;

/** Their data was derived for the client, and goes on to the owner of the address. */
const WEBHOOKS = { answeredBy: 'webhooks', scopes: ['webhooks'], ofWholeClient: true } as const;

/** Queues hold messages of all clients. */
const FAILURES = { answeredBy: 'failures', scopes: [OPERATE] } as const;

const TABLE = [
  { method: 'GET', path: '/v1/owner-profiles', answeredBy: 'owner-profiles', scopes: ['read'] },
  { method: 'POST', path: '/v1/owner-profiles/batch', answeredBy: 'owner-profiles', scopes: ['read'] },
  { method: 'GET', path: '/v1/owner-profiles/explanation', answeredBy: 'owner-explanation', scopes: ['read'] },
  { method: 'GET', path: '/v1/owner-profiles/history', answeredBy: 'owner-history', scopes: ['read'] },
  { method: 'GET', path: '/v1/owner-transactions', answeredBy: 'owner-transactions', scopes: ['read'] },
  { method: 'GET', path: '/v1/owner-features', answeredBy: 'owner-features', scopes: ['read'] },
  { method: 'GET', path: '/v1/profiles', answeredBy: 'profiles', scopes: ['read'] },
  { method: 'POST', path: '/v1/owner', answeredBy: 'owner-upload', scopes: ['write'] },
  { method: 'POST', path: '/v1/owner/statements', answeredBy: 'owner-statements', scopes: ['write'] },
  { method: 'DELETE', path: '/v1/owner', answeredBy: 'owner-erasure', scopes: ['erase'] },
  { method: 'GET', path: '/v1/imports', answeredBy: 'imports', scopes: ['read', 'write'], anyScope: true },
  { method: 'GET', path: '/v1/imports/{importId}', answeredBy: 'imports', scopes: ['read', 'write'], anyScope: true },
  { method: 'POST', path: '/v1/snapshots', answeredBy: 'snapshots', scopes: COUNTS, anyScope: true },
  { method: 'GET', path: '/v1/snapshots', answeredBy: 'snapshots', scopes: COUNTS, anyScope: true },
  { method: 'GET', path: '/v1/snapshots/{snapshotId}', answeredBy: 'snapshots', scopes: COUNTS, anyScope: true },
  { method: 'DELETE', path: '/v1/snapshots/{snapshotId}', answeredBy: 'snapshots', scopes: COUNTS, anyScope: true },
  { method: 'GET', path: '/v1/snapshots/{snapshotId}/owners', answeredBy: 'snapshots', scopes: ['read'] },
  { method: 'GET', path: '/v1/snapshots/{snapshotId}/counts', answeredBy: 'snapshots', scopes: COUNTS, anyScope: true },
  {
    method: 'GET',
    path: '/v1/snapshots/{snapshotId}/changes',
    answeredBy: 'snapshots',
    scopes: COUNTS,
    anyScope: true,
  },
  {
    method: 'GET',
    path: '/v1/snapshots/{snapshotId}/distributions',
    answeredBy: 'snapshots',
    scopes: COUNTS,
    anyScope: true,
  },
  {
    method: 'GET',
    path: '/v1/snapshots/{snapshotId}/unlabelled',
    answeredBy: 'snapshots',
    scopes: COUNTS,
    anyScope: true,
  },
  { method: 'GET', path: '/v1/snapshots/{snapshotId}/files', answeredBy: 'snapshots', scopes: ['export'] },
  { method: 'GET', path: '/v1/changes', answeredBy: 'changes', scopes: ['read'], ofWholeClient: true },
  { method: 'GET', path: '/v1/webhooks', ...WEBHOOKS },
  { method: 'POST', path: '/v1/webhooks', ...WEBHOOKS },
  { method: 'GET', path: '/v1/webhooks/{webhookId}', ...WEBHOOKS },
  { method: 'PUT', path: '/v1/webhooks/{webhookId}', ...WEBHOOKS },
  { method: 'DELETE', path: '/v1/webhooks/{webhookId}', ...WEBHOOKS },
  { method: 'POST', path: '/v1/webhooks/{webhookId}/secret', ...WEBHOOKS },
  { method: 'POST', path: '/v1/webhooks/{webhookId}/test', ...WEBHOOKS },
  { method: 'GET', path: '/v1/webhooks/{webhookId}/deliveries', ...WEBHOOKS },
  { method: 'POST', path: '/v1/webhooks/{webhookId}/deliveries/{deliveryId}/retry', ...WEBHOOKS },
  { method: 'GET', path: '/v1/keys', answeredBy: 'keys', scopes: ['keys'] },
  { method: 'POST', path: '/v1/keys', answeredBy: 'keys', scopes: ['keys'] },
  { method: 'DELETE', path: '/v1/keys/{keyId}', answeredBy: 'keys', scopes: ['keys'] },
  { method: 'GET', path: '/v1/catalogue', answeredBy: 'catalogue', scopes: ['catalogue:read'] },
  { method: 'GET', path: '/v1/catalogue/versions', answeredBy: 'catalogue', scopes: ['catalogue:read'] },
  { method: 'GET', path: '/v1/catalogue/versions/{version}', answeredBy: 'catalogue', scopes: ['catalogue:read'] },
  { method: 'GET', path: '/v1/catalogue/schema.json', answeredBy: 'catalogue', scopes: [] },
  { method: 'GET', path: '/v1/catalogue/draft', answeredBy: 'catalogue-draft', scopes: ['catalogue:read'] },
  { method: 'PUT', path: '/v1/catalogue/draft', answeredBy: 'catalogue-draft', scopes: ['catalogue:write'] },
  {
    method: 'PUT',
    path: '/v1/catalogue/draft/profiles/{id}',
    answeredBy: 'catalogue-draft',
    scopes: ['catalogue:write'],
  },
  {
    method: 'DELETE',
    path: '/v1/catalogue/draft/profiles/{id}',
    answeredBy: 'catalogue-draft',
    scopes: ['catalogue:write'],
  },
  { method: 'POST', path: '/v1/catalogue/previews', answeredBy: 'catalogue-previews', scopes: ['catalogue:write'] },
  { method: 'GET', path: '/v1/catalogue/previews', answeredBy: 'catalogue-previews', scopes: ['catalogue:read'] },
  {
    method: 'GET',
    path: '/v1/catalogue/previews/{previewId}',
    answeredBy: 'catalogue-previews',
    scopes: ['catalogue:read'],
  },
  {
    method: 'DELETE',
    path: '/v1/catalogue/previews/{previewId}',
    answeredBy: 'catalogue-previews',
    scopes: ['catalogue:write'],
  },
  {
    method: 'GET',
    path: '/v1/catalogue/previews/{previewId}/owners',
    answeredBy: 'catalogue-previews',
    // It names owners, whom an editor of the catalogue need not know.
    scopes: ['catalogue:read', 'read'],
  },
  {
    method: 'GET',
    path: '/v1/catalogue/previews/{previewId}/near-misses',
    answeredBy: 'catalogue-previews',
    scopes: ['catalogue:read', 'read'],
  },
  {
    method: 'GET',
    path: '/v1/catalogue/previews/{previewId}/owners/{ownerExternalId}',
    answeredBy: 'catalogue-previews',
    // It shows transactions of an owner, which who edits the catalogue need not see.
    scopes: ['catalogue:read', 'read'],
  },
  {
    method: 'POST',
    path: '/v1/catalogue/publications',
    answeredBy: 'catalogue-publications',
    scopes: ['catalogue:write'],
  },
  {
    method: 'GET',
    path: '/v1/catalogue/publications',
    answeredBy: 'catalogue-publications',
    scopes: ['catalogue:read'],
  },
  {
    method: 'GET',
    path: '/v1/catalogue/publications/{publicationId}',
    answeredBy: 'catalogue-publications',
    scopes: ['catalogue:read'],
  },
  { method: 'GET', path: '/v1/failures', ...FAILURES },
  { method: 'GET', path: '/v1/failures/{queue}', ...FAILURES },
  { method: 'POST', path: '/v1/failures/{queue}', ...FAILURES },
  { method: 'GET', path: '/v1/openapi.json', answeredBy: 'openapi', scopes: [] },
  { method: 'GET', path: '/v1/import-message.schema.json', answeredBy: 'openapi', scopes: [] },
  { method: 'GET', path: '/v1/problems', answeredBy: 'openapi', scopes: [] },
] as const satisfies readonly Route[];

export const ROUTES: readonly Route[] = TABLE;

/** Uploads have a limit of their own in a client's plan. */
export const isUpload = ({ method, answeredBy }: Route): boolean =>
  method === 'POST' && (answeredBy === 'owner-upload' || answeredBy === 'owner-statements');

type NameIn<Entry> = Entry extends {
  readonly method: infer Method extends string;
  readonly path: infer Path extends string;
}
  ? `${Method} ${Path}`
  : never;

/** `GET /v1/catalogue`; of all routes, or of those that one function answers. */
export type RouteName<Name extends RouteFunction = RouteFunction> = NameIn<
  Extract<(typeof TABLE)[number], { readonly answeredBy: Name }>
>;

export function routeName({ method, path }: Pick<Route, 'method' | 'path'>): RouteName {
  return `${method} ${path}` as RouteName;
}
