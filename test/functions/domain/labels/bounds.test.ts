/** The limits of labels from several rows: transfers between own accounts, wages, monthly streams. */

import { labelRows } from '../../../../functions/domain/labels/label-rows.ts';
import type { LedgerRow } from '../../../../functions/domain/labels/labelled-row.ts';
import type { Account, Row } from '../../../../functions/domain/ledger/ledger.ts';
import { dayOf } from '../../../../functions/domain/values/day.ts';
import { tinyCatalogue } from '../../../support/tiny-catalogue.ts';

const CATALOGUE = tinyCatalogue();
const POLISH: Account = { iban: 'PL61109010140000071219812874', currency: 'PLN' };
const POCKET: Account = { iban: 'PL61109010140000071219812874', currency: 'EUR' };
const OTHER: Account = { iban: 'DE89370400440532013000', currency: 'PLN' };
const SAVINGS: Account = { accountId: 'savings', currency: 'PLN' };
const OWN = 'own account';
const MATCHING = 'matching transfer on own account';
const DAY = dayOf(2026, 3, 1);

type Given = readonly [day: number, row: Row, account?: Account];

/** For each row the reasons of its labels, label by label. Rows are given day by day. */
const reasonsOf = (...rows: readonly Given[]) => {
  const ledger = rows.map(([day, row, account = POLISH]): LedgerRow => ({ day: DAY + day, account, row }));
  return labelRows(ledger, CATALOGUE).map(({ labels, reasons }) =>
    Object.fromEntries(labels.map((label, at) => [CATALOGUE.labelNames[label], reasons[at]])),
  );
};
/** For each row whether it has a label. */
const bear = (label: string, rows: readonly Given[]) => reasonsOf(...rows).map((reasons) => Number(label in reasons));

describe('own transfers', () => {
  const out: Row = { amount: -5000, title: 'x' };
  const back: Row = { amount: 5000, title: 'x' };

  test('an own account that is named, 120 days away at most on either side', () => {
    const toOther: Row = { amount: -700, title: 'x', partyIban: OTHER.iban as string };
    const seen: Given = [0, { amount: 1, title: 'x' }, OTHER];
    expect(reasonsOf(seen, [120, toOther])).toEqual([{}, { internal: OWN }]);
    expect(reasonsOf(seen, [121, toOther])).toEqual([{}, {}]);
    expect(reasonsOf([-120, toOther], seen)).toEqual([{ internal: OWN }, {}]);
    expect(reasonsOf([-121, toOther], seen)).toEqual([{}, {}]);
    // The nearest one counts, not the first.
    expect(reasonsOf([-300, { amount: 1, title: 'x' }, OTHER], seen, [100, toOther])).toEqual([
      {},
      {},
      { internal: OWN },
    ]);
    expect(reasonsOf(seen, [1, { ...toOther, amount: 0 }])).toEqual([{}, {}]);
  });

  test('an equal amount on another account, three days away at most on either side', () => {
    const both = [{ internal: MATCHING }, { internal: MATCHING }];
    expect(reasonsOf([0, out], [3, back, OTHER])).toEqual(both);
    expect(reasonsOf([0, back], [3, out, OTHER])).toEqual(both);
    expect(reasonsOf([0, back], [4, out, OTHER])).toEqual([{}, {}]);
    expect(reasonsOf([0, out], [0, back, OTHER])).toEqual(both);
    expect(reasonsOf([0, { ...out, amount: 0 }], [0, { ...back, amount: 0 }, OTHER])).toEqual([{}, {}]);
    expect(reasonsOf([0, out], [0, out, OTHER])).toEqual([{}, {}]);
    expect(reasonsOf([0, out], [0, back, POCKET])).toEqual([{}, {}]);
    expect(reasonsOf([0, out], [2, back, POLISH], [3, back, SAVINGS])).toEqual([both[0], {}, both[0]]);
  });

  test('one side that is something else, unless an IBAN is named', () => {
    expect(reasonsOf([0, { ...out, title: 'lidl' }], [0, back, SAVINGS])).toEqual([{ grocery: 'brand lidl' }, {}]);
    expect(reasonsOf([0, out], [0, { ...back, title: 'zasilek' }, SAVINGS])).toEqual([
      {},
      { welfare: 'word "zasilek"' },
    ]);
    const named = { ...back, title: 'zasilek', partyIban: POLISH.iban as string };
    expect(reasonsOf([0, out], [0, named, SAVINGS])).toEqual([{ internal: MATCHING }, { internal: OWN }]);
    const stranger = { ...back, partyIban: 'GB29NWBK60161331926819' };
    expect(reasonsOf([0, out], [0, stranger, SAVINGS])).toEqual([{}, {}]);
    // Of two pockets under one IBAN, naming it names neither.
    const self = { ...out, partyIban: POLISH.iban as string };
    expect(reasonsOf([0, self], [0, { amount: 1, title: 'x' }, SAVINGS])).toEqual([{}, {}]);
    expect(reasonsOf([0, self], [0, back, SAVINGS])).toEqual([{ internal: MATCHING }, {}]);
    expect(reasonsOf([0, { ...out, title: 'cele', labels: ['internal'] }], [0, back, SAVINGS])).toEqual([
      { internal: 'publisher', savings: 'word "cel*"' },
      { internal: MATCHING },
    ]);
  });

  test('of what a transfer says by itself, the publisher and savings count', () => {
    const row: Row = { amount: -1, title: 'lidl', labels: ['refund', 'pets'], partyIban: OTHER.iban as string };
    expect(reasonsOf([0, row], [0, { amount: 5, title: 'x' }, OTHER])[0]).toEqual({
      internal: OWN,
      pets: 'publisher',
      refund: 'publisher',
    });
    expect(reasonsOf([0, { ...row, labels: ['internal'] }], [0, { amount: 5, title: 'x' }, OTHER])[0]).toEqual({
      internal: 'publisher',
    });
  });
});

describe('wages', () => {
  const pay: Row = { amount: 500_000, title: 'wynagrodzenie', party: 'ACME' };
  const month = (number: number, day = 1) => dayOf(2026, number, day) - DAY;
  const wage = (...days: number[]) => reasonsOf(...days.map((day): Given => [day, pay])).map((said) => said['salary']);
  const told = (text: string, times = 3) => Array(times).fill(`same employer in ${text} months`);

  test('three months of those in sight at least, and six of ten', () => {
    expect(wage(month(3), month(4))).toEqual([undefined, undefined]);
    expect(wage(month(3), month(4), month(5))).toEqual(told('3 of 3'));
    expect(wage(month(3), month(3, 31), month(5))).toEqual([undefined, undefined, undefined]);
    expect(wage(month(3, 31), month(4), month(5))).toEqual(told('3 of 3'));
    expect(wage(month(3, 31), month(5), month(6, 29))).toEqual(told('3 of 4'));
    expect(wage(month(3, 31), month(5), month(7, 30))[1]).toBe('same employer in 3 of 5 months');
    // The one in the middle sees six months, the others not all of them.
    expect(wage(month(2, 28), month(5), month(7, 30))).toEqual([undefined, undefined, undefined]);
    expect(wage(month(2, 28), month(5), month(6), month(7, 30))[1]).toBe('same employer in 4 of 6 months');
    expect(wage(month(1, 31), month(3), month(4, 15), month(7, 1))[2]).toBeUndefined();
    expect(reasonsOf([0, pay], [31, pay], [62, pay])[0]).toMatchObject({
      'regular wage': 'same employer in 3 of 3 months',
      compensation: 'word "wynagrodzenie"',
    });
  });

  test('months 90 days away are in sight, on either side', () => {
    const [march, june] = [month(3, 31), month(3, 31) + 90];
    expect(wage(march, month(5), june)).toEqual(told('3 of 4'));
    expect(wage(march - 1, month(5), june)).toEqual([undefined, 'same employer in 3 of 4 months', undefined]);
  });

  test('another employer, or nobody, is another wage', () => {
    const of = (...rows: Row[]) =>
      bear(
        'salary',
        rows.map((row, index): Given => [[0, 31, 62, 88][index]!, row]),
      );
    expect(of(pay, pay, { ...pay, party: 'Other' }, pay)).toEqual([1, 1, 0, 1]);
    const { party: _, ...nobody } = pay;
    expect(of(...Array(3).fill({ ...nobody, title: '7', labels: ['compensation'] }))).toEqual([0, 0, 0]);
    expect(of(...Array(3).fill({ ...nobody, title: 'wynagrodzenie' }))).toEqual([1, 1, 1]);
    const byIban = (partyIban: string) => ({ ...nobody, partyIban });
    expect(of(byIban('GB1'), byIban('GB1'), byIban('GB1'))).toEqual([1, 1, 1]);
    expect(of(byIban('GB1'), byIban('GB2'), byIban('GB1'))).toEqual([0, 0, 0]);
  });

  test('a transfer of one’s own is a pay day and no wage', () => {
    const own = { ...pay, partyIban: OTHER.iban as string };
    const rows: Given[] = [
      [0, { amount: 1, title: 'x' }, OTHER],
      [1, own],
      [31, pay],
      [61, pay],
    ];
    expect(bear('salary', rows)).toEqual([0, 0, 1, 1]);
  });
});

describe('monthly streams', () => {
  const paid = (amount: number, more: Partial<Row> = {}): Row => ({ amount, title: '1', party: 'NETFLIX', ...more });
  const monthly = (...rows: Given[]) => bear('monthly', rows);

  test('twins: 28 to 33 days apart, seen from both sides', () => {
    const at = (...days: number[]) => monthly(...days.map((day): Given => [day, paid(-100)]));
    expect([27, 28, 33, 34].map((days) => at(0, days))).toEqual([
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]);
    expect(at(0, 5, 28)).toEqual([1, 0, 1]);
    expect(at(0, 5, 38)).toEqual([0, 1, 1]);
    expect(at(0, 1, 2, 34, 35, 40)).toEqual([0, 1, 1, 1, 1, 0]);
    expect(reasonsOf([0, paid(-100)], [30, paid(-100)])[0]).toEqual({ monthly: 'a month apart' });
  });

  test('twins are of one amount, direction, account and party, and the bank names it', () => {
    expect(monthly([0, paid(-100)], [30, paid(-101)])).toEqual([0, 0]);
    expect(monthly([0, paid(-100)], [30, paid(100)])).toEqual([0, 0]);
    expect(monthly([0, paid(100)], [30, paid(100)])).toEqual([1, 1]);
    expect(monthly([0, paid(-100)], [30, paid(-100), OTHER])).toEqual([0, 0]);
    expect(monthly([0, paid(-100)], [30, paid(-100), POCKET])).toEqual([0, 0]);
    expect(monthly([0, paid(-100)], [30, paid(-100, { party: 'HBO' })])).toEqual([0, 0]);
    expect(monthly([0, paid(0)], [30, paid(0)], [60, paid(0)])).toEqual([0, 0, 0]);
    const byIban = (partyIban: string): Row => ({ amount: -100, title: '1', partyIban });
    expect(monthly([0, byIban('GB1')], [30, byIban('GB1')])).toEqual([1, 1]);
    expect(monthly([0, byIban('GB1')], [30, byIban('GB2')])).toEqual([0, 0]);
  });

  test('at a shop that only the title names, three make a stream and two do not', () => {
    const card: Row = { amount: -100, title: 'ZOOPLUS 7' };
    expect(monthly([0, card], [30, card])).toEqual([0, 0]);
    expect(monthly([0, card], [30, card], [60, card])).toEqual([1, 1, 1]);
    const nobody: Row = { amount: -100, title: '1', party: '2' };
    expect(monthly([0, nobody], [30, nobody], [60, nobody])).toEqual([0, 0, 0]);
  });

  test('without a party, three of one amount under one title, whatever number or month is in it', () => {
    const titled = (title: string, amount = -1099): Row => ({ amount, title });
    const numbers = [6595028, 6507919, 6515838].map((number) => titled(`Nordlys AB ref ${number}`));
    const thrice = (...[a, b, c]: Row[]) => monthly([0, a as Row], [31, b as Row], [61, c as Row]);
    expect(thrice(...numbers)).toEqual([1, 1, 1]);
    expect(thrice(titled('RENT 01/2026'), titled('RENT 02/2026'), titled('RENT 03/2026'))).toEqual([1, 1, 1]);
    expect(thrice(titled('najem luty'), titled('najem MARZEC'), titled('Najem kwiecień'))).toEqual([1, 1, 1]);
    expect(monthly([0, titled('najem luty')], [30, titled('najem marzec')])).toEqual([0, 0]);
    expect(thrice(titled('najem'), titled('najem', -1100), titled('najem'))).toEqual([0, 0, 0]);
    expect(thrice(titled('najem'), titled('czynsz'), titled('najem'))).toEqual([0, 0, 0]);
    expect(thrice(titled('02/2026'), titled('03/2026'), titled('04/2026'))).toEqual([0, 0, 0]);
    // The month is a surname, too: of a party it stays.
    const named = (party: string): Row => ({ amount: -1099, title: '1', party });
    expect(thrice(named('Jan Maj'), named('Jan Marzec'), named('Jan Maj'))).toEqual([0, 0, 0]);
  });

  test('eight in sight under one title are a stream still, nine are none', () => {
    const coffee = (days: number): Given => [days, { amount: -300, title: 'kawa' }];
    const chain = [coffee(0), coffee(31), coffee(61)];
    const more = (times: number) => Array.from({ length: times }, () => coffee(62));
    expect(monthly(...chain, ...more(5)).slice(0, 3)).toEqual([1, 1, 1]);
    expect(monthly(...chain, ...more(6)).slice(0, 3)).toEqual([0, 0, 0]);
  });

  test('chains of three: a price changes by a quarter of the greater one at most', () => {
    const of = (...amounts: number[]) => monthly(...amounts.map((amount, index): Given => [index * 31, paid(amount)]));
    expect(of(-3000, -4000, -3001)).toEqual([1, 1, 1]);
    expect(of(-2999, -4000, -3001)).toEqual([0, 0, 0]);
    expect(of(-4000, -3000, -4000)).toEqual([1, 1, 1]);
    expect(of(3000, 4000, 3001)).toEqual([1, 1, 1]);
    expect(of(-3000, -4000)).toEqual([0, 0]);
    expect(of(-3000, -4000, -5000, -5100, -9000)).toEqual([1, 1, 1, 1, 0]);
  });

  test('chains of three: four days before or behind the day that is due at most', () => {
    // Due on the first of April and of May.
    const at = (...days: number[]) => monthly(...days.map((day, index): Given => [day, paid(-1000 - index)]));
    const [april, may] = [31, 61];
    expect(at(0, april, may)).toEqual([1, 1, 1]);
    expect([5, 4, -4, -5].map((moved) => at(0, april + moved, may + moved))).toEqual([
      [0, 0, 0],
      [1, 1, 1],
      [1, 1, 1],
      [0, 0, 0],
    ]);
    expect(at(0, 0, april, may)).toEqual([1, 1, 1, 1]);
    expect(at(0, 1, april, april + 9, may)).toEqual([1, 1, 1, 0, 1]);
  });

  test('from the last of January the day that is due goes back', () => {
    const day = (number: number, of: number) => dayOf(2026, number, of) - DAY;
    const days = [day(1, 31), day(2, 1), day(2, 26), day(3, 3), day(3, 27), day(4, 3)];
    const rows = days.map((on, index): Given => [on, paid(-1000 - index)]);
    expect(monthly(...rows)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('forty payments in sight are a stream still, forty-one are none', () => {
    const noise = (times: number, day: number) => Array.from({ length: times }, (): Given => [day, paid(-1)]);
    const chain: Given[] = [
      [0, paid(-1000)],
      [31, paid(-1001)],
      [61, paid(-1002)],
    ];
    const none = (times: number) => Array(times).fill(0);
    expect(monthly(...chain, ...noise(37, 62))).toEqual([1, 1, 1, ...none(37)]);
    expect(monthly(...chain, ...noise(38, 62))).toEqual([0, 0, 0, ...none(38)]);
    // The search covers 90 days before and after.
    expect(monthly(...chain, ...noise(38, 90))).toEqual([0, 0, 0, ...none(38)]);
    expect(monthly(...chain, ...noise(38, 91))).toEqual([1, 0, 0, ...none(38)]);
    expect(monthly(...noise(38, -29), ...chain)).toEqual([...none(38), 0, 0, 0]);
    expect(monthly(...noise(38, -30), ...chain)).toEqual([...none(38), 0, 0, 1]);
  });

  test('busy parties, directions and accounts beside it do not matter', () => {
    const chain = (amount: number, party: string, account = POLISH): Given[] =>
      [0, 31, 61].map((day, index): Given => [day, paid(amount + index, { party }), account]);
    const noise = (amount: number, party: string) =>
      Array.from({ length: 38 }, (): Given => [62, paid(amount, { party })]);
    const count = (rows: Given[]) => monthly(...rows.sort(([a], [b]) => a - b)).reduce((sum, one) => sum + one, 0);
    for (const [one, other] of [
      ['AA', 'BB'],
      ['BB', 'AA'],
    ] as const) {
      const first: Given = [-1, paid(-1, { party: 'AA' })];
      expect(count([first, ...noise(-1, one), ...chain(1000, other)])).toBe(3);
      expect(count([first, ...noise(1, one), ...chain(-1000, other)])).toBe(3);
      expect(count([first, ...noise(-1, one), ...chain(1000, one)])).toBe(3);
      expect(count([first, ...noise(-1, one), ...chain(-1000, one, OTHER)])).toBe(3);
    }
    // Forty payments after the first due one, and another party's after them.
    const later: Given[] = [...noise(-1, 'AA').slice(2), [400, paid(-1)], [500, paid(-2)]];
    const own = [...chain(-1000, 'AA'), ...later.map(([day, row]): Given => [day, { ...row, party: 'AA' }])];
    expect(count([...own, [1, paid(-1, { party: 'BB' })]])).toBe(3);
    const everywhere = [POLISH, OTHER, SAVINGS].flatMap((account) =>
      ['AA', 'BB'].flatMap((party) => [...chain(1000, party, account), ...chain(-1000, party, account)]),
    );
    expect(count(everywhere)).toBe(36);
  });

  test('many at once on the day that is due are none', () => {
    const at = (times: number) =>
      monthly([0, paid(-1000)], ...Array.from({ length: times }, (_, index): Given => [31, paid(-1001 - index)]), [
        61,
        paid(-1000),
      ]);
    expect(at(38)).toEqual(Array(40).fill(1));
    expect(at(39)).toEqual(Array(41).fill(0));
    expect(at(60)).toEqual(Array(62).fill(0));
  });
});

test('rows of one account given as different objects are of one account', () => {
  const pay = (account: Account, day: number): Given => [day, { amount: -100, title: '1', party: 'NETFLIX' }, account];
  expect(bear('monthly', [pay({ ...POLISH }, 0), pay({ ...POLISH }, 30)])).toEqual([1, 1]);
  expect(bear('internal', [pay({ ...POLISH }, 0), [0, { amount: 100, title: 'x' }, { ...POLISH }]])).toEqual([0, 0]);
});
