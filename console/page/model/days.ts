/** Days as numbers, for drawing along them. */
const DAY_MS = 86_400_000;

export const dayNumber = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / DAY_MS;

export const isoDay = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);

/** From a first to a last day, both included. */
export type Range = { readonly from: number; readonly to: number };

/** The months that overlap a range, each with its number of days in it. */
export function monthsOf({ from, to }: Range): { readonly first: string; readonly days: number }[] {
  const months: { first: string; days: number }[] = [];
  for (let day = from; day <= to; day++) {
    const iso = isoDay(day);
    const last = months.at(-1);
    if (last?.first.slice(0, 7) === iso.slice(0, 7)) last.days++;
    else months.push({ first: iso, days: 1 });
  }
  return months;
}

type Span = { readonly from: string; readonly to: string; readonly profiles: readonly string[] };

/** When each profile applied: runs of days, joined where spans are adjacent. Profiles that never applied are left out. */
export function runsOf(spans: readonly Span[]): ReadonlyMap<string, readonly Range[]> {
  const runs = new Map<string, Range[]>();
  for (const span of spans) {
    const [from, to] = [dayNumber(span.from), dayNumber(span.to)];
    for (const profile of span.profiles) {
      const own = runs.get(profile) ?? [];
      const last = own.at(-1);
      if (last && last.to + 1 === from) own[own.length - 1] = { from: last.from, to };
      else own.push({ from, to });
      runs.set(profile, own);
    }
  }
  return runs;
}
