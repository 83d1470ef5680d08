/**
 * Every route of the HTTP API, once: the stack makes the gateway from it, the OpenAPI document lists it, the functions answer it.
 */
export type Scope = 'read' | 'write' | 'erase';

/** Folder below `functions/` whose handler answers. */
export type RouteFunction =
  | 'owner-profiles'
  | 'owner-explanation'
  | 'owner-features'
  | 'profiles'
  | 'owner-upload'
  | 'owner-erasure'
  | 'openapi';

export type Route = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly answeredBy: RouteFunction;
  /** The scope the key must have; `null`: no key is needed. */
  readonly scope: Scope | null;
};

export const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/v1/owner-profiles', answeredBy: 'owner-profiles', scope: 'read' },
  { method: 'GET', path: '/v1/owner-profiles/explanation', answeredBy: 'owner-explanation', scope: 'read' },
  { method: 'GET', path: '/v1/owner-features', answeredBy: 'owner-features', scope: 'read' },
  { method: 'GET', path: '/v1/profiles', answeredBy: 'profiles', scope: 'read' },
  { method: 'POST', path: '/v1/owner', answeredBy: 'owner-upload', scope: 'write' },
  { method: 'DELETE', path: '/v1/owner', answeredBy: 'owner-erasure', scope: 'erase' },
  { method: 'GET', path: '/v1/openapi.json', answeredBy: 'openapi', scope: null },
];
