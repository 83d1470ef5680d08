/** The world of a split's owners: whom they pay, and the words of their banks. The words are data: `vocabulary/`. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';

export const NORDIC = ['SE', 'DK', 'NO', 'FI'] as const;
/** Countries of owners; those after Germany live in the field alone (`field.ts`). */
export const COUNTRIES = [
  ...(['PL', 'CZ', 'SK', 'ES', 'PT', 'RO', 'LT', 'LV', 'EE', 'DE'] as const),
  ...(['IT', 'FR', 'NL', 'BE', 'HU', 'AT', 'IE', 'GB'] as const),
  ...NORDIC,
] as const;
export type Country = (typeof COUNTRIES)[number];

export type Split = 'open' | 'sealed';

const some = z.array(z.string()).nonempty();
const printing = z.object({
  cities: some,
  names: some,
  /** Each print is `title|party|kind`; {m} merchant, {c} city, {k} card mask, {D} ISO day, {d} day.month, {n} number. */
  card: some,
  web: some,
  cash: some,
  kindOut: z.string(),
  kindIn: z.string(),
  /** Title of a transfer between own accounts. */
  own: z.string(),
  /** Title of the rent that a tenant pays to the owner. */
  tenant: z.string(),
});
/** Trade → merchants; `PARTY>TITLE` is a transfer, any other a card row. */
const trades = z.record(z.string(), some);

/** Words of a country for situations that only owners in the field have. */
const field = z.strictObject({
  /** People with the name of a brand or of a trade, and the titles of payments to them. */
  friends: some,
  friendTitles: some,
  /** Banks, insurers, brokers and shops, as employers. */
  employers: some,
  /** Titles: a card's bill paid, a debit that came back, a wage taken back, money changed, goods sent back. */
  cardBill: z.string(),
  bounced: z.string(),
  reversed: z.string(),
  exchange: z.string(),
  refund: z.string(),
});
export type FieldWords = z.infer<typeof field>;

export type CountryWords = z.infer<typeof printing> & { readonly trades: z.infer<typeof trades> };

export type Vocabulary = {
  readonly world: z.infer<typeof trades>;
  readonly countries: Readonly<Record<Country, CountryWords>>;
  readonly field: Readonly<Record<Country, FieldWords>>;
};

const read = new Map<Split, Vocabulary>();

/** The words of a split, read once. */
export function vocabularyOf(split: Split): Vocabulary {
  const known = read.get(split);
  if (known) return known;
  const countries = Object.fromEntries(COUNTRIES.map((country) => [country, countryOf(fileOf(split, country))]));
  const vocabulary = {
    world: trades.parse(fileOf(split, 'world')),
    countries,
    field: z.record(z.enum(COUNTRIES), field).parse(fileOf(split, 'field')),
  } as Vocabulary;
  read.set(split, vocabulary);
  return vocabulary;
}

export function merchantsOf(vocabulary: Vocabulary, where: Country, trade: string): readonly string[] {
  const found = vocabulary.countries[where].trades[trade] ?? vocabulary.world[trade];
  if (found === undefined) throw new Error(`no ${trade} in ${where}`);
  return found;
}

function fileOf(split: Split, name: string): Record<string, unknown> {
  return parse(readFileSync(new URL(`./vocabulary/${split}/${name}.yaml`, import.meta.url), 'utf8'));
}

function countryOf(file: Record<string, unknown>): CountryWords {
  const others = Object.entries(file).filter(([key]) => !(key in printing.shape));
  return { ...printing.parse(file), trades: trades.parse(Object.fromEntries(others)) };
}
