/**
 * Puts back what an owner's items lost, from a table that point-in-time recovery restored beside the live one.
 *
 * **Pages are joined, not copied.** A stored page is a set of statements about days, as an import is. Joining it brings back what is
 * missing, in whole pages and within pages that imports have started again since, and changes nothing where the live table says as much or
 * better. It is idempotent, and the service may join imports meanwhile.
 *
 * **Erasures win.** All that the restored table holds was joined before its instant. So an erasure that the live table knows and the
 * restored one does not came after everything in it: then none of it counts, whatever the instants of its statements. One that the restored
 * table knows and the live one lost is put back first, as an erasure starts with its tombstone too.
 *
 * **The answer is left to the next look-up.** It is written as one of no catalogue, which is never fresh, because an operator's machine may
 * have another catalogue than the service. What a look-up does not derive is right at once: whether the owner is known, the erasure, the
 * first and the last day.
 *
 * **No update is lost.** The order is that of imports (answer.ts): read the answer → read the pages → write pages, each conditional on the
 * revision read → write the answer if its revision is unchanged, else start over. If it is cut off in between, there are pages that the
 * answer does not know: the next time its basis shows it, as it does to an import that is delivered again.
 */
import type { Answer } from '../../adapters/owners/answer-item.ts';
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import type { StoredPage } from '../../adapters/owners/owner-pages.ts';
import type { Import } from '../../domain/ledger/ledger.ts';
import { firstBookedDay, joinPages, latestImport, type Page, pageKey } from '../../domain/ledger/page.ts';
import { type Announced, NOTHING_ANNOUNCED } from '../../domain/profiles/change.ts';
import type { Day } from '../../domain/values/day.ts';
import type { Keeping } from '../../runtime/clock.ts';
import { TransientError } from '../../runtime/errors.ts';
import { withChange } from '../owners/announce.ts';
import { basisOf, tombstone, untilSettled } from '../owners/answer.ts';
import { isKnown } from '../owners/known.ts';
import { everyMonth, firstKeptMonth, monthsRead, type Service } from '../service/service.ts';
import { writePages } from './join-imports.ts';

/** Neither catalogue nor keys: nothing is derived here, and the owner's name in the table is known. */
export type PutBackService = Keeping & Pick<Service, 'store' | 'pause'>;

/** An owner as the restored table has it. */
export type RestoredOwner = { readonly answer: Answer | undefined; readonly pages: readonly StoredPage[] };

export type PutBack = {
  readonly changed: boolean;
  /** Pages that got statements back. */
  readonly pages: number;
  /** An erasure that the live table did not know any more, or only from its pages. */
  readonly erasurePutBack: boolean;
  /**
   * The live table had no answer, or, as its revision shows, one that started again, and the owner is known again. An erasure since the
   * restore point would be lost with that answer.
   */
  readonly answerLost: boolean;
  /** Erased since the restore point: nothing of the restored table counts. */
  readonly erasedSince: boolean;
  /** Neither table has an answer with the owner's id, so that the owner could not be listed: nothing came back. */
  readonly nameless: boolean;
};

type Seen = { readonly pages: Set<string>; erasurePutBack: boolean; answerLost: boolean };
/** `isMet`: some import counts, so that the owner is known. */
type Settled = Pick<PutBack, 'changed' | 'erasedSince' | 'nameless'> & { readonly isMet?: boolean };

/**
 * @param owner with an empty `externalId` where neither table has it
 * @param toldErasedAt an erasure that the operator knows of, in case the live table lost it; 0: none
 */
export async function putBack(
  service: PutBackService,
  owner: OwnerKey,
  restored: RestoredOwner,
  toldErasedAt = 0,
): Promise<PutBack> {
  const seen: Seen = { pages: new Set(), erasurePutBack: false, answerLost: false };
  const { isMet, ...settled } = await untilSettled(service, () =>
    attempt(service, owner, restored, toldErasedAt, seen),
  );
  // What is left of a page in parts that was lost alone: the page that came back has parts of its own.
  if (seen.pages.size > 0) await service.store.sweepParts(owner);
  const changed = settled.changed || seen.erasurePutBack;
  const answerLost = seen.answerLost && changed && isMet === true && !settled.erasedSince;
  return { ...settled, changed, pages: seen.pages.size, erasurePutBack: seen.erasurePutBack, answerLost };
}

async function attempt(
  service: PutBackService,
  owner: OwnerKey,
  restored: RestoredOwner,
  toldErasedAt: number,
  seen: Seen,
): Promise<Settled | undefined> {
  const read = await service.store.readAnswer(owner, { consistent: true });
  const { from, to } = everyMonth(service);
  const pages = await service.store.readPages(owner, from, to);
  const since = Math.max(toldErasedAt, lastErasure(read, pages));
  const before = lastErasure(restored.answer, restored.pages);
  const erasedAt = Math.max(since, before);
  const erasedSince = since > before && (restored.pages.length > 0 || restored.answer?.known === true);
  const nameless = owner.externalId === '' && !erasedSince && (restored.pages.length > 0 || pages.length > 0);
  const ended = restored.answer?.known === false ? restored.answer : undefined;
  if (!read && ended && erasedAt === 0 && pages.length === 0) {
    // Of data past its retention only the last sequence is left. It names nobody, and is put back as it is.
    const written = await service.store.writeAnswer(owner, ended, undefined);
    return written ? { changed: true, erasedSince, nameless } : undefined;
  }
  if (owner.externalId === '' && (read?.known || erasedAt === 0)) return { changed: false, erasedSince, nameless };
  seen.answerLost ||= restored.answer !== undefined && (read?.revision ?? 0) < restored.answer.revision;

  let stands = read;
  if (erasedAt > (read?.erasedAt ?? 0)) {
    const announced = announcedBefore(read, restored.answer);
    stands = withChange(service, owner, { ...tombstone(service, read, erasedAt), announced }, 'erasure');
    if (!(await service.store.writeAnswer(owner, stands, read?.revision))) return undefined;
    seen.erasurePutBack = true;
  }
  const counts = owner.externalId !== '' && since <= before;
  const bounds = { erasedAt, firstMonth: firstKeptMonth(service) };
  const { changed } = joinPages(pages, counts ? statementsOf(service, restored.pages) : [], bounds);
  const stored = await writePages(service, owner, pages, changed, erasedAt);
  if (!stored) return undefined;
  for (const { account, month } of changed) seen.pages.add(pageKey(account, month));

  const kept = stored.filter(({ month }) => month >= bounds.firstMonth);
  const isToldOf = isKnown(service, stands) || (counts && isKnown(service, restored.answer));
  const isMet = owner.externalId !== '' && (isToldOf || kept.length > 0);
  // An import that speaks in no page is known to an answer alone.
  const told = [stands, counts ? restored.answer : undefined].map((one) => one?.lastImportedAt ?? null);
  const announced = announcedBefore(stands, restored.answer);
  const answer = isMet ? { ...knownAnswer(service, stands, erasedAt, kept, told), announced } : undefined;
  if (changed.length === 0 && (!answer || isRight(service, stands, answer, stored))) {
    return { changed: false, erasedSince, nameless, isMet };
  }
  const written = await service.store.writeAnswer(
    owner,
    answer ?? tombstone(service, stands, erasedAt),
    stands?.revision,
  );
  return written ? { changed: true, erasedSince, nameless, isMet } : undefined;
}

/** What was published of the owner: as the live table has it, and never with a sequence that was published already. */
function announcedBefore(live: Answer | undefined, restored: Answer | undefined): Announced {
  if (!live) return restored?.announced ?? NOTHING_ANNOUNCED;
  return { ...live.announced, sequence: Math.max(live.announced.sequence, restored?.announced.sequence ?? 0) };
}

/** Pages have the last erasure that their writers knew of, which outlives a lost tombstone. */
function lastErasure(answer: Answer | undefined, pages: readonly StoredPage[]): number {
  return pages.reduce((last, page) => Math.max(last, page.erasedAt), answer?.erasedAt ?? 0);
}

/** Each day as the import that it came from. */
function statementsOf({ clock }: PutBackService, pages: readonly Page[]): Import[] {
  const now = clock();
  return pages.flatMap(({ account, days }) =>
    [...days].map(([day, { stamp, rows }]) => {
      // A publisher's clock may be ten minutes ahead. An erasure made just now must be later than all that was held before it.
      if (stamp.importedAt > now) throw new TransientError('it has an import whose instant is in the future');
      return { stamp, accounts: [{ account, from: day, to: day, rows: new Map([[day, rows]]) }] };
    }),
  );
}

/** The answer of a known owner, to be derived by the first look-up. Every day that was imported has a statement in some page. */
function knownAnswer(
  service: PutBackService,
  stands: Answer | undefined,
  erasedAt: number,
  pages: readonly Page[],
  importedAt: readonly (number | null)[],
): Answer {
  const instants = [latestImport(pages), ...importedAt].filter((instant) => instant !== null);
  const lastImportedAt = instants.length === 0 ? null : Math.max(...instants);
  const dataTo = pages
    .flatMap((page) => [...page.days.keys()])
    .reduce<Day | null>((last, day) => (last === null || day > last ? day : last), null);
  const dataFrom = firstBookedDay(pages) ?? null;
  return {
    ...tombstone(service, stands, erasedAt),
    known: true,
    dataFrom,
    dataTo,
    lastImportedAt,
    joined: stands?.joined ?? [],
  };
}

/** Whether the stored answer says of these pages what it must, or has a look-up say it. */
function isRight(
  service: PutBackService,
  stored: Answer | undefined,
  { dataFrom, dataTo, lastImportedAt }: Answer,
  pages: readonly StoredPage[],
): boolean {
  if (!stored?.known || stored.dataFrom !== dataFrom || stored.dataTo !== dataTo) return false;
  if (stored.lastImportedAt !== lastImportedAt) return false;
  if (stored.catalogueVersion === '') return true;
  const { from } = monthsRead(service, stored.derivedFor);
  return stored.basis === basisOf(pages.filter(({ month }) => month >= from));
}
