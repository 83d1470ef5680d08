/**
 * How each profile's sentence is read here, as data, decided without sight of any rule. A life is IN when every line of `within`
 * holds, OUT when any line of `without` holds; a life that is neither is borderline and is refused by the generator.
 */

import { monthOf } from './life.ts';
import { commitments, countsAs, goods, movesOnly, tradeTable } from './trades.ts';

export type Row = { day: number; trade: string; merchant: string; eur: number };
type Feature = 'count' | 'months' | 'total' | 'share' | 'narrowShare' | 'merchants' | 'spells';
/** feature, trades joined by `|`, days back, comparison, value */
type Line =
  | readonly [Feature, string, number, '>=' | '<=', number]
  | readonly [
      'spendRatio' | 'webShare' | 'webGoodsShare' | 'webOrders' | 'incomeShare',
      string,
      number,
      '>=' | '<=',
      number,
    ];
export type Reading = { id: string; within: readonly Line[]; orWithin?: readonly Line[]; without: readonly Line[] };

const trip = 'flight|stay|tour|carrental|abroad';
export const minimumHistory = 90;

export const readings: readonly Reading[] = [
  {
    id: 'traveller',
    within: [
      ['spells', trip, 365, '>=', 3],
      ['months', trip, 365, '>=', 4],
      ['total', trip, 365, '>=', 350],
    ],
    without: [['spells', trip, 365, '<=', 1]],
  },
  { id: 'frequent-flyer', within: [['months', 'flight', 365, '>=', 7]], without: [['months', 'flight', 365, '<=', 4]] },
  {
    id: 'driver',
    within: [
      ['months', 'car', 180, '>=', 6],
      ['count', 'car', 180, '>=', 12],
      ['total', 'car', 180, '>=', 200],
    ],
    without: [['count', 'car', 180, '<=', 2]],
  },
  {
    id: 'ev-driver',
    within: [
      ['months', 'evcharge', 180, '>=', 5],
      ['count', 'evcharge', 180, '>=', 10],
    ],
    without: [['count', 'evcharge', 180, '<=', 1]],
  },
  {
    id: 'commuter',
    within: [
      ['months', 'pass', 180, '>=', 5],
      ['total', 'transit', 180, '>=', 100],
    ],
    orWithin: [
      ['months', 'transit', 180, '>=', 6],
      ['count', 'transit|rail', 180, '>=', 66],
    ],
    without: [['count', 'transit|rail', 180, '<=', 14]],
  },
  {
    id: 'ride-hailer',
    within: [
      ['count', 'taxi', 180, '>=', 30],
      ['months', 'taxi', 180, '>=', 6],
    ],
    without: [['count', 'taxi', 180, '<=', 13]],
  },
  {
    id: 'parent',
    within: [
      ['months', 'child|benefit', 180, '>=', 5],
      ['count', 'child|benefit', 180, '>=', 10],
    ],
    without: [['count', 'child|benefit', 180, '<=', 2]],
  },
  {
    id: 'student',
    within: [
      ['months', 'scholarship|tuition|dorm', 180, '>=', 5],
      ['total', 'scholarship|tuition|dorm', 180, '>=', 400],
      ['months', 'wage', 180, '<=', 1],
    ],
    without: [
      ['months', 'wage', 180, '>=', 5],
      ['count', 'scholarship|tuition|dorm', 180, '<=', 0],
    ],
  },
  {
    id: 'pet-owner',
    within: [
      ['months', 'pet', 180, '>=', 5],
      ['count', 'pet', 180, '>=', 7],
      ['total', 'pet', 180, '>=', 100],
    ],
    without: [['count', 'pet', 180, '<=', 2]],
  },
  {
    id: 'gamer',
    within: [
      ['months', 'gaming', 180, '>=', 5],
      ['count', 'gaming', 180, '>=', 9],
      ['total', 'gaming', 180, '>=', 90],
    ],
    without: [['count', 'gaming', 180, '<=', 2]],
  },
  {
    id: 'gambler',
    within: [
      ['months', 'gambling', 180, '>=', 6],
      ['count', 'gambling', 180, '>=', 24],
      ['total', 'gambling', 180, '>=', 250],
    ],
    without: [['total', 'gambling', 180, '<=', 40]],
  },
  {
    id: 'fitness-enthusiast',
    within: [
      ['months', 'sporty', 365, '>=', 12],
      ['count', 'sporty', 365, '>=', 16],
    ],
    without: [['months', 'sporty', 365, '<=', 4]],
  },
  {
    id: 'foodie',
    within: [
      ['share', 'restaurant|cafe', 180, '>=', 0.2],
      ['count', 'restaurant|cafe', 180, '>=', 60],
    ],
    without: [['narrowShare', 'restaurant|cafe|fastfood', 180, '<=', 0.09]],
  },
  {
    id: 'takeaway-regular',
    within: [
      ['count', 'delivery', 180, '>=', 30],
      ['months', 'delivery', 180, '>=', 6],
    ],
    without: [['count', 'delivery', 180, '<=', 9]],
  },
  {
    id: 'night-owl',
    within: [
      ['count', 'bar', 180, '>=', 24],
      ['months', 'bar', 180, '>=', 6],
    ],
    without: [['count', 'bar', 180, '<=', 6]],
  },
  {
    id: 'fashion-lover',
    within: [
      ['share', 'clothes', 180, '>=', 0.13],
      ['count', 'clothes', 180, '>=', 18],
      ['total', 'clothes', 180, '>=', 840],
    ],
    without: [['narrowShare', 'clothes', 180, '<=', 0.05]],
  },
  {
    id: 'beauty-lover',
    within: [
      ['months', 'beauty', 180, '>=', 6],
      ['count', 'beauty', 180, '>=', 14],
      ['total', 'beauty', 180, '>=', 300],
    ],
    without: [['count', 'beauty', 180, '<=', 3]],
  },
  {
    id: 'tech-enthusiast',
    within: [
      ['months', 'tech', 180, '>=', 5],
      ['count', 'tech', 180, '>=', 12],
      ['total', 'tech', 180, '>=', 900],
      ['share', 'tech', 180, '>=', 0.1],
    ],
    without: [
      ['count', 'tech', 180, '<=', 2],
      ['total', 'tech', 180, '<=', 30],
    ],
  },
  {
    id: 'home-improver',
    within: [
      ['months', 'home', 180, '>=', 5],
      ['count', 'home', 180, '>=', 8],
      ['total', 'home', 180, '>=', 400],
    ],
    without: [['count', 'home', 180, '<=', 2]],
  },
  {
    id: 'homeowner',
    within: [['months', 'mortgage', 180, '>=', 5]],
    orWithin: [
      ['months', 'assoc', 180, '>=', 5],
      ['count', 'homeins', 365, '>=', 1],
    ],
    without: [
      ['count', 'mortgage|assoc|homeins', 365, '<=', 0],
      ['months', 'mortgage|assoc|homeins', 240, '<=', 0],
    ],
  },
  { id: 'tenant', within: [['months', 'rent', 180, '>=', 5]], without: [['count', 'rent', 180, '<=', 0]] },
  {
    id: 'freelancer',
    within: [
      ['months', 'invoice', 180, '>=', 5],
      ['incomeShare', 'invoice', 180, '>=', 0.8],
      ['months', 'social', 180, '>=', 5],
    ],
    without: [['count', 'invoice', 180, '<=', 1]],
  },
  { id: 'salaried', within: [['months', 'wage', 180, '>=', 6]], without: [['count', 'wage', 180, '<=', 1]] },
  { id: 'pensioner', within: [['months', 'pension', 180, '>=', 6]], without: [['count', 'pension', 180, '<=', 0]] },
  {
    id: 'saver',
    within: [
      ['months', 'savings', 180, '>=', 5],
      ['incomeShare', 'savings', 180, '>=', 0.08],
      ['spendRatio', '', 180, '<=', 0.88],
    ],
    without: [
      ['count', 'savings', 365, '<=', 1],
      ['spendRatio', '', 180, '>=', 1.05],
    ],
  },
  {
    id: 'investor',
    within: [
      ['months', 'broker', 180, '>=', 5],
      ['total', 'broker', 180, '>=', 400],
    ],
    without: [['count', 'broker', 365, '<=', 1]],
  },
  {
    id: 'crypto-investor',
    within: [
      ['months', 'crypto', 180, '>=', 5],
      ['total', 'crypto', 180, '>=', 250],
    ],
    without: [['count', 'crypto', 365, '<=', 1]],
  },
  {
    id: 'streaming-fan',
    within: [
      ['merchants', 'streaming', 90, '>=', 3],
      ['count', 'streaming', 180, '>=', 15],
    ],
    without: [['merchants', 'streaming', 365, '<=', 2]],
  },
  {
    id: 'culture-lover',
    within: [
      ['months', 'culture', 180, '>=', 6],
      ['count', 'culture', 180, '>=', 13],
    ],
    without: [['count', 'culture', 180, '<=', 2]],
  },
  {
    id: 'online-shopper',
    within: [
      ['webShare', '', 180, '>=', 0.55],
      ['webOrders', '', 180, '>=', 30],
    ],
    without: [
      ['webOrders', '', 180, '<=', 5],
      ['webGoodsShare', '', 180, '<=', 0.3],
    ],
  },
  { id: 'donor', within: [['months', 'charity', 180, '>=', 5]], without: [['months', 'charity', 365, '<=', 1]] },
  {
    id: 'insured',
    within: [
      ['merchants', 'insurance', 365, '>=', 3],
      ['count', 'insurance', 365, '>=', 9],
      ['months', 'insurance', 180, '>=', 5],
    ],
    without: [['merchants', 'insurance', 365, '<=', 1]],
  },
  {
    id: 'cash-user',
    within: [
      ['share', 'cash', 180, '>=', 0.6],
      ['count', 'cash', 180, '>=', 12],
      ['months', 'cash', 180, '>=', 6],
    ],
    without: [['narrowShare', 'cash', 180, '<=', 0.25]],
  },
  {
    id: 'health-focused',
    within: [
      ['months', 'health', 180, '>=', 6],
      ['count', 'health', 180, '>=', 20],
      ['total', 'health', 180, '>=', 540],
      ['share', 'health', 180, '>=', 0.1],
    ],
    without: [['count', 'health', 180, '<=', 8]],
  },
  {
    id: 'in-collection',
    within: [
      ['count', 'collection', 180, '>=', 5],
      ['months', 'collection', 180, '>=', 4],
    ],
    without: [['count', 'collection', 425, '<=', 0]],
  },
];

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
