import { interleaved, ratioOf, ratioOfSum, spreadOf } from '../../bench/support/measure.ts';

test('the spread is the median with the lowest and the highest', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
  expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, low: 1, high: 4 });
});

test('ratios are taken round by round, so that a slow round counts for nobody', () => {
  const times = new Map([
    ['ours', [1, 10, 1]],
    ['theirs', [2, 20, 2]],
  ]);
  expect(ratioOf(times, 'theirs', 'ours')).toEqual({ median: 2, low: 2, high: 2 });
  expect(ratioOfSum(times, ['ours', 'theirs'], 'ours')).toEqual({ median: 3, low: 3, high: 3 });
});

test('contestants run in turns, and the order turns round', async () => {
  const order: string[] = [];
  const slow = (name: string) => () => {
    order.push(name);
    for (const until = performance.now() + 2; performance.now() < until; );
  };
  const times = await interleaved({ a: slow('a'), b: slow('b') }, { rounds: 2, sampleMs: 1 });
  expect([...times.keys()]).toEqual(['a', 'b']);
  expect(times.get('a')).toHaveLength(2);
  const [last, before] = order.toReversed();
  expect([before, last]).toEqual(['b', 'a']);
});
