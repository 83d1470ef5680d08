/** From the pieces of one account to the days that are sent, and to the rows that are not. */
import { type Day, formatDay } from '../domain/values/day.ts';
import { chainsOf, contentOf } from './chains.ts';
import { balancesAlong, type Piece, type Row } from './pieces.ts';
import type { Transaction } from './statement.ts';

/** Rows of a day that cannot be shown to be whole. */
export type LeftOut = {
  readonly day: Day;
  readonly piece: Piece;
  readonly rows: number;
  /** None of them is booked. */
  readonly pending: boolean;
  readonly reason: 'starts' | 'ends' | 'inside' | 'disagree';
};

type MadeAt = (files: readonly number[]) => string | undefined;

/** A day that is sent, with what one piece holds of it. */
type WholeDay = { readonly day: Day; readonly rows: readonly Row[]; readonly importedAt: string | undefined };

/** What a piece holds of a day. */
type Version = { readonly piece: Piece; readonly rows: Row[] };

export function daysOf(
  pieces: readonly Piece[],
  madeAt: MadeAt,
  allDaysWhole: boolean,
): { whole: WholeDay[]; leftOut: LeftOut[] } {
  const byDay = new Map<Day, Version[]>();
  for (const piece of shownByBalance(chainsOf(different(pieces)))) {
    for (let day = piece.from; day <= piece.to; day++) versionOf(byDay, day, piece);
    for (const row of piece.rows) versionOf(byDay, row.day, piece).rows.push(row);
  }
  const whole: WholeDay[] = [];
  const leftOut: LeftOut[] = [];
  for (const [day, versions] of [...byDay].sort(([a], [b]) => a - b)) {
    const best = wholeVersion(day, versions, madeAt);
    if (best) whole.push({ day, rows: best.rows, importedAt: madeAt(best.piece.files) });
    else if (allDaysWhole || isLikely(day, versions)) whole.push(together(day, versions, madeAt));
    else for (const version of versions) for (const left of leftOutOf(day, version)) leftOut.push(left);
  }
  return { whole, leftOut };
}

/** Whether an export that gives whole days is the only one that holds rows of this day. */
function isLikely(day: Day, versions: readonly Version[]): boolean {
  const likely = versions.length === 1 ? versions[0]?.piece.likely : undefined;
  return likely !== undefined && likely.from <= day && day <= likely.to;
}

/** A statement that was given twice counts once, and as made when the later of its files was. */
function different(pieces: readonly Piece[]): Piece[] {
  const byContent = new Map<string, Piece>();
  for (const piece of pieces) {
    const content = contentOf(piece);
    const same = byContent.get(content);
    byContent.set(content, same ? { ...same, files: [...new Set([...same.files, ...piece.files])] } : piece);
  }
  return [...byContent.values()];
}

/**
 * A bank that dates its opening balance on the day of the first row leaves open whether that day is whole. It is when
 * the statement before ends on an earlier day with the same balance.
 */
function shownByBalance(pieces: readonly Piece[]): Piece[] {
  const closings = pieces.flatMap(({ closing }) => closing ?? []).sort((a, b) => a.on - b.on);
  return pieces.map((piece) => {
    const first = piece.rows[0]?.day;
    const isPage = (piece.firstPage?.number ?? 1) > 1;
    if (!piece.startsInside || isPage || first === undefined || piece.from !== first + 1) return piece;
    const before = closings.findLast(({ on }) => on < first);
    return before && before.amount === piece.opening?.amount ? { ...piece, from: first, startsInside: false } : piece;
  });
}

function versionOf(byDay: Map<Day, Version[]>, day: Day, piece: Piece): Version {
  const versions = byDay.get(day) ?? [];
  if (versions.length === 0) byDay.set(day, versions);
  const last = versions.at(-1);
  if (last?.piece === piece) return last;
  const version = { piece, rows: [] };
  versions.push(version);
  return version;
}

/**
 * The version that holds the day whole. Several may say so, when one was made earlier than a bank booked its last row:
 * the one with most rows is right, as long as it holds the rows of all others.
 */
function wholeVersion(day: Day, versions: readonly Version[], madeAt: MadeAt): Version | undefined {
  const instant = ({ piece }: Version) => Date.parse(madeAt(piece.files) ?? '9999-12-31');
  const [best] = versions
    .filter(({ piece }) => piece.from <= day && day <= piece.to)
    .sort((a, b) => b.rows.length - a.rows.length || instant(b) - instant(a) || detail(b) - detail(a));
  return best && versions.every((version) => version === best || holds(best, version, day)) ? best : undefined;
}

/** How much is written in the rows: of two formats of one bank, one has longer texts. */
function detail({ rows }: Version): number {
  return rows.reduce((sum, { key }) => sum + key.length, 0);
}

function holds(best: Version, part: Version, day: Day): boolean {
  const counts = new Map<bigint, number>();
  for (const { amount } of best.rows) counts.set(amount, (counts.get(amount) ?? 0) + 1);
  for (const { amount } of part.rows) {
    const left = counts.get(amount) ?? 0;
    // A pending row may have been booked, or withdrawn, since.
    if (left === 0 && amount !== 0n) return false;
    counts.set(amount, left - 1);
  }
  const { opening, rows } = part.piece;
  if (!part.piece.startsInside || !opening || rows[0]?.day !== day) return true;
  return balancesAlong(best.piece)?.includes(opening.amount) ?? true;
}

/** All rows of a day, each as often as the version that has it most often. */
function together(day: Day, versions: readonly Version[], madeAt: MadeAt): WholeDay {
  const rows: Row[] = [];
  for (const version of versions) {
    const counts = Map.groupBy(rows, ({ key }) => key);
    for (const [key, same] of Map.groupBy(version.rows, (row) => row.key)) {
      for (const row of same.slice(counts.get(key)?.length ?? 0)) rows.push(row);
    }
  }
  return { day, rows, importedAt: madeAt(versions.flatMap(({ piece }) => piece.files)) };
}

function leftOutOf(day: Day, { piece, rows }: Version): LeftOut[] {
  if (rows.length === 0) return [];
  const pending = rows.every(({ transaction }) => transaction.status === 'PENDING');
  return [{ day, piece, rows: rows.length, pending, reason: reasonOf(day, piece) }];
}

function reasonOf(day: Day, { from, to }: Piece): LeftOut['reason'] {
  if (from <= day && day <= to) return 'disagree';
  if (from > to) return 'inside';
  return day < from ? 'starts' : 'ends';
}

type Stretch = {
  readonly importedAt?: string | undefined;
  readonly covers?: { readonly from: string; readonly to: string };
  readonly transactions: readonly Transaction[];
};

/** The longest that an import may cover (contract, section 3). */
const MOST_DAYS = 4018;

/** Unbroken runs of days that were made at one instant; one that says nothing when there is neither a day nor a row. */
export function stretchesOf(days: readonly WholeDay[], pieces: readonly Piece[], madeAt: MadeAt): Stretch[] {
  if (days.length === 0 && pieces.every(({ rows }) => rows.length === 0)) {
    return [{ importedAt: madeAt(pieces.flatMap(({ files }) => files)), transactions: [] }];
  }
  const stretches: WholeDay[][] = [];
  for (const day of days) {
    const last = stretches.at(-1);
    const before = last?.at(-1);
    const goesOn = before && before.day + 1 === day.day && before.importedAt === day.importedAt;
    if (last && goesOn && last.length < MOST_DAYS) last.push(day);
    else stretches.push([day]);
  }
  return stretches.map((stretch) => ({
    importedAt: stretch[0]?.importedAt,
    covers: { from: formatDay(stretch[0]!.day), to: formatDay(stretch.at(-1)!.day) },
    transactions: stretch.flatMap(({ rows }) => rows.map(({ transaction }) => transaction)),
  }));
}
