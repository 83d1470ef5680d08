/** What is known of an owner for some days: the head of every answer, and the rows to derive from. */
import type { Answer } from '../../adapters/owners/answer-item.ts';
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import type { StoredPage } from '../../adapters/owners/owner-pages.ts';
import { type Page, withoutErased } from '../../domain/ledger/page.ts';
import type { DerivationInput } from '../../domain/profiles/derive.ts';
import type { DataHead, OwnerRequest } from '../../domain/profiles/owner-answer.ts';
import type { Day } from '../../domain/values/day.ts';
import { derivationInput, monthsRead, type Service } from '../service/service.ts';
import { basisOf, dataFromOf, lastImportedAtOf } from './answer.ts';
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
  // The pages may be of an import whose answer is not written yet.
  const dataFrom = await dataFromOf(service, owner, stored.dataFrom, pages, new Set(), erasedAt);
  return { pages, dataFrom, dataTo, lastImportedAt: await lastImportedAtOf(service, owner, stored), erasedAt };
}

/**
 * The same for one day, of an owner whose answer was seen on a replica: its pages suffice where they belong to that answer. Undefined when the
 * owner is not known.
 */
export async function readOwnerDay(
  service: Service,
  owner: OwnerKey,
  day: Day,
  seen: Answer | undefined,
): Promise<Pick<OwnerDays, 'pages' | 'dataFrom'> | undefined> {
  const pages = isKnown(service, seen) ? await pagesBehind(service, owner, seen, day) : undefined;
  if (!pages || !seen) return readOwnerDays(service, owner, day);
  return { pages, dataFrom: await dataFromOf(service, owner, seen.dataFrom, pages, new Set(), seen.erasedAt) };
}

/**
 * The pages that a derivation for a day reads, from a replica of the table: for half the price, and only where they are the very pages that
 * the answer was derived from. Undefined where they are not: the replica is late, or somebody is writing.
 */
export async function pagesBehind(
  service: Service,
  owner: OwnerKey,
  { derivedFor, erasedAt, basis }: Answer,
  day: Day,
): Promise<readonly StoredPage[] | undefined> {
  const [known, asked] = [monthsRead(service, derivedFor), monthsRead(service, day)];
  // The answer says nothing of older pages.
  if (asked.from < known.from) return undefined;
  const read = await service.store.readPages(owner, known.from, Math.max(known.to, asked.to), { consistent: false });
  const pages = withoutErased(read, erasedAt).filter(({ days }) => days.size > 0);
  if (basisOf(pages) !== basis) return undefined;
  return pages.filter(({ month }) => month >= asked.from);
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
