/** Charts as small SVG files that can be read on light and on dark pages. */
import type { Bars, Chart, Lines } from './figures.ts';
import { number } from './format.ts';

const WIDTH = 760;
/** Names of lines on one row above the chart. */
const LEGENDS = 3;
const COLOURS = 5;
const STYLE = `<style>
  text { font: 12px system-ui, sans-serif; fill: #333 } .title { font-size: 15px; font-weight: 600 }
  .axis { stroke: #888; fill: none } .grid { stroke: #8885; fill: none } .goal { stroke: #c62828; stroke-dasharray: 5 4; fill: none }
  .goaltext { fill: #c62828 } .bar { fill: #90a4ae } .ours { fill: #1976d2 } .range { stroke: #555; fill: none }
  .line0 { stroke: #1976d2; fill: none } .line1 { stroke: #ef6c00; fill: none } .line2 { stroke: #388e3c; fill: none } .line3 { stroke: #8e24aa; fill: none } .line4 { stroke: #757575; fill: none }
  .dot0 { fill: #1976d2 } .dot1 { fill: #ef6c00 } .dot2 { fill: #388e3c } .dot3 { fill: #8e24aa } .dot4 { fill: #757575 }
  @media (prefers-color-scheme: dark) { text { fill: #ddd } .range { stroke: #bbb } .goaltext { fill: #ef9a9a } .goal { stroke: #ef9a9a } }
</style>`;

export function svgOf(chart: Chart): string {
  return chart.kind === 'bars' ? bars(chart) : lines(chart);
}

type Scale = { readonly at: (value: number) => number; readonly ticks: readonly number[] };

/** @param least where a logarithmic scale begins at the latest: bars begin at 1, lines at their first point */
function scaleOf(values: readonly number[], from: number, to: number, logarithmic: boolean, least = 1): Scale {
  const most = Math.max(...values, logarithmic ? 1 : 0.000_001);
  if (logarithmic) {
    const low = Math.floor(Math.log10(Math.min(...values.filter((value) => value > 0), least)));
    const high = Math.max(low + 1, Math.ceil(Math.log10(most)));
    const at = (value: number) => from + ((Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)) * (to - from);
    return { at, ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)) };
  }
  const rough = most / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const end = Math.ceil(most / step - 1e-9) * step;
  const ticks = Array.from({ length: Math.round(end / step) + 1 }, (_, index) => index * step);
  return { at: (value) => from + (value / end) * (to - from), ticks };
}

function bars({ title, axis, logarithmic = false, bars: all, goal }: Bars): string {
  const longest = Math.max(...all.map(({ label }) => label.length));
  const left = Math.min(340, 24 + longest * 6.6);
  const right = WIDTH - 76;
  const top = 44;
  const row = 26;
  const bottom = top + all.length * row;
  const values = [...all.flatMap(({ value, high }) => [value, high ?? value]), ...(goal === undefined ? [] : [goal])];
  const { at, ticks } = scaleOf(values, left, right, logarithmic);
  const parts = ticks.map(
    (tick) =>
      `<path class="grid" d="M${n(at(tick))} ${top}V${bottom}"/><text x="${n(at(tick))}" y="${bottom + 16}" text-anchor="middle">${number(tick)}</text>`,
  );
  all.forEach(({ label, value, low, high, ours }, index) => {
    const y = top + index * row;
    const start = at(logarithmic ? ticks[0]! : 0);
    parts.push(
      `<text x="${left - 8}" y="${y + 17}" text-anchor="end">${escaped(label)}</text>`,
      `<rect class="bar${ours ? ' ours' : ''}" x="${n(start)}" y="${y + 5}" width="${n(Math.max(1, at(value) - start))}" height="${row - 10}"/>`,
    );
    if (low !== undefined && high !== undefined) {
      const middle = y + row / 2;
      parts.push(
        `<path class="range" d="M${n(at(low))} ${middle}H${n(at(high))}M${n(at(low))} ${middle - 4}v8M${n(at(high))} ${middle - 4}v8"/>`,
      );
    }
    parts.push(`<text x="${n(at(Math.max(value, high ?? value)) + 6)}" y="${y + 17}">${number(value)}</text>`);
  });
  if (goal !== undefined) {
    parts.push(
      `<path class="goal" d="M${n(at(goal))} ${top - 6}V${bottom}"/><text class="goaltext" x="${n(at(goal) + 4)}" y="${top - 4}">goal ${number(goal)}</text>`,
    );
  }
  parts.push(`<path class="axis" d="M${n(left)} ${top}V${bottom}H${right}"/>`);
  parts.push(`<text x="${n((left + right) / 2)}" y="${bottom + 36}" text-anchor="middle">${escaped(axis)}</text>`);
  return page(title, bottom + 48, parts);
}

function lines({ title, x, y, logarithmicX = false, logarithmicY = false, lines: all }: Lines): string {
  const top = 60 + 20 * Math.floor((all.length - 1) / LEGENDS);
  const bottom = top + 280;
  const points = all.flatMap((line) => line.points);
  const right = WIDTH - 44;
  const up = scaleOf(
    points.map(([, value]) => value),
    bottom,
    top,
    logarithmicY,
    Number.POSITIVE_INFINITY,
  );
  const left = 44 + Math.max(...up.ticks.map((tick) => number(tick).length)) * 7;
  const across = scaleOf(
    points.map(([value]) => value),
    left,
    right,
    logarithmicX,
    Number.POSITIVE_INFINITY,
  );
  const first = logarithmicX ? Math.min(...points.map(([value]) => value)) : 0;
  const parts = [
    ...up.ticks.map(
      (tick) =>
        `<path class="grid" d="M${left} ${n(up.at(tick))}H${right}"/><text x="${left - 6}" y="${n(up.at(tick) + 4)}" text-anchor="end">${number(tick)}</text>`,
    ),
    ...across.ticks
      .filter((tick) => tick >= first)
      .map((tick) => `<text x="${n(across.at(tick))}" y="${bottom + 18}" text-anchor="middle">${number(tick)}</text>`),
  ];
  all.forEach(({ label, points: own }, index) => {
    const path = own.map(([a, b], at) => `${at === 0 ? 'M' : 'L'}${n(across.at(a))} ${n(up.at(b))}`).join('');
    parts.push(`<path class="line${index % COLOURS}" stroke-width="2" d="${path}"/>`);
    if (own.length <= 20)
      parts.push(
        ...own.map(
          ([a, b]) => `<circle class="dot${index % COLOURS}" cx="${n(across.at(a))}" cy="${n(up.at(b))}" r="3.5"/>`,
        ),
      );
    const legend = 40 + (index % LEGENDS) * 230;
    const height = 46 + 20 * Math.floor(index / LEGENDS);
    parts.push(
      `<circle class="dot${index % COLOURS}" cx="${legend + 6}" cy="${height}" r="5"/><text x="${legend + 16}" y="${height + 4}">${escaped(label)}</text>`,
    );
  });
  parts.push(
    `<path class="axis" d="M${left} ${top}V${bottom}H${right}"/>`,
    `<text x="${(left + right) / 2}" y="${bottom + 40}" text-anchor="middle">${escaped(x)}</text>`,
    `<text transform="translate(16 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(y)}</text>`,
  );
  return page(title, bottom + 52, parts);
}

function page(title: string, height: number, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    STYLE,
    `<text class="title" x="16" y="22">${escaped(title)}</text>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

const n = (value: number) => String(Math.round(value * 10) / 10);

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
