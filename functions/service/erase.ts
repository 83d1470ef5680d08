/**
 * Erasing an owner. What remains is the answer's item with nothing but the instant of the erasure: the tombstone that keeps
 * imports made before it from bringing data back.
 *
 * The tombstone is written first, and every page goes only on the revision that was read: an import made after the erasure,
 * joined while this runs, stays. A page that a slow worker writes from before is cleaned by its own next attempt, for the
 * tombstone changed the answer's revision; readers leave out such days in any case.
 */
import type { Answer } from '../adapters/answer-item.ts';
import type { OwnerKey } from '../adapters/owner-store.ts';
import { monthOf } from '../domain/day.ts';
import { joinPages } from '../domain/page.ts';
import { untilSettled } from './answer.ts';
import { type Service, today } from './service.ts';

/** Far below and above every month that an import can name. */
const FIRST_MONTH = -1970 * 12;

export async function eraseOwner(
  service: Service,
  request: { clientId: string; ownerExternalId: string },
): Promise<void> {
  const owner = service.ownerKey(request.clientId, request.ownerExternalId);
  const erasedAt = await untilSettled(service, () => writeTombstone(service, owner));
  await untilSettled(service, () => removePages(service, owner, erasedAt));
  await service.store.sweepParts(owner);
}

async function writeTombstone(service: Service, owner: OwnerKey): Promise<number | undefined> {
  const read = await service.store.readAnswer(owner, { consistent: true });
  // An import may bear an instant some minutes ahead of this clock: what is held is erased whatever its instant says.
  let erasedAt = read?.erasedAt ?? 0;
  for await (const page of service.store.pagesOf(owner, FIRST_MONTH, lastMonth(service))) {
    for (const { stamp } of page.days.values()) erasedAt = Math.max(erasedAt, stamp.importedAt);
  }
  // Only now: an import made while this read, and joined already, is older than the tombstone.
  erasedAt = Math.max(erasedAt, service.clock());
  const tombstone: Answer = {
    revision: (read?.revision ?? 0) + 1,
    known: false,
    erasedAt,
    profiles: [],
    catalogueVersion: '',
    derivedFor: today(service),
    validUntil: null,
    dataFrom: null,
    dataTo: null,
    basis: '',
  };
  return (await service.store.writeAnswer(owner, tombstone, read?.revision)) ? erasedAt : undefined;
}

async function removePages(service: Service, owner: OwnerKey, erasedAt: number): Promise<true | undefined> {
  for await (const page of service.store.pagesOf(owner, FIRST_MONTH, lastMonth(service))) {
    const [cleaned] = joinPages([page], [], { erasedAt, firstMonth: FIRST_MONTH }).changed;
    if (cleaned && !(await service.store.writePage(owner, cleaned, page, erasedAt))) return undefined;
  }
  return true;
}

function lastMonth(service: Service): number {
  return monthOf(today(service)) + 2;
}
