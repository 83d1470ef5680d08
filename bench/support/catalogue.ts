/** The built-in catalogue, compiled once in a process; and catalogues of any number of definitions. */
import { compileDocument } from '../../catalogue/build/compile.ts';
import {
  type Catalogue,
  type CatalogueDocument,
  compileCatalogue,
} from '../../functions/domain/catalogue/catalogue.ts';
import {
  compileDefinition,
  type Definition,
  type DefinitionDocument,
  type RuleDocument,
} from '../../functions/domain/catalogue/definition.ts';

let document: CatalogueDocument | undefined;
let catalogue: Catalogue | undefined;

export function builtInDocument(): CatalogueDocument {
  document ??= compileDocument();
  return document;
}

/** Another copy, with its own cache of what it has read. */
export function another(): Catalogue {
  return compileCatalogue(builtInDocument());
}

export function builtIn(): Catalogue {
  catalogue ??= compileCatalogue(builtInDocument());
  return catalogue;
}

/**
 * As many definitions as requested, in the shapes of the built-in ones: each further round through them has other windows and
 * counts, like clients' variants.
 */
export function definitionDocuments(count: number): DefinitionDocument[] {
  const templates = builtInDocument().profiles;
  return Array.from({ length: count }, (_, index) => {
    const template = templates[index % templates.length]!;
    const turn = Math.floor(index / templates.length);
    if (turn === 0) return template;
    const enter = varied(template.enter, turn);
    return {
      ...template,
      id: `${template.id}-${turn}`,
      enter,
      ...(template.stay && { stay: varied(template.stay, turn) }),
    };
  });
}

export function definitions(count: number): Definition[] {
  const { labels, rates } = builtIn();
  return definitionDocuments(count).map((profile) => {
    const { definition, faults } = compileDefinition(profile, { labels }, rates);
    if (!definition) throw new Error(JSON.stringify(faults));
    return definition;
  });
}

function varied(rule: RuleDocument, turn: number): RuleDocument {
  if ('all' in rule) return { all: rule.all.map((inner) => varied(inner, turn)) };
  if ('any' in rule) return { any: rule.any.map((inner) => varied(inner, turn)) };
  if ('not' in rule) return { not: varied(rule.not, turn) };
  const { window } = rule;
  if (window === undefined) return rule;
  const days = Number.parseInt(window, 10);
  const other = Math.max(14, Math.min(365, Math.round(days * (1 + ((turn % 5) - 2) * 0.15))));
  const { atLeast } = rule;
  const raised = typeof atLeast === 'number' && Number.isInteger(atLeast) ? atLeast + Math.floor(turn / 5) : atLeast;
  return { ...rule, window: `${other}d`, ...(raised !== undefined && { atLeast: raised }) };
}
