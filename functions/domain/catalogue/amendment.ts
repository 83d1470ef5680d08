/**
 * A client's amendment of the catalogue: profiles of its own, built-in ones it puts in another's place or switches off, and
 * sensitive ones it switches on; and labels and rules of its own beside the built-in ones, which stay as they are.
 */

import { compareCodePoints } from '../values/code-points.ts';
import type { Fault } from '../values/fault.ts';
import { nearest } from '../values/nearest.ts';
import type { Catalogue } from './catalogue.ts';
import { type ClientSettings, isForCredit } from './client-settings.ts';
import { compileDefinition, conditionsOf, type Definition, type DefinitionDocument } from './definition.ts';
import { type OwnWordsDocument, ownWordsFaults, withOwnWords } from './own-words.ts';
import { readsSpecial, specialLabels, withoutSpecial } from './purpose.ts';

export type AmendmentDocument = OwnWordsDocument & {
  /** Definitions of the client's own; one with the id of a built-in profile replaces it. */
  readonly profiles: readonly DefinitionDocument[];
  /** Built-in profiles that are not judged. */
  readonly disabled: readonly string[];
  /** Sensitive profiles that are judged. */
  readonly enabled: readonly string[];
};

export const NO_AMENDMENT: AmendmentDocument = {
  profiles: [],
  disabled: [],
  enabled: [],
  labels: [],
  rules: [],
};

/** Definitions that a client may add or override. */
export const MOST_PROFILES = 100;
/** Conditions in all of them together: bounds what judging an owner can cost. */
export const MOST_CONDITIONS_TOGETHER = 1000;
/** An amendment as JSON in UTF-8: an item of the table holds 400 KB. */
export const MOST_AMENDMENT_BYTES = 256 * 1024;

export type Origin = 'built-in' | 'own' | 'overridden' | 'disabled';
export type CatalogueEntry = {
  readonly definition: Definition;
  readonly origin: Origin;
  readonly sensitive: boolean;
  /** Whether the profile is judged for the client. */
  readonly enabled: boolean;
};
export type AmendedCatalogue = {
  /** The built-in catalogue with the client's own words. */
  readonly base: Catalogue;
  /** The labels that may be asked for, by number: for credit none of special categories. */
  readonly labels: ReadonlyMap<string, number>;
  /** The same for catalogues that label rows alike. */
  readonly words: string;
  /** In the order of their ids. */
  readonly entries: readonly CatalogueEntry[];
  /** The definitions that are judged, in the order of their ids. */
  readonly judged: readonly Definition[];
  /** What of the amendment does not hold under this built-in catalogue; those definitions are not judged. */
  readonly faults: readonly Fault[];
};

const NO_LABELS: ReadonlySet<number> = new Set();

/** The catalogue that holds for a client. */
export function amend(builtInOnly: Catalogue, document: AmendmentDocument, settings: ClientSettings): AmendedCatalogue {
  const { catalogue, faults: ofWords } = withOwnWords(builtInOnly, document);
  const forCredit = isForCredit(settings);
  const base = forCredit ? withoutSpecial(catalogue, builtInOnly) : catalogue;
  const special = forCredit ? specialLabels(base) : NO_LABELS;
  const labels = new Map([...base.labels].filter(([, number]) => !special.has(number)));
  const { own, faults: ofProfiles } = compileOwn(base, document);
  const overridden = new Set(document.profiles.map(({ id }) => id));
  const enabled = new Set([...settings.enabledProfiles, ...document.enabled]);
  const disabled = new Set(document.disabled);
  const builtIn = new Map(base.definitions.map((definition) => [definition.document.id, definition]));
  const entryOf = (definition: Definition, origin: Origin): CatalogueEntry => {
    const { id } = definition.document;
    const sensitive = isSensitive(definition.document, builtIn.get(id));
    const isOn = origin !== 'disabled' && (!sensitive || enabled.has(id));
    return { definition, origin, sensitive, enabled: isOn && !readsSpecial(definition, special) };
  };
  const entries = [
    ...base.definitions.flatMap((definition) => {
      const { id } = definition.document;
      return overridden.has(id) ? [] : [entryOf(definition, disabled.has(id) ? 'disabled' : 'built-in')];
    }),
    ...own.map((definition) => entryOf(definition, builtIn.has(definition.document.id) ? 'overridden' : 'own')),
  ].sort((a, b) => compareCodePoints(a.definition.document.id, b.definition.document.id));
  const judged = entries.filter((entry) => entry.enabled).map(({ definition }) => definition);
  return { base, labels, words: canonicalWords(document), entries, judged, faults: [...ofWords, ...ofProfiles] };
}

/** Every fault of an amendment, with its path and, for a wrong name, the nearest right one; none: it may be published. */
export function amendmentFaults(base: Catalogue, document: AmendmentDocument): Fault[] {
  const { own, faults } = compileOwn(withOwnWords(base, document).catalogue, document);
  const builtIn = new Map(base.definitions.map((definition) => [definition.document.id, definition]));
  const places = new Map<string, number>();
  for (const [index, definition] of document.profiles.entries()) {
    const first = places.get(definition.id);
    if (first !== undefined) {
      faults.push({
        path: `profiles[${index}].id`,
        message: `must be defined once, and "${definition.id}" is at profiles[${first}] too`,
      });
    } else places.set(definition.id, index);
    if (definition.sensitive === false && builtIn.get(definition.id)?.document.sensitive) {
      faults.push({
        path: `profiles[${index}].sensitive`,
        message: `must be true: the built-in profile "${definition.id}" is sensitive, and so is what replaces it`,
      });
    }
  }
  faults.push(...listFaults('disabled', document.disabled, (id) => disabledFault(id, places, builtIn)));
  faults.push(...listFaults('enabled', document.enabled, (id) => enabledFault(id, document, builtIn)));
  faults.push(...ownWordsFaults(base, document));
  faults.push(...sizeFaults(document, own));
  return faults;
}

/** The same for amendments that say the same, whatever the order of their parts. */
export function canonicalText(document: AmendmentDocument): string {
  const { labels, rules, ...rest } = normalised(document);
  // What has no words of its own says what it said before there were any.
  const words = { ...(labels.length > 0 && { labels }), ...(rules.length > 0 && { rules }) };
  return JSON.stringify(inOrder({ ...rest, ...words }));
}

function canonicalWords({ labels, rules }: OwnWordsDocument): string {
  return canonicalText({ ...NO_AMENDMENT, labels, rules });
}

/** Profiles in the order of their ids, lists sorted and without repetition. */
export function normalised({ profiles, disabled, enabled, labels, rules }: AmendmentDocument): AmendmentDocument {
  return {
    profiles: byId(profiles),
    disabled: [...new Set(disabled)].sort(compareCodePoints),
    enabled: [...new Set(enabled)].sort(compareCodePoints),
    labels: byId(labels),
    rules: byId(rules),
  };
}

function byId<Entry extends { readonly id: string }>(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((a, b) => compareCodePoints(a.id, b.id));
}

export type AmendmentChange = { readonly path: string; readonly change: 'added' | 'changed' | 'removed' };

/** What was done to get from one amendment to another: `profiles.pet-owner` changed, `disabled.night-owl` added. */
export function changesBetween(before: AmendmentDocument, after: AmendmentDocument): AmendmentChange[] {
  const from = partsOf(before);
  const to = partsOf(after);
  return [...new Set([...from.keys(), ...to.keys()])].sort(compareCodePoints).flatMap((path): AmendmentChange[] => {
    if (!from.has(path)) return [{ path, change: 'added' }];
    if (!to.has(path)) return [{ path, change: 'removed' }];
    return from.get(path) === to.get(path) ? [] : [{ path, change: 'changed' }];
  });
}

function partsOf({ profiles, disabled, enabled, labels, rules }: AmendmentDocument): Map<string, string> {
  return new Map([
    ...profiles.map((profile) => [`profiles.${profile.id}`, JSON.stringify(inOrder(profile))] as const),
    ...disabled.map((id) => [`disabled.${id}`, ''] as const),
    ...enabled.map((id) => [`enabled.${id}`, ''] as const),
    ...labels.map((label) => [`labels.${label.id}`, JSON.stringify(inOrder(label))] as const),
    ...rules.map((rule) => [`rules.${rule.id}`, JSON.stringify(inOrder(rule))] as const),
  ]);
}

function compileOwn(base: Catalogue, { profiles }: AmendmentDocument): { own: Definition[]; faults: Fault[] } {
  const own: Definition[] = [];
  const faults: Fault[] = [];
  for (const [index, document] of profiles.entries()) {
    const compiled = compileDefinition(document, base, base.rates);
    if (compiled.definition) own.push(compiled.definition);
    else faults.push(...compiled.faults.map(({ path, message }) => ({ path: `profiles[${index}].${path}`, message })));
  }
  return { own, faults };
}

/** A definition in the place of a sensitive one is sensitive too: nothing is switched on without being named. */
function isSensitive(document: DefinitionDocument, builtIn: Definition | undefined): boolean {
  return document.sensitive === true || builtIn?.document.sensitive === true;
}

type Ids = ReadonlyMap<string, unknown>;

function listFaults(name: string, ids: readonly string[], faultOf: (id: string) => string | undefined): Fault[] {
  return ids.flatMap((id, index) => {
    const message = faultOf(id);
    return message === undefined ? [] : [{ path: `${name}[${index}]`, message }];
  });
}

function disabledFault(id: string, own: Ids, builtIn: Ids): string | undefined {
  if (!builtIn.has(id)) return unknownProfile('built-in profile', id, builtIn.keys());
  if (own.has(id)) return `must not be defined as well: take "${id}" out of one of them`;
  return undefined;
}

function enabledFault(
  id: string,
  { profiles, disabled }: AmendmentDocument,
  builtIn: ReadonlyMap<string, Definition>,
): string | undefined {
  const own = profiles.find((profile) => profile.id === id);
  const document = own ?? builtIn.get(id)?.document;
  if (!document) return unknownProfile('profile', id, [...profiles.map((profile) => profile.id), ...builtIn.keys()]);
  if (disabled.includes(id)) return `must not be disabled as well: take "${id}" out of one of them`;
  if (!isSensitive(document, builtIn.get(id)))
    return `must be a sensitive profile: "${id}" is judged without being enabled`;
  return undefined;
}

function unknownProfile(what: string, id: string, ids: Iterable<string>): string {
  const near = nearest(id, ids);
  return `must be a known ${what}, and \`${id}\` is not${near ? `: did you mean \`${near}\`?` : ''}`;
}

function sizeFaults({ profiles }: AmendmentDocument, own: readonly Definition[]): Fault[] {
  const conditions = own.flatMap(({ enter, stay }) => [
    ...conditionsOf(enter),
    ...(stay === enter ? [] : conditionsOf(stay)),
  ]);
  return [
    ...(profiles.length > MOST_PROFILES
      ? [
          {
            path: 'profiles',
            message: `must not have more than ${MOST_PROFILES} profiles, and has ${profiles.length}`,
          },
        ]
      : []),
    ...(conditions.length > MOST_CONDITIONS_TOGETHER
      ? [
          {
            path: 'profiles',
            message: `must not have more than ${MOST_CONDITIONS_TOGETHER} conditions together, and have ${conditions.length}`,
          },
        ]
      : []),
  ];
}

/** Fields in the order of their names; what is not there is left out, as JSON does. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => compareCodePoints(a, b)).map(([name, field]) => [name, inOrder(field)]),
  );
}
