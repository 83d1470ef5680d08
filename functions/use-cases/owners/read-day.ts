/** What is known of an owner for some days: the head of every answer, and the rows to derive from. */
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import { type Page, withoutErased } from '../../domain/ledger/page.ts';
import type { DerivationInput } from '../../domain/profiles/derive.ts';
import type { DataHead, OwnerRequest } from '../../domain/profiles/owner-answer.ts';
import { type Day, monthOf } from '../../domain/values/day.ts';
import { derivationInput, firstKeptMonth, monthsRead, type Service } from '../service/service.ts';
import { dataFromOf, lastImportedAtOf } from './answer.ts';
import { isKnown } from './known.ts';

export type DaysRead = {
  readonly head: DataHead;
  readonly input: DerivationInput;
  readonly owner: OwnerKey;
  readonly erasedAt: number;
};
/** The pages that derivations for the days read. */
export type OwnerDays = Omit<DataHead, 'catalogueVersion'> & {
  readonly pages: readonly Page[];
  readonly erasedAt: number;
};

/** Undefined when the owner is not known. */
export async function readForDays(
  service: Service,
  { clientId, ownerExternalId, settings }: Omit<OwnerRequest, 'asOf'>,
  from: Day,
  to: Day = from,
): Promise<DaysRead | undefined> {
  const owner = service.ownerKey(clientId, ownerExternalId);
  const read = await readOwnerDays(service, owner, from, to);
  if (!read) return undefined;
  const { pages, erasedAt, ...data } = read;
  return {
    head: { ...data, catalogueVersion: service.catalogues.versionFor(settings) },
    input: derivationInput(await service.catalogues.of(clientId, settings), pages, data.dataFrom),
    owner,
    erasedAt,
  };
}

/** Undefined when the owner is not known. */
export async function readOwnerDays(
  service: Service,
  owner: OwnerKey,
  from: Day,
  to: Day = from,
): Promise<OwnerDays | undefined> {
  const stored = await service.store.readAnswer(owner, { consistent: true });
  if (!isKnown(service, stored)) return undefined;
  const { dataTo, erasedAt } = stored;
  const pages = await readPagesFor(service, owner, from, to, erasedAt);
  const isKept = stored.dataFrom === null || monthOf(stored.dataFrom) >= firstKeptMonth(service);
  const dataFrom = isKept
    ? stored.dataFrom
    : await dataFromOf(service, owner, stored.dataFrom, pages, new Set(), erasedAt);
  return { pages, dataFrom, dataTo, lastImportedAt: await lastImportedAtOf(service, owner, stored), erasedAt };
}

/** The pages that derivations for the days from `first` to `last` read. */
export async function readPagesFor(
  service: Service,
  owner: OwnerKey,
  first: Day,
  last: Day,
  erasedAt: number,
): Promise<readonly Page[]> {
  const [{ from }, { to }] = [monthsRead(service, first), monthsRead(service, last)];
  return from > to ? [] : withoutErased(await service.store.readPages(owner, from, to), erasedAt);
}
