/**
 * `node samples/golf.mjs`: prints an import of an owner who plays golf, once every three weeks up to yesterday, for the guide to profiles of
 * one's own (docs/own-profiles.md). Its dates follow the clock, so that the guide holds on any day.
 */
const DAY_MS = 86_400_000;
const ROUNDS = 12;
const DAYS_APART = 21;

const now = Date.now();
const dayBack = (days) => new Date(now - days * DAY_MS).toISOString().slice(0, 10);
const rows = Array.from({ length: ROUNDS }, (_, round) => [
  { bookedOn: dayBack(1 + round * DAYS_APART), currencyAmount: '-62.00', title: 'CLUB DE GOLF LA MORALEJA, MADRID' },
  { bookedOn: dayBack(4 + round * DAYS_APART), currencyAmount: '-41.35', title: 'MERCADONA, MADRID' },
]);
const message = {
  type: 'owner-import',
  version: 1,
  clientId: 'demo',
  importId: 'golf-1',
  ownerExternalId: 'sergio-es',
  source: 'AIS',
  importedAt: new Date(now).toISOString(),
  accounts: [
    {
      iban: 'ES9121000418450200051332',
      currencyName: 'EUR',
      covers: { from: dayBack(ROUNDS * DAYS_APART), to: dayBack(1) },
      transactions: rows.flat(),
    },
  ],
};
console.log(JSON.stringify(message, null, 2));
