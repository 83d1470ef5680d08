/** Joining imports to an owner's ledger: however many of them, one read and one write. */
import type { Answer } from '../../adapters/owners/answer-item.ts';
import { withJoined } from '../../adapters/owners/joined-imports.ts';
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import type { StoredPage } from '../../adapters/owners/owner-pages.ts';
import type { ClientSettings } from '../../domain/catalogue/client-settings.ts';
import type { Import } from '../../domain/ledger/ledger.ts';
import { joinPages, lastCoveredDay, monthsOf, type Page, pageKey } from '../../domain/ledger/page.ts';
import { type Month, monthsIn } from '../../domain/values/day.ts';
import { type Announcement, announcing } from '../owners/announce.ts';
import { derivedAnswer, isFresh, lastImportedAtOf, untilSettled } from '../owners/answer.ts';
import { isKnown } from '../owners/known.ts';
import { firstKeptMonth, monthsRead, type Service, today } from '../service/service.ts';

export type JoinOutcome = {
  /** `erased`: all of the imports were made before the owner was erased. */
  readonly outcome: 'changed' | 'unchanged' | 'erased';
  readonly conflicts: number;
  /** Profiles that the owner got and lost. */
  readonly entered: readonly string[];
  readonly left: readonly string[];
};

type Settled = Omit<JoinOutcome, 'conflicts'>;
const SIDE_BY_SIDE = 8;

/** Joins imports of one owner and derives the answer again. Idempotent: repeated after a crash it ends in the same state. */
export async function joinImports(
  service: Service,
  owner: OwnerKey,
  settings: ClientSettings,
  imports: readonly Import[],
): Promise<JoinOutcome> {
  let conflicts = 0;
  const announcement = announcing(service, owner);
  const settled = await untilSettled(
    service,
    () => attempt(service, owner, settings, imports, announcement),
    () => conflicts++,
  );
  return { ...settled, conflicts };
}

async function attempt(
  service: Service,
  owner: OwnerKey,
  settings: ClientSettings,
  imports: readonly Import[],
  announcement: Announcement,
): Promise<Settled | undefined> {
  const read = await service.store.readAnswer(owner, { consistent: true });
  const bounds = { erasedAt: read?.erasedAt ?? 0, firstMonth: firstKeptMonth(service) };
  const told = imports.filter(({ stamp }) => stamp.importedAt > bounds.erasedAt);
  const ranges = rangesOf([...monthsOf(imports, bounds), ...monthsIn(monthsRead(service, today(service)))]);
  const pages = (await Promise.all(ranges.map(({ from, to }) => service.store.readPages(owner, from, to)))).flat();
  // Another worker has joined imports since an erasure that was not known a moment ago. These imports may be older than the erasure, and
  // must not replace later ones.
  if (pages.some((page) => page.erasedAt > bounds.erasedAt)) return undefined;
  const joined = joinPages(pages, told, bounds);
  const unmarked = unmarkedPages(pages, joined.changed, bounds.erasedAt);
  const stored = await writePages(service, owner, pages, [...joined.changed, ...unmarked], bounds.erasedAt);
  if (!stored) return undefined;
  // An answer past its retention counts for nothing, whether it was deleted already or not.
  const known = isKnown(service, read) ? read : undefined;
  if (told.length === 0 && !known) return { outcome: 'erased', entered: [], left: [] };

  const before = known && { dataTo: known.dataTo, lastImportedAt: await lastImportedAtOf(service, owner, known) };
  const after = {
    dataTo: latest(before?.dataTo ?? null, lastCoveredDay(told, bounds) ?? null),
    joined: withJoined(
      known?.joined ?? [],
      told.map(({ stamp }) => stamp.importId),
      service.clock(),
    ),
    lastImportedAt: told.reduce((last, { stamp }) => latest(last, stamp.importedAt), before?.lastImportedAt ?? null),
  };
  const monthsSeen = new Set(ranges.flatMap(monthsIn));
  const answer = await derivedAnswer(service, owner, settings, read, stored, monthsSeen, after);
  const outcome = joined.changed.length > 0 ? 'changed' : told.length === 0 ? 'erased' : 'unchanged';
  // What a change of the catalogue does to an owner is not the doing of an import.
  const profiles =
    read?.catalogueVersion === answer.catalogueVersion || !known ? (read?.profiles ?? []) : answer.profiles;
  const entered = answer.profiles.filter((profile) => !profiles.includes(profile));
  const left = profiles.filter((profile) => !answer.profiles.includes(profile));
  if (joined.changed.length === 0 && read && saysTheSame(service, settings, read, answer)) {
    return { outcome, entered: [], left: [] };
  }
  const written = await announcement.write(answer, read, 'import');
  return written ? { outcome, entered, left } : undefined;
}

/**
 * A repeated import needs no write when the stored answer is the one that would be written. That is safe only because the basis is the same
 * too: a reader of this revision then reads the very pages that the answer knows.
 */
function saysTheSame(service: Service, settings: ClientSettings, stored: Answer, derived: Answer): boolean {
  return (
    isKnown(service, stored) &&
    isFresh(service, stored, settings) &&
    stored.basis === derived.basis &&
    stored.dataFrom === derived.dataFrom &&
    stored.dataTo === derived.dataTo &&
    stored.lastImportedAt === derived.lastImportedAt &&
    stored.joined.at(-1)?.digest === derived.joined.at(-1)?.digest
  );
}

/**
 * Pages that stay as they are, but whose last writer did not know of the erasure. They are written again to name it. Else a slow worker
 * that does not know it either could still put an import of before the erasure in the place of a later one, and both would be lost.
 */
function unmarkedPages(pages: readonly StoredPage[], changed: readonly Page[], erasedAt: number): StoredPage[] {
  const written = new Set(changed.map(({ account, month }) => pageKey(account, month)));
  return pages.filter(
    (page) => page.days.size > 0 && page.erasedAt < erasedAt && !written.has(pageKey(page.account, page.month)),
  );
}

/** All pages after the writes, or undefined when another worker changed one of them meanwhile. */
export async function writePages(
  service: Pick<Service, 'store'>,
  owner: OwnerKey,
  read: readonly StoredPage[],
  changed: readonly Page[],
  erasedAt: number,
): Promise<StoredPage[] | undefined> {
  const after = new Map(read.map((page) => [pageKey(page.account, page.month), page]));
  for (let start = 0; start < changed.length; start += SIDE_BY_SIDE) {
    const written = await Promise.all(
      changed.slice(start, start + SIDE_BY_SIDE).map(async (page) => {
        const key = pageKey(page.account, page.month);
        return [key, await service.store.writePage(owner, page, after.get(key), erasedAt)] as const;
      }),
    );
    for (const [key, page] of written) {
      if (!page) return undefined;
      after.set(key, page);
    }
  }
  return [...after.values()].filter(({ days }) => days.size > 0);
}

type Range = { readonly from: Month; readonly to: Month };

/** Months as few ranges: those next to each other are read by one query. */
function rangesOf(months: readonly Month[]): Range[] {
  const ranges: { from: Month; to: Month }[] = [];
  for (const month of [...new Set(months)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && month === last.to + 1) last.to = month;
    else ranges.push({ from: month, to: month });
  }
  return ranges;
}

function latest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
