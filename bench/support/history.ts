/** The figures of every run that have a goal, one line a benchmark in one file: to find what got worse, and for a chart of what users notice. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Figure, Lines } from './figures.ts';
import { number, table } from './format.ts';
import { spreadOf } from './measure.ts';
import type { Result } from './results.ts';

/** Figures by name; those that should be high are in `high`. */
export type Line = {
  readonly at: string;
  readonly commit: string;
  readonly bench: string;
  readonly figures: Readonly<Record<string, number>>;
  readonly high?: readonly string[];
};

const FILE = fileURLToPath(new URL('../history.ndjson', import.meta.url));
/** A figure is compared with the median of this many earlier runs: one run on a busy machine is no measure for the next. */
const COMPARED = 5;
const SHOWN_RUNS = 10;
/** What is drawn: the benchmark, the figure, and its name in the chart. */
const HEADLINES = [
  ['beside-bare', 'import of 50 rows into 1,000', 'import, × bare worker'],
  ['beside-bare', 'fresh look-up', 'look-up, × bare'],
  ['cold-start', 'import-worker: until the first answer, processor time', 'cold import, × bare'],
  ['cold-start', 'owner-profiles: until the first answer, processor time', 'cold look-up, × bare'],
  ['derivation', '1000 full rows: label + fold + classify + date', 'derivation, × JSON.parse'],
] as const;

export function lineOf({ at, commit, name, figures }: Pick<Result, 'at' | 'commit' | 'name' | 'figures'>): Line {
  const kept = figures.filter((figure): figure is Figure & { goal: object } => figure.goal !== undefined);
  const high = kept.filter(({ goal }) => 'atLeast' in goal).map(({ name: figure }) => figure);
  return {
    at,
    commit,
    bench: name,
    figures: Object.fromEntries(kept.map(({ name: figure, value }) => [figure, Number(value.toPrecision(5))])),
    ...(high.length > 0 && { high }),
  };
}

export function remember(results: readonly Result[]): void {
  for (const line of results.map(lineOf)) {
    if (Object.keys(line.figures).length > 0) appendFileSync(FILE, `${JSON.stringify(line)}\n`);
  }
}

/** Oldest first. */
export function remembered(): Line[] {
  if (!existsSync(FILE)) return [];
  return readFileSync(FILE, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

/** The figures of the last run of each benchmark that are worse than before by more than this share, in words. */
export function worsened(lines: readonly Line[], share: number): string[] {
  const worse: string[] = [];
  for (const bench of new Set(lines.map((line) => line.bench))) {
    const runs = lines.filter((line) => line.bench === bench);
    const last = runs.at(-1);
    for (const [figure, value] of Object.entries(last?.figures ?? {})) {
      const earlier = runs.slice(0, -1).flatMap(({ figures }) => figures[figure] ?? []);
      if (earlier.length === 0) continue;
      const before = spreadOf(earlier.slice(-COMPARED)).median;
      const isWorse = last?.high?.includes(figure) ? value < before / (1 + share) : value > before * (1 + share);
      if (isWorse) worse.push(`${bench}, ${figure}: ${number(value)}, before ${number(before)}`);
    }
  }
  return worse;
}

export function historyChart(lines: readonly Line[]): Lines {
  const runs = runsOf(lines);
  const numberOf = new Map(runs.map((run, index) => [run.name, index + 1]));
  return {
    kind: 'lines',
    file: 'history',
    title: 'What users pay and wait for, run by run',
    x: 'runs, oldest first',
    y: '× of the floor',
    lines: HEADLINES.map(([bench, figure, label]) => ({
      label,
      points: lines.flatMap((line) => {
        const value = line.bench === bench ? line.figures[figure] : undefined;
        return value === undefined ? [] : [[numberOf.get(nameOf(line))!, value] as const];
      }),
    })).filter(({ points }) => points.length > 0),
  };
}

/** The last runs, newest first. */
export function historyTable(lines: readonly Line[]): string {
  const rows = runsOf(lines).slice(-SHOWN_RUNS).toReversed();
  return table(
    `| Run | ${HEADLINES.map(([, , label]) => label).join(' | ')} |`,
    `|---|${HEADLINES.map(() => '---:|').join('')}`,
    rows.map(({ name, lines: own }) => {
      const figures = HEADLINES.map(([bench, figure]) => {
        const value = own.findLast((line) => line.bench === bench)?.figures[figure];
        return value === undefined ? '' : number(value);
      });
      return `| ${name} | ${figures.join(' | ')} |`;
    }),
  );
}

const nameOf = ({ at, commit }: Line) => `${at.slice(0, 10)}, ${commit}`;

function runsOf(lines: readonly Line[]): { name: string; lines: readonly Line[] }[] {
  const runs = Map.groupBy(lines, nameOf);
  return Array.from(runs, ([name, own]) => ({ name, lines: own }));
}
