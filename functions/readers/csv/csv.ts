/** CSV exports of banks: by a preset, or by a mapping of columns. */
import { decodeSaying, decodeStart } from '../encoding.ts';
import { ReaderError } from '../reader-error.ts';
import { type Reader, withWarnings } from '../statement.ts';
import { refuseTooLarge } from '../text.ts';
import { type Candidate, isTable, statementsOf } from './known-table.ts';
import { DELIMITERS, headRows, rowsOf } from './table.ts';

export const csv: Reader = {
  name: 'csv',
  title: 'CSV',
  detect: ({ bytes }) => candidatesIn(decodeStart(bytes)).some(isTable),
  read: (bytes, options) =>
    withWarnings(options, (reading) => {
      refuseTooLarge(bytes);
      const { text, encoding } = decodeSaying(bytes, reading);
      if (text.trim() === '') throw new ReaderError('is empty');
      return {
        format: csv.name,
        encoding,
        source: 'PDF' as const,
        ...statementsOf(candidatesIn(text), 'CSV', reading),
      };
    }),
};

function candidatesIn(text: string): Candidate[] {
  return DELIMITERS.map((delimiter) => ({
    delimiter,
    head: headRows(text, delimiter),
    rows: () => rowsOf(text, delimiter),
  }));
}
