/**
 * `node samples/golf.mjs`: prints imports of three owners who play golf, for the guide to profiles of one's own (docs/tutorials/own-profiles.md): every
 * three weeks, since some months, and now and then. Their dates follow the clock, so that the guide holds on any day.
 */
const DAY_MS = 86_400_000;
const DAYS_APART = 21;
const COVERED = 253;
const OWNERS = [
  { ownerExternalId: 'sergio-es', iban: 'ES9121000418450200051332', course: 'LA MORALEJA', rounds: 12 },
  { ownerExternalId: 'marta-es', iban: 'ES7921000813610123456789', course: 'LOMAS BOSQUE', rounds: 6 },
  { ownerExternalId: 'pablo-es', iban: 'ES6000491500051234567892', course: 'LA MORALEJA', rounds: 3 },
];

const now = Date.now();
const dayBack = (days) => new Date(now - days * DAY_MS).toISOString().slice(0, 10);

function messageOf({ ownerExternalId, iban, course, rounds }) {
  const transactions = Array.from({ length: COVERED / DAYS_APART }, (_, round) => [
    ...(round < rounds
      ? [{ bookedOn: dayBack(1 + round * DAYS_APART), currencyAmount: '-62.00', title: `GREEN FEE ${course}, MADRID` }]
      : []),
    { bookedOn: dayBack(4 + round * DAYS_APART), currencyAmount: '-41.35', title: 'MERCADONA, MADRID' },
  ]).flat();
  return {
    ...{ type: 'owner-import', version: 1, clientId: 'demo', importId: `golf-${ownerExternalId}`, ownerExternalId },
    ...{ source: 'AIS', importedAt: new Date(now).toISOString() },
    accounts: [{ iban, currencyName: 'EUR', covers: { from: dayBack(COVERED), to: dayBack(1) }, transactions }],
  };
}

console.log(JSON.stringify(OWNERS.map(messageOf), null, 2));
