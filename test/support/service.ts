/** The service over a real table, with a fixed clock, and its expected answers by one pass over all imports. */
import { createHash } from 'node:crypto';
import { catalogueOf } from '../../functions/adapters/catalogue/built-in-catalogue.ts';
import { openChangeFeed } from '../../functions/adapters/changes/change-feed.ts';
import { openRefusedImports } from '../../functions/adapters/imports/refused-imports.ts';
import { openOwnerStore } from '../../functions/adapters/owners/owner-store.ts';
import { openSealedCursors } from '../../functions/adapters/sealed-cursor.ts';
import { amend, NO_AMENDMENT } from '../../functions/domain/catalogue/amendment.ts';
import type { Import } from '../../functions/domain/ledger/ledger.ts';
import { firstBookedDay, joinPages, lastCoveredDay, type Page } from '../../functions/domain/ledger/page.ts';
import { derive } from '../../functions/domain/profiles/derive.ts';
import type { OwnerRequest } from '../../functions/domain/profiles/owner-answer.ts';
import { type Day, dayOfInstant, monthOf, startOfDay } from '../../functions/domain/values/day.ts';
import { openCatalogues, type ReadAmendment } from '../../functions/use-cases/service/catalogues.ts';
import {
  derivationInput,
  firstKeptMonth,
  monthsRead,
  type PagingService,
  type Service,
} from '../../functions/use-cases/service/service.ts';
import { type OpenTable, openTable, ownTable } from '../functions/support/table.ts';
import { TODAY } from './ledgers.ts';
import { tinyCatalogue } from './tiny-catalogue.ts';

export const NOW = startOfDay(TODAY) + 43_200_000;
export const SETTINGS = { enabledProfiles: ['sensitive'] };
export const CLIENT = 'demo';

const base = { title: 'P', description: 'P' };
/** Definitions of which every small ledger gets and loses some. */
export const CATALOGUE = tinyCatalogue([
  { ...base, id: 'absent', enter: { feature: 'all.count', window: '7d', atMost: 0 }, hold: '1d' },
  {
    ...base,
    id: 'busy',
    enter: { feature: 'all.count', window: '30d', atLeast: 3 },
    stay: { feature: 'all.count', window: '30d', atLeast: 1 },
  },
  { ...base, id: 'long', enter: { feature: 'owner.history', atLeast: 20 } },
  { ...base, id: 'pets', enter: { feature: 'pets|grocery.total', window: '90d', atLeast: '12 EUR' } },
  { ...base, id: 'sensitive', sensitive: true, enter: { feature: 'spending.days', window: '365d', atLeast: 2 } },
  { ...base, id: 'waged', enter: { feature: 'income.months', window: '180d', above: 0 }, needs: { history: '10d' } },
]);

export const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);
export const ownerOf = (ownerExternalId: string) => ({
  clientId: CLIENT,
  hash: hashOf(ownerExternalId),
  externalId: ownerExternalId,
});

let owners = 0;
/** The id of an owner that is new in this test file. */
export const newOwner = () => `owner-${++owners}`;

export function serviceOver(
  { dynamo, table }: Pick<OpenTable, 'dynamo' | 'table'>,
  {
    now = NOW,
    retentionMonths = 120,
    readAmendment,
  }: { now?: number; retentionMonths?: number; readAmendment?: ReadAmendment } = {},
): PagingService {
  const keeping = { clock: () => now, retentionMonths };
  return {
    ...keeping,
    store: openOwnerStore(dynamo, table, hashOf, keeping),
    announcer: { later: async () => {}, now: async () => {} },
    feed: openChangeFeed(dynamo, table),
    refused: openRefusedImports(dynamo, table),
    cursors: openSealedCursors(hashOf),
    catalogues: openCatalogues(catalogueOf(CATALOGUE), readAmendment),
    ownerKey: (clientId, ownerExternalId) => ({ clientId, hash: hashOf(ownerExternalId), externalId: ownerExternalId }),
  };
}

export const requestFor = (ownerExternalId: string, asOf: Day = TODAY): OwnerRequest => ({
  clientId: CLIENT,
  ownerExternalId,
  settings: SETTINGS,
  asOf,
});

/** Pages by one pass over all imports that count. */
export function onePass(service: Service, imports: readonly Import[], erasedAt = 0): readonly Page[] {
  return joinPages([], imports, { erasedAt, firstMonth: firstKeptMonth(service) }).pages;
}

/** The answer that one pass over all imports gives. */
export function onePassAnswer(service: Service, imports: readonly Import[], erasedAt = 0, asOf?: Day) {
  const bounds = { erasedAt, firstMonth: firstKeptMonth(service) };
  const told = imports.filter(({ stamp }) => stamp.importedAt > erasedAt);
  const pages = onePass(service, told);
  const day = asOf ?? dayOfInstant(service.clock());
  const dataFrom = firstBookedDay(pages) ?? null;
  const { from, to } = monthsRead(service, day);
  const inSight = pages.filter(({ month }) => month >= from && month <= to);
  const { profiles, notJudged, validUntil } = derive(
    derivationInput(amend(CATALOGUE, NO_AMENDMENT, SETTINGS), inSight, dataFrom),
    day,
  );
  return {
    profiles,
    notJudged,
    validUntil,
    dataFrom,
    dataTo: lastCoveredDay(told, bounds) ?? null,
    lastImportedAt: told.length === 0 ? null : Math.max(...told.map(({ stamp }) => stamp.importedAt)),
    catalogueVersion: 'tiny+sensitive',
  };
}

/** Every stored page, without erased ones, in the form of the reference. */
export async function storedPages(service: Service, ownerExternalId: string) {
  const last = monthOf(dayOfInstant(service.clock())) + 3;
  const pages = await service.store.readPages(ownerOf(ownerExternalId), -1970 * 12, last);
  return pages.filter(({ days }) => days.size > 0);
}

export { openTable, ownTable };
