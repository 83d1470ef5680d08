/**
 * Rules of a client's own, tried on each row beside the built-in ones: every `take` removes built-in labels, then every `give` adds. What a
 * publisher gave stays. They read the texts that were read for the built-in rules and leave those rules as they are, so that nothing of one
 * client's is ever seen by another.
 */
import { monthOf } from '../values/day.ts';
import { type Rates, toCents } from '../values/rates.ts';
import { Found, type OwnLabels, PUBLISHER } from './label-reasons.ts';
import type { LedgerRow, RowLabels } from './labelled-row.ts';
import { FoldedText } from './matching/folding.ts';
import {
  candidatesAmong,
  type Evidence,
  hitsIn,
  indexOf,
  NO_NUMBERS,
  type Numbers,
  type OwnRule,
  type RuleIndex,
} from './own-rule-index.ts';
import type { Spoken } from './place.ts';
import type { OwnHits, Reading } from './reading.ts';
import type { Labeller, Texts } from './row-labeller.ts';

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
  for (let index = 0; index < labels.length; index++) {
    const [label, reason] = [labels[index]!, reasons[index]!];
    if (reason === PUBLISHER || !own.take.includes(label)) found.add(label, reason);
  }
  for (let index = 0; index < own.give.length; index++) {
    const label = own.give[index]!;
    if (found.reasonOf(label) !== PUBLISHER) found.set(label, own.reasons[index]!);
  }
  return found;
}

class OwnLabeller implements Labeller {
  readonly #builtIn: Labeller;
  readonly #rules: readonly OwnRule[];
  readonly #declared: ReadonlyMap<string, number>;
  readonly #rates: Rates;
  /** Made when a row is labelled first: that a client's catalogue is asked for its definitions alone costs none. */
  #index: RuleIndex | undefined;
  readonly #text = new FoldedText();
  readonly #look = (reading: Reading) => {
    hitsOf(reading, this.#opened);
  };

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
    return this.#builtIn.read(row, this.#look);
  }

  masked(row: LedgerRow): string {
    return this.#builtIn.masked(row);
  }

  label(row: LedgerRow, texts: Texts = this.read(row), spoken?: Spoken): RowLabels {
    const found = this.#builtIn.label(row, texts, spoken);
    const known = found.otherLabels.length === 0 ? found : this.#withDeclared(found);
    const own = this.#ownLabels(row, texts);
    return own ? joinedOf(known, own, notedWith(texts)) : known;
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

  get #opened(): RuleIndex {
    this.#index ??= indexOf(this.#rules);
    return this.#index;
  }

  /** Undefined where no rule holds, as of most rows. */
  #ownLabels(of: LedgerRow, texts: Texts): OwnLabels | undefined {
    const index = this.#opened;
    const title = this.#hitsIn(of.row.title, texts.title);
    const party = this.#hitsIn(of.row.party, texts.party);
    const kind = this.#hitsIn(of.row.kind, texts.kind);
    const isNone = title === index.none && party === index.none && kind === index.none;
    if (isNone && !index.hasWordless) return undefined;
    const { partyIban, merchantCategoryCode, amount } = of.row;
    const ibans = partyIban === undefined || !index.ibans ? NO_NUMBERS : index.ibans.rulesOf(partyIban);
    const codes =
      merchantCategoryCode === undefined ? NO_NUMBERS : (index.codes.get(merchantCategoryCode) ?? NO_NUMBERS);
    const sign = Math.sign(amount);
    const byTextsAlone = ibans.length === 0 && codes.length === 0;
    const noted = notedWith(texts);
    const last = noted.ownVerdict;
    const isSame = last?.title === title && last.party === party && last.kind === kind && last.sign === sign;
    if (byTextsAlone && isSame) return last.own;
    const evidence = { title, party, kind, ibans, codes };
    const candidates = candidatesAmong(evidence, index);
    const own = this.#tried(of, candidates, evidence);
    const isLasting = byTextsAlone && !candidates.some((rule) => this.#rules[rule]!.amount);
    if (isLasting) noted.ownVerdict = { title, party, kind, sign, own };
    return own;
  }

  /** A reading is of texts with different numbers: a client whose words are numbers has each searched by itself. */
  #hitsIn(text: string | undefined, reading: Reading): OwnHits {
    const index = this.#opened;
    if (index.hasNumbers && text !== undefined && text !== reading.text) return hitsIn(this.#text.read(text), index);
    return hitsOf(reading, index);
  }

  #tried(of: LedgerRow, candidates: Numbers, { party, ibans, codes }: Evidence): OwnLabels | undefined {
    let own: OwnLabels | undefined;
    for (const number of candidates) {
      const rule = this.#rules[number]!;
      if (rule.party && !party.party.includes(number)) continue;
      if (rule.iban && !ibans.includes(number)) continue;
      if (rule.merchantCategoryCode && !codes.includes(number)) continue;
      if (!this.#isOfAmount(rule, of)) continue;
      const said = this.#opened.says[number]!;
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
}

/** Rules whose words are in a text; those of the client that asked last are noted with it. */
function hitsOf(reading: Reading, index: RuleIndex): OwnHits {
  const { ownHits } = reading;
  if (ownHits?.of === index.patterns) return ownHits;
  const hits = hitsIn(reading.folded, index);
  reading.ownHits = hits;
  return hits;
}

/** Rows of one party, or of one title without a party, are mostly labelled alike: what comes of them is noted with that text. */
function notedWith({ title, party }: Texts): Reading {
  return party.text === '' ? title : party;
}

function joinedOf(builtIn: RowLabels, own: OwnLabels, noted: Reading): RowLabels {
  const last = noted.ownJoined;
  const isAlike =
    last?.own === own && last.builtIn.labels === builtIn.labels && last.builtIn.reasons === builtIn.reasons;
  if (isAlike && last.builtIn === builtIn) return last.row;
  const { labels, reasons } = isAlike ? last.row : withOwnLabels(builtIn, own);
  const { otherLabels, party, partyFrom, country } = builtIn;
  const row = { labels, reasons, otherLabels, party, partyFrom, country, own };
  noted.ownJoined = { own, builtIn, row };
  return row;
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
