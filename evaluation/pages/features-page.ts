/** `npm run features`: writes docs/features.md and docs/profiles.md from what the code and the catalogue say. */
import { writeFileSync } from 'node:fs';
import { compileDocument } from '../../catalogue/build/compile.ts';
import {
  type Catalogue,
  type CatalogueDocument,
  compileCatalogue,
} from '../../functions/domain/catalogue/catalogue.ts';
import { LONGEST_WINDOW } from '../../functions/domain/catalogue/definition.ts';
import {
  NOT_GOODS,
  NOT_INCOME,
  NOT_SPENDING,
  ORDERED,
  REGULAR_INCOME,
} from '../../functions/domain/features/columns.ts';
import {
  OWNER_METRICS,
  type OwnerMetric,
  SET_METRICS,
  type SetMetric,
} from '../../functions/domain/features/feature.ts';
import { decimalsOf } from '../../functions/domain/values/money.ts';
import type { Rate } from '../../functions/domain/values/rates.ts';
import { EXAMPLE_DAY, EXAMPLE_ROWS, EXAMPLE_WINDOW, exampleOf } from './example.ts';
import { profilesPage } from './profiles-page.ts';

/** What a value of a unit looks like; units that are counts need no words. */
const UNITS: Readonly<Record<string, string>> = { money: 'EUR', ratio: 'ratio, 0.25 or 25%' };

/** Both pages by their paths from the root of the repository. */
export function pages(document: CatalogueDocument): ReadonlyMap<string, string> {
  const catalogue = compileCatalogue(document);
  return new Map([
    ['docs/features.md', featuresPage(catalogue)],
    ['docs/profiles.md', profilesPage(catalogue)],
  ]);
}

function featuresPage(catalogue: Catalogue): string {
  const setMetrics = Object.entries(SET_METRICS).map(([name, metric]) => {
    const { written, value } = exampleOf({ of: 'set', name: name as SetMetric }, catalogue);
    return row(`\`${name}\``, metric.title, unit(metric.unit), metric.formula, code(written), value);
  });
  const ownerMetrics = Object.entries(OWNER_METRICS).map(([name, metric]) => {
    const { written, value } = exampleOf({ of: 'owner', name: name as OwnerMetric }, catalogue);
    return row(`\`owner.${name}\``, metric.title, unit(metric.unit), metric.formula, code(written), value);
  });
  const { asOf, source, currencies, rateIn } = catalogue.rates;
  return `# Features

Numbers about an owner on a day, of which definitions of profiles are made. This page is written by \`npm run features\`.

A feature is named \`<set>.<metric>\` or \`owner.<metric>\`, and takes a window: \`{ feature: pets|veterinary.months, window: 180d, atLeast: 3 }\`.

## Sets

| Set | Rows |
|---|---|
${[
  row('`<label>`', 'rows that bear the label ([labels](labelling.md))'),
  row(code('<label>|<label>…'), 'rows that bear any of the labels, each row once'),
  row('`all`', 'all booked rows'),
  row('`spending`', `money that leaves, except rows labelled ${list(NOT_SPENDING)}`),
  row(
    code('<labels> without <labels>'),
    'rows of the first set that bear none of the other labels: `rail and coach without foreign`',
  ),
  row(
    '`orders`',
    `goods bought on line: money that leaves, labelled ${list(ORDERED)}, except rows labelled ${list(NOT_GOODS)}`,
  ),
  row('`income`', `money that comes in, except rows labelled ${list(NOT_INCOME)}`),
].join('\n')}

Rows that are pending count nowhere. A set of labels holds rows of both directions, a refund of a shop is labelled \`refund\` and so
is in none of the shop's.

## Windows

A window of \`180d\` on day _D_ is _D_ and the 179 days before it; at most ${LONGEST_WINDOW} days. Months are calendar months, so that a window
of 180 days touches six or seven of them.

## Metrics of sets

_D_ is the day asked. The examples are of the ledger [below](#the-example).

${header('Metric', 'Meaning', 'Unit', 'Formula', 'Example', 'Its value')}
${setMetrics.join('\n')}

## Metrics of the owner

\`owner.history\` looks at all of the history, ${LONGEST_WINDOW} days at most can be asked of it; the others take a window. Regular income is what is labelled
${list(REGULAR_INCOME)}.

${header('Metric', 'Meaning', 'Unit', 'Formula', 'Example', 'Its value')}
${ownerMetrics.join('\n')}

A value that does not exist (an average of no rows, a share where nothing is spent) meets no condition.

## Operators

| Operator | Holds when the value is |
|---|---|
| \`atLeast\`, \`above\` | the threshold or more, more than the threshold |
| \`atMost\`, \`below\` | the threshold or less, less than the threshold |
| \`between: [a, b]\` | from a to b, both included |

Amounts of thresholds bear their currency (\`60 EUR\`), shares may be written as \`25%\`.

## The example

An owner with an account in euros and one in zlotys, on ${EXAMPLE_DAY} with a window of ${EXAMPLE_WINDOW} days.

| Booked on | Amount | Counterparty | Labels |
|---|--:|---|---|
${EXAMPLE_ROWS.map(({ on, amount, currency, party, labels }) => row(on, `${amount} ${currency}`, party, list(labels))).join('\n')}

## Currencies

Amounts are compared in EUR: each row is converted by itself, by the rate of the month it was booked in, and rounded to the cent, half a
cent away from zero. Later months have the last rate that is known, earlier ones the first; thresholds in another currency have
the last one too. Sums and shares are exact. Rows in another currency than these count as transactions and in no sum.

Rates up to ${asOf}. Source: ${source}
([catalogue/rates/ecb.yaml](../catalogue/rates/ecb.yaml)). Currencies that the bank does not quote, or not any more, have the rates and sources
of [catalogue/rates/others.yaml](../catalogue/rates/others.yaml).

| Currency | Units for one euro, last known |
|---|--:|
${currencies
  .filter((currency) => currency !== 'EUR')
  .map((currency) => row(currency, unitsOf(rateIn(Number.POSITIVE_INFINITY, currency) as Rate, currency)))
  .join('\n')}
`;
}

/** What one euro buys, with the six digits that rates have. */
function unitsOf({ numerator, denominator }: Rate, currency: string): string {
  return String(Number((denominator / numerator / 10 ** (decimalsOf(currency) - 2)).toPrecision(6)));
}

/** A bare bar would end a cell. */
function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function header(...names: readonly string[]): string {
  return `${row(...names)}\n|${names.map(() => '---').join('|')}|`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function list(labels: readonly string[]): string {
  return labels.map((label) => `\`${label}\``).join(', ');
}

function unit(name: string): string {
  return UNITS[name] ?? name;
}

if (import.meta.main) {
  for (const [path, page] of pages(compileDocument())) {
    writeFileSync(new URL(`../../${path}`, import.meta.url), page);
    process.stdout.write(`${path}\n`);
  }
}
