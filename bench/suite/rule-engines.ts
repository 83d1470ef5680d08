/** The same definitions in the language of each rule engine: whether `enter` holds, for features given as numbers. */
import type { Condition, Definition, Rule } from '../../functions/domain/catalogue/definition.ts';
import { type Feature, featureKey } from '../../functions/domain/features/feature.ts';
import { peer } from '../support/peers.ts';

/** Values by name (`f0`, `f1`, …). A missing value is this far below every threshold. */
export type Facts = Readonly<Record<string, number>>;
export const NOTHING = -1e15;
export const NEVER = 1e9;
const LEAST = -1e14;

export type RuleEngine = {
  readonly name: string;
  /** Whether `enter` holds, in the order of the definitions. */
  readonly evaluate: (facts: Facts) => readonly boolean[] | Promise<readonly boolean[]>;
};

type Names = (feature: Feature) => string;
const NULLABLE = new Set(['average', 'share', 'largest', 'savingsRate', 'weekendShare', 'monthStartShare']);

export async function ruleEngines(
  definitions: readonly Definition[],
  features: readonly Feature[],
): Promise<RuleEngine[]> {
  const keys = new Map(features.map((feature, index) => [featureKey(feature), `f${index}`]));
  const nameOf: Names = (feature) => keys.get(featureKey(feature))!;
  const names = features.map(nameOf);
  const found = await Promise.all([
    jsonRulesEngine(definitions, nameOf),
    jsonLogicEngine(definitions, nameOf),
    zenEngine(definitions, nameOf),
    cel(definitions, nameOf, names),
  ]);
  return found.filter((engine) => engine !== undefined);
}

/** A rule as a tree of comparisons, each with a name, an operator and a number. */
type Comparison = readonly [name: string, operator: '>=' | '<=' | '>' | '<', value: number];
type Tree = { readonly all: readonly Tree[] } | { readonly any: readonly Tree[] } | { readonly not: Tree } | Comparison;

function treeOf(rule: Rule, nameOf: Names): Tree {
  if (rule.kind === 'condition') return comparisonsOf(rule.condition, nameOf);
  if (rule.kind === 'not') return { not: treeOf(rule.rule, nameOf) };
  const trees = rule.rules.map((inner) => treeOf(inner, nameOf));
  return rule.kind === 'all' ? { all: trees } : { any: trees };
}

function comparisonsOf({ feature, operator, low, high }: Condition, nameOf: Names): Tree {
  const name = nameOf(feature);
  const exists: Comparison[] = NULLABLE.has(feature.metric) ? [[name, '>', LEAST]] : [];
  const all = (comparison: Comparison): Tree => (exists.length === 0 ? comparison : { all: [...exists, comparison] });
  switch (operator) {
    case 'atLeast':
      return [name, '>=', low];
    case 'above':
      return [name, '>', low];
    case 'atMost':
      return all([name, '<=', low]);
    case 'below':
      return all([name, '<', low]);
    case 'between':
      return {
        all: [
          [name, '>=', low],
          [name, '<=', high],
        ],
      };
  }
}

const isComparison = (tree: Tree): tree is Comparison => Array.isArray(tree);

/** As text: CEL and zen have the same operators except for the logical ones. */
function textOf(
  tree: Tree,
  and: string,
  or: string,
  not: (inner: string) => string,
  number: (value: number) => string,
): string {
  const text = (inner: Tree): string => {
    if (isComparison(inner)) return `${inner[0]} ${inner[1]} ${number(inner[2])}`;
    if ('all' in inner) return `(${inner.all.map(text).join(` ${and} `)})`;
    if ('any' in inner) return `(${inner.any.map(text).join(` ${or} `)})`;
    return not(text(inner.not));
  };
  return text(tree);
}

async function jsonRulesEngine(definitions: readonly Definition[], nameOf: Names): Promise<RuleEngine | undefined> {
  type Engine = {
    addRule(rule: object): void;
    run(facts: Facts): Promise<{ events: readonly { type: string }[] }>;
  };
  const library = await peer<{ Engine: new (rules: unknown[], options: object) => Engine }>('json-rules-engine');
  if (!library) return undefined;
  const operators = { '>=': 'greaterThanInclusive', '<=': 'lessThanInclusive', '>': 'greaterThan', '<': 'lessThan' };
  const conditions = (tree: Tree): object => {
    if (isComparison(tree)) return { fact: tree[0], operator: operators[tree[1]], value: tree[2] };
    if ('all' in tree) return { all: tree.all.map(conditions) };
    if ('any' in tree) return { any: tree.any.map(conditions) };
    return { not: conditions(tree.not) };
  };
  const engine = new library.Engine([], {});
  definitions.forEach(({ enter }, index) => {
    const tree = treeOf(enter, nameOf);
    engine.addRule({
      conditions: isComparison(tree) ? { all: [conditions(tree)] } : conditions(tree),
      event: { type: String(index) },
    });
  });
  return {
    name: 'json-rules-engine',
    async evaluate(facts) {
      const { events } = await engine.run(facts);
      const verdicts = definitions.map(() => false);
      for (const { type } of events) verdicts[Number(type)] = true;
      return verdicts;
    },
  };
}

async function jsonLogicEngine(definitions: readonly Definition[], nameOf: Names): Promise<RuleEngine | undefined> {
  type Compiled = (facts: Facts) => boolean;
  const library = await peer<{ LogicEngine: new () => { build(logic: object): Compiled } }>('json-logic-engine');
  if (!library) return undefined;
  const logic = (tree: Tree): object => {
    if (isComparison(tree)) return { [tree[1]]: [{ var: tree[0] }, tree[2]] };
    if ('all' in tree) return { and: tree.all.map(logic) };
    if ('any' in tree) return { or: tree.any.map(logic) };
    return { '!': [logic(tree.not)] };
  };
  const engine = new library.LogicEngine();
  const rules = definitions.map(({ enter }) => engine.build(logic(treeOf(enter, nameOf))));
  return { name: 'json-logic-engine', evaluate: (facts) => rules.map((rule) => rule(facts)) };
}

async function zenEngine(definitions: readonly Definition[], nameOf: Names): Promise<RuleEngine | undefined> {
  type Decision = { evaluate(facts: Facts): Promise<{ result: Readonly<Record<string, boolean>> }> };
  const library = await peer<{ ZenEngine: new () => { createDecision(content: object): Decision } }>(
    '@gorules/zen-engine',
  );
  if (!library) return undefined;
  const expressions = definitions.map(({ enter }, index) => ({
    id: `d${index}`,
    key: `d${index}`,
    value: textOf(treeOf(enter, nameOf), 'and', 'or', (inner) => `not (${inner})`, String),
  }));
  const decision = new library.ZenEngine().createDecision({
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode', position: { x: 0, y: 0 } },
      { id: 'rules', name: 'rules', type: 'expressionNode', position: { x: 1, y: 0 }, content: { expressions } },
      { id: 'out', name: 'out', type: 'outputNode', position: { x: 2, y: 0 } },
    ],
    edges: [
      { id: 'a', sourceId: 'in', targetId: 'rules', type: 'edge' },
      { id: 'b', sourceId: 'rules', targetId: 'out', type: 'edge' },
    ],
  });
  return {
    name: '@gorules/zen-engine',
    async evaluate(facts) {
      const { result } = await decision.evaluate(facts);
      return definitions.map((_, index) => result[`d${index}`] === true);
    },
  };
}

async function cel(
  definitions: readonly Definition[],
  nameOf: Names,
  names: readonly string[],
): Promise<RuleEngine | undefined> {
  type Parsed = (facts: Facts) => unknown;
  type Environment = { registerVariable(name: string, type: string): Environment; parse(text: string): Parsed };
  const library = await peer<{ Environment: new () => Environment }>('@marcbachmann/cel-js');
  if (!library) return undefined;
  const environment = names.reduce((known, name) => known.registerVariable(name, 'double'), new library.Environment());
  const double = (value: number) => (Number.isInteger(value) ? `${value.toFixed(1)}` : String(value));
  const rules = definitions.map(({ enter }) =>
    environment.parse(textOf(treeOf(enter, nameOf), '&&', '||', (inner) => `!(${inner})`, double)),
  );
  return { name: '@marcbachmann/cel-js', evaluate: (facts) => rules.map((rule) => rule(facts) === true) };
}
