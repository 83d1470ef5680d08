/** `docs/benchmarks.md` and its charts, made from the kept results. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './bundle.ts';
import { type Figure, isMet } from './figures.ts';
import { goal, number, spread, verdict } from './format.ts';
import { reasonFor } from './reasons.ts';
import type { Result } from './results.ts';
import { svgOf } from './svg.ts';

export function writeReport(results: readonly Result[]): void {
  mkdirSync(join(ROOT, 'bench/charts'), { recursive: true });
  for (const chart of results.flatMap(({ charts }) => charts)) {
    writeFileSync(join(ROOT, `bench/charts/${chart.file}.svg`), svgOf(chart));
  }
  writeFileSync(join(ROOT, 'docs/benchmarks.md'), page(results));
}

function page(results: readonly Result[]): string {
  const [first] = results;
  const goals = results.flatMap(({ title, figures }) =>
    figures.filter((figure) => figure.goal).map((figure) => ({ title, figure })),
  );
  const peers = Object.entries(first?.versions ?? {}).map(([name, version]) => `${name} ${version}`);
  const commits = [...new Set(results.map(({ commit }) => commit))].join(', ');
  return [
    '# Benchmarks',
    '',
    '<!-- Made by `npm run bench` from bench/results; do not edit by hand. -->',
    '',
    'Times alone mean nothing on a shared machine. So every figure here is a ratio of processor times, taken in turns within one run (the median of the',
    'rounds, with the lowest and the highest), or a count of bytes, requests or units, which is exact. Every comparison first checks that both sides',
    'give equal results. A goal that is missed stands here with its figure and the reason.',
    '',
    `Machine: ${first?.machine ?? ''}. Commit ${commits} (\`+\`: with changes not yet committed). Seed ${first?.seed}. Versions: ${peers.join(', ')}.`,
    '',
    'Run them: `npm ci --prefix bench` once (the libraries compared with, which nobody else needs), then `npm run bench`, or `npm run bench -- NAME` for one of',
    `${results.map(({ name }) => `\`${name}\``).join(', ')}. \`--full\` runs the whole base at full size.`,
    '',
    '## Goals',
    '',
    '| Figure | Goal | Measured | Lowest to highest | |',
    '|---|---:|---:|---:|---|',
    ...goals.map(
      ({ figure }) =>
        `| ${figure.name} (${figure.unit}) | ${goal(figure)} | ${number(figure.value)} | ${spread(figure)} | ${mark(figure)} |`,
    ),
    '',
    ...missed(goals.map(({ figure }) => figure)),
    ...results.flatMap(section),
  ].join('\n');
}

function missed(figures: readonly Figure[]): string[] {
  const reasons = new Map<string, Figure[]>();
  for (const figure of figures.filter((each) => isMet(each) === false)) {
    const why = reasonFor(figure.name);
    reasons.set(why, [...(reasons.get(why) ?? []), figure]);
  }
  if (reasons.size === 0) return [];
  return [
    '## Missed, and why',
    '',
    ...[...reasons].map(([why, all]) => {
      const names = all.map((figure) => `${figure.name} (${number(figure.value)}, goal ${goal(figure)})`);
      return `- **${names.join('; ')}**. ${why}`;
    }),
    '',
  ];
}

function section({ title, name, figures, charts, notes, seconds, full, at, commit }: Result): string[] {
  return [
    `## ${title}`,
    '',
    ...charts.flatMap((chart) => [`![${chart.title}](../bench/charts/${chart.file}.svg)`, '']),
    ...notes.map((note) => `- ${note}`),
    '',
    '| Figure | Unit | Measured | Lowest to highest | Goal | |',
    '|---|---|---:|---:|---:|---|',
    ...figures.map(
      (figure) =>
        `| ${figure.name} | ${figure.unit} | ${number(figure.value)} | ${spread(figure)} | ${goal(figure)} | ${[mark(figure), figure.note].filter(Boolean).join('; ')} |`,
    ),
    '',
    `\`npm run bench -- ${name}${full ? ' --full' : ''}\`, ${seconds} s, ${at} UTC, commit ${commit}.`,
    '',
  ];
}

function mark(figure: Figure): string {
  return isMet(figure) === false ? '**missed**' : verdict(figure);
}
