/**
 * The rules of labelling in the form in which they are stored beside the code: sorted by the token that they begin with, so that a
 * fresh process compiles only those that its first texts ask for, not all twenty thousand.
 */
import { type CompiledRule, compileRule, type Family, GATEWAY_LABEL, withName } from './compiled-rule.ts';
import { firstKey, Patterns } from './patterns.ts';
import type { BankCodeRule, LabelRules, MerchantCodeRule, WordRule } from './rules.ts';

export type PreparedRules = {
  /** Family and limits of each rule, as JSON: parsed when a text asks for it. */
  readonly rules: readonly string[];
  /** First token → lines of "pattern, tab, number of the rule". */
  readonly patterns: Readonly<Record<string, string>>;
  /** First token → lines of patterns that name nobody. */
  readonly noise: Readonly<Record<string, string>>;
  readonly merchantCodes: readonly MerchantCodeRule[];
  readonly bankCodes: readonly BankCodeRule[];
};

type StoredRule = Omit<WordRule, 'words'> & { readonly family: Family; readonly name?: string | undefined };

export function prepareRules(rules: LabelRules): PreparedRules {
  const stored: string[] = [];
  const patterns = new Map<string, string[]>();
  const add = (rule: StoredRule, texts: readonly string[]) => {
    const number = stored.push(JSON.stringify(rule)) - 1;
    for (const text of texts) addTo(patterns, text, `${text}\t${number}`);
  };
  for (const { brand, also = [], ...limits } of rules.brands) {
    add({ ...limits, family: 'brand', name: brand }, [brand, ...also]);
  }
  for (const { words, weak, ...limits } of rules.words) add({ ...limits, family: weak ? 'weak' : 'word' }, words);
  for (const { gateway, patterns: texts, ...limits } of rules.gateways) {
    add({ ...limits, family: 'gateway', name: gateway, in: [GATEWAY_LABEL], out: [GATEWAY_LABEL] }, texts);
  }
  const noise = new Map<string, string[]>();
  for (const text of rules.noise) addTo(noise, text, text);
  return {
    rules: stored,
    patterns: joined(patterns),
    noise: joined(noise),
    merchantCodes: rules.merchantCodes,
    bankCodes: rules.bankCodes,
  };
}

/** The patterns of all rules, compiled as they are asked for. */
export function openPatterns({ rules, patterns }: PreparedRules): Patterns<CompiledRule> {
  const compiled = new Map<number, CompiledRule>();
  const ruleOf = (number: number, pattern: string): CompiledRule => {
    let rule = compiled.get(number);
    if (!rule) {
      const { family, name, ...limits } = JSON.parse(rules[number] as string) as StoredRule;
      rule = compileRule(family, name ?? '', limits);
      compiled.set(number, rule);
    }
    // Words have no name of their own: the pattern that was found is the reason.
    return rule.name === '' ? withName(rule, `"${pattern}"`) : rule;
  };
  return new Patterns({
    lines: patterns,
    read: (line) => {
      const tab = line.lastIndexOf('\t');
      const pattern = line.slice(0, tab);
      return [pattern, ruleOf(Number(line.slice(tab + 1)), pattern)];
    },
  });
}

export function openNoise({ noise }: PreparedRules): Patterns<true> {
  return new Patterns({ lines: noise, read: (line) => [line, true] });
}

function addTo(groups: Map<string, string[]>, pattern: string, line: string): void {
  const key = firstKey(pattern);
  if (key === undefined) return;
  const group = groups.get(key);
  if (group) group.push(line);
  else groups.set(key, [line]);
}

function joined(groups: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  return Object.fromEntries([...groups].map(([key, lines]) => [key, lines.join('\n')]));
}
