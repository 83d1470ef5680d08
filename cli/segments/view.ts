/** Segments for people: sizes and how they changed, and how profiles overlap. */
import type {
  CountsView,
  DistributionView,
  SnapshotView,
  UnlabelledView,
} from '../../functions/contracts/http/segments.ts';
import { parseDay } from '../../functions/domain/values/day.ts';
import { counted, shareText } from '../catalogue/preview-view.ts';
import { safe, styled, table } from '../terminal.ts';
import { sampleText } from './sample.ts';

const BARS = '▁▂▃▄▅▆▇█';
const LONGEST_LINE = 30;

/** Finished snapshots by day, the latest of each, newest first. */
export function latestOfDays(snapshots: readonly SnapshotView[]): SnapshotView[] {
  const byDay = new Map<string, SnapshotView>();
  for (const snapshot of snapshots) {
    if (snapshot.status === 'finished' && !byDay.has(snapshot.asOf)) byDay.set(snapshot.asOf, snapshot);
  }
  return [...byDay.values()].sort((a, b) => (a.asOf < b.asOf ? 1 : -1));
}

/** The profiles of a snapshot by size, with their change since the snapshots of earlier days. */
export function sizesText(snapshots: readonly SnapshotView[], all: boolean): string {
  const days = latestOfDays(snapshots);
  const [latest] = days;
  if (!latest) return 'there is no finished snapshot';
  const before = (daysAgo: number) =>
    days.find(({ asOf }) => (parseDay(asOf) ?? 0) <= (parseDay(latest.asOf) ?? 0) - daysAgo);
  const line = days.slice(0, LONGEST_LINE).reverse();
  const shown = [...latest.profiles]
    .filter(({ members }) => all || members > 0)
    .sort((a, b) => b.members - a.members || (a.profile < b.profile ? -1 : 1));
  const rows = shown.map(({ profile, members, notJudged }) => [
    safe(profile),
    counted(members).padStart(9),
    shareText(members, latest.owners).padStart(7),
    changeSince(before(1), profile, members).padStart(9),
    changeSince(before(30), profile, members).padStart(9),
    notJudged === 0 ? '' : counted(notJudged).padStart(15),
    line.length > 1 ? sparkline(line.map((snapshot) => sizeOf(snapshot, profile))) : bar(members, latest.owners),
  ]);
  const trend = line.length > 1 ? `${line.length} days` : '';
  return table(['profile', 'owners', 'share', '1 day', '30 days', 'too little data', trend], rows);
}

function sizeOf({ profiles }: SnapshotView, name: string): number {
  return profiles.find(({ profile }) => profile === name)?.members ?? 0;
}

function changeSince(before: SnapshotView | undefined, profile: string, members: number): string {
  if (!before) return '–';
  const change = members - sizeOf(before, profile);
  if (change === 0) return '0';
  return change > 0 ? styled('green', `+${counted(change)}`) : styled('red', counted(change));
}

function bar(part: number, whole: number): string {
  return '█'.repeat(Math.round((part / Math.max(1, whole)) * 20));
}

/** From the least to the greatest value; a constant line is in the middle. */
export function sparkline(values: readonly number[]): string {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const level = (value: number) =>
    greatest === least ? 3 : Math.round(((value - least) / (greatest - least)) * (BARS.length - 1));
  return values.map((value) => BARS.charAt(level(value))).join('');
}

export type Overlap = { readonly profile: string; readonly counts: CountsView };

/** How many owners of each row also have the profile of each column. */
export function overlapText(rows: readonly Overlap[]): string {
  const names = rows.map(({ profile }) => profile);
  const cells = rows.map(({ profile, counts: { total, profiles = [] } }) => [
    safe(profile),
    counted(total).padStart(7),
    ...names.map((name) => {
      const owners = profiles.find((one) => one.profile === name)?.owners ?? 0;
      return name === profile ? styled('dim', '·') : percent(owners, total);
    }),
  ]);
  return table(['of those with …', 'owners', ...names.map((name) => safe(name))], cells);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((part / whole) * 100)} %`;
}

/** Snapshots one below the other. */
export function snapshotsText(snapshots: readonly SnapshotView[]): string {
  const rows = snapshots.map(({ snapshotId, status, asOf, owners, slices, features, unlabelled, sample }) => [
    safe(snapshotId),
    safe(asOf),
    status === 'running' ? `running, ${slices.done} of ${slices.total || '?'}` : safe(status),
    counted(owners).padStart(9),
    [
      features.length > 0 ? `${features.length} ${features.length === 1 ? 'feature' : 'features'}` : '',
      unlabelled ? 'merchants' : '',
      sampleText(sample),
    ]
      .filter(Boolean)
      .join(', '),
  ]);
  return table(['snapshot', 'day', 'status', 'owners', 'keeps'], rows);
}

/** Bins one below the other, each with the owners that a threshold at its start would include; then the quantiles. */
export function distributionText({ owners, missing, quantiles, histogram, atLeast }: DistributionView): string {
  const most = Math.max(...histogram.map((bin) => bin.owners));
  const beyond = new Map(atLeast.map((one) => [one.value, one.owners]));
  const bins = histogram.map(({ from, to, owners: inBin }, index) => {
    const orMore = beyond.get(from);
    return [
      `${from} to ${index === histogram.length - 1 ? '' : 'under '}${to}`,
      counted(inBin).padStart(9),
      orMore === undefined ? '' : counted(orMore).padStart(9),
      orMore === undefined ? '' : shareText(orMore, owners + missing).padStart(7),
      bar(inBin, most),
    ];
  });
  const named = Object.entries(quantiles).sort(([a], [b]) => Number(a) - Number(b));
  return [
    table(['value', 'owners', 'or more', 'of all', ''], bins),
    table(
      named.map(([quantile]) => QUANTILE_NAMES[quantile] ?? `${Number(quantile) * 100} %`),
      [named.map(([, value]) => String(value))],
    ),
  ].join('\n');
}

const QUANTILE_NAMES: Readonly<Record<string, string>> = { 0: 'least', '0.5': 'median', 1: 'most' };

type Merchant = UnlabelledView['merchants'][number];
const NO_MERCHANTS = 'no merchant without a label has enough owners to be listed';
const MERCHANT_HEAD = ['merchant', 'owners', 'payments', 'altogether'];
const merchantCells = ({ text, owners, transactions, total }: Merchant): string[] => [
  safe(text),
  counted(owners).padStart(9),
  counted(transactions).padStart(9),
  total.padStart(15),
];

/** Merchants without a label, those of most owners first. */
export function unlabelledText({ merchants }: UnlabelledView): string {
  return merchants.length === 0 ? NO_MERCHANTS : table(MERCHANT_HEAD, merchants.map(merchantCells));
}

/** The same with numbers to pick by. */
export function numberedText(merchants: readonly Merchant[]): string {
  if (merchants.length === 0) return NO_MERCHANTS;
  return table(
    ['', ...MERCHANT_HEAD],
    merchants.map((one, at) => [String(at + 1), ...merchantCells(one)]),
  );
}

const MOST_COVERED = 10;

/** For each pattern the merchants that it covers, those of most owners first. */
export function coveredText(covered: readonly { pattern: string; merchants: readonly Merchant[] }[]): string {
  const rows = covered.flatMap(({ pattern, merchants }) => {
    if (merchants.length === 0) return [[safe(pattern), styled('dim', 'none'), '', '', '']];
    const shown = merchants.slice(0, MOST_COVERED).map((one) => ['', ...merchantCells(one)]);
    const rest = merchants.length - shown.length;
    const more = rest > 0 ? [['', styled('dim', `and ${counted(rest)} more`), '', '', '']] : [];
    return [...shown, ...more].map(([, ...cells], at) => [at === 0 ? safe(pattern) : '', ...cells]);
  });
  return table(['words', ...MERCHANT_HEAD], rows);
}
