/**
 * Many patterns at once: sequences of tokens in a tree, walked from each token of a text. Whole tokens only; a token of a
 * pattern that ends in `*` stands for every token that begins with what is before it.
 */
import { tokensOf } from './folding.ts';

/** Where a pattern was found: tokens `start` up to, not including, `end`. */
export type Match<Value> = { readonly start: number; readonly end: number; readonly value: Value };

type Node<Value> = {
  exact: Map<string, Node<Value>> | undefined;
  /** Prefixes by their first characters, so that one look-up tells whether any can hold. */
  prefixes: Map<string, { prefix: string; node: Node<Value> }[]> | undefined;
  values: Value[];
};

/** Letters that stand before a `*` at least. */
const SHORTEST_PREFIX = 3;
/** Tokens whose beginnings are remembered at most; then all are forgotten. */
const MOST_STARTS = 30_000;
const DIGIT = /\d/;
const NO_NODES: readonly never[] = [];

/** Patterns that wait: lines by the key of their first token (see `firstKey`), read when a text asks for them. */
export type Waiting<Value> = {
  readonly lines: Readonly<Record<string, string>>;
  readonly read: (line: string) => readonly [pattern: string, value: Value];
};

export class Patterns<Value> {
  readonly #root: Node<Value> = node();
  readonly #waiting: Waiting<Value> | undefined;
  readonly #loaded = new Set<string>();
  /** Where patterns that begin with a token go on; for most tokens nowhere. */
  readonly #starts = new Map<string, readonly Node<Value>[]>();

  constructor(waiting?: Waiting<Value>) {
    this.#waiting = waiting;
  }

  /** Adds a pattern, given as its author writes it; a pattern without a token is left out. */
  add(pattern: string, value: Value): void {
    const steps = stepsOf(pattern);
    if (steps.length === 0) return;
    let at = this.#root;
    for (const { token, isPrefix } of steps) at = isPrefix ? prefixChild(at, token) : exactChild(at, token);
    at.values.push(value);
    this.#starts.clear();
  }

  /** Every match in a list of tokens, in the order of their starts. */
  find(tokens: readonly string[]): Match<Value>[] {
    const matches: Match<Value>[] = [];
    for (let start = 0; start < tokens.length; start++) {
      const token = tokens[start] as string;
      for (const at of this.#startsOf(token)) this.#walk(at, tokens, start, start + 1, matches);
    }
    return matches;
  }

  /** Whether any pattern occurs. */
  occursIn(tokens: readonly string[]): boolean {
    return tokens.some((token, start) => this.#startsOf(token).some((at) => leadsToValue(at, tokens, start + 1)));
  }

  #startsOf(token: string): readonly Node<Value>[] {
    if (!this.#waiting) return childrenFor(this.#root, token);
    const known = this.#starts.get(token);
    if (known) return known;
    this.#load(this.#waiting, token);
    this.#load(this.#waiting, `${token.slice(0, SHORTEST_PREFIX)}*`);
    const nodes = childrenFor(this.#root, token);
    // Numbers of cards, orders and days hardly come again.
    if (DIGIT.test(token)) return nodes;
    if (this.#starts.size >= MOST_STARTS) this.#starts.clear();
    this.#starts.set(token, nodes.length === 0 ? NO_NODES : nodes);
    return nodes;
  }

  #load({ lines, read }: Waiting<Value>, key: string): void {
    if (!Object.hasOwn(lines, key) || this.#loaded.has(key)) return;
    this.#loaded.add(key);
    for (const line of (lines[key] as string).split('\n')) this.add(...read(line));
  }

  #walk(at: Node<Value>, tokens: readonly string[], start: number, position: number, matches: Match<Value>[]): void {
    for (const value of at.values) matches.push({ start, end: position, value });
    if (!at.exact && !at.prefixes) return;
    const token = tokens[position];
    if (token === undefined) return;
    for (const next of childrenFor(at, token)) this.#walk(next, tokens, start, position + 1, matches);
  }
}

/** The nodes that one more token leads to. */
function childrenFor<Value>(at: Node<Value>, token: string): readonly Node<Value>[] {
  const exact = at.exact?.get(token);
  const prefixes = at.prefixes?.get(token.slice(0, SHORTEST_PREFIX));
  if (!prefixes) return exact ? [exact] : NO_NODES;
  const nodes = exact ? [exact] : [];
  for (const { prefix, node: child } of prefixes) if (token.startsWith(prefix)) nodes.push(child);
  return nodes;
}

function leadsToValue<Value>(at: Node<Value>, tokens: readonly string[], position: number): boolean {
  if (at.values.length > 0) return true;
  const token = tokens[position];
  return token !== undefined && childrenFor(at, token).some((next) => leadsToValue(next, tokens, position + 1));
}

/** What a pattern's first token is filed under: the token, or the beginning of a prefix and a star. Undefined: it has no token. */
export function firstKey(pattern: string): string | undefined {
  const first = stepsOf(pattern)[0];
  return first && (first.isPrefix ? `${first.token.slice(0, SHORTEST_PREFIX)}*` : first.token);
}

function stepsOf(pattern: string): { token: string; isPrefix: boolean }[] {
  return pattern.split(/\s+/).flatMap((word) => {
    const tokens = tokensOf(word);
    const prefixed = word.endsWith('*');
    return tokens.map((token, index) => {
      const isPrefix = prefixed && index === tokens.length - 1;
      if (isPrefix && token.length < SHORTEST_PREFIX) {
        throw new Error(`the pattern "${pattern}" has less than ${SHORTEST_PREFIX} letters before a *`);
      }
      return { token, isPrefix };
    });
  });
}

function exactChild<Value>(at: Node<Value>, token: string): Node<Value> {
  at.exact ??= new Map();
  const child = at.exact.get(token) ?? node<Value>();
  at.exact.set(token, child);
  return child;
}

function prefixChild<Value>(at: Node<Value>, prefix: string): Node<Value> {
  at.prefixes ??= new Map();
  const key = prefix.slice(0, SHORTEST_PREFIX);
  const siblings = at.prefixes.get(key) ?? [];
  at.prefixes.set(key, siblings);
  const known = siblings.find((candidate) => candidate.prefix === prefix);
  if (known) return known.node;
  const child = node<Value>();
  siblings.push({ prefix, node: child });
  return child;
}

function node<Value>(): Node<Value> {
  return { exact: undefined, prefixes: undefined, values: [] };
}
