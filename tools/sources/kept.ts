/** Slow results of sources are cached under the hash of those sources, and so rebuilt only when they changed. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A text built from sources: from the cache in the folder `home`, else built. Nothing else may be in the folder.
 *
 * @param hash names all that the text depends on
 */
export function keptText(home: string, hash: string, make: () => string): string {
  const kept = textIn(join(home, hash));
  if (kept !== undefined) return kept;
  const text = make();
  try {
    keep(home, hash, text);
  } catch {
    // If the folder is read-only, it is built each time.
  }
  return text;
}

/**
 * A folder with files built from sources: from the cache in the folder `home`, else built. Folders of other sources stay, because
 * running services may use them.
 *
 * @param hash names all that the files depend on
 */
export function keptFolder(home: string, hash: string, make: () => ReadonlyMap<string, Uint8Array>): string {
  const folder = join(home, hash);
  if (existsSync(folder)) return folder;
  // Atomically: tests and the local service build at the same time.
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  for (const [name, contents] of make()) writeFileSync(join(draft, name), contents);
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true });
  }
  return folder;
}

function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Atomically, because others may build and read it at the same time; texts of other sources are removed. */
function keep(home: string, hash: string, text: string): void {
  mkdirSync(home, { recursive: true });
  const draft = join(home, `${hash}.${process.pid}`);
  writeFileSync(draft, text);
  renameSync(draft, join(home, hash));
  for (const name of readdirSync(home)) if (!name.startsWith(hash)) rmSync(join(home, name), { force: true });
}
