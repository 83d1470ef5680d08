/**
 * Erases an owner. What remains is the answer's item with nothing but the instant of the erasure: the tombstone that keeps imports made
 * before it from bringing data back.
 *
 * The tombstone is written first, and from then on the owner is unknown. What it covers is removed after it, by any process that has time:
 * a second run goes on where the first one ended. Every removal of a page is conditional on the revision that was read: an import made
 * after the erasure, joined while this runs, stays. A page that a slow worker still writes from before is cleaned by that worker's next
 * attempt, because the tombstone changed the answer's revision; readers leave out such days in any case.
 */
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import type { StoredPage } from '../../adapters/owners/owner-pages.ts';
import { joinPages } from '../../domain/ledger/page.ts';
import { isErased } from '../../domain/profiles/change.ts';
import { everyMonth, type Service } from '../service/service.ts';
import { type Announcement, announcing } from './announce.ts';
import { lastImportedAtOf, tombstone, untilSettled } from './answer.ts';

/** How far an erasure came. */
export type ErasureProgress = {
  readonly isFinished: boolean;
  /** Pages that were removed or cleaned this time. */
  readonly pages: number;
};

export type ErasureParts = {
  /** False: nothing more is started. */
  readonly hasTime?: () => boolean;
  /** Pages that are removed side by side; between them the time is looked at. */
  readonly pagesAtOnce?: number;
  /** Removes what is stored of the owner elsewhere. It runs before refused imports are removed, because some of that may become one. */
  readonly forgetCopies?: (owner: OwnerKey, erasedAt: number) => Promise<void>;
};

const NOTHING_LEFT: ErasureProgress = { isFinished: true, pages: 0 };

/** Writes the tombstone, whatever the owner's size, and removes as much as there is time for. */
export async function eraseOwner(
  service: Service,
  request: { readonly clientId: string; readonly ownerExternalId: string },
  parts: ErasureParts = {},
): Promise<ErasureProgress> {
  const owner = service.ownerKey(request.clientId, request.ownerExternalId);
  const announcement = announcing(service, owner);
  await untilSettled(service, () => writeTombstone(service, owner, announcement));
  return (await finishErasure(service, owner, parts)) ?? NOTHING_LEFT;
}

/** Removes what a tombstone covers. Undefined: there is none, and nothing is to be removed. */
export async function finishErasure(
  service: Service,
  owner: OwnerKey,
  { hasTime = () => true, pagesAtOnce = 8, forgetCopies = async () => {} }: ErasureParts = {},
): Promise<ErasureProgress | undefined> {
  const { erasedAt = 0 } = (await service.store.readAnswer(owner, { consistent: true })) ?? {};
  if (erasedAt === 0) return undefined;
  const removal = new PageRemoval(service, owner, erasedAt);
  const isClean = await untilSettled(service, () => removal.attempt(hasTime, pagesAtOnce));
  const { pages } = removal;
  if (!isClean) return { isFinished: false, pages };
  await service.store.sweepParts(owner);
  await forgetCopies(owner, erasedAt);
  await service.refused.forgetOwner(owner, erasedAt);
  await forgetChanges(service, owner);
  return { isFinished: true, pages };
}

/** Of the listed changes. What a publisher is about to publish is removed by the next look at the owner's changes. */
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
): Promise<true | undefined> {
  const read = await service.store.readAnswer(owner, { consistent: true });
  // An import may have an instant some minutes ahead of this clock: what was joined is erased whatever its instant, also when another
  // import holds its days by now.
  const joinedAt = read?.known ? await lastImportedAtOf(service, owner, read) : null;
  // Only now: an import made while this read, and joined already, is older than the tombstone.
  const erasedAt = Math.max(read?.erasedAt ?? 0, joinedAt ?? 0, service.clock());
  const written = await announcement.write(tombstone(service, read, erasedAt), read, 'erasure');
  return written ? true : undefined;
}

class PageRemoval {
  pages = 0;
  readonly #service: Service;
  readonly #owner: OwnerKey;
  readonly #erasedAt: number;

  constructor(service: Service, owner: OwnerKey, erasedAt: number) {
    this.#service = service;
    this.#owner = owner;
    this.#erasedAt = erasedAt;
  }

  /** False: there is more, and no time; undefined: another worker wrote one of the pages. */
  async attempt(hasTime: () => boolean, pagesAtOnce: number): Promise<boolean | undefined> {
    const { from, to } = everyMonth(this.#service);
    let some: StoredPage[] = [];
    for await (const page of this.#service.store.pagesOf(this.#owner, from, to)) {
      some.push(page);
      if (some.length < pagesAtOnce) continue;
      if (!(await this.#clean(some))) return undefined;
      if (!hasTime()) return false;
      some = [];
    }
    return (await this.#clean(some)) ? true : undefined;
  }

  /** Whether there was no conflict. */
  async #clean(pages: readonly StoredPage[]): Promise<boolean> {
    const bounds = { erasedAt: this.#erasedAt, firstMonth: everyMonth(this.#service).from };
    const written = await Promise.all(
      pages.map(async (page) => {
        const [cleaned] = joinPages([page], [], bounds).changed;
        if (!cleaned) return true;
        const isWritten = await this.#service.store.writePage(this.#owner, cleaned, page, this.#erasedAt);
        if (isWritten) this.pages++;
        return isWritten !== undefined;
      }),
    );
    return written.every((isWritten) => isWritten);
  }
}
