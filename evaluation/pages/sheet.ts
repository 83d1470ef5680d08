/** Tables for a terminal and for a page. */
import { safe, table } from '../../cli/terminal.ts';

export type Sheet = {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** A note below the table. */
  readonly note?: string;
};

export function asText({ title, head, rows, note }: Sheet): string {
  const body =
    rows.length === 0
      ? '  (nothing)'
      : table(
          [...head],
          rows.map((row) => row.map(safe)),
          '  ',
        );
  return `\n${title}\n${body}\n${note === undefined ? '' : `  ${note}\n`}`;
}

/** Columns after the first are numbers and right-aligned; `level`: of the heading. */
export function asMarkdown({ title, head, rows, note }: Sheet, level = 3): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '--:'));
  const body = [line(head), `|${rule.join('|')}|`, ...rows.map(line)].join('\n');
  return `${'#'.repeat(level)} ${title}\n\n${body}\n${note === undefined ? '' : `\n${note}\n`}`;
}

/** 0.9731 */
export function figure(value: number): string {
  return value.toFixed(4);
}

/** 97.3 % */
export function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
