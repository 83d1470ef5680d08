/**
 * The rules of labelling in the form in which they are stored beside the code: lists of numbers that need no reading, and a few texts;
 * so that a fresh process compiles only the rules that its first texts ask for, not all twenty thousand.
 */
import {
  type CompiledRule,
  compileRule,
  GATEWAY_LABEL,
  type StoredRule,
  type Unnamed,
  withName,
} from './compiled-rule.ts';
import { tokensOf } from './matching/folding.ts';
import { joinLists, listsIn } from './matching/packed-lists.ts';
import { Patterns } from './matching/pattern-index.ts';
import { PatternWriter } from './matching/pattern-writer.ts';
import type { Meaning } from './meaning.ts';
import type { LabelRules } from './rules.ts';

export type PreparedRules = Pick<LabelRules, 'merchantCodes' | 'bankCodes' | 'meaning' | 'names' | 'countries'> & {
  /**
   * All patterns: those of rules by their number from 1 on, noise, and clues by their number from -1 down; then for each pattern of a
   * rule the rule, and the name that it goes by; then where each name begins in `nameTexts`.
   */
  readonly index: Int32Array;
  /** The numbers of the patterns of words, weak ones among them, are in sequence: from the first up to, not including, the last. */
  readonly words: readonly [first: number, end: number];
  /** The numbers of the clues that a card paid. */
  readonly cards: readonly number[];
  /** Those that a debit was collected. */
  readonly debits: readonly number[];
  /** The names one behind the other, in UTF-8: few of them are ever read. */
  readonly nameTexts: Uint8Array;
  /** The rules without their patterns, without duplicates. */
  readonly rules: readonly StoredRule[];
};

/** What is found where a text names nobody. */
export const NOISE = 0;

/** What a token is by itself. */
export const TRAITS = {
  legalForm: 1,
  firstName: 2,
  beforeStreet: 4,
  afterStreet: 8,
  initialOfStreet: 16,
  afterGenitive: 32,
  afterAdjective: 64,
  article: 128,
  surname: 256,
  month: 512,
  beforePerson: 1024,
} as const;

export function prepareRules(rules: LabelRules): PreparedRules {
  const writer = new PatternWriter();
  const stored = new Numbering();
  const names = new Numbering();
  const clues = new Numbering();
  const ruleOf: number[] = [];
  const nameOf: number[] = [];
  const cluesOf = (texts: readonly string[] | undefined) =>
    texts?.map((text) => {
      const known = clues.size;
      const number = clues.numberOf(text);
      if (number === known) writer.add(text, -1 - number);
      return number;
    });
  type Rule = Omit<StoredRule, 'with' | 'unless'> & {
    readonly with?: readonly string[] | undefined;
    readonly unless?: readonly string[] | undefined;
  };
  const add = (rule: Rule, texts: readonly string[], name?: string) => {
    if (texts.length === 0) return;
    const asStored: StoredRule = { ...rule, with: cluesOf(rule.with), unless: cluesOf(rule.unless) };
    const number = stored.numberOf(JSON.stringify(asStored));
    for (const text of texts) {
      nameOf.push(names.numberOf(name ?? text));
      writer.add(text, ruleOf.push(number));
    }
  };
  // A surname is no surer: "Slagerij Goossens" is a butcher's, though Goossens sells furniture.
  const ordinary = new Set([...rules.ordinaryWords, ...rules.names.surnames]);
  const firstNames = new Set(rules.names.firstNames);
  for (const { brand, also = [], numbered, ...limits } of rules.brands) {
    for (const text of numbered ? [brand, ...also].flatMap(withNumber) : [brand, ...also]) {
      const name = tokensOf(text).join(' ');
      const isOrdinary = ordinary.has(name) || undefined;
      add({ ...limits, family: 'brand', isOrdinary, isFirstName: firstNames.has(name) || undefined }, [text], brand);
    }
  }
  const firstWord = ruleOf.length + 1;
  for (const { words, weak, ...limits } of rules.words) add({ ...limits, family: weak ? 'weak' : 'word' }, words);
  const endOfWords = ruleOf.length + 1;
  for (const { gateway, patterns, star, ...limits } of rules.gateways) {
    const both = { in: [GATEWAY_LABEL], out: [GATEWAY_LABEL] };
    add({ ...limits, ...both, family: 'gateway', beforeAsterisk: star === 'only' }, patterns, gateway);
  }
  const cards = cluesOf(rules.names.cards) ?? [];
  const debits = cluesOf(rules.names.debits) ?? [];
  for (const text of rules.noise) writer.add(text, NOISE);
  markTraits(writer, rules.names);
  const encoder = new TextEncoder();
  const starts = [0];
  for (const text of names.texts) starts.push(starts.at(-1)! + encoder.encode(text).length);
  const { merchantCodes, bankCodes, meaning, countries } = rules;
  return {
    index: joinLists([writer.written(), ruleOf, nameOf, starts]),
    words: [firstWord, endOfWords],
    cards,
    debits,
    nameTexts: encoder.encode(names.texts.join('')),
    rules: stored.texts.map((text) => JSON.parse(text) as StoredRule),
    merchantCodes,
    bankCodes,
    meaning,
    names: rules.names,
    countries,
  };
}

/** A name with a number glued to it, which short names are looked for with alone: a letter or two and a number may be a code. */
function withNumber(name: string): string[] {
  return Array.from({ length: 10 }, (_, digit) => `${name}${digit}*`);
}

function markTraits(
  writer: PatternWriter,
  { legalForms, firstNames, surnames, months, beforePeople, streets }: LabelRules['names'],
): void {
  const marked: Readonly<Record<keyof typeof TRAITS, readonly string[]>> = {
    legalForm: legalForms,
    firstName: firstNames,
    beforeStreet: streets.before,
    afterStreet: streets.after,
    initialOfStreet: streets.initials,
    afterGenitive: streets.afterGenitive,
    afterAdjective: streets.afterAdjective,
    article: streets.articles,
    surname: surnames,
    month: months,
    beforePerson: beforePeople,
  };
  for (const [trait, words] of Object.entries(marked)) {
    for (const word of words) writer.mark(word, TRAITS[trait as keyof typeof TRAITS]);
  }
}

export type OpenedRules = {
  readonly patterns: Patterns;
  /** Whether a pattern is one of words; it needs no compiled rules. */
  isWord(pattern: number): boolean;
  /** The rule of a pattern, compiled when it is asked for. */
  ruleOf(pattern: number): CompiledRule;
};

export function openRules(prepared: PreparedRules, meaning: Meaning): OpenedRules {
  const [patterns, ruleOf, nameOf, starts] = listsIn(prepared.index) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const [firstWord, endOfWords] = prepared.words;
  const decoder = new TextDecoder();
  const named = new Array<CompiledRule | undefined>(ruleOf.length + 1).fill(undefined);
  const compiled = new Array<Unnamed | undefined>(prepared.rules.length).fill(undefined);
  const compile = (pattern: number): CompiledRule => {
    const number = ruleOf[pattern - 1]!;
    const rule = compiled[number] ?? compileRule(prepared.rules[number]!, meaning);
    compiled[number] = rule;
    const name = nameOf[pattern - 1]!;
    const text = prepared.nameTexts.subarray(starts[name]!, starts[name + 1]!);
    return withName(rule, decoder.decode(text));
  };
  return {
    patterns: new Patterns(patterns),
    isWord: (pattern) => pattern >= firstWord && pattern < endOfWords,
    ruleOf(pattern) {
      const rule = named[pattern] ?? compile(pattern);
      named[pattern] = rule;
      return rule;
    },
  };
}

/** Texts by number, each once. */
class Numbering {
  readonly #numbers = new Map<string, number>();

  numberOf(text: string): number {
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }

  get size(): number {
    return this.#numbers.size;
  }

  get texts(): string[] {
    return [...this.#numbers.keys()];
  }
}
