import { historyChart, historyTable, type Line, lineOf, worsened } from '../../bench/support/history.ts';
import { svgOf } from '../../bench/support/svg.ts';

const run = (commit: string, value: number, found = 1): Line => ({
  at: '2026-01-01T00:00',
  commit,
  bench: 'beside-bare',
  figures: { 'fresh look-up': value, found },
  high: ['found'],
});

test('of a result, the figures with a goal are remembered, and which of them should be high', () => {
  const figures = [
    { name: 'low', unit: '×', value: 1.234567, goal: { atMost: 2 } },
    { name: 'high', unit: '×', value: 3, goal: { atLeast: 2 } },
    { name: 'other', unit: '×', value: 4 },
  ];
  expect(lineOf({ at: 'now', commit: 'c', name: 'b', figures })).toEqual({
    at: 'now',
    commit: 'c',
    bench: 'b',
    figures: { low: 1.2346, high: 3 },
    high: ['high'],
  });
});

test('the last run is compared with the median of those before, in the direction of its goal', () => {
  const before = [run('a', 1), run('b', 1.1), run('c', 9)];
  expect(worsened([...before, run('d', 1.2)], 0.15)).toEqual([]);
  expect(worsened([...before, run('d', 1.3)], 0.15)).toEqual(['beside-bare, fresh look-up: 1.30, before 1.10']);
  expect(worsened([...before, run('d', 1, 0.8)], 0.15)).toEqual(['beside-bare, found: 0.80, before 1']);
  expect(worsened([run('a', 1)], 0.15)).toEqual([]);
  expect(worsened([], 0.15)).toEqual([]);
});

test('the chart has a point for each run, the table a row', () => {
  const lines = [run('a', 1), run('b', 2)];
  expect(historyChart(lines).lines).toEqual([
    {
      label: 'look-up, × bare',
      points: [
        [1, 1],
        [2, 2],
      ],
    },
  ]);
  expect(svgOf(historyChart(lines))).not.toMatch(/NaN|Infinity/);
  expect(historyTable(lines).split('\n').slice(2)).toEqual([
    '| 2026-01-01, b |  | 2 |  |  |  |',
    '| 2026-01-01, a |  | 1 |  |  |  |',
  ]);
});
