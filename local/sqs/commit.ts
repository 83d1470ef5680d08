/**
 * Group commit. Every acknowledged write is on disk before its answer is sent (synchronous=FULL), and flushing a disk takes
 * milliseconds; so all writes that arrive in one turn of the event loop share one transaction and one flush.
 */
import type { DatabaseSync } from 'node:sqlite';

export type Commit = <Result>(work: () => Result) => Promise<Result>;

type Waiting = { readonly work: () => unknown; resolve(value: unknown): void; reject(error: unknown): void };

export function groupCommit(db: DatabaseSync): Commit {
  let waiting: Waiting[] = [];

  const flush = () => {
    const group = waiting;
    waiting = [];
    const settle: (() => void)[] = [];
    try {
      db.exec('BEGIN IMMEDIATE');
      for (const { work, resolve, reject } of group) {
        // A failed write must not undo the others of its batch.
        db.exec('SAVEPOINT one');
        try {
          const value = work();
          settle.push(() => resolve(value));
        } catch (error) {
          db.exec('ROLLBACK TO one');
          settle.push(() => reject(error));
        }
        db.exec('RELEASE one');
      }
      db.exec('COMMIT');
    } catch (error) {
      if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
      for (const { reject } of group) reject(error);
      return;
    }
    for (const answer of settle) answer();
  };

  return <Result>(work: () => Result) =>
    new Promise<Result>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
    });
}
