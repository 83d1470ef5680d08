/** Transactions that an owner could still make: of what kind, on which days, and as the rows that a publisher would send for them. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import { REGULAR_INCOME } from '../features/columns.ts';
import type { Feature } from '../features/feature.ts';
import { PUBLISHER } from '../labels/label-reasons.ts';
import type { Labelled, LedgerRow } from '../labels/labelled-row.ts';
import { type Day, dayOfMonth, monthOf, weekday } from '../values/day.ts';
import type { Literal } from './alternatives.ts';

/** A kind of transaction that moves a feature. */
export type Kind = {
  /** Null: one without a label. */
  readonly label: string | null;
  readonly direction: 'in' | 'out';
  readonly on: 'any day' | 'weekend' | 'weekday' | 'start of month' | 'later in month';
};

/** Further transactions of one kind, each of the same amount. */
export type Addition = Kind & {
  /** The day of each, ascending; several may share one. */
  readonly days: readonly Day[];
  /** Of each; in minor units of the account, without a sign. */
  readonly amount: number;
  /** Whether they are from or to as many counterparties. */
  readonly differentParties: boolean;
};

/** When and how often: in so many calendar months, on days of their own where there are enough. */
export type Schedule = { readonly count: number; readonly months: number; readonly differentDays: boolean };

const PLAIN = { label: null, on: 'any day' } as const;
const SPENT: Kind = { ...PLAIN, direction: 'out' };
const EARNED: Kind = { ...PLAIN, direction: 'in' };

/** The kinds of transactions of which more help a condition; none: it passes, if at all, with time. */
export function kindsFor({ condition, wanted }: Literal, value: number | null, catalogue: Catalogue): Kind[] {
  const { feature, operator, low } = condition;
  const isMoreMet = operator === 'between' ? (value ?? 0) < low : operator === 'atLeast' || operator === 'above';
  const more = isMoreMet === wanted;
  if (feature.of === 'owner') return kindsOfOwner(feature.metric, more, catalogue);
  switch (feature.metric) {
    case 'average':
      return kindsIn(feature, catalogue);
    case 'lastSeen':
      return more ? [] : kindsIn(feature, catalogue);
    case 'share':
    case 'netShare':
      return more ? kindsIn(feature, catalogue).map((kind) => ({ ...kind, direction: 'out' })) : [SPENT];
    default:
      return more ? kindsIn(feature, catalogue) : [];
  }
}

function kindsOfOwner(metric: string, more: boolean, { labels }: Catalogue): Kind[] {
  switch (metric) {
    case 'savingsRate':
      return more ? [EARNED] : [SPENT];
    case 'weekendShare':
      return [{ ...SPENT, on: more ? 'weekend' : 'weekday' }];
    case 'monthStartShare':
      return [{ ...SPENT, on: more ? 'start of month' : 'later in month' }];
    case 'recurringStreams':
      return more && labels.has('monthly') ? [{ ...SPENT, label: 'monthly' }] : [];
    case 'regularIncomeMonths':
      return more ? REGULAR_INCOME.filter((label) => labels.has(label)).map((label) => ({ ...EARNED, label })) : [];
    default:
      return [];
  }
}

function kindsIn(feature: Feature, { labelNames, groupOf }: Catalogue): Kind[] {
  if (feature.of !== 'set') return [];
  if (feature.set === 'income') return [EARNED];
  if (feature.set === 'all' || feature.set === 'spending') return [SPENT];
  const labels = feature.set === 'orders' ? ['marketplace', 'online'] : namesOf(feature.set, labelNames);
  return labels.map((label) => ({ ...SPENT, label, direction: groupOf.get(label) === 'income' ? 'in' : 'out' }));
}

function namesOf(set: readonly number[], labelNames: readonly string[]): string[] {
  return set.filter((label) => label >= 0).map((label) => labelNames[label]!);
}

const FITS: Readonly<Record<Kind['on'], (day: Day) => boolean>> = {
  'any day': () => true,
  weekend: (day) => weekday(day) >= 5,
  weekday: (day) => weekday(day) < 5,
  'start of month': (day) => dayOfMonth(day) <= 7,
  'later in month': (day) => dayOfMonth(day) > 7,
};

/** The first day from `day` on that fits the kind. */
export function firstFitting({ on }: Pick<Kind, 'on'>, day: Day): Day {
  let at = day;
  while (!FITS[on](at)) at++;
  return at;
}

/**
 * As late as possible from `first` to `last`: the last day that fits of each of the last months, then further days of those months;
 * where there are too few days or none are asked for, the others are on the last one. Undefined: there are fewer months.
 */
export function scheduled(
  { on }: Kind,
  { count, months, differentDays }: Schedule,
  first: Day,
  last: Day,
): Day[] | undefined {
  const days: Day[] = [];
  const others: Day[] = [];
  for (let [day, month] = [last, Number.NaN]; day >= first; day--) {
    if (!FITS[on](day)) continue;
    if (monthOf(day) !== month && days.length === months) break;
    if (monthOf(day) === month) others.push(day);
    else days.push(day);
    month = monthOf(day);
  }
  if (days.length < months || months > count) return undefined;
  if (differentDays) days.push(...others.slice(0, count - months));
  while (days.length < count) days.push(days[0]!);
  return days.sort((a, b) => a - b);
}

/** The transactions, as a publisher would send them with their label. */
export function rowsOf(
  { label, direction, days, amount, differentParties }: Addition,
  account: Labelled['account'],
): LedgerRow[] {
  return days.map((day, index) => ({
    ...{ day, account },
    row: {
      amount: direction === 'in' ? amount : -amount,
      title: '',
      party: differentParties ? `example ${nameOf(index)}` : 'example',
      ...(label !== null && { labels: [label] }),
    },
  }));
}

/** The same as the labelling leaves them, if nothing else speaks of them. */
export function labelledRows(addition: Addition, account: Labelled['account'], { labels }: Catalogue): Labelled[] {
  const label = labels.get(addition.label ?? '');
  return rowsOf(addition, account).map((row) => ({
    ...row,
    labels: label === undefined ? [] : [label],
    reasons: label === undefined ? [] : [PUBLISHER],
    otherLabels: [],
    party: { name: row.row.party ?? '' },
    country: undefined,
  }));
}

/** Numbers stand for nobody in names of parties. */
function nameOf(index: number): string {
  return [Math.floor(index / 26), index % 26].map((digit) => String.fromCharCode(97 + digit).repeat(4)).join(' ');
}
