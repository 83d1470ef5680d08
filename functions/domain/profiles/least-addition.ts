/** The fewest transactions of one kind that are enough. More of a kind is taken to help more, so that halving finds the fewest. */
import type { Day } from '../values/day.ts';
import { type Addition, type Kind, type Schedule, scheduled } from './added-rows.ts';

/** `any`: whatever each amounts to. */
export type AmountIs = 'any' | 'atLeast' | 'atMost';
export type LeastAddition = Addition & { readonly amountIs: AmountIs };

export type Search = {
  readonly kind: Kind;
  /** The days on which they may be. */
  readonly first: Day;
  readonly last: Day;
  readonly mostTransactions: number;
  /** Minor units of what is taken for a usual amount, and of more than anybody spends. */
  readonly usual: number;
  readonly huge: number;
  readonly isEnough: (addition: Addition) => boolean;
};

const MOST_MONTHS = 12;

export function leastAddition(search: Search): LeastAddition | undefined {
  const widest = (count: number): Schedule => ({ count, months: monthsOf(search, count), differentDays: true });
  const count = fewest(search.mostTransactions, (some) => isPossible(search, widest(some), true));
  if (count === undefined) return undefined;
  // As much as is needed and no more is asked for: of days, months and counterparties, in this order.
  const wide = widest(count);
  const sameDay = { ...wide, differentDays: false };
  const days = isPossible(search, sameDay, true) ? sameDay : wide;
  const months = fewest(days.months, (some) => isPossible(search, { ...days, months: some }, true)) ?? days.months;
  const schedule = { ...days, months };
  const differentParties = count > 1 && !isPossible(search, schedule, false);
  return withLeastAmount(search, schedule, differentParties);
}

/** So many months of the range at most have a day that fits. */
function monthsOf({ kind, first, last }: Search, count: number): number {
  let months = Math.min(count, MOST_MONTHS);
  while (months > 1 && !scheduled(kind, { count, months, differentDays: false }, first, last)) months--;
  return months;
}

function isPossible(search: Search, schedule: Schedule, differentParties: boolean): boolean {
  const addition = additionOf(search, schedule, differentParties);
  return [search.usual, search.huge, 1].some((amount) => addition !== undefined && search.isEnough(addition(amount)));
}

function additionOf({ kind, first, last }: Search, schedule: Schedule, differentParties: boolean) {
  const days = scheduled(kind, schedule, first, last);
  return days && ((amount: number): Addition => ({ ...kind, days, amount, differentParties }));
}

function withLeastAmount(search: Search, schedule: Schedule, differentParties: boolean): LeastAddition | undefined {
  const addition = additionOf(search, schedule, differentParties);
  if (!addition) return undefined;
  const { usual, huge, isEnough } = search;
  const holds = (amount: number) => isEnough(addition(amount));
  const is = (amountIs: AmountIs, amount: number): LeastAddition => ({ ...addition(amount), amountIs });
  const [ofOne, ofUsual, ofHuge] = [holds(1), holds(usual), holds(huge)];
  if (ofOne && ofUsual && ofHuge) return is('any', usual);
  if (ofOne) return is('atMost', lastOf(ofUsual ? usual : 1, ofUsual ? huge : usual, holds));
  if (ofUsual) return is('atLeast', firstOf(1, usual, holds));
  return ofHuge ? is('atLeast', firstOf(usual, huge, holds)) : undefined;
}

/** The least number that is enough, up to a most; undefined: none is. Small ones are tried first. */
export function fewest(most: number, isEnough: (count: number) => boolean): number | undefined {
  for (let [less, count] = [0, 1]; ; [less, count] = [count, Math.min(most, count * 2)]) {
    if (count <= most && isEnough(count)) return firstOf(less, count, isEnough);
    if (count >= most) return undefined;
  }
}

/** The least number above `no` up to `yes` that holds. */
function firstOf(no: number, yes: number, holds: (number: number) => boolean): number {
  let [below, found] = [no, yes];
  while (found - below > 1) {
    const middle = Math.floor((below + found) / 2);
    if (holds(middle)) found = middle;
    else below = middle;
  }
  return found;
}

/** The greatest number from `yes` up to, not including, `no` that holds. */
function lastOf(yes: number, no: number, holds: (number: number) => boolean): number {
  return firstOf(yes, no, (number) => !holds(number)) - 1;
}
