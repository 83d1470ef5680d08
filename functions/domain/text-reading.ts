/**
 * What can be read in a text by itself: its tokens, the patterns in it, a name, a person, a place. Banks print the same texts again
 * and again, so readings are remembered.
 */
import { type Place, placeIn } from './abroad.ts';
import { tokensOf } from './folding.ts';
import type { Match, Patterns } from './patterns.ts';

export type Reading<Value> = {
  readonly tokens: readonly string[];
  readonly matches: readonly Match<Value>[];
  /** What is left without legal forms, cities, statement words and numbers. */
  readonly name: string;
  readonly isPerson: boolean;
  /** A person by the first name: the last word is a surname, whatever trade they name. */
  readonly isFullName: boolean;
  /** Tokens that are the name of a street or a square. */
  readonly streets: ReadonlySet<number>;
  readonly place: Place;
};

/** Texts remembered at most; then all are forgotten, which costs little and keeps memory flat. */
const MOST_REMEMBERED = 5_000;
const MOST_NAME_TOKENS = 4;
const LONGEST_PERSON = 4;

const LEGAL_FORMS: ReadonlySet<string> = new Set(
  (
    'sp sa s a z o zoo sro spol srl sl slu lda uab ab mb as sia ou oy gmbh ag kg se ltd plc llc inc bv nv ' +
    'bank banka banco'
  ).split(' '),
);

const SHORTEST_AFTER_INITIAL = 4;
const BEFORE_STREET: ReadonlySet<string> = wordSet(
  'ul ulica ulicy aleja alei plac placu skwer przy calle avenida avda avd paseo glorieta rambla ronda carrer carretera rua ' +
    'praca travessa largo alameda estrada rotunda strada str bulevardul bdul calea aleea soseaua piata pasaj pasajul ' +
    'splaiul ulice namesti nam namestie trida nabrezi nabrezie prie pri rue am beim square',
);
/** One letter that stands for a street in Spain and Portugal. */
const INITIAL_OF_STREET: ReadonlySet<string> = wordSet('c r');
const AFTER_STREET: ReadonlySet<string> = wordSet(
  'iela ielas gatve bulvaris laukums laukuma aikste gatves tn tanav tanava tanaval mnt maantee pst puiestee valjak valjaku ' +
    'namesti namestie nam road street lane avenue strasse utca',
);
const ARTICLES: ReadonlySet<string> = wordSet('de la las los el del do da dos das der dem');
const ADDRESS = /[,;\d]|\s(ul|ulica|os|al)\b/i;
const LITHUANIAN_GENITIVE = /^[a-z]{4,}[so]$/;
const STREET_IN_ONE = /^[a-z]{4,}(str|strasse|gasse)$/;
/** Streets are called by adjectives: "Szpitalna 12", "Lekárenská 12", "Školní 3"; nouns of shops (pekarna, lekarna) end otherwise. */
const ADJECTIVE = /^[a-z]{3,}(ska|cka|cna|tna|dna|lna|hna|owa|dni|lni|tni|zni|sni)$/;

/** First names that are common where the service is used; what is a word of shops as well is left out. */
const FIRST_NAMES: ReadonlySet<string> = wordSet(
  'jan piotr pawel tomasz marcin krzysztof andrzej michal marek adam lukasz jakub grzegorz mateusz wojciech rafal jacek ' +
    'dariusz kamil maciej karol szymon bartosz dawid kacper filip sebastian artur robert anna maria katarzyna malgorzata ' +
    'agnieszka barbara ewa krystyna elzbieta magdalena joanna monika zofia danuta beata dorota aleksandra karolina paulina ' +
    'natalia julia marta justyna izabela kinga weronika oliwia hanna halina jozef stanislaw henryk ' +
    'jiri petr josef pavel martin jaroslav tomas miroslav zdenek frantisek vaclav milan lukas jakub ondrej vojtech hana ' +
    'jana eva lenka katerina lucie vera alena petra jitka martina jarmila tereza veronika michaela zuzana ' +
    'peter jozef jan stefan juraj igor vladimir lubomir rastislav maros katarina mari andrea ivana silvia ' +
    'jose antonio manuel francisco juan javier jesus carlos miguel alejandro pablo sergio fernando rafael alvaro diego ' +
    'carmen josefa isabel dolores pilar cristina lucia elena raquel rocio ines ' +
    'joao pedro tiago rui paulo ricardo nuno bruno goncalo luis jorge helena catarina sofia mariana rita beatriz teresa ' +
    'ion ioan andrei alexandru mihai gheorghe vasile constantin nicolae stefan florin marius cristian bogdan ionut elena ' +
    'mihaela ioana andreea gabriela alexandra daniela ana adriana ' +
    'jonas antanas vytautas tomas mindaugas darius andrius saulius rasa ona irena jurate asta kristina ruta egle ' +
    'janis andris juris edgars martins raitis valdis guntis aivars maris kristine inese liga ilze dace laura zane inga ' +
    'jaan toomas margus rein tiit urmas andres priit indrek liis tiina anne kati piret kadri ulle kulli sirje mart kristi ' +
    'hans klaus jurgen wolfgang thomas michael stefan andreas christian ursula monika sabine petra claudia birgit ' +
    'marten madis tanel siim rasmus karl kristjan meelis raivo toivo indrek sander taavi helen merle pille riina triin kersti ' +
    'linas paulius arturas giedrius rokas lukas gintaras jolanta daiva vilma aiste gabija normunds kaspars martins gints ' +
    'ilona sandra santa baiba anete elina radek roman david daniel stanislav pavla ludmila adela klara marie simona ' +
    'erik branislav marian dusan norbert slawomir leszek zbigniew grazyna iwona bozena renata sylwia patrycja marcel ' +
    'marcos adrian ruben alberto raul victor gonzalo marta paula laura monica sonia hugo vasco andre filipe vitor ' +
    'fabio margarida susana radu razvan dan liviu simona raluca roxana oana alina george oliver harry charlotte emily ' +
    'john james david william richard thomas mary patricia jennifer linda elizabeth susan sarah emma',
);

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

export type TextReader<Value> = {
  /** For texts that come again: parties, kinds. */
  remembered(text: string): Reading<Value>;
  /** For texts that mostly do not: titles. */
  once(text: string): Reading<Value>;
};

/** A reader of texts. `noise` are patterns that name nobody. */
export function openReader<Value>(patterns: Patterns<Value>, noise: Patterns<true>): TextReader<Value> {
  const known = new Map<string, Reading<Value>>();
  const once = (text: string) => new TextReading(text, patterns, noise);
  return {
    once,
    remembered(text) {
      const reading = known.get(text) ?? once(text);
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(text, reading);
      return reading;
    },
  };
}

/** What few rows ask for is worked out when it is asked for. */
class TextReading<Value> implements Reading<Value> {
  readonly tokens: readonly string[];
  readonly matches: readonly Match<Value>[];
  readonly #text: string;
  readonly #noise: Patterns<true>;
  #isPerson: boolean | undefined;
  #isFullName: boolean | undefined;
  #streets: ReadonlySet<number> | undefined;
  #place: Place | undefined;

  constructor(text: string, patterns: Patterns<Value>, noise: Patterns<true>) {
    this.tokens = tokensOf(text);
    this.matches = patterns.find(this.tokens);
    this.#text = text;
    this.#noise = noise;
  }

  get name(): string {
    return nameIn(this.tokens, this.#noise);
  }

  get isPerson(): boolean {
    this.#isPerson ??= namesPerson(this.#text, this.tokens) || namesPersonAtAddress(this.#text);
    return this.#isPerson;
  }

  get isFullName(): boolean {
    this.#isFullName ??= isFirstNameFirst(this.tokens) && namesPerson(this.#text, this.tokens);
    return this.#isFullName;
  }

  get streets(): ReadonlySet<number> {
    this.#streets ??= streetsIn(this.tokens);
    return this.#streets;
  }

  get place(): Place {
    this.#place ??= placeIn(this.#text);
    return this.#place;
  }
}

function nameIn(tokens: readonly string[], noise: Patterns<true>): string {
  const isNoise = new Set<number>();
  for (const { start, end } of noise.find(tokens)) for (let at = start; at < end; at++) isNoise.add(at);
  const telling = tokens.filter((token, at) => !isNoise.has(at) && !/\d/.test(token) && token.length > 1);
  return telling.slice(0, MOST_NAME_TOKENS).join(' ');
}

/** Two to four words, none with a digit, each with a capital letter, and no legal form; an initial may stand first. */
function namesPerson(text: string, tokens: readonly string[]): boolean {
  if (tokens.length < 2 || tokens.length > LONGEST_PERSON) return false;
  const words = text.trim().split(/\s+/);
  return (
    words.every((word) => /^\p{Lu}[\p{L}.'-]*$/u.test(word)) &&
    !tokens.some((token, at) => LEGAL_FORMS.has(token) && !(at === 0 && token.length === 1 && tokens.length === 2))
  );
}

/** One or two first names, and one word more. */
function isFirstNameFirst(tokens: readonly string[]): boolean {
  const [first = '', second = ''] = tokens;
  return FIRST_NAMES.has(first) && (tokens.length === 2 || (tokens.length === 3 && FIRST_NAMES.has(second)));
}

/** "JAN KOWALSKI UL. DLUGA 5": a full name, then where its bearer lives. */
function namesPersonAtAddress(text: string): boolean {
  const end = text.search(ADDRESS);
  if (end <= 0) return false;
  const name = text.slice(0, end);
  const tokens = tokensOf(name);
  return tokens.some((token) => FIRST_NAMES.has(token)) && namesPerson(name, tokens);
}

/** The tokens that name a street or a square: "ul. Apteczna 3", "Calle de la Farmacia", "Skolas iela", "Apothekenstr. 4". */
function streetsIn(tokens: readonly string[]): ReadonlySet<number> {
  const streets = new Set<number>();
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as string;
    if (BEFORE_STREET.has(token)) addAfter(tokens, at + 1, streets);
    else if (INITIAL_OF_STREET.has(token)) addAfterInitial(tokens, at + 1, streets);
    if (AFTER_STREET.has(token) && at > 0) streets.add(at - 1);
    if (token === 'g' && at > 0 && LITHUANIAN_GENITIVE.test(tokens[at - 1] as string)) streets.add(at - 1);
    if (STREET_IN_ONE.test(token)) streets.add(at);
    if (ADJECTIVE.test(token) && (isHouse(tokens, at + 1) || tokens[at + 1] === 'ul')) streets.add(at);
  }
  return streets;
}

/** The name of a street goes up to the house number if that is near, else it is one word, articles aside. */
function addAfter(tokens: readonly string[], from: number, streets: Set<number>): void {
  let start = from;
  while (ARTICLES.has(tokens[start] ?? '')) start++;
  if (isHouseNumber(tokens[start])) return;
  streets.add(start);
  if (isHouseNumber(tokens[start + 2])) streets.add(start + 1);
}

/** "C/ FARMACIA 9", "R TEATRO": a letter says so only before a longer word. */
function addAfterInitial(tokens: readonly string[], from: number, streets: Set<number>): void {
  let start = from;
  while (ARTICLES.has(tokens[start] ?? '')) start++;
  if ((tokens[start]?.length ?? 0) >= SHORTEST_AFTER_INITIAL) streets.add(start);
}

/** A number that begins no date. */
function isHouse(tokens: readonly string[], at: number): boolean {
  const [token, next] = [tokens[at] ?? '', tokens[at + 1] ?? ''];
  return /^[1-9]\d{0,2}[a-z]?$/.test(token) && !/^\d{2,}$/.test(next);
}

function isHouseNumber(token: string | undefined): boolean {
  return token !== undefined && /^\d{1,4}[a-z]?$/.test(token);
}
