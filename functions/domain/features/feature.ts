/**
 * Features: numbers about an owner over a window of days. Their names are a closed grammar.
 *
 * `<set>.<metric>`: the set is a label, several joined by `|` (rows that have any of them), such a set without others
 * (`rail without foreign|fine`: rows that have none of those behind `without`), or one of `SPECIAL_SETS`. `owner.<metric>`: about the
 * owner as a whole. A window of 180 days on day D is D and the 179 days before it.
 */
import { formatAmount } from '../values/money.ts';
import { nearest } from '../values/nearest.ts';

export const SET_METRICS = {
  count: { unit: 'transactions', title: 'Number of transactions', formula: 'rows of the set in the window' },
  total: {
    unit: 'money',
    title: 'Sum of amounts, in EUR',
    formula: '∑ |amount| of the rows; rows in a currency without a rate are left out',
  },
  average: {
    unit: 'money',
    title: 'Average amount, in EUR',
    formula: 'total ÷ rows with a known rate; none when there is no such row',
  },
  largest: {
    unit: 'money',
    title: 'Largest amount, in EUR',
    formula: 'max |amount| of the rows with a known rate; none when there is no such row',
  },
  share: {
    unit: 'ratio',
    title: 'Share of all spending',
    formula: 'debits of the set ÷ all spending; none when nothing is spent',
  },
  netShare: {
    unit: 'ratio',
    title: 'Share of all spending, less what came back',
    formula: '(debits − credits of the set) ÷ all spending; none when nothing is spent',
  },
  months: { unit: 'months', title: 'Distinct calendar months', formula: 'number of calendar months with a row' },
  days: { unit: 'days', title: 'Distinct days', formula: 'number of days with a row' },
  parties: {
    unit: 'parties',
    title: 'Distinct counterparties',
    formula: 'number of different known counterparties (by normalised name); rows of an unknown one add none',
  },
  lastSeen: {
    unit: 'days',
    title: 'Days since the last transaction',
    formula: 'D − day of the last row; without a row in the window: endless',
  },
} as const;

export const OWNER_METRICS = {
  history: { unit: 'days', windowed: false, title: 'Days of data', formula: 'D − day of the first booked row + 1' },
  savingsRate: {
    unit: 'ratio',
    windowed: true,
    title: 'Savings rate',
    formula: '(income − spending) ÷ income; none without income',
  },
  weekendShare: {
    unit: 'ratio',
    windowed: true,
    title: 'Share of purchases on weekends',
    formula: 'spending rows on Saturday or Sunday ÷ spending rows',
  },
  monthStartShare: {
    unit: 'ratio',
    windowed: true,
    title: 'Share of spending at the start of the month',
    formula: 'spending on days 1 to 7 ÷ spending',
  },
  foreignCountries: {
    unit: 'countries',
    windowed: true,
    title: 'Countries abroad',
    formula: 'distinct countries, other than the account’s, that titles of rows end in',
  },
  foreignCurrencies: {
    unit: 'currencies',
    windowed: true,
    title: 'Foreign currencies',
    formula: 'distinct currencies of the rows in the window, less the one of most rows',
  },
  recurringStreams: {
    unit: 'streams',
    windowed: true,
    title: 'Recurring payments',
    formula: 'distinct counterparties paid in a monthly stream',
  },
  regularIncomeMonths: {
    unit: 'months',
    windowed: true,
    title: 'Months with regular income',
    formula:
      'calendar months with a regular wage, pension, welfare, child benefit, scholarship, invoice or rental income',
  },
} as const;

export const SPECIAL_SETS = ['all', 'spending', 'income', 'orders'] as const;
/** Between the labels of a set and those that its rows must not have. */
const WITHOUT = ' without ';
export type SpecialSet = (typeof SPECIAL_SETS)[number];

export type SetMetric = keyof typeof SET_METRICS;
export type OwnerMetric = keyof typeof OWNER_METRICS;
export type Unit = (typeof SET_METRICS)[SetMetric]['unit'] | (typeof OWNER_METRICS)[OwnerMetric]['unit'];

/** Labels by their indices, ascending: rows that have any of them. A label `~index` leaves out the rows that have it. */
export type LabelSet = readonly number[];

export type Feature = {
  readonly name: string;
  /** Days; null only for a feature of the whole history. */
  readonly window: number | null;
  readonly unit: Unit;
} & (
  | { readonly of: 'set'; readonly set: SpecialSet | LabelSet; readonly metric: SetMetric }
  | { readonly of: 'owner'; readonly metric: OwnerMetric }
);

export type FeatureNames = { readonly labels: ReadonlyMap<string, number> };

/** The feature of a name, or what is wrong with the name. `labels` in the result are indices into the catalogue's labels, sorted. */
export function readFeature(name: string, window: number | null, names: FeatureNames): Feature | string {
  const dot = name.lastIndexOf('.');
  if (dot < 0) return `must name what is counted and how, such as pets.months, and is "${name}"`;
  const [left, metric] = [name.slice(0, dot), name.slice(dot + 1)];
  if (left === 'owner') return ownerFeature(name, metric, window);
  if (!Object.hasOwn(SET_METRICS, metric)) return unknown('metric', metric, Object.keys(SET_METRICS));
  if (window === null) return `must have a window, such as 180d: ${name} counts within one`;
  const setMetric = metric as SetMetric;
  const feature = { name, window, of: 'set', metric: setMetric, unit: SET_METRICS[setMetric].unit } as const;
  if ((SPECIAL_SETS as readonly string[]).includes(left)) return { ...feature, set: left as SpecialSet };
  const [wanted = '', ...unwanted] = left.split(WITHOUT);
  const labels = new Set<number>();
  for (const [part, labelled] of [wanted, ...unwanted].entries()) {
    for (const label of labelled.split('|')) {
      const index = names.labels.get(label);
      if (index === undefined) return unknown('label', label, [...names.labels.keys(), ...SPECIAL_SETS, 'owner']);
      labels.add(part === 0 ? index : ~index);
    }
  }
  return { ...feature, set: [...labels].sort((a, b) => a - b) };
}

function ownerFeature(name: string, metric: string, window: number | null): Feature | string {
  if (!Object.hasOwn(OWNER_METRICS, metric)) return unknown('metric of the owner', metric, Object.keys(OWNER_METRICS));
  const { unit, windowed } = OWNER_METRICS[metric as OwnerMetric];
  if (windowed && window === null) return `must have a window, such as 180d: ${name} counts within one`;
  if (!windowed && window !== null) return `must not have a window: ${name} looks at the whole history`;
  return { name, window, of: 'owner', metric: metric as OwnerMetric, unit };
}

function unknown(what: string, name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return `must have a known ${what}, and \`${name}\` is not${near ? `: did you mean \`${near}\`?` : ''}`;
}

/** How labels are named. */
const LABEL = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** `cafe.count 180d`, or as features are named elsewhere, `cafe.count/180d`. */
const WINDOWED = /^(.*\S)(?:\s+|\/)(\d{1,3})d$/;

/** The name and the window of a feature as people write it; whether there is such a feature is not asked. */
export function featureAsked(text: string): Pick<Feature, 'name' | 'window'> {
  const [, name = text.trim(), days] = WINDOWED.exec(text.trim()) ?? [];
  return { name, window: days === undefined ? null : Number(days) };
}

/** Whether a window of so many days may be asked. */
export function isWindow(days: number): boolean {
  return days >= 1 && days <= 365;
}

/** The unit of a feature, whatever labels there are; undefined: there is no such feature. */
export function unitOf({ name, window }: Pick<Feature, 'name' | 'window'>): Unit | undefined {
  if (window !== null && !isWindow(window)) return undefined;
  const labels = name.slice(0, name.lastIndexOf('.')).split(/ without |\|/);
  if (!labels.every((label) => LABEL.test(label))) return undefined;
  const feature = readFeature(name, window, { labels: new Map(labels.map((label, at) => [label, at])) });
  return typeof feature === 'string' ? undefined : feature.unit;
}

/** How a feature is named where its window must show: `pets.months/180d`. */
export function featureKey(feature: Pick<Feature, 'name' | 'window'>): string {
  return feature.window === null ? feature.name : `${feature.name}/${feature.window}d`;
}

/** A value as people and programs read it: money in EUR with two decimals, ratios with four, the rest whole. */
export function formatValue(unit: Unit, value: number | null): string | null {
  if (value === null || value === Number.POSITIVE_INFINITY) return null;
  if (unit === 'money') return `${formatAmount(Math.round(value), 'EUR')} EUR`;
  return unit === 'ratio' ? value.toFixed(4) : String(value);
}
