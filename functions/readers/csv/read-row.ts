/** From a row of a table to a transaction. */
import { type Day, formatDay } from '../../domain/values/day.ts';
import { ibanIn } from '../account-number.ts';
import { exact, negated } from '../decimal.ts';
import { ReaderError } from '../reader-error.ts';
import type { Days, Reading, Transaction } from '../statement.ts';
import { clean, withoutBlanks } from '../text.ts';
import { type Amount, amountIn, currencyIn, dayIn, folded } from './cells.ts';
import type { Layout } from './layout.ts';
import type { Column, Columns, Field } from './mapping.ts';
import { decimalOf } from './sums.ts';
import type { Row } from './table.ts';

export type ReadRow = {
  readonly transaction: Transaction;
  readonly amount: string;
  /** The cells of its days, where they are moments. */
  readonly moments: { readonly bookedOn?: string | undefined; readonly transactionOn?: string | undefined };
  /** Sorts rows by day and, where it is printed, time. */
  readonly at: string;
  readonly balance: string | undefined;
  readonly account: string | undefined;
  readonly pocket: string | undefined;
  readonly currencyName: string | undefined;
  readonly line: number;
};

type Side = 'in' | 'out';
type Cell = { readonly text: string; readonly currencyName: string | undefined };

/** Reads rows, and reports at the end how many it left out and why. */
export function rowReader(layout: Layout, { warn }: Reading) {
  const leftOut = new Map<string, number[]>();
  const ends: { first?: Day | undefined; last?: Day | undefined } = {};
  const leave = (row: Row, reason: string) => {
    const lines = leftOut.get(reason);
    if (lines) lines.push(row.line);
    else leftOut.set(reason, [row.line]);
    return undefined;
  };
  return {
    row: (row: Row): ReadRow | undefined => {
      const type = typeOf(row, layout);
      if (type === 'first' || type === 'last') {
        ends[type] = dayIn(cellOf(row, layout, layout.mapping.columns.bookedOn).text, layout.mapping.dates);
      }
      return type === 'transaction' ? readRow(row, layout, (reason) => leave(row, reason)) : undefined;
    },
    /** The first and the last day that rows of the table name. */
    range: (): Days | undefined => {
      const { first, last } = ends;
      return first !== undefined && last !== undefined && first <= last ? { from: first, to: last } : undefined;
    },
    report: () => {
      for (const [reason, lines] of leftOut) {
        warn(
          `${lines.length} row${lines.length === 1 ? '' : 's'} left out (line ${lines.slice(0, 3).join(', ')}${lines.length > 3 ? ', …' : ''}): ${reason}`,
        );
      }
    },
  };
}

function typeOf(row: Row, { mapping: { only }, places }: Layout): 'transaction' | 'first' | 'last' | 'other' {
  if (!only) return 'transaction';
  const word = folded(row.cells[places.get(only.column)?.index ?? -1] ?? '');
  const isOf = (words: readonly string[] | undefined) => words?.map(folded).includes(word) ?? false;
  return isOf(only.words) ? 'transaction' : isOf(only.first) ? 'first' : isOf(only.last) ? 'last' : 'other';
}

function readRow(row: Row, layout: Layout, leave: (reason: string) => undefined): ReadRow | undefined {
  const { mapping } = layout;
  const cell = (field: Field, side?: Side): Cell => cellOf(row, layout, mapping.columns[field], side);
  const booked = cell('bookedOn').text;
  const happened = cell('transactionOn').text;
  const [bookedOn, transactionOn] = [dayIn(booked, mapping.dates), dayIn(happened, mapping.dates)];
  const day = bookedOn ?? transactionOn;
  const amount = amountOf(row, layout, day !== undefined);
  if (/\d/.test(booked) && bookedOn === undefined && amount)
    throw new ReaderError(`"${clean(booked).slice(0, 60)}" is not a day`, { line: row.line });
  if (day === undefined) return amount ? leave('they have no day, so they are sums or not booked yet') : undefined;
  if (!amount) return leave('they have no amount');
  const status = folded(cell('status').text);
  if (status !== '' && (mapping.cancelled ?? []).map(folded).includes(status))
    return leave(`they moved no money (${status})`);
  const pending =
    (mapping.pending ?? []).map(folded).includes(status) ||
    (booked === '' && mapping.columns.transactionOn !== undefined);
  const side: Side = amount.value.startsWith('-') ? 'out' : 'in';
  const labelled = labelsOf(row, layout);
  const text = (field: 'title' | 'party' | 'partyIban') => labelled[field] || cell(field, side).text;
  return {
    transaction: withoutBlanks({
      bookedOn: formatDay(day),
      transactionOn: transactionOn === undefined ? undefined : formatDay(transactionOn),
      currencyAmount: amount.value,
      title: clean(labelled.title || titleOf(row, layout, side)),
      party: clean(text('party')),
      partyIban: ibanIn(text('partyIban').slice(0, 100).replace(/['"]/g, '')),
      kind: clean(cell('kind').text),
      status: pending ? ('PENDING' as const) : ('DONE' as const),
      merchantCategoryCode: /^\d{4}$/.exec(cell('merchantCategoryCode').text)?.[0],
      transactionId: clean(cell('transactionId').text)
        .replace(/^'+|'+$/g, '')
        .slice(0, 256),
    }) as Transaction,
    moments: { bookedOn: momentIn(bookedOn === undefined ? happened : booked), transactionOn: momentIn(happened) },
    amount: amount.value,
    at: `${formatDay(day)} ${timeIn(bookedOn === undefined ? happened : booked)}`,
    balance: amountIn(cell('balance').text, mapping.decimal)?.value,
    account: clean(cell('account', side).text) || undefined,
    pocket: clean(cell('pocket').text) || undefined,
    currencyName: currencyIn(cell('currencyName').text) ?? amount.currencyName,
    line: row.line,
  };
}

/** The first column that is filled. */
function cellOf(row: Row, layout: Layout, of: Columns | undefined, side: Side = 'out'): Cell {
  for (const place of placesOf(layout, of, side)) {
    const text = row.cells[place.index] ?? '';
    if (text !== '') return { text, currencyName: place.currencyName };
  }
  return { text: '', currencyName: undefined };
}

function placesOf(layout: Layout, of: Columns | undefined, side: Side) {
  if (of === undefined) return [];
  const named: readonly Column[] = typeof of === 'object' && !Array.isArray(of) ? [of[side]].flat() : [of].flat();
  return named.flatMap((column) => layout.places.get(column) ?? []);
}

/** All columns of the title, each text once. */
function titleOf(row: Row, layout: Layout, side: Side): string {
  const texts = placesOf(layout, layout.mapping.columns.title, side).map(({ index }) => clean(row.cells[index]));
  const different = [...new Set(texts)];
  return different.filter((text) => !different.some((other) => other !== text && other.includes(text))).join(' ');
}

/** Signed, with its fee. @throws {ReaderError} when a row with a day has something else where its amount should be */
function amountOf(row: Row, layout: Layout, hasDay: boolean): Amount | undefined {
  const { mapping } = layout;
  const read = (field: Field): Amount | undefined => {
    const { text, currencyName } = cellOf(row, layout, mapping.columns[field]);
    if (!/\d/.test(text)) return undefined;
    const amount = amountIn(text, mapping.decimal);
    if (!amount && hasDay) throw new ReaderError(`"${clean(text).slice(0, 60)}" is not an amount`, { line: row.line });
    return amount && { value: amount.value, currencyName: amount.currencyName ?? currencyName };
  };
  const whole = read('amount');
  const [debit, credit] = [read('debit'), read('credit')];
  const side = [debit, credit].find((amount) => amount && exact(amount.value) !== 0n) ?? debit ?? credit;
  const amount = whole ?? (side && { ...side, value: side === debit ? negative(side.value) : side.value });
  if (!amount) return undefined;
  const direction = folded(cellOf(row, layout, mapping.columns.direction).text);
  const leaves = direction !== '' && (mapping.outgoing ?? []).map(folded).includes(direction);
  const signed = leaves ? negative(amount.value) : mapping.reversed ? negated(amount.value) : amount.value;
  const fee = read('fee');
  if (!fee || exact(fee.value) === 0n) return { ...amount, value: signed };
  const charged = fee.value.startsWith('-') ? -exact(fee.value) : exact(fee.value);
  return { ...amount, value: decimalOf(exact(signed) - charged, [signed, fee.value]) };
}

function negative(value: string): string {
  return value.startsWith('-') ? value : negated(value);
}

/** An ISO moment with its offset: its day is that of the account's calendar. */
function momentIn(cell: string): string | undefined {
  return /^\d{4}-\d{2}-\d{2}[T ][\d:.,]{5,21} ?(?:Z|UTC|[+-]\d{2}:?\d{2})$/.test(cell) ? cell : undefined;
}

function timeIn(text: string): string {
  return /\d{2}:\d{2}(?::\d{2})?/.exec(text)?.[0] ?? '';
}

type Labelled = Partial<Record<'title' | 'party' | 'partyIban' | 'left', string>>;

/** The values of a mapping's labels in the cells from a column on; nothing when there is no label. */
function labelsOf(row: Row, layout: Layout): Labelled {
  const { labelled } = layout.mapping;
  const place = labelled && layout.places.get(labelled.from);
  if (!labelled || !place) return {};
  const text = row.cells.slice(place.index).filter(Boolean).join(' ');
  const found = (['title', 'party', 'partyIban', 'left'] as const).flatMap((field) =>
    (labelled[field] ?? []).flatMap((label) => {
      const at = text.indexOf(label);
      return at < 0 ? [] : [{ field, at, from: at + label.length }];
    }),
  );
  const inOrder = found.sort((a, b) => a.at - b.at);
  const values: Labelled = {};
  for (const [index, { field, from }] of inOrder.entries()) {
    const value = text.slice(from, inOrder[index + 1]?.at).trim();
    values[field] = [values[field], value].filter(Boolean).join(' ');
  }
  return values;
}
