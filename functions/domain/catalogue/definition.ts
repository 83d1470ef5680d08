/**
 * Definitions of profiles: small documents in a closed grammar, so that every condition can be compiled, explained and checked.
 *
 *     enter:                                                     # must hold to get the profile
 *       all:
 *         - { feature: pets.months, window: 180d, atLeast: 3 }
 *         - { feature: pets|veterinary.total, window: 180d, atLeast: 60 EUR }
 *     stay:                                                      # weaker; keeps it
 *       all: [{ feature: pets.months, window: 180d, atLeast: 2 }]
 *     needs: { history: 90d }                                    # less data than this: not judged
 */

import { type Feature, type FeatureNames, featureKey, readFeature } from '../features/feature.ts';
import type { Fault } from '../values/fault.ts';
import { nearest } from '../values/nearest.ts';
import { centsOf, type Rates } from '../values/rates.ts';

export type Threshold = number | string;
export type ConditionDocument = {
  readonly feature: string;
  readonly window?: string | undefined;
  readonly atLeast?: Threshold | undefined;
  readonly atMost?: Threshold | undefined;
  readonly above?: Threshold | undefined;
  readonly below?: Threshold | undefined;
  readonly between?: readonly [Threshold, Threshold] | undefined;
};
export type RuleDocument =
  | { readonly all: readonly RuleDocument[] }
  | { readonly any: readonly RuleDocument[] }
  | { readonly not: RuleDocument }
  | ConditionDocument;
export type DefinitionDocument = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Why the thresholds are what they are. */
  readonly why?: string | undefined;
  readonly sensitive?: boolean | undefined;
  readonly enter: RuleDocument;
  readonly stay?: RuleDocument | undefined;
  readonly needs?: { readonly history: string } | undefined;
  /** How many days back `enter` may have held last; at most 60 days, the default. */
  readonly hold?: string | undefined;
};

export const OPERATORS = ['atLeast', 'atMost', 'above', 'below', 'between'] as const;
export type Operator = (typeof OPERATORS)[number];

/** A comparison of one feature. `low` and `high` are in the feature's own unit (EUR cents, ratio, days or a count). */
export type Condition = {
  readonly path: string;
  readonly feature: Feature;
  readonly operator: Operator;
  readonly low: number;
  readonly high: number;
  /** The threshold as the document has it. */
  readonly threshold: string;
  /** The same for conditions that ask the same. */
  readonly key: string;
};
export type Rule =
  | { readonly kind: 'all' | 'any'; readonly rules: readonly Rule[] }
  | { readonly kind: 'not'; readonly rule: Rule }
  | { readonly kind: 'condition'; readonly condition: Condition };
export type Definition = {
  readonly document: DefinitionDocument;
  readonly enter: Rule;
  readonly stay: Rule;
  /** Days of data that must be known; 0: none. */
  readonly history: number;
  readonly hold: number;
};

/** Windows reach back this many days at most. */
export const LONGEST_WINDOW = 365;
/** `enter` must have held within this many days. */
export const LONGEST_HOLD = 60;
const DEEPEST_RULE = 8;
/** Conditions in one definition: bounds what its evaluation can cost. */
const MOST_CONDITIONS = 40;

/** Compiles a definition; every fault is told with its path and, for a wrong name, the nearest right one. */
export function compileDefinition(
  document: DefinitionDocument,
  names: FeatureNames,
  rates: Rates,
): { definition: Definition; faults?: never } | { faults: Fault[]; definition?: never } {
  const faults: Fault[] = [];
  const compiler = new RuleCompiler(names, rates, faults);
  const enter = compiler.rule(document.enter, 'enter', 1);
  const stay = document.stay ? compiler.rule(document.stay, 'stay', 1) : enter;
  const history = document.needs ? compiler.days(document.needs.history, 'needs.history', LONGEST_WINDOW) : 0;
  const hold = document.hold ? compiler.days(document.hold, 'hold', LONGEST_HOLD) : LONGEST_HOLD;
  if (compiler.conditions > MOST_CONDITIONS) {
    faults.push({
      path: 'enter',
      message: `has ${compiler.conditions} conditions; at most ${MOST_CONDITIONS} are allowed`,
    });
  }
  if (faults.length > 0 || !enter || !stay) return { faults };
  return { definition: { document, enter, stay, history, hold } };
}

/** The conditions of a rule, from left to right. */
export function conditionsOf(rule: Rule): Condition[] {
  if (rule.kind === 'condition') return [rule.condition];
  return rule.kind === 'not' ? conditionsOf(rule.rule) : rule.rules.flatMap(conditionsOf);
}

/** Whether a value meets a condition. A value that does not exist (no rows to average) meets none. */
export function meets(condition: Condition, value: number | null): boolean {
  if (value === null) return false;
  switch (condition.operator) {
    case 'atLeast':
      return value >= condition.low;
    case 'atMost':
      return value <= condition.low;
    case 'above':
      return value > condition.low;
    case 'below':
      return value < condition.low;
    case 'between':
      return value >= condition.low && value <= condition.high;
  }
}

class RuleCompiler {
  conditions = 0;
  readonly #names: FeatureNames;
  readonly #rates: Rates;
  readonly #faults: Fault[];

  constructor(names: FeatureNames, rates: Rates, faults: Fault[]) {
    this.#names = names;
    this.#rates = rates;
    this.#faults = faults;
  }

  rule(document: RuleDocument, path: string, depth: number): Rule | undefined {
    if (depth > DEEPEST_RULE) return this.#blame(path, `is nested deeper than ${DEEPEST_RULE}`);
    if ('all' in document) return this.#group('all', document.all, path, depth);
    if ('any' in document) return this.#group('any', document.any, path, depth);
    if ('not' in document) {
      const rule = this.rule(document.not, `${path}.not`, depth + 1);
      return rule && { kind: 'not', rule };
    }
    this.conditions++;
    const condition = this.#condition(document, path);
    return condition && { kind: 'condition', condition };
  }

  days(text: string, path: string, most: number): number {
    const days = Number(/^(\d{1,4})d$/.exec(text)?.[1]);
    if (!(days >= 1)) this.#blame(path, `"${text}" is no number of days such as 90d`);
    else if (days > most) this.#blame(path, `is ${days} days; at most ${most} are allowed`);
    return days;
  }

  #group(kind: 'all' | 'any', documents: readonly RuleDocument[], path: string, depth: number): Rule | undefined {
    if (documents.length === 0) return this.#blame(`${path}.${kind}`, 'must hold at least one condition');
    const rules = documents.map((document, index) => this.rule(document, `${path}.${kind}[${index}]`, depth + 1));
    return rules.every((rule) => rule !== undefined) ? { kind, rules } : undefined;
  }

  #condition(document: ConditionDocument, path: string): Condition | undefined {
    const window = document.window === undefined ? null : this.days(document.window, `${path}.window`, LONGEST_WINDOW);
    const read = readFeature(document.feature, window, this.#names);
    if (typeof read === 'string') return this.#blame(`${path}.feature`, read);
    const operators = OPERATORS.filter((operator) => document[operator] !== undefined);
    const operator = operators[0];
    if (operators.length !== 1 || !operator) {
      return this.#blame(path, `needs exactly one of ${OPERATORS.join(', ')}; it has ${operators.length}`);
    }
    const given = operator === 'between' ? (document.between ?? []) : [document[operator] as Threshold];
    const values = given.map((threshold) => this.#threshold(threshold, read, `${path}.${operator}`));
    const [low, high = low] = values;
    if (low === undefined || high === undefined || values.includes(undefined)) return undefined;
    if (low > high) return this.#blame(`${path}.between`, 'has its lower bound above its upper one');
    const key = `${featureKey(read)} ${operator} ${low} ${high}`;
    return { path, feature: read, operator, low, high, threshold: given.join(' and '), key };
  }

  #threshold(threshold: Threshold, feature: Feature, path: string): number | undefined {
    if (feature.unit === 'money') {
      const amount = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(String(threshold));
      if (!amount) return this.#blame(path, `"${threshold}" must be an amount with its currency, such as 60 EUR`);
      const cents = centsOf(amount[1] as string, amount[2] as string, this.#rates);
      if (typeof cents === 'number') return cents;
      const near = this.#rates.has(amount[2] as string) ? undefined : nearest(amount[2] as string, this.#rates.keys());
      return this.#blame(path, `${amount[2]}: ${cents}${near ? `; did you mean ${near}?` : ''}`);
    }
    const percent = /^(-?\d+(?:\.\d+)?)%$/.exec(String(threshold));
    if (percent) {
      if (feature.unit === 'ratio') return Number(percent[1]) / 100;
      return this.#blame(path, `a percentage does not fit ${feature.name}, which is a number of ${feature.unit}`);
    }
    const number = typeof threshold === 'number' ? threshold : Number.NaN;
    if (!Number.isFinite(number)) return this.#blame(path, `"${threshold}" must be a number`);
    if (feature.unit === 'ratio') return number;
    if (!Number.isInteger(number)) return this.#blame(path, `${number} must be a whole number`);
    if (feature.name === 'owner.history' && number > LONGEST_WINDOW) {
      return this.#blame(path, `is ${number} days; at most ${LONGEST_WINDOW} can be asked of the history`);
    }
    return number;
  }

  #blame(path: string, message: string): undefined {
    this.#faults.push({ path, message });
  }
}
