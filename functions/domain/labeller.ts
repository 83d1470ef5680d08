/**
 * What one row says by itself: labels from the publisher, codes, brands and words, each with its reason.
 *
 * All patterns of the catalogue stand in one tree. Of overlapping matches the longest counts; a brand goes before words, words
 * before weak words. The sign of the amount belongs to every rule: a payment from an airline is a refund.
 */
import { tokensOf } from './folding.ts';
import type { LedgerRow } from './labelled.ts';
import type { Account } from './ledger.ts';
import { isKnownCurrency } from './money.ts';
import { type Match, Patterns } from './patterns.ts';
import { centsPerMinor, convert, type Rates } from './rates.ts';
import {
  type BankCodeRule,
  FIELDS,
  type Field,
  type LabelRules,
  type MerchantCodeRule,
  type WordRule,
} from './rules.ts';

export type RowLabels = {
  /** Label → reason, for labels of the catalogue. */
  readonly labels: Map<string, string>;
  readonly otherLabels: readonly string[];
  /** Name of the counterparty: the brand if one was told, else what stands in the party, its IBAN, or the title. */
  readonly party: string;
  /** Whether the bank named a counterparty, a brand was found in the title, or the title is all there is. */
  readonly partyFrom: 'party' | 'brand' | 'title';
  readonly country: string | undefined;
};

export type Labeller = { label(row: LedgerRow): RowLabels };

type Family = 'brand' | 'word' | 'weak' | 'gateway';
type Rule = {
  readonly family: Family;
  /** The brand's name, which is the counterparty's too. */
  readonly name: string;
  readonly reason: string;
  readonly in: readonly string[] | undefined;
  readonly out: readonly string[] | undefined;
  readonly countries: ReadonlySet<string> | undefined;
  readonly with: Patterns<true> | undefined;
  readonly unless: Patterns<true> | undefined;
  readonly fields: readonly Field[] | undefined;
  readonly atLeastCents: number;
  readonly atMostCents: number;
};
type Hit = Match<Rule> & { readonly field: Field; readonly given: readonly string[] };

const RANK: Readonly<Record<Family, number>> = { gateway: 3, brand: 2, word: 1, weak: 0 };
const GATEWAY_LABEL = 'payment processor';
/** Labels that say how, not what: they join whatever else a row is. */
const QUALIFIERS = new Set([GATEWAY_LABEL, 'online', 'foreign', 'verification']);
/** Where both are found, the first is meant: a gift to a parish is no charity, a charger at a filling station sells no fuel. */
const MEANT_BEFORE: Readonly<Record<string, readonly string[]>> = {
  religion: ['charity'],
  zus: ['insurance', 'healthcare'],
  'social insurance': ['insurance', 'healthcare'],
  mortgage: ['repayment', 'loan', 'bank'],
  'credit card': ['repayment', 'bank'],
  leasing: ['repayment'],
  'late payment': ['bank', 'fee', 'interest', 'fine'],
  'debt collection': ['late payment', 'repayment'],
  bailiff: ['late payment', 'tax'],
  veterinary: ['healthcare', 'pets'],
  'ev charging': ['fuel', 'parking', 'car service', 'utilities'],
  'second hand': ['apparel', 'charity'],
  press: ['grocery'],
  dividend: ['investment', 'bank'],
  interest: ['bank', 'savings'],
  'currency exchange': ['investment', 'bank'],
  loan: ['investment', 'bank'],
  alimony: ['pension', 'welfare'],
  '500+': ['zus', 'social insurance', 'tax'],
  pension: ['zus', 'social insurance', 'tax'],
  welfare: ['zus', 'social insurance', 'tax'],
};
/** Groups of labels that say what was bought. */
const BOUGHT = new Set(['home', 'food', 'mobility', 'travel', 'leisure', 'shopping', 'health']);
/** Sold where one stands: a card that pays for it abroad is there. */
const SOLD_ON_THE_SPOT = new Set([
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
]);
/** What a brand of these sells does not come back as a refund: pay-outs, winnings and transfers do. */
const NOT_REFUNDED = new Set([
  'insurance',
  'gambling',
  'bank',
  'investment',
  'crypto',
  'savings',
  'currency exchange',
  'charity',
  'second hand',
]);
/** What a shop of one kind sells under a code of another: the filling station of a supermarket, the restaurant of a furniture store. */
const CODES_ABOVE_BRANDS = new Set([
  'fuel',
  'ev charging',
  'parking',
  'pharmacy',
  'restaurant',
  'fast food',
  'optician',
]);
const RETAIL = new Set([
  'grocery',
  'fuel',
  'furniture',
  'diy',
  'electronics',
  'apparel',
  'beauty',
  'kids',
  'gardening',
]);

/** Compiles the rules; `labels` gives the group of each label. Throws with the rule's text when one cannot hold. */
export function compileLabeller(rules: LabelRules, labels: ReadonlyMap<string, string>, rates: Rates): Labeller {
  const patterns = new Patterns<Rule>();
  for (const brand of rules.brands) {
    const rule = ruleOf('brand', brand.brand, brand);
    for (const name of [brand.brand, ...(brand.also ?? [])]) patterns.add(name, rule);
  }
  for (const word of rules.words) {
    for (const pattern of word.words) {
      patterns.add(pattern, ruleOf(word.weak ? 'weak' : 'word', `"${pattern}"`, word));
    }
  }
  for (const gateway of rules.gateways) {
    const labelsGiven = { in: [GATEWAY_LABEL], out: [GATEWAY_LABEL] };
    const rule = ruleOf('gateway', gateway.gateway, { ...gateway, ...labelsGiven });
    for (const pattern of gateway.patterns) patterns.add(pattern, rule);
  }
  const merchantCodes = merchantCodesOf(rules);
  const bankCodes = [...rules.bankCodes].sort((a, b) => starsIn(a.code) - starsIn(b.code));
  const noise = patternsOf(rules.noise);
  const known = (label: string) => labels.has(label);

  return {
    label({ account, row }) {
      const tokens = { title: tokensOf(row.title), party: tokensOf(row.party ?? ''), kind: tokensOf(row.kind ?? '') };
      const direction = row.amount < 0 ? 'out' : 'in';
      const homes = homesOf(account);
      const country = countryOf(row.title, homes);
      // Rules of one country hold for its accounts, and for what is bought there.
      const countries = country === undefined ? homes : [...homes, country];
      const factor = centsPerMinor(account.currency, rates);
      const cents = factor === undefined ? undefined : Math.abs(convert(row.amount, factor));
      const found = new Map<string, string>();
      const otherLabels: string[] = [];
      for (const label of row.labels ?? []) {
        if (known(label)) found.set(label, 'publisher');
        else otherLabels.push(label);
      }
      const hits = FIELDS.flatMap((field) =>
        hitsIn(patterns, tokens[field], field, { tokens, direction, countries, cents }),
      );
      // "For the pizza" to a friend is no restaurant.
      const betweenPeople = isPerson(tokens.party, row.party) && !hits.some(({ field }) => field === 'party');
      if (row.amount !== 0) {
        const code = row.merchantCategoryCode === undefined ? undefined : merchantCodes.get(row.merchantCategoryCode);
        decide(found, {
          hits: betweenPeople
            ? hits.filter((hit) => !hit.given.some((label) => BOUGHT.has(labels.get(label) ?? '')))
            : hits,
          direction,
          code: code?.[direction] ?? [],
          codeReason: `code ${row.merchantCategoryCode}`,
          codeIsWeak: code?.weak === true,
          refundByCode: code !== undefined && direction === 'in' && (code.out?.length ?? 0) > 0,
          bankCode: bankCodeRule(bankCodes, row.bankTransactionCode)?.[direction] ?? [],
          bankCodeReason: `bank code ${row.bankTransactionCode}`,
        });
        if (paidAbroad(row.title, account.currency, country, found))
          found.set('foreign', 'paid abroad or in a foreign currency');
      }
      const brand = bestOf(hits)('brand')?.value.name;
      const isNamed = row.party !== undefined || row.partyIban !== undefined;
      return {
        labels: found,
        otherLabels,
        party: brand ?? partyOf(row.party, row.partyIban, tokens, noise),
        partyFrom: isNamed ? 'party' : brand === undefined ? 'title' : 'brand',
        country,
      };
    },
  };
}

type Evidence = {
  readonly hits: readonly Hit[];
  readonly direction: 'in' | 'out';
  readonly code: readonly string[];
  readonly codeReason: string;
  readonly codeIsWeak: boolean;
  readonly refundByCode: boolean;
  readonly bankCode: readonly string[];
  readonly bankCodeReason: string;
};

/** Which of the things found speak. What is surer goes first; something less sure is not heard on the same question. */
function decide(found: Map<string, string>, evidence: Evidence): void {
  const give = (labels: readonly string[], reason: string) => {
    for (const label of labels) if (!found.has(label)) found.set(label, reason);
  };
  const meant = evidence.hits.filter((hit) => !evidence.hits.some((other) => isMeantBefore(other, hit)));
  const best = bestOf(meant);
  const brand = best('brand');
  const word = best('word');
  const weak = best('weak');
  for (const hit of evidence.hits) {
    give(
      hit.given.filter((label) => QUALIFIERS.has(label)),
      hit.value.reason,
    );
  }
  const saying = (hit: Hit | undefined) => (hit?.given ?? []).filter((label) => !QUALIFIERS.has(label));
  const codeFirst = !evidence.codeIsWeak && evidence.code.some((label) => CODES_ABOVE_BRANDS.has(label));
  const brandSays = saying(brand);
  if (codeFirst && (brandSays.length === 0 || brandSays.some((label) => RETAIL.has(label)))) {
    give(evidence.code, evidence.codeReason);
  } else if (brand && brandSays.length > 0 && !(brandSays.includes('bank') && word && saying(word).length > 0)) {
    give(brandSays, brand.value.reason);
  } else if (evidence.code.length > 0 && !evidence.codeIsWeak) {
    give(evidence.code, evidence.codeReason);
  } else if (word && saying(word).length > 0) {
    give(saying(word), word.value.reason);
  } else if (evidence.bankCode.length > 0) {
    give(evidence.bankCode, evidence.bankCodeReason);
  } else if (evidence.direction === 'in' && (isShop(brand) || evidence.refundByCode)) {
    give(['refund'], isShop(brand) ? `${brand?.value.reason}, money back` : `${evidence.codeReason}, money back`);
  } else if (evidence.code.length > 0) {
    give(evidence.code, evidence.codeReason);
  } else if (weak) {
    give(saying(weak), weak.value.reason);
  }
}

/** A brand that sells, and so gives money back: its rule knows what is bought there and says nothing of money that comes in. */
function isShop(brand: Hit | undefined): boolean {
  if (!brand || brand.value.in !== undefined) return false;
  return (
    (brand.value.out ?? []).some((label) => !QUALIFIERS.has(label)) &&
    !brand.value.out?.some((label) => NOT_REFUNDED.has(label))
  );
}

function isMeantBefore(other: Hit, hit: Hit): boolean {
  if (other.value.family === 'weak' && hit.value.family !== 'weak') return false;
  const beaten = other.given.flatMap((label) => MEANT_BEFORE[label] ?? []);
  return (
    hit.given.length > 0 &&
    hit.given.some((label) => beaten.includes(label)) &&
    !hit.given.some((label) => other.given.includes(label) && !beaten.includes(label))
  );
}

/** The longest hit of a family that says what a row is; of equal ones the first, titles before parties. */
function bestOf(hits: readonly Hit[]): (family: Family) => Hit | undefined {
  return (family) => {
    let best: Hit | undefined;
    for (const hit of hits) {
      if (hit.value.family !== family) continue;
      if (hit.given.length > 0 && hit.given.every((label) => QUALIFIERS.has(label))) continue;
      if (!best || hit.end - hit.start > best.end - best.start) best = hit;
    }
    return best;
  };
}

type Surroundings = {
  readonly tokens: Readonly<Record<Field, readonly string[]>>;
  readonly direction: 'in' | 'out';
  readonly countries: readonly string[];
  readonly cents: number | undefined;
};

/** The hits of a field that hold here, without those that a longer one covers. */
function hitsIn(patterns: Patterns<Rule>, tokens: readonly string[], field: Field, around: Surroundings): Hit[] {
  const holding = patterns.find(tokens).filter(({ value }) => holds(value, field, around));
  return holding
    .filter((match) => !holding.some((other) => covers(other, match)))
    .map((match) => ({ ...match, field, given: match.value[around.direction] ?? [] }));
}

function holds(rule: Rule, field: Field, { tokens, direction, countries, cents }: Surroundings): boolean {
  if (rule.fields && !rule.fields.includes(field)) return false;
  // A rule of words for the other direction says nothing here and hides nothing; a brand stays a brand.
  if (rule.family !== 'brand' && rule[direction] === undefined) return false;
  if (rule.countries && !countries.some((country) => rule.countries?.has(country))) return false;
  if (
    cents === undefined
      ? rule.atMostCents < Number.POSITIVE_INFINITY
      : cents < rule.atLeastCents || cents > rule.atMostCents
  ) {
    return false;
  }
  if (rule.with && !FIELDS.some((name) => rule.with?.occursIn(tokens[name]))) return false;
  return !rule.unless || !FIELDS.some((name) => rule.unless?.occursIn(tokens[name]));
}

function covers(other: Match<Rule>, match: Match<Rule>): boolean {
  if (other === match || other.end <= match.start || match.end <= other.start) return false;
  const difference = other.end - other.start - (match.end - match.start);
  if (difference !== 0) return difference > 0;
  return RANK[other.value.family] > RANK[match.value.family];
}

function ruleOf(family: Family, name: string, from: Omit<WordRule, 'words'>): Rule {
  return {
    family,
    name,
    reason: `${family === 'weak' ? 'word' : family} ${name}`,
    in: from.in,
    out: from.out,
    countries: from.countries && new Set(from.countries),
    with: from.with && patternsOf(from.with),
    unless: from.unless && patternsOf(from.unless),
    fields: from.field,
    atLeastCents: (from.atLeast ?? 0) * 100,
    atMostCents: (from.atMost ?? Number.POSITIVE_INFINITY) * 100,
  };
}

function patternsOf(texts: readonly string[]): Patterns<true> {
  const patterns = new Patterns<true>();
  for (const text of texts) patterns.add(text, true);
  return patterns;
}

function merchantCodesOf(rules: LabelRules) {
  const codes = new Map<string, MerchantCodeRule>();
  for (const rule of rules.merchantCodes) {
    const [from, to = from] = rule.mcc.split('-').map(Number) as [number, number?];
    for (let code = from; code <= to; code++) codes.set(String(code).padStart(4, '0'), rule);
  }
  return codes;
}

/** The rule that fits a code ("PMNT/RCDT/SALA") with the fewest stars. */
function bankCodeRule(rules: readonly BankCodeRule[], code: string | undefined): BankCodeRule | undefined {
  if (code === undefined) return undefined;
  const parts = code.split(/[/\s-]+/);
  return rules.find((rule) => rule.code.split('/').every((part, index) => part === '*' || part === parts[index]));
}

function starsIn(code: string): number {
  return code.split('*').length - 1;
}

const MOST_PARTY_TOKENS = 4;

/** The counterparty's name without legal form, city and numbers; for want of one its IBAN, then what the title leaves. */
function partyOf(
  party: string | undefined,
  partyIban: string | undefined,
  tokens: Readonly<Record<Field, readonly string[]>>,
  noise: Patterns<true>,
): string {
  if (party) {
    const name = nameIn(tokens.party, noise);
    if (name) return name;
  }
  if (partyIban) return partyIban;
  const name = nameIn(tokens.title, noise);
  return name;
}

function nameIn(tokens: readonly string[], noise: Patterns<true>): string {
  const isNoise = new Set<number>();
  for (const { start, end } of noise.find(tokens)) for (let at = start; at < end; at++) isNoise.add(at);
  const telling = tokens.filter((token, at) => !isNoise.has(at) && !/\d/.test(token) && token.length > 1);
  return telling.slice(0, MOST_PARTY_TOKENS).join(' ');
}

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

/** The country that a card title ends in ("… LISBOA PT", "… SPLIT HRV 13,40 EUR"), when it is another than the account's. */
function countryOf(title: string, homes: readonly string[]): string | undefined {
  const end = /\s([A-Z]{2,3})(?:\s+\d+(?:[.,]\d{1,2})?\s?[A-Z]{3})?\s*$/.exec(title)?.[1];
  if (!end) return undefined;
  const country = end.length === 3 ? COUNTRY_OF_THREE[end] : COUNTRIES.includes(` ${end} `) ? end : undefined;
  return country !== undefined && homes.includes(country) ? undefined : country;
}

/** Where an account may be kept: its IBAN's country; without an IBAN, each country of its currency. */
function homesOf({ iban, currency }: Account): readonly string[] {
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

/** An amount in another currency stands in the title; or something was bought on the spot in another country. */
function paidAbroad(
  title: string,
  currency: string,
  country: string | undefined,
  found: ReadonlyMap<string, string>,
): boolean {
  const original = /(?:^|\s)\d+(?:[.,]\d{1,2})?\s?([A-Z]{3})(?:\s|$)/.exec(title)?.[1];
  if (original !== undefined && original !== currency && isKnownCurrency(original)) return true;
  if (country === undefined || found.has('online')) return false;
  for (const label of found.keys()) if (SOLD_ON_THE_SPOT.has(label)) return true;
  return false;
}

const LONGEST_PERSON = 4;

/** Whether a counterparty looks like a person: two to four words, none with a digit, each with a capital letter. */
function isPerson(tokens: readonly string[], party: string | undefined): boolean {
  if (!party || tokens.length < 2 || tokens.length > LONGEST_PERSON) return false;
  return (
    party
      .trim()
      .split(/\s+/)
      .every((word) => /^\p{Lu}[\p{L}.'-]*$/u.test(word)) && !tokens.some((token) => LEGAL_FORMS.has(token))
  );
}

const LEGAL_FORMS = new Set(
  'sp sa s a z o zoo sro spol srl sl slu lda uab ab mb as sia ou oy gmbh ag kg se ltd plc llc inc bv nv bank banka banco'.split(
    ' ',
  ),
);
