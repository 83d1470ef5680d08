/**
 * Rules of a client's own, tried on each row beside the built-in ones: every `take` removes built-in labels, then every `give` adds. What a
 * publisher gave stays. They read the texts that were read for the built-in rules and leave those rules as they are, so that nothing of one
 * client's is ever seen by another.
 */
import { monthOf } from '../values/day.ts';
import { type Rates, toCents } from '../values/rates.ts';
import { Found, type OwnLabels, PUBLISHER } from './label-reasons.ts';
import type { LedgerRow } from './labelled-row.ts';
import { FoldedText, tokensOf } from './matching/folding.ts';
import { NODE_HEAD, Patterns } from './matching/pattern-index.ts';
import { PatternWriter } from './matching/pattern-writer.ts';
import type { Labels } from './meaning.ts';
import type { Spoken } from './place.ts';
import type { Labeller, RowLabels, Texts } from './row-labeller.ts';
import type { OwnHits, Reading } from './text-reading.ts';

/** A rule as it is tried: each field that is given must hold, of a list any one. */
export type OwnRule = {
  readonly id: string;
  /** Patterns looked for in title, party and kind; a word that ends in `*` stands for all that begin so. */
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
type Numbers = readonly number[];
type Hits = OwnHits;
/** What was found in a row: hits in its texts, and rules by its other party's account and by its code. */
type Evidence = Readonly<Record<'title' | 'party' | 'kind', Hits> & Record<'ibans' | 'codes', Numbers>>;

const NO_NUMBERS: Numbers = [];
const NO_HITS: Hits = { words: NO_NUMBERS, party: NO_NUMBERS };
/** A labeller that tries rules of a client's own after the built-in ones. `declared` are labels of its own, by their numbers. */
export function withOwnRules(
  builtIn: Labeller,
  rules: readonly OwnRule[],
  declared: ReadonlyMap<string, number>,
  rates: Rates,
): Labeller {
  return new OwnLabeller(builtIn, rules, declared, rates);
}

/** The labels of a row with what own rules say of it. */
export function withOwnLabels({ labels, reasons }: Pick<RowLabels, 'labels' | 'reasons'>, own: OwnLabels): Found {
  const found = new Found();
  for (const [index, label] of labels.entries()) {
    const reason = reasons[index]!;
    if (reason === PUBLISHER || !own.take.includes(label)) found.add(label, reason);
  }
  for (const [index, label] of own.give.entries()) {
    if (found.reasonOf(label) !== PUBLISHER) found.set(label, own.reasons[index]!);
  }
  return found;
}

class OwnLabeller implements Labeller {
  readonly #builtIn: Labeller;
  readonly #rules: readonly OwnRule[];
  readonly #declared: ReadonlyMap<string, number>;
  readonly #rates: Rates;
  readonly #text = new FoldedText();
  readonly #joined = new WeakMap<Labels, { own: OwnLabels; reasons: RowLabels['reasons']; found: Found }>();
  /** Made when a row is labelled first: that a client's catalogue is asked for its definitions alone costs none. */
  #index: RuleIndex | undefined;

  constructor(builtIn: Labeller, rules: readonly OwnRule[], declared: ReadonlyMap<string, number>, rates: Rates) {
    this.#builtIn = builtIn;
    this.#rules = rules;
    this.#declared = declared;
    this.#rates = rates;
  }

  get places() {
    return this.#builtIn.places;
  }

  read(row: LedgerRow): Texts {
    return this.#builtIn.read(row);
  }

  masked(row: LedgerRow): string {
    return this.#builtIn.masked(row);
  }

  label(row: LedgerRow, texts: Texts = this.read(row), spoken?: Spoken): RowLabels {
    const found = this.#builtIn.label(row, texts, spoken);
    const known = found.otherLabels.length === 0 ? found : this.#withDeclared(found);
    const own = this.#ownLabels(row, texts);
    if (!own) return known;
    const { labels, reasons } = this.#joinedLabels(known, own);
    const { otherLabels, party, partyFrom, country } = known;
    return { labels, reasons, otherLabels, party, partyFrom, country, own };
  }

  /** Rows that say the same share their labels, so what a rule makes of them is worked out once. */
  #joinedLabels(row: RowLabels, own: OwnLabels): Pick<RowLabels, 'labels' | 'reasons'> {
    const known = this.#joined.get(row.labels);
    if (known?.own === own && known.reasons === row.reasons) return known.found;
    const found = withOwnLabels(row, own);
    this.#joined.set(row.labels, { own, reasons: row.reasons, found });
    return found;
  }

  /** Labels of the publisher that the client has declared are known. */
  #withDeclared(row: RowLabels): RowLabels {
    const given = row.otherLabels.filter((label) => this.#declared.has(label));
    if (given.length === 0) return row;
    const found = new Found();
    for (const [index, label] of row.labels.entries()) found.add(label, row.reasons[index]!);
    for (const label of given) found.add(this.#declared.get(label)!, PUBLISHER);
    const otherLabels = row.otherLabels.filter((label) => !this.#declared.has(label));
    return { ...row, labels: found.labels, reasons: found.reasons, otherLabels };
  }

  #ownLabels(of: LedgerRow, texts: Texts): OwnLabels | undefined {
    this.#index ??= indexOf(this.#rules);
    const index = this.#index;
    const [title, party, kind] = [this.#hitsIn(texts.title), this.#hitsIn(texts.party), this.#hitsIn(texts.kind)];
    // Most rows are of no rule.
    const isNone = title === NO_HITS && party === NO_HITS && kind === NO_HITS;
    if (isNone && !index.hasWordless) return undefined;
    const { partyIban, merchantCategoryCode } = of.row;
    const evidence = {
      ...{ title, party, kind },
      ibans: partyIban === undefined || !index.ibans ? NO_NUMBERS : index.ibans.rulesOf(partyIban),
      codes: merchantCategoryCode === undefined ? NO_NUMBERS : (index.codes.get(merchantCategoryCode) ?? NO_NUMBERS),
    };
    return this.#tried(of, candidatesAmong(evidence, index), evidence);
  }

  #tried(of: LedgerRow, candidates: Numbers, { party, ibans, codes }: Evidence): OwnLabels | undefined {
    let own: OwnLabels | undefined;
    for (const number of candidates) {
      const rule = this.#rules[number]!;
      if (rule.party && !party.party.includes(number)) continue;
      if (rule.iban && !ibans.includes(number)) continue;
      if (rule.merchantCategoryCode && !codes.includes(number)) continue;
      if (!this.#isOfAmount(rule, of)) continue;
      const said = this.#index!.says[number]!;
      own = own ? together(own, said) : said;
    }
    return own;
  }

  #isOfAmount({ direction, amount }: OwnRule, { day, account, row }: LedgerRow): boolean {
    if (direction !== undefined && (direction === 'in' ? row.amount <= 0 : row.amount >= 0)) return false;
    if (!amount) return true;
    const rate = this.#rates.rateIn(monthOf(day), account.currency);
    return rate !== undefined && amount(Math.abs(toCents(row.amount, rate)));
  }

  #hitsIn(reading: Reading): Hits {
    const { noted } = reading;
    if (noted?.by === this) return noted.hits;
    const hits = hitsIn(this.#text.read(reading.text), this.#index!);
    reading.noted = { by: this, hits };
    return hits;
  }
}

/** Rules whose first field was found; the others are tried one by one. */
function candidatesAmong({ title, party, kind, ibans, codes }: Evidence, index: RuleIndex): Numbers {
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

/** What two rules say; the reason of a label that both give is the first of the two. */
function together(one: OwnLabels, other: OwnLabels): OwnLabels {
  const reasonOf = new Map(one.give.map((label, index) => [label, one.reasons[index]!]));
  for (const [index, label] of other.give.entries()) {
    const [known, reason] = [reasonOf.get(label), other.reasons[index]!];
    if (known === undefined || reason < known) reasonOf.set(label, reason);
  }
  return { take: [...one.take, ...other.take], give: [...reasonOf.keys()], reasons: [...reasonOf.values()] };
}

type RuleIndex = {
  readonly patterns: Patterns;
  /** By the number that a pattern is found with. */
  readonly hits: readonly Hits[];
  readonly ibans: Ibans | undefined;
  readonly codes: ReadonlyMap<string, Numbers>;
  /** Rules that ask for nothing but direction or amount. */
  readonly others: Numbers;
  /** By which of its fields each rule is found. */
  readonly first: readonly ('words' | 'party' | 'iban' | 'code' | 'other')[];
  readonly hasWordless: boolean;
  /** What each rule says where it holds. */
  readonly says: readonly OwnLabels[];
};

function indexOf(rules: readonly OwnRule[]): RuleIndex {
  const writer = new PatternWriter();
  const numbers = new Map<string, number>();
  const hits: { words: number[]; party: number[] }[] = [];
  const add = (pattern: string, rule: number, where: keyof Hits) => {
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
  return { patterns: new Patterns(writer.written()), hits, ibans, codes, others, first, hasWordless, says };
}

function hitsIn(text: FoldedText, { patterns, hits }: RuleIndex): Hits {
  patterns.find(text);
  if (patterns.count === 0) return NO_HITS;
  const words = new Set<number>();
  const party = new Set<number>();
  for (let at = 0; at < patterns.count; at++) {
    const found = hits[patterns.values[at]!]!;
    for (const rule of found.words) words.add(rule);
    for (const rule of found.party) party.add(rule);
  }
  return { words: [...words], party: [...party] };
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

/** The tokens of a pattern, folded; those that stand for all that begin so end in `*`. */
function stepsOf(pattern: string): string[] {
  return pattern.split(/\s+/).flatMap((word) => {
    const tokens = tokensOf(word);
    const last = tokens.pop();
    return last === undefined ? [] : [...tokens, word.endsWith('*') ? `${last}*` : last];
  });
}

/** Letters before a `*` at least, and in a word without a break at most. */
export const SHORTEST_BEGINNING = 3;
const LONGEST_TOKEN = 63;
/** Words with a `*` that begin alike: all of them are compared with a text that begins so, too. */
const MOST_ALIKE = 500;

const TOO_SHORT = `must have ${SHORTEST_BEGINNING} letters before a * at least`;

/** What is wrong with a pattern, or undefined. */
export function patternFault(pattern: string): string | undefined {
  if (pattern.split(/\s+/).some((word) => /\*./.test(word))) return 'may have a * at the end of a word only';
  const steps = stepsOf(pattern);
  if (pattern.split(/\s+/).some((word) => word.endsWith('*') && tokensOf(word).length === 0)) return TOO_SHORT;
  if (steps.length === 0) return 'must hold a letter or a digit';
  const long = steps.find((step) => step.replace('*', '').length > LONGEST_TOKEN);
  if (long !== undefined) return `must not have more than ${LONGEST_TOKEN} letters in a row`;
  const short = steps.find((step) => step.endsWith('*') && step.length <= SHORTEST_BEGINNING);
  return short === undefined ? undefined : TOO_SHORT;
}

/** What of all patterns together would make them slow to look for, or undefined. */
export function patternsFault(patterns: Iterable<string>): string | undefined {
  const behind = new Map<string, Set<string>>();
  for (const pattern of patterns) {
    let before = '';
    for (const step of stepsOf(pattern)) {
      const isBeginning = step.endsWith('*');
      // The first words are looked up, those behind them are searched among all that follow the same.
      const group = isBeginning && before === '' ? `${step.slice(0, SHORTEST_BEGINNING)}…` : before;
      const key = `${isBeginning ? '*' : ''} ${group}`;
      const steps = behind.get(key) ?? new Set();
      behind.set(key, steps.add(step));
      before = before === '' ? step : `${before} ${step}`;
      const most = isBeginning ? MOST_ALIKE : group === '' ? Number.POSITIVE_INFINITY : NODE_HEAD.mostExact;
      if (steps.size > most) {
        return `hold more than ${most} words ${isBeginning ? 'with a * ' : ''}that begin with "${group}"`;
      }
    }
  }
  return undefined;
}
