/** Money that only moves is neither income nor spending; money that is earned or spent beside it stays what it is. */
import { compileCatalogue } from '../../../../functions/domain/catalogue/catalogue.ts';
import { columnsOf } from '../../../../functions/domain/features/columns.ts';
import { labelRows } from '../../../../functions/domain/labels/label-rows.ts';
import type { LedgerRow } from '../../../../functions/domain/labels/labelled-row.ts';
import type { Account, Row } from '../../../../functions/domain/ledger/ledger.ts';
import { tinyDocument } from '../../../support/tiny-catalogue.ts';

const document = tinyDocument([]);
const { labels } = document;
const CATALOGUE = compileCatalogue({
  ...document,
  labels: [
    ...labels,
    ...['credit card', 'repayment', 'currency exchange', 'reversed', 'loan'].map((id) => ({ id, group: 'test' })),
  ],
  rules: {
    ...document.rules,
    words: [
      ...document.rules.words,
      { words: ['exchanged to', 'exchanged from'], in: ['currency exchange'], out: ['currency exchange'] },
      { words: ['card bill'], out: ['credit card', 'repayment'] },
      { words: ['instalment'], out: ['repayment'] },
      { words: ['zwrot'], in: ['refund'] },
      { words: ['czynsz'], in: ['welfare'] },
    ],
  },
});
const CURRENT: Account = { iban: 'PL61109010140000071219812874', currency: 'PLN' };
const CARD: Account = { accountId: 'card', currency: 'PLN' };
const POCKET: Account = { iban: 'PL61109010140000071219812874', currency: 'EUR' };
const DAY = 20_000;

type Given = readonly [day: number, amount: number, text: Partial<Row>, account?: Account];
const rowsOf = (given: readonly Given[]) =>
  given.map(
    ([day, amount, text, account = CURRENT]): LedgerRow => ({
      day: DAY + day,
      account,
      row: { title: 'x', ...text, amount },
    }),
  );
const labelsOf = (...given: Given[]) =>
  labelRows(rowsOf(given), CATALOGUE).map(({ labels }) => labels.map((label) => CATALOGUE.labelNames[label]).join('+'));
/** How many rows count as spending, and how many as income. */
const counted = (...given: Given[]) => {
  const columns = columnsOf(labelRows(rowsOf(given), CATALOGUE), DAY, CATALOGUE);
  return [columns.rowsOf('spending').length, columns.rowsOf('income').length];
};

describe('exchange between own pockets', () => {
  const out: Given = [0, -10000, { title: 'Exchanged to PLN' }, POCKET];
  const back = (title: string, day = 0, account = CURRENT): Given => [day, 42400, { title }, account];

  test.each(['Exchanged to PLN', 'Exchanged from EUR'])('both legs: %s', (title) => {
    expect(labelsOf(out, back(title))).toEqual(['internal', 'internal']);
    expect(counted(out, back(title))).toEqual([0, 0]);
  });

  test('three days apart at most, into another currency, and both say so', () => {
    expect(labelsOf(out, back('Exchanged from EUR', 3))).toEqual(['internal', 'internal']);
    const alone = ['currency exchange', 'currency exchange'];
    expect(labelsOf(out, back('Exchanged from EUR', 4))).toEqual(alone);
    expect(labelsOf(out, back('Exchanged from EUR', 0, POCKET))).toEqual(alone);
    expect(labelsOf(out, back('x'))).toEqual(['currency exchange', '']);
  });

  test('an income of the same amount on the same day stays one', () => {
    const pay: Given = [0, 42400, { title: 'wynagrodzenie', party: 'ACME' }];
    expect(labelsOf(pay, out, back('Exchanged from EUR'))).toEqual(['compensation', 'internal', 'internal']);
    expect(counted(pay, out, back('Exchanged from EUR'))).toEqual([0, 1]);
  });
});

describe('a card that is paid from the current account', () => {
  const bill: Given = [0, -50000, { title: 'card bill' }];

  test('both accounts are held', () => {
    const paid: Given = [1, 50000, { title: 'thank you' }, CARD];
    expect(labelsOf(bill, paid)).toEqual(['internal', 'internal']);
    expect(counted(bill, paid)).toEqual([0, 0]);
  });

  test('another amount, a loan, an income of the same amount', () => {
    const says = 'repayment+credit card';
    expect(labelsOf(bill, [1, 50001, {}, CARD])[0]?.split('+').sort()).toEqual(says.split('+').sort());
    expect(labelsOf([0, -50000, { title: 'instalment' }], [1, 50000, {}, CARD])).toEqual(['repayment', '']);
    expect(labelsOf(bill, [1, 50000, { title: 'wynagrodzenie', party: 'ACME' }, CARD])[1]).toBe('compensation');
  });
});

describe('what is taken back', () => {
  const bought = (day: number, amount = -5000): Given => [day, amount, { party: 'ZOOPLUS' }];
  const refunded = (day: number, amount = 5000): Given => [day, amount, { title: 'zwrot', party: 'ZOOPLUS' }];

  test('a purchase and its refund', () => {
    expect(labelsOf(bought(0), refunded(9))).toEqual(['reversed', 'refund+reversed']);
    expect(counted(bought(0), refunded(9))).toEqual([0, 0]);
    expect(labelsOf(bought(0), refunded(60))[0]).toBe('reversed');
    expect(labelsOf(bought(0), refunded(61))).toEqual(['pets', 'refund']);
    expect(labelsOf(refunded(0), bought(1))).toEqual(['refund', 'pets']);
    expect(labelsOf(bought(0), refunded(9, 4999))).toEqual(['pets', 'refund']);
    expect(labelsOf(bought(0), [9, 5000, { title: 'zwrot', party: 'LIDL' }])).toEqual(['pets', 'refund']);
    expect(labelsOf(bought(0), [9, 5000, { title: 'zwrot', party: 'ZOOPLUS' }, CARD])).toEqual(['pets', 'refund']);
  });

  test('a debit that bounced and was tried again counts once', () => {
    const all = [bought(0), [1, 5000, { title: 'returned', party: 'ZOOPLUS' }] as Given, bought(4)];
    expect(labelsOf(...all)).toEqual(['reversed', 'refund+reversed', 'pets']);
    expect(counted(...all)).toEqual([1, 0]);
  });

  test('one refund takes back one purchase, the latest before it', () => {
    const reversed = (...rows: Given[]) => labelsOf(...rows).map((text) => Number(text.includes('reversed')));
    expect(reversed(bought(0), bought(5), refunded(9))).toEqual([0, 1, 1]);
    expect(reversed(bought(0), bought(5), refunded(9), refunded(10))).toEqual([1, 1, 1, 1]);
    expect(reversed(bought(0), refunded(1), bought(5))).toEqual([1, 1, 0]);
  });

  test('a wage that was paid by mistake, taken back and paid again', () => {
    const pay = (day: number, amount = 500_000): Given => [day, amount, { title: 'wynagrodzenie', party: 'ACME' }];
    const taken = (day: number, amount = -500_000): Given => [day, amount, { title: 'storno', party: 'ACME' }];
    expect(labelsOf(pay(0), taken(2), pay(3))).toEqual(['reversed', 'reversed', 'compensation']);
    expect(counted(pay(0), taken(2), pay(3))).toEqual([0, 1]);
    expect(labelsOf(pay(0), taken(10))).toEqual(['reversed', 'reversed']);
    expect(labelsOf(pay(0), taken(11))).toEqual(['compensation', '']);
    expect(labelsOf(taken(0), pay(1))).toEqual(['', 'compensation']);
  });

  test('true things of one amount on one day stay', () => {
    expect(labelsOf(bought(0), [0, 5000, { title: 'wynagrodzenie', party: 'ACME' }])).toEqual(['pets', 'compensation']);
    expect(labelsOf([0, -5000, { party: 'ACME' }], [1, 5000, { title: 'wynagrodzenie', party: 'ACME' }])).toEqual([
      '',
      'compensation',
    ]);
    expect(labelsOf(bought(0), [1, 5000, { title: 'czynsz', party: 'ZOOPLUS' }])).toEqual(['pets', 'welfare']);
  });

  test('what the publisher says stays', () => {
    expect(labelsOf([0, -5000, { party: 'ZOOPLUS', labels: ['grocery'] }], refunded(1))[0]).toBe('grocery+reversed');
  });
});
