/** Small import messages that conflict with each other: few accounts, few days, few rows. */
import { dayOfInstant, formatDay } from '../../functions/domain/values/day.ts';
import { type Draw, onceIn, oneOf } from './random.ts';

export const CLIENT = 'demo';
const ACCOUNTS = [
  { iban: 'PL61109010140000071219812874', currencyName: 'PLN' },
  { accountId: 'savings', currencyName: 'EUR' },
];
const ROWS = [
  { currencyAmount: '-49.99', title: 'ZOOPLUS.PL' },
  { currencyAmount: '-50.00', title: 'LIDL 12' },
  { currencyAmount: '-50.00', title: 'LIDL 12' },
  { currencyAmount: '5000.00', title: 'wynagrodzenie', party: 'ACME' },
  { currencyAmount: '-7.00', title: 'pending', status: 'PENDING' },
  { currencyAmount: '12.30', title: 'zwrot', transactionId: 'T-1', labels: ['monthly'] },
];
/** Days before its own at which an import may end: this month, the last, and one outside of what a derivation reads. */
const ENDS = [0, 1, 2, 3, 5, 5, 20, 33, 900];

export type Told = { readonly importId: string; readonly ownerExternalId: string; readonly importedAt: number };

/** The body of a message. */
export function bodyOf({ importId, ownerExternalId, importedAt }: Told, draw: Draw): string {
  const today = dayOfInstant(importedAt);
  const end = today - oneOf(draw, ENDS);
  const accounts = ACCOUNTS.filter((_, index) => draw(3) !== index).map((account) => {
    const from = end - draw(onceIn(draw, 5) ? 40 : 5);
    const transactions = Array.from({ length: draw(5) }, () => ({
      bookedOn: formatDay(end - draw(end - from + 1)),
      ...oneOf(draw, ROWS),
    }));
    return { ...account, covers: { from: formatDay(from), to: formatDay(end) }, transactions };
  });
  return JSON.stringify({
    type: 'owner-import',
    version: 1,
    clientId: CLIENT,
    importId,
    ownerExternalId,
    source: oneOf(draw, ['AIS', 'AIS', 'PDF', 'OWNER_UPLOAD']),
    importedAt: new Date(importedAt).toISOString(),
    accounts,
  });
}
