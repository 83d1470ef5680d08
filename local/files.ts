/** Files that nobody else reads: those with keys are also written so that nobody ever reads half of one. */
import { chmodSync, closeSync, fsyncSync, openSync, readdirSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What this process and its children make from now on, nobody else may read; nor what lies in a directory already, which an earlier
 * version may have made readable.
 */
export function keepPrivate(directory: string): void {
  process.umask(0o077);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    chmodSync(join(directory, entry.name), entry.isDirectory() ? 0o700 : 0o600);
  }
}

export function writePrivately(path: string, text: string): void {
  const draft = `${path}.${process.pid}.draft`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}
