/** docs/profiles.md: the built-in profiles, what makes and what keeps them, and why. */
import type { Catalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { type Definition, LONGEST_HOLD } from '../../functions/domain/catalogue/definition.ts';
import { ruleInWords } from './words.ts';

export function profilesPage({ definitions, labelNames }: Pick<Catalogue, 'definitions' | 'labelNames'>): string {
  const sensitive = definitions
    .filter(({ document }) => document.sensitive)
    .map(({ document }) => `\`${document.id}\``);
  const table = definitions.map(
    ({ document }) => `| [\`${document.id}\`](#${document.id}) | ${document.title} | ${document.description.trim()} |`,
  );
  return `# Profiles

The built-in profiles, written by \`npm run features\` from \`catalogue/profiles\`. What the features are: [features](features.md);
what the labels are: [labelling](labelling.md); how often they are right: [accuracy](accuracy.md).

A profile applies on a day when there is a day among the last ${LONGEST_HOLD} (or as many as its definition says) on which all that it takes to _get_ it held,
and all that it takes to _keep_ it has held on every day since. With less data than it needs it is not judged. Sensitive ones
(${sensitive.join(', ')}) are judged only for clients that turned them on.

| Profile | Title | Says |
|---|---|---|
${table.join('\n')}

${definitions.map((definition) => section(definition, labelNames)).join('\n')}`;
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
