/** What is known of an owner for a day: the head of every answer, and the rows to derive from. */
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import { type Page, withoutErased } from '../../domain/ledger/page.ts';
import type { DerivationInput } from '../../domain/profiles/derive.ts';
import type { OwnerAnswer, OwnerRequest } from '../../domain/profiles/owner-answer.ts';
import { type Day, monthOf } from '../../domain/values/day.ts';
import { derivationInput, firstKeptMonth, monthsRead, type Service } from '../service/service.ts';
import { dataFromOf, isKnown, lastImportedAtOf } from './answer.ts';

export type DayRead = { readonly head: Omit<OwnerAnswer, 'profiles' | 'notJudged'>; readonly input: DerivationInput };
/** The pages that a derivation for the day reads. */
export type OwnerDay = {
  readonly pages: readonly Page[];
  readonly dataFrom: Day | null;
  readonly dataTo: Day | null;
  readonly lastImportedAt: number | null;
};

/** Undefined when the owner is not known. */
export async function readForDay(service: Service, request: OwnerRequest): Promise<DayRead | undefined> {
  const { asOf, clientId, ownerExternalId, settings } = request;
  const read = await readOwnerDay(service, service.ownerKey(clientId, ownerExternalId), asOf);
  if (!read) return undefined;
  const { pages, ...data } = read;
  return {
    head: { asOf, ...data, catalogueVersion: service.catalogues.versionFor(settings) },
    input: derivationInput(await service.catalogues.of(clientId, settings), pages, data.dataFrom),
  };
}

/** Undefined when the owner is not known. */
export async function readOwnerDay(service: Service, owner: OwnerKey, asOf: Day): Promise<OwnerDay | undefined> {
  const stored = await service.store.readAnswer(owner, { consistent: true });
  if (!isKnown(service, stored)) return undefined;
  const { from, to } = monthsRead(service, asOf);
  const read = from <= to ? await service.store.readPages(owner, from, to) : [];
  const { dataTo, erasedAt } = stored;
  const pages = withoutErased(read, erasedAt);
  const isKept = stored.dataFrom === null || monthOf(stored.dataFrom) >= firstKeptMonth(service);
  const dataFrom = isKept
    ? stored.dataFrom
    : await dataFromOf(service, owner, stored.dataFrom, pages, new Set(), erasedAt);
  return { pages, dataFrom, dataTo, lastImportedAt: await lastImportedAtOf(service, owner, stored) };
}
