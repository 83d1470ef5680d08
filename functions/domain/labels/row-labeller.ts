/**
 * What one row says by itself: labels from the publisher, codes, brands and words, each with its reason.
 *
 * All patterns of the catalogue are in one tree. Of overlapping matches the longest counts; a brand goes before words, words before weak
 * words. The sign of the amount belongs to every rule: a payment from an airline is a refund.
 */

import type { Account } from '../ledger/ledger.ts';
import { monthOf } from '../values/day.ts';
import { type Rates, toCents } from '../values/rates.ts';
import { Codes } from './codes.ts';
import { Found, PUBLISHER } from './label-reasons.ts';
import type { LedgerRow, Named, RowLabels } from './labelled-row.ts';
import { hashOf, hashWith } from './matching/folding.ts';
import { Memory } from './matching/hash-cache.ts';
import { Meaning } from './meaning.ts';
import { type Place, type Places, paidAbroad, type Spoken } from './place.ts';
import { bestOf, decide } from './precedence.ts';
import type { PreparedRules } from './prepared-rules.ts';
import type { Findings, Reading } from './reading.ts';
import { hitsOf, isAny, withoutTalk } from './rule-matches.ts';
import { TextReader } from './text-reading.ts';

/** The texts of a row, read. */
export type Texts = { readonly title: Reading; readonly party: Reading; readonly kind: Reading };

export type Labeller = {
  /** @param onNew is given the reading of each text that was not met before, while the text is folded */
  read(row: LedgerRow, onNew?: (reading: Reading) => void): Texts;
  /** @param spoken what the row's account speaks around it */
  label(row: LedgerRow, texts?: Texts, spoken?: Spoken): RowLabels;
  /** Who was paid, by the party or else the title, without numbers and names of people. Empty when nothing else is left. */
  masked(row: LedgerRow): string;
  readonly places: Places;
};

/** What of an account the labels of its rows depend on. */
type Home = {
  /** As its IBAN names it. */
  readonly country: string | undefined;
  readonly spoken: Spoken | undefined;
  readonly countries: ReadonlySet<string>;
  readonly currency: string;
};

/** All that the labels of a row depend on, but for those of the publisher. */
type Circumstances = {
  readonly home: Home;
  readonly title: Findings;
  readonly party: Reading;
  readonly kind: Reading;
  /** Of the amount: -1, 0 or 1. */
  readonly sign: number;
  /** Absolute EUR cents where a rule asks for them; undefined, too, in a currency without a rate. */
  readonly cents: number | undefined;
  /** Whether the row says that money was transferred; asked where it may name a person. */
  readonly isTransfer: boolean;
  readonly place: Place;
  readonly merchantCode: string | undefined;
  readonly bankCode: string | undefined;
};

/** What follows from circumstances. */
type Verdict = Circumstances & {
  readonly labels: readonly number[];
  readonly reasons: readonly string[];
  readonly brand: Named | undefined;
  readonly country: string | undefined;
  /** Of the last row: most rows of a verdict are of one party. */
  said: RowLabels | undefined;
};

/** Credit transfers received and issued, ISO 20022. */
const CREDIT_TRANSFER = /^PMNT\W(RCDT|ICDT)/;

/** Verdicts remembered at most. */
const MOST_VERDICTS = 8_192;

const NOTHING: readonly string[] = [];
const NAME = (party: Reading) => party.name;
const SUBJECT = (title: Reading) => title.subject;

/**
 * The labeller of these rules; `groups` gives the group of each label, in the order of the labels' indices.
 */
export function openLabeller(rules: PreparedRules, groups: ReadonlyMap<string, string>, rates: Rates): Labeller {
  return new RowLabeller(rules, groups, rates);
}

class RowLabeller implements Labeller {
  readonly #meaning: Meaning;
  readonly #reader: TextReader;
  readonly #codes: Codes;
  readonly #rates: Rates;
  readonly #foreign: number | undefined;
  readonly #notAbroad: readonly number[];
  readonly #nobody: Reading;
  readonly #verdicts = new Memory<Circumstances, Verdict>(MOST_VERDICTS, isSame);
  #account: Account | undefined;
  #home: Home | undefined;

  constructor(rules: PreparedRules, groups: ReadonlyMap<string, string>, rates: Rates) {
    this.#meaning = new Meaning(rules.meaning, groups);
    this.#reader = new TextReader(rules, this.#meaning);
    this.#codes = new Codes(rules.merchantCodes, rules.bankCodes, this.#meaning);
    this.#rates = rates;
    this.#foreign = this.#meaning.indexOf('foreign');
    this.#notAbroad = this.#meaning.indices(rules.meaning.notAbroad);
    this.#nobody = this.#reader.read('');
  }

  get places(): Places {
    return this.#reader.places;
  }

  /** Who the row names is found out with its text: asked for later, the text would be looked through once more. */
  read({ row }: LedgerRow, onNew?: (reading: Reading) => void): Texts {
    const party = row.party === undefined ? this.#nobody : this.#reader.read(row.party, NAME, onNew);
    const kind = row.kind === undefined ? this.#nobody : this.#reader.read(row.kind, undefined, onNew);
    const isNamed = row.party !== undefined || row.partyIban !== undefined;
    const title = this.#reader.read(row.title, isNamed ? undefined : SUBJECT, onNew);
    return { title, party, kind };
  }

  masked({ row }: LedgerRow): string {
    const byParty = row.party === undefined ? '' : this.#reader.read(row.party).masked;
    return byParty || this.#reader.read(row.title).masked;
  }

  label(of: LedgerRow, texts: Texts = this.read(of), spoken?: Spoken): RowLabels {
    const { day, account, row } = of;
    const { title, party, kind } = texts;
    const home = this.#homeOf(account, spoken);
    const dependsOnAmount = title.dependsOnAmount || party.dependsOnAmount || kind.dependsOnAmount;
    const rate = dependsOnAmount ? this.#rates.rateIn(monthOf(day), account.currency) : undefined;
    const cents = rate && Math.abs(toCents(row.amount, rate));
    const sign = row.amount < 0 ? -1 : row.amount > 0 ? 1 : 0;
    const circumstances = {
      home,
      title: title.found,
      party,
      kind,
      sign,
      cents,
      isTransfer: (party.mayBePerson || title.mayBePerson) && isTransferred(texts, row.bankTransactionCode),
      place: title.place,
      merchantCode: row.merchantCategoryCode,
      bankCode: row.bankTransactionCode,
    };
    const textsHash = hashWith(hashWith(title.foundHash, party.frameHash), kind.frameHash);
    const hash = hashOf(
      row.merchantCategoryCode ?? '',
      hashWith(textsHash, cents === undefined ? sign : cents * 3 + sign),
    );
    const given = row.labels && this.#given(row.labels);
    const verdict =
      given || title.isLong || party.isLong || kind.isLong
        ? this.#verdict(circumstances, given?.found ?? new Found())
        : this.#rememberedVerdict(circumstances, hash);
    const { labels, reasons, brand, country, said } = verdict;
    const isNamed = row.party !== undefined || row.partyIban !== undefined;
    const named =
      brand ?? (party.name !== '' ? party : row.partyIban === undefined ? title.subject : { name: row.partyIban });
    const partyFrom = isNamed ? 'party' : brand === undefined ? 'title' : 'brand';
    if (said && said.party === named && said.partyFrom === partyFrom) return said;
    const otherLabels = given ? given.others : NOTHING;
    verdict.said = { labels, reasons, otherLabels, party: named, partyFrom, country, own: undefined };
    return verdict.said;
  }

  /** @param hash of most of the circumstances; the others differ seldom */
  #rememberedVerdict(circumstances: Circumstances, hash: number): Verdict {
    const known = this.#verdicts.get(hash, circumstances);
    if (known) return known;
    const verdict = this.#verdict(circumstances, new Found());
    this.#verdicts.set(hash, verdict);
    return verdict;
  }

  /** @param found the labels of the publisher, which the others join */
  #verdict(from: Circumstances, found: Found): Verdict {
    const { home, title, party, kind, sign, cents, place } = from;
    const country = place.country === undefined || home.countries.has(place.country) ? undefined : place.country;
    const direction = sign < 0 ? 'out' : 'in';
    // Rules of one country hold for its accounts, and for what is bought there.
    const countries = country === undefined ? home.countries : new Set([...home.countries, country]);
    const has = (clues: ReadonlySet<number>) =>
      hasClue(title, clues) || hasClue(party.found, clues) || hasClue(kind.found, clues);
    const isByCard = from.merchantCode !== undefined || has(this.#reader.cardClues);
    // Terminals print their country at the end.
    const isToPayee = isByCard || place.country !== undefined || has(this.#reader.debitClues);
    const hits = hitsOf({
      title,
      party,
      kind,
      isByCard,
      isToPayee,
      isTransfer: from.isTransfer,
      direction,
      countries,
      cents,
    });
    if (sign !== 0) {
      const codes = this.#codes.evidence(from.merchantCode, from.bankCode, direction);
      decide(
        found,
        { hits: withoutTalk(hits, { title, party, isTransfer: from.isTransfer && !isByCard }), direction, codes },
        this.#meaning,
      );
      if (this.#foreign !== undefined) {
        if (this.#notAbroad.some((label) => found.has(label))) found.drop(this.#foreign);
        else if (paidAbroad(place, home.currency, country, found, this.#meaning)) {
          found.set(this.#foreign, 'paid abroad or in a foreign currency');
        }
      }
    }
    const { labels, reasons } = found;
    return { ...from, labels, reasons, brand: bestOf(hits, 'brand')?.value, country, said: undefined };
  }

  /** Rows come account by account, or nearly so. */
  #homeOf(account: Account, spoken: Spoken | undefined): Home {
    if (this.#home && account === this.#account && spoken === this.#home.spoken) return this.#home;
    const { iban, currency } = account;
    const home = {
      country: iban?.slice(0, 2),
      spoken,
      countries: this.#reader.places.homesOf(account, spoken),
      currency,
    };
    this.#account = account;
    this.#home = home;
    return home;
  }

  /** The labels of the publisher that the catalogue knows, and the others. */
  #given(labels: readonly string[]): { found: Found; others: readonly string[] } {
    const found = new Found();
    const others: string[] = [];
    for (const label of labels) {
      const index = this.#meaning.indexOf(label);
      if (index === undefined) others.push(label);
      else found.add(index, PUBLISHER);
    }
    return { found, others };
  }
}

/** Titles of card payments have words of transfers, too ("to", "payment"): they say so of a party alone. */
function isTransferred({ title, party, kind }: Texts, bankCode: string | undefined): boolean {
  return (
    (party.mayBePerson && title.isTransfer) ||
    title.isForPeople ||
    kind.isTransfer ||
    CREDIT_TRANSFER.test(bankCode ?? '')
  );
}

function hasClue({ clues }: Findings, wanted: ReadonlySet<number>): boolean {
  return clues.size > 0 && isAny(clues, wanted);
}

function isSame(a: Circumstances, b: Circumstances): boolean {
  return (
    a.title === b.title &&
    a.party === b.party &&
    a.kind === b.kind &&
    a.sign === b.sign &&
    a.cents === b.cents &&
    a.isTransfer === b.isTransfer &&
    (a.home === b.home ||
      (a.home.currency === b.home.currency && a.home.country === b.home.country && a.home.spoken === b.home.spoken)) &&
    (a.place === b.place || (a.place.country === b.place.country && a.place.currency === b.place.currency)) &&
    a.merchantCode === b.merchantCode &&
    a.bankCode === b.bankCode
  );
}
