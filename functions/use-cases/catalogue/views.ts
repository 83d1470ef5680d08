/** The catalogue that holds for a client, and the versions there were. */
import type { CatalogueStore, Publication } from '../../adapters/catalogue/catalogue-store.ts';
import type { CatalogueView, Versions, VersionView } from '../../contracts/http/catalogue.ts';
import { activeVersion, BUILT_IN } from '../../domain/catalogue/client-settings.ts';
import { RefusedError } from '../../runtime/errors.ts';
import { amendmentOf, type Catalogues } from '../service/catalogues.ts';
import type { Author } from './drafts.ts';
import { profileEntry } from './profile-list.ts';

export type CatalogueViewParts = {
  readonly store: Pick<CatalogueStore, 'readAmendment' | 'listPublications'>;
  readonly catalogues: Catalogues;
};

export function openCatalogueViews({ store, catalogues }: CatalogueViewParts) {
  async function view(author: Author): Promise<CatalogueView> {
    const version = activeVersion(author.settings);
    const { entries, faults } = await catalogues.of(author.clientId, author.settings);
    const publications = await store.listPublications(author.clientId);
    const publication = publications.find((published) => published.version === version);
    return {
      version,
      catalogueVersion: catalogues.versionFor(author.settings),
      publishedAt: instant(publication?.publishedAt),
      effectiveAt: instant(publication?.effectiveAt),
      keyId: publication?.keyId ?? null,
      note: publication?.note ?? null,
      profiles: entries.map((entry) => ({ ...profileEntry(entry), definition: entry.definition.document })),
      amendment: await amendmentOf(store.readAmendment, author.clientId, version),
      faults,
    };
  }

  async function versions(author: Author): Promise<Versions> {
    const active = activeVersion(author.settings);
    const last = new Map<string, Publication>();
    for (const publication of await store.listPublications(author.clientId)) {
      if (!last.has(publication.version)) last.set(publication.version, publication);
    }
    const published = [...last.values()].map(({ version, publishedAt, keyId, note }) => ({
      version,
      publishedAt: new Date(publishedAt).toISOString(),
      keyId,
      note,
      active: version === active,
    }));
    if (last.has(BUILT_IN)) return { versions: published };
    const builtIn = { version: BUILT_IN, publishedAt: null, keyId: null, note: null, active: active === BUILT_IN };
    return { versions: [...published, builtIn] };
  }

  /** @throws RefusedError VERSION_NOT_FOUND */
  async function version(author: Author, asked: string): Promise<VersionView> {
    const all = (await store.listPublications(author.clientId)).filter((publication) => publication.version === asked);
    if (all.length === 0 && asked !== BUILT_IN) throw versionNotFound(asked);
    return {
      version: asked,
      active: asked === activeVersion(author.settings),
      publications: all.map(({ publicationId, publishedAt, keyId, note }) => ({
        publicationId,
        publishedAt: new Date(publishedAt).toISOString(),
        keyId,
        note,
      })),
      amendment: await amendmentOf(store.readAmendment, author.clientId, asked),
    };
  }

  return { view, versions, version };
}

export function versionNotFound(version: string): RefusedError {
  return new RefusedError(
    'VERSION_NOT_FOUND',
    `No version "${version}" of the catalogue was ever published. GET /v1/catalogue/versions lists them.`,
  );
}

const instant = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
