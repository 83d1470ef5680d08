/** Owners of any size, always the same for the same seed: rows of generated lives, joined to one account. */

import { dayOf, type ImportMessage, isoOf, type Life, random, type Transaction } from '../../evaluation/lives/life.ts';
import { asOf, generateLives } from '../../evaluation/lives/lives.ts';

export const SEED = 20261115;
/** The day that everything is derived for, as a day since 1970 and as text. */
export const LAST_DAY = dayOf(asOf);
/** An instant of the evening of that day. */
export const NOW = Date.parse(`${asOf}T18:00:00Z`);
/** Days over which rows are spread by default: those that a derivation reads. */
export const DAYS_READ = 545;

const IBANS: Readonly<Record<string, string>> = {
  PL: 'PL61109010140000071219812874',
  CZ: 'CZ6508000000192000145399',
  SK: 'SK3112000000198742637541',
  ES: 'ES9121000418450200051332',
  PT: 'PT50000201231234567890154',
  RO: 'RO49AAAA1B31007593840000',
  LT: 'LT121000011101001000',
  LV: 'LV80BANK0000435195001',
  EE: 'EE382200221020145685',
  DE: 'DE89370400440532013000',
};

export type Dated = { readonly day: number; readonly row: Transaction };
const known = new Map<number, readonly Life[]>();

/** The lives of one seed. */
export function livesOf(seed = 1): readonly Life[] {
  const lives = known.get(seed) ?? generateLives(seed, 'open');
  known.set(seed, lives);
  return lives;
}

/** Every booked row of a life once: of overlapping imports, the last one that covers a day has its rows. */
export function rowsOfLife(life: Life): Dated[] {
  const days = new Map<string, Transaction[]>();
  for (const { accounts } of life.imports) {
    for (const account of accounts) {
      const name = account.iban ?? account.accountId ?? '';
      for (let day = dayOf(account.covers.from); day <= dayOf(account.covers.to); day++) days.set(`${name} ${day}`, []);
      for (const row of account.transactions) days.get(`${name} ${dayOf(row.bookedOn)}`)?.push(row);
    }
  }
  const rows = [...days].flatMap(([key, ofDay]) =>
    ofDay.filter(({ status }) => status !== 'PENDING').map((row) => ({ day: Number(key.split(' ').at(-1)), row })),
  );
  return rows.sort((a, b) => a.day - b.day);
}

export type OwnerPlan = {
  readonly rows: number;
  readonly seed: number;
  readonly country?: string;
  /** Days up to the last one with rows. */
  readonly days?: number;
};

/** This many rows of one account, by day. */
export function transactionsOf({ rows, seed, country = 'PL', days = DAYS_READ }: OwnerPlan): Dated[] {
  const rng = random(seed);
  const first = LAST_DAY - days + 1;
  const lives = livesOf()
    .filter((life) => life.country === country)
    .map((life) => ({ life, order: rng.next() }))
    .sort((a, b) => a.order - b.order);
  const found: Dated[] = [];
  for (let turn = 0; found.length < rows; turn++) {
    for (const { life } of lives) {
      // A life is reused some days later, so that its rows are not the same ones on the same days.
      const moved = rowsOfLife(life).map(({ day, row }) => ({ day: day - turn * 3, row }));
      const inside = moved.filter(({ day }) => day >= first && day <= LAST_DAY);
      found.push(...inside.slice(-(rows - found.length)));
      if (found.length >= rows) break;
    }
  }
  return found.sort((a, b) => a.day - b.day);
}

export type MessageOf = {
  readonly ownerExternalId?: string;
  readonly importId?: string;
  readonly from?: number;
  readonly to?: number;
  readonly country?: string;
  readonly importedAt?: string;
};

/** Rows as one import message. */
export function messageOf(rows: readonly Dated[], of: MessageOf = {}): ImportMessage {
  const country = of.country ?? 'PL';
  const { currencyName = 'EUR' } = livesOf().find((life) => life.country === country)?.imports[0]?.accounts[0] ?? {};
  const from = of.from ?? rows[0]?.day ?? LAST_DAY;
  return {
    type: 'owner-import',
    version: 1,
    clientId: 'demo',
    importId: of.importId ?? 'bench-1',
    ownerExternalId: of.ownerExternalId ?? 'bench-owner',
    source: 'AIS',
    importedAt: of.importedAt ?? `${asOf}T17:00:00Z`,
    accounts: [
      {
        iban: IBANS[country] ?? '',
        currencyName,
        covers: { from: isoOf(from), to: isoOf(of.to ?? LAST_DAY) },
        transactions: rows.map(({ day, row }) => ({ ...row, bookedOn: isoOf(day) })),
      },
    ],
  };
}
