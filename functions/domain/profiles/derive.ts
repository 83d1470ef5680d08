/**
 * ledger → labels → features → profiles: a pure function of (rows, catalogue, day). The same input gives the same bytes.
 *
 * Labels of a row depend on the rows within `CONTEXT_DAYS` of it, never on the day asked, as long as no row is later than that
 * day; so the labels do not change as days pass, and the end of a profile can be dated without deriving again.
 */
import type { AmendedCatalogue } from '../catalogue/amendment.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Definition, LONGEST_HOLD, LONGEST_WINDOW } from '../catalogue/definition.ts';
import { type Columns, columnsOf } from '../features/columns.ts';
import { labelRows } from '../labels/label-rows.ts';
import type { LedgerRow } from '../labels/labelled-row.ts';
import { CONTEXT_DAYS } from '../labels/read-rows.ts';
import { accountKey } from '../ledger/ledger.ts';
import type { Page } from '../ledger/page.ts';
import { compareCodePoints } from '../values/code-points.ts';
import { countUpTo, type Day } from '../values/day.ts';
import { changeAfter, enteredOn, firstJudgedDay, HORIZON, isEmpty, judge } from './judge.ts';

/** Days before the day asked that a derivation looks at: the longest window, the longest hold and the context of labels. */
export const READ_DAYS = LONGEST_WINDOW + LONGEST_HOLD + CONTEXT_DAYS;

export type Derivation = {
  /** Ids of the profiles that apply, sorted. */
  readonly profiles: readonly string[];
  /** Ids of the definitions that need more days of data than there are, sorted: neither "yes" nor "no". */
  readonly notJudged: readonly string[];
  /** The first day on which one of the two lists would be another without new data; null: never. */
  readonly validUntil: Day | null;
};

export type DerivationInput = {
  readonly catalogue: Catalogue;
  /** The definitions that are judged, in the order of their ids. */
  readonly definitions: readonly Definition[];
  /** Booked rows in ledger order, from `READ_DAYS` before the day asked. */
  readonly rows: readonly LedgerRow[];
  readonly dataFrom: Day | null;
};

/** What is known of a day, and until when it holds. */
export function derive(input: DerivationInput, day: Day): Derivation {
  const outlook = profilesOn(input, day, HORIZON);
  const until = validUntil(input, day, outlook);
  const judged = nextJudgedDay(input, day);
  return {
    profiles: outlook.first,
    notJudged: notJudged(input, day),
    validUntil: until === null || (judged !== undefined && judged < until) ? (judged ?? null) : until,
  };
}

/** Ids of the definitions that need more days of data than there are on a day, sorted. */
export function notJudged({ definitions, dataFrom }: Judging, day: Day): readonly string[] {
  return definitions
    .filter(({ history }) => day < (firstJudgedDay(history, dataFrom) ?? Number.POSITIVE_INFINITY))
    .map(({ document }) => document.id);
}

type Judging = Pick<DerivationInput, 'definitions' | 'dataFrom'>;

/** The first later day on which one more definition is judged. */
function nextJudgedDay({ definitions, dataFrom }: Judging, day: Day): Day | undefined {
  let next: Day | undefined;
  for (const { history } of definitions) {
    const judged = firstJudgedDay(history, dataFrom);
    if (judged !== undefined && judged > day && (next === undefined || judged < next)) next = judged;
  }
  return next;
}

/** The profiles of a day alone. */
export function deriveProfiles(input: DerivationInput, day: Day): readonly string[] {
  return profilesOn(input, day, 0).first;
}

/** What a catalogue says of an owner on a day, and the columns that it was read from. */
export type Derived = Pick<Derivation, 'profiles' | 'notJudged'> & { readonly columns: Columns };

type Judge = Pick<AmendedCatalogue, 'base' | 'words' | 'judged'>;

/** A day by each of two catalogues; where they have the same words the rows are labelled once. */
export function deriveUnder(
  one: Judge,
  other: Judge,
  input: Pick<DerivationInput, 'rows' | 'dataFrom'>,
  day: Day,
): readonly [Derived, Derived] {
  const columnsUnder = ({ base }: Judge) => columnsFor({ ...input, catalogue: base }, day);
  const derived = ({ judged }: Judge, columns: Columns): Derived => {
    const profiles = judge(judged, columns, day - LONGEST_HOLD + 1, day)
      .filter((verdicts) => enteredOn(verdicts, day) !== undefined)
      .map(({ definition }) => definition.document.id);
    return { profiles, notJudged: notJudged({ definitions: judged, dataFrom: input.dataFrom }, day), columns };
  };
  const columns = columnsUnder(one);
  return [derived(one, columns), derived(other, other.words === one.words ? columns : columnsUnder(other))];
}

/** The labelled rows that a derivation for a day reads, in columns. Rows later than the day are not known to it. */
export function columnsFor(input: Omit<DerivationInput, 'definitions'>, day: Day): Columns {
  return columnsOf(labelRows(rowsReadFor(input.rows, day), input.catalogue), input.dataFrom, input.catalogue);
}

/** Those rows that a derivation for a day reads, of rows in ledger order. */
export function rowsReadFor(rows: readonly LedgerRow[], day: Day): readonly LedgerRow[] {
  const numberUpTo = (last: Day) => countUpTo(last, rows.length, (at) => rows[at]!.day);
  return rows.slice(numberUpTo(day - READ_DAYS), numberUpTo(day));
}

/** Booked rows of pages in ledger order: by day, then account, then as the day's statement has them. */
export function rowsOf(pages: readonly Page[]): LedgerRow[] {
  const rows: LedgerRow[] = [];
  const inOrder = pages
    .map((page) => ({ page, key: accountKey(page.account) }))
    .sort((a, b) => compareCodePoints(a.key, b.key));
  let last = Number.NEGATIVE_INFINITY;
  let isInOrder = true;
  for (const { page } of inOrder) {
    for (const [day, statement] of page.days) {
      isInOrder &&= day >= last;
      last = day;
      for (const row of statement.rows) if (!row.pending) rows.push({ day, account: page.account, row });
    }
  }
  // Stable: rows of one day stay in the order of accounts and statements. Those of one account are in order as they are.
  return isInOrder ? rows : rows.sort((a, b) => a.day - b.day);
}

type Outlook = {
  readonly first: readonly string[];
  /** The first later day with another list, among the days looked at. */
  readonly change: Day | undefined;
};

function profilesOn(input: DerivationInput, day: Day, ahead: number): Outlook {
  const columns = columnsFor(input, day);
  const verdicts = judge(input.definitions, columns, day - LONGEST_HOLD + 1, day + ahead);
  const first: string[] = [];
  let change: Day | undefined;
  for (const verdict of verdicts) {
    if (isEmpty(verdict.enter)) continue;
    if (enteredOn(verdict, day) !== undefined) first.push(verdict.definition.document.id);
    const next = changeAfter(verdict, day);
    if (next !== undefined && (change === undefined || next < change)) change = next;
  }
  return { first, change };
}

/**
 * Rows of days to come (banks book ahead by a day) are not known to today's derivation. Up to the first of them its outlook
 * holds; from there on, that day's own.
 */
function validUntil(input: DerivationInput, day: Day, outlook: Outlook): Day | null {
  const ahead = input.rows.find((row) => row.day > day)?.day;
  if (ahead === undefined) return outlook.change ?? null;
  if (outlook.change !== undefined && outlook.change < ahead) return outlook.change;
  const then = profilesOn(input, ahead, HORIZON);
  if (then.first.join() !== outlook.first.join()) return ahead;
  return validUntil(input, ahead, then);
}
