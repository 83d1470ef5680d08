/** Which files a command means: files, folders with all files in them, and patterns. */
import { glob, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export type NamedFile = {
  readonly file: string;
  /** Found in a folder or by a pattern: skipped if it is not bank data. */
  readonly isFound: boolean;
};

/** Each file once, those of a folder or a pattern by name; a missing file stays in the list, so that its error names it. */
export async function namedFiles(names: readonly string[]): Promise<NamedFile[]> {
  const files = new Map<string, NamedFile>();
  for (const name of names) {
    for (const file of await filesOf(name)) if (!files.has(file.file)) files.set(file.file, file);
  }
  return [...files.values()];
}

async function filesOf(name: string): Promise<NamedFile[]> {
  if (name === '-') return [{ file: name, isFound: false }];
  const found = await stat(name).catch(() => undefined);
  if (found?.isDirectory()) return (await inFolder(name)).map((file) => ({ file, isFound: true }));
  if (found || !/[*?[{]/.test(name)) return [{ file: name, isFound: false }];
  const matches: string[] = [];
  for await (const match of glob(name)) {
    if ((await stat(match)).isDirectory()) matches.push(...(await inFolder(match)));
    else matches.push(match);
  }
  return matches.length === 0
    ? [{ file: name, isFound: false }]
    : matches.sort().map((file) => ({ file, isFound: true }));
}

/** Hidden files and folders belong to systems and editors. */
async function inFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !file
          .slice(folder.length)
          .split(/[\\/]/)
          .some((part) => part.startsWith('.')),
    )
    .sort();
}
