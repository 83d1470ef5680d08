/** Rates that are the same in every month: units of each currency per euro. */
import { openRates, type Rates } from '../../functions/domain/values/rates.ts';

export function fixedRates(perEuro: Readonly<Record<string, string>> = {}): Rates {
  const courses = Object.entries(perEuro).map(([currency, rate]) => [currency, { '2026-01': rate }] as const);
  return openRates({ asOf: '2026-01-31', source: 'test', perEuro: Object.fromEntries(courses) });
}
