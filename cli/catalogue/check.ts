/** Checks a folder by the service's own rules, without a request: form by its schemas, meaning by its domain. */
import { readAmendment, readDefinition } from '../../functions/contracts/catalogue/amendment.ts';
import { type AmendmentDocument, amendmentFaults, NO_AMENDMENT } from '../../functions/domain/catalogue/amendment.ts';
import type { Catalogue } from '../../functions/domain/catalogue/catalogue.ts';
import type { DefinitionDocument } from '../../functions/domain/catalogue/definition.ts';
import type { OwnWordsDocument } from '../../functions/domain/catalogue/own-words.ts';
import type { Fault } from '../../functions/domain/values/fault.ts';
import { type CatalogueFolder, FILES, LISTS, type ListName, type ProfileSource } from './folder.ts';
import type { Source, SourceFault } from './source.ts';

export type Checked = {
  /** Without the faulty parts; complete when there are no faults. */
  readonly amendment: AmendmentDocument;
  readonly faults: readonly SourceFault[];
};

/** The entries of one file of a list. `from`: how many entries come before them, in other files. */
type Part = { readonly list: ListName; readonly source: Source; readonly from: number; readonly entries: number };
type Words = { readonly document: OwnWordsDocument; readonly parts: readonly Part[]; readonly isRead: boolean };
type Sound = { readonly source: ProfileSource; readonly definition: DefinitionDocument };

export function checkFolder(folder: CatalogueFolder & { readonly settings: Source }, base: Catalogue): Checked {
  const faults: SourceFault[] = [...folder.faults];
  const lists = listsOf(folder.settings, faults);
  const sound = folder.profiles.flatMap((source) => soundOf(source, faults));
  const words = wordsOf(folder, faults);
  const { labels, rules } = words.document;
  const amendment = { profiles: sound.map(({ definition }) => definition), ...lists, labels, rules };
  // A list may name a profile whose file cannot be read, or a definition a label of such a file: that is one fault, not two.
  const complete = sound.length === folder.profiles.length && folder.faults.length === 0;
  for (const fault of amendmentFaults(base, amendment)) {
    const isKnown = listOf(fault.path) || fault.path.startsWith('profiles') ? words.isRead : complete;
    if (isKnown) faults.push(placed(fault, folder, sound, words.parts));
  }
  return { amendment, faults: faults.sort(byPlace) };
}

function listsOf(settings: Source, faults: SourceFault[]): Pick<AmendmentDocument, 'disabled' | 'enabled'> {
  faults.push(...settings.faults);
  const value = listsIn(settings);
  const elsewhere = ['profiles', ...LISTS].find(
    (field) => typeof value === 'object' && value !== null && Object.hasOwn(value, field),
  );
  if (elsewhere !== undefined) {
    const message =
      elsewhere === 'profiles'
        ? `definitions belong in files of their own: ${FILES.profiles}/<id>.yaml`
        : `${elsewhere} belong in a file of their own: ${elsewhere}.yaml`;
    faults.push(settings.faultAt(elsewhere, message));
  } else if (settings.faults.length === 0) {
    const read = readAmendment(value);
    if (read.value) return { disabled: read.value.disabled, enabled: read.value.enabled };
    faults.push(...read.faults.map(({ path, message }) => settings.faultAt(path, message)));
  }
  return { disabled: [], enabled: [] };
}

/** The labels and rules of all files; none if one is malformed, because each refers to others. */
function wordsOf({ lists }: CatalogueFolder, faults: SourceFault[]): Words {
  const before = faults.length;
  const read: AmendmentDocument[] = [];
  const parts: Part[] = [];
  for (const list of LISTS) {
    let from = 0;
    for (const source of lists[list]) {
      faults.push(...source.faults);
      if (source.faults.length > 0) continue;
      const { value, faults: ofForm = [] } = readList(list, source);
      faults.push(...ofForm.map(({ path, message }) => faultInFile(list, source, path, message)));
      if (!value) continue;
      read.push(value);
      parts.push({ list, source, from, entries: value[list].length });
      from += value[list].length;
    }
  }
  if (faults.length > before) return { document: NO_AMENDMENT, parts, isRead: false };
  const document = { labels: read.flatMap(({ labels }) => labels), rules: read.flatMap(({ rules }) => rules) };
  return { document, parts, isRead: true };
}

/** What one file of a list says: an amendment of that list alone. */
export function readList(list: ListName, source: Source) {
  return readAmendment({ [list]: listIn(source, list).value ?? [] });
}

/** A file holds a list, or an object with the list under its name. Returns where the list is in the file. */
function listIn({ value }: Source, list: ListName): { value: unknown; path: string } {
  const inside = typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, list);
  return inside ? { value: (value as Record<string, unknown>)[list], path: list } : { value, path: '' };
}

/** The fault at `rules[3].when` of one file, at its place there. */
function faultInFile(list: ListName, source: Source, path: string, message: string): SourceFault {
  const inside = `${listIn(source, list).path}${path.slice(list.length)}`;
  return { ...source.faultAt(inside, message), path };
}

/** The fault at `rules[3].when` of all files together, in the file that holds that entry, as is an entry that its message names. */
function faultInList(list: ListName, parts: readonly Part[], path: string, message: string): SourceFault {
  const ofList = parts.filter((part) => part.list === list);
  const own = partAt(ofList, ENTRY.exec(path)?.[1]) ?? ofList[0];
  if (!own) return { file: FILES[list], path, message };
  const inFile = (text: string) =>
    text.replace(ENTRY, (place, index: string) => {
      const part = partAt(ofList, index);
      if (!part) return place;
      return `${list}[${Number(index) - part.from}]${part === own ? '' : ` in ${part.source.file}`}`;
    });
  return faultInFile(list, own.source, inFile(path), inFile(message));
}

const ENTRY = /(?:labels|rules)\[(\d+)\]/;

/** The list that a fault is in. */
const listOf = (path: string) => LISTS.find((list) => path.startsWith(list));

function partAt(parts: readonly Part[], index: string | undefined): Part | undefined {
  return parts.find(({ from, entries }) => Number(index) >= from && Number(index) < from + entries);
}

/** An empty file, or `disabled:` with only comments or nothing after it, means an empty list. */
export function listsIn({ value }: Source): unknown {
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null));
}

function soundOf(source: ProfileSource, faults: SourceFault[]): Sound[] {
  faults.push(...source.faults);
  if (source.faults.length > 0) return [];
  const { value: definition, faults: ofForm = [] } = readDefinition(source.value);
  faults.push(...ofForm.map(({ path, message }) => source.faultAt(path, message)));
  if (!definition) return [];
  if (definition.id === source.id) return [{ source, definition }];
  faults.push(source.faultAt('id', `"${definition.id}" must be the name of the file, which is "${source.id}"`));
  return [];
}

/** From a path in the amendment to its file and its place there. */
function placed(
  { path, message }: Fault,
  { directory, settings }: CatalogueFolder,
  sound: readonly Sound[],
  parts: readonly Part[],
) {
  const list = listOf(path);
  if (list) return faultInList(list, parts, path, message);
  const [, index, rest = ''] = /^profiles\[(\d+)\]\.?(.*)$/s.exec(path) ?? [];
  const source = index === undefined ? settings : sound[Number(index)]?.source;
  if (!source || path === 'profiles') return { file: `${directory}/${FILES.profiles}`, path: '', message };
  return source.faultAt(index === undefined ? path : rest, message);
}

function byPlace(a: SourceFault, b: SourceFault): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
