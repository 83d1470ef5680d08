/** For credit, no answer may reveal health, beliefs or addictions: over the whole catalogue and owners in the field. */
import { preparedCatalogue } from '../../../../catalogue/build/prepared.ts';
import { generateFieldLives } from '../../../../evaluation/lives/field.ts';
import { amend, NO_AMENDMENT } from '../../../../functions/domain/catalogue/amendment.ts';
import { openCatalogue, versionFor } from '../../../../functions/domain/catalogue/catalogue.ts';
import { purposeMark } from '../../../../functions/domain/catalogue/client-settings.ts';
import { SPECIAL_LABELS } from '../../../../functions/domain/catalogue/purpose.ts';
import { labelRows } from '../../../../functions/domain/labels/label-rows.ts';
import type { LedgerRow } from '../../../../functions/domain/labels/labelled-row.ts';
import { interpretImport } from '../../../../functions/domain/ledger/import.ts';
import type { Row } from '../../../../functions/domain/ledger/ledger.ts';
import { joinPages } from '../../../../functions/domain/ledger/page.ts';
import { rowsOf } from '../../../../functions/domain/profiles/derive.ts';
import { EVERYTHING, TODAY } from '../../../support/ledgers.ts';

const builtIn = openCatalogue(preparedCatalogue());
const every = builtIn.definitions.filter(({ document }) => document.sensitive).map(({ document }) => document.id);
const FOR_CREDIT = { enabledProfiles: [...every, purposeMark('credit')] };
const MINE = {
  ...NO_AMENDMENT,
  labels: [
    { id: 'meds', title: 'Medicines', group: 'health' },
    { id: 'proxy', title: 'What pharmacies sell', group: 'leisure' },
  ],
  rules: [
    { id: 'r', when: { words: ['apteka', 'casino'] }, give: ['meds', 'proxy', 'gambling', 'pets'], take: ['pharmacy'] },
  ],
  profiles: ['meds', 'proxy', 'pets|religion', 'all'].map((set, index) => ({
    ...{ id: `own-${index}`, title: 'O', description: 'O' },
    enter: { feature: `${set}.count`, window: '90d', atLeast: 1 },
  })),
};
const free = amend(builtIn, MINE, { enabledProfiles: every });
const credit = amend(builtIn, MINE, FOR_CREDIT);
const idsOf = ({ judged }: typeof free) => judged.map(({ document }) => document.id);
const special = new Set([...SPECIAL_LABELS, 'meds']);

const rows: readonly LedgerRow[] = generateFieldLives(3, 'open', 8).flatMap(({ imports }) => {
  const told = imports.flatMap((message) => interpretImport(message, Date.parse('2027-01-01')).import ?? []);
  return rowsOf(joinPages([], told, EVERYTHING).pages).slice(0, 400);
});
const labelsOf = ({ base }: typeof free, some: readonly LedgerRow[] = rows) =>
  labelRows(some, base).map(({ labels, otherLabels }) => [
    ...labels.map((label) => base.labelNames[label]!),
    ...otherLabels,
  ]);

test('no definition is judged that reads a special label, and every other one is', () => {
  const reads = (document: object) =>
    [...special].some((label) => new RegExp(`"[^"]*\\b${label}\\b[^"]*\\.`).test(JSON.stringify(document)));
  const expected = free.judged.filter(({ document }) => !reads({ enter: document.enter, stay: document.stay }));
  expect(idsOf(credit)).toEqual(expected.map(({ document }) => document.id));
  expect(idsOf(free).filter((id) => !idsOf(credit).includes(id))).toEqual([
    'donor',
    'gambler',
    'health-focused',
    'own-0',
    'own-2',
  ]);
});

test('no row has a special label, and the labels of other rows stay the same', () => {
  const [before, after] = [labelsOf(free), labelsOf(credit)];
  expect(before.filter((labels) => labels.some((label) => special.has(label))).length).toBeGreaterThan(20);
  expect(after.flat().filter((label) => special.has(label))).toEqual([]);
  for (const [at, labels] of before.entries()) {
    if (!labels.some((label) => special.has(label))) expect(after[at]).toEqual(labels);
  }
});

test("a client's own label tells nothing of a row that is special, whatever its rules take; nor does the publisher", () => {
  const row = (more: Partial<Row>): LedgerRow => ({
    ...{ day: TODAY, account: { iban: 'PL61109010140000071219812874', currency: 'PLN' } },
    row: { amount: -4000, title: 'APTEKA POD LWEM', ...more },
  });
  expect(labelsOf(free, [row({})])).toEqual([expect.arrayContaining(['meds', 'pets', 'proxy'])]);
  expect(labelsOf(credit, [row({}), row({ title: 'x', labels: ['religion', 'unheard'] })])).toEqual([[], []]);
});

test('what remains on such a row gives no reason, and its merchant is not one without a label', () => {
  const [pharmacy, golf] = ['APTEKA POD LWEM ALLEGRO', 'ZXQWV BRZDENG'].map(
    (title): LedgerRow => ({
      ...{ day: TODAY, account: { iban: 'PL61109010140000071219812874', currency: 'PLN' } },
      row: { amount: -4000, title, labels: title.startsWith('Z') ? [] : ['pharmacy', 'online'] },
    }),
  );
  const [row] = labelRows([pharmacy!, golf!], credit.base);
  const labels = row!.labels.map((label) => credit.base.labelNames[label]);
  expect(labels).toContain('marketplace');
  for (const [index, label] of labels.entries()) {
    expect([label, row!.reasons[index]]).toEqual([label, label === 'online' ? 'publisher' : 'not shown for credit']);
  }
  expect([pharmacy, golf].map((each) => credit.base.labeller.masked(each!))).toEqual(['', 'zxqwv brzdeng']);
  expect(free.base.labeller.masked(pharmacy!)).not.toBe('');
});

test('special labels cannot be asked for', () => {
  expect([...free.labels.keys()].filter((label) => special.has(label))).toHaveLength(special.size);
  expect([...credit.labels.keys()].filter((label) => special.has(label))).toEqual([]);
  expect(credit.labels.size).toBe(free.labels.size - special.size);
});

test('answers for credit are of a version of their own', () => {
  expect(versionFor('c', FOR_CREDIT)).toBe(`${versionFor('c', { enabledProfiles: every })}+purpose:credit`);
});
