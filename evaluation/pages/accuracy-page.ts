/** docs/accuracy.md: the figures of a measurement, what they stand on, and whether the goals are reached. */
import { DAYS, type Flapping, KEPT_ROWS } from '../scores/flapping.ts';
import type { GoldResult } from '../scores/gold.ts';
import type { LivesResult } from '../scores/lives.ts';
import { precision, share, type Tallies } from '../scores/scores.ts';
import type { VendorResult } from '../scores/vendor.ts';
import { asMarkdown, figure, percent, type Sheet } from './sheet.ts';
import * as sheets from './sheets.ts';

/** What names the owners whose accounts are abroad; the same ones come without it. */
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
] as const;

type Goal = { readonly of: string; readonly goal: string; readonly value: string; readonly reached: boolean };

export function accuracyPage(measurement: Measurement): string {
  const { vendor, gold, goldBySplit, lives, bySeed, streams, flapping, seeds } = measurement;
  const page = [
    HEAD,
    asMarkdown(goalsSheet(goalsOf(measurement)), 2),
    `## Labels

Single lines, each judged by itself. _Right_, _wrong_ and _missed_ count labels; a label that can be defended but is not required
counts neither way. _All right_: every label that is expected and no other one. \`salary\`, \`regular wage\` and \`monthly\` need
other rows to be told and are not judged here.
`,
    ...[sheets.goldSheet(gold), sheets.coverageSheet(gold)].map((sheet) => asMarkdown(sheet)),
    `_Listed_ merchants are chains and institutions that a list can hold, _unlisted_ ones small merchants that only their words tell,
_none_ the bank's own words, wages, taxes and people.
`,
    ...[
      sheets.goldGroupsSheet(gold, 'coverage'),
      sheets.goldGroupsSheet(gold, 'country'),
      sheets.goldGroupsSheet(gold, 'merchant'),
      sheets.goldGroupsSheet(
        gold.filter(([name]) => name.endsWith('feeds')),
        'shape',
      ),
      sheets.evidenceSheet(goldBySplit),
      sheets.goldLabelsSheet(goldBySplit),
    ].map((sheet) => asMarkdown(sheet)),
    `## Labels of a data set with labels of its own

The reply of a bank-data vendor's demonstration bank in Poland, whose rows bear the vendor's labels. They are not ours to judge: some
are what the vendor's own conventions say, and a label that we add beside them is not wrong for that. Rules were written with these
rows in sight.
`,
    vendor ? asMarkdown(sheets.vendorSheet(vendor)) : '_Not measured: the data set was not at hand._\n',
    `## Profiles

Owners made up with known lives, sent through the same reading, joining and deriving as the service does, all sensitive profiles turned
on; seeds ${seeds.join(', ')} of each part. How many right, wrong and missed ones there are counts profiles of owners.
`,
    asMarkdown(sheets.livesSheet([...lives.map(([name, result]) => [`${name}, all`, result] as const), ...bySeed])),
    `_Accounts abroad_: the same owners, each with accounts that a Lithuanian, Belgian or German bank keeps in the currency that they had.
_Field_: owners in 18 countries; their friends have the names of brands and trades, their employers are banks, insurers, brokers and
supermarkets, money only moves (changed between pockets, a card's bill, debits that bounce, wages taken back, goods sent back), and
statements print the party in the title. _No sensitive_: as for a client that switched no sensitive profile on.
`,
    asMarkdown(sheets.streamsSheet(streams)),
    `\`internal\` is right on money that only moves, \`regular wage\` on a wage, \`monthly\` on what was planned by the month: a shop that is
visited again after a month for about the same amount counts as wrong.
`,
    asMarkdown(sheets.livesGroupsSheet(withoutAbroad(lives), 'profiles')),
    asMarkdown(sheets.livesGroupsSheet(withoutAbroad(lives), 'countries')),
    `## Coming and going

A profile that goes today and comes back next week is of no use. Over the last ${DAYS} days of the open owners: how many profiles are
entered and left for each day that an owner has a profile, with the definitions as they are and with the same definitions without
hysteresis (\`stay\` the same as \`enter\`, nothing held). Entering and leaving for good is in both figures; what hysteresis is for
is those that left and came back. Generated owners are clearly in or out of a profile and hardly ever flap; so the same is measured on
them _thinned_: ${percent(KEPT_ROWS)} of their rows, drawn at random, which makes habits about as strong as the thresholds ask for.
`,
    asMarkdown(sheets.flappingSheet(flapping)),
    ...flapping.map(([name, result]) => asMarkdown(sheets.flappingProfilesSheet(name, result))),
  ].join('\n');
  return wrapped(page);
}

/** Longest line of prose on the page. */
const WIDTH = 118;
/** What is not broken: words, and code with blanks in it. */
const WORDS = /(?:`[^`]*`|\S)+/g;

/** Fills the lines of paragraphs; tables and headings stay. */
function wrapped(page: string): string {
  const isProse = (block: string) => !/^(\||#)/.test(block);
  return page
    .split('\n\n')
    .map((block) =>
      isProse(block)
        ? filled((block.match(WORDS) ?? []).map((word) => word.replace(/\s+/g, ' '))) +
          (block.endsWith('\n') ? '\n' : '')
        : block,
    )
    .join('\n\n');
}

function filled(words: readonly string[]): string {
  let text = '';
  let width = 0;
  for (const word of words) {
    const fits = width + 1 + word.length <= WIDTH;
    text += width === 0 ? word : fits ? ` ${word}` : `\n${word}`;
    width = width > 0 && fits ? width + 1 + word.length : word.length;
  }
  return text;
}

const HEAD = `# Accuracy

How right labels and profiles are, as \`npm run evaluate -- --sealed\` measured it; it writes this page. \`npm run evaluate\` alone measures
the open data and shows every error in it.

**What these figures are not.** No real customer is in them. The owners are synthetic: generated lives whose profiles follow from
what their rows were made to be ([how](../evaluation/lives/README.md)), each clearly in or clearly out of every profile;
people in between are not measured. The single lines were written and labelled by one annotator of the project from
knowledge of what banks print, not taken from real accounts, and nobody read them a second time
([how](../evaluation/gold/README.md)). Figures on real accounts are likely to be lower; how much, only labelled real
accounts can say.

**Open and sealed.** Rules and thresholds were written with the open data in sight. Whoever writes them must not look at the sealed data,
and so the sealed figures are the ones that count. Sealed lines and owners have the form of the open ones, but other merchants and other
words. The habits and the near misses of owners come from the same generator in both, and the thresholds were set between what it
calls clearly in and clearly out; so what sealed owners test is words and merchants far more than thresholds.
`;

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
