/**
 * Many patterns at once: sequences of tokens in a tree, walked from each token of a text. Whole tokens only; a token of a pattern that ends
 * in `*` matches every token that starts with what is before it.
 *
 * The tree is lists of numbers, not objects: it is made when the catalogue is bundled, and a fresh process has it as soon as the file is
 * read. What is read together is stored together, because most of the time goes into waiting for memory:
 *
 * - a token known to patterns is a record: a head, the nodes that patterns beginning with it lead to, its units, two in a number;
 * - a node of the tree is a record: a head, the values of the patterns that end there, its children by their exact token in the
 *   order of those, then the children for all tokens that begin with one. A child is the token and the node.
 *
 * Tokens and nodes go by the places of their records.
 */

import { BEGINNING, type FoldedText, isDigit } from './folding.ts';
import { EMPTY, slotNumber, spread } from './hash-table.ts';
import { KnownNumbers } from './known-numbers.ts';
import { listsIn } from './packed-lists.ts';

/** The head of a token: its length, what it is by itself, how many nodes it leads to. */
export const TOKEN_HEAD = {
  traitsFrom: 6,
  stepsFrom: 17,
  mostUnits: 0x3f,
  mostTraits: 0x7ff,
  mostSteps: 0x7fff,
} as const;
/** The head of a node: how many values and children it has. */
export const NODE_HEAD = {
  exactFrom: 8,
  prefixesFrom: 20,
  mostValues: 0xff,
  mostExact: 0xfff,
  mostPrefixes: 0x7ff,
} as const;

const { traitsFrom, stepsFrom, mostUnits, mostTraits } = TOKEN_HEAD;
const { exactFrom, prefixesFrom, mostValues, mostExact } = NODE_HEAD;

/** Tokens that no pattern knows. */
const UNKNOWN = EMPTY;
/** No node has the first place. */
const NO_NODE = 0;
/** Codes are a letter or two and a number; names of shops are longer. */
const FEWEST_BEFORE_NUMBER = 4;
/** Hash bits that suffice to rule out most token starts that no pattern has. */
const MAY_BEGIN = 0x3fff;

/** The patterns of a list that a `PatternWriter` has written. */
export class Patterns {
  /** What was found last: `values[n]` from token `starts[n]` up to, not including, `ends[n]`, in the order of their starts. */
  count = 0;
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly values: number[] = [];
  /** The tokens of the text looked at last, by the places of their records. */
  tokens = new Int32Array(257);
  /** The numbers in them. */
  readonly numbers: KnownNumbers;
  readonly #slots: Int32Array;
  readonly #records: Int32Array;
  /** The same memory, unit by unit. */
  readonly #units: Uint16Array;
  readonly #nodes: Int32Array;
  /** The groups of prefixes that patterns begin with, by the hash of their first characters, each with its length before it. */
  readonly #beginnings: Int32Array;
  readonly #prefixes: Int32Array;
  /** 1 where a beginning of that hash may be among them. */
  readonly #mayBegin = new Uint8Array(MAY_BEGIN + 1);

  constructor(written: Int32Array) {
    const [slots, records, nodes, beginnings, prefixes, numbers] = listsIn(written) as [
      Int32Array,
      Int32Array,
      Int32Array,
      Int32Array,
      Int32Array,
      Int32Array,
    ];
    this.#slots = slots;
    this.#records = records;
    this.#units = new Uint16Array(records.buffer, records.byteOffset, records.length * 2);
    this.#nodes = nodes;
    this.#beginnings = beginnings;
    this.#prefixes = prefixes;
    this.numbers = new KnownNumbers(numbers);
    for (let slot = 0; slot < beginnings.length; slot += 2) {
      if (beginnings[slot + 1] !== EMPTY) this.#mayBegin[spread(beginnings[slot]!) & MAY_BEGIN] = 1;
    }
  }

  /** Finds every pattern in a text. */
  find(text: FoldedText): void {
    this.#know(text);
    this.count = 0;
    const { tokens } = this;
    const records = this.#records;
    for (let start = 0; start < text.count; start++) {
      const token = tokens[start]!;
      if (token === UNKNOWN) this.#walkPrefixes(text, start);
      else {
        const end = token + (records[token]! >>> stepsFrom);
        for (let step = token; step < end; step++) this.#walk(records[step + 1]!, text, start, start + 1);
      }
    }
  }

  /** Looks at the tokens of a text alone; gives what they are by themselves, all together. */
  lookUp(text: FoldedText): number {
    this.#know(text);
    let traits = 0;
    for (let at = 0; at < text.count; at++) traits |= this.traitsOf(at);
    return traits;
  }

  /** What a token looked at last is by itself. */
  traitsOf(at: number): number {
    const token = this.tokens[at]!;
    if (token === UNKNOWN) return 0;
    return (this.#records[token]! >>> traitsFrom) & mostTraits;
  }

  /** Finds the tokens of a text by hash, without making a string of what is looked for. */
  #know(text: FoldedText): void {
    if (text.count > this.tokens.length) this.tokens = new Int32Array(text.count * 2);
    const { tokens } = this;
    const { count, hashes, starts } = text;
    for (let at = 0; at < count; at++) {
      const [first, end] = [starts[at]!, starts[at + 1]!];
      const token = this.#tokenOf(text, hashes[at]!, first, end);
      tokens[at] = token === UNKNOWN ? this.#withoutNumber(text, first, end) : token;
    }
  }

  /** The token of these units; two may share a hash, so they are compared. */
  #tokenOf({ chars }: FoldedText, hash: number, first: number, end: number): number {
    const [slots, records, units] = [this.#slots, this.#records, this.#units];
    const mask = (slots.length >> 1) - 1;
    const length = end - first;
    let slot = spread(hash) & mask;
    let token = slots[slot * 2 + 1]!;
    while (token !== UNKNOWN) {
      if (slots[slot * 2] === hash) {
        const head = records[token]!;
        if ((head & mostUnits) === length) {
          const from = (token + 1 + (head >>> stepsFrom)) * 2;
          let same = 0;
          while (same < length && chars[first + same] === units[from + same]) same++;
          if (same === length) break;
        }
      }
      slot = (slot + 1) & mask;
      token = slots[slot * 2 + 1]!;
    }
    return token;
  }

  /** "LIDL1234": a name that the number of a shop is glued to counts without it, where four letters or more are left. */
  #withoutNumber(text: FoldedText, first: number, end: number): number {
    if (end - first <= FEWEST_BEFORE_NUMBER || !isDigit(text.chars[end - 1]!)) return UNKNOWN;
    let last = end - 1;
    while (last > first && isDigit(text.chars[last - 1]!)) last--;
    if (last - first < FEWEST_BEFORE_NUMBER) return UNKNOWN;
    return this.#tokenOf(text, text.hashOfUnits(first, last), first, last);
  }

  /** Of a token that no pattern knows: those whose beginning it has. */
  #walkPrefixes(text: FoldedText, start: number): void {
    if (text.lengthOf(start) < BEGINNING) return;
    const beginning = text.beginningOf(start);
    if (this.#mayBegin[spread(beginning) & MAY_BEGIN] === 0) return;
    const group = slotNumber(this.#beginnings, beginning);
    if (group === EMPTY) return;
    const end = group + 1 + 2 * this.#prefixes[group]!;
    for (let at = group + 1; at < end; at += 2) {
      if (this.#begins(this.#prefixes[at]!, text, start)) {
        this.#walk(this.#prefixes[at + 1]!, text, start, start + 1);
      }
    }
  }

  #walk(node: number, text: FoldedText, start: number, position: number): void {
    const nodes = this.#nodes;
    const head = nodes[node]!;
    const children = node + 1 + (head & mostValues);
    for (let at = node + 1; at < children; at++) {
      this.starts[this.count] = start;
      this.ends[this.count] = position;
      this.values[this.count++] = nodes[at]!;
    }
    if (head >>> exactFrom === 0 || position >= text.count) return;
    const prefixes = children + 2 * ((head >>> exactFrom) & mostExact);
    const child = this.#childOf(this.tokens[position]!, children, prefixes);
    if (child !== NO_NODE) this.#walk(child, text, start, position + 1);
    const end = prefixes + 2 * (head >>> prefixesFrom);
    for (let at = prefixes; at < end; at += 2) {
      if (this.#begins(nodes[at]!, text, position)) {
        this.#walk(nodes[at + 1]!, text, start, position + 1);
      }
    }
  }

  /** The child of a token among children in the order of their tokens. */
  #childOf(token: number, from: number, to: number): number {
    const nodes = this.#nodes;
    let low = 0;
    let high = (to - from) >> 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (nodes[from + middle * 2]! < token) low = middle + 1;
      else high = middle;
    }
    const at = from + low * 2;
    return at < to && nodes[at] === token ? nodes[at + 1]! : NO_NODE;
  }

  /** Whether a token of a text begins with a known one. */
  #begins(token: number, text: FoldedText, at: number): boolean {
    const head = this.#records[token]!;
    const length = head & mostUnits;
    if (text.lengthOf(at) < length) return false;
    const from = (token + 1 + (head >>> stepsFrom)) * 2;
    const first = text.starts[at]!;
    for (let offset = 0; offset < length; offset++) {
      if (text.chars[first + offset] !== this.#units[from + offset]) return false;
    }
    return true;
  }
}
