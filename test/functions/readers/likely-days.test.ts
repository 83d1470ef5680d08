/** The range of exports that do not print it: alone their ends, together only what fits. */
import { expect, test } from '@jest/globals';
import { joinStatements } from '../../../functions/readers/join-statements.ts';
import { readStatements } from '../../../functions/readers/reader.ts';

const HEADER = 'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n';
const ROWS = [
  ['2026-06-10 09:00:00', 'A', '-1.00', '99.00'],
  ['2026-06-10 10:00:00', 'B', '-2.00', '97.00'],
  ['2026-06-12 09:00:00', 'C', '-3.00', '94.00'],
  ['2026-06-12 10:00:00', 'D', '-4.00', '90.00'],
  ['2026-06-14 09:00:00', 'E', '-5.00', '85.00'],
] as const;

function file(from: number, to: number, now = '2026-11-29') {
  const lines = ROWS.slice(from, to).map(
    ([at, title, amount, balance]) => `X,Current,${at},${at},${title},${amount},0.00,EUR,COMPLETED,${balance}\n`,
  );
  return readStatements(Buffer.from(HEADER + lines.join('')), {
    now: Date.parse(now),
    account: 'LT121000011101001000',
  });
}

function joined(...files: ReturnType<typeof file>[]) {
  const { imports, warnings } = joinStatements(files);
  const accounts = imports.flatMap((one) => one.accounts);
  return {
    days: accounts.map(({ covers }) => `${covers?.from} to ${covers?.to}`),
    titles: accounts.flatMap(({ transactions }) => transactions.map(({ title }) => title)).join(''),
    leftOut: warnings.map(({ day }) => day),
  };
}

test('alone, an export holds the days from its first row to its last', () => {
  expect(joined(file(0, 5))).toEqual({ days: ['2026-06-10 to 2026-06-14'], titles: 'ABCDE', leftOut: [] });
  expect(file(0, 5).warnings).toEqual([
    'line 1: names no range of days; its ends (2026-06-10, 2026-06-14) count as complete unless another file of the same command has more of them',
  ]);
});

test('one row is one day', () => {
  expect(joined(file(4, 5))).toEqual({ days: ['2026-06-14 to 2026-06-14'], titles: 'E', leftOut: [] });
});

test('the day on which it is read goes on, and is left out', () => {
  expect(joined(file(0, 5, '2026-06-14'))).toEqual({
    days: ['2026-06-10 to 2026-06-13'],
    titles: 'ABCD',
    leftOut: ['2026-06-14'],
  });
});

test('pieces that meet by balance inside a day are one', () => {
  expect(joined(file(3, 5), file(0, 3))).toEqual({ days: ['2026-06-10 to 2026-06-14'], titles: 'ABCDE', leftOut: [] });
});

test('pieces of a day with rows missing between them leave that day out', () => {
  const { titles, leftOut } = joined(file(0, 1), file(2, 3), file(4, 5), file(3, 4));
  expect({ titles, leftOut }).toEqual({ titles: 'ACDE', leftOut: [] });
  const gap = joined(
    file(0, 3),
    file(4, 5),
    readStatements(
      Buffer.from(`${HEADER}X,Current,2026-06-12 12:00:00,2026-06-12 12:00:00,Z,-9.00,0.00,EUR,COMPLETED,50.00\n`),
      { now: Date.parse('2026-11-29'), account: 'LT121000011101001000' },
    ),
  );
  expect(gap.leftOut).toEqual(['2026-06-12', '2026-06-12']);
  expect(gap.titles).toBe('ABE');
});

test('an answer of an interface holds the days that it was asked for', () => {
  const answer = {
    transactions: {
      booked: [
        { transactionId: 'T1', bookingDate: '2026-06-10', transactionAmount: { amount: '-42.50', currency: 'EUR' } },
      ],
    },
  };
  const read = readStatements(Buffer.from(JSON.stringify(answer)), {
    now: Date.parse('2026-11-29'),
    account: 'LT121000011101001000',
  });
  expect(joined(read).days).toEqual(['2026-06-10 to 2026-06-10']);
  expect(read.warnings).toEqual([]);
});
