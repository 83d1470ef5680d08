/** `npm run features`: writes the generated parts of docs/reference/features.md and docs/reference/profiles.md from the code and the catalogue. */
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
import { type Parts, writeParts } from '../../tools/docs/generated.ts';
import { EXAMPLE_DAY, EXAMPLE_ROWS, EXAMPLE_WINDOW, exampleOf } from './example.ts';
import { profilesParts } from './profiles-page.ts';

/** What a value of a unit looks like; units that are counts need no words. */
const UNITS: Readonly<Record<string, string>> = { money: 'EUR', ratio: 'ratio, 0.25 or 25%' };

/** The generated parts of both pages, by the pages' paths from the root of the repository. */
export function pages(document: CatalogueDocument): ReadonlyMap<string, Parts> {
  const catalogue = compileCatalogue(document);
  return new Map([
    ['docs/reference/features.md', featuresParts(catalogue)],
    ['docs/reference/profiles.md', profilesParts(catalogue)],
  ]);
}

function featuresParts(catalogue: Catalogue): Parts {
  const setMetrics = Object.entries(SET_METRICS).map(([name, metric]) => {
    const { written, value } = exampleOf({ of: 'set', name: name as SetMetric }, catalogue);
    return row(`\`${name}\``, metric.title, unit(metric.unit), metric.formula, code(written), value);
  });
  const ownerMetrics = Object.entries(OWNER_METRICS).map(([name, metric]) => {
    const { written, value } = exampleOf({ of: 'owner', name: name as OwnerMetric }, catalogue);
    return row(`\`owner.${name}\``, metric.title, unit(metric.unit), metric.formula, code(written), value);
  });
  const example = EXAMPLE_ROWS.map(({ on, amount, currency, party, labels }) =>
    row(on, `${amount} ${currency}`, party, list(labels)),
  );
  const { asOf, source, currencies, rateIn } = catalogue.rates;
  const rates = currencies
    .filter((currency) => currency !== 'EUR')
    .map((currency) => row(currency, unitsOf(rateIn(Number.POSITIVE_INFINITY, currency) as Rate, currency)));
  const metricHeader = header('Metric', 'Meaning', 'Unit', 'Formula', 'Example', 'Its value');
  return {
    'not-spending': list(NOT_SPENDING),
    'not-income': list(NOT_INCOME),
    ordered: list(ORDERED),
    'not-goods': list(NOT_GOODS),
    'longest-window': String(LONGEST_WINDOW),
    'regular-income': list(REGULAR_INCOME),
    'set-metrics': [metricHeader, ...setMetrics].join('\n'),
    'owner-metrics': [metricHeader, ...ownerMetrics].join('\n'),
    'example-day': EXAMPLE_DAY,
    'example-window': String(EXAMPLE_WINDOW),
    example: ['| Booked on | Amount | Counterparty | Labels |', '|---|--:|---|---|', ...example].join('\n'),
    'rates-as-of': asOf,
    'rates-source': source,
    rates: ['| Currency | Units for one euro, last known |', '|---|--:|', ...rates].join('\n'),
  };
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
  for (const [path, parts] of pages(compileDocument())) {
    writeParts(path, parts);
    process.stdout.write(`${path}\n`);
  }
}
