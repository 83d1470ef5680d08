/**
 * The first stored form of a page, which is read and no longer written: JSON in columns, deflated. Texts are in one list, and columns of
 * texts hold places in it; a column ends with the last row that uses it, or with the last row.
 */
import { inflateRawSync } from 'node:zlib';
import type { Account, Row } from '../../domain/ledger/ledger.ts';
import type { Page } from '../../domain/ledger/page.ts';
import type { Day } from '../../domain/values/day.ts';
import { daysOf, TEXT_COLUMNS, type Told } from './page-days.ts';

type Columns = Told & {
  account: Account;
  month: number;
  texts: string[];
  day: Day[];
  amount: number[];
  /** Columns of places in `texts`; -1, or beyond the end: absent. */
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

/** @param deflated the stored value without its version */
export function decodeFirstForm(deflated: Uint8Array): Page {
  const columns = JSON.parse(inflateRawSync(deflated).toString('utf8')) as Columns;
  const days = daysOf(columns);
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
