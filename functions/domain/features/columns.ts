/**
 * Rows in columns, and the sets of rows that features look at. Everything that a feature reads again and again is computed
 * here once: whole EUR cents, numbers for parties and months, the rows of each label.
 */

import type { Labelled } from '../labels/labelled-row.ts';
import type { Account } from '../ledger/ledger.ts';
import { type Day, dayOfMonth, type Month, monthOf, weekday } from '../values/day.ts';
import { type Rate, type Rates, toCents } from '../values/rates.ts';
import type { LabelSet, SpecialSet } from './feature.ts';
import { Sums } from './sums.ts';

export type Steps = 'count' | 'days' | 'months';

export type Columns = {
  readonly rows: readonly Labelled[];
  readonly day: Int32Array;
  readonly month: Int32Array;
  /** Signed EUR cents; 0 where the currency has no rate. */
  readonly cents: Float64Array;
  /** 1 where the currency has a rate. */
  readonly hasRate: Uint8Array;
  readonly currency: Int32Array;
  readonly country: Int32Array;
  readonly dataFrom: Day | null;
  /** Indices of the rows of a set, ascending. */
  rowsOf(set: SpecialSet | LabelSet): readonly number[];
  /** The days of rows of such a set, and numbers for their counterparties: −1 where none is known. */
  daysOf(rows: readonly number[]): Int32Array;
  partiesOf(rows: readonly number[]): Int32Array;
  /** What the rows of such a set add up to, in EUR cents, whatever their signs. */
  sumsOf(rows: readonly number[]): Sums;
  /** For rows of such a set how many steps are before each: rows before it, or changes of the day or the month. */
  ranksOf(rows: readonly number[], steps: Steps): Int32Array;
  /** Indices of the rows of `spending` on a weekend, or in the first week of a month. */
  readonly weekendSpending: readonly number[];
  readonly monthStartSpending: readonly number[];
  /** Indices of the debits of monthly streams, and of the rows of regular income. */
  readonly streams: readonly number[];
  readonly regularIncome: readonly number[];
};

/** What the columns must know of the catalogue. */
export type ColumnsCatalogue = {
  readonly rates: Rates;
  readonly labels: ReadonlyMap<string, number>;
};

const NO_ROWS: readonly number[] = [];
const DAYS_AT_MONTH_START = 7;
/** Money that comes in without being earned: neither income nor, when it leaves, spending. */
export const NOT_INCOME = [
  'internal',
  'refund',
  'loan',
  'savings',
  'investment',
  'crypto',
  'currency exchange',
  'verification',
  'reversed',
];
export const REGULAR_INCOME = ['regular wage', 'pension', 'welfare', '500+', 'scholarship', 'invoice', 'rental income'];
/** What is bought on line and is no goods: rides, journeys, meals, tickets, games, bets, money, services. */
export const NOT_GOODS = [
  ...['taxi', 'shared mobility', 'public transport', 'rail and coach', 'parking', 'toll', 'ev charging', 'fine'],
  ...['airline', 'accommodation', 'travel agency', 'car rental'],
  ...['food with delivery', 'restaurant', 'fast food', 'cafe', 'nightlife'],
  ...['leisure', 'culture', 'streaming', 'gaming', 'gambling', 'press', 'fitness', 'education', 'charity'],
  ...[
    'crypto',
    'investment',
    'savings',
    'currency exchange',
    'loan',
    'repayment',
    'credit card',
    'internal',
    'verification',
  ],
  ...['insurance', 'utilities', 'telecom', 'tax', 'fee', 'bank', 'rent', 'person to person'],
];
export const ORDERED = ['marketplace', 'online'];
export const NOT_SPENDING = ['internal', 'savings', 'investment', 'currency exchange', 'verification', 'reversed'];

export function columnsOf(rows: readonly Labelled[], dataFrom: Day | null, catalogue: ColumnsCatalogue): Columns {
  const { day, month, cents, hasRate, currency, country, byLabel } = scan(rows, catalogue);
  const count = rows.length;
  const numberOfParty = numbering();
  const ofLabel = (label: number) => byLabel[label] ?? NO_ROWS;

  const labelsOf = (names: readonly string[]) => names.flatMap((name) => catalogue.labels.get(name) ?? []);
  const amountOf = (index: number) => rows[index]!.row.amount;
  /** The rows that have none of these labels. */
  const without = (rows: readonly number[], labels: readonly number[]) => {
    const isOut = new Uint8Array(count);
    for (const label of labels) for (const index of ofLabel(label)) isOut[index] = 1;
    return rows.filter((index) => isOut[index] === 0);
  };
  const ofSign = (rows: readonly number[], sign: -1 | 1) => rows.filter((index) => amountOf(index) * sign > 0);
  const special = remembered((set: SpecialSet): readonly number[] => {
    switch (set) {
      case 'all':
        return Array.from({ length: count }, (_, index) => index);
      case 'spending':
        return ofSign(without(special('all'), labelsOf(NOT_SPENDING)), -1);
      case 'income':
        return ofSign(without(special('all'), labelsOf(NOT_INCOME)), 1);
      case 'orders':
        return ofSign(without(named(ORDERED), labelsOf(NOT_GOODS)), -1);
    }
  });
  const daysOf = remembered((indices: readonly number[]) => numbersOf(indices, (index) => day[index]!));
  const sumsOf = remembered((indices: readonly number[]) => new Sums(indices, cents));
  const nameOf = (index: number) => rows[index]!.party.name;
  const partiesOf = remembered((indices: readonly number[]) =>
    numbersOf(indices, (index) => (nameOf(index) === '' ? -1 : numberOfParty(nameOf(index)))),
  );
  const ranksOf = ranking(day, month);
  // Sets that are equal get one list, for what is remembered of lists.
  const unions = new Map<string, readonly number[]>();
  const unionOf = remembered((set: LabelSet) => {
    const key = set.join('|');
    const out = set.filter((label) => label < 0).map((label) => ~label);
    const any = set.slice(out.length).map(ofLabel).reduce(merged, NO_ROWS);
    const union = unions.get(key) ?? (out.length === 0 ? any : without(any, out));
    unions.set(key, union);
    return union;
  });
  const rowsOf = (set: SpecialSet | LabelSet): readonly number[] => {
    if (typeof set === 'string') return special(set);
    return set.length === 1 ? ofLabel(set[0]!) : unionOf(set);
  };
  const named = (names: readonly string[]) => rowsOf(labelsOf(names).sort((a, b) => a - b));
  return {
    rows,
    day,
    month,
    cents,
    hasRate,
    currency,
    country,
    dataFrom,
    rowsOf,
    daysOf,
    partiesOf,
    sumsOf,
    ranksOf,
    get weekendSpending() {
      return special('spending').filter((index) => weekday(day[index]!) >= 5);
    },
    get monthStartSpending() {
      return special('spending').filter((index) => dayOfMonth(day[index]!) <= DAYS_AT_MONTH_START);
    },
    get streams() {
      // Publishers give `monthly` to rows without a counterparty, too; those are no counterparty's stream.
      return named(['monthly']).filter((index) => amountOf(index) < 0 && nameOf(index) !== '');
    },
    get regularIncome() {
      return named(REGULAR_INCOME);
    },
  };
}

/** Reads each row once. `byLabel` holds the indices of the rows of each label. */
function scan(rows: readonly Labelled[], catalogue: ColumnsCatalogue) {
  const count = rows.length;
  const day = new Int32Array(count);
  const month = new Int32Array(count);
  const cents = new Float64Array(count);
  const hasRate = new Uint8Array(count);
  const currency = new Int32Array(count);
  const country = new Int32Array(count);
  const numberOfCurrency = numbering();
  const numberOfCountry = numbering();
  const byLabel: (number[] | undefined)[] = new Array(catalogue.labels.size).fill(undefined);
  let lastDay: Day | undefined;
  let lastMonth: Month = 0;
  // Rows come day after day, and mostly account by account.
  let lastAccount: Account | undefined;
  let lastCurrency = 0;
  let rate: Rate | undefined;
  for (let index = 0; index < count; index++) {
    const row = rows[index]!;
    const monthBefore = lastMonth;
    if (row.day !== lastDay) {
      lastDay = row.day;
      lastMonth = monthOf(row.day);
    }
    if (row.account !== lastAccount || lastMonth !== monthBefore) {
      lastAccount = row.account;
      lastCurrency = numberOfCurrency(row.account.currency);
      rate = catalogue.rates.rateIn(lastMonth, row.account.currency);
    }
    day[index] = row.day;
    month[index] = lastMonth;
    currency[index] = lastCurrency;
    if (rate !== undefined) {
      cents[index] = toCents(row.row.amount, rate);
      hasRate[index] = 1;
    }
    country[index] = row.country === undefined ? -1 : numberOfCountry(row.country);
    for (const label of row.labels) {
      const indices = byLabel[label];
      if (indices) indices.push(index);
      else byLabel[label] = [index];
    }
  }
  return { day, month, cents, hasRate, currency, country, byLabel };
}

/** A number for each row. */
export function numbersOf(rows: readonly number[], numberOf: (row: number) => number): Int32Array {
  const numbers = new Int32Array(rows.length);
  for (let position = 0; position < numbers.length; position++) numbers[position] = numberOf(rows[position]!);
  return numbers;
}

/** Two ascending lists as one, without duplicates. */
function merged(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  const all: number[] = [];
  for (let [left, right] = [0, 0]; left < a.length || right < b.length; ) {
    const [first, second] = [a[left] ?? Number.POSITIVE_INFINITY, b[right] ?? Number.POSITIVE_INFINITY];
    all.push(Math.min(first, second));
    if (first <= second) left++;
    if (second <= first) right++;
  }
  return all;
}

/** For rows in ascending order the number of changes of a column before each. */
function ranks(rows: readonly number[], column: Int32Array): Int32Array {
  const rank = new Int32Array(rows.length);
  for (let position = 1; position < rows.length; position++) {
    const step = column[rows[position]!] === column[rows[position - 1]!] ? 0 : 1;
    rank[position] = rank[position - 1]! + step;
  }
  return rank;
}

/** What `Columns.ranksOf` answers. */
function ranking(day: Int32Array, month: Int32Array): Columns['ranksOf'] {
  const monthRanks = remembered((rows: readonly number[]) => ranks(rows, month));
  const dayRanks = remembered((rows: readonly number[]) => ranks(rows, day));
  let positions: Int32Array | undefined;
  return (rows, steps) => {
    if (steps === 'months') return monthRanks(rows);
    if (steps === 'days') return dayRanks(rows);
    positions ??= new Int32Array(day.length).map((_, position) => position);
    return positions;
  };
}

function numbering(): (name: string) => number {
  const numbers = new Map<string, number>();
  return (name) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  };
}

function remembered<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const values = new Map<Key, Value>();
  return (key) => {
    const value = values.get(key) ?? compute(key);
    values.set(key, value);
    return value;
  };
}
