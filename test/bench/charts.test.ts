import { goal, number, spread, verdict } from '../../bench/support/format.ts';
import { svgOf } from '../../bench/support/svg.ts';

const BARS = {
  kind: 'bars',
  file: 'x',
  title: 'A & B',
  axis: '<times>',
  goal: 2,
  bars: [{ label: 'ours "x"', value: 3, low: 1, high: 5 }],
} as const;

test.each([
  ['plain', BARS],
  ['logarithmic', { ...BARS, logarithmic: true }],
  ['of nothing but zeros', { ...BARS, bars: [{ label: 'none', value: 0 }] }],
])('bars, %s, are an SVG without odd numbers', (_, chart) => {
  const svg = svgOf(chart);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(svg).toMatch(/^<svg [^>]*viewBox/);
});

test('texts are escaped', () => {
  const svg = svgOf(BARS);
  expect(svg).toContain('A &#38; B');
  expect(svg).toContain('&#60;times&#62;');
});

test('lines name their axes', () => {
  const svg = svgOf({
    kind: 'lines',
    file: 'x',
    title: 't',
    x: 'rows',
    y: 'cost',
    logarithmicX: true,
    lines: [
      {
        label: 'l',
        points: [
          [1, 1],
          [1000, 2],
        ],
      },
    ],
  });
  expect(svg).toContain('rows');
  expect(svg).toContain('cost');
  expect(svg).not.toMatch(/NaN|Infinity/);
});

test.each([
  [0, '0'],
  [1234567, '1,234,567'],
  [12.34, '12.3'],
  [1.234, '1.23'],
  [0.01234, '0.012'],
])('%d reads %s', (value, text) => expect(number(value)).toBe(text));

test('a goal is met or missed', () => {
  const figure = { name: 'f', unit: 'u', value: 2, low: 1, high: 3, goal: { atMost: 3 } };
  expect([goal(figure), spread(figure), verdict(figure)]).toEqual(['≤ 3', '1 to 3', 'met']);
  expect(verdict({ ...figure, goal: { atLeast: 3 } })).toBe('missed');
  expect(verdict({ name: 'f', unit: 'u', value: 2 })).toBe('');
});
