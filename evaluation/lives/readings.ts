/** The profiles of a life, by readings that are data: `readings.yaml`. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { monthOf } from './life.ts';
import { commitments, countsAs, goods, movesOnly, tradeTable } from './trades.ts';

export type Row = { day: number; trade: string; merchant: string; eur: number };

const FEATURES = [
  ...(['count', 'months', 'total', 'share', 'narrowShare', 'merchants', 'spells'] as const),
  ...(['spendRatio', 'webShare', 'webGoodsShare', 'webOrders', 'incomeShare'] as const),
] as const;

export const minimumHistory = 90;

const line = z.tuple([z.enum(FEATURES), z.string(), z.int(), z.enum(['>=', '<=']), z.number()]);
const reading = z.strictObject({
  id: z.string(),
  within: z.array(line).nonempty(),
  orWithin: z.array(line).nonempty().optional(),
  without: z.array(line).nonempty(),
});
export type Reading = z.infer<typeof reading>;
type Line = z.infer<typeof line>;

export const readings: readonly Reading[] = z
  .array(reading)
  .parse(parse(readFileSync(new URL('./readings.yaml', import.meta.url), 'utf8')));

const matches = (trade: string, wanted: string): boolean =>
  wanted.split('|').some((one) => one === trade || one === countsAs(trade));
const isIncome = (trade: string): boolean => tradeTable[trade]?.income === true;
const isSpending = (trade: string): boolean => !isIncome(trade) && !movesOnly.has(trade);
const sum = (rows: readonly Row[]): number => rows.reduce((total, row) => total + row.eur, 0);

export function measure(rows: readonly Row[], line: Line, asOf: number): number {
  const [feature, wanted, window] = line;
  const seen = rows.filter((row) => row.day > asOf - window && row.day <= asOf);
  const mine = seen.filter((row) => matches(row.trade, wanted));
  const spending = seen.filter((row) => isSpending(row.trade));
  const income = sum(seen.filter((row) => isIncome(row.trade) && row.trade !== 'refund'));
  const shop = seen.filter((row) => goods.has(row.trade));
  const web = (some: readonly Row[]): Row[] => some.filter((row) => tradeTable[row.trade]?.web === true);
  const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  switch (feature) {
    case 'count':
      return mine.length;
    case 'months':
      return new Set(mine.map((row) => monthOf(row.day))).size;
    case 'total':
      return sum(mine);
    case 'merchants':
      return new Set(mine.map((row) => row.merchant)).size;
    case 'spells':
      return [...new Set(mine.map((row) => row.day))]
        .sort((a, b) => a - b)
        .reduce(
          (found: { last: number; n: number }, day) => ({ last: day, n: found.n + (day - found.last > 12 ? 1 : 0) }),
          { last: -1e6, n: 0 },
        ).n;
    case 'share':
      return shareOf(sum(mine), sum(spending));
    case 'narrowShare':
      return shareOf(sum(mine), sum(spending.filter((row) => !commitments.has(countsAs(row.trade)))));
    case 'incomeShare':
      return shareOf(sum(mine), income);
    case 'spendRatio':
      return income === 0 ? 9 : sum(spending.filter((row) => row.trade !== 'savings')) / income;
    case 'webOrders':
      return web(shop).length;
    case 'webShare':
      return shareOf(
        sum(web(shop).filter((row) => row.trade !== 'petsWeb')),
        sum(shop) + sum(seen.filter((row) => row.trade === 'grocery')),
      );
    case 'webGoodsShare':
      return Math.max(shareOf(sum(web(shop)), sum(shop)), shareOf(web(shop).length, shop.length));
  }
}

const holds = (rows: readonly Row[], line: Line, asOf: number): boolean =>
  line[3] === '>=' ? measure(rows, line, asOf) >= line[4] : measure(rows, line, asOf) <= line[4];

/** The profiles of a life, and those for which it is borderline. */
export function judge(rows: readonly Row[], asOf: number): { profiles: string[]; borderline: string[] } {
  const first = rows.reduce((day, row) => Math.min(day, row.day), asOf);
  const profiles: string[] = [];
  const borderline: string[] = [];
  if (asOf - first < minimumHistory) return { profiles, borderline };
  for (const reading of readings) {
    const all = (lines: readonly Line[] | undefined): boolean =>
      lines?.every((line) => holds(rows, line, asOf)) === true;
    if (all(reading.within) || all(reading.orWithin)) profiles.push(reading.id);
    else if (!reading.without.some((line) => holds(rows, line, asOf))) {
      borderline.push(
        `${reading.id} (${reading.within.map((line) => `${line[0]} ${line[1]} ${measure(rows, line, asOf).toFixed(2)}`).join(', ')})`,
      );
    }
  }
  return { profiles: profiles.sort(), borderline };
}
