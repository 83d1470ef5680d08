/** Output for people: tables, colours, and no text that could drive their terminal. */

import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import Table from 'cli-table3';
import { csvRecord } from '../functions/domain/values/csv.ts';

/**
 * Control characters (C0, DEL, C1: escape sequences begin with them), and the characters that turn the direction of
 * text or are invisible (Unicode TR 36, "bidirectional text spoofing"): titles and parties come from strangers.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g;

/** Text of others, on one line: unsafe characters become U+FFFD, any whitespace a blank. */
export function safe(text: unknown): string {
  return String(text ?? '')
    .replace(/[\t\n\r]+/g, ' ')
    .replace(UNSAFE, '\ufffd')
    .toWellFormed();
}

/** JSON that is safe to print: the same value, unsafe characters as `\uXXXX`. */
export function safeJson(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, 2).replace(UNSAFE, (character) =>
    character === '\n' ? character : escaped(character),
  );
}

type Style = 'green' | 'red' | 'yellow' | 'bold' | 'dim';

/** Coloured only on a terminal and without NO_COLOR (https://no-color.org), which `styleText` checks. */
export function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

export function mark(holds: boolean): string {
  return holds ? styled('green', '✓') : styled('red', '✗');
}

const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** One line of CSV (RFC 4180). A text that a spreadsheet would read as a formula gets an apostrophe in front. */
export function csvLine(cells: readonly string[]): string {
  const shown = cells
    .map((cell) => cell.replace(UNSAFE, (character) => (/[\n\r\t]/.test(character) ? ' ' : '\ufffd')).toWellFormed())
    .map((cell) => (FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell));
  return csvRecord(shown);
}

/** A table, each line after `indent`; long text is wrapped. */
export function table(head: string[], rows: string[][], indent = ''): string {
  const text = new Table({
    head: head.map((title) => styled('bold', title)),
    style: { head: [], border: [], compact: true },
    colWidths: head.map((_, column) => widthOf([head, ...rows].map((row) => row[column] ?? ''))),
    wordWrap: true,
    wrapOnWordBoundary: true,
  });
  text.push(...rows);
  return text
    .toString()
    .split('\n')
    .map((line) => indent + line)
    .join('\n');
}

const WIDEST_COLUMN = 46;
const PADDING = 2;

/**
 * Text is wrapped, words are not: cli-table3 would cut an id that does not fit. `null` fits the column to its content.
 */
function widthOf(cells: string[]): number | null {
  if (cells.every((cell) => cell.length <= WIDEST_COLUMN)) return null;
  const longestWord = Math.max(...cells.flatMap((cell) => cell.split(' ')).map((word) => word.length));
  return Math.max(WIDEST_COLUMN, longestWord + PADDING);
}

/** Asks on the terminal; only `y` or `yes` agrees. */
export async function confirmed(question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await answered(`${question} [y/N]`)) ?? '');
}

/** Asks on the terminal; undefined if nobody answers. */
export async function answered(question: string): Promise<string | undefined> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C and Ctrl-D close the prompt and would leave the question open for ever: they are not an answer.
  const stop = new AbortController();
  prompt.once('close', () => stop.abort());
  try {
    return (await prompt.question(`${question} `, { signal: stop.signal })).trim();
  } catch (error) {
    if ((error as Error).name === 'AbortError') return undefined;
    throw error;
  } finally {
    prompt.close();
  }
}
