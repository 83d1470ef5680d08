/** Import messages with days counted from today (UTC). */
import { setTimeout as sleep } from 'node:timers/promises';

const DAY_MS = 86_400_000;
/** No test file takes longer. One that starts this close to midnight waits, because its today must stay that of the service. */
const LONGEST_MS = 4 * 60_000;

const left = DAY_MS - (Date.now() % DAY_MS);
if (left < LONGEST_MS) await sleep(left);
const now = Date.now();

export const day = (offset: number): string => new Date(now + offset * DAY_MS).toISOString().slice(0, 10);
/** An instant so many minutes from now. */
export const instant = (minutes = 0): string => new Date(Date.now() + minutes * 60_000).toISOString();

/** A Polish IBAN with right check digits. */
export function iban(number: number): string {
  const bban = `10901014${String(number).padStart(16, '0')}`;
  // P = 25, L = 21 (ISO 13616).
  const check = 98n - (BigInt(`${bban}252100`) % 97n);
  return `PL${String(check).padStart(2, '0')}${bban}`;
}

export type Row = {
  bookedOn: string;
  currencyAmount: string | number;
  title: string;
  party?: string;
  status?: 'DONE' | 'PENDING';
  labels?: string[];
  [field: string]: unknown;
};

export type Account = {
  iban?: string;
  accountId?: string;
  currencyName: string;
  covers?: { from: string; to: string };
  transactions?: Row[];
  [field: string]: unknown;
};

let imports = 0;

export function message(owner: string, accounts: readonly Account[], more: Record<string, unknown> = {}) {
  imports += 1;
  return {
    type: 'owner-import',
    version: 1,
    clientId: 'demo',
    importId: `import-${imports}`,
    ownerExternalId: owner,
    source: 'AIS',
    importedAt: instant(-1),
    accounts,
    ...more,
  };
}

export const row = (bookedOn: string, more: Partial<Row> = {}): Row => ({
  bookedOn,
  currencyAmount: '-49.99',
  title: 'ZOOPLUS.PL MUENCHEN',
  ...more,
});

/** The days on which a pet is fed: one a month, six within the last 180 days. */
export const FED = [-10, -40, -70, -100, -130, -160].map(day);

/** An account that makes its owner a `pet-owner`: half a year of pet food, and nothing else. */
export const petAccount = (number = 1, more: Partial<Account> = {}): Account => ({
  iban: iban(number),
  currencyName: 'PLN',
  covers: { from: day(-200), to: day(-2) },
  transactions: FED.map((bookedOn) => row(bookedOn)),
  ...more,
});

/** The smallest import that makes an owner known. */
export const smallest = (owner: string, more: Record<string, unknown> = {}) =>
  message(owner, [{ iban: iban(7), currencyName: 'PLN', transactions: [row(day(-5))] }], more);
