/**
 * Reference rates: how many units of a currency one euro buys, as the European Central Bank prints them.
 *
 * Amounts are compared in whole EUR cents. Each row is converted by itself and rounded half away from zero, so that sums are
 * sums of whole numbers and do not depend on the order of rows.
 */
import { decimalsOf, parseAmount } from './money.ts';

/** Units of the currency per euro; EUR itself is 1. */
export type Rates = ReadonlyMap<string, number>;

/** EUR cents of an amount in minor units, or undefined for a currency without a rate. */
export function toCents(minor: number, currency: string, rates: Rates): number | undefined {
  const factor = centsPerMinor(currency, rates);
  return factor === undefined ? undefined : convert(minor, factor);
}

/** EUR cents for one minor unit of a currency: to convert many amounts of one account. */
export function centsPerMinor(currency: string, rates: Rates): number | undefined {
  const rate = rates.get(currency);
  return rate === undefined ? undefined : 100 / rate / 10 ** decimalsOf(currency);
}

export function convert(minor: number, factor: number): number {
  const cents = Math.round(Math.abs(minor) * factor);
  return minor < 0 && cents !== 0 ? -cents : cents;
}

/** EUR cents of an amount as a definition writes it, or what is wrong with it. */
export function centsOf(amount: string, currency: string, rates: Rates): number | string {
  const minor = parseAmount(amount, currency);
  if (typeof minor === 'string') return `"${amount}" is no amount of this currency`;
  return toCents(minor, currency, rates) ?? 'the catalogue has no rate for this currency';
}
