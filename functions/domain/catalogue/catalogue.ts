/** The catalogue as the domain uses it: labels, rules of labelling, rates and definitions, compiled once. */

import { type PreparedRules, prepareRules } from '../labels/prepared-rules.ts';
import { type Labeller, openLabeller } from '../labels/row-labeller.ts';
import type { LabelRules } from '../labels/rules.ts';
import { compareCodePoints } from '../values/code-points.ts';
import { openRates, type Rates, type RatesDocument } from '../values/rates.ts';
import type { ClientSettings } from './client-settings.ts';
import { compileDefinition, type Definition, type DefinitionDocument } from './definition.ts';

/** The built-in catalogue as data: what the files in `catalogue/` say, checked for their form. */
export type CatalogueDocument = {
  /** Names the content: another content, another version. */
  readonly version: string;
  readonly labels: readonly { readonly id: string; readonly group: string }[];
  readonly rates: RatesDocument;
  readonly rules: LabelRules;
  readonly profiles: readonly DefinitionDocument[];
};

export type Catalogue = {
  readonly version: string;
  /** Label → index. */
  readonly labels: ReadonlyMap<string, number>;
  readonly labelNames: readonly string[];
  /** Label → group. */
  readonly groupOf: ReadonlyMap<string, string>;
  readonly labeller: Labeller;
  readonly rates: Rates;
  /** All definitions, in the order of their ids. */
  readonly definitions: readonly Definition[];
};

/** The catalogue as it is stored beside the code: its rules sorted so that a fresh process need not compile them all. */
export type PreparedCatalogue = Omit<CatalogueDocument, 'rules'> & { readonly rules: PreparedRules };

export function prepareCatalogue(document: CatalogueDocument): PreparedCatalogue {
  return { ...document, rules: prepareRules(document.rules) };
}

export function compileCatalogue(document: CatalogueDocument): Catalogue {
  return openCatalogue(prepareCatalogue(document));
}

/** Opens a catalogue; throws with every fault of its definitions, because a catalogue with a fault must not be released. */
export function openCatalogue(document: PreparedCatalogue): Catalogue {
  const labelNames = document.labels.map(({ id }) => id);
  const labels = new Map(labelNames.map((name, index) => [name, index]));
  const groupOf = new Map(document.labels.map(({ id, group }) => [id, group]));
  const rates = openRates(document.rates);
  const faults: string[] = [];
  const definitions: Definition[] = [];
  for (const profile of document.profiles) {
    const compiled = compileDefinition(profile, { labels }, rates);
    if (compiled.definition) definitions.push(compiled.definition);
    else faults.push(...compiled.faults.map(({ path, message }) => `profile ${profile.id}: ${path} ${message}`));
  }
  if (faults.length > 0) throw new Error(`the catalogue does not hold:\n${faults.join('\n')}`);
  definitions.sort((a, b) => compareCodePoints(a.document.id, b.document.id));
  return {
    version: document.version,
    labels,
    labelNames,
    groupOf,
    labeller: openLabeller(document.rules, groupOf, rates),
    rates,
    definitions,
  };
}

/** Names all that a client's answers depend on: the built-in catalogue, its amendment, and the sensitive profiles turned on. */
export function versionFor(version: string, { amendment, enabledProfiles }: ClientSettings): string {
  const amended = amendment === undefined ? version : `${version}.${amendment}`;
  return [amended, ...enabledProfiles].join('+');
}
