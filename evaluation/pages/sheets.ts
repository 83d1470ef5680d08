/** The tables of a measurement. Open data is shown beside sealed data; cases are shown of the open part alone. */
import { type Flapping, rateOf } from '../scores/flapping.ts';
import type { GoldError, GoldResult, Grouping, Lines } from '../scores/gold.ts';
import { joined, type LivesResult } from '../scores/lives.ts';
import { f1, precision, recall, share, type Tallies, type Tally } from '../scores/scores.ts';
import type { VendorResult } from '../scores/vendor.ts';
import { figure, percent, type Sheet } from './sheet.ts';

/** A measurement of a part of the data, `open` or `sealed`, or of one seed of it. */
export type Named<Result> = readonly (readonly [string, Result])[];

const SCORE_HEAD = ['precision', 'recall', 'F1', 'right', 'wrong', 'missed'];

export function vendorSheet({ rows, labels, unknown }: VendorResult): Sheet {
  return {
    title: `Labels of the ${rows} transactions of the data set against those that came with it`,
    head: ['label', ...SCORE_HEAD],
    rows: [...labels.entries.map(([label, tally]) => [label, ...scores(tally)]), ['all', ...scores(labels.sum)]],
    ...(unknown.length > 0 && { note: `Not in the catalogue, so not counted: ${unknown.join(', ')}.` }),
  };
}

export function goldSheet(parts: Named<GoldResult>): Sheet {
  return {
    title: 'Labels of single lines',
    head: ['lines', 'number', ...SCORE_HEAD.slice(0, 3), 'macro-F1', 'all right', 'with a wrong label'],
    rows: parts.map(([name, { all, labels }]) => [
      name,
      String(all.lines),
      ...scores(labels.sum).slice(0, 3),
      figure(labels.macroF1),
      percent(share(all.perfect, all.lines)),
      percent(share(all.wrong, all.lines)),
    ]),
  };
}

export function coverageSheet(parts: Named<GoldResult>): Sheet {
  return {
    title: 'Coverage and abstention',
    head: ['lines', 'with a label', 'deserve a label, got none', 'deserve none, got none'],
    rows: parts.map(([name, { all, silent, nothing }]) => [
      name,
      percent(share(all.labelled, all.lines)),
      percent(share(silent, all.lines - nothing.lines)),
      percent(share(nothing.silent, nothing.lines)),
    ]),
  };
}

const GROUPING_TITLES: Readonly<Record<Grouping, string>> = {
  merchant: 'By kind of merchant',
  country: 'By country',
  coverage: 'By when the country came to the catalogue',
  shape: 'By shape of the line',
};

export function goldGroupsSheet(parts: Named<GoldResult>, by: Grouping): Sheet {
  return {
    title: GROUPING_TITLES[by],
    head: [by, ...columns(parts, ['lines', 'all right', 'wrong label'])],
    rows: names(parts.map(([, { groups }]) => [...groups[by].keys()])).map((name) => [
      name,
      ...parts.flatMap(([, { groups }]) => lineFigures(groups[by].get(name))),
    ]),
  };
}

/** How many of the given labels are right, by kind of evidence. */
export function evidenceSheet(parts: Named<GoldResult>): Sheet {
  return reliabilitySheet(
    'Reliability by kind of evidence',
    'evidence',
    parts.map(([name, { evidence }]) => [name, evidence]),
  );
}

/** The same for labels that rows give one another. */
export function streamsSheet(parts: Named<Tallies>): Sheet {
  return reliabilitySheet('Reliability of what rows say together', 'label', parts);
}

function reliabilitySheet(title: string, first: string, parts: Named<Tallies>): Sheet {
  const each = parts.map(([, tallies]) => new Map(tallies.entries));
  return {
    title,
    head: [first, ...columns(parts, ['labels given', 'right'])],
    rows: names(each.map((part) => [...part.keys()])).map((name) => [
      name,
      ...each.flatMap((part) => {
        const tally = part.get(name);
        return tally ? [String(tally.hits + tally.wrong), percent(precision(tally))] : ['0', ''];
      }),
    ]),
  };
}

export function goldLabelsSheet(parts: Named<GoldResult>): Sheet {
  return talliesSheet(
    'By label',
    'label',
    parts.map(([name, { labels }]) => [name, labels]),
  );
}

export function livesSheet(parts: Named<LivesResult>): Sheet {
  return {
    title: 'Profiles of generated owners',
    head: [
      'owners',
      'number',
      'exactly right',
      ...SCORE_HEAD,
      'macro-F1',
      'precision, no sensitive',
      'macro-F1, no sensitive',
    ],
    rows: parts.map(([name, { owners, exact, profiles, notSensitive }]) => [
      name,
      String(owners),
      percent(share(exact, owners)),
      ...scores(profiles.sum),
      figure(profiles.macroF1),
      figure(precision(notSensitive.sum)),
      figure(notSensitive.macroF1),
    ]),
  };
}

export function livesGroupsSheet(parts: Named<LivesResult>, by: 'profiles' | 'countries'): Sheet {
  return talliesSheet(
    by === 'profiles' ? 'By profile' : 'By country',
    by === 'profiles' ? 'profile' : 'country',
    parts.map(([name, result]) => [name, result[by]]),
  );
}

/** Of all these owners together. */
export function profileCountriesSheet(parts: Named<LivesResult>): Sheet {
  const { profilesByCountry } = joined(parts.map(([, result]) => result));
  const cells = new Map(profilesByCountry.entries);
  const places = [...cells.keys()].map((name) => name.split(' ') as [string, string]);
  const [profiles, countries] = [0, 1].map((at) => [...new Set(places.map((place) => place[at]!))].sort());
  return {
    title: 'By profile and country',
    head: ['profile', ...countries!],
    rows: profiles!.map((profile) => [
      profile,
      ...countries!.map((country) => {
        const tally = cells.get(`${profile} ${country}`);
        return tally ? `${tally.hits} ${tally.wrong} ${tally.missed}` : '';
      }),
    ]),
    note: `Owners with the profile who got it, owners who got it wrongly, and owners who were missed.`,
  };
}

export function flappingSheet(parts: Named<Flapping>): Sheet {
  return {
    title: 'Coming and going',
    head: ['owners, definitions', 'changes per member and day', 'entered', 'left', 'left and came back', 'member days'],
    rows: parts.flatMap(([name, { kept, bare }]) =>
      (
        [
          [`${name}, as they are`, kept],
          [`${name}, without hysteresis`, bare],
        ] as const
      ).map(([which, changes]) => [
        which,
        percent3(rateOf(changes)),
        ...[changes.entered, changes.left, changes.returned, changes.memberDays].map(String),
      ]),
    ),
  };
}

export function flappingProfilesSheet(name: string, { byProfile }: Flapping): Sheet {
  return {
    title: `Left and came back, by profile (${name})`,
    head: ['profile', 'as it is', 'without hysteresis'],
    rows: [...byProfile]
      .filter(([, { kept, bare }]) => kept.returned + bare.returned > 0)
      .sort(([, a], [, b]) => b.kept.returned - a.kept.returned || b.bare.returned - a.bare.returned)
      .map(([id, { kept, bare }]) => [id, String(kept.returned), String(bare.returned)]),
  };
}

export function vendorCases({ errors }: VendorResult): Sheet {
  return {
    title: 'Labels of the data set that differ',
    head: ['amount', 'title', 'missed', 'added'],
    rows: errors.map(({ amount, title, missed, added }) => [amount, title, missed.join(', '), added.join(', ')]),
  };
}

/** Lines with wrong results, each as one line of text: the line, the expected result, the errors. */
export function goldCases(errors: readonly GoldError[]): string {
  return [...errors]
    .sort((a, b) => (a.line.country < b.line.country ? -1 : a.line.country > b.line.country ? 1 : 0))
    .map(({ line, missed, wrong }) => {
      const texts = [line.title, line.party, line.kind, line.merchantCategoryCode].filter((text) => text !== undefined);
      const faults = [
        missed.length > 0 ? `missed: ${missed.join(', ')}` : '',
        wrong.length > 0 ? `wrong: ${wrong.join(', ')}` : '',
      ].filter((text) => text !== '');
      const expected = line.labels.length > 0 ? line.labels.join(', ') : 'none';
      return `${line.country}  ${line.currencyAmount}  ${texts.join(' / ')}  → ${expected}  ✗ ${faults.join('; ')}\n`;
    })
    .join('');
}

export function livesCases(parts: Named<LivesResult>): Sheet {
  return {
    title: 'Open owners that came out otherwise',
    head: ['owner', 'profile', '', 'missing, or what made it', 'story'],
    rows: parts.flatMap(([name, { errors }]) =>
      errors.map(({ owner, profile, kind, because, story }) => [`${name} ${owner}`, profile, kind, because, story]),
    ),
  };
}

function talliesSheet(title: string, first: string, parts: Named<Tallies>): Sheet {
  const each = parts.map(([, tallies]) => new Map(tallies.entries));
  return {
    title,
    head: [first, ...columns(parts, ['precision', 'recall', 'F1', 'number'])],
    rows: names(each.map((part) => [...part.keys()])).map((name) => [
      name,
      ...each.flatMap((part) => {
        const tally = part.get(name);
        return tally ? [...scores(tally).slice(0, 3), String(tally.hits + tally.missed)] : ['', '', '', '0'];
      }),
    ]),
  };
}

function columns(parts: Named<unknown>, of: readonly string[]): string[] {
  return parts.flatMap(([name]) => of.map((column) => (parts.length > 1 ? `${name}: ${column}` : column)));
}

function names(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort();
}

function scores(tally: Tally): string[] {
  const { hits, wrong, missed } = tally;
  return [
    figure(precision(tally)),
    figure(recall(tally)),
    figure(f1(tally)),
    String(hits),
    String(wrong),
    String(missed),
  ];
}

function lineFigures(group: Lines | undefined): string[] {
  if (!group) return ['0', '', ''];
  return [String(group.lines), percent(share(group.perfect, group.lines)), percent(share(group.wrong, group.lines))];
}

/** 0.052 % */
export function percent3(value: number): string {
  return `${(100 * value).toFixed(3)} %`;
}
