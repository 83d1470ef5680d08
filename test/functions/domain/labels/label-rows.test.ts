import { compileCatalogue } from '../../../../functions/domain/catalogue/catalogue.ts';
import { labelRows } from '../../../../functions/domain/labels/label-rows.ts';
import type { LedgerRow } from '../../../../functions/domain/labels/labelled-row.ts';
import type { Account, Row } from '../../../../functions/domain/ledger/ledger.ts';
import { ACCOUNTS, TODAY } from '../../../support/ledgers.ts';
import { tinyCatalogue, tinyDocument } from '../../../support/tiny-catalogue.ts';

const [POLISH, , OTHER, SAVINGS, EXOTIC] = ACCOUNTS as [Account, Account, Account, Account, Account];
const CATALOGUE = tinyCatalogue();
const at = (back: number, account: Account, row: Row): LedgerRow => ({ day: TODAY - back, account, row });
const labelsOf = (...rows: LedgerRow[]) =>
  labelRows(rows, CATALOGUE).map(({ labels }) => labels.map((label) => CATALOGUE.labelNames[label]).join(' + '));

describe('own transfers', () => {
  const out = { amount: -5000, title: 'x' };
  const back = { amount: 5000, title: 'x' };

  test('a debit and a credit of one amount on two accounts, three days apart at most', () => {
    expect(labelsOf(at(3, POLISH, out), at(0, SAVINGS, back))).toEqual(['internal', 'internal']);
    expect(labelsOf(at(4, POLISH, out), at(0, SAVINGS, back))).toEqual(['', '']);
    expect(labelsOf(at(0, POLISH, out), at(0, POLISH, back))).toEqual(['', '']);
    expect(labelsOf(at(0, POLISH, out), at(0, SAVINGS, { ...back, amount: 5001 }))).toEqual(['', '']);
    expect(labelsOf(at(0, POLISH, out), at(0, EXOTIC, back))).toEqual(['', '']);
    expect(labelsOf(at(0, POLISH, { ...out, title: 'LIDL' }), at(0, SAVINGS, back))).toEqual(['grocery', '']);
    expect(labelsOf(at(0, POLISH, { ...out, title: 'cele' }), at(0, SAVINGS, back))).toEqual([
      'internal + savings',
      'internal',
    ]);
  });

  test('an IBAN that is named decides', () => {
    const toOther = { ...out, title: 'LIDL', partyIban: OTHER.iban as string };
    expect(labelsOf(at(120, POLISH, toOther), at(0, OTHER, { amount: 1, title: 'x' }))).toEqual(['internal', '']);
    expect(labelsOf(at(121, POLISH, toOther), at(0, OTHER, { amount: 1, title: 'x' }))).toEqual(['grocery', '']);
    const fromPolish = { ...back, partyIban: POLISH.iban as string };
    expect(labelsOf(at(1, POLISH, { ...out, title: 'LIDL' }), at(0, SAVINGS, fromPolish))).toEqual([
      'internal',
      'internal',
    ]);
    const fromStranger = { ...back, partyIban: 'GB29NWBK60161331926819' };
    expect(labelsOf(at(1, POLISH, out), at(0, SAVINGS, fromStranger))).toEqual(['', '']);
  });

  test('what the publisher says stays', () => {
    expect(labelsOf(at(0, POLISH, { ...out, labels: ['savings'] }), at(0, SAVINGS, back))).toEqual([
      'internal + savings',
      'internal',
    ]);
  });
});

describe('wages', () => {
  const pay = { amount: 500_000, title: 'wynagrodzenie', party: 'ACME' };
  const wage = 'compensation + regular wage + salary';

  test('one employer in most months, three at least', () => {
    expect(
      labelsOf(at(60, POLISH, pay), at(30, POLISH, pay), at(0, POLISH, pay)).every((text) => text.startsWith(wage)),
    ).toBe(true);
    expect(labelsOf(at(40, POLISH, pay), at(0, POLISH, pay))).toEqual(['compensation', 'compensation']);
    const other = { ...pay, party: 'Other' };
    expect(labelsOf(at(80, POLISH, pay), at(40, POLISH, other), at(0, POLISH, pay))).toEqual(
      Array(3).fill('compensation'),
    );
    expect(labelsOf(at(110, POLISH, pay), at(109, POLISH, pay), at(0, POLISH, pay))).toEqual(
      Array(3).fill('compensation'),
    );
  });
});

describe('monthly streams', () => {
  const netflix = (amount: number): Row => ({ amount, title: '1', party: 'NETFLIX' });

  test('equal amounts 28 to 33 days apart', () => {
    const apart = (days: number) => labelsOf(at(days, POLISH, netflix(-4300)), at(0, POLISH, netflix(-4300)));
    expect([27, 28, 33, 34].map(apart)).toEqual([
      ['', ''],
      ['monthly', 'monthly'],
      ['monthly', 'monthly'],
      ['', ''],
    ]);
  });

  test('three nearly equal amounts a month apart', () => {
    const chain = (...amounts: number[]) =>
      labelsOf(...amounts.map((amount, index) => at(60 - 30 * index, POLISH, netflix(amount))));
    expect(chain(-4000, -5000, -4000)).toEqual(['monthly', 'monthly', 'monthly']);
    expect(chain(-4000, -5000)).toEqual(['', '']);
    expect(chain(-3000, -5000, -3000)).toEqual(['', '', '']);
  });

  test('another account, direction or nobody is another stream', () => {
    const one = at(30, POLISH, netflix(-4300));
    expect(labelsOf(one, at(0, OTHER, netflix(-4300)))).toEqual(['', '']);
    expect(labelsOf(one, at(0, POLISH, netflix(4300)))).toEqual(['', '']);
    expect(
      labelsOf(at(30, POLISH, { amount: -1, title: 'shop' }), at(0, POLISH, { amount: -1, title: 'shop' })),
    ).toEqual(['', '']);
  });
});

test('a catalogue that lacks a label gives it to no row', () => {
  const document = tinyDocument([]);
  const labels = document.labels.filter(({ id }) => ['compensation', 'pets'].includes(id));
  const catalogue = compileCatalogue({ ...document, labels });
  const pay = { amount: 1000, title: 'wynagrodzenie', party: 'ACME' };
  const rows = [
    at(61, POLISH, pay),
    at(61, POLISH, { amount: -1000, title: 'x', partyIban: OTHER.iban as string }),
    at(61, OTHER, { amount: 1, title: 'x' }),
    at(30, POLISH, pay),
    at(0, POLISH, pay),
  ];
  const given = labelRows(rows, catalogue).map((row) => [row.labels, row.reasons]);
  const compensation = [[catalogue.labels.get('compensation')], ['word "wynagrodzenie"']];
  expect(given).toEqual([compensation, [[], []], [[], []], compensation, compensation]);
});
