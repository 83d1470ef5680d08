/** Text of statements: from bytes to strings, and from strings to what a message may hold. */
import { ReaderError } from './reader-error.ts';

/** No bank sends more; a file beyond it would only exhaust the memory. */
export const MOST_BYTES = 64 * 1024 * 1024;
/** Sixty a day for more than ten years. What has more in one file is many small pieces that only cost memory. */
export const MOST_ROWS = 300_000;
const LONGEST_TEXT = 4096;

export function refuseTooMany(rows: number): void {
  if (rows > MOST_ROWS) throw new ReaderError(`has more than ${MOST_ROWS} rows; import its periods one by one`);
}

export function refuseTooLarge(text: string | Uint8Array): void {
  if (text.length > MOST_BYTES) throw new ReaderError(`is larger than ${MOST_BYTES / 1024 / 1024} MiB`);
}

/** One line without control characters, blanks collapsed, as long as a message takes. */
export function clean(text: string | undefined): string {
  if (!text) return '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what is taken out here
  const line = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.slice(0, LONGEST_TEXT).toWellFormed();
}

type Present<Row> = { [Key in keyof Row]: Exclude<Row[Key], undefined> };

/**
 * The object without its fields that are `undefined` or an empty text, so that absent stays absent; `title` may be
 * empty.
 */
export function withoutBlanks<Row extends object>(row: Row): Present<Row> {
  const entries = Object.entries(row).filter(
    ([key, value]) => key === 'title' || (value !== undefined && value !== ''),
  );
  return Object.fromEntries(entries) as Present<Row>;
}
