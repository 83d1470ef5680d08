/** A small ledger on which the page of features shows what each of them is. */
import { type Columns, columnsOf } from '../../functions/domain/features/columns.ts';
import {
  formatValue,
  OWNER_METRICS,
  type OwnerMetric,
  readFeature,
  type SetMetric,
} from '../../functions/domain/features/feature.ts';
import type { Labelled } from '../../functions/domain/labels/labelled-row.ts';
import { valueOn } from '../../functions/domain/profiles/explain.ts';
import { type Day, parseDay } from '../../functions/domain/values/day.ts';
import { parseAmount } from '../../functions/domain/values/money.ts';
import type { Rates } from '../../functions/domain/values/rates.ts';

export type ExampleCatalogue = { readonly rates: Rates; readonly labels: ReadonlyMap<string, number> };
type ExampleRow = {
  readonly on: string;
  readonly amount: string;
  readonly currency: 'EUR' | 'PLN';
  readonly party: string;
  readonly labels: readonly string[];
  readonly country?: string;
};

export const EXAMPLE_DAY = '2026-06-30';
export const EXAMPLE_WINDOW = 90;
const WAGE = ['salary', 'regular wage', 'compensation', 'monthly'];
export const EXAMPLE_ROWS: readonly ExampleRow[] = [
  { on: '2026-04-03', amount: '-600.00', currency: 'EUR', party: 'landlord', labels: ['rent', 'monthly'] },
  { on: '2026-04-10', amount: '1500.00', currency: 'EUR', party: 'employer', labels: WAGE },
  { on: '2026-05-02', amount: '-42.40', currency: 'EUR', party: 'pet shop', labels: ['pets'] },
  { on: '2026-05-04', amount: '-600.00', currency: 'EUR', party: 'landlord', labels: ['rent', 'monthly'] },
  { on: '2026-05-11', amount: '1500.00', currency: 'EUR', party: 'employer', labels: WAGE },
  { on: '2026-06-06', amount: '-84.84', currency: 'PLN', party: 'vet', labels: ['veterinary'] },
  {
    on: '2026-06-13',
    amount: '-18.00',
    currency: 'EUR',
    party: 'tavern',
    labels: ['restaurant', 'foreign'],
    country: 'PT',
  },
  { on: '2026-06-15', amount: '-25.00', currency: 'EUR', party: 'pet shop', labels: ['pets'] },
];

/** The notation of the feature of a metric in the example, and its value there. */
export function exampleOf(
  metric: { readonly of: 'set'; readonly name: SetMetric } | { readonly of: 'owner'; readonly name: OwnerMetric },
  catalogue: ExampleCatalogue,
): { readonly written: string; readonly value: string } {
  const name = `${metric.of === 'set' ? 'pets|veterinary' : 'owner'}.${metric.name}`;
  const windowed = metric.of === 'set' || OWNER_METRICS[metric.name].windowed;
  const feature = readFeature(name, windowed ? EXAMPLE_WINDOW : null, catalogue);
  if (typeof feature === 'string') throw new Error(feature);
  const value = valueOn(feature, exampleColumns(catalogue), parseDay(EXAMPLE_DAY) as Day);
  return {
    written: windowed ? `{ feature: ${name}, window: ${EXAMPLE_WINDOW}d }` : `{ feature: ${name} }`,
    value: formatValue(feature.unit, value) ?? 'none',
  };
}

function exampleColumns(catalogue: ExampleCatalogue): Columns {
  const rows = EXAMPLE_ROWS.map(({ on, amount, currency, party, labels, country }): Labelled => {
    const indices = labels.map((label) => catalogue.labels.get(label)!).sort((a, b) => a - b);
    return {
      day: parseDay(on) as Day,
      account: { iban: currency === 'EUR' ? 'LT00' : 'PL00', currency },
      row: { amount: parseAmount(amount, currency) as number, title: party },
      labels: indices,
      reasons: indices.map(() => 'example'),
      otherLabels: [],
      party: { name: party },
      country,
    };
  });
  return columnsOf(rows, rows[0]?.day ?? null, catalogue);
}
