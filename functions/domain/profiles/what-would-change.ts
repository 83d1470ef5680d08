/**
 * What would make a profile apply that does not: the fewest further transactions of one label, on days from tomorrow on. Each answer was
 * tried: the owner was derived again with those transactions. Where more of a label cannot help (too much of something, shares), there is none.
 */
import { type Condition, conditionsOf, type Definition } from '../catalogue/definition.ts';
import type { Columns } from '../features/columns.ts';
import type { Labelled, LedgerRow } from '../labels/labelled-row.ts';
import { type Day, formatDay, monthOf } from '../values/day.ts';
import { formatAmount } from '../values/money.ts';
import { type DerivationInput, deriveProfiles } from './derive.ts';
import { holdsOn } from './explain.ts';

/** Transactions of a label, so much each: so many on the first of these days, one on each of the others. */
export type WouldChange = {
  readonly label: string;
  readonly days: readonly Day[];
  readonly onFirst: number;
  /** In minor units of the account that they are booked on, without a sign. */
  readonly amount: number;
  readonly currency: string;
};

/** Occasions at most, each in a month of its own, and transactions on the first. */
const MOST_OCCASIONS = 6;
const MOST_ON_FIRST = 12;
/** Any two days that lie so far apart are of different months. */
const A_MONTH = 31;
/** EUR cents of a transaction at least: less is no purchase. */
const LEAST_CENTS = 1000;
/** What grows with every transaction. */
const GROWING = ['count', 'days', 'months', 'total', 'parties'];

/** Undefined where the profile applies, is not judged, or nothing of this form was found. */
export function whatWouldChange(
  input: DerivationInput,
  definition: Definition,
  day: Day,
  columns: Columns,
): WouldChange | undefined {
  const failing = conditionsTogether(definition).filter((condition) => !holdsOn(condition, columns, day));
  const last = input.rows.findLast((row) => row.day <= day);
  const label = commonLabel(failing, input.catalogue.labelNames);
  if (!last || label === undefined) return undefined;
  const known = input.rows.filter((row) => row.day <= day);
  const isMoneyIn = input.catalogue.groupOf.get(label) === 'income';
  const cents = Math.max(0, ...failing.filter(({ feature }) => feature.unit === 'money').map(({ low }) => low));
  const attempt = (occasions: number, onFirst: number): WouldChange | undefined => {
    const days = Array.from({ length: occasions }, (_, index) => day + 1 + index * A_MONTH);
    const { currency } = last.account;
    const rate = input.catalogue.rates.rateIn(monthOf(day), currency);
    if (!rate) return undefined;
    const each = Math.max(LEAST_CENTS, Math.floor(cents / (occasions - 1 + onFirst)) + 1);
    const amount = Math.ceil(each / rate.factor);
    const change = { label, days, onFirst, amount, currency };
    const rows = [...known, ...rowsOf(change, last.account, isMoneyIn ? 1 : -1)];
    const applies = deriveProfiles({ ...input, definitions: [definition], rows }, days.at(-1)!).length > 0;
    return applies ? change : undefined;
  };
  for (let occasions = 1; occasions <= MOST_OCCASIONS; occasions++) {
    let found = attempt(occasions, MOST_ON_FIRST);
    // More help more: the fewest that are enough are searched for by halves.
    for (let [least, most] = [1, MOST_ON_FIRST]; found && least < most; ) {
      const middle = (least + most) >> 1;
      const fewer = attempt(occasions, middle);
      if (fewer) [found, most] = [fewer, middle];
      else least = middle + 1;
    }
    if (found) return found;
  }
  return undefined;
}

/** The transactions, as a publisher would send them with their label. */
export function rowsOf(
  { label, days, onFirst, amount }: WouldChange,
  account: Labelled['account'],
  sign: 1 | -1,
): LedgerRow[] {
  return days.flatMap((day, occasion) =>
    Array.from({ length: occasion === 0 ? onFirst : 1 }, (_, index) => ({
      ...{ day, account },
      row: { amount: sign * amount, title: '', party: `example ${names(occasion)} ${names(index)}`, labels: [label] },
    })),
  );
}

/** Numbers stand for nobody in names of parties. */
function names(number: number): string {
  return String.fromCharCode(97 + number).repeat(4);
}

/** A label of which more helps every condition that fails; undefined: one of them asks for something else. */
function commonLabel(failing: readonly Condition[], labelNames: readonly string[]): string | undefined {
  const sets = failing.map(({ feature, operator }) =>
    feature.of === 'set' &&
    typeof feature.set !== 'string' &&
    GROWING.includes(feature.metric) &&
    (operator === 'atLeast' || operator === 'above')
      ? feature.set
      : [],
  );
  const common = (sets[0] ?? []).find((label) => label >= 0 && sets.every((set) => set.includes(label)));
  return common === undefined ? undefined : labelNames[common];
}

/** `2 more transactions labelled pets (2026-11-30, 2026-12-31), 10.00 EUR each, would make it apply on 2026-12-31`. */
export function sentenceOf({ label, days, onFirst, amount, currency }: WouldChange): string {
  const count = days.length - 1 + onFirst;
  const [first = '', ...others] = days.map(formatDay);
  const dates = [onFirst > 1 ? `${onFirst} on ${first}` : first, ...others].join(', ');
  const what = `${count} more ${count === 1 ? 'transaction' : 'transactions'} labelled ${label} (${dates})`;
  return `${what}, ${formatAmount(amount, currency)} ${currency} each, would make it apply on ${others.at(-1) ?? first}`;
}

/** The conditions of the entering rule, all of which must hold; none where the rule has another form. */
function conditionsTogether({ enter }: Definition): readonly Condition[] {
  const isPlain =
    enter.kind === 'condition' || (enter.kind === 'all' && enter.rules.every(({ kind }) => kind === 'condition'));
  return isPlain ? conditionsOf(enter) : [];
}
