/** What would change or keep a profile, for programs and in a sentence. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Day, formatDay, monthOf } from '../values/day.ts';
import { formatAmount } from '../values/money.ts';
import { type ExplainedTransaction, explainTransaction } from './explain.ts';
import type { LeastAddition } from './least-addition.ts';
import type { Plan } from './plan-search.ts';
import type { WouldChange, WouldKeep } from './what-would-change.ts';

export type FurtherTransactions = {
  /** Null: without a label. */
  readonly label: string | null;
  readonly direction: 'in' | 'out';
  /** The day of each. */
  readonly days: readonly string[];
  readonly differentParties: boolean;
  /** How each compares with the amount, where that matters. */
  readonly amountIs: 'any' | 'atLeast' | 'atMost';
  readonly currencyAmount: string;
  readonly currencyName: string;
};
export type WhatIf = {
  readonly transactions: readonly FurtherTransactions[];
  /** The day on which the profile applies with them, or until which it is kept; null: there are no such. */
  readonly on: string | null;
  /** Without new data: the first day on which it applies, or with the transactions the first on which it does not. */
  readonly byItselfOn: string | null;
  readonly endsOn: string | null;
  readonly without: readonly ExplainedTransaction[];
  readonly withoutOmitted: number;
};

const MOST_SHOWN = 20;
const MOST_DAYS_NAMED = 4;

export function whatIfChanged({ plan, byItself, without }: WouldChange, catalogue: Catalogue): WhatIf {
  return {
    transactions: plan ? further(plan) : [],
    on: plan ? formatDay(plan.on) : null,
    byItselfOn: byItself === undefined ? null : formatDay(byItself),
    endsOn: null,
    without: without.slice(-MOST_SHOWN).map((row) => explainTransaction(row, catalogue)),
    withoutOmitted: Math.max(0, without.length - MOST_SHOWN),
  };
}

export function whatIfKept({ plan, endsOn }: WouldKeep): WhatIf {
  return {
    transactions: further(plan),
    on: formatDay(plan.on),
    byItselfOn: null,
    endsOn: endsOn === undefined ? null : formatDay(endsOn),
    without: [],
    withoutOmitted: 0,
  };
}

/** Null: nothing is known that would change it. */
export function changeSentence({ plan, byItself, without }: WouldChange, day: Day): string | null {
  const [first, last] = [without[0], without.at(-1)];
  const parts = [
    plan && `${wordsOf(plan)} would make it apply on ${formatDay(plan.on)}`,
    byItself !== undefined && `without new data it applies on ${formatDay(byItself)}`,
    first &&
      last &&
      `without ${counted(without.length, 'past transaction')} (${spanOf(first.day, last.day)}) it would apply on ${formatDay(day)}`,
  ];
  return parts.filter(Boolean).join('; ') || null;
}

/** `1 more transaction labelled pets (2026-12-10) would keep it beyond 2026-12-09; without more it then ends on 2027-02-01`. */
export function keepSentence({ plan, endsOn }: WouldKeep): string {
  const until = endsOn === undefined ? '' : `; without more it then ends on ${formatDay(endsOn)}`;
  return `${wordsOf(plan)} would keep it beyond ${formatDay(plan.on - 1)}${until}`;
}

function further({ additions, account }: Plan): FurtherTransactions[] {
  return additions.map(({ label, direction, days, differentParties, amountIs, amount }) => ({
    ...{ label, direction, days: days.map(formatDay), differentParties, amountIs },
    currencyAmount: formatAmount(amount, account.currency),
    currencyName: account.currency,
  }));
}

function wordsOf({ additions, account: { currency } }: Plan): string {
  return additions.map((addition) => additionWords(addition, currency)).join(' and ');
}

function additionWords(addition: LeastAddition, currency: string): string {
  const { label, direction, days, amountIs, amount, differentParties } = addition;
  const plain = `${counted(days.length, 'more payment')} ${direction === 'in' ? 'received' : 'made'}`;
  const what = label === null ? plain : `${counted(days.length, 'more transaction')} labelled ${label}`;
  const bound = `${formatAmount(amount, currency)} ${currency} or ${amountIs === 'atLeast' ? 'more' : 'less'}`;
  const parts = [
    amountIs === 'any' ? '' : `${bound}${days.length > 1 ? ' each' : ''}`,
    differentParties ? 'of different counterparties' : '',
  ].filter((part) => part !== '');
  return [`${what} (${datesOf(days)})`, ...parts].join(', ');
}

/** `2026-11-23, 2 on 2026-12-01`; of many days the first and the last. */
function datesOf(days: readonly Day[]): string {
  const byDay = [...Map.groupBy(days, (day) => day)];
  if (byDay.length <= MOST_DAYS_NAMED) {
    return byDay.map(([day, of]) => (of.length === 1 ? '' : `${of.length} on `) + formatDay(day)).join(', ');
  }
  const months = new Set(days.map(monthOf)).size;
  const inMonths = months === 1 ? '' : `, in ${months} months`;
  return `on ${byDay.length} days from ${spanOf(days[0]!, days.at(-1)!)}${inMonths}`;
}

function spanOf(first: Day, last: Day): string {
  return first === last ? formatDay(first) : `${formatDay(first)} to ${formatDay(last)}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
