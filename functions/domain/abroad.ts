/** Where a row was paid: the countries of its account, a country abroad, another currency. */
import type { Account } from './ledger.ts';
import { isKnownCurrency } from './money.ts';

const COUNTRIES =
  ' AD AE AL AM AR AT AU AZ BA BE BG BR BY CA CH CL CN CY CZ DE DK EE EG ES FI FR GB GE GR HK HR HU ID IE IL IN IS IT JP KR LI LT LU LV MA MC MD ME MK MT MX MY NL NO NZ PE PH PL PT QA RO RS SA SE SG SI SK TH TN TR TW UA US VN ZA ';
const COUNTRY_OF_THREE: Readonly<Record<string, string>> = {
  AUT: 'AT',
  BEL: 'BE',
  BGR: 'BG',
  CHE: 'CH',
  CYP: 'CY',
  CZE: 'CZ',
  DEU: 'DE',
  DNK: 'DK',
  ESP: 'ES',
  EST: 'EE',
  FIN: 'FI',
  FRA: 'FR',
  GBR: 'GB',
  GRC: 'GR',
  HRV: 'HR',
  HUN: 'HU',
  IRL: 'IE',
  ITA: 'IT',
  LTU: 'LT',
  LUX: 'LU',
  LVA: 'LV',
  MLT: 'MT',
  NLD: 'NL',
  NOR: 'NO',
  POL: 'PL',
  PRT: 'PT',
  ROU: 'RO',
  SVK: 'SK',
  SVN: 'SI',
  SWE: 'SE',
  THA: 'TH',
  TUR: 'TR',
  UKR: 'UA',
  USA: 'US',
};

/** Where an account may be kept: its IBAN's country; without an IBAN, each country of its currency. */
export function homesOf({ iban, currency }: Account): readonly string[] {
  return iban === undefined ? (COUNTRIES_OF_CURRENCY[currency] ?? []) : [iban.slice(0, 2)];
}

const COUNTRIES_OF_CURRENCY: Readonly<Record<string, readonly string[]>> = {
  EUR: 'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' '),
  BGN: ['BG'],
  BRL: ['BR'],
  CHF: ['CH', 'LI'],
  CZK: ['CZ'],
  DKK: ['DK'],
  GBP: ['GB'],
  HUF: ['HU'],
  MDL: ['MD'],
  NOK: ['NO'],
  PLN: ['PL'],
  RON: ['RO'],
  SEK: ['SE'],
};

/** What a title says of the place: "… LISBOA PT", "… SPLIT HRV 13,40 EUR". */
export type Place = {
  /** The country that the title ends in, ISO 3166-1 alpha-2. */
  readonly country: string | undefined;
  /** The currency of an amount within the title. */
  readonly currency: string | undefined;
};

export function placeIn(title: string): Place {
  const end = /\s([A-Z]{2,3})(?:\s+\d+(?:[.,]\d{1,2})?\s?[A-Z]{3})?\s*$/.exec(title)?.[1];
  const currency = /(?:^|\s)\d+(?:[.,]\d{1,2})?\s?([A-Z]{3})(?:\s|$)/.exec(title)?.[1];
  return {
    country: end && countryOf(end),
    currency: currency !== undefined && isKnownCurrency(currency) ? currency : undefined,
  };
}

function countryOf(code: string): string | undefined {
  if (code.length === 3) return COUNTRY_OF_THREE[code];
  return COUNTRIES.includes(` ${code} `) ? code : undefined;
}

/** Sold where one stands: a card that pays for it abroad is there. */
const SOLD_ON_THE_SPOT = [
  'grocery',
  'restaurant',
  'cafe',
  'fast food',
  'nightlife',
  'fuel',
  'pharmacy',
  'parking',
  'toll',
  'cash withdrawal',
];

/** An amount in another currency stands in the title; or something was bought on the spot in another country. */
export function paidAbroad(
  place: Place,
  currency: string,
  country: string | undefined,
  found: ReadonlyMap<string, string>,
): boolean {
  if (place.currency !== undefined && place.currency !== currency) return true;
  return country !== undefined && !found.has('online') && SOLD_ON_THE_SPOT.some((label) => found.has(label));
}
