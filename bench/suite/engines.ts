/**
 * Rules and features by other engines. The service judges an owner for a span of days at once (60 back for the hold, 426 ahead for
 * the day on which the answer ends). A rule engine judges one day, from features. So their whole answer is our features of every
 * day and their rules on every day; their time for one day is measured, and counts once for each.
 */

import { conditionsOf, type Definition, LONGEST_HOLD } from '../../functions/domain/catalogue/definition.ts';
import type { Columns } from '../../functions/domain/features/columns.ts';
import { type Feature, featureKey } from '../../functions/domain/features/feature.ts';
import { seriesOf } from '../../functions/domain/features/feature-series.ts';
import { columnsFor } from '../../functions/domain/profiles/derive.ts';
import { valueOn } from '../../functions/domain/profiles/explain.ts';
import { HORIZON, has, judge } from '../../functions/domain/profiles/judge.ts';
import { definitions } from '../support/catalogue.ts';
import { type Bench, type Figure, ratio } from '../support/figures.ts';
import { derivationInputs } from '../support/inputs.ts';
import { interleaved, ratioOf, type Spread, spreadOf, type Times } from '../support/measure.ts';
import { LAST_DAY } from '../support/owners.ts';
import { missingPeers } from '../support/peers.ts';
import { compareFrames } from './frame-engines.ts';
import { type Facts, NEVER, NOTHING, type RuleEngine, ruleEngines } from './rule-engines.ts';

const OWNERS = 20;
const ROWS = 1_000;
const ROUNDS = 9;
const FIRST_DAY = LAST_DAY - LONGEST_HOLD + 1;
const FINAL_DAY = LAST_DAY + HORIZON;
const DAYS = FINAL_DAY - FIRST_DAY + 1;

export const bench: Bench = {
  name: 'engines',
  title: 'Engines: judging owners, ours against rule engines and data frames',
  async run(progress) {
    const columns = derivationInputs(OWNERS, ROWS).map((input) => columnsFor(input, LAST_DAY));
    const figures: Figure[] = [];
    const notes: string[] = [];
    const bars: { label: string; value: number; low: number; high: number }[] = [];
    for (const count of [50, 500]) {
      const all = definitions(count).map((definition) => ({ ...definition, history: 0 }));
      const features = featuresOf(all);
      const engines = await ruleEngines(all, features);
      const facts = columns.map((of) => factsOf(features, of, LAST_DAY));
      const differing = await checkEqual(all, columns, facts, engines);
      const times = await interleaved(
        {
          ours: everyOther(columns, (of) => judge(all, of, FIRST_DAY, FINAL_DAY)),
          features: everyOther(columns, (of) => allDays(features, of)),
          ...Object.fromEntries(engines.map(({ name, evaluate }) => [name, everyOther(facts, evaluate)])),
        },
        {
          rounds: ROUNDS,
          sampleMs: 60,
          onRound: (round) => progress(`${count} definitions: round ${round} of ${ROUNDS}`),
        },
      );
      // The whole answer with another engine: our features of every day, then its rules on every day.
      const whole = (name: string) =>
        spreadOf(
          (times.get('ours') ?? []).map(
            (time, round) => (at(times, 'features', round) + DAYS * at(times, name, round)) / time,
          ),
        );
      const inTurn = engines
        .map(({ name }) => ({ name, all: whole(name), rules: perDay(ratioOf(times, name, 'ours')) }))
        .sort((a, b) => a.all.median - b.all.median);
      for (const [place, { name, all: spread, rules }] of inTurn.entries()) {
        const goal = place === 0 ? { atLeast: 10 } : undefined;
        figures.push(
          ratio(`${count} definitions: ${name} with our features`, '× our whole answer', spread, goal),
          ratio(
            `${count} definitions: ${name}, features given for nothing`,
            '× our whole answer, features included',
            rules,
          ),
        );
        bars.push({ label: `${count}: ${name}`, value: spread.median, low: spread.low, high: spread.high });
      }
      notes.push(
        `${count} definitions read ${features.length} features; verdicts of ${OWNERS} owners equal for ${engines.map(({ name }) => name).join(', ')}: ${differing} differ.`,
      );
    }
    const frames = await compareFrames(progress);
    if (missingPeers().length > 0) notes.push(`Not installed here and left out: ${missingPeers().join(', ')}.`);
    return {
      figures: [...figures, ...frames.figures],
      notes: [
        ...notes,
        `A whole answer judges ${DAYS} days of an owner of ${ROWS} rows. Ours goes from labelled rows to verdicts; the others are given our features of every day and judge each.`,
        ...frames.notes,
      ],
      charts: [
        {
          kind: 'bars',
          file: 'engines',
          title: 'Rule engines: the whole answer of an owner',
          axis: '× our time (logarithmic)',
          logarithmic: true,
          goal: 10,
          bars,
        },
        ...frames.charts,
      ],
    };
  },
};

function featuresOf(all: readonly Definition[]): Feature[] {
  const found = new Map<string, Feature>();
  for (const { enter } of all) for (const { feature } of conditionsOf(enter)) found.set(featureKey(feature), feature);
  return [...found.values()];
}

function factsOf(features: readonly Feature[], columns: Columns, day: number): Facts {
  return Object.fromEntries(
    features.map((feature, index) => {
      const value = valueOn(feature, columns, day);
      return [`f${index}`, value === null ? NOTHING : value === Number.POSITIVE_INFINITY ? NEVER : value];
    }),
  );
}

async function checkEqual(
  all: readonly Definition[],
  columns: readonly Columns[],
  facts: readonly Facts[],
  engines: readonly RuleEngine[],
): Promise<number> {
  for (const [owner, of] of columns.entries()) {
    const ours = judge(all, of, FIRST_DAY, FINAL_DAY)
      .map(({ enter }) => has(enter, LAST_DAY))
      .join();
    for (const { name, evaluate } of engines) {
      const theirs = (await evaluate(facts[owner]!)).join();
      if (theirs !== ours) throw new Error(`${name} judges owner ${owner} otherwise`);
    }
  }
  return 0;
}

/** One owner after another, so that no engine profits from one owner's caches. */
function everyOther<Item, Result>(items: readonly Item[], run: (item: Item) => Result): () => Result {
  let turn = 0;
  return () => run(items[turn++ % items.length]!);
}

/** The values of features on each day of the span. */
function allDays(features: readonly Feature[], columns: Columns): Float64Array[] {
  return features.map((feature) => {
    const values = new Float64Array(DAYS);
    const series = seriesOf(feature, columns);
    for (let day = 0; day < DAYS; day++) values[day] = series.on(FIRST_DAY + day) ?? NOTHING;
    return values;
  });
}

function at(times: Times, name: string, round: number): number {
  return (times.get(name) ?? [])[round]!;
}

function perDay({ median, low, high }: Spread): Spread {
  return { median: median * DAYS, low: low * DAYS, high: high * DAYS };
}
