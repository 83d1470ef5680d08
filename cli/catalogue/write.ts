/** Writes an amendment as a folder of files. Files whose content is already right stay untouched, with their comments. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Document, isScalar, stringify, visit } from 'yaml';
import { readAmendment, readDefinition } from '../../functions/contracts/catalogue/amendment.ts';
import { type AmendmentDocument, canonicalText, NO_AMENDMENT } from '../../functions/domain/catalogue/amendment.ts';
import type { DefinitionDocument } from '../../functions/domain/catalogue/definition.ts';
import { listsIn, readList } from './check.ts';
import { type CatalogueFolder, FILES, LISTS, type ListName, textOf } from './folder.ts';

export type Change = {
  readonly file: string;
  readonly change: 'new' | 'overwritten' | 'removed';
  /** Absent: the file is deleted. */
  readonly text?: string;
};

/** The writes that make a folder match an amendment. */
export function changesTo(folder: CatalogueFolder, amendment: AmendmentDocument): Change[] {
  return [
    ...settingsChange(folder, amendment),
    ...listChanges(folder, amendment),
    ...profileChanges(folder, amendment),
  ];
}

export function apply(directory: string, changes: readonly Change[]): void {
  mkdirSync(join(directory, FILES.profiles), { recursive: true });
  for (const { file, text } of changes) {
    if (text === undefined) rmSync(file);
    else writeFileSync(file, text);
  }
}

/** @returns whether the file was missing or different */
export function writeSchema(directory: string, schema: unknown): boolean {
  const file = join(directory, FILES.schema);
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (textOf(file) === text) return false;
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, text);
  return true;
}

function settingsChange({ directory, settings }: CatalogueFolder, amendment: AmendmentDocument): Change[] {
  const file = join(directory, FILES.settings);
  const text = settingsText(amendment);
  if (!settings) return [{ file, change: 'new', text }];
  const { value } = readAmendment(listsIn(settings));
  const settingsIn = ({ disabled, enabled }: AmendmentDocument) =>
    canonicalText({ ...NO_AMENDMENT, disabled, enabled });
  const same = value && settingsIn(value) === settingsIn(amendment);
  return same ? [] : [{ file, change: 'overwritten', text }];
}

/** The files of labels and rules. Each entry stays in its file, and new ones go into the usual one; an empty file is not written. */
function listChanges({ directory, lists }: CatalogueFolder, amendment: AmendmentDocument): Change[] {
  return LISTS.flatMap((list): Change[] => {
    const usual = join(directory, FILES[list]);
    const files = lists[list].map((source) => ({ file: source.file, said: readList(list, source).value }));
    if (!files.some(({ file }) => file === usual)) files.unshift({ file: usual, said: NO_AMENDMENT });
    const placeOf = ({ id }: { readonly id: string }) =>
      files.find(({ said }) => said?.[list].some((entry) => entry.id === id))?.file ?? usual;
    const byFile = Map.groupBy<string, AmendmentDocument[ListName][number]>(amendment[list], placeOf);
    return files.flatMap(({ file, said }): Change[] => {
      const entries = byFile.get(file) ?? [];
      const textOfAll = (all: readonly object[]) => canonicalText({ ...NO_AMENDMENT, [list]: all });
      if (said && textOfAll(said[list]) === textOfAll(entries)) return [];
      if (entries.length === 0) return [{ file, change: 'removed' }];
      const change = said === NO_AMENDMENT ? 'new' : 'overwritten';
      const text = textFor(file, entries, () => listText(list, entries, file === usual ? '' : '../'));
      return [{ file, change, text }];
    });
  });
}

function textFor(file: string, value: object, yaml: () => string): string {
  return extname(file) === '.json' ? `${JSON.stringify(value, null, 2)}\n` : yaml();
}

function profileChanges({ directory, profiles }: CatalogueFolder, amendment: AmendmentDocument): Change[] {
  const kept = amendment.profiles.flatMap((definition): Change[] => {
    const source = profiles.find(({ id }) => id === definition.id);
    const file = source?.file ?? join(directory, FILES.profiles, `${definition.id}.yaml`);
    const text = textFor(file, definition, () => definitionText(definition));
    if (!source) return [{ file, change: 'new', text }];
    return saysTheSame(source.value, definition) ? [] : [{ file, change: 'overwritten', text }];
  });
  const gone = profiles.filter(({ id }) => !amendment.profiles.some((definition) => definition.id === id));
  return [...kept, ...gone.map(({ file }): Change => ({ file, change: 'removed' }))];
}

function saysTheSame(value: unknown, definition: DefinitionDocument): boolean {
  const { value: read } = readDefinition(value);
  return read !== undefined && textOfOne(read) === textOfOne(definition);
}

const textOfOne = (definition: DefinitionDocument) => canonicalText({ ...NO_AMENDMENT, profiles: [definition] });

const WIDTH = 120;
/** Longer texts are below their field, folded. */
const LONGEST_PLAIN = 90;
/** In the order in which people write them, whatever the service's order. */
const ORDER = 'id title group description why sensitive enter stay needs hold feature window when give take'.split(' ');

export function settingsText({ disabled, enabled }: AmendmentDocument): string {
  return [
    modeline(FILES.schema),
    '# Built-in profiles that are not judged.',
    `disabled: ${onOneLine(disabled)}`,
    '# Sensitive profiles that are judged.',
    `enabled: ${onOneLine(enabled)}`,
    '',
  ].join('\n');
}

function onOneLine(ids: readonly string[]): string {
  return stringify(ids, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trimEnd();
}

export function definitionText(definition: DefinitionDocument): string {
  const document = new Document(inOrder(definition));
  visit(document, {
    Map: (_, node) => {
      // Each on one line, so that a rule fits in one view.
      if (node.has('feature') || node.has('history')) node.flow = true;
    },
    Pair: (_, { key, value }) => {
      const folded = isScalar(key) && (key.value === 'description' || key.value === 'why');
      if (folded && isScalar(value) && String(value.value).length > LONGEST_PLAIN) value.type = 'BLOCK_FOLDED';
    },
  });
  return `${definitionModeline}${document.toString({ lineWidth: WIDTH })}`;
}

/**
 * A list with an entry on each line, or below it where it is long.
 *
 * @param up the way from the file to the folder of the catalogue
 */
export function listText(list: ListName, entries: readonly object[], up = ''): string {
  return `${modeline(`${up}${FILES.schema}#/$defs/${list}`)}\n${entriesText(entries)}`;
}

/** One entry of such a list. */
export function entryText(entry: object): string {
  return entriesText([entry]);
}

function entriesText(entries: readonly object[]): string {
  const document = new Document(entries.map(inOrder));
  visit(document, {
    Map: (_, node) => {
      if (node.has('group') || node.has('atLeast') || node.has('atMost')) node.flow = true;
    },
    Seq: (_, node, path) => {
      if (path.length > 1) node.flow = true;
    },
  });
  return document.toString({ lineWidth: WIDTH });
}

function modeline(schema: string): string {
  return `# yaml-language-server: $schema=${schema}`;
}

/** Names the schema of a file in `profiles/` for editors. */
export const definitionModeline = `${modeline(`../${FILES.schema}#/$defs/definition`)}\n`;

function rank(field: string): number {
  const place = ORDER.indexOf(field);
  return place === -1 ? ORDER.length : place;
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => rank(a) - rank(b)).map(([name, field]) => [name, inOrder(field)]),
  );
}
