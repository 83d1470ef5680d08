/** Private files; those with keys are also written atomically. */
import { chmodSync, closeSync, fsyncSync, openSync, readdirSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Files that this process and its children create from now on are private; so are those in a directory already, which an older
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
