/**
 * Pages: the ledger cut by month and account, which is how it is stored. Joining imports into pages is pure.
 */
import { type Day, firstDayOf, lastDayOf, type Month, monthOf, monthsIn } from '../values/day.ts';
import { type Account, accountKey, compareStatements, type DayStatement, type Import, statementOf } from './ledger.ts';

/** One month of one account; `days` holds a statement for each day that some import covers. */
export type Page = {
  readonly account: Account;
  readonly month: Month;
  readonly days: ReadonlyMap<Day, DayStatement>;
};

/** The part of a ledger that still counts. */
export type Bounds = {
  /** Statements of imports made at this instant or before were erased; milliseconds since 1970. */
  readonly erasedAt: number;
  /** Months before this one are past their retention. */
  readonly firstMonth: Month;
};

export type Joined = {
  /** Every page after the join, those without a day left out. */
  readonly pages: readonly Page[];
  /** The pages that differ from what was given: `page.days` may be empty, which means that the page is to go. */
  readonly changed: readonly Page[];
};

/** Identity of a page within its owner. */
export function pageKey(account: Account, month: Month): string {
  return `${month}|${accountKey(account)}`;
}

/**
 * Joins imports into pages. `pages` must hold all stored pages of the months that the imports touch. Days that do not count any more are
 * left out of the result, so that the next writer cleans a page written before an erasure.
 */
export function joinPages(pages: readonly Page[], imports: readonly Import[], bounds: Bounds): Joined {
  const drafts = new Map<string, { account: Account; month: Month; days: Map<Day, DayStatement>; changed: boolean }>();
  for (const page of pages) {
    const days = new Map<Day, DayStatement>();
    for (const [day, statement] of page.days) if (counts(statement, bounds)) days.set(day, statement);
    const changed = days.size !== page.days.size;
    drafts.set(pageKey(page.account, page.month), { account: page.account, month: page.month, days, changed });
  }
  for (const { stamp, accounts } of imports) {
    for (const told of accounts) {
      const from = Math.max(told.from, firstDayOf(bounds.firstMonth));
      for (let month = monthOf(from); firstDayOf(month) <= told.to; month++) {
        const key = pageKey(told.account, month);
        const draft = drafts.get(key) ?? { account: told.account, month, days: new Map(), changed: false };
        drafts.set(key, draft);
        const last = Math.min(told.to, lastDayOf(month));
        for (let day = Math.max(from, firstDayOf(month)); day <= last; day++) {
          const statement = statementOf(stamp, told, day);
          if (!counts(statement, bounds)) continue;
          const current = draft.days.get(day);
          if (current && compareStatements(day, current, statement) >= 0) continue;
          draft.days.set(day, statement);
          draft.changed = true;
        }
      }
    }
  }
  const all = [...drafts.values()];
  return { pages: all.filter(({ days }) => days.size > 0), changed: all.filter(({ changed }) => changed) };
}

function counts(statement: DayStatement, bounds: Bounds): boolean {
  return statement.stamp.importedAt > bounds.erasedAt;
}

/** Pages without the days that were erased: what a slow worker wrote from before an erasure counts no more. */
export function withoutErased<Stored extends Page>(pages: readonly Stored[], erasedAt: number): Stored[] {
  if (erasedAt === 0) return [...pages];
  return pages.map((page) => ({
    ...page,
    days: new Map([...page.days].filter(([, { stamp }]) => stamp.importedAt > erasedAt)),
  }));
}

/** The months that an import says something about, in ascending order without repetition. */
export function monthsOf(imports: readonly Import[], bounds: Bounds): Month[] {
  const months = new Set<Month>();
  for (const { accounts } of imports) {
    for (const { from, to } of accounts) {
      const kept = { from: Math.max(monthOf(from), bounds.firstMonth), to: monthOf(to) };
      for (const month of monthsIn(kept)) months.add(month);
    }
  }
  return [...months].sort((a, b) => a - b);
}

/** The day of the first booked row of some pages. */
export function firstBookedDay(pages: readonly Page[]): Day | undefined {
  let first: Day | undefined;
  for (const page of pages) {
    for (const [day, { rows }] of page.days) {
      if ((first === undefined || day < first) && rows.some(({ pending }) => !pending)) first = day;
    }
  }
  return first;
}

/** The latest instant of the imports that speak in some pages, in milliseconds since 1970; null: none does. */
export function latestImport(pages: readonly Page[]): number | null {
  let latest: number | null = null;
  for (const { days } of pages) {
    for (const { stamp } of days.values()) latest = Math.max(latest ?? stamp.importedAt, stamp.importedAt);
  }
  return latest;
}

/** The last day that some import covers. */
export function lastCoveredDay(imports: readonly Import[], bounds: Bounds): Day | undefined {
  let last: Day | undefined;
  for (const { accounts } of imports) {
    for (const { to } of accounts) {
      if (to >= firstDayOf(bounds.firstMonth) && (last === undefined || to > last)) last = to;
    }
  }
  return last;
}
