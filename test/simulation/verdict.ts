/** The expected world at the end: the result of one pass over the imports that count, byte for byte. */
import { deepStrictEqual } from 'node:assert';
import { encodePage } from '../../functions/adapters/owners/page-codec.ts';
import type { Import } from '../../functions/domain/ledger/ledger.ts';
import { firstBookedDay, joinPages, lastCoveredDay, pageKey } from '../../functions/domain/ledger/page.ts';
import { derive } from '../../functions/domain/profiles/derive.ts';
import { dayOfInstant, monthOf } from '../../functions/domain/values/day.ts';
import { readImport } from '../../functions/handlers/import-worker/read-message.ts';
import { explain } from '../../functions/use-cases/owners/explain.ts';
import { lookUp } from '../../functions/use-cases/owners/look-up.ts';
import {
  derivationInput,
  firstKeptMonth,
  monthsRead,
  type Service,
} from '../../functions/use-cases/service/service.ts';
import { CATALOGUE, SETTINGS } from './catalogue.ts';
import { CLIENT } from './imports.ts';
import type { Message } from './queue.ts';
import { ownerKey, partitionOf, type World } from './world.ts';

export async function importsOf(messages: readonly Message[]): Promise<Import[]> {
  const unique = [...new Map(messages.map((message) => [message.importId, message])).values()];
  const noAccounts = async () => [];
  return Promise.all(
    unique.map(async ({ body, importedAt }) => (await readImport(body, importedAt, noAccounts)).import),
  );
}

/** The single-pass reference: pages and answer, or undefined when no import counts. */
export function onePass(service: Service, imports: readonly Import[]) {
  if (imports.length === 0) return undefined;
  const bounds = { erasedAt: 0, firstMonth: firstKeptMonth(service) };
  const { pages } = joinPages([], imports, bounds);
  const day = dayOfInstant(service.clock());
  const dataFrom = firstBookedDay(pages) ?? null;
  const { from, to } = monthsRead(service, day);
  const inSight = pages.filter(({ month }) => month >= from && month <= to);
  const { profiles, notJudged, validUntil } = derive(derivationInput(CATALOGUE, inSight, dataFrom), day);
  const data = {
    dataFrom,
    dataTo: lastCoveredDay(imports, bounds) ?? null,
    lastImportedAt: Math.max(...imports.map(({ stamp }) => stamp.importedAt)),
  };
  return {
    pages,
    validUntil,
    answer: { profiles, notJudged, asOf: day, ...data, catalogueVersion: CATALOGUE.base.version },
  };
}

export const requestFor = (ownerExternalId: string, service: Service) => ({
  clientId: CLIENT,
  ownerExternalId,
  settings: SETTINGS,
  asOf: dayOfInstant(service.clock()),
});

const bytesOf = (pages: Parameters<typeof encodePage>[0][]) =>
  Object.fromEntries(
    pages
      .map((page) => [pageKey(page.account, page.month), Buffer.from(encodePage(page)).toString('base64')] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** Throws when ledger or answers differ from the reference over just these imports. */
export async function expectLedger(world: World, ownerExternalId: string, imports: readonly Import[]): Promise<void> {
  const service = world.plain;
  const expected = onePass(service, imports);
  const read = await service.store.readAnswer(ownerKey(ownerExternalId), { consistent: true });
  const stored = await service.store.readPages(
    ownerKey(ownerExternalId),
    -1970 * 12,
    monthOf(dayOfInstant(service.clock())) + 3,
  );
  const erasedAt = read?.erasedAt ?? 0;
  const live = stored.flatMap((page) => {
    const days = new Map([...page.days].filter(([, { stamp }]) => stamp.importedAt > erasedAt));
    return days.size > 0 && page.month >= firstKeptMonth(service) ? [{ ...page, days }] : [];
  });
  deepStrictEqual(bytesOf(live), bytesOf([...(expected?.pages ?? [])]));
  const found = await lookUp(service, requestFor(ownerExternalId, service));
  const explained = await explain(service, requestFor(ownerExternalId, service));
  if (!expected) {
    deepStrictEqual([found, explained], [undefined, undefined]);
    return;
  }
  deepStrictEqual(found?.answer, expected.answer);
  const { explanations: _, ...head } = explained ?? { explanations: [] };
  deepStrictEqual(head, expected.answer);
  const after = await service.store.readAnswer(ownerKey(ownerExternalId), { consistent: true });
  deepStrictEqual(after?.validUntil, expected.validUntil);
}

/** Sort keys of what is left of an owner, without the answer and fences, which hold nothing. */
export function remains(world: World, ownerExternalId: string): string[] {
  return (
    world.table
      .itemsOf(partitionOf(ownerExternalId))
      .filter(({ sk, body, parts }) => !(sk?.S?.startsWith('page#') && !body && !parts))
      .map(({ sk }) => String(sk?.S))
      // A claim names a place in the feed, where nothing of the owner is left but the change by the erasure.
      .filter((sort) => sort !== 'answer' && !sort.startsWith('change#'))
  );
}
