/** What questions of snapshots share: only one that has finished answers them, and lists of owners come page by page. */
import type { Run } from '../../adapters/runs/run-store.ts';
import { RefusedError } from '../../runtime/errors.ts';
import type { Asker } from './asker.ts';
import { type ReadRun, readSnapshot } from './snapshots.ts';

/** A page of a list that is sorted by ids: those behind `after`. */
export type Page = { readonly limit: number; readonly after?: string | undefined };

/** @throws RefusedError SNAPSHOT_NOT_FOUND, SNAPSHOT_NOT_FINISHED */
export async function finishedSnapshot(parts: ReadRun, asker: Asker, snapshotId: string): Promise<Run> {
  const run = await readSnapshot(parts, asker, snapshotId);
  if (run.status === 'finished') return run;
  throw new RefusedError(
    'SNAPSHOT_NOT_FINISHED',
    `The snapshot is ${run.status}: only one that has finished can be asked.`,
  );
}

/** All profiles that were judged, sorted. */
export function profilesOf({ result }: Run): string[] {
  return (result?.sizes ?? []).map(({ profile }) => profile);
}

/** Where a page of ids ended. */
export function cursorBehind(id: string | undefined): string | null {
  return id === undefined ? null : Buffer.from(id).toString('base64url');
}

/** That a parameter is not valid, and why. */
export function invalidParameter(path: 'where' | 'profile' | 'since', message: string): RefusedError {
  const end = message.endsWith('?') ? '' : '.';
  return new RefusedError('INVALID_PARAMETER', `\`${path}\` ${message}${end}`, [{ path, message }]);
}
