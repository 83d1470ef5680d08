/** Files that hold keys, written so that nobody else reads them and nobody ever reads half of one. */
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

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
