/** Reads what is asked of a snapshot. */
import {
  MERCHANTS_OF_AN_ANSWER,
  MOST_FILES_OF_A_PAGE,
  MOST_MERCHANTS,
  MOST_OWNERS_OF_A_PAGE,
  MOST_SNAPSHOTS_OF_A_PAGE,
  OWNERS_OF_A_PAGE,
  SNAPSHOTS_OF_A_PAGE,
} from '../../contracts/http/limits.ts';
import type { CalledEvent } from '../../http/caller.ts';
import { HttpProblem } from '../../http/problems.ts';
import { invalidParameter, ownerExternalIdFault, readLimit, readOnce } from '../../http/query.ts';
import type { Change } from '../../use-cases/segments/changes.ts';
import type { Page } from '../../use-cases/segments/finished.ts';
import type { Snapshots } from '../../use-cases/segments/snapshots.ts';

const FILE_NAME = /^(csv|parquet)\/\d{1,9}\.\1$/;
const SNAPSHOT_ID = /^[\w-]{1,80}$/;

/** @throws HttpProblem INVALID_PARAMETER when it is not given */
export function readNeeded(event: CalledEvent, name: 'where' | 'since' | 'feature'): string {
  const value = readOnce(event, name);
  if (value === undefined) throw invalidParameter(name, 'must be given');
  if (name === 'since' && !SNAPSHOT_ID.test(value)) {
    throw new HttpProblem(
      'SNAPSHOT_NOT_FOUND',
      'There is no such snapshot to compare with; they are kept for 400 days.',
    );
  }
  return value;
}

export function readSnapshotsPage(event: CalledEvent): Parameters<Snapshots['list']>[1] {
  const cursor = readOnce(event, 'cursor');
  if (cursor !== undefined && !SNAPSHOT_ID.test(cursor)) throw invalidCursor();
  const samples = readOnce(event, 'samples') ?? 'false';
  if (samples !== 'true' && samples !== 'false') throw invalidParameter('samples', 'must be `true` or `false`');
  return {
    limit: readLimit(event, SNAPSHOTS_OF_A_PAGE, MOST_SNAPSHOTS_OF_A_PAGE),
    cursor,
    samples: samples === 'true',
  };
}

export function readMerchantsLimit(event: CalledEvent): number {
  return readLimit(event, MERCHANTS_OF_AN_ANSWER, MOST_MERCHANTS);
}

/** A page of owners. */
export function readIdsPage(event: CalledEvent): Page {
  const after = readCursor(event, (id) => ownerExternalIdFault(id) === undefined);
  return { limit: readLimit(event, OWNERS_OF_A_PAGE, MOST_OWNERS_OF_A_PAGE), after };
}

/** A page of files, by the name of the last one before it. */
export function readFilesPage(event: CalledEvent): Page {
  const after = readCursor(event, (name) => FILE_NAME.test(name));
  return { limit: readLimit(event, MOST_FILES_OF_A_PAGE, MOST_FILES_OF_A_PAGE), after };
}

/** What a cursor names, as `cursorBehind` writes it. @throws HttpProblem INVALID_PARAMETER for any other text */
function readCursor(event: CalledEvent, isName: (text: string) => boolean): string | undefined {
  const cursor = readOnce(event, 'cursor');
  if (cursor === undefined) return undefined;
  const name = Buffer.from(cursor, 'base64url').toString();
  if (!isName(name) || Buffer.from(name).toString('base64url') !== cursor) throw invalidCursor();
  return name;
}

/** `by=profile`, or nothing. */
export function wantsProfiles(event: CalledEvent): boolean {
  const by = readOnce(event, 'by');
  if (by !== undefined && by !== 'profile') throw invalidParameter('by', 'must be `profile`, or left out');
  return by === 'profile';
}

/**
 * `profile` and `change`, both or neither: with them owners are named, which needs the scope `read`.
 *
 * @throws HttpProblem INVALID_PARAMETER, FORBIDDEN
 */
export function readChange(event: CalledEvent): { readonly profile: string; readonly change: Change } | undefined {
  const [profile, change] = [readOnce(event, 'profile'), readOnce(event, 'change')];
  if (profile === undefined && change === undefined) return undefined;
  if (profile === undefined || profile === '')
    throw invalidParameter('profile', 'must be given together with `change`');
  if (change !== 'entered' && change !== 'left') throw invalidParameter('change', 'must be `entered` or `left`');
  if (!event.caller.scopes.includes('read')) {
    throw new HttpProblem('FORBIDDEN', 'The API key does not have the scope "read", which names of owners need.');
  }
  return { profile, change };
}

/** `feature` and `window`, as `pets.months` and `180d`. */
export function readFeature(event: CalledEvent): { readonly name: string; readonly window: number | null } {
  const name = readNeeded(event, 'feature');
  const window = readOnce(event, 'window');
  if (name.trim() === '') throw invalidParameter('feature', 'must name a feature, such as pets.months');
  if (window === undefined) return { name, window: null };
  const days = /^(\d{1,3})d$/.exec(window)?.[1];
  if (days === undefined) throw invalidParameter('window', 'must be a number of days, such as 180d');
  return { name, window: Number(days) };
}

const invalidCursor = () => invalidParameter('cursor', 'must be what the answer before says');
