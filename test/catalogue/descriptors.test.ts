/** Titles as banks print them, by the kind of what made them hard to read (`descriptors.yaml`). */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { preparedCatalogue } from '../../catalogue/build/prepared.ts';
import { openCatalogue } from '../../functions/domain/catalogue/catalogue.ts';

type Row = readonly [country: string, sign: '+' | '-', title: string, ...labels: string[]];
const kinds: readonly (readonly [kind: string, ...rows: Row[]])[] = parse(
  readFileSync(new URL('./descriptors.yaml', import.meta.url), 'utf8'),
);
const CURRENCIES: Readonly<Record<string, string>> = { CZ: 'CZK', GB: 'GBP', HU: 'HUF', PL: 'PLN', RO: 'RON' };

const { labeller, labelNames } = openCatalogue(preparedCatalogue());

function labelsOf(country: string, sign: '+' | '-', title: string): string[] {
  const account = { iban: `${country}00`, currency: CURRENCIES[country] ?? 'EUR' };
  const { labels } = labeller.label({ day: 0, account, row: { amount: sign === '-' ? -43_21 : 43_21, title } });
  return labels.map((label) => labelNames[label] as string).filter((label) => label !== 'foreign');
}

test.each(kinds.map(([kind, ...rows]) => ({ kind, rows })))('$kind', ({ rows }) => {
  const read = rows.map(([country, sign, title]) => [country, sign, title, ...labelsOf(country, sign, title)]);
  expect(read).toEqual(rows);
});
