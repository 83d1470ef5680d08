/** The feed of a client's changes, page by page. */
import { type ChangeFeed, KEPT_DAYS } from '../../adapters/changes/change-feed.ts';
import { type ClientSettings, isForCredit, isVersionForCredit } from '../../domain/catalogue/client-settings.ts';
import type { Change } from '../../domain/profiles/change.ts';
import { RefusedError } from '../../runtime/errors.ts';

const KEPT_MS = KEPT_DAYS * 86_400_000;
/** The clocks of two machines that answer one after the other. */
const CLOCKS_APART_MS = 600_000;
const HOUR_MS = 3_600_000;
const FORM = /^([0-9a-z]{1,11})-([0-9a-z]{1,9})$/;

/** Who asks, and what the answers may be used for. */
type Asker = { readonly clientId: string; readonly settings: ClientSettings };
export type ChangesPage = { readonly changes: readonly Change[]; readonly cursor: string };

/**
 * @param cursor where an earlier page ended; undefined: the last 30 days from their start
 * @throws RefusedError INVALID_PARAMETER for a cursor that is older than 30 days, or none of this feed
 */
export async function listChanges(
  { feed, clock }: { readonly feed: Pick<ChangeFeed, 'list' | 'head' | 'reaches'>; readonly clock: () => number },
  { clientId, settings }: Asker,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<ChangesPage> {
  const now = clock();
  // Before anything is read: what comes meanwhile is behind it.
  const start = cursor === undefined ? undefined : placeOf(cursor, now);
  if (start !== undefined && !(await feed.reaches(clientId, start))) {
    throw refused('must be a place of this feed; begin without it');
  }
  const head = start ?? (await feed.head(clientId));
  const { changes, position } = await feed.list(clientId, start ?? 0, limit, now - KEPT_MS);
  return {
    changes: changes
      .map(({ change }) => change)
      .flatMap((change) => (isForCredit(settings) ? forCredit(change) : change)),
    cursor: cursorOf(Math.max(position, position === 0 ? head : 0), now),
  };
}

/** A change that came about for credit; of an erasure, that there is one: what was known before may have been derived for more. */
function forCredit(change: Change): Change[] {
  if (change.cause === 'erasure') return [{ ...change, left: [] }];
  return isVersionForCredit(change.catalogueVersion) ? [change] : [];
}

/**
 * A place in the feed, and the hour in which it was given out: a client whose owners rest for months gets a newer one from time to time,
 * and within an hour the same answer.
 */
function cursorOf(position: number, now: number): string {
  return `${position.toString(36)}-${(now - (now % HOUR_MS)).toString(36)}`;
}

function placeOf(cursor: string, now: number): number {
  const [, place, time] = FORM.exec(cursor) ?? [];
  if (place === undefined || time === undefined) throw refused('must be what an earlier answer says');
  const givenAt = Number.parseInt(time, 36);
  if (givenAt > now + CLOCKS_APART_MS) throw refused('must be what an earlier answer says');
  if (givenAt < now - KEPT_MS) throw refused(`must not be older than ${KEPT_DAYS} days; begin without it`);
  return Number.parseInt(place, 36);
}

function refused(message: string): RefusedError {
  return new RefusedError('INVALID_PARAMETER', `\`after\` ${message}.`, [{ path: 'after', message }]);
}
