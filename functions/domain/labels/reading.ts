/** What was read in a text, and what is asked of it later: each question is answered once. */
import type { CompiledRule } from './compiled-rule.ts';
import type { OwnLabels } from './label-reasons.ts';
import type { Named, RowLabels } from './labelled-row.ts';
import { type FoldedText, HASH_OF_NOTHING } from './matching/folding.ts';
import type { Frame } from './matching/frame.ts';
import { KINDS } from './meaning.ts';
import type { Surnames } from './people.ts';
import type { Place, Places } from './place.ts';
import { TRAITS } from './prepared-rules.ts';
import type { Standing } from './standing.ts';

/** Where a rule's pattern was found: tokens `start` up to, not including, `end`. */
export type Match = { readonly start: number; readonly end: number; readonly value: CompiledRule };

/** What rules find in a text. Texts in which they find the same share one, whatever else they say. */
export type Findings = Standing & {
  readonly matches: readonly Match[];
  /** Numbers of the clues in it: what rules want or forbid beside their patterns. */
  readonly clues: ReadonlySet<number>;
  /** Tokens that are the name of a street or a square; looked for where there are words that might name one. */
  readonly streets: ReadonlySet<number>;
  /** Tokens that are surnames, whatever trade they name as words, or whatever shop as brands. */
  readonly surnames: Readonly<Record<keyof Surnames, ReadonlySet<number>>>;
  /** Numbers of the countries that rules in it are limited to. */
  readonly speaksFor: readonly number[];
  /** Whether an asterisk follows a word of it, as it follows the name of a rail: "SQ *CAFE", not "4246******1234". */
  readonly hasAsterisk: boolean;
  /** Whether a rule in it asks for an amount. */
  readonly dependsOnAmount: boolean;
  /** All of it in numbers, and a hash of them. */
  readonly key: readonly number[];
  readonly hash: number;
};

/** Answers questions about a text. */
export type AsksText = {
  readonly places: Places;
  /** Until another text is folded. */
  fold(text: string): FoldedText;
  /** @param leftOut traits of tokens that are left out as well */
  nameIn(text: string, leftOut?: number): string;
  maskedIn(text: string): string;
  namesTransfer(text: string): boolean;
  namesPerson(text: string): boolean;
  namesPersonInFull(text: string): boolean;
  hasKnownName(text: string): boolean;
};

/** Rules of a client's own, by number, whose words or whose words of the party are in a text. */
export type OwnHits = {
  readonly words: readonly number[];
  readonly party: readonly number[];
  /** Whose rules they are. */
  readonly of: object;
};

/** What own rules say of a row by its texts and direction alone; undefined: no rule holds. */
export type OwnVerdict = {
  readonly title: OwnHits;
  readonly party: OwnHits;
  readonly kind: OwnHits;
  readonly sign: number;
  readonly own: OwnLabels | undefined;
};

/** Built-in labels of a row, and those that it has with what own rules say of it. */
export type OwnJoined = { readonly own: OwnLabels; readonly builtIn: RowLabels; readonly row: RowLabels };

/** A text that may name somebody, or all texts of one frame by the first of them. */
export class Reading {
  readonly text: string;
  readonly frame: string;
  readonly frameHash: number;
  readonly found: Findings;
  /** As they are in `found`: who asks again and again need not look there. */
  readonly foundHash: number;
  readonly dependsOnAmount: boolean;
  /** Whether it names a person if money was transferred to or from it. */
  readonly mayBePerson: boolean;
  /** Whether a word in it says what people are paid for. */
  readonly isForPeople: boolean;
  /** Whether it is too long to be remembered, and whatever follows from it. */
  readonly isLong: boolean;
  /** Of the client whose words were looked for in it last. */
  ownHits: OwnHits | undefined;
  /** Of the last row of this party, or of this title without a party. */
  ownVerdict: OwnVerdict | undefined;
  ownJoined: OwnJoined | undefined;
  readonly #reader: AsksText;
  #place: Place | undefined;
  #name: string | undefined;
  #subject: Named | undefined;
  #masked: string | undefined;
  #isPerson: boolean | undefined;
  #isFullName: boolean | undefined;
  #isTransfer: boolean | undefined;

  constructor(reader: AsksText, text: string, found: Findings, frame?: Frame) {
    this.text = text;
    this.frame = frame?.toString() ?? text;
    this.frameHash = frame?.hash ?? HASH_OF_NOTHING;
    this.found = found;
    this.foundHash = found.hash;
    this.dependsOnAmount = found.dependsOnAmount;
    this.mayBePerson = found.surnames.ofParty.size > 0;
    this.isForPeople = this.mayBePerson && found.matches.some(({ value }) => value.kinds & KINDS.paidToPeople);
    this.isLong = frame === undefined;
    this.ownHits = undefined;
    this.ownVerdict = undefined;
    this.ownJoined = undefined;
    this.#reader = reader;
  }

  /** Its tokens, until another text is asked for; those of the text that was read last cost nothing. */
  get folded(): FoldedText {
    return this.#reader.fold(this.text);
  }

  get place(): Place {
    this.#place ??= this.#reader.places.placeIn(this.text);
    return this.#place;
  }

  /** What is left without legal forms, cities, statement words and numbers. */
  get name(): string {
    this.#name ??= this.#reader.nameIn(this.text);
    return this.#name;
  }

  /** Of a title in place of a party: its name without the months in it, which change from payment to payment. */
  get subject(): Named {
    this.#subject ??= { name: this.#reader.nameIn(this.text, TRAITS.month) };
    return this.#subject;
  }

  /** Who it may name, without numbers and names of people. */
  get masked(): string {
    this.#masked ??= this.#reader.maskedIn(this.text);
    return this.#masked;
  }

  get isPerson(): boolean {
    this.#isPerson ??= this.#reader.namesPerson(this.text);
    return this.#isPerson;
  }

  /** Whether there is a word in it by which money is transferred. */
  get isTransfer(): boolean {
    this.#isTransfer ??= this.#reader.namesTransfer(this.text);
    return this.#isTransfer;
  }

  /** Whether a first name, an initial or a known surname is in it. */
  get hasKnownName(): boolean {
    return this.#reader.hasKnownName(this.text);
  }

  /** A person by the first name. */
  get isFullName(): boolean {
    this.#isFullName ??= this.#reader.namesPersonInFull(this.text);
    return this.#isFullName;
  }
}
