/** What both stored forms of a page have in common: which import each of its days is from. */
import { type DayStatement, type Row, SOURCES, type Stamp } from '../../domain/ledger/ledger.ts';
import type { Day } from '../../domain/values/day.ts';

export const TEXT_COLUMNS = [
  'party',
  'partyIban',
  'kind',
  'merchantCategoryCode',
  'bankTransactionCode',
  'transactionId',
] as const;

/** Days of one import, as runs. */
export type Told = {
  stamps: [importedAt: number, importId: string, source: number][];
  /** First day, number of days, place in `stamps`. */
  runs: [Day, number, number][];
};

export type DraftDays = Map<Day, DayStatement & { rows: Row[] }>;

/** The days, still without rows. */
export function daysOf({ stamps, runs }: Told): DraftDays {
  const told = stamps.map(
    ([importedAt, importId, source]): Stamp => ({ importedAt, importId, source: SOURCES[source]! }),
  );
  const days: DraftDays = new Map();
  for (const [first, count, stamp] of runs) {
    for (let day = first; day < first + count; day++) days.set(day, { stamp: told[stamp]!, rows: [] });
  }
  return days;
}

export function addRun(runs: Told['runs'], day: Day, stamp: number): void {
  const last = runs.at(-1);
  if (last && last[0] + last[1] === day && last[2] === stamp) last[1]++;
  else runs.push([day, 1, stamp]);
}

export function stampsInto(stamps: Told['stamps']): (stamp: Stamp) => number {
  const known = new Map<string, number>();
  let last: { readonly stamp: Stamp; readonly at: number } | undefined;
  return (stamp) => {
    // Most often one import covers consecutive days.
    if (stamp === last?.stamp) return last.at;
    const key = `${stamp.importedAt}|${stamp.source}|${stamp.importId}`;
    const at = known.get(key) ?? stamps.push([stamp.importedAt, stamp.importId, SOURCES.indexOf(stamp.source)]) - 1;
    known.set(key, at);
    last = { stamp, at };
    return at;
  };
}
