/**
 * What one row says by itself: labels from the publisher, codes, brands and words, each with its reason.
 *
 * All patterns of the catalogue stand in one tree. Of overlapping matches the longest counts; a brand goes before words, words
 * before weak words. The sign of the amount belongs to every rule: a payment from an airline is a refund.
 */
import { Places, paidAbroad } from './abroad.ts';
import { Codes } from './codes.ts';
import type { CompiledRule, Family } from './compiled-rule.ts';
import { bestOf, decide, type Hit } from './decide.ts';
import { Found } from './found.ts';
import type { LedgerRow } from './labelled.ts';
import type { Account } from './ledger.ts';
import { KINDS, Meaning } from './meaning.ts';
import type { PreparedRules } from './prepared-rules.ts';
import { centsPerMinor, convert, type Rates } from './rates.ts';
import { hashOfRow, RowMemory } from './row-memory.ts';
import type { Field } from './rules.ts';
import { type Match, type Reading, TextReader } from './text-reading.ts';

export type RowLabels = {
  /** Indices into the catalogue's labels, ascending, and the reasons in that order. */
  readonly labels: readonly number[];
  readonly reasons: readonly string[];
  readonly otherLabels: readonly string[];
  /** Name of the counterparty: the brand if one was told, else what stands in the party, its IBAN, or the title. */
  readonly party: string;
  /** Whether the bank named a counterparty, a brand was found in the title, or the title is all there is. */
  readonly partyFrom: 'party' | 'brand' | 'title';
  /** Country where the row was paid, when it is another than the account's. */
  readonly country: string | undefined;
};

export type Labeller = { label(row: LedgerRow): RowLabels };

/** What of an account the labels of its rows depend on. */
type Home = { readonly countries: readonly string[]; readonly centsPerMinor: number | undefined };

/** A row with its texts read. */
type Surroundings = {
  readonly title: Reading;
  readonly party: Reading;
  readonly kind: Reading;
  readonly direction: 'in' | 'out';
  readonly countries: readonly string[];
  /** Absolute EUR cents; undefined in a currency without a rate. */
  readonly cents: number | undefined;
};

const RANK: Readonly<Record<Family, number>> = { gateway: 3, brand: 2, word: 1, weak: 0 };
const NOTHING: readonly string[] = [];
const NO_HITS: readonly Hit[] = [];

/**
 * The labeller of these rules; `groups` gives the group of each label, in the order of the labels' indices.
 */
export function openLabeller(rules: PreparedRules, groups: ReadonlyMap<string, string>, rates: Rates): Labeller {
  return new RowLabeller(rules, groups, rates);
}

class RowLabeller implements Labeller {
  readonly #meaning: Meaning;
  readonly #places: Places;
  readonly #reader: TextReader;
  readonly #codes: Codes;
  readonly #rates: Rates;
  readonly #foreign: number | undefined;
  readonly #remembered = new RowMemory<RowLabels>();
  #account: Account | undefined;
  #home: Home = { countries: NOTHING, centsPerMinor: undefined };

  constructor(rules: PreparedRules, groups: ReadonlyMap<string, string>, rates: Rates) {
    this.#meaning = new Meaning(rules.meaning, groups);
    this.#places = new Places(rules.countries);
    this.#reader = new TextReader(rules, this.#meaning);
    this.#codes = new Codes(rules.merchantCodes, rules.bankCodes, this.#meaning);
    this.#rates = rates;
    this.#foreign = this.#meaning.indexOf('foreign');
  }

  label(ledgerRow: LedgerRow): RowLabels {
    const { row } = ledgerRow;
    const hash = hashOfRow(ledgerRow);
    const known = this.#remembered.get(hash, ledgerRow);
    if (known) return known;
    const title = this.#reader.once(row.title);
    const party = this.#reader.remembered(row.party ?? '');
    const kind = this.#reader.remembered(row.kind ?? '');
    const result = this.#labelsOf(ledgerRow, title, party, kind);
    const dependsOnMore = row.labels || title.dependsOnAmount || party.dependsOnAmount || kind.dependsOnAmount;
    if (!dependsOnMore) this.#remembered.set(hash, ledgerRow, result);
    return result;
  }

  #labelsOf({ account, row }: LedgerRow, title: Reading, party: Reading, kind: Reading): RowLabels {
    const home = this.#homeOf(account);
    const place = this.#places.placeIn(row.title);
    const country = place.country === undefined || home.countries.includes(place.country) ? undefined : place.country;
    const factor = home.centsPerMinor;
    const direction = row.amount < 0 ? 'out' : 'in';
    const hits = hitsOf({
      title,
      party,
      kind,
      direction,
      // Rules of one country hold for its accounts, and for what is bought there.
      countries: country === undefined ? home.countries : [...home.countries, country],
      cents: factor === undefined ? undefined : Math.abs(convert(row.amount, factor)),
    });
    const found = new Found();
    const otherLabels = row.labels ? this.#takeGiven(row.labels, found) : NOTHING;
    if (row.amount !== 0) {
      const codes = this.#codes.evidence(row.merchantCategoryCode, row.bankTransactionCode, direction);
      decide(found, { hits: withoutTalk(hits, party), direction, codes }, this.#meaning);
      if (this.#foreign !== undefined && paidAbroad(place, account.currency, country, found, this.#meaning)) {
        found.set(this.#foreign, 'paid abroad or in a foreign currency');
      }
    }
    const brand = bestOf(hits, 'brand')?.value.name;
    const isNamed = row.party !== undefined || row.partyIban !== undefined;
    return {
      labels: found.labels,
      reasons: found.reasons,
      otherLabels,
      party: brand ?? (party.name || (row.partyIban ?? title.name)),
      partyFrom: isNamed ? 'party' : brand === undefined ? 'title' : 'brand',
      country,
    };
  }

  /** Rows come account by account, or nearly so. */
  #homeOf(account: Account): Home {
    if (account !== this.#account) {
      this.#account = account;
      this.#home = {
        countries: this.#places.homesOf(account),
        centsPerMinor: centsPerMinor(account.currency, this.#rates),
      };
    }
    return this.#home;
  }

  /** Takes the labels of the publisher that the catalogue knows; gives the others. */
  #takeGiven(labels: readonly string[], found: Found): readonly string[] {
    const others: string[] = [];
    for (const label of labels) {
      const index = this.#meaning.indexOf(label);
      if (index === undefined) others.push(label);
      else found.add(index, 'publisher');
    }
    return others;
  }
}

/** "For the pizza" to a friend is no restaurant: between people, everyday words say nothing. */
function withoutTalk(hits: readonly Hit[], party: Reading): readonly Hit[] {
  let kinds = 0;
  for (const { field, side } of hits) {
    if (field === 'party') return hits;
    if (side) kinds |= side.kinds;
  }
  if (!(kinds & (KINDS.bought | KINDS.refund)) || !party.isPerson) return hits;
  const talk = party.isFullName ? KINDS.bought | KINDS.refund : KINDS.bought;
  return hits.filter(({ side }) => !(side && side.kinds & talk));
}

/** The hits that hold here, in each field without those that a longer one covers. */
function hitsOf(around: Surroundings): readonly Hit[] {
  const { title, party, kind } = around;
  if (title.matches.length + party.matches.length + kind.matches.length === 0) return NO_HITS;
  const hits: Hit[] = [];
  addHits(hits, title, 'title', around);
  addHits(hits, party, 'party', around);
  addHits(hits, kind, 'kind', around);
  return hits;
}

function addHits(hits: Hit[], reading: Reading, field: Field, around: Surroundings): void {
  const first = hits.length;
  for (const match of reading.matches) {
    const { start, end, value } = match;
    if (holds(value, field, around) && !isInName(match, reading)) {
      hits.push({ start, end, value, field, side: value[around.direction] });
    }
  }
  if (hits.length < first + 2) return;
  const holding = hits.splice(first);
  for (const hit of holding) if (!holding.some((other) => covers(other, hit))) hits.push(hit);
}

function holds(rule: CompiledRule, field: Field, around: Surroundings): boolean {
  if (rule.fields && !rule.fields.includes(field)) return false;
  // A rule of words for the other direction says nothing here and hides nothing; a brand stays a brand.
  if (rule.family !== 'brand' && rule[around.direction] === undefined) return false;
  if (rule.countries && !isAny(around.countries, rule.countries)) return false;
  const { cents } = around;
  if (cents === undefined) {
    if (rule.atMostCents < Number.POSITIVE_INFINITY) return false;
  } else if (cents < rule.atLeastCents || cents > rule.atMostCents) return false;
  if (rule.with && !isClue(rule.with, around)) return false;
  return !rule.unless || !isClue(rule.unless, around);
}

function isAny<Value>(values: readonly Value[], wanted: ReadonlySet<Value>): boolean {
  for (const value of values) if (wanted.has(value)) return true;
  return false;
}

/** Whether any text of the row has one of these clues. */
function isClue(wanted: ReadonlySet<number>, { title, party, kind }: Surroundings): boolean {
  return isAny(title.clues, wanted) || isAny(party.clues, wanted) || isAny(kind.clues, wanted);
}

/** Words inside the name of a street or a person say nothing of what is there. */
function isInName({ start, end, value }: Match, reading: Reading): boolean {
  if (value.family !== 'word' && value.family !== 'weak') return false;
  if (start > 0 && end === reading.length && end - start === 1 && reading.isFullName) return true;
  const { streets } = reading;
  if (streets.length === 0 || value.kinds & KINDS.noStreet) return false;
  for (let at = start; at < end; at++) if (!streets.includes(at)) return false;
  return true;
}

function covers(other: Match, match: Match): boolean {
  if (other === match || other.end <= match.start || match.end <= other.start) return false;
  const difference = other.end - other.start - (match.end - match.start);
  if (difference !== 0) return difference > 0;
  return RANK[other.value.family] > RANK[match.value.family];
}
