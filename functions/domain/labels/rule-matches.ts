/** Which of the patterns found in a row hold: where, for whom and for what amount they were found. */
import type { CompiledRule, Family } from './compiled-rule.ts';
import { KINDS } from './meaning.ts';
import type { Hit } from './precedence.ts';
import type { Findings, Match, Reading } from './reading.ts';
import type { Field } from './rules.ts';

/** A row with its texts read. */
export type Surroundings = {
  readonly title: Findings;
  readonly party: Reading;
  readonly kind: Reading;
  /** Whether a card paid: then a name is that of a shop. */
  readonly isByCard: boolean;
  /** Whether the payee takes cards or collects debits. */
  readonly isToPayee: boolean;
  /** Whether the bank says that money was transferred. */
  readonly isTransfer: boolean;
  readonly direction: 'in' | 'out';
  readonly countries: ReadonlySet<string>;
  /** Absolute EUR cents; undefined in a currency without a rate. */
  readonly cents: number | undefined;
};

const RANK: Readonly<Record<Family, number>> = { gateway: 3, brand: 2, word: 1, weak: 0 };
const RANKS = 4;

/** The hits that hold here, in each field without those that a longer one covers. */
export function hitsOf(around: Surroundings): readonly Hit[] {
  const hits: Hit[] = [];
  const namesakes = namesakesIn(around);
  addHits(hits, around.title, 'title', around, namesakes);
  addHits(hits, around.party.found, 'party', around, namesakes);
  addHits(hits, around.kind.found, 'kind', around, namesakes);
  return hits;
}

const NO_BRANDS: ReadonlySet<string> = new Set();

/** Brands that the party, a person, is called by: they say nothing in the title either. */
function namesakesIn(around: Surroundings): ReadonlySet<string> {
  const { matches, surnames } = around.party.found;
  if (around.isByCard || (surnames.brands.size === 0 && surnames.ofParty.size === 0)) return NO_BRANDS;
  const isName = (match: Match) => match.value.family === 'brand' && isSurname(match, surnames, around);
  return new Set(matches.filter(isName).map(({ value }) => value.name));
}

function addHits(
  hits: Hit[],
  found: Findings,
  field: Field,
  around: Surroundings,
  namesakes: ReadonlySet<string>,
): void {
  const first = hits.length;
  for (const match of found.matches) {
    const { start, end, value } = match;
    const isNamesake = namesakes.size > 0 && value.family === 'brand' && namesakes.has(value.name);
    if (isNamesake || !holds(match, found, field, around) || isInName(match, found, around)) continue;
    if (field !== 'party' || !isBehindSurname(match, around)) {
      hits.push({ start, end, value, field, side: value[around.direction] });
    }
  }
  if (hits.length > first + 1) hits.push(...uncovered(hits.splice(first)));
}

/** The hits of a text that no better one overlaps: a longer one, or of equal ones the surer. Takes as many steps as they have tokens. */
export function uncovered(hits: readonly Hit[]): readonly Hit[] {
  if (areApart(hits)) return hits;
  /** By token, how good the best hit over it is. */
  const best: number[] = [];
  for (const { start, end, value } of hits) {
    const own = worthOf(start, end, value);
    for (let at = start; at < end; at++) if (own > (best[at] ?? 0)) best[at] = own;
  }
  return hits.filter(({ start, end, value }) => {
    const own = worthOf(start, end, value);
    for (let at = start; at < end; at++) if (best[at]! > own) return false;
    return true;
  });
}

/** Whether no two hits, in the order of their starts, overlap. */
function areApart(hits: readonly Hit[]): boolean {
  let last = 0;
  for (const { start, end } of hits) {
    if (start < last) return false;
    last = end;
  }
  return true;
}

function worthOf(start: number, end: number, { family }: CompiledRule): number {
  return (end - start) * RANKS + RANK[family];
}

function holds(match: Match, found: Findings, field: Field, around: Surroundings): boolean {
  const { start, value: rule } = match;
  if (rule.isAlone && !isBare(match, found)) return false;
  if (rule.isBeforeAsterisk && !found.hasAsterisk) return false;
  if (rule.fields && !rule.fields.includes(field)) return false;
  // A rule of words for the other direction says nothing here and hides nothing; a brand stays a brand.
  if (rule.family !== 'brand' && rule[around.direction] === undefined) return false;
  if (rule.countries && !isAny(around.countries, rule.countries)) return false;
  if (rule.isPayee && !around.isToPayee && !isPayeeIn(field, start, rule, around)) return false;
  const { cents } = around;
  if (cents === undefined) {
    if (rule.atMostCents < Number.POSITIVE_INFINITY) return false;
  } else if (cents < rule.atLeastCents || cents > rule.atMostCents) return false;
  if (rule.with && !isClue(rule.with, around)) return false;
  return !rule.unless || !isClue(rule.unless, around);
}

/** Whether nothing else is named: "Credit", not "Credit Mutuel", a longer name that the text begins with. */
function isBare({ start, end }: Match, { isAlone, matches }: Findings): boolean {
  return start === 0 && isAlone && !matches.some((other) => other.start === 0 && other.end > end);
}

/** Whether a field names who was paid: the party, or a title without one that is printed as terminals do. */
function isPayeeIn(
  field: Field,
  start: number,
  rule: CompiledRule,
  { title, party, direction }: Surroundings,
): boolean {
  if (field === 'party') return !party.isFullName;
  return (
    field === 'title' && direction === 'out' && start === 0 && party.text === '' && title.isPrinted && !rule.isFirstName
  );
}

/** Whether any text of the row has one of these clues. */
function isClue(wanted: ReadonlySet<number>, { title, party, kind }: Surroundings): boolean {
  return isAny(title.clues, wanted) || isAny(party.found.clues, wanted) || isAny(kind.found.clues, wanted);
}

/** Whether two sets share something; a text may hold many clues, a rule want many. */
export function isAny<Value>(some: ReadonlySet<Value>, others: ReadonlySet<Value>): boolean {
  if (some.size > others.size) return isAny(others, some);
  for (const value of some) if (others.has(value)) return true;
  return false;
}

/** Words inside the name of a street or a person say nothing of what is there, brands inside that of a person neither. */
function isInName(match: Match, { streets, surnames }: Findings, around: Surroundings): boolean {
  const { start, end, value } = match;
  if (value.family === 'gateway') return false;
  if (isSurname(match, surnames, around)) return true;
  return value.isWord && !(value.kinds & KINDS.noStreet) && areAmong(start, end, streets);
}

function isSurname({ start, end, value }: Match, surnames: Findings['surnames'], around: Surroundings): boolean {
  if (around.isByCard) return false;
  if (value.isWord) return areAmong(start, end, surnames.words);
  return areAmong(start, end, surnames.brands) || (around.isTransfer && areAmong(start, end, surnames.ofParty));
}

/** "DUPONT PAUL": in the name of a person, of which nothing else is known, a given name behind the surname is no shop. */
function isBehindSurname({ start, value }: Match, around: Surroundings): boolean {
  if (!value.isFirstName || start === 0 || around.isToPayee || !around.party.isPerson) return false;
  const { matches, surnames } = around.party.found;
  return matches.every((match) => match.value.isFirstName || isSurname(match, surnames, around));
}

function areAmong(start: number, end: number, tokens: ReadonlySet<number>): boolean {
  if (tokens.size === 0) return false;
  for (let at = start; at < end; at++) if (!tokens.has(at)) return false;
  return true;
}

/** "For the pizza" to a friend is no restaurant: between people, everyday words say nothing. */
export function withoutTalk(
  hits: readonly Hit[],
  { title, party, isTransfer }: { readonly title: Findings; readonly party: Reading; readonly isTransfer: boolean },
): readonly Hit[] {
  let kinds = 0;
  for (const { field, side } of hits) {
    if (field === 'party') return hits;
    if (side) kinds |= side.kinds;
  }
  if (!(kinds & (KINDS.bought | KINDS.refund))) return hits;
  if (party.text === '') {
    // A brand in a title that names somebody, too, may be who was paid.
    const isTalk = isTransfer && namesSomebody(title);
    return isTalk ? hits.filter(({ value, side }) => !(value.isWord && side && side.kinds & KINDS.bought)) : hits;
  }
  if (!party.isPerson) return hits;
  const talk = party.isFullName ? KINDS.bought | KINDS.refund : KINDS.bought;
  const kept = party.hasKnownName ? 0 : KINDS.paidToInstitutions;
  return hits.filter(({ side }) => !side || !(side.kinds & talk) || (side.kinds & kept) !== 0);
}

/** Whether a surname that is no word of the catalogue is in a title: "etentje Femke Praxis", not "kapsalon Femke". */
function namesSomebody({ matches, surnames }: Findings): boolean {
  const words = matches.filter(({ value }) => value.isWord);
  const isWord = (token: number) => words.some(({ start, end }) => start <= token && token < end);
  return [...surnames.ofParty].some((token) => surnames.words.has(token) || !isWord(token));
}
