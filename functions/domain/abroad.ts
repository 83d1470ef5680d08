/** Where a row was paid: the countries of its account, a country abroad, another currency. */
import type { Found } from './found.ts';
import type { Account } from './ledger.ts';
import { KINDS, type Meaning } from './meaning.ts';
import { isKnownCurrency } from './money.ts';
import type { CountryRules } from './rules.ts';

/** What a title says of the place: "… LISBOA PT", "… SPLIT HRV 13,40 EUR". */
export type Place = {
  /** The country that the title ends in, ISO 3166-1 alpha-2. */
  readonly country: string | undefined;
  /** The currency of an amount within the title. */
  readonly currency: string | undefined;
};

const NOWHERE: Place = { country: undefined, currency: undefined };
const NO_COUNTRIES: readonly string[] = [];
const [ZERO, NINE, A, Z] = [48, 57, 65, 90];

export class Places {
  readonly #codes: ReadonlySet<string>;
  readonly #threeLetters: ReadonlyMap<string, string>;
  readonly #ofCurrency: ReadonlyMap<string, readonly string[]>;

  constructor({ codes, threeLetters, ofCurrency }: CountryRules) {
    this.#codes = new Set(codes);
    this.#threeLetters = new Map(Object.entries(threeLetters));
    this.#ofCurrency = new Map(Object.entries(ofCurrency));
  }

  /** Where an account may be kept: its IBAN's country; without an IBAN, each country of its currency. */
  homesOf({ iban, currency }: Account): readonly string[] {
    return iban === undefined ? (this.#ofCurrency.get(currency) ?? NO_COUNTRIES) : [iban.slice(0, 2)];
  }

  placeIn(title: string): Place {
    const country = endsInCode(title) ? this.#countryAtEnd(title) : undefined;
    const currency = hasAmount(title) ? currencyIn(title) : undefined;
    return country === undefined && currency === undefined ? NOWHERE : { country, currency };
  }

  #countryAtEnd(title: string): string | undefined {
    const code = /\s([A-Z]{2,3})(?:\s+\d+(?:[.,]\d{1,2})?\s?[A-Z]{3})?\s*$/.exec(title)?.[1];
    if (code === undefined) return undefined;
    return code.length === 3 ? this.#threeLetters.get(code) : this.#codes.has(code) ? code : undefined;
  }
}

function currencyIn(title: string): string | undefined {
  const currency = /(?:^|\s)\d+(?:[.,]\d{1,2})?\s?([A-Z]{3})(?:\s|$)/.exec(title)?.[1];
  return currency !== undefined && isKnownCurrency(currency) ? currency : undefined;
}

/** Whether the last word may be a code of a country or a currency: most titles end otherwise, and need no expression to tell. */
function endsInCode(title: string): boolean {
  const text = title.trimEnd();
  let letters = 0;
  while (letters < text.length && isCapital(text.charCodeAt(text.length - 1 - letters))) letters++;
  return letters === 2 || letters === 3;
}

/** Whether three capitals stand behind a digit, or behind a digit and one character more. */
function hasAmount(title: string): boolean {
  for (let at = 3; at < title.length; at++) {
    if (!isCapital(title.charCodeAt(at))) continue;
    if (!isCapital(title.charCodeAt(at - 1)) || !isCapital(title.charCodeAt(at - 2))) continue;
    if (isDigit(title.charCodeAt(at - 3)) || (at > 3 && isDigit(title.charCodeAt(at - 4)))) return true;
  }
  return false;
}

function isCapital(unit: number): boolean {
  return unit >= A && unit <= Z;
}

function isDigit(unit: number): boolean {
  return unit >= ZERO && unit <= NINE;
}

/** An amount in another currency stands in the title; or something was bought on the spot in another country. */
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
