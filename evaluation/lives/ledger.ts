/** One owner's bank rows as habits and events create them, printed as a bank of the country prints. */

import type { Random, Transaction } from './life.ts';
import {
  currencyOf,
  dayIn,
  iban,
  isoOf,
  monthsBetween,
  nextWorkday,
  previousWorkday,
  rates,
  rowKey,
  weekday,
} from './life.ts';
import type { Row } from './readings.ts';
import { comesIn, tradeTable } from './trades.ts';
import type { Country, CountryWords, Vocabulary } from './vocabulary.ts';
import { merchantsOf } from './vocabulary.ts';

export type Booked = Row & { account: number; transaction: Transaction };
export type Span = { from?: number; to?: number };
export type Manner = Span & { merchant?: string; account?: number };

const homeCode =
  /[\s,/]*\b(PL|POL|CZE?|SVK|SK|ES|ROU?|LTU?|LVA?|EST|EE|DE|ITA?|FRA?|NLD?|BEL?|HUN?|AUT|AT|IRL|IE|GBR?)$/;

export class Ledger {
  readonly vocabulary: Vocabulary;
  readonly country: Country;
  readonly words: CountryWords;
  readonly rng: Random;
  readonly start: number;
  readonly end: number;
  readonly owner: string;
  readonly ibans: string[];
  /** For each account. */
  readonly currencies: string[];
  readonly rows: Booked[] = [];
  /** Trades that run over the second account. */
  readonly second = new Set<string>();
  readonly #city: string;
  readonly #mask: string;
  readonly #prints: { card: string; web: string };
  readonly #parties = new Map<string, string>();

  /** @param currencies one for each account */
  constructor(
    vocabulary: Vocabulary,
    country: Country,
    rng: Random,
    start: number,
    end: number,
    currencies: readonly string[],
  ) {
    this.vocabulary = vocabulary;
    this.country = country;
    this.words = vocabulary.countries[country];
    this.rng = rng;
    this.start = start;
    this.end = end;
    this.owner = rng.pick(this.words.names);
    this.ibans = currencies.map(() => iban(country, rng));
    this.currencies = [...currencies];
    this.#city = rng.pick(this.words.cities);
    this.#mask = `${rng.pick(['4246', '5168', '4032', '5457'])}${rng.pick(['********', 'XXXXXXXX', '...', '** **** '])}${rng.int(1000, 9999)}`;
    this.#prints = { card: rng.pick(this.words.card), web: rng.pick(this.words.web) };
  }

  /** The truth about rows. */
  get trades(): Map<string, Set<string>> {
    const found = new Map<string, Set<string>>();
    for (const { day, trade, transaction } of this.rows) {
      const key = rowKey(day, Math.round(100 * Number(transaction.currencyAmount)));
      found.set(key, (found.get(key) ?? new Set()).add(trade));
    }
    return found;
  }

  merchants(trade: string): readonly string[] {
    return merchantsOf(this.vocabulary, this.country, trade);
  }

  /** One payment of this many euros on a day. Days outside the history are left out. */
  add(trade: string, day: number, eur: number, manner: Manner = {}): void {
    const merchant = manner.merchant ?? (trade === 'cash' ? '' : this.rng.pick(this.merchants(trade)));
    const known = tradeTable[trade];
    if (known === undefined) throw new Error(`unknown trade ${trade}`);
    const transfer = merchant.includes('>');
    const booked = transfer ? day : this.#bookingDay(day);
    if (day < this.start || booked > this.end || booked < this.start) return;
    const account = manner.account ?? (this.second.has(trade) && this.ibans.length > 1 ? 1 : 0);
    const currency = this.currencies[account] ?? currencyOf[this.country];
    let units = Math.max(0.01, eur * (rates[currency] ?? 1));
    if (currency === 'CZK' && this.rng.chance(0.7)) units = Math.max(1, Math.round(units));
    if (currency === 'HUF') units = Math.max(5, Math.round(units));
    const amount = (Math.round(units * 100) / 100).toFixed(2);
    const transaction: Transaction = {
      bookedOn: isoOf(booked),
      currencyAmount: `${comesIn(trade) ? '' : '-'}${amount}`,
      title: '',
    };
    if (transfer) this.#printTransfer(transaction, merchant, comesIn(trade), booked);
    else this.#printCard(transaction, merchant, trade, day, { currency, amount });
    this.rows.push({
      day: booked,
      trade,
      merchant,
      eur: Number(amount) / (rates[currency] ?? 1),
      account,
      transaction,
    });
  }

  /** The same payee each month (or every `every` months), on a working day. */
  monthly(
    trade: string,
    dayOfMonth: number,
    eur: number,
    manner: Manner & { vary?: number; every?: number; skip?: readonly number[] } = {},
  ): void {
    const merchant = manner.merchant ?? this.rng.pick(this.merchants(trade));
    const before = tradeTable[trade]?.income === true;
    monthsBetween(this.start, this.end).forEach(([year, month], n) => {
      if (n % (manner.every ?? 1) !== 0 || manner.skip?.includes(month) === true) return;
      const planned = dayIn(year, month, dayOfMonth);
      const day = merchant.includes('>') ? (before ? previousWorkday(planned) : nextWorkday(planned)) : planned;
      if (day < (manner.from ?? this.start) || day > (manner.to ?? this.end)) return;
      const vary = manner.vary ?? 0;
      this.add(trade, day, vary === 0 ? eur : eur * this.rng.between(1 - vary, 1 + vary), { ...manner, merchant });
    });
  }

  /** Now and then, evenly over the span with some jitter; a few favourite payees. */
  often(trade: string, perMonth: number, low: number, high: number, manner: Manner = {}): void {
    if (perMonth <= 0) return;
    const step = 30.44 / perMonth;
    const from = manner.from ?? this.start;
    const to = manner.to ?? this.end;
    for (let at = from + this.rng.between(0, step); at <= to; at += step) {
      const day = Math.round(at + this.rng.between(-0.35, 0.35) * step);
      if (day >= from && day <= to) this.add(trade, day, this.rng.between(low, high), manner);
    }
  }

  /** Own money from one of the owner's accounts to the other, both legs. */
  move(day: number, eur: number, from: number, title: string, trade: 'internal' | 'savings'): void {
    const at = nextWorkday(day);
    const source = this.ibans[from];
    const target = this.ibans[1 - from];
    if (source === undefined || target === undefined) return;
    for (const [leg, account, other] of [
      [trade, from, target],
      ['ownIn', 1 - from, source],
    ] as const) {
      this.add(leg, at, eur, { merchant: `${this.owner}>${title}`, account });
      const last = this.rows.at(-1);
      if (last !== undefined && last.trade === leg && last.day === at) last.transaction.partyIban = other;
    }
  }

  #bookingDay(day: number): number {
    const booked = day + this.rng.pick([0, 1, 1, 2]);
    return weekday(booked) === 6 ? booked + 1 : booked;
  }

  #fill(text: string, day: number): string {
    const iso = isoOf(day);
    return text
      .replaceAll('{n}', () => String(this.rng.int(10_000, 999_999)))
      .replaceAll('{mm}', iso.slice(5, 7))
      .replaceAll('{y}', iso.slice(0, 4))
      .replaceAll('{D}', iso)
      .replaceAll('{d}', `${iso.slice(8)}.${iso.slice(5, 7)}.`)
      .replaceAll('{k}', this.#mask);
  }

  #printTransfer(row: Transaction, merchant: string, incoming: boolean, day: number): void {
    const at = merchant.indexOf('>');
    const party = merchant.slice(0, at);
    row.title = this.#fill(merchant.slice(at + 1), day);
    row.party = party;
    const known = this.#parties.get(party) ?? iban(this.country, this.rng);
    this.#parties.set(party, known);
    if (this.rng.chance(0.8)) row.partyIban = known;
    const kind = incoming ? this.words.kindIn : this.words.kindOut;
    if (kind !== '') row.kind = kind;
  }

  #printCard(
    row: Transaction,
    merchant: string,
    trade: string,
    day: number,
    { currency, amount }: { currency: string; amount: string },
  ): void {
    const known = tradeTable[trade];
    const template =
      trade === 'cash' ? this.rng.pick(this.words.cash) : known?.web === true ? this.#prints.web : this.#prints.card;
    const away = trade === 'abroad';
    const city = known?.remote === true ? '' : this.#city;
    const parts = template.split('|').map((part) => {
      const cut = city === '' && part.includes('{c}') ? part.replace(homeCode, '').replace(/[\s,/-]*\{c\}/, '') : part;
      return this.#fill(cut.replaceAll('{c}', city).replaceAll('{m}', merchant), day).replace(/\s+/g, ' ').trim();
    });
    row.transactionOn = isoOf(day);
    row.title = parts[0] ?? '';
    if (away && currency !== 'EUR') row.title += ` ${(Number(amount) / (rates[currency] ?? 1)).toFixed(2)} EUR`;
    if (parts[1] !== undefined && parts[1] !== '') row.party = parts[1];
    if (parts[2] !== undefined && parts[2] !== '') row.kind = parts[2];
    if (known?.mcc !== undefined && this.rng.chance(0.15)) row.merchantCategoryCode = known.mcc;
  }
}
