/** What is known of an unknown table by its first rows: for who writes a mapping of it. */
import { decodeAs, decodeStart } from '../encoding.ts';
import { ReaderError } from '../reader-error.ts';
import { isWorkbook, readWorkbook } from '../xlsx/workbook.ts';
import { guessMapping } from './guess-mapping.ts';
import type { Mapping } from './mapping.ts';
import { presetOf } from './presets/presets.ts';
import { DELIMITERS, HEAD_ROWS, headRows, type Row } from './table.ts';

export type TableHead = {
  readonly columns: readonly string[];
  /** Id of the preset that knows the table as it is. */
  readonly preset?: string | undefined;
  readonly guess?: Mapping | undefined;
};

const LOOKED_AT = 256 * 1024;

/** @throws {ReaderError} when it is not a table */
export function tableHead(bytes: Uint8Array, encoding?: string): TableHead {
  const heads = headsOf(bytes, encoding);
  for (const rows of heads) {
    const preset = presetOf(rows)?.preset.id;
    if (preset !== undefined) return { columns: [], preset };
  }
  for (const rows of heads) {
    const guess = guessMapping(rows);
    if (guess) return { columns: namesIn(rows[guess.headerAt]?.cells), guess: guess.mapping };
  }
  const widest = heads
    .flat()
    .reduce<readonly string[]>((best, { cells }) => (cells.length > best.length ? cells : best), []);
  if (widest.length < 2) throw new ReaderError('is not a table: no line of it has two cells');
  return { columns: namesIn(widest) };
}

function headsOf(bytes: Uint8Array, encoding: string | undefined): (readonly Row[])[] {
  if (isWorkbook(bytes)) return readWorkbook(bytes).map(({ rows }) => rows.slice(0, HEAD_ROWS));
  const start = bytes.subarray(0, LOOKED_AT);
  const text = encoding === undefined ? decodeStart(start) : decodeAs(start, encoding);
  return DELIMITERS.map((delimiter) => headRows(text, delimiter));
}

function namesIn(cells: readonly string[] = []): string[] {
  return cells.filter(Boolean).map((cell) => cell.slice(0, 200));
}
