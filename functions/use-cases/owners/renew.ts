/** Answers that expired for another reason than an import: a day passed, the catalogue changed, or the data is past its retention. */
import type { Answer } from '../../adapters/owners/answer-item.ts';
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import type { StoredPage } from '../../adapters/owners/owner-pages.ts';
import type { ClientSettings } from '../../domain/catalogue/client-settings.ts';
import { withoutErased } from '../../domain/ledger/page.ts';
import type { Cause } from '../../domain/profiles/change.ts';
import { monthsIn } from '../../domain/values/day.ts';
import { logger } from '../../runtime/logging.ts';
import { isTransient } from '../../runtime/transient-errors.ts';
import { monthsRead, type Service, today } from '../service/service.ts';
import { announcing } from './announce.ts';
import { derivedAnswer, isFresh, lastImportedAtOf, tombstone } from './answer.ts';
import { isKnown } from './known.ts';
import { pagesBehind } from './read-day.ts';

/** An answer of today. `written`: by this renewal; false where the stored one held, and on a conflict. */
export type Renewed = { readonly answer: Answer; readonly isStored: boolean; readonly written: boolean };

/**
 * Keeps an owner's stored answer true: renews it where it does not hold any more. Undefined when the owner is not known.
 *
 * @param seen the answer as a replica of the table showed it. Where it does not hold, a replica's pages may do, too
 * @throws what may pass, where the answer could not be written
 */
export async function keepTrue(
  service: Service,
  owner: OwnerKey,
  settings: ClientSettings,
  seen?: Answer,
): Promise<Renewed | undefined> {
  const renewed = seen && (await renewedFromReplica(service, owner, settings, seen));
  if (renewed) return renewed;
  const stored = await service.store.readAnswer(owner, { consistent: true });
  if (!isKnown(service, stored)) {
    await endRetained(service, owner, stored);
    return undefined;
  }
  if (isFresh(service, stored, settings)) return { answer: stored, isStored: true, written: false };
  const answer = await answerOfToday(service, owner, settings, stored);
  return { answer, isStored: false, written: await writeRenewed(service, owner, settings, stored, answer) };
}

/**
 * The answer of today for a reader. It is written back if nobody has written another one meanwhile; if somebody has, it is right all the
 * same, because it comes from pages read after the request came.
 *
 * It is also right where it cannot be written, or the publication of its change cannot be asked for. Then nothing is stored: the change
 * comes with the next look-up, import or snapshot that can.
 */
export async function renewForAnswer(
  service: Service,
  owner: OwnerKey,
  settings: ClientSettings,
  stored: Answer,
): Promise<Answer> {
  const answer = await answerOfToday(service, owner, settings, stored);
  await unlessItPasses(() => writeRenewed(service, owner, settings, stored, answer));
  return answer;
}

/** The same for an owner who is not known: where the data is past its retention, the list is empty from now on. */
export async function endForAnswer(service: Service, owner: OwnerKey, stored: Answer | undefined): Promise<void> {
  await unlessItPasses(() => endRetained(service, owner, stored));
}

async function unlessItPasses(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isTransient(error)) throw error;
    logger.warn('a look-up is answered without storing what it derived', error as Error);
  }
}

/**
 * The write succeeds only on the revision that was seen, and the pages are those that it knows: as if both had been read consistently.
 * Undefined where the answer holds, or where that is not so.
 */
async function renewedFromReplica(
  service: Service,
  owner: OwnerKey,
  settings: ClientSettings,
  seen: Answer,
): Promise<Renewed | undefined> {
  if (!isKnown(service, seen) || isFresh(service, seen, settings)) return undefined;
  const pages = await pagesBehind(service, owner, seen, today(service));
  if (!pages) return undefined;
  const answer = await derivedToday(service, owner, settings, seen, pages);
  const written = await writeRenewed(service, owner, settings, seen, answer);
  return written ? { answer, isStored: false, written } : undefined;
}

async function answerOfToday(
  service: Service,
  owner: OwnerKey,
  settings: ClientSettings,
  stored: Answer,
): Promise<Answer> {
  const { from, to } = monthsRead(service, today(service));
  const pages = withoutErased(await service.store.readPages(owner, from, to), stored.erasedAt);
  return derivedToday(service, owner, settings, stored, pages);
}

/** @param pages all that a derivation for today reads */
async function derivedToday(
  service: Service,
  owner: OwnerKey,
  settings: ClientSettings,
  stored: Answer,
  pages: readonly StoredPage[],
): Promise<Answer> {
  const months = monthsRead(service, today(service));
  const { dataTo, joined } = stored;
  const told = { dataTo, joined, lastImportedAt: await lastImportedAtOf(service, owner, stored) };
  return derivedAnswer(service, owner, settings, stored, pages, new Set(monthsIn(months)), told);
}

async function writeRenewed(
  service: Service,
  owner: OwnerKey,
  settings: ClientSettings,
  stored: Answer,
  answer: Answer,
): Promise<boolean> {
  // What one key may see is not what the client is answered, nor a change of that.
  if (settings.isOfKey) return false;
  return announcing(service, owner).write(answer, stored, causeOf(stored, answer));
}

/** Without an import: what was put back by a restore came by imports, once. */
function causeOf(stored: Answer, { catalogueVersion }: Answer): Cause {
  if (stored.catalogueVersion === '') return 'import';
  return stored.catalogueVersion === catalogueVersion ? 'time' : 'catalogue';
}

/**
 * Of an owner whose data is past its retention nothing remains but the last sequence, and when the owner was erased: a change by time says
 * that the list is empty, and an import that comes later goes on with the next sequence. An owner of whom neither is known needs no trace.
 */
async function endRetained(service: Service, owner: OwnerKey, stored: Answer | undefined): Promise<void> {
  if (!stored?.known) return;
  const { announced, erasedAt, catalogueVersion } = stored;
  if (announced.sequence === 0 && announced.profiles.length === 0 && erasedAt === 0) return;
  const ended = { ...tombstone(service, stored, erasedAt), catalogueVersion };
  await announcing(service, owner).write(ended, stored, 'time');
}
