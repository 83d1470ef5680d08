/** The shapes of a known life, and small tools: random numbers, days, account numbers, rates. No clock, no global state. */
import type { Country, Split } from './vocabulary.ts';

export type { Split } from './vocabulary.ts';
export type Source = 'AIS' | 'PDF' | 'OWNER_UPLOAD';

export type Transaction = {
  bookedOn: string;
  transactionOn?: string;
  currencyAmount: string;
  title: string;
  party?: string;
  partyIban?: string;
  kind?: string;
  status?: 'DONE' | 'PENDING';
  merchantCategoryCode?: string;
  transactionId?: string;
  labels?: string[];
};
export type ImportedAccount = {
  iban?: string;
  accountId?: string;
  currencyName: string;
  covers: { from: string; to: string };
  transactions: Transaction[];
};
export type ImportMessage = {
  type: 'owner-import';
  version: 1;
  clientId: string;
  importId: string;
  ownerExternalId: string;
  source: Source;
  importedAt: string;
  accounts: ImportedAccount[];
};
export type Life = {
  ownerExternalId: string;
  country: Country;
  split: Split;
  story: string;
  /** The exact built-in profiles on `asOf`, sorted, the sensitive ones included. */
  profiles: string[];
  asOf: string;
  imports: ImportMessage[];
  /** The truth about rows, by `rowKey`: several trades where rows of a day have the same amount. */
  trades: ReadonlyMap<string, ReadonlySet<string>>;
};

/** Names the rows of an owner's day with an amount, in hundredths of the currency. */
export const rowKey = (day: number, hundredths: number): string => `${day} ${hundredths}`;

export type Random = {
  next(): number;
  int(from: number, to: number): number;
  between(from: number, to: number): number;
  chance(share: number): boolean;
  pick<T>(values: readonly T[]): T;
};

/** mulberry32: small, fast, the same everywhere. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    between: (from, to) => from + next() * (to - from),
    chance: (share) => next() < share,
    pick: <T>(values: readonly T[]): T => {
      const value = values[int(0, values.length - 1)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
  };
}

const DAY = 86_400_000;
export const dayOf = (iso: string): number => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
export const isoOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
export const monthOf = (day: number): string => isoOf(day).slice(0, 7);
/** 0 is Monday. */
export const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7;
export const previousWorkday = (day: number): number => (weekday(day) > 4 ? day - (weekday(day) - 4) : day);
export const nextWorkday = (day: number): number => (weekday(day) > 4 ? day + (7 - weekday(day)) : day);
/** The months from one day to another, as [year, month] with month 1 to 12. */
export function monthsBetween(from: number, to: number): [number, number][] {
  const found: [number, number][] = [];
  let year = Number(isoOf(from).slice(0, 4));
  let month = Number(isoOf(from).slice(5, 7));
  while (dayIn(year, month, 1) <= to) {
    found.push([year, month]);
    month += 1;
    if (month === 13) {
      month = 1;
      year += 1;
    }
  }
  return found;
}
export function dayIn(year: number, month: number, day: number): number {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Math.round(Date.UTC(year, month - 1, Math.min(day, last)) / DAY);
}

export const currencyOf: Readonly<Record<Country, string>> = {
  PL: 'PLN',
  CZ: 'CZK',
  SK: 'EUR',
  ES: 'EUR',
  PT: 'EUR',
  RO: 'RON',
  LT: 'EUR',
  LV: 'EUR',
  EE: 'EUR',
  DE: 'EUR',
  IT: 'EUR',
  FR: 'EUR',
  NL: 'EUR',
  BE: 'EUR',
  HU: 'HUF',
  AT: 'EUR',
  IE: 'EUR',
  GB: 'GBP',
  SE: 'SEK',
  DK: 'DKK',
  NO: 'NOK',
  FI: 'EUR',
};
/** Units of the currency for one euro. */
export const rates: Readonly<Record<string, number>> = {
  EUR: 1,
  PLN: 4.25,
  CZK: 24.5,
  RON: 5.05,
  HUF: 395,
  GBP: 0.86,
  SEK: 11.2,
  DKK: 7.46,
  NOK: 11.7,
  USD: 1.12,
};

/** The account part of an IBAN: `n` a digit, `a` a letter. */
const ibanShape: Readonly<Record<Country, string>> = {
  PL: 'n24',
  CZ: 'n20',
  SK: 'n20',
  ES: 'n20',
  PT: 'n21',
  RO: 'a4n16',
  LT: 'n16',
  LV: 'a4n13',
  EE: 'n16',
  DE: 'n18',
  IT: 'a1n22',
  FR: 'n23',
  NL: 'a4n10',
  BE: 'n12',
  HU: 'n24',
  AT: 'n16',
  IE: 'a4n14',
  GB: 'a4n14',
  SE: 'n20',
  DK: 'n14',
  NO: 'n11',
  FI: 'n14',
};
const remainder97 = (text: string): number => {
  let rest = 0;
  for (const sign of text) {
    const value = sign >= 'A' ? sign.charCodeAt(0) - 55 : Number(sign);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
};
export const ibanIsValid = (iban: string): boolean => remainder97(iban.slice(4) + iban.slice(0, 4)) === 1;
export function iban(country: Country, rng: Random): string {
  const body = ibanShape[country].replace(/([an])(\d+)/g, (_, kind: string, count: string) =>
    Array.from({ length: Number(count) }, () =>
      kind === 'n' ? String(rng.int(0, 9)) : String.fromCharCode(65 + rng.int(0, 25)),
    ).join(''),
  );
  const check = 98 - remainder97(`${body}${country}00`);
  return `${country}${String(check).padStart(2, '0')}${body}`;
}
