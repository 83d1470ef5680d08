/** CSV exports of banks: by a preset, or by a mapping of columns. */
import { decodeSaying, decodeStart } from '../encoding.ts';
import { ReaderError } from '../reader-error.ts';
import type { Reader, Reading, StatementFile } from '../statement.ts';
import { withWarnings } from '../statement.ts';
import { refuseTooLarge } from '../text.ts';
import { guessMapping } from './guess-mapping.ts';
import { type Layout, layoutByMapping } from './layout.ts';
import { type Mapping, parseMapping } from './mapping.ts';
import { PRESET_IDS, PRESETS, presetOf } from './presets/presets.ts';
import { readTable } from './read-table.ts';
import { DELIMITERS, type Delimiter, HEAD_ROWS, headRows, type Row, rowsOf } from './table.ts';

export const csv: Reader = {
  name: 'csv',
  title: 'CSV',
  detect: ({ bytes }) =>
    headsOf(decodeStart(bytes)).some(({ rows }) => presetOf(rows) !== undefined || guessMapping(rows) !== undefined),
  read: (bytes, options) =>
    withWarnings(options, (reading) => {
      refuseTooLarge(bytes);
      const { text, encoding } = decodeSaying(bytes, reading);
      return { ...readText(text, reading), encoding };
    }),
};

type Head = { readonly delimiter: Delimiter; readonly rows: readonly Row[] };
type Table = { readonly layout: Layout; readonly rows: readonly Row[]; readonly title: string };

function headsOf(text: string): Head[] {
  return DELIMITERS.map((delimiter) => ({ delimiter, rows: headRows(text, delimiter) }));
}

function readText(text: string, reading: Reading): Omit<StatementFile, 'warnings'> {
  if (text.trim() === '') throw new ReaderError('is empty');
  return statementsOf(tableOf(text, reading), reading);
}

/** The statements of a table; a sheet of a workbook is read like a CSV. */
export function statementsOf({ rows, layout, title }: Table, reading: Reading): Omit<StatementFile, 'warnings'> {
  const statements = readTable(rows, layout, title, reading);
  if (statements.length === 0) throw new ReaderError(`${title} holds no row of a transaction`, { line: rows[0]?.line });
  return { format: 'csv', statements, source: 'PDF' };
}

function tableOf(text: string, reading: Reading): Table {
  const known = PRESET_IDS.includes(reading.mapping ?? '') ? reading.mapping : undefined;
  if (reading.mapping !== undefined && known === undefined) return byMapping(text, mappingOf(reading.mapping));
  const presets = known === undefined ? PRESETS : PRESETS.filter(({ id }) => id === known);
  const heads = headsOf(text);
  for (const { delimiter, rows } of heads) {
    const match = presetOf(rows, presets);
    if (match) return { rows: rowsOf(text, delimiter), layout: match.layout, title: `CSV of ${match.preset.bank}` };
  }
  if (known !== undefined) throw new ReaderError(`is no export that the preset "${known}" knows`, { line: 1 });
  throw unknownTable(heads);
}

/** A mapping that is given as JSON. @throws {ReaderError} */
export function mappingOf(text: string): Mapping {
  if (/^\s*[{[]/.test(text)) return parseMapping(text);
  throw new ReaderError(`the mapping "${text.slice(0, 60)}" is neither JSON nor a preset (${PRESET_IDS.join(', ')})`);
}

function byMapping(text: string, mapping: Mapping): Table {
  const delimiter = mapping.delimiter ?? widest(headsOf(text)).delimiter;
  const rows = rowsOf(text, delimiter);
  return { rows, layout: layoutByMapping(mapping, rows.slice(0, HEAD_ROWS)), title: 'CSV' };
}

/** The delimiter that makes most cells. */
function widest(heads: readonly Head[]): Head {
  const cells = ({ rows }: Head) => rows.reduce((sum, row) => sum + row.cells.length - 1, 0);
  return heads.reduce((best, head) => (cells(head) > cells(best) ? head : best));
}

function unknownTable(heads: readonly Head[]): ReaderError {
  const { rows } = widest(heads);
  const guess = guessMapping(rows);
  const header = rows[guess?.headerAt ?? 0];
  const names =
    header?.cells
      .filter(Boolean)
      .slice(0, 20)
      .map((cell) => cell.slice(0, 40))
      .join(', ') ?? '';
  const way = 'say what its columns mean by mapping (a preset or JSON; `import FILE --map` asks and writes one)';
  const offer = guess ? `; a guess: ${JSON.stringify(guess.mapping)}` : '';
  return new ReaderError(`is a CSV that no preset knows (columns: ${names}); ${way}${offer}`, { line: header?.line });
}
