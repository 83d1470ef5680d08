import { playPoison } from './poison.ts';
import { drawFrom } from './random.ts';
import { silence } from './world.ts';

const SEEDS = 10;

beforeAll(() => silence());

async function costsOf(poisons: number, isCut?: boolean) {
  const costs = [];
  for (let seed = 1; seed <= SEEDS; seed++) costs.push(await playPoison(drawFrom(seed), poisons, isCut));
  return costs;
}

test.each([1, 3])('%d messages that end every worker make no dead letter of another one', async (poisons) => {
  const costs = await costsOf(poisons);
  expect(costs.reduce((sum, { dead }) => sum + dead, 0)).toBe(0);
  expect(Math.max(...costs.map(({ most }) => most))).toBeLessThanOrEqual(2 + poisons);
  // One that waits beside it may be tried after it; but not all of them, and not each time.
  const receives = costs.reduce((sum, cost) => sum + cost.receives, 0);
  expect(receives).toBeLessThan(1.6 * costs.reduce((sum, { messages }) => sum + messages, 0));
});

test('in batches that are not cut, one such message does', async () => {
  expect((await costsOf(1, false)).some(({ dead }) => dead > 0)).toBe(true);
});

test('where there is none, each message is received once', async () => {
  expect((await costsOf(0)).every(({ receives, messages }) => receives === messages)).toBe(true);
});
