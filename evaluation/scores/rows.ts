/** What rows show together, against the truth about them: pay of an employer, money that only moves, monthly streams. */
import type { Catalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { labelRows } from '../../functions/domain/labels/label-rows.ts';
import { rowKey } from '../lives/life.ts';
import { movesOnly } from '../lives/trades.ts';
import type { Owner } from './lives.ts';
import { Tallies } from './scores.ts';

/** Trades that are paid monthly, or in a plan. */
const MONTHLY: ReadonlySet<string> = new Set(
  (
    'wage pension scholarship benefit dole client parents rentalIncome social spouse rent dorm tuition mortgage assoc homeins carins ' +
    'lifeins travelins repay utilities telecom savings internal ownIn charity bailiff collector latefee childcare pass gym techsubs ' +
    'broker streaming voidIn void'
  ).split(' '),
);

const RIGHT: Readonly<Record<string, (trade: string) => boolean>> = {
  'regular wage': (trade) => trade === 'wage' || trade === 'voidIn',
  internal: (trade) => movesOnly.has(trade) || trade === 'savings',
  monthly: (trade) => MONTHLY.has(trade),
};

/** How many of the labels that rows got from one another are right. Rows that may be one of two things are not judged. */
export function measureRows(catalogue: Catalogue, owners: readonly Owner[]): Tallies {
  const tallies = new Tallies();
  for (const { life, input } of owners) {
    for (const { day, row, labels } of labelRows(input.rows, catalogue)) {
      const [trade, another] = life.trades.get(rowKey(day, row.amount)) ?? [];
      if (trade === undefined || another !== undefined) continue;
      for (const label of labels) {
        const name = catalogue.labelNames[label]!;
        const isRight = RIGHT[name];
        if (isRight) tallies.of(name)[isRight(trade) ? 'hits' : 'wrong']++;
      }
    }
  }
  return tallies;
}
