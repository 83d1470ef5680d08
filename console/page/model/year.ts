/** The booked transactions of a year, as far as the page loads them: their sums over time, and search in them. */
import type { Schemas } from '../api/schema-types.ts';
import { dayNumber } from './days.ts';

export type Row = Schemas['ListedTransaction'];
/** `isWhole`: no older row is missing. */
export type Year = { readonly rows: readonly Row[]; readonly isWhole: boolean };

/** What was booked in a currency, added up day by day from the first booked row on. */
export type Balance = {
  readonly currency: string;
  /** The sum after each day that has rows, in order; in whole units of the currency. */
  readonly days: readonly { readonly day: number; readonly sum: number }[];
  readonly low: number;
  readonly high: number;
};

/** No currency has more decimals. */
const UNITS = 1000;

/** The currencies with most rows first. @param rows newest first */
export function balancesOf(rows: readonly Row[]): readonly Balance[] {
  const byCurrency = Map.groupBy(rows.toReversed(), ({ currencyName }) => currencyName);
  return [...byCurrency]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([currency, own]) => ({ currency, ...sumsOf(own) }));
}

/** Added in whole thousandths, so that no sum drifts. */
function sumsOf(oldestFirst: readonly Row[]): Omit<Balance, 'currency'> {
  const days: { day: number; sum: number }[] = [];
  let units = 0;
  for (const { bookedOn, currencyAmount } of oldestFirst) {
    units += Math.round(Number(currencyAmount) * UNITS);
    const [day, sum] = [dayNumber(bookedOn), units / UNITS];
    const last = days.at(-1);
    if (last?.day === day) last.sum = sum;
    else days.push({ day, sum });
  }
  const sums = [0, ...days.map(({ sum }) => sum)];
  return { days, low: Math.min(...sums), high: Math.max(...sums) };
}

/** Whether every word is in the title, the parties, the labels or the amount, whatever its case and accents. */
export function hasWords(row: Row, text: string): boolean {
  const { title, party, merchant, currencyAmount, currencyName, labels } = row;
  const texts = [title, party, merchant, currencyAmount, currencyName, ...labels.map(({ label }) => label)];
  const folded = plain(texts.join(' '));
  return plain(text)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

/** ł and its like do not decompose; a table of them all would weigh more than it finds. */
const plain = (text: string) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l');
