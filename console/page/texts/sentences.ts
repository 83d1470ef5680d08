/** Conditions of definitions in everyday words. */
import { featureParts } from '../model/feature.ts';
import { TEXTS, type TextKey } from './table.ts';
import { money, number, t } from './texts.ts';

type Condition = { readonly feature: string; readonly window?: string | null | undefined };

const key = (name: string): TextKey | undefined => (name in TEXTS ? (name as TextKey) : undefined);

/** What is measured: `months with pets or veterinary, within 180 days`. */
export function measureText({ feature, window }: Condition): string {
  const { labels, without, metric } = featureParts(feature);
  const isOwner = labels[0] === 'owner';
  const set = labels.map(setText).join(` ${t('or')} `);
  const whole = without.length > 0 ? t('setWithout', { set, without: without.map(setText).join(', ') }) : set;
  const phrase = key(`${isOwner ? 'owner' : 'metric'}.${metric}`);
  const what = phrase ? t(phrase, { set: whole }) : feature;
  return window ? t('within', { what, n: Number.parseInt(window, 10) }) : what;
}

function setText(label: string): string {
  const known = key(`set.${label}`);
  return known ? t(known) : t('quoteOpen') + label + t('quoteClose');
}

/** A number, a share or an amount as definitions write them. */
export function valueText(value: string | number | null): string {
  if (value === null) return '–';
  if (typeof value === 'number') return number(value);
  const [, amount, currency] = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(value) ?? [];
  if (amount !== undefined && currency !== undefined) return money(amount, currency);
  return /^-?\d+(\.\d+)?$/.test(value) ? number(Number(value)) : value;
}

const OPERATORS = ['atLeast', 'atMost', 'above', 'below', 'between'] as const;

/** `at least 3`. */
export function thresholdText(operator: string, threshold: unknown): string {
  const name = key(`operator.${operator}`);
  const values = (Array.isArray(threshold) ? threshold : [threshold]) as (string | number)[];
  const said = values.map(valueText).join(` ${t('and')} `);
  return name ? t(name, { value: said }) : `${operator} ${said}`;
}

export type Rule = {
  readonly all?: readonly Rule[];
  readonly any?: readonly Rule[];
  readonly not?: Rule;
  readonly feature?: string;
  readonly window?: string | undefined;
} & { readonly [Operator in (typeof OPERATORS)[number]]?: unknown };

export function conditionText(rule: Rule): string {
  const operator = OPERATORS.find((name) => rule[name] !== undefined) ?? 'atLeast';
  return `${measureText({ feature: rule.feature ?? '', window: rule.window })}: ${thresholdText(operator, rule[operator])}`;
}
