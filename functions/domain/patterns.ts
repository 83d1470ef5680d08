/**
 * Many patterns at once: sequences of tokens in a tree, walked from each token of a text. Whole tokens only; a token of a
 * pattern that ends in `*` stands for every token that begins with what is before it.
 *
 * The tree is lists of numbers, not objects: it is made when the catalogue is bundled, and a fresh process has it as soon as the
 * file is read.
 */
import { joinLists, listsIn } from './flat.ts';
import { BEGINNING, type FoldedText, tokensOf } from './folding.ts';
import { beginningOf, slotNumber, slotsOf, UNKNOWN, Vocabulary, VocabularyWriter } from './vocabulary.ts';

type Node = {
  /** Children by the number of their token, exact ones and those for all that begins with it. */
  readonly exact: Map<number, Node>;
  readonly prefixes: Map<number, Node>;
  readonly values: number[];
};

/** Compiles patterns into the lists that `Patterns` is opened with. */
export class PatternWriter {
  readonly #vocabulary = new VocabularyWriter();
  readonly #root: Node = node();
  readonly #traits: number[] = [];

  /** Adds a pattern, given as its author writes it, with the number that is found with it; a pattern without a token is left out. */
  add(pattern: string, value: number): void {
    const steps = stepsOf(pattern);
    if (steps.length === 0) return;
    let at = this.#root;
    for (const { token, isPrefix } of steps) {
      const children = isPrefix ? at.prefixes : at.exact;
      const number = this.#vocabulary.numberOf(token);
      const child = children.get(number) ?? node();
      children.set(number, child);
      at = child;
    }
    at.values.push(value);
  }

  /** Says of a token what it is by itself: a set of bits. */
  mark(token: string, trait: number): void {
    const number = this.#vocabulary.numberOf(token);
    this.#traits[number] = (this.#traits[number] ?? 0) | trait;
  }

  written(): Int32Array {
    const nodes = [this.#root];
    const firstOf = [0];
    const children: number[] = [];
    const values: number[] = [];
    const firstValueOf = [0];
    const firstPrefixOf: number[] = [];
    // Level by level, so that the children of a node stand together.
    for (let at = 0; at < nodes.length; at++) {
      const { exact, prefixes, values: own } = nodes[at] as Node;
      // By number, for a search; prefixes stay as they were added.
      for (const [token, child] of [...exact].sort(([a], [b]) => a - b)) children.push(token, nodes.push(child) - 1);
      firstPrefixOf.push(children.length);
      for (const [token, child] of prefixes) children.push(token, nodes.push(child) - 1);
      firstOf.push(children.length);
      values.push(...own);
      firstValueOf.push(values.length);
    }
    const rootOf = new Int32Array(this.#vocabulary.size);
    for (let edge = 0; edge < (firstPrefixOf[0] as number); edge += 2) {
      rootOf[children[edge] as number] = children[edge + 1] as number;
    }
    const traits = Int32Array.from({ length: this.#vocabulary.size }, (_, number) => this.#traits[number] ?? 0);
    return joinLists([
      ...this.#vocabulary.lists(),
      traits,
      rootOf,
      ...this.#beginnings(children, firstPrefixOf[0] as number, firstOf[1] as number),
      firstOf,
      firstPrefixOf,
      children,
      firstValueOf,
      values,
    ]);
  }

  /** The prefixes that patterns begin with, by their first characters, so that one look-up tells whether any can hold. */
  #beginnings(children: readonly number[], from: number, to: number): [Int32Array, number[], number[]] {
    const tokens = this.#vocabulary.tokens();
    const groups = new Map<number, number[]>();
    for (let edge = from; edge < to; edge += 2) {
      const hash = beginningOf(tokens[children[edge] as number] as string);
      const group = groups.get(hash) ?? [];
      groups.set(hash, group);
      group.push(children[edge] as number, children[edge + 1] as number);
    }
    const firstOf = [0];
    const prefixes: number[] = [];
    for (const group of groups.values()) {
      prefixes.push(...group);
      firstOf.push(prefixes.length);
    }
    return [slotsOf([...groups.keys()]), firstOf, prefixes];
  }
}

/** The patterns of a list that a `PatternWriter` has written. */
export class Patterns {
  /** What was found last: `values[n]` from token `starts[n]` up to, not including, `ends[n]`, in the order of their starts. */
  count = 0;
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly values: number[] = [];
  /** The numbers of the tokens looked at last. */
  tokens = new Int32Array(257);
  readonly #vocabulary: Vocabulary;
  readonly #traits: Int32Array;
  readonly #rootOf: Int32Array;
  readonly #beginningSlots: Int32Array;
  readonly #firstOfBeginning: Int32Array;
  readonly #prefixes: Int32Array;
  readonly #firstOf: Int32Array;
  readonly #firstPrefixOf: Int32Array;
  readonly #children: Int32Array;
  readonly #firstValueOf: Int32Array;
  readonly #values: Int32Array;

  constructor(written: Int32Array) {
    const [slots, starts, units, traits, rootOf, beginningSlots, firstOfBeginning, prefixes, ...tree] = listsIn(
      written,
    ) as [I, I, I, I, I, I, I, I, I, I, I, I, I];
    this.#vocabulary = new Vocabulary(slots, starts, units);
    this.#traits = traits;
    this.#rootOf = rootOf;
    this.#beginningSlots = beginningSlots;
    this.#firstOfBeginning = firstOfBeginning;
    this.#prefixes = prefixes;
    [this.#firstOf, this.#firstPrefixOf, this.#children, this.#firstValueOf, this.#values] = tree;
  }

  /** Finds every pattern in a text. */
  find(text: FoldedText): void {
    this.lookUp(text);
    this.count = 0;
    for (let start = 0; start < text.count; start++) {
      const token = this.tokens[start] as number;
      const node = token === UNKNOWN ? NO_NODE : (this.#rootOf[token] as number);
      if (node !== NO_NODE) this.#walk(node, text, start, start + 1);
      if (text.lengthOf(start) < BEGINNING) continue;
      const group = slotNumber(this.#beginningSlots, text.beginnings[start] as number);
      if (group === UNKNOWN) continue;
      const end = this.#firstOfBeginning[group + 1] as number;
      for (let at = this.#firstOfBeginning[group] as number; at < end; at += 2) {
        if (this.#vocabulary.begins(this.#prefixes[at] as number, text, start)) {
          this.#walk(this.#prefixes[at + 1] as number, text, start, start + 1);
        }
      }
    }
  }

  /** Finds the numbers of the tokens of a text; gives what they are by themselves, all together. */
  lookUp(text: FoldedText): number {
    if (text.count > this.tokens.length) this.tokens = new Int32Array(text.count * 2);
    let traits = 0;
    for (let at = 0; at < text.count; at++) {
      const number = this.#vocabulary.numberIn(text, at);
      this.tokens[at] = number;
      if (number !== UNKNOWN) traits |= this.#traits[number] as number;
    }
    return traits;
  }

  /** What a token looked at last is by itself. */
  traitsOf(at: number): number {
    const number = this.tokens[at] as number;
    return number === UNKNOWN ? 0 : (this.#traits[number] as number);
  }

  #walk(node: number, text: FoldedText, start: number, position: number): void {
    const lastValue = this.#firstValueOf[node + 1] as number;
    for (let at = this.#firstValueOf[node] as number; at < lastValue; at++) {
      this.starts[this.count] = start;
      this.ends[this.count] = position;
      this.values[this.count++] = this.#values[at] as number;
    }
    const first = this.#firstOf[node] as number;
    const end = this.#firstOf[node + 1] as number;
    if (first === end || position >= text.count) return;
    const firstPrefix = this.#firstPrefixOf[node] as number;
    const child = this.#childOf(this.tokens[position] as number, first, firstPrefix);
    if (child !== NO_NODE) this.#walk(child, text, start, position + 1);
    for (let at = firstPrefix; at < end; at += 2) {
      if (this.#vocabulary.begins(this.#children[at] as number, text, position)) {
        this.#walk(this.#children[at + 1] as number, text, start, position + 1);
      }
    }
  }

  /** The child of a token among children in the order of their tokens. */
  #childOf(token: number, from: number, to: number): number {
    const children = this.#children;
    let low = from >> 1;
    let high = to >> 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((children[middle * 2] as number) < token) low = middle + 1;
      else high = middle;
    }
    return low < to >> 1 && children[low * 2] === token ? (children[low * 2 + 1] as number) : NO_NODE;
  }
}

type I = Int32Array;
/** The root is nobody's child. */
const NO_NODE = 0;

function stepsOf(pattern: string): { token: string; isPrefix: boolean }[] {
  return pattern.split(/\s+/).flatMap((word) => {
    const tokens = tokensOf(word);
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

function node(): Node {
  return { exact: new Map(), prefixes: new Map(), values: [] };
}
