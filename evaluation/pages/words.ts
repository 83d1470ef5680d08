/** Rules of definitions in words. */
import type { Condition, Operator, Rule } from '../../functions/domain/catalogue/definition.ts';
import {
  type Feature,
  OWNER_METRICS,
  type SetMetric,
  type SpecialSet,
} from '../../functions/domain/features/feature.ts';

const OPERATORS: Readonly<Record<Exclude<Operator, 'between'>, string>> = {
  atLeast: 'at least',
  atMost: 'at most',
  above: 'more than',
  below: 'less than',
};
const SPECIAL: Readonly<Record<SpecialSet, string>> = {
  all: 'any label',
  spending: 'spending',
  income: 'income',
  orders: 'goods ordered on line',
};

/** A rule as a list in Markdown; `indent`: blanks before each line. */
export function ruleInWords(rule: Rule, labelNames: readonly string[], indent = ''): string {
  switch (rule.kind) {
    case 'condition':
      return `${indent}- ${conditionInWords(rule.condition, labelNames)}`;
    case 'not':
      return `${indent}- not:\n${ruleInWords(rule.rule, labelNames, `${indent}  `)}`;
    default: {
      const inner = rule.rules.map((one) => ruleInWords(one, labelNames, `${indent}  `));
      return `${indent}- ${rule.kind === 'all' ? 'all of these:' : 'any of these:'}\n${inner.join('\n')}`;
    }
  }
}

function conditionInWords({ feature, operator, threshold }: Condition, labelNames: readonly string[]): string {
  const bound = operator === 'between' ? `between ${threshold}` : `${OPERATORS[operator]} ${threshold}`;
  const within = feature.window === null ? '' : ` within ${feature.window} days`;
  if (feature.of === 'owner') return `${OWNER_METRICS[feature.metric].title.toLowerCase()}${within}: ${bound}`;
  return `${setMetricInWords(feature.metric, bound, setInWords(feature, labelNames))}${within}`;
}

function setMetricInWords(metric: SetMetric, bound: string, set: string): string {
  switch (metric) {
    case 'count':
      return `${bound} transactions of ${set}`;
    case 'total':
      return `${bound} in all of ${set}`;
    case 'average':
      return `${bound} on average for ${set}`;
    case 'largest':
      return `${bound} as the largest of ${set}`;
    case 'share':
      return `${bound} of all spending on ${set}`;
    case 'netShare':
      return `${bound} of all spending on ${set}, less what came back`;
    case 'months':
      return `${bound} calendar months with ${set}`;
    case 'days':
      return `${bound} days with ${set}`;
    case 'parties':
      return `${bound} counterparties of ${set}`;
    case 'lastSeen':
      return `${bound} days since the last of ${set}`;
  }
}

function setInWords(feature: Feature & { of: 'set' }, labelNames: readonly string[]): string {
  if (typeof feature.set === 'string') return SPECIAL[feature.set];
  const inWords = (labels: readonly number[]) => listInWords(labels.map((index) => `\`${labelNames[index]}\``));
  const out = feature.set.filter((label) => label < 0).map((label) => ~label);
  const any = inWords(feature.set.slice(out.length));
  return out.length === 0 ? any : `${any} that is not ${inWords(out)}`;
}

function listInWords(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
