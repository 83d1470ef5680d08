/** Why a profile applies, or what is missing: each condition with its value, and the transactions behind the value. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import {
  type Condition,
  conditionsOf,
  type Definition,
  LONGEST_HOLD,
  meets,
  type Operator,
  type Rule,
} from '../catalogue/definition.ts';
import type { Columns } from '../features/columns.ts';
import { type Feature, formatValue } from '../features/feature.ts';
import { seriesOf, windowOf } from '../features/feature-series.ts';
import type { Labelled } from '../labels/labelled-row.ts';
import { type Day, formatDay } from '../values/day.ts';
import { formatAmount } from '../values/money.ts';
import { enteredOn, has, judge } from './judge.ts';

export type ExplainedTransaction = {
  readonly bookedOn: string;
  readonly currencyAmount: string;
  readonly currencyName: string;
  readonly title: string;
  readonly party: string | null;
  readonly labels: readonly string[];
  /** Label → why it was given. */
  readonly reasons: Readonly<Record<string, string>>;
};

export type ExplainedCondition = {
  readonly part: 'needs' | 'enter' | 'stay';
  readonly path: string;
  readonly feature: string;
  readonly window: string | null;
  readonly operator: Operator;
  readonly threshold: string;
  /** Null: there is none, as the average of no transactions. */
  readonly value: string | null;
  readonly verdict: boolean;
  /** The day whose window was looked at. */
  readonly on: string;
  /** Newest first. */
  readonly transactions: readonly ExplainedTransaction[];
  readonly transactionsOmitted: number;
};

export type Explanation = {
  readonly profile: string;
  readonly title: string;
  readonly applies: boolean;
  /** False: too little data; the profile is neither given nor denied. */
  readonly judged: boolean;
  /** The last day on which `enter` held, while the profile applies. */
  readonly enteredOn: string | null;
  readonly summary: string;
  /** What would have to be true as well. */
  readonly missing: readonly string[];
  readonly conditions: readonly ExplainedCondition[];
};

/** Explains definitions for a day. `mostTransactions` bounds the transactions shown for one condition. */
export function explain(
  definitions: readonly Definition[],
  columns: Columns,
  catalogue: Catalogue,
  day: Day,
  mostTransactions: number,
): Explanation[] {
  const verdicts = judge(definitions, columns, day - LONGEST_HOLD + 1, day);
  return verdicts.map((verdict) => {
    const { definition, enter } = verdict;
    const entered = enteredOn(verdict, day);
    const { dataFrom } = columns;
    const known = dataFrom === null || day < dataFrom ? 0 : day - dataFrom + 1;
    const judged = known >= Math.max(1, definition.history);
    const holdsToday = has(enter, day);
    const show = (part: 'enter' | 'stay', rule: Rule, on: Day) =>
      conditionsOf(rule).map((condition) =>
        explainCondition(part, condition, columns, catalogue, on, mostTransactions),
      );
    return {
      profile: definition.document.id,
      title: definition.document.title,
      applies: entered !== undefined,
      judged,
      enteredOn: entered === undefined ? null : formatDay(entered),
      summary: summaryOf(definition, day, entered, judged, known),
      missing: entered !== undefined ? [] : missingOf(definition, columns, day, judged, known, holdsToday),
      conditions: [
        ...needsOf(definition, known, day),
        ...show('enter', definition.enter, entered ?? day),
        ...(definition.stay === definition.enter ? [] : show('stay', definition.stay, day)),
      ],
    };
  });
}

/** The value of a feature on a day. */
export function valueOn(feature: Feature, columns: Columns, day: Day): number | null {
  return seriesOf(feature, columns).on(day);
}

/** Whether a condition holds on a day. */
export function holdsOn(condition: Condition, columns: Columns, day: Day): boolean {
  return judgedOn(condition, columns, day).verdict;
}

/** The value of a condition's feature on a day, and whether the condition holds. */
export function judgedOn(condition: Condition, columns: Columns, day: Day): { value: number | null; verdict: boolean } {
  const series = seriesOf(condition.feature, columns);
  const value = series.on(day);
  return { value, verdict: meets(condition, value, series.fraction) };
}

/** Indices of the rows that a feature's value on a day comes from, ascending. */
export function rowsBehind(feature: Feature, columns: Columns, day: Day): readonly number[] {
  const inWindow = (rows: readonly number[]) => {
    const { start, end } = windowOf(rows, feature.window ?? 0, columns, day);
    return rows.slice(start, end);
  };
  if (feature.of === 'owner') {
    switch (feature.metric) {
      case 'history':
        return [];
      case 'savingsRate':
        return [...inWindow(columns.rowsOf('income')), ...inWindow(columns.rowsOf('spending'))].sort((a, b) => a - b);
      case 'weekendShare':
        return inWindow(columns.weekendSpending);
      case 'monthStartShare':
        return inWindow(columns.monthStartSpending);
      case 'foreignCountries':
        return inWindow(columns.rowsOf('all')).filter((index) => columns.country[index] !== -1);
      case 'foreignCurrencies':
        return withoutBusiest(inWindow(columns.rowsOf('all')), columns.currency);
      case 'recurringStreams':
        return inWindow(columns.streams);
      case 'regularIncomeMonths':
        return inWindow(columns.regularIncome);
    }
  }
  const rows = inWindow(columns.rowsOf(feature.set));
  const size = (index: number) => Math.abs(columns.cents[index]!);
  switch (feature.metric) {
    case 'share':
      return rows.filter((index) => columns.cents[index]! < 0);
    case 'lastSeen':
      return rows.slice(-1);
    case 'largest': {
      const known = rows.filter((index) => columns.hasRate[index] === 1);
      const most = known.reduce((greatest, index) => Math.max(greatest, size(index)), 0);
      return known.filter((index) => size(index) === most).slice(-1);
    }
    default:
      return rows;
  }
}

/** Rows without those that have the most frequent value of a column; of equally frequent ones the first seen. */
function withoutBusiest(rows: readonly number[], column: Int32Array): readonly number[] {
  const counts = new Map<number | undefined, number>();
  for (const index of rows) counts.set(column[index], (counts.get(column[index]) ?? 0) + 1);
  const [busiest] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [undefined, 0]);
  return rows.filter((index) => column[index] !== busiest);
}

function explainCondition(
  part: 'enter' | 'stay',
  condition: Condition,
  columns: Columns,
  catalogue: Catalogue,
  on: Day,
  mostTransactions: number,
): ExplainedCondition {
  const { feature, operator, threshold, path } = condition;
  const { value, verdict } = judgedOn(condition, columns, on);
  const rows = rowsBehind(feature, columns, on);
  const shown = rows.slice(Math.max(0, rows.length - mostTransactions)).reverse();
  return {
    part,
    path,
    feature: feature.name,
    window: windowText(feature),
    operator,
    threshold,
    value: formatValue(feature.unit, value),
    verdict,
    on: formatDay(on),
    transactions: shown.map((index) => explainTransaction(columns.rows[index]!, catalogue)),
    transactionsOmitted: rows.length - shown.length,
  };
}

export function explainTransaction(row: Labelled, { labelNames }: Catalogue): ExplainedTransaction {
  const labels = row.labels.map((label) => labelNames[label]!);
  return {
    bookedOn: formatDay(row.day),
    currencyAmount: formatAmount(row.row.amount, row.account.currency),
    currencyName: row.account.currency,
    title: row.row.title,
    party: row.row.party ?? null,
    labels: [...labels, ...row.otherLabels],
    reasons: Object.fromEntries(labels.map((label, index) => [label, row.reasons[index]!])),
  };
}

function needsOf(definition: Definition, known: number, day: Day): ExplainedCondition[] {
  if (definition.history === 0) return [];
  return [
    {
      part: 'needs',
      path: 'needs.history',
      feature: 'owner.history',
      window: null,
      operator: 'atLeast',
      threshold: String(definition.history),
      value: String(known),
      verdict: known >= definition.history,
      on: formatDay(day),
      transactions: [],
      transactionsOmitted: 0,
    },
  ];
}

function summaryOf(
  { history, hold }: Definition,
  day: Day,
  entered: Day | undefined,
  judged: boolean,
  known: number,
): string {
  if (!judged) return `Not judged: ${known} days of data, ${Math.max(1, history)} are needed.`;
  if (entered === undefined) return `Does not apply: its entry rule was not met in the last ${hold} days.`;
  if (entered === day) return 'Applies: its entry rule is met.';
  return `Applies: its entry rule was last met on ${formatDay(entered)}, and its stay rule ever since.`;
}

function missingOf(
  { enter, stay, history }: Definition,
  columns: Columns,
  day: Day,
  judged: boolean,
  known: number,
  holdsToday: boolean,
): string[] {
  if (!judged) return [`${Math.max(1, history) - known} more days of data`];
  return missing(holdsToday ? stay : enter, columns, day);
}

function missing(rule: Rule, columns: Columns, day: Day): string[] {
  if (holds(rule, columns, day)) return [];
  if (rule.kind === 'condition') return [shortfall(rule.condition, columns, day)];
  if (rule.kind === 'not') return [`this must not be true: ${describe(rule.rule)}`];
  const inner = rule.rules.map((one) => missing(one, columns, day));
  return rule.kind === 'all' ? inner.flat() : [inner.map((sentences) => sentences.join(' and ')).join(', or ')];
}

function holds(rule: Rule, columns: Columns, day: Day): boolean {
  if (rule.kind === 'condition') return judgedOn(rule.condition, columns, day).verdict;
  if (rule.kind === 'not') return !holds(rule.rule, columns, day);
  return rule.kind === 'all'
    ? rule.rules.every((inner) => holds(inner, columns, day))
    : rule.rules.some((inner) => holds(inner, columns, day));
}

const OPERATOR_WORDS: Readonly<Record<Operator, string>> = {
  atLeast: 'at least',
  atMost: 'at most',
  above: 'more than',
  below: 'less than',
  between: 'between',
};

function shortfall(condition: Condition, columns: Columns, day: Day): string {
  const { feature, operator, threshold } = condition;
  const value = formatValue(feature.unit, valueOn(feature, columns, day)) ?? 'none';
  return `${nameOf(feature)} is ${value}, ${OPERATOR_WORDS[operator]} ${threshold} is needed`;
}

function describe(rule: Rule): string {
  if (rule.kind === 'condition') {
    const { feature, operator, threshold } = rule.condition;
    return `${nameOf(feature)} ${OPERATOR_WORDS[operator]} ${threshold}`;
  }
  if (rule.kind === 'not') return `not (${describe(rule.rule)})`;
  return rule.rules.map(describe).join(rule.kind === 'all' ? ' and ' : ' or ');
}

function nameOf(feature: Feature): string {
  return feature.window === null ? feature.name : `${feature.name} over ${feature.window} days`;
}

function windowText({ window }: Feature): string | null {
  return window === null ? null : `${window}d`;
}
