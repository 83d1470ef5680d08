/** Facts about segments that follow from their snapshots alone. */
import type { Schemas } from '../api/schema-types.ts';

export type Snapshot = Schemas['Snapshot'];
export type Since = 'previous' | 'day' | 'month';

const DAYS: Readonly<Record<Since, number>> = { previous: 0, day: 1, month: 30 };
const DAY_MS = 86_400_000;

/** The newest finished snapshot that is older by at least this span, counted in days because one is taken every night. */
export function earlier(snapshots: readonly Snapshot[], of: Snapshot, since: Since): Snapshot | undefined {
  const latest = Date.parse(of.asOf) - DAYS[since] * DAY_MS;
  return snapshots.find(
    (each) =>
      each.status === 'finished' &&
      each.snapshotId !== of.snapshotId &&
      each.startedAt < of.startedAt &&
      Date.parse(each.asOf) <= latest,
  );
}

/** How many owners had each profile, from the oldest snapshot to the newest. */
export function trends(snapshots: readonly Snapshot[]): ReadonlyMap<string, readonly number[]> {
  const oldestFirst = snapshots.filter(({ status }) => status === 'finished').toReversed();
  const names = new Set(oldestFirst.flatMap(({ profiles }) => profiles.map(({ profile }) => profile)));
  const sizes = oldestFirst.map(({ profiles }) => new Map(profiles.map((each) => [each.profile, each.members])));
  return new Map([...names].map((name) => [name, sizes.flatMap((size) => size.get(name) ?? [])]));
}

/** How many owners are in each region of two or three circles, from the totals of each and of their overlaps. */
export function regions(totals: Readonly<Record<string, number>>, names: readonly string[]) {
  const of = (...parts: readonly string[]) => totals[parts.join(' & ')] ?? 0;
  // Rounded counts need not add up: a region is never below zero.
  const some = (value: number) => Math.max(0, value);
  const [a = '', b = '', c] = names;
  if (c === undefined) {
    return { a: some(of(a) - of(a, b)), b: some(of(b) - of(a, b)), ab: of(a, b) };
  }
  const abc = of(a, b, c);
  return {
    a: some(of(a) - of(a, b) - of(a, c) + abc),
    b: some(of(b) - of(a, b) - of(b, c) + abc),
    c: some(of(c) - of(a, c) - of(b, c) + abc),
    ab: some(of(a, b) - abc),
    ac: some(of(a, c) - abc),
    bc: some(of(b, c) - abc),
    abc,
  };
}

/** What must be counted for the regions, beside the totals of each. */
export function sharedBy([a = '', b = '', c]: readonly string[]): readonly string[] {
  return c === undefined ? [`${a} & ${b}`] : [`${a} & ${b}`, `${a} & ${c}`, `${b} & ${c}`, `${a} & ${b} & ${c}`];
}
