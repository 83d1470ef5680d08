/** The rules of a client's own by what of them is found in a row: words, the other party's account, a code. */
import type { OwnLabels } from './label-reasons.ts';
import type { FoldedText } from './matching/folding.ts';
import { Patterns } from './matching/pattern-index.ts';
import { PatternWriter } from './matching/pattern-writer.ts';
import type { Labels } from './meaning.ts';
import { stepsOf } from './own-patterns.ts';
import type { OwnHits } from './reading.ts';

/** A rule as it is tried: each field that is given must hold, of a list any one. */
export type OwnRule = {
  readonly id: string;
  /** Patterns looked for in title, party and kind; a word that ends in `*` matches all that begin so. */
  readonly words: readonly string[] | undefined;
  /** The same in the party alone. */
  readonly party: readonly string[] | undefined;
  /** Account numbers of the other party, normalised, whole or with `*` at the end. */
  readonly iban: readonly string[] | undefined;
  readonly merchantCategoryCode: readonly string[] | undefined;
  readonly direction: 'in' | 'out' | undefined;
  /** Whether it holds for an absolute amount in EUR cents. */
  readonly amount: ((cents: number) => boolean) | undefined;
  readonly give: Labels;
  readonly take: Labels;
};

/** Rules by number. */
export type Numbers = readonly number[];
/** What was found in a row: hits in its texts, and rules by its other party's account and by its code. */
export type Evidence = Readonly<Record<'title' | 'party' | 'kind', OwnHits> & Record<'ibans' | 'codes', Numbers>>;

export const NO_NUMBERS: Numbers = [];

export type RuleIndex = {
  readonly patterns: Patterns;
  /** By the number that a pattern is found with. */
  readonly hits: readonly Readonly<Record<'words' | 'party', Numbers>>[];
  /** Of texts in which no pattern is found, as of most. */
  readonly none: OwnHits;
  /** By rule, the hits of texts in which one pattern of it alone is found: most texts share one, and so what follows from it. */
  readonly alone: Readonly<Record<'words' | 'party', readonly OwnHits[]>>;
  readonly ibans: Ibans | undefined;
  readonly codes: ReadonlyMap<string, Numbers>;
  /** Rules that ask for nothing but direction or amount. */
  readonly others: Numbers;
  /** By which of its fields each rule is found. */
  readonly first: readonly ('words' | 'party' | 'iban' | 'code' | 'other')[];
  readonly hasWordless: boolean;
  /** Whether a pattern holds a number that stands alone. */
  readonly hasNumbers: boolean;
  /** What each rule says where it holds. */
  readonly says: readonly OwnLabels[];
};

/** The rules by what finds them. */
export function indexOf(rules: readonly OwnRule[]): RuleIndex {
  const writer = new PatternWriter();
  const numbers = new Map<string, number>();
  const hits: { words: number[]; party: number[] }[] = [];
  const add = (pattern: string, rule: number, where: 'words' | 'party') => {
    // Words that fold to the same are one pattern, whatever their writing.
    const key = stepsOf(pattern).join(' ');
    const number = numbers.get(key) ?? hits.push({ words: [], party: [] }) - 1;
    if (!numbers.has(key)) writer.add(pattern, number);
    numbers.set(key, number);
    hits[number]![where].push(rule);
  };
  const codes = new Map<string, number[]>();
  for (const [number, rule] of rules.entries()) {
    for (const word of rule.words ?? []) add(word, number, 'words');
    for (const word of rule.party ?? []) add(word, number, 'party');
    for (const code of rule.merchantCategoryCode ?? []) codes.set(code, [...(codes.get(code) ?? []), number]);
  }
  const first = rules.map(({ words, party, iban, merchantCategoryCode }) =>
    words ? 'words' : party ? 'party' : iban ? 'iban' : merchantCategoryCode ? 'code' : 'other',
  );
  const others = [...first.keys()].filter((number) => first[number] === 'other');
  const ibans = rules.some(({ iban }) => iban) ? new Ibans(rules) : undefined;
  const hasWordless = first.some((field) => field !== 'words');
  const says = rules.map(({ id, give, take }) => ({ take, give, reasons: give.map(() => `rule ${id}`) }));
  const patterns = new Patterns(writer.written());
  const none = { words: NO_NUMBERS, party: NO_NUMBERS, of: patterns };
  const alone = {
    words: rules.map((_, number) => ({ ...none, words: [number] })),
    party: rules.map((_, number) => ({ ...none, party: [number] })),
  };
  const hasNumbers = !patterns.numbers.isNone;
  return { patterns, hits, none, alone, ibans, codes, others, first, hasWordless, hasNumbers, says };
}

/** Rules of which a pattern is in the text. */
export function hitsIn(text: FoldedText, { patterns, hits, none, alone }: RuleIndex): OwnHits {
  patterns.find(text);
  if (patterns.count === 0) return none;
  const words = new Set<number>();
  const party = new Set<number>();
  for (let at = 0; at < patterns.count; at++) {
    const found = hits[patterns.values[at]!]!;
    for (const rule of found.words) words.add(rule);
    for (const rule of found.party) party.add(rule);
  }
  const all = { words: [...words], party: [...party], of: patterns };
  if (words.size + party.size > 1) return all;
  return words.size === 1 ? alone.words[all.words[0]!]! : alone.party[all.party[0]!]!;
}

/** Rules by account numbers and their beginnings. */
class Ibans {
  readonly #whole = new Map<string, number[]>();
  readonly #beginnings = new Map<string, number[]>();
  readonly #lengths: readonly number[];

  constructor(rules: readonly OwnRule[]) {
    for (const [number, { iban = [] }] of rules.entries()) {
      for (const pattern of iban) {
        const [map, key] = pattern.endsWith('*') ? [this.#beginnings, pattern.slice(0, -1)] : [this.#whole, pattern];
        map.set(key, [...(map.get(key) ?? []), number]);
      }
    }
    this.#lengths = [...new Set([...this.#beginnings.keys()].map(({ length }) => length))];
  }

  rulesOf(iban: string): Numbers {
    const found = this.#lengths.map((length) => this.#beginnings.get(iban.slice(0, length)) ?? NO_NUMBERS);
    return unionOf(this.#whole.get(iban) ?? NO_NUMBERS, ...found);
  }
}

function unionOf(one: Numbers, ...others: readonly Numbers[]): Numbers {
  let union = one;
  for (const other of others) {
    if (other.length > 0) union = union.length === 0 ? other : [...new Set([...union, ...other])];
  }
  return union;
}

/** Rules whose first field was found; the others are tried one by one. */
export function candidatesAmong({ title, party, kind, ibans, codes }: Evidence, index: RuleIndex): Numbers {
  const byWords = unionOf(title.words, party.words, kind.words);
  if (!index.hasWordless) return byWords;
  const isFirst = (field: RuleIndex['first'][number]) => (number: number) => index.first[number] === field;
  return [
    ...byWords,
    ...party.party.filter(isFirst('party')),
    ...ibans.filter(isFirst('iban')),
    ...codes.filter(isFirst('code')),
    ...index.others,
  ];
}
