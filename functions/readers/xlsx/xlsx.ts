/** Tables in workbooks (XLSX), where a bank gives nothing else: each sheet is read like a CSV. */
import { isTable, statementsOf } from '../csv/known-table.ts';
import { HEAD_ROWS } from '../csv/table.ts';
import { ReaderError } from '../reader-error.ts';
import { type Reader, type Reading, type Statement, withWarnings } from '../statement.ts';
import { refuseTooLarge } from '../text.ts';
import { isWorkbook, readWorkbook, type Sheet } from './workbook.ts';

export const xlsx: Reader = {
  name: 'xlsx',
  title: 'XLSX',
  detect: ({ bytes }) => isWorkbook(bytes),
  read: (bytes, options) =>
    withWarnings(options, (reading) => {
      refuseTooLarge(bytes);
      return {
        format: xlsx.name,
        source: 'PDF' as const,
        statements: statementsIn(readWorkbook(bytes, options), reading),
      };
    }),
};

/** Sheets that are no table of transactions are left out, unless there is no other. */
function statementsIn(sheets: readonly Sheet[], reading: Reading): readonly Statement[] {
  const filled = sheets.filter(({ rows }) => rows.length > 0);
  if (filled.length === 0) throw new ReaderError('is a workbook without a filled cell');
  const tables = filled.filter(({ rows }) => isTable({ head: rows.slice(0, HEAD_ROWS) }));
  const read = filled.length === 1 || tables.length === 0 ? filled.slice(0, 1) : tables;
  for (const { name } of filled) {
    if (!read.some((sheet) => sheet.name === name))
      reading.warn(`sheet "${name}" left out: it is not a table of transactions`);
  }
  return read.flatMap((sheet) => ofSheet(sheet, sheets.length > 1, reading));
}

function ofSheet({ name, rows }: Sheet, isOneOfMany: boolean, reading: Reading): readonly Statement[] {
  const placed = (sentence: string) => (isOneOfMany ? `sheet "${name}", ${sentence}` : sentence);
  const warn = (sentence: string) => reading.warn(placed(sentence));
  try {
    const candidate = { head: rows.slice(0, HEAD_ROWS), rows: () => rows };
    return statementsOf([candidate], 'workbook', { ...reading, warn }).statements;
  } catch (error) {
    if (!(error instanceof ReaderError) || !isOneOfMany) throw error;
    throw new ReaderError(`sheet "${name}": ${error.reason}`, error);
  }
}
