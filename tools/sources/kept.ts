/** What takes long to make of sources is kept under their hash, and so made again only when they changed. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A text made of sources: as it is kept in the folder `home`, else made. Nothing else may lie in the folder.
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
    // Where nothing can be written it is made each time.
  }
  return text;
}

function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Whole or not at all, for others may make and read it at the same time; those of other sources go. */
function keep(home: string, hash: string, text: string): void {
  mkdirSync(home, { recursive: true });
  const draft = join(home, `${hash}.${process.pid}`);
  writeFileSync(draft, text);
  renameSync(draft, join(home, hash));
  for (const name of readdirSync(home)) if (!name.startsWith(hash)) rmSync(join(home, name), { force: true });
}
