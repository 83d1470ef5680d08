/**
 * What one row says by itself: labels from the publisher, codes, brands and words, each with its reason.
 *
 * All patterns of the catalogue stand in one tree. Of overlapping matches the longest counts; a brand goes before words, words
 * before weak words. The sign of the amount belongs to every rule: a payment from an airline is a refund.
 */
import { homesOf, paidAbroad } from './abroad.ts';
import type { CompiledRule, Family } from './compiled-rule.ts';
import { bestOf, decide, type Hit } from './decide.ts';
import type { LedgerRow } from './labelled.ts';
import type { Match } from './patterns.ts';
import { openNoise, openPatterns, type PreparedRules } from './prepared-rules.ts';
import { centsPerMinor, convert, type Rates } from './rates.ts';
import { RowMemory } from './row-memory.ts';
import { type BankCodeRule, FIELDS, type Field, type MerchantCodeRule } from './rules.ts';
import { openReader, type Reading } from './text-reading.ts';

export type RowLabels = {
  /** Label → reason, for labels of the catalogue. */
  readonly labels: ReadonlyMap<string, string>;
  /** The same as indices into the catalogue's labels, ascending, and the reasons in that order. */
  readonly indices: readonly number[];
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

type Readings = Readonly<Record<Field, Reading<CompiledRule>>>;
type Surroundings = {
  readonly readings: Readings;
  readonly direction: 'in' | 'out';
  readonly countries: readonly string[];
  /** Absolute EUR cents; undefined in a currency without a rate. */
  readonly cents: number | undefined;
};

const RANK: Readonly<Record<Family, number>> = { gateway: 3, brand: 2, word: 1, weak: 0 };
/** Groups of labels that say what was bought or given. */
const BOUGHT: ReadonlySet<string> = new Set([
  'home',
  'food',
  'mobility',
  'travel',
  'leisure',
  'shopping',
  'health',
  'family',
  'giving',
]);
/** No street is called by these: "Burger Street" is a place to eat at. */
const NO_STREETS: ReadonlySet<string> = new Set(['restaurant', 'fast food', 'cafe', 'nightlife', 'food with delivery']);
const NOTHING: readonly string[] = [];

/**
 * The labeller of these rules; `groups` gives the group of each label, in the order of the labels' indices.
 */
export function openLabeller(rules: PreparedRules, groups: ReadonlyMap<string, string>, rates: Rates): Labeller {
  const read = openReader(openPatterns(rules), openNoise(rules));
  const merchantCodes = merchantCodesOf(rules);
  const bankCodes = [...rules.bankCodes].sort((a, b) => starsIn(a.code) - starsIn(b.code));
  const isBought = (label: string) => BOUGHT.has(groups.get(label) ?? '');
  const isEveryday = ({ side }: Hit, fromPerson: boolean) =>
    side?.says.some((label) => isBought(label) || (fromPerson && label === 'refund')) === true;
  const indexOf = new Map([...groups.keys()].map((label, index) => [label, index]));
  const remembered = new RowMemory<RowLabels>();

  function labelsOf({ account, row }: LedgerRow, readings: Readings): RowLabels {
    const { place } = readings.title;
    const homes = homesOf(account);
    const country = place.country === undefined || homes.includes(place.country) ? undefined : place.country;
    const factor = centsPerMinor(account.currency, rates);
    const hits = hitsOf({
      readings,
      direction: row.amount < 0 ? 'out' : 'in',
      // Rules of one country hold for its accounts, and for what is bought there.
      countries: country === undefined ? homes : [...homes, country],
      cents: factor === undefined ? undefined : Math.abs(convert(row.amount, factor)),
    });
    const labels = new Map<string, string>();
    const otherLabels: string[] = [];
    for (const label of row.labels ?? NOTHING) {
      if (groups.has(label)) labels.set(label, 'publisher');
      else otherLabels.push(label);
    }
    if (row.amount !== 0) {
      // "For the pizza" to a friend is no restaurant.
      const betweenPeople = readings.party.isPerson && !hits.some(({ field }) => field === 'party');
      decide(labels, {
        hits: betweenPeople ? hits.filter((hit) => !isEveryday(hit, readings.party.isFullName)) : hits,
        direction: row.amount < 0 ? 'out' : 'in',
        ...codesOf(row.merchantCategoryCode, row.bankTransactionCode, row.amount, merchantCodes, bankCodes),
      });
      if (paidAbroad(place, account.currency, country, labels)) {
        labels.set('foreign', 'paid abroad or in a foreign currency');
      }
    }
    const brand = bestOf(hits, 'brand')?.value.name;
    const isNamed = row.party !== undefined || row.partyIban !== undefined;
    const { indices, reasons } = inOrder(labels, indexOf);
    return {
      labels,
      indices,
      reasons,
      otherLabels,
      party: brand ?? (readings.party.name || (row.partyIban ?? readings.title.name)),
      partyFrom: isNamed ? 'party' : brand === undefined ? 'title' : 'brand',
      country,
    };
  }

  return {
    label(ledgerRow) {
      const known = remembered.get(ledgerRow);
      if (known) return known;
      const { title, party = '', kind = '', labels } = ledgerRow.row;
      const readings = { title: read.once(title), party: read.remembered(party), kind: read.remembered(kind) };
      const result = labelsOf(ledgerRow, readings);
      const dependsOnMore = labels || FIELDS.some((field) => readings[field].matches.some(dependsOnAmount));
      if (!dependsOnMore) remembered.set(ledgerRow, result);
      return result;
    },
  };
}

/** Labels by index, ascending, with their reasons. */
export function inOrder(labels: ReadonlyMap<string, string>, indexOf: ReadonlyMap<string, number>) {
  const pairs = [...labels].map(([label, reason]) => ({ index: indexOf.get(label) ?? -1, reason }));
  if (pairs.length > 1) pairs.sort((a, b) => a.index - b.index);
  return { indices: pairs.map(({ index }) => index), reasons: pairs.map(({ reason }) => reason) };
}

function dependsOnAmount({ value }: Match<CompiledRule>): boolean {
  return value.atLeastCents > 0 || value.atMostCents < Number.POSITIVE_INFINITY;
}

/** The hits that hold here, in each field without those that a longer one covers. */
function hitsOf(around: Surroundings): readonly Hit[] {
  const hits: Hit[] = [];
  for (const field of FIELDS) {
    const reading = around.readings[field];
    const { matches } = reading;
    if (matches.length === 0) continue;
    const holding = matches.filter((match) => holds(match.value, field, around) && !isInName(match, reading));
    for (const match of holding) {
      if (holding.length > 1 && holding.some((other) => covers(other, match))) continue;
      hits.push({ ...match, field, side: match.value[around.direction] });
    }
  }
  return hits;
}

function holds(rule: CompiledRule, field: Field, { readings, direction, countries, cents }: Surroundings): boolean {
  if (rule.fields && !rule.fields.includes(field)) return false;
  // A rule of words for the other direction says nothing here and hides nothing; a brand stays a brand.
  if (rule.family !== 'brand' && rule[direction] === undefined) return false;
  if (rule.countries && !countries.some((country) => rule.countries?.has(country))) return false;
  if (cents === undefined) {
    if (rule.atMostCents < Number.POSITIVE_INFINITY) return false;
  } else if (cents < rule.atLeastCents || cents > rule.atMostCents) return false;
  if (rule.with && !FIELDS.some((name) => rule.with?.occursIn(readings[name].tokens))) return false;
  return !rule.unless || !FIELDS.some((name) => rule.unless?.occursIn(readings[name].tokens));
}

/** Words inside the name of a street or a person say nothing of what is there. */
function isInName(
  { start, end, value }: Match<CompiledRule>,
  { streets, isFullName, tokens }: Readings[Field],
): boolean {
  if (value.family !== 'word' && value.family !== 'weak') return false;
  if (isFullName && start > 0 && end === tokens.length && end - start === 1) return true;
  if (streets.size === 0) return false;
  for (let at = start; at < end; at++) if (!streets.has(at)) return false;
  return ![value.in, value.out].some((side) => side?.says.some((label) => NO_STREETS.has(label)));
}

function covers(other: Match<CompiledRule>, match: Match<CompiledRule>): boolean {
  if (other === match || other.end <= match.start || match.end <= other.start) return false;
  const difference = other.end - other.start - (match.end - match.start);
  if (difference !== 0) return difference > 0;
  return RANK[other.value.family] > RANK[match.value.family];
}

function codesOf(
  merchantCode: string | undefined,
  bankCode: string | undefined,
  amount: number,
  merchantCodes: ReadonlyMap<string, MerchantCodeRule>,
  bankCodes: readonly BankCodeRule[],
) {
  const direction = amount < 0 ? 'out' : 'in';
  const code = merchantCode === undefined ? undefined : merchantCodes.get(merchantCode);
  return {
    code: code?.[direction] ?? NOTHING,
    codeReason: `code ${merchantCode}`,
    codeIsWeak: code?.weak === true,
    codeIsService: code?.out?.length === 0 && code.in === undefined,
    refundByCode: direction === 'in' && (code?.out?.length ?? 0) > 0,
    bankCode: bankCodeRule(bankCodes, bankCode)?.[direction] ?? NOTHING,
    bankCodeReason: `bank code ${bankCode}`,
  };
}

function merchantCodesOf(rules: PreparedRules): Map<string, MerchantCodeRule> {
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
