import { jest } from '@jest/globals';
import { type Big, bigOwner, printed } from './big.ts';
import { hotOwner } from './hot.ts';
import { ITEM_LIMIT } from './table.ts';
import { silence } from './world.ts';

jest.setTimeout(240_000);
beforeAll(() => silence());

test.each<[string, number, number, (row: number, draw: (most: number) => number) => string, Partial<Big>]>([
  ['many rows in ten years', 10_000, 3650, printed, { rows: 10_000 }],
  ['20,000 rows in a month', 20_000, 20, printed, { rows: 20_000, imports: 4 }],
  ['500 equal rows on a day', 500, 1, () => 'LIDL', { rows: 500, imports: 1 }],
])('%s: every row is held, and no item is too large', async (_, rows, days, titleOf, expected) => {
  const big = await bigOwner(rows, days, titleOf);
  expect(big).toMatchObject(expected);
  expect(big.largestItem).toBeLessThan(ITEM_LIMIT);
});

test('many messages for one owner at once neither fail nor hold up the neighbours', async () => {
  const hot = await hotOwner(500, 40, 1);
  expect(hot).toMatchObject({ messages: 540, retried: 0, dead: 0 });
  expect(hot.conflicts).toBeGreaterThan(20);
  expect(hot.mostAttempts).toBeLessThan(12);
  // Alone they take some 45 ms: calls of the table, one after the other.
  expect(hot.neighbours.p99).toBeLessThan(500);
});
