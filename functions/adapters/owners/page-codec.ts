/**
 * The stored form of a page: JSON in columns, deflated with a dictionary of what every page holds, behind one byte for the version of the
 * form.
 *
 * A text is written where it is first used; where it is used again, a number says how many texts before the newest it was met. Days are
 * differences from row to row, and the day of a transaction is its difference from the booking: small numbers, which deflate well. A column
 * of texts ends with the last row that uses it, and is left out where none does.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Account, Row } from '../../domain/ledger/ledger.ts';
import type { Page } from '../../domain/ledger/page.ts';
import { addRun, daysOf, stampsInto, TEXT_COLUMNS, type Told } from './page-days.ts';
import { decodeFirstForm } from './page-form-1.ts';

const FIRST_VERSION = 1;
const VERSION = 2;
/**
 * What pages of every owner hold, the commonest last, because near references take the fewest bits. Pages of this version can be read with
 * this text alone: it must never change.
 */
const DICTIONARY = Buffer.from(
  '"labels":[[null,"transactionId":["bankTransactionCode":["merchantCategoryCode":["partyIban":["kind":["party":["transactionOn":[null,null,"pending":[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,],"title":["",1,1,2,0,0,0,],"amount":[-,"day":[0,1,1,0,0,2,0,],"stamps":[[17,"",0]],"runs":[[20,1,0]],"currency":"EUR"},"month":6,{"account":{"iban":"',
);
const DEFLATE = { level: 6, dictionary: DICTIONARY } as const;

/** A text where it is used first; else how many texts before the newest it was met, from 1 on; 0: none. */
type Cell = string | number;

type Columns = Told & {
  account: Account;
  month: number;
  /** Days since the row before; of the first row, since 1970. */
  day: number[];
  amount: number[];
  title: Cell[];
  party?: Cell[];
  partyIban?: Cell[];
  kind?: Cell[];
  merchantCategoryCode?: Cell[];
  bankTransactionCode?: Cell[];
  transactionId?: Cell[];
  /** Days before the booking. */
  transactionOn?: (number | null)[];
  labels?: (Cell[] | null)[];
  /** Positions of the rows that are pending. */
  pending?: number[];
};

export function encodePage(page: Page): Uint8Array {
  const columns: Columns = {
    account: page.account,
    month: page.month,
    stamps: [],
    runs: [],
    day: [],
    amount: [],
    title: [],
  };
  const rows: Row[] = [];
  const dayOf: number[] = [];
  const indexOfStamp = stampsInto(columns.stamps);
  for (const [day, { stamp, rows: ofDay }] of [...page.days].sort(([a], [b]) => a - b)) {
    addRun(columns.runs, day, indexOfStamp(stamp));
    for (const row of ofDay) {
      columns.day.push(day - (dayOf.at(-1) ?? 0));
      columns.amount.push(row.amount);
      dayOf.push(day);
      rows.push(row);
    }
  }
  const cellOf = cells();
  columns.title = rows.map(({ title }) => cellOf(title));
  for (const name of TEXT_COLUMNS) {
    const column = textColumn(rows, name, cellOf);
    if (column) columns[name] = column;
  }
  if (rows.some((row) => row.transactionOn !== undefined)) {
    columns.transactionOn = rows.map(({ transactionOn: on }, at) => (on === undefined ? null : dayOf[at]! - on));
  }
  if (rows.some((row) => row.labels)) columns.labels = rows.map((row) => row.labels?.map(cellOf) ?? null);
  if (rows.some((row) => row.pending))
    columns.pending = rows.flatMap((row, position) => (row.pending ? [position] : []));
  return Buffer.concat([Buffer.of(VERSION), deflateRawSync(JSON.stringify(columns), DEFLATE)]);
}

/** Undefined: no row has such a text. */
function textColumn(
  rows: readonly Row[],
  name: (typeof TEXT_COLUMNS)[number],
  cellOf: (text: string) => Cell,
): Cell[] | undefined {
  let column: Cell[] | undefined;
  for (let position = 0; position < rows.length; position++) {
    const text = rows[position]![name];
    if (text === undefined) continue;
    column ??= [];
    while (column.length < position) column.push(0);
    column.push(cellOf(text));
  }
  return column;
}

/** Makes cells of texts. They must be read in the same order. */
function cells(): (text: string) => Cell {
  const met = new Map<string, number>();
  return (text) => {
    const at = met.get(text);
    if (at !== undefined) return met.size - at;
    met.set(text, met.size);
    return text;
  };
}

/** Makes texts of cells, in the order in which they were made. */
function texts(): (cell: Cell) => string {
  const met: string[] = [];
  return (cell) => {
    if (typeof cell === 'number') return met[met.length - cell]!;
    met.push(cell);
    return cell;
  };
}

/** The page of a stored value. A form of another version is an error: it must be read by the release that wrote it. */
export function decodePage(stored: Uint8Array): Page {
  const deflated = stored.subarray(1);
  if (stored[0] === FIRST_VERSION) return decodeFirstForm(deflated);
  if (stored[0] !== VERSION) throw new Error(`a ledger page has the unknown form ${stored[0]}`);
  const columns = JSON.parse(inflateRawSync(deflated, { dictionary: DICTIONARY }).toString('utf8')) as Columns;
  const textOf = texts();
  const rows: Draft[] = [];
  for (const [at, cell] of columns.title.entries()) rows.push({ amount: columns.amount[at]!, title: textOf(cell) });
  for (const name of TEXT_COLUMNS) {
    const column = columns[name] ?? NONE;
    for (let at = 0; at < column.length; at++) if (column[at] !== 0) rows[at]![name] = textOf(column[at]!);
  }
  const days = daysOf(columns);
  const { transactionOn = NONE, labels = NONE, pending = NONE } = columns;
  let day = 0;
  for (const [at, row] of rows.entries()) {
    day += columns.day[at]!;
    const before = transactionOn[at] ?? null;
    if (before !== null) row.transactionOn = day - before;
    const cellsOfLabels = labels[at] ?? null;
    if (cellsOfLabels !== null) row.labels = cellsOfLabels.map(textOf);
    days.get(day)?.rows.push(row);
  }
  for (const at of pending) rows[at]!.pending = true;
  return { account: columns.account, month: columns.month, days };
}

const NONE: readonly never[] = [];

type Draft = { -readonly [Name in keyof Row]: Row[Name] };
