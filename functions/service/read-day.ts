/** What is known of an owner for a day: the head of every answer, and the rows to derive from. */
import { monthOf } from '../domain/day.ts';
import type { DerivationInput } from '../domain/derive.ts';
import { withoutErased } from '../domain/page.ts';
import { dataFromOf, isKnown } from './answer.ts';
import type { OwnerAnswer, OwnerRequest } from './requests.ts';
import { catalogueVersion, derivationInput, firstKeptMonth, monthsRead, type Service } from './service.ts';

export type DayRead = { readonly head: Omit<OwnerAnswer, 'profiles'>; readonly input: DerivationInput };

/** Undefined when the owner is not known. */
export async function readForDay(service: Service, request: OwnerRequest): Promise<DayRead | undefined> {
  const { asOf, clientId, ownerExternalId, settings } = request;
  const owner = service.ownerKey(clientId, ownerExternalId);
  const stored = await service.store.readAnswer(owner, { consistent: true });
  if (!isKnown(service, stored)) return undefined;
  const { from, to } = monthsRead(service, asOf);
  const read = from <= to ? await service.store.readPages(owner, from, to) : [];
  const pages = withoutErased(read, stored.erasedAt);
  const { dataTo, erasedAt } = stored;
  const isKept = stored.dataFrom === null || monthOf(stored.dataFrom) >= firstKeptMonth(service);
  const dataFrom = isKept
    ? stored.dataFrom
    : await dataFromOf(service, owner, stored.dataFrom, pages, new Set(), erasedAt);
  return {
    head: { asOf, dataFrom, dataTo, catalogueVersion: catalogueVersion(service, settings) },
    input: derivationInput(service, settings, pages, dataFrom),
  };
}
