/** From the text of a CSV file to its rows. */
import { parse } from 'csv-parse/sync';
import { ReaderError } from '../reader-error.ts';
import { MOST_ROWS, refuseTooMany } from '../text.ts';

export type Row = {
  /** Trimmed. */
  readonly cells: readonly string[];
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
};

export const DELIMITERS = [';', ',', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const LONGEST_ROW = 256 * 1024;
const MOST_CELLS = 1000;
/** Rows before the table that are looked at for its header, and as many of it as a guess needs. */
export const HEAD_ROWS = 80;

/**
 * All rows of a text that are not blank, each with its first thousand cells. A quote inside an unquoted cell is a quote, and rows may differ in length: banks
 * print addresses and sums around their tables.
 *
 * @throws {ReaderError} when a row is endless or a quoted cell never ends
 */
export function rowsOf(text: string, delimiter: Delimiter, most?: number): Row[] {
  const { stackTraceLimit } = Error;
  try {
    // The parser makes an error of each row of another length, although rows may differ: traces of them are all its time.
    Error.stackTraceLimit = 0;
    const records = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_ROW,
      to: most ?? MOST_ROWS + 1,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    if (most === undefined) refuseTooMany(records.length);
    return records.map(({ record, info }) => ({
      cells: record.slice(0, MOST_CELLS).map((cell) => cell.trim()),
      line: info.lines,
    }));
  } catch (error) {
    if (error instanceof ReaderError) throw error;
    const { code, lines } = error as { code?: string; lines?: number };
    if (code === 'CSV_MAX_RECORD_SIZE')
      throw new ReaderError(`has a row of more than ${LONGEST_ROW} characters`, { line: lines });
    throw new ReaderError(`is not CSV: ${error instanceof Error ? error.message : String(error)}`, { line: lines });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The first rows of a text, whose last one may be cut. */
export function headRows(text: string, delimiter: Delimiter): Row[] {
  const end = text.length > LONGEST_ROW ? text.lastIndexOf('\n', LONGEST_ROW) : text.length;
  try {
    return rowsOf(text.slice(0, end < 0 ? LONGEST_ROW : end), delimiter, HEAD_ROWS);
  } catch {
    return [];
  }
}
