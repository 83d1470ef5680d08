/** The generated parts of docs/reference/profiles.md: the built-in profiles, their rules to enter and to stay, and why. */
import type { Catalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { type Definition, LONGEST_HOLD } from '../../functions/domain/catalogue/definition.ts';
import type { Parts } from '../../tools/docs/generated.ts';
import { ruleInWords } from './words.ts';

export function profilesParts({ definitions, labelNames }: Pick<Catalogue, 'definitions' | 'labelNames'>): Parts {
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
    profiles: definitions.map((definition) => section(definition, labelNames)).join('\n'),
  };
}

function section({ document, enter, stay, history, hold }: Definition, labelNames: readonly string[]): string {
  const needs = history > 0 ? `Needs ${history} days of data.` : 'Needs any data.';
  return `## ${document.id}

**${document.title}.** ${document.description.trim()}${document.sensitive ? ' _Sensitive._' : ''}

To get it:

${ruleInWords(enter, labelNames)}

${stay === enter ? 'To keep it: the same.' : `To keep it, for ${hold} days at most:\n\n${ruleInWords(stay, labelNames)}`}

${needs} ${document.why?.trim() ?? ''}
`;
}
