/** The client's catalogue at the service: the API's answers and the calls for them. */
import type {
  CatalogueView,
  DraftView,
  PublicationView,
  Versions,
  VersionView,
} from '../../functions/contracts/http/catalogue.ts';
import type {
  Estimate,
  NearMissesView,
  OwnerPreview,
  OwnersPage,
  PreviewView,
} from '../../functions/contracts/http/previews.ts';
import type { AmendmentDocument } from '../../functions/domain/catalogue/amendment.ts';
import { call, exchange } from '../api.ts';
import type { ApiConnection } from '../connection.ts';
import { usage } from '../errors.ts';

/** A draft as it was read, and the ETag by which a later write detects that it changed. */
export type ReadDraft = DraftView & { readonly etag: string | undefined };
export type PublicationRequest = { note: string; force?: boolean } & ({ draft: true } | { version: string });

export type Catalogue = ReturnType<typeof catalogueAt>;

export function catalogueAt(connection: ApiConnection) {
  const get = <Body>(path: string, query = {}) =>
    call(connection, { method: 'GET', path: `catalogue${path}`, query }) as Promise<Body>;
  const send = <Body>(method: 'POST' | 'DELETE', path: string, body?: object) =>
    call(connection, { method, path: `catalogue${path}`, ...(body && json(body)) }) as Promise<Body>;

  async function draftOf(request: Parameters<typeof exchange>[1]): Promise<ReadDraft> {
    const { body, headers } = await exchange(connection, request);
    return { ...(body as DraftView), etag: headers.get('etag') ?? undefined };
  }

  return {
    active: () => get<CatalogueView>(''),
    draft: () => draftOf({ method: 'GET', path: 'catalogue/draft' }),
    /** Fails with DRAFT_CHANGED when the draft has another ETag by now. */
    putDraft(amendment: AmendmentDocument, etag: string | undefined) {
      const { headers, body } = json(amendment);
      const conditions = etag === undefined ? {} : { 'if-match': etag };
      return draftOf({ method: 'PUT', path: 'catalogue/draft', body, headers: { ...headers, ...conditions } });
    },
    versions: async () => (await get<Versions>('/versions')).versions,
    version: (version: string) => get<VersionView>(`/versions/${named(version)}`),
    schema: () => get<object>('/schema.json'),
    estimate: () => send<Estimate>('POST', '/previews', { estimateOnly: true }),
    startPreview: () => send<PreviewView>('POST', '/previews', {}),
    previews: async () => (await get<{ previews: PreviewView[] }>('/previews')).previews,
    preview: (id: string) => get<PreviewView>(`/previews/${named(id)}`),
    cancelPreview: (id: string) => send<PreviewView>('DELETE', `/previews/${named(id)}`),
    previewOwners: (
      id: string,
      query: { profile: string; change: 'entered' | 'left'; limit: string; cursor?: string },
    ) => get<OwnersPage>(`/previews/${named(id)}/owners`, query),
    nearMisses: (id: string, profile: string) => get<NearMissesView>(`/previews/${named(id)}/near-misses`, { profile }),
    previewOwner: (id: string, owner: string) => get<OwnerPreview>(`/previews/${named(id)}/owners/${named(owner)}`),
    publish: (request: PublicationRequest) => send<PublicationView>('POST', '/publications', request),
    publications: async () => (await get<{ publications: PublicationView[] }>('/publications')).publications,
    publication: (id: string) => get<PublicationView>(`/publications/${named(id)}`),
  };
}

/** One step of a path. `.` and `..` cannot be a name, percent-encoded or not. */
function named(id: string): string {
  if (id === '.' || id === '..') throw usage(`"${id}" cannot be a name in a request`);
  return encodeURIComponent(id);
}

function json(value: object) {
  return { body: Buffer.from(JSON.stringify(value)), headers: { 'content-type': 'application/json' } };
}
