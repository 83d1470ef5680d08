/**
 * The stored form of a page: JSON in columns, deflated, behind one byte that says the version of the form.
 *
 * Texts that repeat (titles, parties) stand once; days that one import told stand as runs; a column that no row uses is left out.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Day } from '../domain/day.ts';
import { type Account, type DayStatement, type Row, SOURCES, type Stamp } from '../domain/ledger.ts';
import type { Page } from '../domain/page.ts';

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
  /** Columns of indices into `texts`; -1: absent. */
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
  const textIndex = new Map<string, number>();
  const index = (text: string): number => {
    const known = textIndex.get(text);
    if (known !== undefined) return known;
    textIndex.set(text, columns.texts.length);
    return columns.texts.push(text) - 1;
  };
  const stampIndex = new Map<string, number>();
  const days = [...page.days].sort(([a], [b]) => a - b);
  const rows: Row[] = [];
  for (const [day, { stamp, rows: ofDay }] of days) {
    addRun(columns, day, indexOfStamp(columns, stampIndex, stamp));
    for (const row of ofDay) {
      columns.day.push(day);
      rows.push(row);
    }
  }
  columns.amount = rows.map((row) => row.amount);
  columns.title = rows.map((row) => index(row.title));
  for (const name of TEXT_COLUMNS) {
    if (rows.some((row) => row[name] !== undefined)) {
      columns[name] = rows.map((row) => (row[name] === undefined ? -1 : index(row[name])));
    }
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
    for (let day = first; day < first + count; day++) days.set(day, { stamp: stamps[stamp] as Stamp, rows: [] });
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
    amount: columns.amount[position] as number,
    title: texts[columns.title[position] as number] as string,
  };
  for (const name of TEXT_COLUMNS) {
    const at = columns[name]?.[position] ?? -1;
    if (at >= 0) row[name] = texts[at] as string;
  }
  const on = columns.transactionOn?.[position];
  if (on !== undefined && on !== null) row.transactionOn = on;
  const labels = columns.labels?.[position];
  if (labels) row.labels = labels.map((at) => texts[at] as string);
  if (pending) row.pending = true;
  return row;
}

function addRun(columns: Columns, day: Day, stamp: number): void {
  const last = columns.runs.at(-1);
  if (last && last[0] + last[1] === day && last[2] === stamp) last[1]++;
  else columns.runs.push([day, 1, stamp]);
}

function indexOfStamp(columns: Columns, known: Map<string, number>, stamp: Stamp): number {
  const key = `${stamp.importedAt}|${stamp.source}|${stamp.importId}`;
  const at =
    known.get(key) ?? columns.stamps.push([stamp.importedAt, stamp.importId, SOURCES.indexOf(stamp.source)]) - 1;
  known.set(key, at);
  return at;
}
