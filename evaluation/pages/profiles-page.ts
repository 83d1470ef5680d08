/** The generated parts of docs/reference/profiles.md: the built-in profiles, their rules to enter and to stay, and their model cards. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Catalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { type Definition, LONGEST_HOLD } from '../../functions/domain/catalogue/definition.ts';
import type { Parts } from '../../tools/docs/generated.ts';
import { ruleInWords } from './words.ts';

type Card = { readonly wrongFor: string; readonly notFor: string };

const CARDS = new URL('../cards.yaml', import.meta.url);
const MEASURED = '../explanation/accuracy.md#by-profile-and-country';

/** @throws Error when a definition has no card, or a card no definition */
export function profilesParts({ definitions, labelNames }: Pick<Catalogue, 'definitions' | 'labelNames'>): Parts {
  const cards = new Map(Object.entries(parse(readFileSync(CARDS, 'utf8')) as Record<string, Card>));
  const names = definitions.map(({ document }) => document.id);
  const odd = [...cards.keys()].filter((id) => !names.includes(id)).concat(names.filter((id) => !cards.has(id)));
  if (odd.length > 0) throw new Error(`evaluation/cards.yaml and the definitions differ in ${odd.join(', ')}`);
  const sensitive = definitions
    .filter(({ document }) => document.sensitive)
    .map(({ document }) => `\`${document.id}\``);
  const table = definitions.map(
    ({ document }) => `| [\`${document.id}\`](#${document.id}) | ${document.title} | ${document.description.trim()} |`,
  );
  return {
    'longest-hold': String(LONGEST_HOLD),
    sensitive: sensitive.join(', '),
    table: ['| Profile | Title | Says |', '|---|---|---|', ...table].join('\n'),
    profiles: definitions
      .map((definition) => section(definition, cards.get(definition.document.id)!, labelNames))
      .join('\n'),
  };
}

function section(
  { document, enter, stay, history, hold }: Definition,
  { wrongFor, notFor }: Card,
  labelNames: readonly string[],
): string {
  const needs = history > 0 ? `Needs ${history} days of data.` : 'Needs any data.';
  return `## ${document.id}

**${document.title}.** ${document.description.trim()}${document.sensitive ? ' _Sensitive._' : ''}

To get it:

${ruleInWords(enter, labelNames)}

${stay === enter ? 'To keep it: the same.' : `To keep it, for ${hold} days at most:\n\n${ruleInWords(stay, labelNames)}`}

${needs} ${document.why?.trim() ?? ''}

- **Wrong for:** ${wrongFor}
- **Not for:** ${notFor}
- **Measured:** [by country](${MEASURED})
`;
}
