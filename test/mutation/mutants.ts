/** Mutants of a source: one small change each that a test should notice. */
import { type ParseResult, parse } from '@babel/parser';

export type Mutant = {
  readonly line: number;
  /** What is replaced: characters `from` up to, not including, `to`. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
};

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [key: string]: unknown };

/** Each comparison without or with its bound; sums, products and sets of bits turned around. */
const OPPOSITES: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '&': '|',
  '|': '&',
};
const NAMES: Readonly<Record<string, string>> = { every: 'some', some: 'every', min: 'max', max: 'min' };
/** Calls without which a list stays as it is. */
const LEFT_OUT = new Set(['filter', 'sort', 'toSorted', 'reverse', 'toReversed']);
/** Nodes of types that contain an expression; all others of types are not code. */
const WITH_EXPRESSION = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression']);

/** All mutants of a TypeScript source, in the order of its lines. */
export function mutantsOf(source: string): Mutant[] {
  const found: Mutant[] = [];
  const textOf = ({ start, end }: Node) => source.slice(start, end);
  const replace = ({ start, end }: Node, text: string) => {
    found.push({ line: source.slice(0, start).split('\n').length, from: start, to: end, text });
  };
  const file: ParseResult = parse(source, { sourceType: 'module', plugins: ['typescript'] });
  visit(file.program as unknown as Node, undefined, (node, parent) => mutate(node, parent, textOf, replace));
  return found.sort((a, b) => a.from - b.from);
}

function visit(node: Node, parent: Node | undefined, meet: (node: Node, parent: Node | undefined) => void): void {
  if (node.type === 'ImportDeclaration') return;
  if (node.type.startsWith('TS')) {
    if (WITH_EXPRESSION.has(node.type)) visit(node['expression'] as Node, node, meet);
    return;
  }
  meet(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, node, meet);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'loc' in value;
}

type TextOf = (node: Node) => string;
type Replace = (node: Node, text: string) => void;

function mutate(node: Node, parent: Node | undefined, textOf: TextOf, replace: Replace): void {
  const part = (name: string) => node[name] as Node;
  switch (node.type) {
    case 'BinaryExpression':
      mutateBinary(node, textOf, replace);
      break;
    case 'LogicalExpression':
      replace(node, `(${textOf(part('left'))})`);
      if (node['operator'] !== '??') replace(node, `(${textOf(part('right'))})`);
      break;
    case 'ConditionalExpression':
      replace(node, `(${textOf(part('consequent'))})`);
      replace(node, `(${textOf(part('alternate'))})`);
      break;
    case 'IfStatement':
      replace(part('test'), 'true');
      replace(part('test'), 'false');
      break;
    case 'UnaryExpression':
      if (node['operator'] === '!' || node['operator'] === '-') replace(node, `(${textOf(part('argument'))})`);
      break;
    case 'NumericLiteral':
      replace(node, String((node['value'] as number) + 1));
      if ((node['value'] as number) > 1) replace(node, String((node['value'] as number) - 1));
      break;
    case 'BooleanLiteral':
      replace(node, String(!node['value']));
      break;
    case 'CallExpression':
      mutateCall(part('callee'), node, textOf, replace);
      break;
    case 'ExpressionStatement':
      // A loop without its only step never ends.
      if (parent?.type !== 'WhileStatement') replace(node, ';');
      break;
    case 'ContinueStatement':
    case 'BreakStatement':
      replace(node, ';');
      break;
  }
}

/** Only the operator is replaced, so that bracketed code stays in place. */
function mutateBinary(node: Node, textOf: TextOf, replace: Replace): void {
  const operator = node['operator'] as string;
  const opposite = OPPOSITES[operator];
  if (opposite === undefined) return;
  const start = (node['left'] as Node).end;
  const between = { ...node, start, end: (node['right'] as Node).start };
  const at = start + textOf(between).indexOf(operator);
  replace({ ...node, start: at, end: at + operator.length }, opposite);
}

function mutateCall(callee: Node, call: Node, textOf: TextOf, replace: Replace): void {
  if (callee.type !== 'MemberExpression') return;
  const property = callee['property'] as Node;
  const name = textOf(property);
  const other = NAMES[name];
  if (other !== undefined) replace(property, other);
  if (LEFT_OUT.has(name)) replace(call, `(${textOf(callee['object'] as Node)})`);
}
