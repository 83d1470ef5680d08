/** Compiles patterns into the lists that `Patterns` is opened with; it describes their content. */

import { BEGINNING, FoldedText, hashOf } from './folding.ts';
import { slotsOf } from './hash-table.ts';
import { NumberMarks } from './known-numbers.ts';
import { joinLists } from './packed-lists.ts';
import { NODE_HEAD, TOKEN_HEAD } from './pattern-index.ts';

type Node = {
  /** Children by the number of their token, exact ones and those for all that starts with it. */
  readonly exact: Map<number, Node>;
  readonly prefixes: Map<number, Node>;
  readonly values: number[];
};

export class PatternWriter {
  readonly #root: Node = node();
  /** Tokens by number, in the order in which they were met, and what they are by themselves. */
  readonly #numbers = new Map<string, number>();
  readonly #traits: number[] = [];
  readonly #marks = new NumberMarks();
  /** One for all patterns: it has room for long texts, which is not made again for each word. */
  readonly #text = new FoldedText();

  /** Adds a pattern, given as its author writes it, with the number that is found with it; a pattern without a token is left out. */
  add(pattern: string, value: number): void {
    const steps = this.#stepsOf(pattern);
    if (steps.length === 0) return;
    this.#marks.addAll(steps);
    let at = this.#root;
    for (const { token, isPrefix } of steps) {
      const children = isPrefix ? at.prefixes : at.exact;
      const number = this.#numberOf(token);
      const child = children.get(number) ?? node();
      children.set(number, child);
      at = child;
    }
    at.values.push(value);
  }

  /** Says of a token what it is by itself: a set of bits. */
  mark(token: string, trait: number): void {
    this.#marks.addAll([{ token, isPrefix: false }]);
    const number = this.#numberOf(token);
    this.#traits[number] = (this.#traits[number] ?? 0) | trait;
  }

  written(): Int32Array {
    const tokens = [...this.#numbers.keys()];
    const nodes = nodesUnder(this.#root);
    const nodeAt = new Map<Node, number>();
    // No node has place 0.
    for (const [index, place] of placesOf(1, nodes.map(sizeOf)).entries()) nodeAt.set(nodes[index]!, place);
    const placeOf = (of: Node) => nodeAt.get(of)!;
    const steps = this.#firstSteps(tokens);
    const tokenAt = placesOf(
      0,
      tokens.map((token, number) => 1 + steps[number]!.length + Math.ceil(token.length / 2)),
    );
    const records = tokens.flatMap((token, number) => {
      const leadsTo = steps[number]!.map(placeOf);
      return [headOfToken(token, this.#traits[number] ?? 0, leadsTo.length), ...leadsTo, ...unitsOf(token)];
    });
    const childrenOf = (of: Iterable<readonly [number, Node]>) =>
      [...of].flatMap(([token, child]) => [tokenAt[token]!, placeOf(child)]);
    const written = nodes.flatMap(({ exact, prefixes, values }) => [
      headOfNode(values.length, exact.size, prefixes.size),
      ...values,
      // By token, for a search; prefixes stay as they were added.
      ...childrenOf([...exact].sort(([a], [b]) => a - b)),
      ...childrenOf(prefixes),
    ]);
    return joinLists([
      slotsOf(
        tokens.map((token) => hashOf(token)),
        tokenAt,
      ),
      records,
      [0, ...written],
      ...beginningsOf(
        [...this.#root.prefixes].map(([token, to]) => [tokens[token]!, tokenAt[token]!, placeOf(to)] as const),
      ),
      this.#marks.bits,
    ]);
  }

  /** For each token the nodes that patterns beginning with it lead to. */
  #firstSteps(tokens: readonly string[]): Node[][] {
    const { exact, prefixes } = this.#root;
    const steps = tokens.map((_, number): Node[] => [exact.get(number) ?? []].flat());
    // In groups by their first characters: comparing every prefix with every token took most of the time of a compilation.
    const alike = Map.groupBy(tokens.keys(), (number) => tokens[number]!.slice(0, BEGINNING));
    for (const [prefix, to] of prefixes) {
      const beginning = tokens[prefix]!;
      for (const number of alike.get(beginning.slice(0, BEGINNING)) ?? []) {
        if (tokens[number]!.startsWith(beginning)) steps[number]!.push(to);
      }
    }
    return steps;
  }

  #stepsOf(pattern: string): { token: string; isPrefix: boolean }[] {
    return pattern.split(/\s+/).flatMap((word) => {
      const tokens = this.#text.read(word).tokens();
      const prefixed = word.endsWith('*');
      return tokens.map((token, index) => {
        const isPrefix = prefixed && index === tokens.length - 1;
        if (isPrefix && token.length < BEGINNING) {
          throw new Error(`the pattern "${pattern}" has less than ${BEGINNING} letters before a *`);
        }
        return { token, isPrefix };
      });
    });
  }

  #numberOf(token: string): number {
    const number = this.#numbers.get(token) ?? this.#numbers.size;
    this.#numbers.set(token, number);
    return number;
  }
}

/** The prefixes that patterns begin with, in groups by their first characters, so that one look-up shows whether any can hold. */
function beginningsOf(prefixes: readonly (readonly [prefix: string, token: number, to: number])[]) {
  const groups = new Map<number, number[]>();
  for (const [prefix, token, to] of prefixes) {
    const hash = hashOf(prefix.slice(0, BEGINNING));
    groups.set(hash, [...(groups.get(hash) ?? []), token, to]);
  }
  const lists = [...groups.values()].map((group) => [group.length / 2, ...group]);
  const places = placesOf(
    0,
    lists.map(({ length }) => length),
  );
  return [slotsOf([...groups.keys()], places), lists.flat()];
}

function headOfToken(token: string, traits: number, steps: number): number {
  const { traitsFrom, stepsFrom, mostUnits, mostTraits, mostSteps } = TOKEN_HEAD;
  bounded(token.length, mostUnits, `units of "${token}"`);
  bounded(traits, mostTraits, `traits of "${token}"`);
  bounded(steps, mostSteps, `patterns that begin with "${token}"`);
  return token.length | (traits << traitsFrom) | (steps << stepsFrom);
}

function headOfNode(values: number, exact: number, prefixes: number): number {
  const { exactFrom, prefixesFrom, mostValues, mostExact, mostPrefixes } = NODE_HEAD;
  bounded(values, mostValues, 'rules of one pattern');
  bounded(exact, mostExact, 'patterns with one beginning');
  bounded(prefixes, mostPrefixes, 'patterns with one beginning and a *');
  return values | (exact << exactFrom) | (prefixes << prefixesFrom);
}

function bounded(number: number, most: number, what: string): void {
  if (number > most) throw new Error(`${number} ${what}; at most ${most} can be stored`);
}

/** The units of a token, two in a number, the first in its low half. */
function unitsOf(token: string): number[] {
  const units: number[] = [];
  for (let at = 0; at < token.length; at += 2) {
    units.push(token.charCodeAt(at) | ((at + 1 < token.length ? token.charCodeAt(at + 1) : 0) << 16));
  }
  return units;
}

/** Where records of these sizes start, when they are stored one behind the other. */
function placesOf(first: number, sizes: readonly number[]): number[] {
  let next = first;
  return sizes.map((size) => {
    next += size;
    return next - size;
  });
}

function sizeOf({ exact, prefixes, values }: Node): number {
  return 1 + values.length + 2 * (exact.size + prefixes.size);
}

/** The nodes of a tree but for its root, each before what is under it: nodes walked in sequence are near each other. */
function nodesUnder({ exact, prefixes }: Node): Node[] {
  return [...exact.values(), ...prefixes.values()].flatMap((child) => [child, ...nodesUnder(child)]);
}

function node(): Node {
  return { exact: new Map(), prefixes: new Map(), values: [] };
}
