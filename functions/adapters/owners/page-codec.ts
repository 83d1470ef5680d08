/**
 * The stored form of a page: JSON in columns, deflated, behind one byte that says the version of the form.
 *
 * Texts that repeat (titles, parties) stand once; days that one import told stand as runs; a column of texts ends with the last row that
 * uses it, and is left out where none does.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Account, type DayStatement, type Row, SOURCES, type Stamp } from '../../domain/ledger/ledger.ts';
import type { Page } from '../../domain/ledger/page.ts';
import type { Day } from '../../domain/values/day.ts';

const VERSION = 1;
/** Level 4 of zlib: two thirds of the time of the default 6 for a few percent more bytes. */
const DEFLATE = { level: 4 } as const;

type Columns = {
  account: Account;
  month: number;
  stamps: [importedAt: number, importId: string, source: number][];
  /** First day, number of days, index into `stamps`. */
  runs: [Day, number, number][];
  texts: string[];
  day: Day[];
  amount: number[];
  /** Columns of indices into `texts`; -1, or beyond the end: absent. */
  title: number[];
  party?: number[];
  partyIban?: number[];
  kind?: number[];
  merchantCategoryCode?: number[];
  bankTransactionCode?: number[];
  transactionId?: number[];
  transactionOn?: (Day | null)[];
  labels?: (number[] | null)[];
  /** Positions of the rows that are pending. */
  pending?: number[];
};

const TEXT_COLUMNS = [
  'party',
  'partyIban',
  'kind',
  'merchantCategoryCode',
  'bankTransactionCode',
  'transactionId',
] as const;

export function encodePage(page: Page): Uint8Array {
  const columns: Columns = {
    account: page.account,
    month: page.month,
    stamps: [],
    runs: [],
    texts: [],
    day: [],
    amount: [],
    title: [],
  };
  const rows: Row[] = [];
  const indexOfStamp = stampsInto(columns.stamps);
  for (const [day, { stamp, rows: ofDay }] of [...page.days].sort(([a], [b]) => a - b)) {
    addRun(columns.runs, day, indexOfStamp(stamp));
    for (const row of ofDay) {
      columns.day.push(day);
      columns.amount.push(row.amount);
      rows.push(row);
    }
  }
  const index = textsInto(columns.texts);
  columns.title = rows.map(({ title }) => index(title));
  for (const name of TEXT_COLUMNS) {
    const column = textColumn(rows, name, index);
    if (column) columns[name] = column;
  }
  if (rows.some((row) => row.transactionOn !== undefined)) {
    columns.transactionOn = rows.map((row) => row.transactionOn ?? null);
  }
  if (rows.some((row) => row.labels)) columns.labels = rows.map((row) => row.labels?.map(index) ?? null);
  if (rows.some((row) => row.pending))
    columns.pending = rows.flatMap((row, position) => (row.pending ? [position] : []));
  const body = deflateRawSync(JSON.stringify(columns), DEFLATE);
  return Buffer.concat([Buffer.of(VERSION), body]);
}

/** Undefined: no row has such a text. */
function textColumn(
  rows: readonly Row[],
  name: (typeof TEXT_COLUMNS)[number],
  index: (text: string) => number,
): number[] | undefined {
  let column: number[] | undefined;
  for (let position = 0; position < rows.length; position++) {
    const text = rows[position]![name];
    if (text === undefined) continue;
    column ??= [];
    while (column.length < position) column.push(-1);
    column.push(index(text));
  }
  return column;
}

/** The page of a stored value. A form of another version is an error: it must be read by the release that wrote it. */
export function decodePage(stored: Uint8Array): Page {
  if (stored[0] !== VERSION) throw new Error(`a ledger page has the unknown form ${stored[0]}`);
  const columns = JSON.parse(inflateRawSync(stored.subarray(1)).toString('utf8')) as Columns;
  const stamps = columns.stamps.map(
    ([importedAt, importId, source]): Stamp => ({
      importedAt,
      importId,
      source: SOURCES[source] as (typeof SOURCES)[number],
    }),
  );
  const days = new Map<Day, DayStatement & { rows: Row[] }>();
  for (const [first, count, stamp] of columns.runs) {
    for (let day = first; day < first + count; day++) days.set(day, { stamp: stamps[stamp]!, rows: [] });
  }
  const pending = new Set(columns.pending);
  columns.day.forEach((day, position) => {
    days.get(day)?.rows.push(rowAt(columns, position, pending.has(position)));
  });
  return { account: columns.account, month: columns.month, days };
}

function rowAt(columns: Columns, position: number, pending: boolean): Row {
  const { texts } = columns;
  const row: { -readonly [Name in keyof Row]: Row[Name] } = {
    amount: columns.amount[position]!,
    title: texts[columns.title[position]!]!,
  };
  for (const name of TEXT_COLUMNS) {
    const at = columns[name]?.[position] ?? -1;
    if (at >= 0) row[name] = texts[at]!;
  }
  const on = columns.transactionOn?.[position];
  if (on !== undefined && on !== null) row.transactionOn = on;
  const labels = columns.labels?.[position];
  if (labels) row.labels = labels.map((at) => texts[at]!);
  if (pending) row.pending = true;
  return row;
}

function addRun(runs: Columns['runs'], day: Day, stamp: number): void {
  const last = runs.at(-1);
  if (last && last[0] + last[1] === day && last[2] === stamp) last[1]++;
  else runs.push([day, 1, stamp]);
}

/** Tells where a text stands among those; a new one is put at their end. */
function textsInto(texts: string[]): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    const at = known.get(text) ?? texts.push(text) - 1;
    if (at === known.size) known.set(text, at);
    return at;
  };
}

function stampsInto(stamps: Columns['stamps']): (stamp: Stamp) => number {
  const known = new Map<string, number>();
  let last: { readonly stamp: Stamp; readonly at: number } | undefined;
  return (stamp) => {
    // One import mostly tells day after day.
    if (stamp === last?.stamp) return last.at;
    const key = `${stamp.importedAt}|${stamp.source}|${stamp.importId}`;
    const at = known.get(key) ?? stamps.push([stamp.importedAt, stamp.importId, SOURCES.indexOf(stamp.source)]) - 1;
    known.set(key, at);
    last = { stamp, at };
    return at;
  };
}
