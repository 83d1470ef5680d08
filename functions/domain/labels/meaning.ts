/** What the labels of the catalogue mean for one another, with labels as numbers: sets of labels are flags, kinds of labels bits. */
import type { MeaningRules } from './rules.ts';

/** Labels as indices into the catalogue's labels. */
export type Labels = readonly number[];
/** A flag for each label. */
export type LabelSet = Uint8Array;

/** What a label is for the rules that decide between labels. */
export const KINDS = {
  /** Says what was bought or given. */
  bought: 1,
  refund: 2,
  compensation: 4,
  extraPay: 8,
  bank: 16,
  /** What is sold does not come back as a refund: pay-outs, winnings and transfers do. */
  notRefunded: 32,
  /** Its brands pay their customers now and then. */
  paysOut: 64,
  /** A shop may sell this under a code of another. */
  codeAboveBrand: 128,
  retail: 256,
  /** No street is called by it: "Burger Street" is a place to eat at. */
  noStreet: 512,
  soldOnTheSpot: 1024,
  /** Where it is a brand's, the word for pay is meant before it. */
  yieldsToPay: 2048,
  /** People are paid for it: a name beside it is that of a person. */
  paidToPeople: 4096,
  /** Shops do it beside their trade, under their name. */
  besideTheTrade: 8192,
  /** Institutions are paid for it by transfer. */
  paidToInstitutions: 16384,
} as const;

/** What a rule gives for money that goes one way. */
export type Side = {
  /** Labels that say what the row is. */
  readonly says: Labels;
  /** Labels that say how it was paid: they join whatever else the row is. */
  readonly qualifies: Labels;
  /** What is not meant where this is found, and what is not meant where the same text says it; undefined: nothing. */
  readonly hides: LabelSet | undefined;
  readonly hidesBeside: LabelSet | undefined;
  /** The kinds of all that it says. */
  readonly kinds: number;
};

export class Meaning {
  /** What a counter of services (copies, keys, laundry, post, a notary) is not, whatever is beside or in its name. */
  readonly service: Side;
  readonly refund: Labels;
  readonly #indexOf: ReadonlyMap<string, number>;
  readonly #rules: MeaningRules;
  readonly #kinds: Int32Array;
  readonly #qualifiers: ReadonlySet<string>;
  /** Most rules give one of a hundred combinations of labels: each is stored once. */
  readonly #sides = new Map<string, Side>();

  constructor(rules: MeaningRules, groups: ReadonlyMap<string, string>) {
    const labels = [...groups.keys()];
    this.#rules = rules;
    this.#indexOf = new Map(labels.map((label, index) => [label, index]));
    this.#kinds = new Int32Array(labels.length);
    this.#qualifiers = new Set(rules.qualifiers);
    const mark = (kind: keyof typeof KINDS, marked: readonly string[]) => {
      for (const index of this.indices(marked)) this.#kinds[index]! |= KINDS[kind];
    };
    const bought = new Set(rules.groupsBought);
    mark(
      'bought',
      labels.filter((label) => bought.has(groups.get(label)!)),
    );
    for (const kind of ['refund', 'compensation', 'bank'] as const) mark(kind, [kind]);
    mark('extraPay', ['extra pay']);
    mark('notRefunded', rules.notRefunded);
    mark('yieldsToPay', rules.yieldsToPay);
    mark('paysOut', [...rules.notRefunded, ...rules.paysOut]);
    mark('codeAboveBrand', rules.codesAboveBrands);
    mark('retail', rules.retail);
    mark('besideTheTrade', rules.besideTheTrade);
    mark('noStreet', rules.noStreets);
    mark('soldOnTheSpot', rules.soldOnTheSpot);
    mark('paidToPeople', rules.paidToPeople);
    mark('paidToInstitutions', rules.paidToInstitutions);
    this.refund = this.indices(['refund']);
    const hidden = this.#setOf(rules.notAService);
    this.service = { says: [], qualifies: [], hides: hidden, hidesBeside: hidden, kinds: 0 };
  }

  /** The index of a label; undefined for one that the catalogue does not know. */
  indexOf(label: string): number | undefined {
    return this.#indexOf.get(label);
  }

  indices(labels: readonly string[]): number[] {
    return labels.flatMap((label) => this.#indexOf.get(label) ?? []);
  }

  kindsOf(labels: Labels): number {
    let kinds = 0;
    for (const label of labels) kinds |= this.#kinds[label]!;
    return kinds;
  }

  sideOf(labels: readonly string[]): Side {
    const key = labels.join('|');
    const side = this.#sides.get(key) ?? this.#side(labels);
    this.#sides.set(key, side);
    return side;
  }

  /** The labels that are not meant where a text says these. */
  hiddenBy(labels: readonly string[]): LabelSet | undefined {
    const { meantBefore, inside } = this.#rules;
    return this.#setOf(labels.flatMap((label) => [...(meantBefore[label] ?? []), ...(inside[label] ?? [])]));
  }

  #side(labels: readonly string[]): Side {
    const says = this.indices(labels.filter((label) => !this.#qualifiers.has(label)));
    return {
      says,
      qualifies: this.indices(labels.filter((label) => this.#qualifiers.has(label))),
      hides: this.#setOf(labels.flatMap((label) => this.#rules.meantBefore[label] ?? [])),
      hidesBeside: this.hiddenBy(labels),
      kinds: this.kindsOf(says),
    };
  }

  #setOf(labels: readonly string[]): LabelSet | undefined {
    const indices = this.indices(labels);
    if (indices.length === 0) return undefined;
    const set = new Uint8Array(this.#kinds.length);
    for (const index of indices) set[index] = 1;
    return set;
  }
}
