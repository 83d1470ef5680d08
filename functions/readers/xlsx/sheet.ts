/** From the XML of a sheet to its rows. */
import { HEAD_ROWS, type Row } from '../csv/table.ts';
import { ReaderError } from '../reader-error.ts';
import { refuseTooMany } from '../text.ts';
import { type Element, visitXml } from '../xml.ts';
import { decimalOfNumber, momentOfSerial } from './cell-texts.ts';
import { textCollector } from './shared-texts.ts';

const MOST_COLUMNS = 1000;
const MOST_MERGED = 1000;

/** What a sheet needs to know of its workbook. */
export type Book = {
  readonly texts: readonly string[];
  /** By the number of a style: whether it shows days. */
  readonly dates: readonly boolean[];
  readonly from1904: boolean;
  /** What is left of characters and cells, which small files can repeat without end. */
  readonly room: { characters: number; cells: number };
};

type Cells = string[];
type Merged = { readonly column: number; readonly first: number; readonly last: number };

/** The rows that have a filled cell, with the numbers that the workbook shows beside them. @throws {ReaderError} */
export function rowsOfSheet(document: Uint8Array, book: Book): Row[] {
  const rows = new Map<number, Cells>();
  const merged: Merged[] = [];
  const value = textCollector();
  let line = 0;
  let cells: Cells = [];
  let cell: Element['attributes'] = {};
  let column = -1;
  let number = '';
  let inValue = false;
  visitXml(document, {
    open: ({ name, attributes }) => {
      if (name === 'row') {
        line = lineOf(attributes['r'], line + 1);
        cells = rows.get(line) ?? [];
        column = -1;
      } else if (name === 'c') {
        cell = attributes;
        column = columnOf(attributes['r']) ?? column + 1;
        number = '';
        value.begin();
      } else if (name === 'mergeCell' && merged.length < MOST_MERGED) merged.push(...mergedIn(attributes['ref'] ?? ''));
      inValue = name === 'v';
      value.open(name);
    },
    text: (part) => {
      if (inValue) number += part;
      else value.add(part);
    },
    close: (name) => {
      inValue = false;
      value.close(name);
      if (name === 'c') put(cells, column, textOf(cell, number, value.value(), book), book, line);
      if (name === 'row' && cells.length > 0) {
        rows.set(line, cells);
        refuseTooMany(rows.size);
      }
    },
  });
  fillDown(rows, merged);
  return [...rows].sort(([a], [b]) => a - b).map(([at, texts]) => ({ cells: texts, line: at }));
}

function put(cells: Cells, column: number, text: string, { room }: Book, line: number): void {
  if (text === '' || column >= MOST_COLUMNS) return;
  room.characters -= text.length;
  room.cells -= Math.max(column + 1 - cells.length, 0);
  if (room.characters < 0 || room.cells < 0)
    throw new ReaderError('the workbook is too large; save the table as CSV and import that', { line });
  while (cells.length < column) cells.push('');
  cells[column] = text;
}

/** What a cell shows: of a formula the value that was kept with it. */
function textOf({ t: type, s: style }: Element['attributes'], number: string, inline: string, book: Book): string {
  const text = number.trim();
  if (type === 's') return (book.texts[Number(text)] ?? '').trim();
  if (type === 'inlineStr') return inline.trim();
  if (type === 'e') return '';
  if (type === 'str' || type === 'd' || type === 'b') return text;
  const isDate = text !== '' && (book.dates[Number(style ?? 0)] ?? false);
  return (isDate ? momentOfSerial(text, book.from1904) : undefined) ?? decimalOfNumber(text);
}

function lineOf(text: string | undefined, next: number): number {
  const line = Number(text);
  return Number.isSafeInteger(line) && line > 0 ? line : next;
}

/** `C7` is the third column: 2. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d/.exec(reference ?? '')?.[1];
  return letters === undefined
    ? undefined
    : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** The first column of an area of more than one row. */
function mergedIn(reference: string): Merged[] {
  const [, start, from, to] = /^([A-Z]{1,3}(\d{1,7})):[A-Z]{1,3}(\d{1,7})$/.exec(reference) ?? [];
  const [column, first, last] = [columnOf(start), Number(from), Number(to)];
  return column !== undefined && first < last ? [{ column, first, last: Math.min(last, first + HEAD_ROWS) }] : [];
}

/** A name of a column that spans several rows is put into each of them; what holds a digit is no name. */
function fillDown(rows: ReadonlyMap<number, Cells>, merged: readonly Merged[]): void {
  for (const { column, first, last } of merged) {
    const name = rows.get(first)?.[column] ?? '';
    if (name === '' || /\d/.test(name)) continue;
    for (let line = first + 1; line <= last; line++) {
      const cells = rows.get(line);
      if (!cells || (cells[column] ?? '') !== '') continue;
      while (cells.length < column) cells.push('');
      cells[column] = name;
    }
  }
}
