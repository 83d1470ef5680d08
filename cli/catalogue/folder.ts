/**
 * A client's catalogue as a folder of files, to be kept under version control:
 *
 *     catalogue.yaml           disabled: [night-owl], enabled: [gambler]
 *     catalogue.schema.json    for editors; written by `catalogue pull`
 *     labels.yaml              labels of the client's own; absent: none
 *     rules.yaml               rules that give labels and take built-in ones; absent: none
 *     labels/, rules/          more files of the same two forms, under any names
 *     profiles/<id>.yaml       one definition each; .yml and .json are read too
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { messageOf, usage } from '../errors.ts';
import { readSource, type Source, type SourceFault } from './source.ts';

export const FILES = {
  settings: 'catalogue.yaml',
  schema: 'catalogue.schema.json',
  profiles: 'profiles',
  labels: 'labels.yaml',
  rules: 'rules.yaml',
} as const;
/** Lists, each in one file, in those of a folder under its name, or in both. */
export const LISTS = ['labels', 'rules'] as const;
export type ListName = (typeof LISTS)[number];
const FORMATS = ['.yaml', '.yml', '.json'];

export type CatalogueFolder = {
  readonly directory: string;
  /** Absent when there is no such file: then this is not a client's folder. */
  readonly settings?: Source;
  readonly profiles: readonly ProfileSource[];
  /** The files of each list that exist. */
  readonly lists: Readonly<Record<ListName, readonly Source[]>>;
  /** Faults of the folder itself. */
  readonly faults: readonly SourceFault[];
};
/** `id` by the name of the file. */
export type ProfileSource = Source & { readonly id: string };

const [USUAL, BESIDE_BUILT_IN] = ['catalogue', 'own'];

/** The default folder: `catalogue`, or `own` where `catalogue` holds the built-in definitions, as in the project's own folder. */
export function usualFolder(): string {
  return isOfNobody(USUAL) ? BESIDE_BUILT_IN : USUAL;
}

function isOfNobody(directory: string): boolean {
  return existsSync(join(directory, FILES.profiles)) && !existsSync(join(directory, FILES.settings));
}

/** Reads the files; a folder that does not exist is an empty one. */
export function readFolder(directory: string): CatalogueFolder {
  const settings = textOf(join(directory, FILES.settings));
  const faults: SourceFault[] = misnamedLists(directory);
  const profiles: ProfileSource[] = [];
  for (const file of filesIn(join(directory, FILES.profiles), faults)) {
    const { name: id } = parse(file);
    const twin = profiles.find((other) => other.id === id);
    if (twin) faults.push({ file, path: '', message: `defines the same profile as ${twin.file}` });
    else profiles.push({ ...readSource(file, textOf(file) ?? ''), id });
  }
  const sourcesOf = (list: ListName) =>
    [join(directory, FILES[list]), ...filesIn(join(directory, list), faults)].flatMap((file) => {
      const text = textOf(file);
      return text === undefined ? [] : [readSource(file, text)];
    });
  return {
    directory,
    ...(settings !== undefined && { settings: readSource(join(directory, FILES.settings), settings) }),
    profiles,
    lists: { labels: sourcesOf('labels'), rules: sourcesOf('rules') },
    faults,
  };
}

/** The readable files of a folder that holds nothing but files. */
function filesIn(folder: string, faults: SourceFault[]): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const file = join(folder, entry.name);
    if (entry.name.startsWith('.')) return [];
    if (entry.isDirectory()) {
      faults.push({ file, path: '', message: `is a folder; files belong in \`${parse(folder).base}\` itself` });
      return [];
    }
    return FORMATS.includes(parse(entry.name).ext) ? [file] : [];
  });
}

/** Files that would be missed in silence: labels or rules in another format, such as `labels.yml`. */
function misnamedLists(directory: string): SourceFault[] {
  return entriesOf(directory).flatMap((entry): SourceFault[] => {
    const { name, ext } = parse(entry.name);
    const list = LISTS.find((one) => one === name);
    if (list === undefined || entry.isDirectory() || !FORMATS.includes(ext) || entry.name === FILES[list]) return [];
    const file = join(directory, entry.name);
    return [{ file, path: '', message: `is not read; ${list} belong in ${FILES[list]}, or in files in ${list}/` }];
  });
}

/** @throws {CliError} for a folder without `catalogue.yaml`: publishing an empty folder would remove everything */
export function readClientFolder(directory: string): CatalogueFolder & { readonly settings: Source } {
  const { settings, ...folder } = readFolder(directory);
  if (settings) return { ...folder, settings };
  throw usage(
    `there is no ${join(directory, FILES.settings)}`,
    `get the catalogue of your client first: owner-profiles catalogue pull ${isOfNobody(directory) ? BESIDE_BUILT_IN : directory}`,
  );
}

/** @throws {CliError} for definitions that are not a client's, such as the built-in ones: nothing is written there */
export function readFolderToFill(directory: string): CatalogueFolder {
  const folder = readFolder(directory);
  if (folder.settings || folder.profiles.length === 0) return folder;
  throw usage(
    `${directory} contains definitions, but no ${FILES.settings}`,
    "it is not a client's folder: name another one; it is created if it does not exist",
  );
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw usage(`cannot read ${folder}: ${messageOf(error)}`);
  }
}

/** The text of a file, `undefined` when there is none. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw usage(`cannot read ${file}: ${messageOf(error)}`);
  }
}
