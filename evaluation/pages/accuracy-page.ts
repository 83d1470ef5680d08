/** The generated parts of docs/explanation/accuracy.md: the figures of a measurement, and whether the goals are reached. */
import type { Parts } from '../../tools/docs/generated.ts';
import { DAYS, type Flapping, KEPT_ROWS } from '../scores/flapping.ts';
import type { GoldResult } from '../scores/gold.ts';
import type { LivesResult } from '../scores/lives.ts';
import { precision, share, type Tallies } from '../scores/scores.ts';
import type { VendorResult } from '../scores/vendor.ts';
import { asMarkdown, figure, percent, type Sheet } from './sheet.ts';
import * as sheets from './sheets.ts';

/** The name of the owners whose accounts are abroad; without it, the same ones at home. */
export const ABROAD = ', accounts abroad';

export function withoutAbroad(lives: sheets.Named<LivesResult>): sheets.Named<LivesResult> {
  return lives.filter(([name]) => !name.endsWith(ABROAD));
}

export type Measurement = {
  readonly vendor: VendorResult | undefined;
  /** Of each file of lines. */
  readonly gold: sheets.Named<GoldResult>;
  /** Of all lines of a split. */
  readonly goldBySplit: sheets.Named<GoldResult>;
  /** Of each kind of owners, all seeds together. */
  readonly lives: sheets.Named<LivesResult>;
  readonly bySeed: sheets.Named<LivesResult>;
  /** Of the labels that rows of owners give one another. */
  readonly streams: sheets.Named<Tallies>;
  readonly flapping: sheets.Named<Flapping>;
  readonly seeds: readonly number[];
};

const COVERAGE_GOALS = [
  ['covered before', 0.96],
  ['the seven new', 0.88],
  ['Nordic', 0.88],
] as const;

type Goal = { readonly of: string; readonly goal: string; readonly value: string; readonly reached: boolean };

export function accuracyParts(measurement: Measurement): Parts {
  const { vendor, gold, goldBySplit, lives, bySeed, streams, flapping, seeds } = measurement;
  const feeds = gold.filter(([name]) => name.endsWith('feeds'));
  const allLives = lives.map(([name, result]) => [`${name}, all`, result] as const);
  return {
    goals: asMarkdown(goalsSheet(goalsOf(measurement)), 2),
    lines: all([sheets.goldSheet(gold), sheets.coverageSheet(gold)]),
    'line-groups': all([
      sheets.goldGroupsSheet(gold, 'coverage'),
      sheets.goldGroupsSheet(gold, 'country'),
      sheets.goldGroupsSheet(gold, 'merchant'),
      sheets.goldGroupsSheet(feeds, 'shape'),
      sheets.evidenceSheet(goldBySplit),
      sheets.goldLabelsSheet(goldBySplit),
    ]),
    vendor: vendor ? asMarkdown(sheets.vendorSheet(vendor)) : '_Not measured: the data set was not at hand._',
    seeds: seeds.join(', '),
    owners: all([sheets.livesSheet([...allLives, ...bySeed])]),
    rows: all([sheets.streamsSheet(streams)]),
    'owner-groups': all([
      sheets.livesGroupsSheet(withoutAbroad(lives), 'profiles'),
      sheets.livesGroupsSheet(withoutAbroad(lives), 'countries'),
    ]),
    'profile-countries': all([sheets.profileCountriesSheet(lives.filter(([name]) => name.startsWith('sealed')))]),
    days: String(DAYS),
    'rows-kept': percent(KEPT_ROWS),
    flapping: all([
      sheets.flappingSheet(flapping),
      ...flapping.map(([name, result]) => sheets.flappingProfilesSheet(name, result)),
    ]),
  };
}

const all = (tables: readonly Sheet[]): string => tables.map((sheet) => asMarkdown(sheet)).join('\n');

function goalsOf({ gold, lives, flapping }: Measurement): Goal[] {
  const goals: Goal[] = [];
  const atLeast = (of: string, value: number, goal: number, show: (value: number) => string) =>
    goals.push({ of, goal: `at least ${show(goal)}`, value: show(value), reached: value >= goal });
  const atMost = (of: string, value: number, goal: number, show: (value: number) => string) =>
    goals.push({ of, goal: `at most ${show(goal)}`, value: show(value), reached: value <= goal });
  for (const [name, { all, groups }] of gold) {
    for (const [group, goal] of COVERAGE_GOALS) {
      const lines = groups.coverage.get(group);
      if (!lines) continue;
      atLeast(`lines all right, ${name}, countries ${group}`, share(lines.perfect, lines.lines), goal, percent);
    }
    atMost(`lines with a wrong label, ${name}`, share(all.wrong, all.lines), 0.01, percent);
  }
  for (const [name, { profiles, notSensitive }] of withoutAbroad(lives)) {
    for (const [which, tallies] of [
      ['all', profiles],
      ['no sensitive', notSensitive],
    ] as const) {
      atLeast(`macro-F1 of profiles, ${name}, ${which}`, tallies.macroF1, 0.97, figure);
      atLeast(`precision of profiles, ${name}, ${which}`, precision(tallies.sum), 0.97, figure);
    }
    const abroad = lives.find(([of]) => of === `${name}${ABROAD}`)?.[1];
    if (abroad) {
      const lost = profiles.macroF1 - abroad.profiles.macroF1;
      atMost(`macro-F1 lost with accounts abroad, ${name}`, lost, 0.01, figure);
    }
  }
  for (const [name, { kept, bare }] of flapping) {
    goals.push({
      of: `profiles that left and came back, ${name} owners`,
      goal: 'fewer with hysteresis than without',
      value: `${kept.returned} against ${bare.returned}`,
      reached: kept.returned < bare.returned,
    });
  }
  return goals;
}

function goalsSheet(goals: readonly Goal[]): Sheet {
  return {
    title: 'Goals',
    head: ['what', 'goal', 'measured', 'reached'],
    rows: goals.map(({ of, goal, value, reached }) => [of, goal, value, reached ? 'yes' : '**no**']),
  };
}
