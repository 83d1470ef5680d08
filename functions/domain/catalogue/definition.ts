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
import type { Fraction } from '../features/sums.ts';
import type { Fault } from '../values/fault.ts';
import { nearest } from '../values/nearest.ts';
import { centsOf, type Rates } from '../values/rates.ts';

export type Threshold = number | string;
/** One of these operators with its threshold. */
export type Comparison<Value = Threshold> = {
  readonly atLeast?: Value | undefined;
  readonly atMost?: Value | undefined;
  readonly above?: Value | undefined;
  readonly below?: Value | undefined;
  readonly between?: readonly [Value, Value] | undefined;
};
export type ConditionDocument = Comparison & {
  readonly feature: string;
  readonly window?: string | undefined;
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

/** What a value is compared with, in its own unit (EUR cents, ratio, days or a count). */
export type Bounds = {
  readonly operator: Operator;
  readonly low: number;
  readonly high: number;
  /** The bounds exactly: `low` and `high` are the nearest numbers to them. */
  readonly bounds: readonly [low: Decimal, high: Decimal];
};
/** A comparison of one feature. */
export type Condition = Bounds & {
  readonly path: string;
  readonly feature: Feature;
  /** The threshold as the document has it. */
  readonly threshold: string;
  /** The same for conditions that ask the same. */
  readonly key: string;
};
/** `digits` × 10 to the power of −`decimals`. */
export type Decimal = { readonly digits: string; readonly decimals: number };
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

/** Compiles a definition; every fault is reported with its path and, for a wrong name, the nearest right one. */
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
      message: `must not have more than ${MOST_CONDITIONS} conditions, and has ${compiler.conditions}`,
    });
  }
  if (faults.length > 0 || !enter || !stay) return { faults };
  return { definition: { document, enter, stay, history, hold } };
}

/** A comparison of an amount of money in EUR cents, or what is wrong with it. */
export function compileAmount(
  document: Comparison,
  path: string,
  rates: Rates,
): { comparison: Bounds; faults?: never } | { faults: Fault[]; comparison?: never } {
  const faults: Fault[] = [];
  const compiler = new RuleCompiler({ labels: new Map() }, rates, faults);
  const comparison = compiler.bounds(document, path, (threshold, at) => compiler.money(threshold, at));
  return comparison ? { comparison } : { faults };
}

/** The conditions of a rule, from left to right. */
export function conditionsOf(rule: Rule): Condition[] {
  if (rule.kind === 'condition') return [rule.condition];
  return rule.kind === 'not' ? conditionsOf(rule.rule) : rule.rules.flatMap(conditionsOf);
}

/**
 * Whether a value meets a condition. A value that does not exist (no rows to average) meets none.
 *
 * @param fraction gives the value exactly, of which the number is the nearest one; without it the number is exact
 */
export function meets(condition: Bounds, value: number | null, fraction?: () => Fraction): boolean {
  if (value === null) return false;
  const { operator, low, high, bounds } = condition;
  const fromLow = distance(value, low, bounds[0], fraction);
  switch (operator) {
    case 'atLeast':
      return fromLow >= 0;
    case 'atMost':
      return fromLow <= 0;
    case 'above':
      return fromLow > 0;
    case 'below':
      return fromLow < 0;
    case 'between':
      return fromLow >= 0 && distance(value, high, bounds[1], fraction) <= 0;
  }
}

/** Numbers farther apart than this are in the order of what they are the nearest numbers to. */
const NEAR = 1e-12;

/** Below 0, 0 or above 0 as the value is less than the bound, equal to it or greater. */
function distance(value: number, near: number, bound: Decimal, fraction?: () => Fraction): number {
  const rounded = value - near;
  if (!fraction || Math.abs(rounded) > NEAR * Math.max(1, Math.abs(near))) return rounded;
  return difference(fraction(), bound);
}

/** Below 0, 0 or above 0 as the fraction is less than, equal to or greater than the decimal. */
function difference({ numerator, denominator }: Fraction, { digits, decimals }: Decimal): number {
  const [scale, shift] = [10n ** BigInt(Math.max(decimals, 0)), 10n ** BigInt(Math.max(-decimals, 0))];
  const sign = numerator * scale - BigInt(digits) * shift * denominator;
  return sign < 0n ? -1 : sign > 0n ? 1 : 0;
}

/** A decimal as people write it, or as numbers are printed: `-0.25`, `1e-7`. */
function decimalOf(text: string): Decimal {
  const [mantissa = '', exponent = '0'] = text.split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: whole + fraction, decimals: fraction.length - Number(exponent) };
}

function numberOf({ digits, decimals }: Decimal): number {
  return Number(`${digits}e${-decimals}`);
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
    if (depth > DEEPEST_RULE) return this.#blame(path, `must not be nested deeper than ${DEEPEST_RULE}`);
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
    if (!(days >= 1)) this.#blame(path, `must be a number of days such as 90d, and is "${text}"`);
    else if (days > most) this.#blame(path, `must be at most ${most} days, and is ${days}`);
    return days;
  }

  #group(kind: 'all' | 'any', documents: readonly RuleDocument[], path: string, depth: number): Rule | undefined {
    if (documents.length === 0) return this.#blame(`${path}.${kind}`, 'must have at least one condition');
    const rules = documents.map((document, index) => this.rule(document, `${path}.${kind}[${index}]`, depth + 1));
    return rules.every((rule) => rule !== undefined) ? { kind, rules } : undefined;
  }

  #condition(document: ConditionDocument, path: string): Condition | undefined {
    const window = document.window === undefined ? null : this.days(document.window, `${path}.window`, LONGEST_WINDOW);
    const read = readFeature(document.feature, window, this.#names);
    if (typeof read === 'string') return this.#blame(`${path}.feature`, read);
    const compared = this.bounds(document, path, (threshold, at) => this.#threshold(threshold, read, at));
    if (!compared) return undefined;
    const { operator, bounds } = compared;
    const exactly = bounds.map(({ digits, decimals }) => `${digits}e${-decimals}`).join(' ');
    const key = `${featureKey(read)} ${operator} ${exactly}`;
    const given = operator === 'between' ? (document.between ?? []) : [document[operator]!];
    return { path, feature: read, ...compared, threshold: given.join(' and '), key };
  }

  bounds(
    document: Comparison,
    path: string,
    thresholdOf: (threshold: Threshold, path: string) => Decimal | undefined,
  ): Bounds | undefined {
    const operators = OPERATORS.filter((operator) => document[operator] !== undefined);
    const operator = operators[0];
    if (operators.length !== 1 || !operator) {
      return this.#blame(path, `must have exactly one of ${OPERATORS.join(', ')}, and has ${operators.length}`);
    }
    const given = operator === 'between' ? (document.between ?? []) : [document[operator]!];
    const values = given.map((threshold) => thresholdOf(threshold, `${path}.${operator}`));
    const [first, last = first] = values;
    if (first === undefined || last === undefined || values.includes(undefined)) return undefined;
    const [low, high] = [numberOf(first), numberOf(last)];
    if (low > high) return this.#blame(`${path}.between`, 'must not have its lower bound above its upper one');
    return { operator, low, high, bounds: [first, last] };
  }

  #threshold(threshold: Threshold, feature: Feature, path: string): Decimal | undefined {
    if (feature.unit === 'money') return this.money(threshold, path);
    const percent = /^(-?\d+(?:\.\d+)?)%$/.exec(String(threshold));
    if (percent) {
      const { digits, decimals } = decimalOf(percent[1]!);
      if (feature.unit === 'ratio') return { digits, decimals: decimals + 2 };
      return this.#blame(path, `must not be a percentage: ${feature.name} is a number of ${feature.unit}`);
    }
    const number = typeof threshold === 'number' ? threshold : Number.NaN;
    if (!Number.isFinite(number)) return this.#blame(path, `must be a number, and is "${threshold}"`);
    if (feature.unit === 'ratio') return decimalOf(String(number));
    if (!Number.isInteger(number)) return this.#blame(path, `must be a whole number, and is ${number}`);
    if (feature.name === 'owner.history' && number > LONGEST_WINDOW) {
      return this.#blame(path, `must be at most ${LONGEST_WINDOW} days of history, and is ${number}`);
    }
    return decimalOf(String(number));
  }

  /** In EUR cents. */
  money(threshold: Threshold, path: string): Decimal | undefined {
    const amount = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(String(threshold));
    if (!amount) return this.#blame(path, `must be an amount with its currency, such as 60 EUR, and is "${threshold}"`);
    const cents = centsOf(amount[1]!, amount[2]!, this.#rates);
    if (typeof cents === 'number') return decimalOf(String(cents));
    const { currencies } = this.#rates;
    const near = currencies.includes(amount[2]!) ? undefined : nearest(amount[2]!, currencies);
    return this.#blame(path, `${cents}${near ? `: did you mean ${near}?` : ''}`);
  }

  #blame(path: string, message: string): undefined {
    this.#faults.push({ path, message });
  }
}
