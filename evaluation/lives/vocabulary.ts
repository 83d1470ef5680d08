/** What a split's owners meet in the world: whom they pay, and the words their banks print. */
export type Country = 'PL' | 'CZ' | 'SK' | 'ES' | 'PT' | 'RO' | 'LT' | 'LV' | 'EE' | 'DE';

export type CountryWords = {
  readonly cities: readonly string[];
  readonly names: readonly string[];
  /** Each print is `title|party|kind`; {m} merchant, {c} city, {k} card mask, {D} ISO day, {d} day.month, {n} number. */
  readonly card: readonly string[];
  readonly web: readonly string[];
  readonly cash: readonly string[];
  readonly kindOut: string;
  readonly kindIn: string;
  readonly own: string;
  /** Trade → merchants; `PARTY>TITLE` is a transfer, all else is a card row. */
  readonly trades: Readonly<Record<string, readonly string[]>>;
};

export type Vocabulary = {
  readonly world: Readonly<Record<string, readonly string[]>>;
  readonly countries: Readonly<Record<Country, CountryWords>>;
};

const list = (text: string): string[] =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Reads lines of `trade: merchant; merchant`. */
export function trades(text: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const line of text.split('\n')) {
    const at = line.indexOf(':');
    if (at > 0) found[line.slice(0, at).trim()] = list(line.slice(at + 1));
  }
  return found;
}

/** Reads one country: the lines before the trades say how its banks print. */
export function country(text: string): CountryWords {
  const { cities, names, card, web, cash, kindOut, kindIn, own, ...rest } = trades(text);
  const need = (values: string[] | undefined, what: string): string[] => {
    if (values === undefined || values.length === 0) throw new Error(`vocabulary lacks ${what}`);
    return values;
  };
  return {
    cities: need(cities, 'cities'),
    names: need(names, 'names'),
    card: need(card, 'card'),
    web: need(web, 'web'),
    cash: need(cash, 'cash'),
    kindOut: kindOut?.[0] ?? '',
    kindIn: kindIn?.[0] ?? '',
    own: need(own, 'own')[0] ?? '',
    trades: rest,
  };
}

export function merchantsOf(vocabulary: Vocabulary, where: Country, trade: string): readonly string[] {
  const found = vocabulary.countries[where].trades[trade] ?? vocabulary.world[trade];
  if (found === undefined || found.length === 0) throw new Error(`no ${trade} in ${where}`);
  return found;
}
