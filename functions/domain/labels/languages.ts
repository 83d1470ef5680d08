/**
 * Where the owner of an account lives, as its rows show: accounts of banks without branches are used far from the country of their IBAN.
 *
 * A text speaks for the countries that the rules found in it are limited to. An account is read as one of the countries that most of its
 * texts within `LANGUAGE_DAYS` speak for, unless the country of its IBAN has more than half as many.
 */
import type { Account } from '../ledger/ledger.ts';
import type { Day } from '../values/day.ts';
import type { LedgerRow } from './labelled-row.ts';
import type { Places, Spoken } from './place.ts';
import { LANGUAGE_DAYS } from './read-rows.ts';
import type { Texts } from './row-labeller.ts';

const FEWEST_TEXTS = 3;
/** Neighbours share words: each of several countries with nearly as many hits may be meant. */
const NEARLY = 0.75;
/** How many times more texts must speak for another country than for the account's own. */
const TIMES_OWN = 1.25;

/** For each row, given in ledger order, what its account speaks there; undefined: what its IBAN and its currency say. */
export function languagesOf(
  rows: readonly LedgerRow[],
  texts: readonly Texts[],
  accounts: Int32Array,
  places: Places,
): readonly (Spoken | undefined)[] {
  const spoken = new Array<Spoken | undefined>(rows.length).fill(undefined);
  const rowsOf: (number[] | undefined)[] = [];
  for (let at = 0; at < rows.length; at++) {
    const account = accounts[at]!;
    rowsOf[account] ??= places.isTold(rows[at]!.account) ? NO_ROWS : [];
    if (rowsOf[account] !== NO_ROWS) rowsOf[account].push(at);
  }
  for (const of of rowsOf) if (of && of.length > 0) speak(of, rows, texts, places, spoken);
  return spoken;
}

const NO_ROWS: number[] = [];

/** @param own the rows of one account */
function speak(
  own: readonly number[],
  rows: readonly LedgerRow[],
  texts: readonly Texts[],
  places: Places,
  spoken: (Spoken | undefined)[],
): void {
  const votes = new Votes(rows[own[0]!]!.account, places);
  const dayOf = (index: number): Day => rows[own[index]!]!.day;
  let [first, next] = [0, 0];
  for (let index = 0; index < own.length; index++) {
    const row = own[index]!;
    const day = dayOf(index);
    if (index > 0 && day === dayOf(index - 1)) {
      spoken[row] = spoken[own[index - 1]!];
      continue;
    }
    while (next < own.length && dayOf(next) <= day + LANGUAGE_DAYS) votes.count(texts[own[next++]!]!, 1);
    while (dayOf(first) < day - LANGUAGE_DAYS) votes.count(texts[own[first++]!]!, -1);
    spoken[row] = votes.spoken();
  }
}

/** How many texts of an account, in some days, speak for each country. */
class Votes {
  readonly #places: Places;
  readonly #own: number | undefined;
  readonly #ofCurrency: ReadonlySet<number>;
  readonly #texts: number[] = [];

  constructor(account: Account, places: Places) {
    this.#places = places;
    this.#own = places.ownOf(account);
    this.#ofCurrency = places.ofCurrency(account.currency);
  }

  /** Counts the texts of a row, or no longer. */
  count({ title, party, kind }: Texts, change: 1 | -1): void {
    this.#add(title.found.speaksFor, change);
    this.#add(party.found.speaksFor, change);
    this.#add(kind.found.speaksFor, change);
    const { country } = title.place;
    if (country !== undefined) this.#addOne(this.#places.numberOf(country), change);
  }

  #add(countries: Spoken, change: 1 | -1): void {
    for (let at = 0; at < countries.length; at++) this.#addOne(countries[at]!, change);
  }

  #addOne(country: number, change: 1 | -1): void {
    while (this.#texts.length <= country) this.#texts.push(0);
    this.#texts[country]! += change;
  }

  spoken(): Spoken | undefined {
    const texts = this.#texts;
    let most = 0;
    for (let country = 0; country < texts.length; country++) most = Math.max(most, texts[country]!);
    const own = this.#own === undefined ? 0 : (texts[this.#own] ?? 0);
    if (most < FEWEST_TEXTS || most < TIMES_OWN * own) return undefined;
    const near = [...texts.keys()].filter((country) => texts[country]! >= NEARLY * most);
    // Spanish is spoken in Mexico, too: who has an account in euros lives in Spain.
    const likely = near.filter((country) => this.#ofCurrency.has(country));
    return this.#places.spoken(likely.length > 0 ? likely : near);
  }
}
