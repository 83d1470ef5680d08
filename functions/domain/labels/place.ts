/** Where a row was paid: the countries of its account, a country abroad, another currency. */

import type { Account } from '../ledger/ledger.ts';
import { isKnownCurrency } from '../values/money.ts';
import type { Found } from './label-reasons.ts';
import { KINDS, type Meaning } from './meaning.ts';
import type { CountryRules } from './rules.ts';

/** What a title says of the place: "… LISBOA PT", "… SPLIT HRV 13,40 EUR". */
export type Place = {
  /** The country that the title ends in, ISO 3166-1 alpha-2. */
  readonly country: string | undefined;
  /** The currency of an amount within the title. */
  readonly currency: string | undefined;
};

const NOWHERE: Place = { country: undefined, currency: undefined };
const NO_COUNTRIES: ReadonlySet<string> = new Set();
// Looked up once, as in folding.
const { charCodeAt } = String.prototype;
const [ZERO, NINE, A, Z] = [48, 57, 65, 90];
const [TAB, RETURN, SPACE, NO_BREAK_SPACE] = [9, 13, 32, 160];

/** A country, or what may be one, then an amount behind its currency: "WIEN AT EUR 45,00". */
const BEFORE_CURRENCY = /\s([A-Z]{2,3})\s+[A-Z]{3}\s?\d+[.,]\d{2}\s*$/;
const CURRENCY_BEFORE = /(?:^|\s)([A-Z]{3})\s?\d+[.,]\d{2}(?:\s|$)/;
const BEFORE_COMMA = /\p{L} ([A-Z]{3}),/u;

/** Countries by their numbers, ascending; one list for all accounts that are read as of the same. */
export type Spoken = readonly number[];

export class Places {
  /** The countries by their codes of two letters, as `twoLetters` has them, and by those of three. */
  readonly #twoLetters: (Place | undefined)[] = [];
  readonly #threeLetters: ReadonlyMap<string, Place>;
  readonly #ofCurrency: ReadonlyMap<string, ReadonlySet<string>>;
  /** Countries by number, in the order in which they were met. */
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #spoken = new Map<string, Spoken>();

  constructor({ codes, threeLetters, ofCurrency }: CountryRules) {
    const inCountry = (country: string): Place => ({ country, currency: undefined });
    for (const code of codes) this.#twoLetters[twoLetters(code, 0)] = inCountry(code);
    this.#threeLetters = new Map(Object.entries(threeLetters).map(([code, country]) => [code, inCountry(country)]));
    this.#ofCurrency = new Map(
      Object.entries(ofCurrency).map(([currency, countries]) => [currency, new Set(countries)]),
    );
  }

  /**
   * Where the owner of an account may live: where its rows say, else in its IBAN's country or that of its currency, if it has but one;
   * without an IBAN, in each country of its currency.
   */
  homesOf({ iban, currency }: Account, spoken?: Spoken): ReadonlySet<string> {
    const ofCurrency = this.#ofCurrency.get(currency) ?? NO_COUNTRIES;
    const ofIban = iban === undefined ? [] : [iban.slice(0, 2)];
    if (spoken) return new Set([...ofIban, ...spoken.map((number) => this.#names[number]!)]);
    return iban === undefined ? ofCurrency : new Set([...ofIban, ...(ofCurrency.size === 1 ? ofCurrency : [])]);
  }

  /** Whether the currency alone shows where an account is at home. */
  isTold({ currency }: Account): boolean {
    return this.#ofCurrency.get(currency)?.size === 1;
  }

  /** The numbers of the countries of a currency. */
  ofCurrency(currency: string): ReadonlySet<number> {
    return new Set(Array.from(this.#ofCurrency.get(currency) ?? NO_COUNTRIES, (country) => this.numberOf(country)));
  }

  /** The number of the country that an account's IBAN names; undefined where no text that was read speaks for it. */
  ownOf({ iban }: Account): number | undefined {
    return iban === undefined ? undefined : this.#numbers.get(iban.slice(0, 2));
  }

  numberOf(country: string): number {
    const known = this.#numbers.get(country);
    if (known !== undefined) return known;
    this.#numbers.set(country, this.#names.length);
    return this.#names.push(country) - 1;
  }

  /** The one list of these countries. */
  spoken(countries: readonly number[]): Spoken {
    const key = countries.join();
    const spoken = this.#spoken.get(key) ?? countries;
    this.#spoken.set(key, spoken);
    return spoken;
  }

  placeIn(title: string): Place {
    const place = this.#placeAtEnd(title) ?? this.#placeBeforeComma(title) ?? NOWHERE;
    const currency = currencyIn(title) ?? currencyBeforeAmount(title);
    return currency === undefined ? place : { country: place.country, currency };
  }

  /** "REWE Markt Kleve DEU,PAS123", "INTERSPAR HAINBURG AUT, 12.03.2026" */
  #placeBeforeComma(title: string): Place | undefined {
    const code = title.includes(',') ? BEFORE_COMMA.exec(title)?.[1] : undefined;
    return code === undefined ? undefined : this.#threeLetters.get(code);
  }

  /** The country that the last word names, of two or three capitals, or the word before an amount at the end. */
  #placeAtEnd(title: string): Place | undefined {
    let end = title.length;
    while (end > 0 && isSpace(charCodeAt.call(title, end - 1))) end--;
    let start = end;
    if (isDecimals(title, end)) return this.#ofCode(BEFORE_CURRENCY.exec(title)?.[1]);
    while (start > 0 && isCapital(charCodeAt.call(title, start - 1))) start--;
    const isApart = isSpace(charCodeAt.call(title, start - 1));
    if (end - start === 2) return isApart ? this.#twoLetters[twoLetters(title, start)] : undefined;
    if (end - start !== 3) return undefined;
    if (!isDigit(charCodeAt.call(title, isApart ? start - 2 : start - 1))) {
      return isApart ? this.#threeLetters.get(title.slice(start, end)) : undefined;
    }
    return this.#ofCode(/\s([A-Z]{2,3})(?:\s+\d+(?:[.,]\d{1,2})?\s?[A-Z]{3})?\s*$/.exec(title)?.[1]);
  }

  #ofCode(code: string | undefined): Place | undefined {
    if (code === undefined) return undefined;
    return code.length === 3 ? this.#threeLetters.get(code) : this.#twoLetters[twoLetters(code, 0)];
  }
}

/** A number for the two capitals at a place. */
function twoLetters(text: string, at: number): number {
  return (charCodeAt.call(text, at) - A) * 26 + charCodeAt.call(text, at + 1) - A;
}

/** The first known currency behind an amount: "13,40 EUR", "100PLN". */
function currencyIn(title: string): string | undefined {
  // Where a character is no capital, the next three of them may end three places on.
  for (let last = 3; last < title.length; ) {
    if (!isCapital(charCodeAt.call(title, last))) last += 3;
    else if (!isCapital(charCodeAt.call(title, last - 1))) last += 2;
    else if (!isCapital(charCodeAt.call(title, last - 2))) last += 1;
    else if (isBreak(title, last + 1) && isBehindAmount(title, last - 2)) {
      const currency = title.slice(last - 2, last + 1);
      return isKnownCurrency(currency) ? currency : undefined;
    } else last += 1;
  }
  return undefined;
}

/** The currency before an amount with two decimals: "EUR 45,00"; without decimals it may be a word ("TOP 10"). */
function currencyBeforeAmount(title: string): string | undefined {
  if (!title.includes('.') && !title.includes(',')) return undefined;
  const currency = CURRENCY_BEFORE.exec(title)?.[1];
  return currency !== undefined && isKnownCurrency(currency) ? currency : undefined;
}

/** Whether a point or a comma and two digits are before a place. */
function isDecimals(title: string, end: number): boolean {
  if (end < 3 || !isDigit(charCodeAt.call(title, end - 1))) return false;
  return title[end - 3] === '.' || title[end - 3] === ',';
}

/** Whether a number with two decimals at most, perhaps with a space behind it, is before a place. */
function isBehindAmount(title: string, at: number): boolean {
  const end = isSpace(charCodeAt.call(title, at - 1)) ? at - 1 : at;
  const start = beforeDigits(title, end);
  if (start === end) return false;
  if (isBreak(title, start - 1)) return true;
  if (end - start > 2 || (title[start - 1] !== '.' && title[start - 1] !== ',')) return false;
  const whole = beforeDigits(title, start - 1);
  return whole < start - 1 && isBreak(title, whole - 1);
}

/** Where the digits that end at a place begin. */
function beforeDigits(title: string, end: number): number {
  let start = end;
  while (start > 0 && isDigit(charCodeAt.call(title, start - 1))) start--;
  return start;
}

/** Whether there is a space at a place, or the text does not reach it. */
function isBreak(title: string, at: number): boolean {
  return at < 0 || at >= title.length || isSpace(charCodeAt.call(title, at));
}

function isSpace(unit: number): boolean {
  return (
    unit === SPACE ||
    (unit >= TAB && unit <= RETURN) ||
    (unit >= NO_BREAK_SPACE && /\s/.test(String.fromCharCode(unit)))
  );
}

function isCapital(unit: number): boolean {
  return unit >= A && unit <= Z;
}

function isDigit(unit: number): boolean {
  return unit >= ZERO && unit <= NINE;
}

/** An amount in another currency is in the title; or something was bought on the spot in another country. */
export function paidAbroad(
  place: Place,
  currency: string,
  country: string | undefined,
  found: Found,
  meaning: Meaning,
): boolean {
  if (place.currency !== undefined && place.currency !== currency) return true;
  if (country === undefined || (meaning.kindsOf(found.labels) & KINDS.soldOnTheSpot) === 0) return false;
  const online = meaning.indexOf('online');
  return online === undefined || !found.has(online);
}
