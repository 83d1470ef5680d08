/** Built-in profiles count what they mean, and not what only looks like it. */
import { preparedCatalogue } from '../../catalogue/build/prepared.ts';
import { openCatalogue } from '../../functions/domain/catalogue/catalogue.ts';
import {
  NOT_GOODS,
  NOT_INCOME,
  NOT_SPENDING,
  ORDERED,
  REGULAR_INCOME,
} from '../../functions/domain/features/columns.ts';
import { labelRows } from '../../functions/domain/labels/label-rows.ts';
import type { LedgerRow } from '../../functions/domain/labels/labelled-row.ts';
import type { Account, Row } from '../../functions/domain/ledger/ledger.ts';
import { deriveProfiles } from '../../functions/domain/profiles/derive.ts';
import { inLedgerOrder, TODAY } from '../support/ledgers.ts';

const catalogue = openCatalogue(preparedCatalogue());
const GERMAN: Account = { iban: 'DE89370400440532013000', currency: 'EUR' };

/** One row every so many days of the last half year, with other rows of a life: pay, and purchases. */
function profilesOf(rows: readonly Row[], every: number): readonly string[] {
  const days = Array.from({ length: Math.ceil(180 / every) }, (_, index) => TODAY - index * every);
  const own = days.flatMap((day) => rows.map((row): LedgerRow => ({ day, account: GERMAN, row })));
  const life = Array.from({ length: 7 }, (_, month) => [
    { day: TODAY - 30 * month, account: GERMAN, row: { amount: 300_000, title: 'Lohn', party: 'Werkstatt GmbH' } },
    { day: TODAY - 30 * month - 2, account: GERMAN, row: { amount: -120_000, title: 'LIDL' } },
  ]).flat();
  const all = inLedgerOrder([...own, ...life]);
  return deriveProfiles({ catalogue, definitions: catalogue.definitions, rows: all, dataFrom: TODAY - 200 }, TODAY);
}
const labelled = (labels: readonly string[], amount: number, more: Partial<Row> = {}): Row => ({
  ...{ amount, title: 'x', labels },
  ...more,
});

test('the labels that the sets name are those of the catalogue', () => {
  for (const name of [...NOT_GOODS, ...NOT_INCOME, ...NOT_SPENDING, ...ORDERED, ...REGULAR_INCOME]) {
    expect([name, catalogue.labels.has(name)]).toEqual([name, true]);
  }
});

test.each([
  ['goods', ['online', 'electronics'], true],
  ['of a shop that nobody knows', ['online'], true],
  ['rides', ['online', 'taxi'], false],
  ['meals', ['online', 'food with delivery'], false],
  ['coins', ['online', 'crypto'], false],
  ['tickets', ['online', 'culture'], false],
  ['bets', ['online', 'gambling'], false],
  ['flights', ['online', 'airline'], false],
])('orders on line of %s', (_, labels, isShopper) => {
  expect(profilesOf([labelled(labels, -9000)], 6).includes('online-shopper')).toBe(isShopper);
});

test.each([
  ['at home', ['public transport'], true],
  ['abroad', ['public transport', 'foreign'], false],
  ['that are fines', ['public transport', 'fine'], false],
])('tickets %s', (_, labels, isCommuter) => {
  expect(profilesOf([labelled(labels, -300)], 4).includes('commuter')).toBe(isCommuter);
});

test.each([
  ['stays', [labelled(['savings'], -30_000)], true],
  ['is taken back', [labelled(['savings'], -30_000), labelled(['savings'], 29_000)], false],
])('what is put aside and %s', (_, rows, isSaver) => {
  expect(profilesOf(rows, 30).includes('saver')).toBe(isSaver);
});

test.each([
  ['a home', -60_000, 30, true],
  ['a share in a flat of a friend', -4000, 30, false],
  ['a flat now and then', -60_000, 60, false],
])('rent of %s', (_, amount, every, isTenant) => {
  expect(profilesOf([labelled(['rent'], amount)], every).includes('tenant')).toBe(isTenant);
});

test.each([
  ['streaming-fan', 'streaming', 20],
  ['insured', 'insurance', 20],
])('%s is not granted by counterparties that nobody knows', (profile, label, every) => {
  const named = ['A', 'B', 'C'].map((party) => labelled([label], -1000, { title: '', party: `${party}berta` }));
  expect(profilesOf(named, every)).toContain(profile);
  expect(profilesOf([labelled([label], -1000, { title: '' })], every)).not.toContain(profile);
});

test.each(['Rechnung 2026-17 Honorar', 'Honorar Rechnung Nr 12', 'faktura 17 honorar'])(
  'fees of an invoice are no wage: %s',
  (title) => {
    const account = title.startsWith('faktura') ? { iban: 'CZ6508000000192000145399', currency: 'CZK' } : GERMAN;
    const rows = [{ day: TODAY, account, row: { amount: 90_000, title, party: 'Verlag' } }];
    const [row] = labelRows(rows, catalogue);
    const names = row?.labels.map((label) => catalogue.labelNames[label]);
    expect(names).toContain('invoice');
    expect(names).not.toContain('compensation');
  },
);
