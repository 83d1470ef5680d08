/** The generated parts of `docs/explanation/benchmarks.md` and its charts, made from the stored results. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Parts, writeParts } from '../../tools/docs/generated.ts';
import { ROOT } from './bundle.ts';
import { type Figure, isMet } from './figures.ts';
import { goal, number, spread, table, verdict } from './format.ts';
import { historyChart, historyTable, type Line } from './history.ts';
import type { Result } from './results.ts';
import { svgOf } from './svg.ts';

export function writeReport(results: readonly Result[], history: readonly Line[]): void {
  mkdirSync(join(ROOT, 'bench/charts'), { recursive: true });
  for (const chart of [...results.flatMap(({ charts }) => charts), historyChart(history)]) {
    writeFileSync(join(ROOT, `bench/charts/${chart.file}.svg`), svgOf(chart));
  }
  writeParts('docs/explanation/benchmarks.md', partsOf(results, history));
}

/** One part for each benchmark, by its name, and a summary of all. */
export function partsOf(results: readonly Result[], history: readonly Line[]): Parts {
  const goals = results.flatMap(({ figures }) => figures.filter((figure) => figure.goal));
  return {
    run: runLine(results),
    history: historyTable(history),
    goals: table(
      '| Figure | Goal | Measured | Lowest to highest | |',
      '|---|---:|---:|---:|---|',
      goals.map(
        (figure) =>
          `| ${figure.name} (${figure.unit}) | ${goal(figure)} | ${number(figure.value)} | ${spread(figure)} | ${mark(figure)} |`,
      ),
    ),
    ...Object.fromEntries(results.map((result) => [result.name, section(result)])),
  };
}

function runLine([first, ...others]: readonly Result[]): string {
  if (!first) return '';
  const commits = [...new Set([first, ...others].map(({ commit }) => commit))].join(', ');
  const versions = Object.entries(first.versions).map(([name, version]) => `  - ${name} ${version}`);
  return [
    `- Machine: ${first.machine}.`,
    item(`Commit: ${commits} (\`+\`: with changes not yet committed). Seed: ${first.seed}.`),
    '- Versions:',
    ...versions,
  ].join('\n');
}

function section({ name, figures, charts, notes, seconds, full, at, commit }: Result): string {
  return [
    ...charts.flatMap((chart) => [`![${chart.title}](../../bench/charts/${chart.file}.svg)`, '']),
    ...notes.map(item),
    '',
    table(
      '| Figure | Unit | Measured | Lowest to highest | Goal | |',
      '|---|---|---:|---:|---:|---|',
      figures.map(
        (figure) =>
          `| ${figure.name} | ${figure.unit} | ${number(figure.value)} | ${spread(figure)} | ${goal(figure)} | ${[mark(figure), figure.note].filter(Boolean).join('; ')} |`,
      ),
    ),
    '',
    `\`npm run bench -- ${name}${full ? ' --full' : ''}\`, ${seconds} s, ${at} UTC, commit ${commit}.`,
  ].join('\n');
}

/** An item of a list, in lines of 120 columns. */
function item(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line.length + word.length + 3 > 120) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return `- ${lines.join('\n  ')}`;
}

function mark(figure: Figure): string {
  return isMet(figure) === false ? '**missed**' : verdict(figure);
}
