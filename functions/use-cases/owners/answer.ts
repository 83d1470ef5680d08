/**
 * Keeps an owner's answer correct.
 *
 * The order of steps loses no update: read the answer (its revision) → read the pages → write changed pages, each conditional on the
 * revision read → derive → write the answer if its revision is unchanged, else start over. Take two workers: the one that writes the answer
 * last read its revision after the other had written the answer, and so read its pages after the other had written them. A worker that
 * changed a page therefore never ends without an answer that knows the page.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../../adapters/owners/answer-item.ts';
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import type { StoredPage } from '../../adapters/owners/owner-pages.ts';
import type { ClientSettings } from '../../domain/catalogue/client-settings.ts';
import { firstBookedDay, latestImport, type Page, withoutErased } from '../../domain/ledger/page.ts';
import { NOTHING_ANNOUNCED } from '../../domain/profiles/change.ts';
import { derive } from '../../domain/profiles/derive.ts';
import { type Day, firstDayOf, type Month, monthOf, monthsIn } from '../../domain/values/day.ts';
import { TransientError } from '../../runtime/errors.ts';
import { derivationInput, everyMonth, firstKeptMonth, monthsRead, type Service, today } from '../service/service.ts';

/** With 2,000 messages for one owner at once, some worker always gets through; the others wait longer each time. */
const MOST_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 15;
const LONGEST_PAUSE_MS = 1500;

/** Runs an attempt until it succeeds; undefined means a conflict. `conflicts` counts those. */
export async function untilSettled<Result>(
  { pause = pauseAtRandom }: Pick<Service, 'pause'>,
  attempt: () => Promise<Result | undefined>,
  onConflict: () => void = () => {},
): Promise<Result> {
  for (let number = 0; number < MOST_ATTEMPTS; number++) {
    const result = await attempt();
    if (result !== undefined) return result;
    onConflict();
    await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** number));
  }
  throw new TransientError(`the owner was changed by others ${MOST_ATTEMPTS} times in a row`);
}

/** Full jitter: workers that met once should not meet again. */
async function pauseAtRandom(longestMs: number): Promise<void> {
  await sleep(Math.random() * longestMs);
}

/** Whether a stored answer still says what a derivation today would say. */
export function isFresh(service: Service, answer: Answer, settings: ClientSettings): boolean {
  const day = today(service);
  return (
    answer.catalogueVersion === service.catalogues.versionFor(settings) &&
    day >= answer.derivedFor &&
    (answer.validUntil === null || day < answer.validUntil) &&
    (answer.dataFrom === null || answer.dataFrom >= firstDayOf(firstKeptMonth(service)))
  );
}

/** An answer that says nothing but when the owner was erased (0: never), to be written on the revision of `read`. It is of no catalogue. */
export function tombstone(service: Pick<Service, 'clock'>, read: Answer | undefined, erasedAt: number): Answer {
  return {
    revision: (read?.revision ?? 0) + 1,
    known: false,
    erasedAt,
    profiles: [],
    notJudged: [],
    catalogueVersion: '',
    derivedFor: today(service),
    validUntil: null,
    dataFrom: null,
    dataTo: null,
    lastImportedAt: null,
    joined: [],
    basis: '',
    announced: read?.announced ?? NOTHING_ANNOUNCED,
  };
}

/** The answer that pages give today, to be written on the revision of `read`. */
export async function derivedAnswer(
  service: Service,
  owner: OwnerKey,
  settings: ClientSettings,
  read: Answer | undefined,
  pages: readonly StoredPage[],
  monthsSeen: ReadonlySet<Month>,
  { dataTo, lastImportedAt, joined }: Pick<Answer, 'dataTo' | 'lastImportedAt' | 'joined'>,
): Promise<Answer> {
  const day = today(service);
  const erasedAt = read?.erasedAt ?? 0;
  const dataFrom = await dataFromOf(service, owner, read?.dataFrom ?? null, pages, monthsSeen, erasedAt);
  const { from } = monthsRead(service, day);
  const inWindow = pages.filter(({ month, days }) => month >= from && days.size > 0);
  const catalogue = await service.catalogues.of(owner.clientId, settings);
  return {
    revision: (read?.revision ?? 0) + 1,
    known: true,
    erasedAt,
    ...derive(derivationInput(catalogue, inWindow, dataFrom), day),
    catalogueVersion: service.catalogues.versionFor(settings),
    derivedFor: day,
    dataFrom,
    dataTo,
    lastImportedAt,
    joined,
    basis: basisOf(inWindow),
    announced: read?.announced ?? NOTHING_ANNOUNCED,
  };
}

/**
 * The day of the first booked row of the whole ledger, of which only some months were read. The answer keeps it; rows read may be before
 * it; and where its own month was read and the row is gone, the months after it are searched.
 */
export async function dataFromOf(
  service: Service,
  owner: OwnerKey,
  known: Day | null,
  pages: readonly Page[],
  monthsSeen: ReadonlySet<Month>,
  erasedAt: number,
): Promise<Day | null> {
  const firstMonth = firstKeptMonth(service);
  const first = firstBookedDay(pages.filter(({ month }) => month >= firstMonth)) ?? null;
  if (known === null || (first !== null && first <= known)) return first;
  const month = monthOf(known);
  if (month >= firstMonth && !monthsSeen.has(month)) return known;
  const lastMonth = monthOf(today(service)) + 1;
  // What was read is one snapshot of the ledger: it must not be mixed with what others have written since.
  const until = first === null ? lastMonth : monthOf(first);
  if (monthsIn({ from: month, to: until }).every((each) => monthsSeen.has(each))) return first;
  for await (const page of service.store.pagesOf(owner, Math.max(month, firstMonth), lastMonth)) {
    const day = firstBookedDay(withoutErased([page], erasedAt));
    if (day === undefined) continue;
    // Accounts of one month come one after another: the first booked day is the least of that month.
    const sameMonth = await service.store.readPages(owner, page.month, page.month);
    return firstBookedDay(withoutErased(sameMonth, erasedAt)) ?? day;
  }
  return null;
}

/** The latest instant of the joined imports. An answer of before it was kept does not say: then the whole ledger is asked. */
export async function lastImportedAtOf(service: Service, owner: OwnerKey, stored: Answer): Promise<number | null> {
  if (stored.lastImportedAt !== null) return stored.lastImportedAt;
  const pages = await service.store.readPages(owner, firstKeptMonth(service), everyMonth(service).to);
  return latestImport(withoutErased(pages, stored.erasedAt));
}

/** Digest of pages and their revisions: two answers with the same basis and catalogue were derived from the same rows. */
export function basisOf(pages: readonly StoredPage[]): string {
  const names = pages.map(({ account, month, revision }) => `${month} ${JSON.stringify(account)} ${revision}`).sort();
  return createHash('sha256').update(names.join('\n')).digest('base64url').slice(0, 22);
}
