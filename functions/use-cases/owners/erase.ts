/**
 * Erasing an owner. What remains is the answer's item with nothing but the instant of the erasure: the tombstone that keeps
 * imports made before it from bringing data back.
 *
 * The tombstone is written first, and every page goes only on the revision that was read: an import made after the erasure,
 * joined while this runs, stays. A page that a slow worker writes from before is cleaned by its own next attempt, for the
 * tombstone changed the answer's revision; readers leave out such days in any case.
 */
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import { joinPages } from '../../domain/ledger/page.ts';
import { isErased } from '../../domain/profiles/change.ts';
import { everyMonth, type Service } from '../service/service.ts';
import { type Announcement, announcing } from './announce.ts';
import { tombstone, untilSettled } from './answer.ts';

export async function eraseOwner(
  service: Service,
  request: { clientId: string; ownerExternalId: string },
): Promise<void> {
  const owner = service.ownerKey(request.clientId, request.ownerExternalId);
  const announcement = announcing(service, owner);
  const erasedAt = await untilSettled(service, () => writeTombstone(service, owner, announcement));
  await untilSettled(service, () => removePages(service, owner, erasedAt));
  await service.store.sweepParts(owner);
  await service.refused.forgetOwner(owner);
  await forgetChanges(service, owner);
}

/** Of the listed changes. What somebody is about to publish is taken away by who looks after the owner's changes next. */
async function forgetChanges(service: Service, owner: OwnerKey): Promise<void> {
  const announced = (await service.store.readAnswer(owner, { consistent: true }))?.announced;
  if (announced && announced.erased.upTo > 0) {
    await service.feed.blank(owner, (sequence) => isErased(announced, sequence), 'erasure', service.clock());
  }
}

async function writeTombstone(
  service: Service,
  owner: OwnerKey,
  announcement: Announcement,
): Promise<number | undefined> {
  const read = await service.store.readAnswer(owner, { consistent: true });
  const { from, to } = everyMonth(service);
  // An import may bear an instant some minutes ahead of this clock: what was joined is erased whatever its instant says, also when another
  // import speaks for its days by now.
  let erasedAt = Math.max(read?.erasedAt ?? 0, read?.lastImportedAt ?? 0);
  for await (const page of service.store.pagesOf(owner, from, to)) {
    for (const { stamp } of page.days.values()) erasedAt = Math.max(erasedAt, stamp.importedAt);
  }
  // Only now: an import made while this read, and joined already, is older than the tombstone.
  erasedAt = Math.max(erasedAt, service.clock());
  const written = await announcement.write(tombstone(service, read, erasedAt), read, 'erasure');
  return written ? erasedAt : undefined;
}

async function removePages(service: Service, owner: OwnerKey, erasedAt: number): Promise<true | undefined> {
  const { from, to } = everyMonth(service);
  for await (const page of service.store.pagesOf(owner, from, to)) {
    const [cleaned] = joinPages([page], [], { erasedAt, firstMonth: from }).changed;
    if (cleaned && !(await service.store.writePage(owner, cleaned, page, erasedAt))) return undefined;
  }
  return true;
}
