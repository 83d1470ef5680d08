/**
 * Features by data frames: DuckDB (SQL) and polars (expressions), from the same labelled rows. Their tables have the layout that suits
 * them best (a column of truth values for each label). They compute one owner at a time, and all owners in one batch.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { conditionsOf } from '../../functions/domain/catalogue/definition.ts';
import type { Columns } from '../../functions/domain/features/columns.ts';
import { type Feature, featureKey } from '../../functions/domain/features/feature.ts';
import { columnsFor } from '../../functions/domain/profiles/derive.ts';
import { valueOn } from '../../functions/domain/profiles/explain.ts';
import { scratch } from '../support/bundle.ts';
import { definitions } from '../support/catalogue.ts';
import { type Chart, type Figure, type Progress, ratio } from '../support/figures.ts';
import { derivationInputs } from '../support/inputs.ts';
import { interleaved, ratioOf } from '../support/measure.ts';
import { LAST_DAY } from '../support/owners.ts';
import { openDuckDb } from './frame-duckdb.ts';
import type { Asked, FrameEngine } from './frame-engine.ts';
import { openPolars } from './frame-polars.ts';

const OWNERS = 100;
const ROWS = 1_000;
const ROUNDS = 7;
const DEFINITIONS = 50;

export async function compareFrames(
  progress: Progress,
): Promise<{ figures: Figure[]; notes: string[]; charts: Chart[] }> {
  const owners = derivationInputs(OWNERS, ROWS).map((input) => columnsFor(input, LAST_DAY));
  const features = setFeatures();
  const asked = features.map(askedOf);
  const file = join(scratch('frames'), 'rows.csv');
  writeFileSync(file, csvOf(owners, asked));
  const engines = [await openDuckDb(file, asked, LAST_DAY), await openPolars(file, asked, LAST_DAY)].filter(
    (engine) => engine !== undefined,
  );
  const figures: Figure[] = [];
  const bars: { label: string; value: number; low: number; high: number }[] = [];
  try {
    for (const engine of engines) {
      progress(`${engine.name}: checking`);
      await checkEqual(engine, owners, features);
    }
    const valuesOf = (columns: Columns) => features.map((feature) => valueOn(feature, columns, LAST_DAY));
    let turn = 0;
    const times = await interleaved(
      {
        ours: () => owners.map(valuesOf),
        ...Object.fromEntries(
          engines.flatMap(({ name, one, all }) => [
            [`${name}, one owner at a time`, () => one(turn++ % OWNERS)],
            [`${name}, ${OWNERS} owners in one batch`, all],
          ]),
        ),
      },
      { rounds: ROUNDS, sampleMs: 60, onRound: (round) => progress(`features: round ${round} of ${ROUNDS}`) },
    );
    for (const name of [...times.keys()].slice(1)) {
      const factor = name.includes('at a time') ? OWNERS : 1;
      const spread = ratioOf(times, name, 'ours');
      const each = { median: spread.median * factor, low: spread.low * factor, high: spread.high * factor };
      // In one batch a frame works column by column through all owners at once, as no worker can.
      const goal = name.includes('at a time') ? { atLeast: 10 } : undefined;
      figures.push(ratio(`features: ${name}`, '× our time for an owner', each, goal));
      bars.push({ label: name, value: each.median, low: each.low, high: each.high });
    }
  } finally {
    for (const engine of engines) engine.close();
  }
  const chart: Chart = {
    kind: 'bars',
    file: 'features',
    title: `${features.length} features of owners with ${ROWS} rows`,
    axis: '× our time for an owner (logarithmic)',
    logarithmic: true,
    goal: 10,
    bars,
  };
  const notes = [
    `${features.length} features of sets of rows (those of ${DEFINITIONS} definitions, without the features of the owner as a whole) on one day; all values of ${OWNERS} owners equal.`,
  ];
  return { figures, notes, charts: [chart] };
}

function setFeatures(): Feature[] {
  const found = new Map<string, Feature>();
  for (const { enter } of definitions(DEFINITIONS)) {
    for (const { feature } of conditionsOf(enter)) if (isOfRows(feature)) found.set(featureKey(feature), feature);
  }
  return [...found.values()];
}

/** What the engines can express. */
function isOfRows(feature: Feature): boolean {
  if (feature.of !== 'set' || feature.metric === 'netShare') return false;
  return typeof feature.set === 'string' || feature.set.every((label) => label >= 0);
}

function askedOf(feature: Feature, index: number): Asked {
  if (feature.of !== 'set') throw new Error(`${feature.name} is not of a set of rows`);
  const sets = typeof feature.set === 'string' ? [feature.set] : feature.set.map((label) => `l${label}`);
  return { name: `f${index}`, metric: feature.metric, window: feature.window ?? 0, sets };
}

function csvOf(owners: readonly Columns[], asked: readonly Asked[]): string {
  const sets = [...new Set([...asked.flatMap((feature) => feature.sets), 'spending'])]
    .filter((set) => set !== 'all')
    .sort();
  const lines = [['owner', 'day', 'month', 'cents', 'rate', 'party', ...sets].join(',')];
  owners.forEach((columns, owner) => {
    const members = sets.map(
      (set) => new Set(columns.rowsOf(set.startsWith('l') ? [Number(set.slice(1))] : (set as 'spending'))),
    );
    const { day, month, cents, hasRate } = columns;
    const party = columns.partiesOf(columns.rowsOf('all'));
    columns.rows.forEach((_, row) => {
      const flags = members.map((rows) => (rows.has(row) ? 'true' : 'false'));
      lines.push([owner, day[row], month[row], cents[row], hasRate[row], party[row], ...flags].join(','));
    });
  });
  return lines.join('\n');
}

async function checkEqual(
  engine: FrameEngine,
  owners: readonly Columns[],
  features: readonly Feature[],
): Promise<void> {
  const batch = await engine.all();
  for (const [owner, columns] of owners.entries()) {
    const single = owner < 10 ? await engine.one(owner) : undefined;
    features.forEach((feature, index) => {
      const ours = valueOn(feature, columns, LAST_DAY);
      for (const theirs of [batch.get(owner)?.[index], ...(single ? [single[index]] : [])]) {
        const same =
          ours === null || ours === Number.POSITIVE_INFINITY
            ? theirs === null || theirs === undefined
            : theirs !== null && theirs !== undefined && Math.abs(ours - theirs) <= 1e-9 * Math.max(1, Math.abs(ours));
        if (!same)
          throw new Error(`${engine.name}: ${featureKey(feature)} of owner ${owner} is ${theirs}, ours ${ours}`);
      }
    });
  }
}
