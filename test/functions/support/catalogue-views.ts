/** Answers of the services of a client's own catalogue, each in a possible form. */
import type {
  CatalogueView,
  DraftView,
  PublicationView,
  Versions,
  VersionView,
} from '../../../functions/contracts/http/catalogue.ts';
import type {
  NearMissesView,
  OwnerPreview,
  OwnersPage,
  PreviewView,
} from '../../../functions/contracts/http/previews.ts';
import { NO_AMENDMENT } from '../../../functions/domain/catalogue/amendment.ts';

export const VERSION = '3fb2c1d0a9e8';
export const PREVIEW_ID = '01JD9YB2M0X7Q4W8ZC5R1T6KHN';
export const PUBLICATION_ID = '01JD9YF8S3V2J6D0PA9G4E7BXM';
const AT = '2026-11-22T10:15:30.000Z';

export const DEFINITION = {
  id: 'pet-owner',
  title: 'Keeps a pet',
  description: 'Buys for a pet.',
  enter: { all: [{ feature: 'pets.months', window: '180d', atLeast: 4 }] },
};
export const AMENDMENT = { ...NO_AMENDMENT, profiles: [DEFINITION], disabled: ['night-owl'] };

export const CATALOGUE: CatalogueView = {
  version: VERSION,
  catalogueVersion: `8e2083afe4dd.${VERSION}`,
  publishedAt: AT,
  effectiveAt: '2026-11-22T10:16:30.000Z',
  keyId: 'k1',
  note: 'Fewer false pet owners',
  profiles: [
    {
      id: 'pet-owner',
      title: 'Keeps a pet',
      description: 'Buys for a pet.',
      sensitive: false,
      enabled: true,
      origin: 'overridden',
      definition: DEFINITION,
    },
  ],
  amendment: AMENDMENT,
  faults: [{ path: 'profiles[0].enter.all[0].feature', message: 'must have a known label, and `pets` is not' }],
};
export const VERSIONS: Versions = {
  versions: [
    { version: VERSION, publishedAt: AT, keyId: 'k1', note: 'Why', active: true },
    { version: 'built-in', publishedAt: null, keyId: null, note: null, active: false },
  ],
};
export const ONE_VERSION: VersionView = {
  version: VERSION,
  active: true,
  publications: [{ publicationId: PUBLICATION_ID, publishedAt: AT, keyId: 'k1', note: 'Why' }],
  amendment: AMENDMENT,
};
export const DRAFT: DraftView = {
  version: VERSION,
  changedAt: AT,
  keyId: 'k1',
  amendment: AMENDMENT,
  changes: [{ path: 'profiles.pet-owner', change: 'added' }],
  previewed: null,
};
export const PREVIEW: PreviewView = {
  previewId: PREVIEW_ID,
  status: 'finished',
  createdAt: AT,
  keyId: 'k1',
  asOf: '2026-11-22',
  from: { version: 'built-in', catalogueVersion: '8e2083afe4dd' },
  to: { version: VERSION, catalogueVersion: `8e2083afe4dd.${VERSION}` },
  owners: 2,
  estimated: false,
  estimatedCostUsd: 0.000083,
  slices: { total: 1, done: 1 },
  result: {
    owners: 2,
    failed: 0,
    hash: 'c0ffee',
    profiles: [
      {
        ...{ profile: 'pet-owner', before: 1, after: 1, entered: 1, left: 1 },
        ...{ added: false, notJudgedBefore: 0, notJudgedAfter: 1 },
      },
    ],
  },
};
export const OWNERS: OwnersPage = {
  profile: 'pet-owner',
  change: 'entered',
  total: 1,
  owners: ['loan-4711'],
  cursor: null,
};
export const NEAR_MISSES: NearMissesView = {
  profile: 'pet-owner',
  inside: [],
  outside: [
    {
      ...{ ownerExternalId: 'loan-4711', distance: 0.25, feature: 'pets.months', window: '180d' },
      ...{ operator: 'atLeast', threshold: '4', value: '3' },
    },
  ],
};
export const OWNER: OwnerPreview = {
  ownerExternalId: 'loan-4711',
  asOf: '2026-11-22',
  dataFrom: '2026-08-01',
  dataTo: null,
  before: { catalogueVersion: '8e2083afe4dd', profiles: [] },
  after: { catalogueVersion: `8e2083afe4dd.${VERSION}`, profiles: ['pet-owner'] },
  profiles: [{ profile: 'pet-owner', change: 'entered', before: null, after: null }],
};
export const PUBLICATION: PublicationView = {
  publicationId: PUBLICATION_ID,
  version: VERSION,
  previousVersion: 'built-in',
  catalogueVersion: `8e2083afe4dd.${VERSION}`,
  publishedAt: AT,
  effectiveAt: '2026-11-22T10:16:30.000Z',
  keyId: 'k1',
  note: 'Why',
  forced: false,
  replay: { status: 'running', owners: 2, slices: { total: 0, done: 0 }, rewritten: 0, failed: 0 },
};
/** As `CALLER` is to the services. */
export const AUTHOR = {
  clientId: 'demo',
  keyId: 'k1',
  scopes: ['read', 'write', 'erase', 'catalogue:read', 'catalogue:write'],
  settings: { enabledProfiles: ['gambler', 'smoker'] },
};
