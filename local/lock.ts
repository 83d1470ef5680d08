/**
 * One service per data directory. The lock is SQLite's, thus the operating system's: it falls with its process, also by SIGKILL, and
 * no process id that was given away again can hold it up.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export class DirectoryInUse extends Error {}

/** A service that was just told to stop needs a moment. */
const PATIENCE_MS = 2500;

/** @throws DirectoryInUse naming the process that has it */
export function lockDirectory(directory: string, patienceMs = PATIENCE_MS): { release(): void } {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const holder = join(directory, 'service.pid');
  const db = new DatabaseSync(join(directory, 'service.lock'), { timeout: patienceMs });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!/locked|busy/i.test((error as Error).message)) throw error;
    throw new DirectoryInUse(
      `${directory} is in use by the service with process id ${pidIn(holder)}: stop it, or set DATA_DIR`,
    );
  }
  writeFileSync(holder, `${process.pid}\n`);
  return { release: () => db.close() };
}

function pidIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
