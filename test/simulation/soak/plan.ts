/** What the soak publishes: imports of many owners that overlap and conflict with each other, some of them twice, in no order. */
import { type Day, dayOfInstant, formatDay } from '../../../functions/domain/values/day.ts';
import { type Draw, drawFrom, onceIn, oneOf, shuffled } from '../random.ts';

export type Planned = { readonly ownerExternalId: string; readonly body: string };
export type Plan = {
  /** Every import once. */
  readonly imports: readonly Planned[];
  /** What is sent, in this order; repeated ones included. */
  readonly deliveries: readonly Planned[];
};

export type PlanOptions = {
  readonly imports: number;
  readonly owners: number;
  readonly seed: number;
  readonly clientId: string;
  readonly now: number;
};

const REPEATED_ONE_IN = 6;
const MONTHS_BACK = 13;
const SHOPS = [
  'ZOOPLUS.PL MUENCHEN',
  'LIDL 0412 WARSZAWA',
  'NETFLIX.COM',
  'SHELL 33',
  'IKEA',
  'APTEKA GEMINI',
  'BOOKING.COM',
];

export function makePlan({ imports, owners, seed, clientId, now }: PlanOptions): Plan {
  const draw = drawFrom(seed);
  const planned = Array.from({ length: imports }, (_, number) => {
    const ownerExternalId = `soak-${number % owners}`;
    return { ownerExternalId, body: bodyOf(ownerExternalId, number, clientId, now, draw) };
  });
  const repeated = planned.filter(() => onceIn(draw, REPEATED_ONE_IN));
  return { imports: planned, deliveries: shuffled(draw, [...planned, ...repeated]) };
}

function bodyOf(ownerExternalId: string, number: number, clientId: string, now: number, draw: Draw): string {
  const importedAt = now - 60_000 - draw(MONTHS_BACK * 30) * 86_400_000 - draw(86_400) * 1000;
  const to = dayOfInstant(importedAt) - draw(4);
  const accounts = Array.from({ length: onceIn(draw, 4) ? 2 : 1 }, (_, index) => {
    const from = to - 3 - draw(35);
    const transactions = Array.from({ length: 3 + draw(18) }, () => rowOf(from + draw(to - from + 1), draw));
    const accountId = `${ownerExternalId}/${index}`;
    return { accountId, currencyName: 'PLN', covers: { from: formatDay(from), to: formatDay(to) }, transactions };
  });
  return JSON.stringify({
    type: 'owner-import',
    version: 1,
    clientId,
    importId: `soak-${String(number).padStart(6, '0')}`,
    ownerExternalId,
    source: oneOf(draw, ['AIS', 'AIS', 'AIS', 'PDF', 'OWNER_UPLOAD']),
    importedAt: new Date(importedAt).toISOString(),
    accounts,
  });
}

function rowOf(day: Day, draw: Draw) {
  const bookedOn = formatDay(day);
  if (onceIn(draw, 9)) return { bookedOn, currencyAmount: '6400.00', title: 'wynagrodzenie', party: 'ACME SP Z O O' };
  const currencyAmount = `-${5 + draw(40)}.${10 + draw(89)}`;
  const title = oneOf(draw, SHOPS);
  return { bookedOn, currencyAmount, title, ...(onceIn(draw, 15) && { status: 'PENDING' }) };
}
