/**
 * Locks between processes: one service per data directory, one synthesis at a time. They are SQLite's, and so the operating system's:
 * they are released with their process, even on SIGKILL, and a reused process id cannot hold one.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

export class DirectoryInUse extends Error {}

/** A service that was just asked to stop needs a moment. */
const PATIENCE_MS = 2500;
const ASK_EVERY_MS = 100;

type Lock = { release(): void };

/** @throws DirectoryInUse naming the process that holds it */
export function lockDirectory(directory: string, patienceMs = PATIENCE_MS): Lock {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const holder = join(directory, 'service.pid');
  const lock = tryLock(join(directory, 'service.lock'), patienceMs);
  if (!lock) {
    throw new DirectoryInUse(
      `${directory} is in use by the service with process id ${pidIn(holder)}: stop it, or set DATA_DIR`,
    );
  }
  writeFileSync(holder, `${process.pid}\n`);
  return lock;
}

/** Waits until no other process holds the lock of this file. */
export async function whenFree(file: string): Promise<Lock> {
  for (;;) {
    const lock = tryLock(file, 0);
    if (lock) return lock;
    await sleep(ASK_EVERY_MS);
  }
}

function tryLock(file: string, patienceMs: number): Lock | undefined {
  const db = new DatabaseSync(file, { timeout: patienceMs });
  try {
    db.exec('BEGIN EXCLUSIVE');
    return { release: () => db.close() };
  } catch (error) {
    db.close();
    if (/locked|busy/i.test((error as Error).message)) return undefined;
    throw error;
  }
}

function pidIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
